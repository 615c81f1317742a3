//! What was read of a document: a record of the document and its proposals, as JSON lines.

use std::ops::Range;

use plumb_document::{Document, Kind, Lost, Note, Rendition};
use plumb_text::Extractor;
use serde::{Deserialize, Serialize};

use crate::proposal::{Proposal, one_line, propose};

/// What reads: a readout of another version is made anew when its document is read again.
/// The number behind the version goes up when the same program version reads more: 2 since events are proposed.
pub(crate) const VERSION: &str = concat!("plumb-propose ", env!("CARGO_PKG_VERSION"), "-2");

/// A document as far as it must be known without its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Path that it was read from: relative to the case where it lies in it, else as it was given. Of an attachment also its
    /// own name, behind ` > `.
    pub path: String,
    /// Whether it lies in the folder of the case, where it can serve as the copy of a source.
    pub in_case: bool,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What it is.
    pub kind: Kind,
    /// What made the frozen text, and what the proposals: programs with their versions.
    pub made_by: [String; 2],
    /// The title that it gives itself.
    pub title: Option<String>,
    /// The date that it gives itself, as written.
    pub date: Option<String>,
    /// BCP 47 code of the language of most of its text.
    pub language: Option<String>,
    /// How many pages it has, if it has pages.
    pub pages: usize,
    /// How many proposals follow.
    pub proposals: usize,
    /// What a person should know before trusting it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// SHA-256 of the document that took its place at the same path, when that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// A document with its proposals.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The document.
    pub record: Record,
    /// What it seems to claim, in the order of its text.
    pub proposals: Vec<Proposal>,
}

/// Why lines are no readout.
#[derive(Debug, thiserror::Error)]
pub enum ReadoutError {
    /// The first line is no record of a document.
    #[error("line 1 is no record of a document: {0}")]
    Record(serde_json::Error),
    /// A line is no proposal.
    #[error("line {line} is no proposal: {cause}")]
    Proposal {
        /// Its number, from 1.
        line: usize,
        /// What the parser says.
        cause: serde_json::Error,
    },
}

impl Readout {
    /// Reads the prose of a document found at this path.
    pub fn of(document: &Document, path: &str, in_case: bool, extractor: &dyn Extractor) -> Self {
        let property = |names: &[&str]| names.iter().find_map(|name| document.property(name)).map(str::to_owned);
        let proposals = propose(document, extractor);
        let record = Record {
            path: path.to_owned(),
            in_case,
            sha256: document.sha256.clone(),
            kind: document.kind,
            made_by: [document.reader.clone(), VERSION.to_owned()],
            title: property(&["title", "subject"]).or_else(|| heading(document)),
            date: property(&["date", "published", "created", "modified"]),
            language: main_language(document),
            pages: document.pages.len(),
            proposals: proposals.len(),
            notes: document.notes.clone(),
            replaced_by: None,
        };
        Self { record, proposals }
    }

    /// The record on the first line, a proposal on each other.
    ///
    /// # Errors
    /// Never for what [`of`](Self::of) made.
    pub fn to_lines(&self) -> Result<String, serde_json::Error> {
        let mut lines = serde_json::to_string(&self.record)? + "\n";
        for proposal in &self.proposals {
            lines.push_str(&serde_json::to_string(proposal)?);
            lines.push('\n');
        }
        Ok(lines)
    }

    /// The readout of such lines.
    ///
    /// # Errors
    /// The first line that is not what it should be.
    pub fn from_lines(lines: &str) -> Result<Self, ReadoutError> {
        let mut lines = lines.lines().enumerate();
        let record = Record::from_line(lines.next().map_or("", |(_, line)| line))?;
        let proposals = lines.map(|(at, line)| {
            serde_json::from_str(line).map_err(|cause| ReadoutError::Proposal { line: at + 1, cause })
        });
        Ok(Self { record, proposals: proposals.collect::<Result<_, _>>()? })
    }

    /// The proposal of this id.
    pub fn proposal(&self, id: &str) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }

    /// The proposals with the bytes of the frozen text that their words stand at, in the order of the text. One whose words do
    /// not stand where its anchor says is left out: the text is not the one that it was read from.
    pub fn places(&self, text: String) -> Vec<(Range<usize>, &Proposal)> {
        let text = Rendition::from(text);
        let place = |proposal: &'_ Proposal| {
            let range = text.byte(proposal.anchor.start)?..text.byte(proposal.anchor.end)?;
            (text.get(range.clone()) == Some(&*proposal.anchor.exact)).then_some(range)
        };
        let mut places: Vec<_> =
            self.proposals.iter().filter_map(|proposal| Some((place(proposal)?, proposal))).collect();
        places.sort_by_key(|(range, _)| (range.start, range.end));
        places
    }

    /// What became of the words of the proposals in a later version of the document. Nothing is anchored anew.
    pub fn lost_in(&self, later: &Document) -> Vec<(&Proposal, Lost)> {
        let proposals = self.proposals.iter();
        proposals.filter_map(|proposal| Some((proposal, later.resolve(&proposal.anchor).err()?))).collect()
    }
}

impl Record {
    /// The record of a readout's first line.
    ///
    /// # Errors
    /// When the line is none.
    pub fn from_line(line: &str) -> Result<Self, ReadoutError> {
        serde_json::from_str(line).map_err(ReadoutError::Record)
    }

    /// Whether this version of the program would read the same out of the document.
    pub fn is_current(&self) -> bool {
        self.made_by.last().is_some_and(|made_by| made_by == VERSION)
    }

    /// The last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// The first heading, which most documents without a title of their own begin with.
fn heading(document: &Document) -> Option<String> {
    let is_heading = |block: &&plumb_document::Block| matches!(block.kind, plumb_document::BlockKind::Heading(_));
    let block = document.blocks.iter().find(is_heading)?;
    Some(one_line(document.text.slice(block.range.clone())))
}

/// The language of most of the text.
fn main_language(document: &Document) -> Option<String> {
    let mut lengths: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for block in &document.blocks {
        if let Some(language) = &block.language {
            *lengths.entry(language.code()).or_default() += block.range.len();
        }
    }
    lengths.into_iter().max_by_key(|(_, length)| *length).map(|(language, _)| language.to_owned())
}
