//! XLSX: the cells of each sheet that is shown, with their addresses. Numbers stand as the file keeps them, not as formats show
//! them; dates as ISO 8601.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};

use super::archive::Archive;
use crate::note::beginning;
use crate::writer::{Writer, count};
use crate::{BlockKind, Cause, Hiding, Limits, NoteKind, Place};

pub(super) fn write(bytes: &[u8], limits: &Limits) -> Result<Writer, Cause> {
    Archive::open(bytes, "spreadsheet", limits)?.check()?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Cause::Encrypted { kind: "spreadsheet".to_owned() },
        other => Cause::Damaged { kind: "spreadsheet".to_owned(), what: other.to_string() },
    })?;
    let mut writer = Writer::new();
    let mut left = limits.cells;
    let sheets = book.sheets_metadata().to_vec();
    for sheet in sheets {
        let shown = sheet.visible == SheetVisible::Visible;
        let outcome = if shown {
            write_sheet(&mut book, &sheet.name, &mut writer, &mut left)
        } else {
            note_hidden(&mut book, &sheet.name, &mut writer, &mut left)
        };
        if let Err(error) = outcome {
            let what = format!("sheet “{}”: {error}", sheet.name);
            writer.note(NoteKind::Damaged { what }, Place::Document);
        }
        if left == 0 {
            let limit = format!("{} cells", limits.cells);
            writer.note(NoteKind::Truncated { limit }, Place::Document);
            break;
        }
    }
    Ok(writer)
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn write_sheet(book: &mut Book<'_>, name: &str, writer: &mut Writer, left: &mut u32) -> Result<(), XlsxError> {
    let table = writer.table(name.to_owned());
    each(book, name, left, |(row, column), value| {
        writer.block(BlockKind::Cell { table, row: row + 1, column: column + 1 }, &value);
    })
}

/// A sheet that the reader of the file does not see is left out and named.
fn note_hidden(book: &mut Book<'_>, name: &str, writer: &mut Writer, left: &mut u32) -> Result<(), XlsxError> {
    let mut words = format!("{name}:");
    let mut characters = 0;
    each(book, name, left, |_, value| {
        characters += count(&value);
        if words.len() < 500 {
            words.push(' ');
            words.push_str(&value);
        }
    })?;
    let words = beginning(&words);
    writer.note(NoteKind::Hidden { how: Hiding::NotShown, words, characters }, Place::Document);
    Ok(())
}

/// Gives every cell that has a value, row by row: cells are streamed, for two of them can span a grid of 17 billion.
fn each(
    book: &mut Book<'_>,
    name: &str,
    left: &mut u32,
    mut take: impl FnMut((u32, u32), String),
) -> Result<(), XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        if *left == 0 {
            return Ok(());
        }
        *left -= 1;
        take(cell.get_position(), words(cell.get_value()));
    }
    Ok(())
}

fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => date_words(*date),
        DataRef::Error(error) => error.to_string(),
    }
}

fn date_words(date: ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}
