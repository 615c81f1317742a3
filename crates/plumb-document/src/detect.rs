//! What kind of document it is: told by its bytes first, and by its name where bytes do not tell.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Cause;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// Plain text.
    Text,
    /// Markdown (`CommonMark` with tables).
    Markdown,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// Word's format since 2007.
    Docx,
    /// A message: RFC 5322 with MIME.
    Mail,
    /// Values separated by commas, semicolons or tabs.
    Csv,
    /// A spreadsheet of Excel since 2007 (XLSX).
    Spreadsheet,
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Mail => "mail",
            Self::Csv => "CSV",
            Self::Spreadsheet => "spreadsheet",
        })
    }
}

/// How far into a file the beginning of a format is looked for. ISO 32000-1 annex H.3.4.1: readers look for a PDF's header
/// within the first 1,024 bytes.
const HEAD: usize = 1024;

/// The kind of the bytes, or why they cannot be read.
pub(crate) fn kind(bytes: &[u8], name: &str) -> Result<Kind, Cause> {
    if let Some(kind) = by_signature(bytes)? {
        return Ok(kind);
    }
    let named = by_name(name);
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    if looks_like_html(head) {
        return Ok(if named == Some(Kind::Mail) && looks_like_mail(head) { Kind::Mail } else { Kind::Html });
    }
    match named {
        Some(Kind::Text) | None if looks_like_mail(head) => Ok(Kind::Mail),
        Some(kind @ (Kind::Text | Kind::Markdown | Kind::Html | Kind::Mail | Kind::Csv)) => Ok(kind),
        _ => Ok(Kind::Text),
    }
}

/// The kind that the ending of the name says.
pub(crate) fn by_name(name: &str) -> Option<Kind> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "txt" | "text" | "log" => Kind::Text,
        "md" | "markdown" => Kind::Markdown,
        "html" | "htm" | "xhtml" => Kind::Html,
        "pdf" => Kind::Pdf,
        "docx" | "docm" | "dotx" => Kind::Docx,
        "eml" | "mail" => Kind::Mail,
        "csv" | "tsv" => Kind::Csv,
        "xlsx" | "xlsm" => Kind::Spreadsheet,
        _ => return None,
    })
}

/// The kind of a file that begins with a signature.
fn by_signature(bytes: &[u8]) -> Result<Option<Kind>, Cause> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let unsupported = |what: &str| Err(Cause::Unsupported { what: what.to_owned() });
    match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return packed(bytes).map(Some),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => return Err(compound(bytes)),
        [b'{', b'\\', b'r', b't', b'f', ..] => return unsupported("RTF"),
        [0x1F, 0x8B, ..] => return unsupported("a gzip archive"),
        [b'R', b'a', b'r', b'!', ..] => return unsupported("a RAR archive"),
        [b'7', b'z', 0xBC, 0xAF, ..] => return unsupported("a 7z archive"),
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            return unsupported("a picture");
        }
        _ => {}
    }
    Ok(contains(head, b"%PDF-").then_some(Kind::Pdf))
}

/// The kind of a ZIP archive. Names of entries stand readable in it, so no entry has to be unpacked to tell.
fn packed(bytes: &[u8]) -> Result<Kind, Cause> {
    let has = |name: &[u8]| contains(bytes, name);
    if has(b"word/document.xml") || has(b"word/document2.xml") {
        Ok(Kind::Docx)
    } else if has(b"xl/workbook.xml") {
        Ok(Kind::Spreadsheet)
    } else {
        let what = if has(b"opendocument") { "an OpenDocument file" } else { "a ZIP archive that is no document" };
        Err(Cause::Unsupported { what: what.to_owned() })
    }
}

/// Why a compound file cannot be read: an encrypted document of today, or one of before 2007. Names within are UTF-16.
fn compound(bytes: &[u8]) -> Cause {
    let has = |name: &str| contains(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    if has("EncryptedPackage") {
        Cause::Encrypted { kind: "office document".to_owned() }
    } else {
        Cause::Unsupported { what: "a file of an office program before 2007".to_owned() }
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).replace('\0', "").to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    text.starts_with("<!doctype html")
        || (text.starts_with('<') && ["<html", "<head", "<body"].iter().any(|tag| text.contains(tag)))
}

/// Whether it begins as a message: only header lines, among them two that every message has.
fn looks_like_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let header = text.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let is_field = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_graphic()))
    };
    let mut lines: Vec<&str> = header.lines().collect();
    if header.len() == text.len() {
        // the head was cut within a line
        lines.pop();
    }
    let names: Vec<String> =
        lines.iter().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    // one of these is written by programs only; a text may well begin with "From:" and "Subject:"
    let by_program =
        ["received", "mime-version", "message-id", "return-path", "content-type"].iter().any(|name| has(name));
    has("from") && by_program && lines.iter().all(|line| is_field(line))
}

/// Whether the bytes stand in the others.
pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_first_and_the_name_second() {
        let kinds = [
            (&b"%PDF-1.7"[..], "a.txt", Kind::Pdf),
            (b"junk\n%PDF-1.4", "a.pdf", Kind::Pdf),
            (b"<!DOCTYPE html><p>", "a.txt", Kind::Html),
            (b"\xEF\xBB\xBF\n<html lang=ko>", "a", Kind::Html),
            (b"a,b\n", "a.CSV", Kind::Csv),
            (b"# A", "a.md", Kind::Markdown),
            (b"plain", "a.pdf", Kind::Text),
            (b"From: a@b\nSubject: x\n\nnotes", "a.txt", Kind::Text),
            (b"From: a@b\r\nMessage-ID: <1>\r\n\r\nnotes", "a.txt", Kind::Mail),
        ];
        for (bytes, name, expected) in kinds {
            assert_eq!(kind(bytes, name), Ok(expected), "{name}");
        }
        assert!(kind(b"PK\x03\x04", "a.docx").is_err());
        assert!(kind(b"{\\rtf1", "a.doc").is_err());
    }
}
