//! What reading carries along: the folder, the case as far as it has been read, the ids known so far, the diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use plumb_core::case::Case;
use plumb_core::codes::Code;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::Reference;
use sha2::{Digest, Sha256};

use crate::folder::Folder;
use crate::known::Known;
use crate::text::{decode, first_line_length, number};
use crate::toml_view::Text;

/// What is wrong with some words, before it is known where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Which check.
    pub(crate) code: Code,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do; empty when it is plain.
    pub(crate) help: String,
}

impl Complaint {
    /// A complaint without advice.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: String::new() }
    }

    /// The same with what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The diagnostic of it at a place, about a record where that is known.
    pub(crate) fn at(self, location: Location, about: Option<&Reference>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.code, location, self.message).help(self.help);
        diagnostic.rows.extend(about.cloned());
        diagnostic
    }
}

/// A file of the case as text.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its path.
    pub(crate) file: Arc<str>,
    /// What it says.
    pub(crate) text: Arc<str>,
    /// Some characters were lost.
    pub(crate) damaged: bool,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Source {
    /// A stretch of the text as a place; its length ends with its first line.
    pub(crate) fn locate(&self, span: Range<usize>) -> Location {
        let line = self.lines.partition_point(|start| *start <= span.start);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(start..span.start).map_or(0, |before| before.chars().count()).saturating_add(1);
        let length = self.text.get(span).map_or(0, first_line_length);
        Location { file: self.file.clone(), line: number(line), column: number(column), length }
    }
}

/// What reading carries along.
pub(crate) struct Context<'f> {
    /// The input.
    pub(crate) folder: &'f Folder,
    /// The output, as far as it has been read.
    pub(crate) case: Case,
    /// The ids known so far.
    pub(crate) known: Known,
    /// Ids of `places.csv` while it is read: a place may lie in one of a later row.
    pub(crate) expected_places: BTreeSet<String>,
    /// The source that each FollowTheMoney file stands for, from `case.toml`.
    pub(crate) ftm_sources: BTreeMap<String, Text>,
    /// What was found wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'f> Context<'f> {
    /// Nothing has been read yet.
    pub(crate) fn new(folder: &'f Folder) -> Self {
        let diagnostics = folder.skipped.clone();
        Self {
            folder,
            case: Case::default(),
            known: Known::default(),
            expected_places: BTreeSet::new(),
            ftm_sources: BTreeMap::new(),
            diagnostics,
        }
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether there are more diagnostics than there were before.
    pub(crate) fn has_found(&self, before: usize) -> bool {
        self.diagnostics.len() > before
    }

    /// Reads a file as text, if it is there. Its hash and its text are kept with the case.
    pub(crate) fn open(&mut self, path: &str) -> Option<Source> {
        let bytes = self.folder.files.get(path)?;
        let file: Arc<str> = path.into();
        let decoded = decode(&file, bytes);
        self.diagnostics.extend(decoded.diagnostic);
        let text: Arc<str> = decoded.text.into();
        self.case.files.insert(file.clone(), text.clone());
        self.case.hashes.insert(file.clone(), sha256(bytes));
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        Some(Source { file, text, damaged: decoded.damaged, lines })
    }
}

/// SHA-256 as 64 hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // writing to a String cannot fail
        let _ok = write!(text, "{byte:02x}");
    }
    text
}
