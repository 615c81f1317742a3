//! Delimited tables, row by row, with the line of each.

use csv::{ReaderBuilder, StringRecord};

use super::report::{Cause, Loss};
use super::{Input, Reading};

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// Between cells.
    pub(crate) delimiter: u8,
    /// Whether a cell may be quoted.
    pub(crate) quoting: bool,
}

/// Cells between commas, quoted where needed.
pub(crate) const COMMA: Dialect = Dialect { delimiter: b',', quoting: true };

/// Gives each row, header included. When the bytes cannot be read on, says so and ends.
pub(crate) fn rows(
    file: &mut Input,
    dialect: Dialect,
    reading: &mut Reading<'_>,
    mut take: impl FnMut(&StringRecord, &mut Reading<'_>),
) {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoting)
        .from_reader(file);
    let mut row = StringRecord::new();
    loop {
        reader.get_mut().next_record();
        match reader.read_record(&mut row) {
            Ok(true) => {
                reading.line = row.position().map(|position| position.line());
                take(&row, reading);
            }
            Ok(false) => return,
            Err(error) => {
                reading.line = Some(reader.position().line());
                return reading.problem(Loss::Rest, None, Cause::Input(error.to_string()));
            }
        }
    }
}
