//! The shape of a row: its quotes, and whether it has as many cells as the header.

use std::sync::Arc;

use plumb_core::codes::P0103;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

use crate::tokenize::{FlawKind, RawRow};

/// A quote at fault: where the cells of the row end is anyone's guess.
pub(crate) fn flawed(file: &Arc<str>, raw: &RawRow<'_>) -> Option<Diagnostic> {
    let flaw = raw.flaw?;
    let location = Location { file: file.clone(), line: flaw.line, column: flaw.column, length: 1 };
    Some(match flaw.kind {
        FlawKind::Unclosed => Diagnostic::new(P0103, location, "a quoted cell is never closed")
            .saying("opened here")
            .help("close it with `\"`, or double the quote if it belongs to the text"),
        FlawKind::TextAfter => Diagnostic::new(P0103, location, "a quoted cell goes on after its closing quote")
            .saying("closed here")
            .help("double each quote that belongs to the text: \"he said \"\"no\"\"\""),
    })
}

/// More cells than the header: the cells behind a stray separator have moved into the wrong columns.
pub(crate) fn too_many(file: &Arc<str>, raw: &RawRow<'_>, width: usize) -> Option<Diagnostic> {
    let excess = raw.cells.iter().skip(width).find(|cell| !cell.text().trim().is_empty())?;
    let message = format!("the row has {} cells, the header {width}", raw.cells.len());
    let diagnostic = Diagnostic::new(P0103, excess.location(file), message).saying("belongs to no column");
    Some(diagnostic.help("put cells that hold the separator in quotes: \"New York, 2017\""))
}

/// Fewer cells than the header: the row is cut short, but what it has is in the right columns.
pub(crate) fn too_few(file: &Arc<str>, raw: &RawRow<'_>, width: usize) -> Option<Diagnostic> {
    let last = raw.cells.last().filter(|_| raw.cells.len() < width)?;
    let message = format!("the row has {} cells, the header {width}", raw.cells.len());
    let diagnostic = Diagnostic::new(P0103, last.location(file), message).saying("the row ends here");
    Some(
        diagnostic
            .help("add the missing cells, even if empty; a line break inside a cell needs quotes around the cell"),
    )
}
