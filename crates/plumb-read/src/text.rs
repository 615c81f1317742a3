//! From bytes to text: UTF-8 is asked for, UTF-16 is understood, and whatever else comes in is read as far as it goes.

use std::sync::Arc;

use plumb_core::codes::P0102;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

/// What stands where bytes could not be read.
pub(crate) const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The text of a file, and whether all of it could be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// Without a byte order mark.
    pub(crate) text: String,
    /// Some characters were lost: cells with a [`REPLACEMENT`] in them must not be used.
    pub(crate) damaged: bool,
    /// What is wrong with the encoding.
    pub(crate) diagnostic: Option<Diagnostic>,
}

/// Reads the bytes of `file` as text.
pub(crate) fn decode(file: &Arc<str>, bytes: &[u8]) -> Decoded {
    match Encoding::guess(bytes) {
        Encoding::Utf8 => decode_utf8(file, bytes.strip_prefix(&UTF8_MARK).unwrap_or(bytes)),
        Encoding::Utf16(order, name) => decode_utf16(file, bytes, order, name),
        Encoding::NotText(what) => {
            let message = format!("`{file}` is {what}, not a text file");
            let help = "export it as CSV in UTF-8 (in a spreadsheet: Save as, CSV UTF-8)";
            let diagnostic = Diagnostic::new(P0102, Location::file(file.clone()), message).help(help);
            Decoded { text: String::new(), damaged: true, diagnostic: Some(diagnostic) }
        }
    }
}

const UTF8_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// How two bytes make one unit of UTF-16.
type ByteOrder = fn([u8; 2]) -> u16;

enum Encoding {
    Utf8,
    Utf16(ByteOrder, &'static str),
    NotText(&'static str),
}

impl Encoding {
    fn guess(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Self::NotText("in UTF-32"),
            [0xFF, 0xFE, ..] => Self::Utf16(u16::from_le_bytes, "UTF-16 (little endian)"),
            [0xFE, 0xFF, ..] => Self::Utf16(u16::from_be_bytes, "UTF-16 (big endian)"),
            [b'P', b'K', 3, 4, ..] => Self::NotText("a spreadsheet or ZIP archive"),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::NotText("an old office document"),
            [b'%', b'P', b'D', b'F', ..] => Self::NotText("a PDF"),
            [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => {
                Self::Utf16(u16::from_be_bytes, "UTF-16 (big endian, without a mark)")
            }
            [first, 0, third, 0, ..] if *first != 0 && *third != 0 => {
                Self::Utf16(u16::from_le_bytes, "UTF-16 (little endian, without a mark)")
            }
            _ => Self::Utf8,
        }
    }
}

fn decode_utf16(file: &Arc<str>, bytes: &[u8], order: ByteOrder, name: &str) -> Decoded {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| order(*pair));
    let read = char::decode_utf16(units).map(|unit| unit.unwrap_or(REPLACEMENT));
    let text: String = read.skip_while(|first| *first == '\u{FEFF}').collect();
    let damaged = text.contains(REPLACEMENT);
    let diagnostic = Diagnostic::new(P0102, Location::file(file.clone()), format!("`{file}` is in {name}"))
        .note("it was read all the same")
        .help("save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8)");
    Decoded { text, damaged, diagnostic: Some(diagnostic) }
}

fn decode_utf8(file: &Arc<str>, bytes: &[u8]) -> Decoded {
    let (text, what) = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            return Decoded { text: text.to_owned(), damaged: false, diagnostic: None };
        }
        Ok(text) => (text.replace('\0', "\u{FFFD}"), "a NUL byte"),
        Err(_) => (String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}"), "a byte that is not UTF-8"),
    };
    let offset = text.find(REPLACEMENT).unwrap_or_default();
    let (line, column) = line_and_column(&text, offset);
    let location = Location { file: file.clone(), line, column, length: 1 };
    let lines = text.lines().filter(|line| line.contains(REPLACEMENT)).count();
    let diagnostic = Diagnostic::new(P0102, location, format!("`{file}` is not UTF-8 text"))
        .saying(format!("{what}; the first of {lines} {} of this kind", if lines == 1 { "line" } else { "lines" }))
        .note("cells with such bytes are left empty and rows that need them left out; the rest is read")
        .help("save the file as UTF-8 (in a spreadsheet: Save as, CSV UTF-8)");
    Decoded { text, damaged: true, diagnostic: Some(diagnostic) }
}

/// Line and column of a byte offset, from 1, the column in characters.
fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).map_or(0, |line| line.chars().count());
    (number(line).saturating_add(1), number(column).saturating_add(1))
}

/// Characters up to the first end of line.
pub(crate) fn first_line_length(text: &str) -> u32 {
    number(text.chars().take_while(|one| !matches!(one, '\n' | '\r')).count())
}

/// A count as the numbers of locations are kept; a file of more than four thousand million lines is beyond the limits.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(&"f.csv".into(), bytes)
    }

    #[test]
    fn a_mark_of_utf8_is_no_part_of_the_text() {
        assert_eq!(decoded(b"\xEF\xBB\xBFid\n"), Decoded { text: "id\n".into(), damaged: false, diagnostic: None });
    }

    #[test]
    fn utf16_is_read_and_named() {
        for bytes in [b"\xFF\xFEi\0d\0".as_slice(), b"\xFE\xFF\0i\0d", b"i\0d\0", b"\0i\0d"] {
            let decoded = decoded(bytes);
            assert_eq!((decoded.text.as_str(), decoded.damaged), ("id", false));
            assert!(decoded.diagnostic.is_some_and(|found| found.message.contains("UTF-16")));
        }
    }

    #[test]
    fn the_first_bad_byte_is_pointed_at() {
        let decoded = decoded("id\nä".as_bytes().iter().copied().chain([0xE4, b'x']).collect::<Vec<_>>().as_slice());
        let location = decoded.diagnostic.and_then(|found| found.location().cloned());
        assert_eq!(location.map(|at| at.to_string()), Some("f.csv:2:2".to_owned()));
        assert_eq!(decoded.text, "id\nä\u{FFFD}x");
    }
}
