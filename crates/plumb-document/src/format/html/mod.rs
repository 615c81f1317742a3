//! Web pages: what a reader sees of them, and which of it is the article.
//!
//! The tokeniser is that of browsers. Of their tree only what decides about text is built: blocks, tables, what is hidden.

mod article;
mod element;
mod look;
mod style;
mod tree;

use encoding_rs::Encoding;

use crate::decode::decode;
use crate::writer::Writer;
use crate::{BlockKind, Limits, NoteKind, Place};

use element::Role;
use tree::{Event, Tree};

pub(super) fn write(bytes: &[u8], limits: &Limits) -> Writer {
    let (text, notes) = decode(bytes, stated(bytes));
    let mut writer = Writer::new();
    append(&text, limits, &mut writer);
    for note in notes {
        writer.note(note, Place::Document);
    }
    writer
}

/// Writes a page that is already text, as the body of a message may be.
pub(super) fn append(text: &str, limits: &Limits, writer: &mut Writer) {
    let tree = tree::parse(text, limits.depth);
    for (name, value) in &tree.properties {
        writer.property(name, value);
    }
    if tree.flattened {
        writer.note(NoteKind::Flattened { depth: limits.depth }, Place::Document);
    }
    Pen { writer, tables: Vec::new(), preformatted: 0 }.draw(&tree);
}

/// The encoding that the page states in its first kilobyte, as browsers look for it (HTML Standard §13.2.3.2).
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?.to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=").or_else(|| memchr::memmem::find(&head, b"encoding="))?;
    let after = head.get(at..)?.splitn(2, |byte| *byte == b'=').nth(1)?;
    let label: Vec<u8> = after
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        .collect();
    Encoding::for_label(&label)
}

/// Where the pen is within a table.
#[derive(Clone, Copy)]
struct Table {
    index: Option<u32>,
    row: u32,
    column: u32,
}

/// Writes the tree down.
struct Pen<'w> {
    writer: &'w mut Writer,
    tables: Vec<Table>,
    preformatted: u32,
}

impl Pen<'_> {
    fn draw(mut self, tree: &Tree) {
        let main = article::main(tree);
        for (at, event) in tree.events.iter().enumerate() {
            match event {
                Event::Open(element) => self.open(element.role),
                Event::Close(role) => self.close(*role),
                Event::Break => self.writer.push("\n"),
                Event::Text(range) => {
                    self.writer.main = main.get(at).copied().unwrap_or(true);
                    self.words(tree.text.get(range.clone()).unwrap_or_default());
                }
                Event::Hidden(how, range) => {
                    self.writer.hidden(*how, tree.text.get(range.clone()).unwrap_or_default());
                }
            }
        }
        self.writer.end();
        self.writer.main = true;
    }

    fn open(&mut self, role: Role) {
        match role {
            Role::Inline => {}
            Role::Heading(level) => self.writer.begin(BlockKind::Heading(level)),
            Role::Item => self.writer.begin(BlockKind::Item),
            Role::Quotation => self.writer.begin(BlockKind::Quotation),
            Role::Preformatted => {
                self.preformatted += 1;
                self.writer.begin(BlockKind::Code);
            }
            Role::Table => {
                self.writer.end();
                self.tables.push(Table { index: None, row: 0, column: 0 });
            }
            Role::Row => {
                self.writer.end();
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                    table.column = 0;
                }
            }
            Role::Cell { span } => self.cell(span),
            // a paragraph at the beginning of an entry, a cell or a quotation is that entry, cell or quotation
            Role::Paragraph | Role::Container if self.writer.is_fresh() => {}
            Role::Paragraph | Role::Container | Role::Aside => self.writer.begin(BlockKind::Paragraph),
        }
    }

    fn cell(&mut self, span: u32) {
        let count = self.writer.tables.len();
        let Some(table) = self.tables.last_mut() else { return self.writer.begin(BlockKind::Paragraph) };
        let name = || format!("Table {}", count + 1);
        let index = *table.index.get_or_insert_with(|| self.writer.table(name()));
        let kind = BlockKind::Cell { table: index, row: table.row.max(1), column: table.column + 1 };
        table.column += span;
        self.writer.begin(kind);
    }

    fn close(&mut self, role: Role) {
        match role {
            Role::Inline => {}
            Role::Table => {
                self.writer.end();
                self.tables.pop();
            }
            Role::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.writer.end();
            }
            _ => self.writer.end(),
        }
    }

    /// Blanks in a row are one, as browsers draw them; a no-break space is no blank.
    fn words(&mut self, words: &str) {
        if self.preformatted > 0 {
            return self.writer.push(words);
        }
        let is_blank = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        let mut drawn = String::with_capacity(words.len());
        let mut blank = words.starts_with(is_blank) && !self.writer.ends_in_blank();
        for word in words.split(is_blank).filter(|word| !word.is_empty()) {
            if blank {
                drawn.push(' ');
            }
            drawn.push_str(word);
            blank = true;
        }
        if blank && words.ends_with(is_blank) {
            drawn.push(' ');
        }
        self.writer.push(&drawn);
    }
}
