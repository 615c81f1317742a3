//! What a person should know about a document before trusting it.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Kind;

/// A warning about a document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// Where.
    pub place: Place,
}

/// Where a note points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A page, from 1.
    Page(u32),
    /// A range of the rendition, in bytes; empty where what is meant is not in the rendition but would stand there.
    Range(Range<usize>),
}

/// How words are kept from a reader's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Hiding {
    /// Marked as not to be shown: `display: none`, `hidden`, `w:vanish`, a hidden sheet.
    NotShown,
    /// In the colour of what is behind it.
    SameColour,
    /// Of no size, or of one that nobody can read.
    TooSmall,
    /// Drawn with a text mode that leaves no mark, where no scan stands above it.
    Invisible,
    /// Beyond the edge of the page.
    OffPage,
}

/// What a note is about. What comes from the document is quoted in part and is hostile until escaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
#[non_exhaustive]
pub enum NoteKind {
    /// The bytes are of another kind than the name says.
    WrongExtension {
        /// What the bytes are.
        found: Kind,
    },
    /// The encoding is stated nowhere and was guessed.
    EncodingGuessed {
        /// Its name in the WHATWG Encoding Standard.
        encoding: String,
    },
    /// Lines in a second encoding.
    EncodingMixed {
        /// The encoding of those lines.
        encoding: String,
        /// How many there are.
        lines: u64,
        /// The first of them, from 1.
        first_line: u64,
    },
    /// Bytes that are nothing in the encoding, each read as U+FFFD.
    Undecodable {
        /// The encoding.
        encoding: String,
    },
    /// Characters that make text appear in another order than it is stored in.
    BidiControl {
        /// How many.
        count: u64,
    },
    /// Words that a reader does not see. They are not in the rendition.
    Hidden {
        /// How they are hidden.
        how: Hiding,
        /// Their beginning.
        words: String,
        /// How many characters.
        characters: u64,
    },
    /// Words that a black box covers but that are still in the file. They are not in the rendition, and not in this note:
    /// they may name somebody. A `█` stands in the rendition.
    Leak {
        /// How many characters.
        characters: u64,
    },
    /// A page that is a picture, without words.
    Scanned,
    /// A page whose words were laid under a picture of it, by OCR: they may be misread.
    Recognised,
    /// Letters that have a shape in the file but no character; each is read as U+FFFD.
    Unreadable {
        /// How many characters.
        characters: u64,
    },
    /// Nothing in it can be read as words.
    NoWords,
    /// A limit was reached; what lies beyond is left out.
    Truncated {
        /// What was limited, with the limit.
        limit: String,
    },
    /// Elements nested deeper than the limit; their words are kept, their structure is not.
    Flattened {
        /// The limit.
        depth: u32,
    },
    /// A file within the document that was not read.
    Skipped {
        /// Its name, as the document gives it.
        name: String,
        /// Why.
        why: String,
    },
    /// Words that somebody deleted with changes being tracked. They are not in the rendition.
    Deleted {
        /// Who.
        author: String,
        /// When, as written.
        date: String,
        /// Their beginning.
        words: String,
    },
    /// Words that somebody inserted with changes being tracked. They are in the rendition.
    Inserted {
        /// Who.
        author: String,
        /// When, as written.
        date: String,
    },
    /// A part of the document that breaks the rules of its format; the rest was read.
    Damaged {
        /// What is wrong.
        what: String,
    },
}

impl Note {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            NoteKind::WrongExtension { .. } => "it was read as what it is; rename it",
            NoteKind::EncodingGuessed { .. } => "look at the names in it; save it as UTF-8 if they are wrong",
            NoteKind::EncodingMixed { .. } => "look at those lines; save the file as UTF-8",
            NoteKind::Undecodable { .. } => "look for � in the text; get the original",
            NoteKind::BidiControl { .. } => "compare what is shown with what is cited, letter by letter",
            NoteKind::Hidden { .. } => "do not cite it as something the document says; ask why it is there",
            NoteKind::Leak { .. } => {
                "do not pass this file on: the blackened words can be copied out of it; tell who made it"
            }
            NoteKind::Scanned => {
                "recognise its words: tesseract IMAGE OUT -l eng+kor+rus+chi_sim, and read the result against the page"
            }
            NoteKind::Recognised => "compare figures and names with the picture of the page before citing",
            NoteKind::Unreadable { .. } => "print the document to a new PDF, or recognise its words with tesseract",
            NoteKind::NoWords => "open it and look; if it shows text, print it to a new PDF and read that",
            NoteKind::Truncated { .. } => "raise the limit, or split the document",
            NoteKind::Flattened { .. } => "nothing needs to be done; ask why it is built so",
            NoteKind::Skipped { .. } => "save that file and read it by itself",
            NoteKind::Deleted { .. } | NoteKind::Inserted { .. } => "ask for the final version, or cite it as a draft",
            NoteKind::Damaged { .. } => "get the file again and compare",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Place::Page(page) = self.place {
            write!(out, "page {page}: ")?;
        }
        self.kind.fmt(out)
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongExtension { found } => write!(out, "the name says otherwise, but this is {found}"),
            Self::EncodingGuessed { encoding } => write!(out, "the encoding is not stated; read as {encoding}"),
            Self::EncodingMixed { encoding, lines: 1, first_line } => {
                write!(out, "line {first_line} is not UTF-8; read as {encoding}")
            }
            Self::EncodingMixed { encoding, lines, first_line } => {
                write!(out, "{lines} lines, the first of them line {first_line}, are not UTF-8; read as {encoding}")
            }
            Self::Undecodable { encoding } => write!(out, "some bytes are no characters of {encoding}"),
            Self::BidiControl { count } => write!(out, "{count} characters change the order in which text is shown"),
            Self::Hidden { how, words, characters } => write!(out, "{characters} characters {how}: “{words}”"),
            Self::Leak { characters } => {
                write!(out, "a black box covers {characters} characters that are still in the file: a leak")
            }
            Self::Scanned => out.write_str("a picture without words"),
            Self::Recognised => out.write_str("its words were recognised from a picture and may be misread"),
            Self::Unreadable { characters } => {
                write!(out, "{characters} letters have a shape but no character in the file")
            }
            Self::NoWords => out.write_str("no words were found in it"),
            Self::Truncated { limit } => write!(out, "read only in part: {limit}"),
            Self::Flattened { depth } => write!(out, "elements are nested deeper than {depth}"),
            Self::Skipped { name, why } => write!(out, "“{name}” was not read: {why}"),
            Self::Deleted { author, date, words } => write!(out, "deleted by {author} {date}: “{words}”"),
            Self::Inserted { author, date } => write!(out, "inserted by {author} {date}"),
            Self::Damaged { what } => write!(out, "damaged: {what}"),
        }
    }
}

impl fmt::Display for Hiding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotShown => "are marked as not to be shown",
            Self::SameColour => "have the colour of their background",
            Self::TooSmall => "are too small to be seen",
            Self::Invisible => "are drawn without leaving a mark",
            Self::OffPage => "stand beyond the edge of the page",
        })
    }
}

/// The beginning of words, to be shown in a note: enough to know them again.
pub(crate) fn beginning(words: &str) -> String {
    const SHOWN: usize = 80;
    let words = words.trim();
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words.to_owned(),
    }
}
