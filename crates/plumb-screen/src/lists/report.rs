//! What a reading has to tell: how much was read, what was lost and where, and what was assumed.

use std::collections::BTreeMap;
use std::fmt;

use plumb_core::ftm::Refused;

/// Most problems of each [`Loss`] that are kept word for word; all are counted. A list that is wrong throughout says so in its first
/// lines, and a thousand notes must not keep a lost record from being told.
const KEPT: u64 = 1_000;

/// Most characters of a bad value that are shown.
const SHOWN: usize = 60;

/// How much a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// The rest of the file could not be read.
    Rest,
    /// An entry of the list is missing.
    Record,
    /// A row that belongs to an entry (an alias, an address) is missing.
    Row,
    /// A value of an entry is missing or cut.
    Value,
    /// Nothing is missing, but something was read in a way that one should know of.
    Nothing,
}

impl Loss {
    /// Whether it costs a record, a row or a file.
    pub fn is_refusal(self) -> bool {
        matches!(self, Self::Rest | Self::Record | Self::Row)
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Rest => "rest of the file lost",
            Self::Record => "record lost",
            Self::Row => "row lost",
            Self::Value => "value lost",
            Self::Nothing => "note",
        })
    }
}

/// Why something was lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The bytes could not be had: a broken archive, a cut download, a record without end.
    #[error("cannot be read on: {0}")]
    Input(String),
    /// Not well-formed XML, or XML that is refused because it could be an attack.
    #[error("malformed XML: {0}")]
    Xml(String),
    /// Not JSON of the shape.
    #[error("malformed JSON: {0}")]
    Json(String),
    /// A row has another number of cells than its table.
    #[error("the row has {found} cells, {expected} were expected")]
    Cells {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// The table lacks a column that it cannot be read without.
    #[error("there is no column {0}")]
    NoColumn(String),
    /// The file is not of the format, or not of a known part of it.
    #[error("the file is not {0}")]
    NotOfFormat(String),
    /// The record has no id.
    #[error("the record has no id")]
    NoId,
    /// The record has no name.
    #[error("the record has no name")]
    NoName,
    /// Two records have one id.
    #[error("the id stands twice; the first record holds")]
    SameId,
    /// The record is of a kind that there is no schema for.
    #[error("there is no schema `{0}`")]
    NoSchema(String),
    /// A row belongs to an entry that is not in the list.
    #[error("the row belongs to entry {0}, which is not in the list")]
    Orphan(String),
    /// A value was refused.
    #[error("{property} `{value}`: {reason}")]
    Value {
        /// The FollowTheMoney property.
        property: String,
        /// The value, cut if long.
        value: String,
        /// Why it was refused.
        reason: Refused,
    },
    /// A value was cut to the limit of its property.
    #[error("{property} was cut to the limit of the property: `{value}`")]
    Cut {
        /// The FollowTheMoney property.
        property: String,
        /// The value, cut.
        value: String,
    },
    /// A date that cannot be read; it is kept in the notes of the entity.
    #[error("{property} `{value}` is not a date that can be read; kept in the notes")]
    Date {
        /// The FollowTheMoney property.
        property: String,
        /// The text.
        value: String,
    },
    /// A country that is not known; it is kept in the notes of the entity.
    #[error("{property} `{value}` is not a known country; kept in the notes")]
    Country {
        /// The FollowTheMoney property.
        property: String,
        /// The text.
        value: String,
    },
    /// An entry names another that cannot be found, or that several could be.
    #[error("linked to `{name}`, {found} entries have this name; kept in the notes")]
    Link {
        /// The name.
        name: String,
        /// How many entries have it.
        found: usize,
    },
    /// Lines were not UTF-8.
    #[error("{lines} lines from here on are not UTF-8; they were read as {encoding}")]
    Encoding {
        /// How many lines.
        lines: u64,
        /// The encoding that they were read in.
        encoding: &'static str,
    },
    /// Something was taken for granted.
    #[error("{0}")]
    Assumed(String),
    /// Something was put right that has one right reading.
    #[error("{0}")]
    Mended(String),
}

impl Cause {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Input(_) => "the file may be cut off: fetch it again and compare its size",
            Self::Xml(_) => "fetch the file again; a list that declares a DTD or entities is never read",
            Self::Json(_) => "one entity a line, as FollowTheMoney writes it",
            Self::Cells { .. } => "look for a quotation mark or separator too many in this row",
            Self::NoColumn(_) => "name the column with --columns PROPERTY=COLUMN",
            Self::NotOfFormat(_) => "name the format with --format",
            Self::NoId | Self::NoName | Self::SameId => "look at the record in the source",
            Self::NoSchema(_) => "the schema must be one of FollowTheMoney",
            Self::Orphan(_) => "the files may be of different days: fetch them together",
            Self::Value { .. } | Self::Cut { .. } => "the rest of the record was kept",
            Self::Date { .. } | Self::Country { .. } => "the text can still be read in the entry",
            Self::Link { .. } => "the link is not followed; the text can still be read in the entry",
            Self::Encoding { .. } => "check the letters of a name beyond ASCII",
            Self::Assumed(_) => "name it on the command line if it is otherwise",
            Self::Mended(_) => "nothing need be done; look at the source if in doubt",
        }
    }
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as its caller named it.
    pub file: String,
    /// The line at which the record starts, from 1, where the format has lines.
    pub line: Option<u64>,
    /// The id of the record in its list.
    pub record: Option<String>,
    /// What it costs.
    pub loss: Loss,
    /// Why.
    pub cause: Cause,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        if let Some(record) = &self.record {
            write!(out, ", record {}", shown(record))?;
        }
        write!(out, ": {}: {}", self.loss, self.cause)
    }
}

/// What a reading has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entries of the list: persons, bodies, vessels and the like.
    pub entries: u64,
    /// All records given out: entries, and the sanctions, documents and links that belong to them.
    pub records: u64,
    /// The first problems, in the order of the files.
    pub problems: Vec<Problem>,
    /// The date of the list as it states it, `YYYY-MM-DD`.
    pub stated_date: Option<String>,
    counts: BTreeMap<Loss, u64>,
}

impl Report {
    /// How many problems cost this much, the ones that are not kept word for word included.
    pub fn count(&self, loss: Loss) -> u64 {
        self.counts.get(&loss).copied().unwrap_or(0)
    }

    /// How many records, rows or files were refused.
    pub fn refused(&self) -> u64 {
        [Loss::Rest, Loss::Record, Loss::Row].into_iter().map(|loss| self.count(loss)).sum()
    }

    /// Whether every file could be read to its end.
    pub fn is_whole(&self) -> bool {
        self.count(Loss::Rest) == 0
    }

    /// Adds a problem.
    pub(crate) fn add(&mut self, problem: Problem) {
        let count = self.counts.entry(problem.loss).or_default();
        *count += 1;
        if *count <= KEPT {
            self.problems.push(problem);
        }
    }
}

/// The beginning of a text, so that a value of 100,000 characters does not fill the report.
pub(crate) fn shown(text: &str) -> String {
    if text.chars().count() <= SHOWN { text.to_owned() } else { text.chars().take(SHOWN).chain(['…']).collect() }
}
