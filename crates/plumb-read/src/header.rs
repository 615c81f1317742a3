//! The first row of a table: which column each cell belongs to, and how cells are parted.

use plumb_core::codes::{P0103, P0104, P0105};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

use crate::context::{Context, Source};
use crate::spec::{Column, Table};
use crate::tokenize::{RawCell, RawRow, tokenize};

/// What a header says.
#[derive(Debug)]
pub(crate) struct Header {
    /// For each cell of a row, the position of its column in the definition; `None` for a column that is not read.
    pub(crate) columns: Vec<Option<usize>>,
    /// Cells up to the last that has a name: what is behind them are the empty columns that spreadsheets leave.
    pub(crate) width: usize,
    /// No required column is missing.
    pub(crate) complete: bool,
}

/// The character between cells: the one that yields most known columns; a comma where that is equal.
pub(crate) fn delimiter(text: &str, table: &Table) -> char {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |delimiter: &char| {
        let header = tokenize(line, *delimiter).next();
        let cells = header.map(|row| row.cells).unwrap_or_default();
        cells.iter().filter(|cell| table.position(cell.text().trim()).is_some()).count()
    };
    // Of equals `max_by_key` takes the last.
    ['\t', ';', ','].into_iter().max_by_key(known).unwrap_or(',')
}

/// Reads the header and reports what is wrong with it.
pub(crate) fn read(context: &mut Context<'_>, source: &Source, table: &Table, row: &RawRow<'_>) -> Header {
    let named = |cell: &RawCell<'_>| !cell.text().trim().is_empty();
    let width = row.cells.iter().rposition(named).map_or(0, |last| last + 1);
    let mut header = Header { columns: Vec::new(), width, complete: true };
    for cell in row.cells.iter().take(width) {
        let column = column(context, source, table, &header, cell);
        header.columns.push(column);
    }
    let missing = |(position, column): &(usize, &Column)| column.required && !header.columns.contains(&Some(*position));
    let missing: Vec<&Column> = table.columns.iter().enumerate().filter(missing).map(|(_, column)| column).collect();
    header.complete = missing.is_empty();
    for column in missing {
        let location = Location { file: source.file.clone(), line: row.line, column: 1, length: 0 };
        let message = format!("the column `{}` is missing", column.name);
        context.report(
            Diagnostic::new(P0105, location, message)
                .note(format!("without it no row of `{}` can be read", table.file))
                .help(format!("add a column `{}`: {}", column.name, column.about)),
        );
    }
    header
}

fn column(
    context: &mut Context<'_>,
    source: &Source,
    table: &Table,
    so_far: &Header,
    cell: &RawCell<'_>,
) -> Option<usize> {
    let text = cell.text();
    let name = text.trim();
    let location = cell.location(&source.file);
    let unused = |position: &usize| !so_far.columns.contains(&Some(*position));
    match table.position(name) {
        Some(position) if unused(&position) => return Some(position),
        Some(_) => {
            let message = format!("the column `{name}` stands twice");
            context.report(Diagnostic::new(P0103, location, message).help("only the first is read; remove the other"));
        }
        None if name.is_empty() => {
            let message = "a column without a name between others";
            context.report(Diagnostic::new(P0104, location, message).help("name it or remove it; it is not read"));
        }
        None => {
            let free = table.columns.iter().enumerate().filter(|(position, _)| unused(position));
            let nearest = context.known.nearest(name, free.map(|(_, column)| &*column.name));
            let all: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
            context.report(
                Diagnostic::new(P0104, location, format!("`{}` has no column `{name}`", table.file))
                    .saying("this column is not read")
                    .help(format!("its columns are: {}", all.join(", ")))
                    .did_you_mean(nearest),
            );
        }
    }
    None
}
