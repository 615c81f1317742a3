//! How a reader of a format writes the rendition: block by block, with what separates them.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::note::beginning;
use crate::{
    Block, BlockKind, Document, Hiding, Kind, Note, NoteKind, Page, Part, Place, Property, Rendition, language,
};

/// Most notes that a document gets. More would be read by nobody, and a hostile file can call for millions.
const MOST_NOTES: usize = 1_000;

/// A document being written.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    blocks: Vec<Block>,
    pages: Vec<Page>,
    /// The kind of the block that is open.
    open: Option<BlockKind>,
    /// Where its first word stands, once there is one.
    begun: Option<usize>,
    /// Whether what is written belongs to what the document says.
    pub(crate) main: bool,
    pub(crate) tables: Vec<String>,
    pub(crate) parts: Vec<Part>,
    properties: Vec<Property>,
    notes: Vec<Note>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self { main: true, ..Self::default() }
    }

    /// A rendition that stands as it is, without blocks yet.
    pub(crate) fn verbatim(text: String) -> Self {
        Self { text, ..Self::new() }
    }

    /// Where the next word will stand, or almost.
    pub(crate) fn position(&self) -> usize {
        self.text.len()
    }

    /// Adds a block over text that is already there.
    pub(crate) fn mark(&mut self, range: Range<usize>, kind: BlockKind) {
        let page = self.pages.last().map(|page| page.number);
        self.blocks.push(Block { range, kind, page, language: None, main: self.main });
    }

    /// Begins a block; an open one ends.
    pub(crate) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.open = Some(kind);
    }

    /// Writes words into the open block, or into a new paragraph. Blanks at the beginning of a block are dropped.
    pub(crate) fn push(&mut self, words: &str) {
        let words = if self.begun.is_none() { words.trim_start() } else { words };
        if words.is_empty() {
            return;
        }
        let kind = *self.open.get_or_insert(BlockKind::Paragraph);
        if self.begun.is_none() {
            let separator = self.blocks.last().map_or("", |before| separator(before.kind, kind));
            self.text.push_str(separator);
            let start = self.text.len();
            self.begun = Some(start);
            // a page begins with its first word, not with the blank lines before
            if let Some(page) = self.pages.last_mut().filter(|page| page.range.is_empty()) {
                page.range = start..start;
            }
        }
        self.text.push_str(words);
    }

    /// Whether a blank here would be drawn as none: at the beginning of a block, or after another.
    pub(crate) fn ends_in_blank(&self) -> bool {
        self.begun.is_none() || self.text.ends_with([' ', '\n', '\t'])
    }

    /// Whether a block is open that is more than a paragraph and has no words yet.
    pub(crate) fn is_fresh(&self) -> bool {
        self.begun.is_none() && self.open.is_some_and(|kind| kind != BlockKind::Paragraph)
    }

    /// Whether a block is open that has no words yet.
    pub(crate) fn is_empty_block(&self) -> bool {
        self.begun.is_none() && self.open.is_some()
    }

    /// Ends the open block.
    pub(crate) fn end(&mut self) {
        let kind = self.open.take();
        if let (Some(kind), Some(start)) = (kind, self.begun.take()) {
            self.text.truncate(self.text.trim_end().len().max(start));
            self.mark(start..self.text.len(), kind);
            if let Some(page) = self.pages.last_mut() {
                page.range.end = self.text.len();
            }
        }
    }

    /// A whole block.
    pub(crate) fn block(&mut self, kind: BlockKind, words: &str) {
        self.begin(kind);
        self.push(words);
        self.end();
    }

    /// Begins a table and gives its index.
    pub(crate) fn table(&mut self, name: String) -> u32 {
        self.tables.push(name);
        u32::try_from(self.tables.len() - 1).unwrap_or(u32::MAX)
    }

    /// Begins a page; the page before ends.
    pub(crate) fn page(&mut self, number: u32) {
        self.end();
        self.pages.push(Page { number, range: self.text.len()..self.text.len(), scanned: false });
    }

    /// Says that the open page is a picture without words.
    pub(crate) fn scanned(&mut self) {
        if let Some(page) = self.pages.last_mut() {
            page.scanned = true;
        }
    }

    /// Something that the document says about itself; blank values say nothing.
    pub(crate) fn property(&mut self, name: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            self.properties.push(Property { name: name.to_lowercase(), value });
        }
    }

    pub(crate) fn note(&mut self, kind: NoteKind, place: Place) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(Note { kind, place });
        } else if self.notes.len() == MOST_NOTES {
            let limit = format!("the first {MOST_NOTES} notes");
            self.notes.push(Note { kind: NoteKind::Truncated { limit }, place: Place::Document });
        }
    }

    /// Words that are not shown to a reader, and would stand here.
    pub(crate) fn hidden(&mut self, how: Hiding, words: &str) {
        let words = words.trim();
        if !words.is_empty() {
            let characters = count(words);
            let at = self.position();
            self.note(NoteKind::Hidden { how, words: beginning(words), characters }, Place::Range(at..at));
        }
    }

    /// The finished document.
    pub(crate) fn finish(mut self, bytes: &[u8], name: &str, kind: Kind) -> Document {
        self.end();
        if let Some(note) = bidi(&self.text) {
            self.note(note.kind, note.place);
        }
        if self.blocks.is_empty() && self.parts.is_empty() && !self.pages.iter().any(|page| page.scanned) {
            self.note(NoteKind::NoWords, Place::Document);
        }
        language::assign(&self.text, &mut self.blocks);
        Document {
            name: name.to_owned(),
            kind,
            sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            reader: concat!("plumb-document ", env!("CARGO_PKG_VERSION")).to_owned(),
            text: Rendition::from(self.text),
            blocks: self.blocks,
            pages: self.pages,
            tables: self.tables,
            properties: self.properties,
            parts: self.parts,
            notes: self.notes,
        }
    }
}

/// What stands between two blocks: cells of a row and rows of a table stay together, so do entries of a list.
fn separator(before: BlockKind, now: BlockKind) -> &'static str {
    match (before, now) {
        (BlockKind::Cell { table, row, .. }, BlockKind::Cell { table: other, row: next, .. }) if table == other => {
            if row == next {
                "\t"
            } else {
                "\n"
            }
        }
        (BlockKind::Item, BlockKind::Item) | (BlockKind::Header, BlockKind::Header) => "\n",
        _ => "\n\n",
    }
}

/// Characters as a person counts them, or nearly: code points.
pub(crate) fn count(words: &str) -> u64 {
    u64::try_from(words.chars().count()).unwrap_or(u64::MAX)
}

/// A note when there are characters that reorder text. Marks of direction (U+200E, U+200F) only nudge and are usual in
/// Arabic and Hebrew; embeddings, overrides and isolates (Unicode Standard Annex 9 §2) can make words read otherwise.
fn bidi(text: &str) -> Option<Note> {
    // all of them begin with the byte E2, which is rare: looking for it is as fast as memory
    let bytes = text.as_bytes();
    let is_control =
        |at: &usize| matches!(bytes.get(*at..at + 3), Some([_, 0x80, 0xAA..=0xAE] | [_, 0x81, 0xA6..=0xA9]));
    let mut found = memchr::memchr_iter(0xE2, bytes).filter(is_control);
    let at = found.next()?;
    let count = u64::try_from(found.count()).unwrap_or(u64::MAX).saturating_add(1);
    Some(Note { kind: NoteKind::BidiControl { count }, place: Place::Range(at..at + 3) })
}
