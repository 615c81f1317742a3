//! The pieces that a document's text is made of.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Language;

/// A piece of the text that stands by itself: a paragraph, a heading, a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where in the rendition, in bytes. Blocks are in order and do not overlap.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// The page that it begins on, from 1, where the document has pages.
    pub page: Option<u32>,
    /// The language that it is most likely in; `None` where that cannot be told.
    pub language: Option<Language>,
    /// Whether it belongs to what the document says, and not to what stands around it: menus, footers, comments of a web
    /// page. Told only for HTML, where it is a judgement; nothing is left out on account of it.
    pub main: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading; 1 is the highest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An entry of a list.
    Item,
    /// Words marked as another's.
    Quotation,
    /// Preformatted text.
    Code,
    /// A note at the foot or at the end.
    Footnote,
    /// A comment that somebody wrote beside the text.
    Comment,
    /// A header of a message, as `Subject: …`.
    Header,
    /// A cell of a table.
    Cell {
        /// Which table: an index into [`Document::tables`](crate::Document::tables).
        table: u32,
        /// The row, from 1 as spreadsheets count.
        row: u32,
        /// The column, from 1.
        column: u32,
    },
}

/// The letters of a spreadsheet's column: 1 is `A`, 27 is `AA`.
pub(crate) fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while let Some(rest) = column.checked_sub(1) {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        column = rest / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let letters: Vec<String> = [1, 26, 27, 702, 703, 16_384].into_iter().map(super::column_letters).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
