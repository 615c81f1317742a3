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

/// The columns of a table by their names.
#[derive(Debug)]
pub(crate) struct Header {
    names: Vec<String>,
}

impl Header {
    /// The header, if it has all of these columns; otherwise says which it lacks.
    pub(crate) fn expect(row: &StringRecord, columns: &[&str], reading: &mut Reading<'_>) -> Option<Self> {
        let header = Self::new(row);
        let missing: Vec<&&str> = columns.iter().filter(|column| !header.has(column)).collect();
        for column in &missing {
            reading.problem(Loss::Rest, None, Cause::NoColumn((**column).to_owned()));
        }
        missing.is_empty().then_some(header)
    }

    /// A header of these cells.
    pub(crate) fn new(row: &StringRecord) -> Self {
        Self { names: row.iter().map(|name| name.trim().to_owned()).collect() }
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is a column of this name, in any case of letters.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(column))
    }

    /// Whether the row has as many cells; otherwise says so.
    pub(crate) fn fits(&self, row: &StringRecord, reading: &mut Reading<'_>) -> bool {
        let (found, expected) = (row.len(), self.names.len());
        if found != expected {
            reading.problem(Loss::Record, row.get(0), Cause::Cells { found, expected });
        }
        found == expected
    }

    /// The cell of this column, empty where there is none.
    pub(crate) fn cell<'r>(&self, row: &'r StringRecord, column: &str) -> &'r str {
        let place = self.names.iter().position(|name| name.eq_ignore_ascii_case(column));
        place.and_then(|place| row.get(place)).map_or("", str::trim)
    }
}

/// The values of a cell that holds several, separated by semicolons; a value that holds one itself is quoted.
pub(crate) fn split_cell(cell: &str) -> Vec<String> {
    if !cell.contains('"') {
        return cell.split(';').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    }
    // spaces before a quotation mark would make it a part of the value
    let cell = cell.replace("; \"", ";\"");
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b';').from_reader(cell.as_bytes());
    let rows = reader
        .records()
        .filter_map(Result::ok)
        .flat_map(|row| row.iter().map(|value| value.trim().to_owned()).collect::<Vec<_>>());
    rows.filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::split_cell;

    #[test]
    fn cells_of_several_values_are_split_outside_quotes() {
        assert_eq!(split_cell("Foo; Bar;"), ["Foo", "Bar"]);
        assert_eq!(split_cell(r#""Foo; Bar"; Baz; "a ""b"" c""#), ["Foo; Bar", "Baz", "a \"b\" c"]);
        assert_eq!(split_cell(""), Vec::<String>::new());
    }
}
