//! A document that was read.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::block::column_letters;
use crate::{Block, BlockKind, Fault, Kind, Note, Rendition};

/// A document: its text as a reader sees it, and all that is known about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The name that it was given with.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What made the rendition: program and version. The same bytes and the same reader give the same rendition.
    pub reader: String,
    /// The frozen rendition: the words as they stand, in the form in which they stand. Positions are in bytes.
    pub text: Rendition,
    /// Its pieces, in order. Between them is nothing but blanks.
    pub blocks: Vec<Block>,
    /// Its pages, in order; none where the kind has no pages.
    pub pages: Vec<Page>,
    /// Names of its tables or sheets; [`BlockKind::Cell`] points here.
    pub tables: Vec<String>,
    /// What it says about itself: title, author, dates, headers. The names are those of the format, in lower case.
    pub properties: Vec<Property>,
    /// The documents within it: attachments of a message.
    pub parts: Vec<Part>,
    /// What a person should know before trusting it.
    pub notes: Vec<Note>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its number, counted from 1; not what is printed on it.
    pub number: u32,
    /// Where its text stands in the rendition, in bytes.
    pub range: Range<usize>,
    /// Whether it is a picture without words.
    pub scanned: bool,
}

/// Something that a document says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// Its name, as `title` or `created`.
    pub name: String,
    /// Its value, as written.
    pub value: String,
}

/// A document within a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name, as the document gives it.
    pub name: String,
    /// The document, or why it could not be read.
    pub outcome: Result<Document, Fault>,
}

impl Document {
    /// The first property of this name.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|property| property.name == name).map(|property| property.value.as_str())
    }

    /// The block that the range begins in.
    pub fn block_at(&self, range: &Range<usize>) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.range.start <= range.start);
        self.blocks.get(after.checked_sub(1)?).filter(|block| range.start < block.range.end)
    }

    /// The page that the range begins on.
    pub fn page_at(&self, range: &Range<usize>) -> Option<&Page> {
        let after = self.pages.partition_point(|page| page.range.start <= range.start);
        self.pages.get(after.checked_sub(1)?)
    }

    /// Where the range stands, in words for a person: `page 3`, `Sheet1!B12`, `paragraph 4`.
    pub fn locator(&self, range: &Range<usize>) -> String {
        if let Some(page) = self.page_at(range) {
            return format!("page {}", page.number);
        }
        let Some(block) = self.block_at(range) else { return String::new() };
        if let BlockKind::Cell { table, row, column } = block.kind {
            let table = usize::try_from(table).ok().and_then(|table| self.tables.get(table)).map_or("", String::as_str);
            let separator = if table.is_empty() { "" } else { "!" };
            return format!("{table}{separator}{}{row}", column_letters(column));
        }
        let number = self.blocks.partition_point(|other| other.range.start <= block.range.start);
        format!("paragraph {number}")
    }
}
