//! CSV: whole, readable by a strict reader, and harmless in a spreadsheet.

use plumb_export::csv::{files, safe};
use plumb_export::tables::{self, Cell, ColumnKind};
use plumb_export::{ExportError, Format, export};

use crate::world::{REAL, empty, hostile};

#[test]
fn every_cell_comes_back() {
    for account in [&*REAL, &hostile()] {
        for ((name, bytes), table) in files(account).unwrap().iter().zip(tables::all(account)) {
            assert_eq!(*name, format!("{}.csv", table.name));
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
            let mut reader = ::csv::Reader::from_reader(text);
            assert_eq!(reader.headers().unwrap().len(), table.columns.len());
            let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), table.rows.len(), "{name}");
            for (read, row) in rows.iter().zip(&table.rows) {
                for (cell, read) in row.iter().zip(read) {
                    match cell {
                        Cell::Text(text) => assert_eq!(read, safe(text)),
                        other => assert_eq!(read, other.text()),
                    }
                }
            }
        }
    }
}

#[test]
fn no_cell_of_words_runs_as_a_formula() {
    for (table, (_, bytes)) in tables::all(&hostile()).iter().zip(files(&hostile()).unwrap()) {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
        for row in ::csv::Reader::from_reader(text).records() {
            for (cell, column) in row.unwrap().iter().zip(&table.columns) {
                let number = matches!(column.kind, ColumnKind::Number | ColumnKind::Integer);
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}: {cell}", column.name);
            }
        }
    }
}

#[test]
fn rows_end_as_rfc_4180_wants() {
    let (_, bytes) = files(&empty()).unwrap().into_iter().find(|(name, _)| name == "claims.csv").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{feff}id,measure,place,period,") && text.ends_with(",note\r\n"), "{text}");
}

#[test]
fn a_folder_is_written_and_a_file_in_its_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("tables");
    let written = export(&empty(), Format::Csv, &target).unwrap();
    assert_eq!(written.len(), tables::all(&empty()).len());
    assert!(written.iter().all(|path| path.is_file()));
    let claims = target.join("claims.csv");
    let refused = export(&empty(), Format::Csv, &claims).unwrap_err();
    assert!(matches!(refused, ExportError::WrongKind { .. }) && refused.to_string().contains("--out"));
    assert!(matches!(export(&empty(), Format::Json, &target), Err(ExportError::WrongKind { .. })));
    let nowhere = export(&empty(), Format::Json, &claims.join("below")).unwrap_err();
    assert!(matches!(nowhere, ExportError::Write { .. }), "{nowhere}");
}
