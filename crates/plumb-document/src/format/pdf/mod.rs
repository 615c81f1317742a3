//! PDF: the text layer, page by page, and what does not meet the eye.
//!
//! `hayro` interprets the drawing instructions (in safe Rust); here letters become words and paragraphs again, and are held
//! against what is drawn over and under them. A black box over words hides them from the eye, not from the file.

mod bomb;
mod draws;
mod layout;
mod picture;
mod sheet;
mod sight;

use std::sync::Arc;

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

pub(super) use picture::picture;

use layout::{Layout, Paragraph};
use sheet::Sheet;
use sight::{Sight, is_scan, sights};

use crate::writer::{Writer, count};
use crate::{BlockKind, Cause, Limits, NoteKind, Place};

pub(super) fn write(bytes: &[u8], limits: &Limits) -> Result<Writer, Cause> {
    if !has_end(bytes) {
        // what is left of it can be read with half of its fonts, and gives other letters than were written
        return Err(Cause::Truncated { kind: "PDF".to_owned(), what: "its end is missing".to_owned() });
    }
    bomb::check(bytes, limits)?;
    let pdf = open(bytes)?;
    let mut writer = Writer::new();
    properties(&pdf, &mut writer);
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(fault(LoadPdfError::Invalid));
    }
    let cache = InterpreterCache::new();
    let mut counter = draws::Counter::default();
    for (number, page) in (1..=limits.pages).zip(pages.iter()) {
        counter.check(page)?;
        let sheet = draw(&pdf, page, &cache);
        writer.page(number);
        if sheet.overflow {
            let limit = "a million letters and some thousand boxes".to_owned();
            writer.note(NoteKind::Truncated { limit }, Place::Page(number));
        }
        write_page(&mut writer, number, &sheet);
    }
    if pages.len() > usize::try_from(limits.pages).unwrap_or(usize::MAX) {
        let limit = format!("{} of {} pages", limits.pages, pages.len());
        writer.note(NoteKind::Truncated { limit }, Place::Document);
    }
    Ok(writer)
}

fn open(bytes: &[u8]) -> Result<Pdf, Cause> {
    Pdf::new(Arc::new(bytes.to_vec())).map_err(fault)
}

/// Whether the end is there. A file that can be shown while it loads has an end near its beginning, too.
fn has_end(bytes: &[u8]) -> bool {
    let last = |words: &[u8]| memchr::memmem::rfind(bytes, words);
    last(b"%%EOF").is_some_and(|end| last(b"endobj").is_none_or(|object| end > object))
}

fn fault(error: LoadPdfError) -> Cause {
    let kind = || "PDF".to_owned();
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Cause::Encrypted { kind: kind() },
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            Cause::Unsupported { what: "a PDF encrypted by an unknown algorithm".to_owned() }
        }
        LoadPdfError::Decryption(_) => {
            Cause::Damaged { kind: kind(), what: "what its encryption needs is missing".to_owned() }
        }
        LoadPdfError::Invalid => Cause::Damaged { kind: kind(), what: "it has no pages that can be found".to_owned() },
    }
}

/// The page's own size, in points.
fn bounds(page: &Page<'_>) -> Rect {
    let (width, height) = page.render_dimensions();
    Rect::new(0.0, 0.0, f64::from(width), f64::from(height))
}

/// What interprets a page: coordinates from its top left, as it is shown.
fn context<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Context<'a> {
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    Context::new(transform, bounds(page), cache, pdf.xref(), InterpreterSettings::default())
}

fn draw<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Sheet {
    let mut sheet = Sheet::new(bounds(page));
    interpret_page(page, &mut context(pdf, page, cache), &mut sheet);
    sheet
}

/// Letters that a reader does not see, gathered until seen ones follow.
#[derive(Default)]
struct Unseen {
    how: Option<Sight>,
    words: String,
}

impl Unseen {
    fn add(&mut self, writer: &mut Writer, number: u32, sight: Sight, text: &str) {
        if self.how != Some(sight) {
            self.end(writer, number);
            self.how = Some(sight);
        }
        self.words.push_str(text);
    }

    fn end(&mut self, writer: &mut Writer, number: u32) {
        let words = std::mem::take(&mut self.words);
        let words = words.trim();
        let characters = count(words);
        match self.how.take() {
            _ if words.is_empty() => {}
            Some(Sight::Covered) => writer.note(NoteKind::Leak { characters }, Place::Page(number)),
            Some(Sight::Hidden(how)) => {
                let words = crate::note::beginning(words);
                writer.note(NoteKind::Hidden { how, words, characters }, Place::Page(number));
            }
            Some(Sight::Seen) | None => {}
        }
    }
}

fn write_page(writer: &mut Writer, number: u32, sheet: &Sheet) {
    let mut layout = Layout::default();
    let (mut unseen, mut unreadable, mut recognised) = (Unseen::default(), 0_u64, false);
    let mut drawn = sheet::Drawn::default();
    for (letter, sight) in sheet.letters.iter().zip(sights(sheet)) {
        let text = letter.text.as_deref().unwrap_or("\u{FFFD}");
        // a blank is seen or not as what stands before it
        let is_blank = text.trim().is_empty();
        match unseen.how.filter(|_| is_blank).unwrap_or(sight) {
            // letters that are drawn twice, a little apart, to look bold
            Sight::Seen if drawn.again(letter) => {}
            Sight::Seen => {
                unseen.end(writer, number);
                unreadable += u64::from(letter.text.is_none());
                recognised |= letter.invisible && !is_blank;
                layout.letter(letter, text);
            }
            Sight::Covered => {
                // a blank at the end of what is covered is the gap before what is not
                if !is_blank {
                    layout.letter(letter, if unseen.how == Some(Sight::Covered) { "" } else { "█" });
                }
                unseen.add(writer, number, Sight::Covered, text);
            }
            how @ Sight::Hidden(_) => unseen.add(writer, number, how, text),
        }
    }
    unseen.end(writer, number);
    let paragraphs = layout.paragraphs();
    if paragraphs.is_empty() && is_scan(sheet) {
        writer.scanned();
        writer.note(NoteKind::Scanned, Place::Page(number));
    }
    let doubts = [
        recognised.then_some(NoteKind::Recognised),
        (unreadable > 0).then_some(NoteKind::Unreadable { characters: unreadable }),
    ];
    for doubt in doubts.into_iter().flatten() {
        writer.note(doubt, Place::Page(number));
    }
    write_paragraphs(writer, &paragraphs);
}

fn write_paragraphs(writer: &mut Writer, paragraphs: &[Paragraph]) {
    let body = body_size(paragraphs);
    for paragraph in paragraphs {
        writer.block(kind(paragraph, body), &paragraph.text());
    }
}

/// The size that most letters of the page have.
fn body_size(paragraphs: &[Paragraph]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = Vec::new();
    for line in paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
        // sizes are compared in half points: rounding in the file makes 11.96 of 12
        let size = (line.size * 2.0).round() / 2.0;
        match sizes.iter_mut().find(|(known, _)| (*known - size).abs() < 0.1) {
            Some((_, letters)) => *letters += line.text.len(),
            None => sizes.push((size, line.text.len())),
        }
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(0.0, |(size, _)| size)
}

/// A few lines larger than the body by a fifth are a heading, by three fifths one of the first level: 12 pt beside 10 pt, and
/// 16 pt or more, as in most templates.
fn kind(paragraph: &Paragraph, body: f64) -> BlockKind {
    let ratio = paragraph.size() / body.max(1.0);
    match paragraph.lines.len() {
        1..=3 if ratio >= 1.6 => BlockKind::Heading(1),
        1..=3 if ratio >= 1.19 => BlockKind::Heading(2),
        _ => BlockKind::Paragraph,
    }
}

/// What the file says about itself. Strings are UTF-16 with a mark, or UTF-8 with one, or nearly Latin-1 (ISO 32000-2 §7.9.2.2).
fn properties(pdf: &Pdf, writer: &mut Writer) {
    let metadata = pdf.metadata();
    let strings = [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("subject", &metadata.subject),
        ("keywords", &metadata.keywords),
        ("creator", &metadata.creator),
        ("producer", &metadata.producer),
    ];
    for (name, value) in strings {
        let value = value.as_deref().unwrap_or_default();
        let (text, _) = crate::decode::decode(value, Some(encoding_rs::WINDOWS_1252));
        writer.property(name, &text);
    }
    for (name, date) in [("created", &metadata.creation_date), ("modified", &metadata.modification_date)] {
        if let Some(date) = date {
            let text = format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                date.year, date.month, date.day, date.hour, date.minute, date.second
            );
            writer.property(name, &text);
        }
    }
}
