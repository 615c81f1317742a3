//! CSV into cells, each with the place where it stands (RFC 4180; quoted cells may run over several lines).
//!
//! A diagnostic must point at the cell at fault, and a stray quote must not swallow the rows behind it. So the cells are
//! cut here: a quoted cell that does not end as it should spoils its own row only, and reading goes on with the next line.

use std::borrow::Cow;
use std::sync::Arc;

use plumb_core::location::Location;

use crate::text::{first_line_length, number};

/// A cell as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawCell<'t> {
    /// With its quotes.
    pub(crate) raw: &'t str,
    /// Line of its first character.
    pub(crate) line: u32,
    /// Column of its first character.
    pub(crate) column: u32,
}

impl<'t> RawCell<'t> {
    /// What it says: without its quotes, doubled quotes single.
    pub(crate) fn text(&self) -> Cow<'t, str> {
        match self.raw.trim_start_matches(' ').strip_prefix('"') {
            None => Cow::Borrowed(self.raw),
            Some(quoted) => {
                let inner = quoted.trim_end_matches(' ').strip_suffix('"').unwrap_or(quoted);
                if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
            }
        }
    }

    /// Characters on its first line.
    pub(crate) fn length(&self) -> u32 {
        first_line_length(self.raw)
    }

    /// Where it stands.
    pub(crate) fn location(&self, file: &Arc<str>) -> Location {
        Location { file: file.clone(), line: self.line, column: self.column, length: self.length() }
    }

    /// Where a part of what it says stands; `offset` counts bytes of [`Self::text`].
    pub(crate) fn part(&self, file: &Arc<str>, offset: usize, part: &str) -> Location {
        let spaces = self.raw.len() - self.raw.trim_start_matches(' ').len();
        let quoted = self.raw.get(spaces..).is_some_and(|rest| rest.starts_with('"'));
        let mut cursor = Cursor { text: self.raw, offset: 0, line: self.line, column: self.column };
        let mut said = 0;
        if quoted {
            (0..=spaces).for_each(|_| cursor.step());
        }
        while said < offset && cursor.peek().is_some() {
            said += cursor.peek().map_or(0, char::len_utf8);
            if quoted && cursor.rest().starts_with("\"\"") {
                cursor.step();
            }
            cursor.step();
        }
        Location { file: file.clone(), line: cursor.line, column: cursor.column, length: first_line_length(part) }
    }
}

/// A row of cells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RawRow<'t> {
    /// Its first line.
    pub(crate) line: u32,
    /// Its cells; never none.
    pub(crate) cells: Vec<RawCell<'t>>,
    /// A quote at fault: the row cannot be trusted.
    pub(crate) flaw: Option<Flaw>,
}

impl RawRow<'_> {
    /// Whether there is nothing in it, as in the rows that spreadsheets leave behind.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text().trim().is_empty())
    }
}

/// A quote at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// What is wrong.
    pub(crate) kind: FlawKind,
    /// Line of the quote.
    pub(crate) line: u32,
    /// Column of the quote.
    pub(crate) column: u32,
}

/// What is wrong with a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// It opens a cell and is never closed.
    Unclosed,
    /// It closes a cell, but the cell goes on.
    TextAfter,
}

/// The rows of `text`, cells parted by `delimiter`.
pub(crate) fn tokenize(text: &str, delimiter: char) -> impl Iterator<Item = RawRow<'_>> {
    let mut cursor = Cursor { text, offset: 0, line: 1, column: 1 };
    std::iter::from_fn(move || cursor.peek().is_some().then(|| row(&mut cursor, delimiter)))
}

fn row<'t>(cursor: &mut Cursor<'t>, delimiter: char) -> RawRow<'t> {
    let mut row = RawRow { line: cursor.line, cells: Vec::new(), flaw: None };
    loop {
        let (cell, flaw) = cell(cursor, delimiter);
        row.cells.push(cell);
        row.flaw = row.flaw.or(flaw);
        match cursor.peek() {
            Some(next) if next == delimiter => cursor.step(),
            _ => break,
        }
    }
    cursor.end_line();
    row
}

fn cell<'t>(cursor: &mut Cursor<'t>, delimiter: char) -> (RawCell<'t>, Option<Flaw>) {
    let start = *cursor;
    while cursor.peek() == Some(' ') {
        cursor.step();
    }
    let flaw = if cursor.peek() == Some('"') { quoted(cursor, delimiter) } else { None };
    if flaw.is_none_or(|flaw| flaw.kind == FlawKind::TextAfter) {
        cursor.skip_until(|next| next == delimiter);
    }
    let raw = start.text.get(start.offset..cursor.offset).unwrap_or_default();
    (RawCell { raw, line: start.line, column: start.column }, flaw)
}

/// Passes over a quoted cell up to the character behind it. When it does not end well, up to the end of its first line.
fn quoted(cursor: &mut Cursor<'_>, delimiter: char) -> Option<Flaw> {
    let opening = *cursor;
    let flaw_at = |kind, at: Cursor<'_>| Some(Flaw { kind, line: at.line, column: at.column });
    cursor.step();
    while let Some(next) = cursor.peek() {
        let here = *cursor;
        cursor.step();
        match (next, cursor.peek()) {
            ('"', Some('"')) => cursor.step(),
            ('"', _) => {
                let rest = cursor.rest().trim_start_matches(' ');
                if rest.is_empty() || rest.starts_with([delimiter, '\n', '\r']) {
                    return None;
                }
                if here.line == opening.line {
                    return flaw_at(FlawKind::TextAfter, here);
                }
                break;
            }
            _ => {}
        }
    }
    *cursor = opening;
    cursor.skip_until(|_| false);
    flaw_at(FlawKind::Unclosed, opening)
}

/// A place in a text that knows its line and column.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) {
        let Some(next) = self.peek() else { return };
        self.offset += next.len_utf8();
        if next == '\n' {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else {
            self.column = self.column.saturating_add(1);
        }
    }

    /// Goes on to the end of the line, or to the first character that `stops` names.
    fn skip_until(&mut self, stops: impl Fn(char) -> bool) {
        let rest = self.rest();
        let end = rest.find(|next| matches!(next, '\n' | '\r') || stops(next)).unwrap_or(rest.len());
        let passed = rest.get(..end).unwrap_or_default();
        self.offset += end;
        self.column = self.column.saturating_add(number(passed.chars().count()));
    }

    /// Passes over the end of a line: LF, CRLF, or the CR of old spreadsheets.
    fn end_line(&mut self) {
        if self.peek() == Some('\r') {
            self.step();
        }
        if self.peek() == Some('\n') {
            self.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let cells = |row: RawRow<'_>| row.cells.iter().map(|cell| cell.text().into_owned()).collect();
        tokenize(text, delimiter).map(cells).collect()
    }

    #[test]
    fn cells_are_cut_as_the_standard_says() {
        let cases = [
            ("a,b\r\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("\"a,1\",\"say \"\"no\"\"\"\n", vec![vec!["a,1", "say \"no\""]]),
            ("a,\"two\nlines\",c", vec![vec!["a", "two\nlines", "c"]]),
            ("a, \"b, c\" ,d", vec![vec!["a", "b, c", "d"]]),
            ("a,\n,", vec![vec!["a", ""], vec!["", ""]]),
            ("5\" pipe,x", vec![vec!["5\" pipe", "x"]]),
        ];
        for (text, expected) in cases {
            assert_eq!(texts(text, ','), expected, "{text}");
        }
    }

    #[test]
    fn a_stray_quote_spoils_its_own_row_only() {
        for text in ["a,\"b\nc,d\ne,\"f\"\n", "a,\"b\nc,d\n"] {
            let rows: Vec<_> = tokenize(text, ',').collect();
            assert_eq!(rows[0].flaw, Some(Flaw { kind: FlawKind::Unclosed, line: 1, column: 3 }));
            assert_eq!((rows[1].line, rows[1].cells[1].raw, rows[1].flaw), (2, "d", None));
        }
        let rows: Vec<_> = tokenize("\"he said \"no\"\",b\nc,d", ',').collect();
        assert_eq!(rows[0].flaw, Some(Flaw { kind: FlawKind::TextAfter, line: 1, column: 10 }));
        assert_eq!(rows[1].cells[0].raw, "c");
    }

    #[test]
    fn parts_of_a_cell_are_found_behind_quotes_and_lines() {
        let row = tokenize("x,\"a\"\"b;é\ny;z\"", ',').next().unwrap();
        let at = |offset, part| row.cells[1].part(&"f".into(), offset, part).to_string();
        assert_eq!(row.cells[1].text(), "a\"b;é\ny;z");
        assert_eq!(
            (at(0, "a"), at(4, "é"), at(7, "y"), at(9, "z")),
            ("f:1:4".into(), "f:1:9".into(), "f:2:1".into(), "f:2:3".into())
        );
    }

    proptest! {
        #[test]
        fn every_character_lands_in_one_cell(text in "[ab,;\"\n\r é]{0,40}") {
            let cells: usize = tokenize(&text, ',').flat_map(|row| row.cells).map(|cell| cell.raw.len()).sum();
            prop_assert!(cells <= text.len());
            prop_assert!(tokenize(&text, ',').all(|row| !row.cells.is_empty()));
        }

        #[test]
        fn what_is_written_with_quotes_is_read_back(rows in prop::collection::vec(prop::collection::vec("[ab,\"\n é;]{0,6}", 1..4), 1..4)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
            let written = rows.iter().map(line).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(texts(&written, ','), rows);
        }
    }
}
