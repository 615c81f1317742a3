//! Tables of a case as text: rows added and taken away, every other byte left as it is.
//!
//! A person's table keeps its separators, quotes, line ends and order, so that the change is small in a comparison.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};

/// Why a table cannot be added to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file is not UTF-8.
    #[error("`{0}` is not UTF-8, so nothing can be added to it; save it as CSV in UTF-8")]
    Encoding(String),
    /// The file has no header.
    #[error("`{0}` has no header; its first row must name the columns")]
    Header(String),
    /// A row that is to be taken away is not there as it was written.
    #[error("a row of `{file}` has been changed since it was added, so it stays; take it away by hand: {row}")]
    Changed {
        /// The table.
        file: String,
        /// The row as it was written.
        row: String,
    },
}

/// A table as text.
pub(crate) struct Table {
    file: String,
    text: String,
    delimiter: char,
    columns: Vec<String>,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl Table {
    /// The table of a file; one that does not exist begins with the header of its kind.
    pub(crate) fn open(file: &str, bytes: Option<&[u8]>) -> Result<Self, TableError> {
        let example = plumb_read::example_table(file);
        let header = example.lines().next().unwrap_or_default();
        let text = match bytes {
            Some(bytes) => String::from_utf8(bytes.to_vec()).map_err(|_error| TableError::Encoding(file.to_owned()))?,
            None => format!("{header}\n"),
        };
        let known: BTreeSet<&str> = header.split(',').collect();
        let delimiter = delimiter(&text, &known);
        let mut table = Self { file: file.to_owned(), text, delimiter, columns: Vec::new() };
        let first = table.records().next().map(|(_, record)| record);
        let first = first.ok_or_else(|| TableError::Header(file.to_owned()))?;
        table.columns = first.iter().map(|name| name.trim().to_owned()).collect();
        Ok(table)
    }

    /// The cells of a column, below the header.
    pub(crate) fn column(&self, name: &str) -> Vec<String> {
        let Some(at) = self.columns.iter().position(|column| column == name) else { return Vec::new() };
        let cells = self.records().skip(1);
        cells.map(|(_, record)| record.get(at).unwrap_or_default().trim().to_owned()).collect()
    }

    /// Adds a row of these cells by their columns; columns that the table does not have are added to all of it. Gives the row.
    pub(crate) fn append(&mut self, cells: &[(&str, &str)]) -> String {
        let filled = || cells.iter().filter(|(_, value)| !value.is_empty());
        for (column, _) in filled() {
            if !self.columns.iter().any(|known| known == column) {
                self.add_column(column);
            }
        }
        let value = |column: &String| filled().find(|(name, _)| name == column).map_or("", |(_, value)| *value);
        let separator = self.delimiter.to_string();
        let row: Vec<String> = self.columns.iter().map(|column| cell(value(column), self.delimiter)).collect();
        let row = row.join(&separator);
        let line_end = self.line_end();
        if !self.text.ends_with('\n') {
            self.text.push_str(line_end);
        }
        self.text.push_str(&row);
        self.text.push_str(line_end);
        row
    }

    /// Takes a row away that was added before.
    pub(crate) fn remove(&mut self, row: &str) -> Result<(), TableError> {
        let lines = self.text.match_indices(row).map(|(at, found)| at..at + found.len());
        let is_whole = |range: &std::ops::Range<usize>| {
            let before = self.text.get(..range.start).unwrap_or_default();
            let after = self.text.get(range.end..).unwrap_or_default();
            before.ends_with('\n') && (after.is_empty() || after.starts_with(['\n', '\r']))
        };
        let changed = || TableError::Changed { file: self.file.clone(), row: row.to_owned() };
        let mut range = lines.filter(is_whole).last().ok_or_else(changed)?;
        let after = self.text.get(range.end..).unwrap_or_default();
        range.end += if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        self.text.replace_range(range, "");
        Ok(())
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Adds a column behind the others: its name, and an empty cell in each row.
    fn add_column(&mut self, name: &str) {
        let mut ends: Vec<usize> = self.records().map(|(end, _)| end).collect();
        let header = if ends.is_empty() { None } else { Some(ends.remove(0)) };
        for end in ends.into_iter().rev() {
            self.text.insert(end, self.delimiter);
        }
        if let Some(end) = header {
            self.text.insert_str(end, &format!("{}{name}", self.delimiter));
        }
        self.columns.push(name.to_owned());
    }

    /// The rows, each with where it ends in the text, before its line end.
    fn records(&self) -> impl Iterator<Item = (usize, StringRecord)> {
        let body = self.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.text);
        let offset = self.text.len() - body.len();
        let delimiter = u8::try_from(self.delimiter).unwrap_or(b',');
        let mut builder = ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes());
        // the text is UTF-8, so each record can be read
        let records: Vec<StringRecord> = reader.into_records().filter_map(Result::ok).collect();
        let start = |record: &StringRecord| {
            record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default()
        };
        let next = records.iter().skip(1).map(start).chain([body.len()]);
        let ends = records.iter().map(start).zip(next).map(|(from, to)| {
            let row = body.get(from..to).unwrap_or_default();
            offset + from + row.trim_end_matches(['\r', '\n']).len()
        });
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().zip(records)
    }
}

/// What parts the cells: the sign that yields most known columns, as the reader of cases has it.
fn delimiter(text: &str, known: &BTreeSet<&str>) -> char {
    let header = text.trim_start_matches(BYTE_ORDER_MARK).lines().find(|line| !line.trim().is_empty());
    let header = header.unwrap_or_default();
    let count = |sign: &char| header.split(*sign).filter(|name| known.contains(name.trim().trim_matches('"'))).count();
    // of equals the last
    ['\t', ';', ','].into_iter().max_by_key(count).unwrap_or(',')
}

/// A cell as CSV has it.
fn cell(value: &str, delimiter: char) -> String {
    let value = harmless(value);
    let needs_quotes = value.contains([delimiter, '"', '\n', '\r']) || value.trim() != value;
    if needs_quotes { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

/// Words without control characters; what a spreadsheet would run as a formula begins with `…`, which stands for words left
/// out. Numbers stay as they are.
fn harmless(value: &str) -> String {
    let plain: String = value.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    let is_number = plain.parse::<rust_decimal::Decimal>().is_ok();
    if plain.starts_with(['=', '+', '-', '@']) && !is_number { format!("… {plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(table: Table) -> String {
        String::from_utf8(table.into_bytes()).unwrap()
    }

    #[test]
    fn a_row_is_added_in_the_manner_of_the_table_and_taken_away_again() {
        let cells = [("id", "s2"), ("publisher", "A; \"B\", C"), ("date", "")];
        let tables = [
            ("id,publisher\ns1,X\n", "s2,\"A; \"\"B\"\", C\""),
            ("\u{feff}publisher;note;id\r\nX;;s1\r\n", "\"A; \"\"B\"\", C\";;s2"),
            ("id\tpublisher\ns1\t\"two\nlines\"\n", "s2\t\"A; \"\"B\"\", C\""),
        ];
        for (before, row) in tables {
            let mut table = Table::open("sources.csv", Some(before.as_bytes())).unwrap();
            assert_eq!(table.append(&cells), row);
            assert_eq!(table.column("id"), ["s1", "s2"]);
            let after = text(table);
            assert!(after.starts_with(before), "{after}");
            let mut table = Table::open("sources.csv", Some(after.as_bytes())).unwrap();
            table.remove(row).unwrap();
            assert_eq!(text(table), before);
        }
    }

    #[test]
    fn a_column_is_added_to_every_row() {
        let before = "id,publisher\r\n\r\ns1,\"X\r\nY\"\r\ns2,Z";
        let mut table = Table::open("sources.csv", Some(before.as_bytes())).unwrap();
        table.append(&[("id", "s3"), ("publisher", "P"), ("url", "https://x.example")]);
        let after = "id,publisher,url\r\n\r\ns1,\"X\r\nY\",\r\ns2,Z,\r\ns3,P,https://x.example\r\n";
        assert_eq!(text(table), after);
    }

    #[test]
    fn a_new_table_has_the_columns_of_its_kind() {
        let table = Table::open("origins.csv", None).unwrap();
        assert!(table.columns.iter().any(|column| column == "basis"));
    }

    #[test]
    fn what_cannot_be_edited_is_refused() {
        let error = |bytes: &[u8]| Table::open("claims.csv", Some(bytes)).err();
        assert_eq!(error(b"\xff\xfei\0d\0"), Some(TableError::Encoding("claims.csv".into())));
        assert_eq!(error(b"\n"), Some(TableError::Header("claims.csv".into())));
        let mut table = Table::open("claims.csv", Some(b"id,place\nc11,RU\n")).unwrap();
        assert!(matches!(table.remove("c1,RU"), Err(TableError::Changed { .. })));
        assert!(matches!(table.remove("1,RU"), Err(TableError::Changed { .. })));
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")", ','), "\"… =HYPERLINK(\"\"x\"\")\"");
        assert_eq!((cell("-5", ','), cell("a\u{1b}[2J", ',')), ("-5".to_owned(), "a [2J".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_added_is_read_back(value in "[ab,;\"\n é]{0,12}", note in "[ab\"\n]{0,6}") {
            let mut table = Table::open("sources.csv", Some(b"id,note,title\ns1,x,\n")).unwrap();
            table.append(&[("id", "s2"), ("note", &note), ("title", &value)]);
            let plain = |text: &str| text.replace('\n', " ").trim().to_owned();
            prop_assert_eq!(table.column("title"), vec![String::new(), plain(&value)]);
            prop_assert_eq!(table.column("note"), vec!["x".to_owned(), plain(&note)]);
        }
    }
}
