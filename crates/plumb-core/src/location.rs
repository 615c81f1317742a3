//! Places in files: what a diagnostic points at.

use std::fmt;
use std::sync::Arc;

/// A stretch of a line of a file. Lines and columns count from 1; columns and length in characters, as editors show them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Path of the file within the case, with `/`.
    pub file: Arc<str>,
    /// Line; 0 when the whole file is meant.
    pub line: u32,
    /// First character.
    pub column: u32,
    /// How many characters; may be 0.
    pub length: u32,
}

impl Location {
    /// A file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), line: 0, column: 0, length: 0 }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => out.write_str(&self.file),
            line => write!(out, "{}:{line}:{}", self.file, self.column),
        }
    }
}

/// Where one cell of a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Name of the column.
    pub name: Arc<str>,
    /// Line on which the cell begins; quoted cells may go on over further lines.
    pub line: u32,
    /// First character of the cell.
    pub column: u32,
    /// Characters on its first line.
    pub length: u32,
}

/// Where a record stands: its file, its first line and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowLocation {
    /// Path of the file within the case.
    pub file: Arc<str>,
    /// First line of the record.
    pub line: u32,
    /// The cells that the row has.
    pub cells: Arc<[Cell]>,
}

impl RowLocation {
    /// Where the cell of `column` stands; the beginning of the row when there is no such cell.
    pub fn cell(&self, column: &str) -> Location {
        let found = self.cells.iter().find(|cell| &*cell.name == column);
        let (line, column, length) = found.map_or((self.line, 1, 0), |cell| (cell.line, cell.column, cell.length));
        Location { file: self.file.clone(), line, column, length }
    }
}
