//! The story of a document: its paragraphs and tables.

use super::Styles;
use super::run::{Run, Sight};
use crate::format::xml::{Start, Take};
use crate::note::beginning;
use crate::writer::{Writer, count};
use crate::{BlockKind, NoteKind, Place};

/// Where the reader is within a table.
#[derive(Clone, Copy)]
struct Table {
    index: u32,
    row: u32,
    column: u32,
    span: u32,
}

/// A tracked change that is open.
struct Change {
    deletion: bool,
    author: String,
    date: String,
    start: usize,
    words: String,
}

/// Takes the elements of a story.
pub(super) struct Body<'w> {
    writer: &'w mut Writer,
    styles: &'w Styles,
    kind: BlockKind,
    tables: Vec<Table>,
    run: Run,
    in_run: bool,
    in_text: bool,
    /// Elements that repeat others for old programs.
    skipped: u32,
    changes: Vec<Change>,
    unseen: Option<Sight>,
    words: String,
}

impl<'w> Body<'w> {
    pub(super) fn new(writer: &'w mut Writer, styles: &'w Styles, kind: BlockKind) -> Self {
        Self {
            writer,
            styles,
            kind,
            tables: Vec::new(),
            run: Run::default(),
            in_run: false,
            in_text: false,
            skipped: 0,
            changes: Vec::new(),
            unseen: None,
            words: String::new(),
        }
    }

    pub(super) fn finish(mut self) {
        self.show();
        self.writer.end();
    }

    fn paragraph(&mut self) {
        // the first paragraph of a cell is the cell
        if !self.writer.is_fresh() {
            self.writer.begin(self.kind);
        }
    }

    /// Makes the paragraph that has just begun another kind of block; cells and notes stay what they are.
    fn refine(&mut self, kind: BlockKind) {
        if self.kind == BlockKind::Paragraph && !self.writer.is_fresh() && self.writer.is_empty_block() {
            self.writer.begin(kind);
        }
    }

    fn table(&mut self, name: &str, start: &Start<'_>) {
        if name == "tbl" {
            self.writer.end();
            let name = format!("Table {}", self.writer.tables.len() + 1);
            self.tables.push(Table { index: self.writer.table(name), row: 0, column: 0, span: 1 });
        }
        let Some(table) = self.tables.last_mut() else { return };
        match name {
            "tr" => *table = Table { row: table.row + 1, column: 0, span: 1, ..*table },
            "tc" => {
                table.column += std::mem::replace(&mut table.span, 1);
                let (index, row, column) = (table.index, table.row, table.column);
                self.writer.begin(BlockKind::Cell { table: index, row, column });
            }
            "gridSpan" => {
                let span = start.attribute("val").and_then(|span| span.parse().ok()).unwrap_or(1);
                // Word allows 63 columns
                table.span = u32::clamp(span, 1, 63);
            }
            _ => {}
        }
    }

    fn change(&mut self, deletion: bool, start: &Start<'_>) {
        self.show();
        let value = |name: &str| start.attribute(name).unwrap_or_default();
        let (author, date) = (value("author"), value("date"));
        self.changes.push(Change { deletion, author, date, start: self.writer.position(), words: String::new() });
    }

    fn changed(&mut self) {
        self.show();
        let Some(Change { deletion, author, date, start, words }) = self.changes.pop() else { return };
        let end = self.writer.position();
        if deletion && !words.trim().is_empty() {
            self.writer.note(NoteKind::Deleted { author, date, words: beginning(&words) }, Place::Range(end..end));
        } else if !deletion && end > start {
            self.writer.note(NoteKind::Inserted { author, date }, Place::Range(start..end));
        }
    }

    fn push(&mut self, words: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some(deletion) = self.changes.iter_mut().rev().find(|change| change.deletion) {
            deletion.words.push_str(words);
            return;
        }
        let sight = if words.trim().is_empty() { self.unseen.unwrap_or(Sight::Seen) } else { self.run.sight() };
        if sight == Sight::Seen {
            self.show();
            self.writer.push(words);
            return;
        }
        if self.unseen != Some(sight) {
            self.show();
            self.unseen = Some(sight);
            if sight == Sight::Covered {
                self.writer.push("█");
            }
        }
        self.words.push_str(words);
    }

    /// Ends a stretch of words that are not seen.
    fn show(&mut self) {
        let words = std::mem::take(&mut self.words);
        match self.unseen.take() {
            Some(Sight::Hidden(how)) => self.writer.hidden(how, &words),
            Some(Sight::Covered) => {
                let at = self.writer.position();
                let characters = count(words.trim());
                self.writer.note(NoteKind::Leak { characters }, Place::Range(at.saturating_sub("█".len())..at));
                // the blank after the last blackened word is the one before the next
                if words.ends_with(char::is_whitespace) {
                    self.writer.push(" ");
                }
            }
            Some(Sight::Seen) | None => {}
        }
    }

    fn symbol(&mut self, start: &Start<'_>) {
        let code = start.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(letter) = code.and_then(char::from_u32) {
            self.push(letter.encode_utf8(&mut [0; 4]));
        }
    }

    fn paragraph_property(&mut self, name: &str, start: &Start<'_>) {
        let value = start.attribute("val").unwrap_or_default();
        match name {
            "pStyle" => {
                if let Some(kind) = self.styles.get(&value) {
                    self.refine(*kind);
                }
            }
            "outlineLvl" => {
                // 9 is body text
                if let Some(level) = value.parse().ok().filter(|level: &u8| *level < 9) {
                    self.refine(BlockKind::Heading(level + 1));
                }
            }
            _ => self.refine(BlockKind::Item),
        }
    }
}

impl Take for Body<'_> {
    fn start(&mut self, start: &Start<'_>) {
        let name = start.name();
        match name.as_str() {
            "p" => {
                self.show();
                self.paragraph();
            }
            "pStyle" | "outlineLvl" | "numPr" => self.paragraph_property(&name, start),
            "r" => {
                self.in_run = true;
                self.run = Run::default();
            }
            "t" | "delText" => self.in_text = true,
            "tab" if self.in_run => self.push("\t"),
            "br" | "cr" if self.in_run => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.symbol(start),
            "ins" | "moveTo" => self.change(false, start),
            "del" | "moveFrom" => self.change(true, start),
            "tbl" | "tr" | "tc" | "gridSpan" => self.table(&name, start),
            "Fallback" => self.skipped += 1,
            _ if self.in_run => self.run.set(&name, start),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                self.show();
                self.writer.end();
            }
            "r" => self.in_run = false,
            "t" | "delText" => self.in_text = false,
            "ins" | "moveTo" | "del" | "moveFrom" => self.changed(),
            "tc" => self.writer.end(),
            "tbl" => {
                self.writer.end();
                self.tables.pop();
            }
            "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        }
    }
}
