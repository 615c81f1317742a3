//! What was decided about proposals, in the order of deciding, as JSON lines that are only ever added to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::draft::Draft;

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The claim or event is in the case, as proposed or corrected.
    Accepted,
    /// The text does not say this, or it is nothing for the case.
    Rejected,
    /// The decision before no longer holds.
    Undone,
}

/// A row that a decision added to a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The file of the table.
    pub file: String,
    /// The row as it was written, without its line end.
    pub row: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the proposal.
    pub proposal: String,
    /// SHA-256 of its document.
    pub document: String,
    /// What was decided.
    pub verdict: Verdict,
    /// The claim or event of the case that the proposal became, by its id.
    #[serde(default, alias = "claim", skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
    /// The source of the case that the document is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What was corrected: the columns with their new values.
    #[serde(default, skip_serializing_if = "is_unchanged")]
    pub corrections: Draft,
    /// The rows that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Who decided.
    pub who: String,
}

fn is_unchanged(corrections: &Draft) -> bool {
    *corrections == Draft::default()
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// Nobody has decided, or the decision was undone.
    Open,
    /// By this decision.
    Accepted(&'a Entry),
    /// By this decision.
    Rejected(&'a Entry),
}

/// All decisions about the documents of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    entries: Vec<Entry>,
    /// The last entry of each proposal.
    last: BTreeMap<String, usize>,
}

/// A line that is no decision.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is no decision: {cause}; it was passed over")]
pub struct LogError {
    /// Its number, from 1.
    pub line: usize,
    /// What the parser says.
    pub cause: serde_json::Error,
}

impl Log {
    /// The decisions of such lines. A line that is none is told and passed over.
    pub fn from_lines(lines: &str) -> (Self, Vec<LogError>) {
        let (mut log, mut errors) = (Self::default(), Vec::new());
        for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(entry) => log.add(entry),
                Err(cause) => errors.push(LogError { line: at + 1, cause }),
            }
        }
        (log, errors)
    }

    /// Adds a decision.
    pub fn add(&mut self, entry: Entry) {
        self.last.insert(entry.proposal.clone(), self.entries.len());
        self.entries.push(entry);
    }

    /// The decisions, the oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where a proposal stands.
    pub fn state(&self, proposal: &str) -> State<'_> {
        let last = self.last.get(proposal).and_then(|at| self.entries.get(*at));
        match last {
            Some(entry) if entry.verdict == Verdict::Accepted => State::Accepted(entry),
            Some(entry) if entry.verdict == Verdict::Rejected => State::Rejected(entry),
            _ => State::Open,
        }
    }

    /// The proposal that was decided last and still stands decided.
    pub fn last_decided(&self) -> Option<&Entry> {
        let stands = |entry: &&Entry| entry.verdict != Verdict::Undone && self.is_last(entry);
        self.entries.iter().rev().find(stands)
    }

    fn is_last(&self, entry: &Entry) -> bool {
        let last = self.last.get(&entry.proposal).and_then(|at| self.entries.get(*at));
        last.is_some_and(|last| std::ptr::eq(last, entry))
    }

    /// The source that a document was last said to be.
    pub(crate) fn source_of(&self, document: &str) -> Option<&str> {
        let mut of_document = self.entries.iter().rev().filter(|entry| entry.document == document);
        of_document.find_map(|entry| entry.source.as_deref())
    }

    /// All rows that decisions about a document have added, those of decisions that were undone too, each once.
    pub(crate) fn rows(&self, document: &str) -> Vec<&Row> {
        let mut rows: Vec<&Row> = Vec::new();
        for row in self.entries.iter().filter(|entry| entry.document == document).flat_map(|entry| &entry.rows) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }
}
