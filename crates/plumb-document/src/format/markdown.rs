//! Markdown: `CommonMark` with tables and footnotes; markup is kept out of the rendition.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::writer::Writer;
use crate::{BlockKind, NoteKind, Place};

/// Where the reader is within a table.
#[derive(Default)]
struct Table {
    index: u32,
    row: u32,
    column: u32,
}

pub(super) fn write(text: &str, notes: Vec<NoteKind>) -> Writer {
    let mut writer = Writer::new();
    for note in notes {
        writer.note(note, Place::Document);
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut table = Table::default();
    let mut quotations = 0_u32;
    let mut footnotes = 0_u32;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotations += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotations = quotations.saturating_sub(1),
            Event::Start(Tag::FootnoteDefinition(_)) => footnotes += 1,
            Event::End(TagEnd::FootnoteDefinition) => footnotes = footnotes.saturating_sub(1),
            Event::Start(Tag::Item) => writer.begin(BlockKind::Item),
            // the paragraph of a loose list's entry is the entry
            Event::Start(Tag::Paragraph) if writer.is_fresh() => {}
            Event::Start(Tag::Paragraph) => writer.begin(match () {
                () if footnotes > 0 => BlockKind::Footnote,
                () if quotations > 0 => BlockKind::Quotation,
                () => BlockKind::Paragraph,
            }),
            Event::Start(tag) => start(&mut writer, &mut table, &tag),
            Event::End(tag) => end(&mut writer, &mut table, tag),
            Event::Text(words) | Event::Code(words) => writer.push(&words),
            Event::SoftBreak => writer.push(" "),
            Event::HardBreak => writer.push("\n"),
            _ => {}
        }
    }
    writer
}

fn start(writer: &mut Writer, table: &mut Table, tag: &Tag<'_>) {
    match tag {
        Tag::Heading { level, .. } => writer.begin(BlockKind::Heading(depth(*level))),
        Tag::CodeBlock(_) => writer.begin(BlockKind::Code),
        Tag::Table(_) => {
            let name = format!("Table {}", writer.tables.len() + 1);
            *table = Table { index: writer.table(name), row: 0, column: 0 };
        }
        Tag::TableHead | Tag::TableRow => {
            table.row += 1;
            table.column = 0;
        }
        Tag::TableCell => {
            table.column += 1;
            writer.begin(BlockKind::Cell { table: table.index, row: table.row, column: table.column });
        }
        _ => {}
    }
}

fn end(writer: &mut Writer, table: &mut Table, tag: TagEnd) {
    match tag {
        TagEnd::Table => *table = Table::default(),
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableCell => writer.end(),
        _ => {}
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
