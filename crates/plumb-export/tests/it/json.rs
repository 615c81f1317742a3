//! JSON: the whole account, exact numbers, rows inside rows; and the documentation of all tables.

use std::fs;

use plumb_export::json::{document, reference};
use plumb_export::tables::{self, ColumnKind};
use serde_json::Value;

use crate::world::{REAL, empty, hostile, root};

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn the_whole_account_is_in_it() {
    let document = parsed(&document(&REAL).unwrap());
    let case = &REAL.case;
    let count = |table: &str| document[table].as_array().map_or(0, Vec::len);
    assert_eq!(document["meta"]["format_version"], "1");
    assert_eq!(document["meta"]["account"], REAL.hash);
    assert_eq!(count("sources"), case.sources.len());
    assert_eq!(count("claims"), case.claims.len());
    assert_eq!(count("actors"), case.actors.len());
    assert_eq!(count("measures"), case.measures.len());
    assert_eq!(count("standings"), REAL.positions.len());
    assert_eq!(count("contradictions"), REAL.contradictions.len());
    assert_eq!(count("diagnostics"), REAL.diagnostics.len());
    assert!(count("ranges") >= REAL.headlines.len() && count("statements") > 1000);
    let claim = document["claims"].as_array().unwrap().iter().find(|claim| claim["id"] == "c062").unwrap();
    assert_eq!((claim["best"].as_i64(), claim["low"].is_null()), (Some(30_023), true));
    let statement = claim["statement"].as_str().unwrap();
    assert!(document["statements"].as_array().unwrap().iter().any(|one| one["id"] == statement));
    let actor = document["actors"].as_array().unwrap().iter().find(|actor| actor["id"] == "mansudae-op").unwrap();
    assert_eq!(actor["aliases"][2], "MOP");
    assert!(actor["lists"].as_array().is_some_and(|lists| lists.len() == 3));
}

#[test]
fn numbers_keep_their_digits() {
    let text = String::from_utf8(document(&hostile()).unwrap()).unwrap();
    for digits in
        ["\"best\": 0.10,", "\"low\": 1.000000000000000000000000001,", "\"high\": 79228162514264337593543950335,"]
    {
        assert!(text.contains(digits), "{digits}");
    }
    assert!(text.contains("@who") && !text.contains('\u{0}'));
}

#[test]
fn an_empty_case_has_every_table() {
    let bytes = document(&empty()).unwrap();
    assert_eq!(bytes, document(&empty()).unwrap());
    let value = parsed(&bytes);
    for table in tables::all(&empty()).iter().filter(|table| table.within.is_none() && table.name != "meta") {
        assert!(value[table.name].is_array(), "{}", table.name);
    }
}

#[test]
fn tables_refer_to_tables_and_have_whole_rows() {
    let all = tables::all(&REAL);
    for table in &all {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
        for column in &table.columns {
            assert!(column.about.ends_with('.'), "{}.{}", table.name, column.name);
            if let ColumnKind::To(target) = column.kind {
                assert!(all.iter().any(|other| other.name == target), "{}.{}", table.name, column.name);
            }
        }
    }
}

/// `docs/export.md` ends with the reference of all tables. Run with `PLUMB_WRITE_DOCS=1` to write it anew.
#[test]
fn the_documentation_names_every_table_and_column() {
    const START: &str =
        "<!-- From here on written by the tests of plumb-export: PLUMB_WRITE_DOCS=1 cargo test -p plumb-export -->\n";
    let path = root().join("docs/export.md");
    let text = fs::read_to_string(&path).unwrap();
    let (written, _) = text.split_once(START).expect("the mark of the generated part");
    let wanted = format!("{written}{START}{}", reference(&empty()));
    if std::env::var_os("PLUMB_WRITE_DOCS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), wanted, "run PLUMB_WRITE_DOCS=1 cargo test -p plumb-export");
}
