//! CSV text split into cells that know their place, so that an error can point at line and column.
//!
//! A byte order mark, CRLF, quotes and the semicolons or tabs of a spreadsheet are understood. Lines before the header that
//! begin with `#` are passed over, and so are columns without any text at the end.

/// One cell and where it starts; lines and columns count from one, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A quotation mark that is never closed: its line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenQuote {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Splits a text into rows of cells; rows without any text are left out.
pub(crate) fn split(text: &str) -> Result<Vec<Vec<Cell>>, OpenQuote> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let remarks = text.lines().take_while(|line| line.starts_with('#') || line.trim().is_empty()).count();
    let text: String = text.split_inclusive('\n').skip(remarks).collect();
    let mut reader = Reader::new(separator(&text), remarks + 1);
    for character in text.chars() {
        reader.take(character);
    }
    Ok(without_empty_columns(reader.finish()?))
}

/// The rows without the columns at the end that hold no text in any row.
fn without_empty_columns(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let used = |row: &Vec<Cell>| row.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(used).max().unwrap_or(0);
    for row in &mut rows {
        row.truncate(width);
    }
    rows
}

/// The separator is the one that the first line holds most of; a comma if it holds none.
fn separator(text: &str) -> char {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |wanted: char| header.chars().filter(|found| *found == wanted).count();
    [';', '\t'].into_iter().filter(|one| count(*one) > count(',')).max_by_key(|one| count(*one)).unwrap_or(',')
}

/// The state while reading: inside a quotation or not, and what has been gathered.
struct Reader {
    separator: char,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Cell,
    place: (usize, usize),
    opened: Option<(usize, usize)>,
    closed: bool,
}

impl Reader {
    fn new(separator: char, line: usize) -> Self {
        let cell = Cell { text: String::new(), line, column: 1 };
        Self { separator, rows: Vec::new(), row: Vec::new(), cell, place: (line, 1), opened: None, closed: false }
    }

    fn take(&mut self, character: char) {
        let (line, column) = self.place;
        self.place = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        match character {
            '"' => self.quote(line, column),
            '\n' if self.opened.is_none() => self.end_row(),
            '\r' if self.opened.is_none() => {}
            other if other == self.separator && self.opened.is_none() => self.end_cell(),
            other => self.push(other),
        }
    }

    fn push(&mut self, character: char) {
        self.closed = false;
        self.cell.text.push(character);
    }

    /// A quotation mark opens, closes, or, doubled inside a quotation, stands for itself.
    fn quote(&mut self, line: usize, column: usize) {
        if self.opened.is_some() {
            self.opened = None;
            self.closed = true;
        } else if self.closed {
            self.push('"');
            self.opened = Some((line, column));
        } else if self.cell.text.trim().is_empty() {
            self.opened = Some((line, column));
        } else {
            self.push('"');
        }
    }

    fn end_cell(&mut self) {
        let (line, column) = self.place;
        let next = Cell { text: String::new(), line, column };
        let mut done = std::mem::replace(&mut self.cell, next);
        done.text = done.text.trim().to_owned();
        self.row.push(done);
        self.closed = false;
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.text.is_empty()) {
            self.rows.push(row);
        }
    }

    fn finish(mut self) -> Result<Vec<Vec<Cell>>, OpenQuote> {
        if let Some((line, column)) = self.opened {
            return Err(OpenQuote { line, column });
        }
        self.end_row();
        Ok(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        split(text).unwrap().into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn a_spreadsheet_export_reads_like_plain_csv() {
        let plain = words("A,B,count\n1,0,3\n");
        assert_eq!(plain, vec![vec!["A", "B", "count"], vec!["1", "0", "3"]]);
        assert_eq!(words("\u{feff}A;B;count\r\n1;0;3\r\n\r\n"), plain);
        assert_eq!(words("\"A\"\tB\tcount\n1\t0\t3"), plain);
    }

    #[test]
    fn quotes_keep_separators_and_doubled_quotes() {
        assert_eq!(words("\"press, \"\"daily\"\"\",B\n"), vec![vec!["press, \"daily\"", "B"]]);
        assert_eq!(split("A,\"B\n1,0"), Err(OpenQuote { line: 1, column: 3 }));
    }

    #[test]
    fn cells_know_where_they_start() {
        let rows = split("A,B,count\n\n1,0, 3\n").unwrap();
        let last = rows.last().and_then(|row| row.last()).unwrap();
        assert_eq!((last.line, last.column, last.text.as_str()), (3, 5, "3"));
    }
}
