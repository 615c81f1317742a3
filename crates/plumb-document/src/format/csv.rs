//! Tables as text: values between commas, semicolons or tabs, with the addresses that a spreadsheet would give them.

use super::text::decoded;
use crate::writer::Writer;
use crate::{BlockKind, Cause, Limits, NoteKind, Place};

pub(super) fn write(bytes: &[u8], limits: &Limits) -> Result<Writer, Cause> {
    let (text, notes) = decoded(bytes)?;
    let mut writer = Writer::new();
    for note in notes {
        writer.note(note, Place::Document);
    }
    let table = writer.table(String::new());
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter(&text));
    let mut cells = 0_u32;
    let mut reader = reader.from_reader(text.as_bytes());
    for (row, record) in (1..).zip(reader.records()) {
        match record {
            Ok(record) => {
                for (column, value) in (1..).zip(&record) {
                    cells += 1;
                    if cells > limits.cells {
                        let limit = format!("{} cells", limits.cells);
                        writer.note(NoteKind::Truncated { limit }, Place::Document);
                        return Ok(writer);
                    }
                    writer.block(BlockKind::Cell { table, row, column }, value);
                }
            }
            Err(error) => writer.note(NoteKind::Damaged { what: error.to_string() }, Place::Document),
        }
    }
    Ok(writer)
}

/// The character that stands most often in the first line, outside of quotation marks. A comma within a number of a table with
/// semicolons does not outvote them: there are as many semicolons as columns.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = first.split('"').step_by(2).collect();
    let count = |delimiter: u8| outside.bytes().filter(|byte| *byte == delimiter).count();
    // the last of equals wins
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}
