//! Plain text: the rendition is the text itself, with its line ends.

use std::ops::Range;

use crate::decode::decode;
use crate::writer::Writer;
use crate::{BlockKind, Cause, NoteKind, Place};

/// Characters of the longest line that is taken for one wrapped by hand; mail and typewriters wrap at 60 to 80. Where lines
/// are longer, each is a paragraph.
const WRAPPED: usize = 100;

/// Share of control characters from which bytes are no text, as one in so many.
const BINARY: usize = 100;

/// The text and its notes, or that it is none.
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, Vec<NoteKind>), Cause> {
    let (text, notes) = decode(bytes, None);
    let head = text.chars().take(64 * 1024);
    let (all, controls) = head.fold((0, 0), |(all, controls), letter| {
        let control = letter.is_control() && !letter.is_whitespace() && letter != '\u{1B}'
            || letter == char::REPLACEMENT_CHARACTER;
        (all + 1, controls + usize::from(control))
    });
    if controls * BINARY > all {
        return Err(Cause::Unsupported { what: "a file that is no text".to_owned() });
    }
    Ok((text, notes))
}

pub(super) fn write(bytes: &[u8]) -> Result<Writer, Cause> {
    let (text, notes) = decoded(bytes)?;
    let ranges = paragraphs(&text);
    let mut writer = Writer::verbatim(text);
    for note in notes {
        writer.note(note, Place::Document);
    }
    for range in ranges {
        writer.mark(range, BlockKind::Paragraph);
    }
    Ok(writer)
}

/// Where the paragraphs stand: stretches between blank lines, or their lines where these are too long to be wrapped.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut stretch: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if words.is_empty() {
            flush(text, &mut stretch, &mut all);
        } else {
            stretch.push(start..start + words.len());
        }
        at += line.len();
    }
    flush(text, &mut stretch, &mut all);
    all
}

fn flush(text: &str, stretch: &mut Vec<Range<usize>>, all: &mut Vec<Range<usize>>) {
    let is_long = |line: &Range<usize>| {
        line.len() > WRAPPED && text.get(line.clone()).is_some_and(|line| line.chars().nth(WRAPPED).is_some())
    };
    if stretch.iter().any(is_long) {
        all.append(stretch);
    } else if let (Some(first), Some(last)) = (stretch.first(), stretch.last()) {
        all.push(first.start..last.end);
        stretch.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_found_in_wrapped_and_in_unwrapped_text() {
        let words =
            |text: &str| -> Vec<String> { paragraphs(text).into_iter().map(|range| text[range].to_owned()).collect() };
        assert_eq!(words("One\r\ntwo\r\n \r\n  three\r\n"), ["One\r\ntwo", "three"]);
        let long = "word ".repeat(30);
        assert_eq!(words(&format!("Title\n{long}\n{long}")), ["Title", long.trim(), long.trim()]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
