//! The report of a screening: what was held against which lists, what looks alike and why, and where it leads.
//!
//! One set of data for all forms: `plumb screen` writes it as JSON as it stands, and [`page`] as a page that can be filed. The data
//! knows nothing of how it was found.

mod page;

use std::collections::BTreeMap;

use serde::Serialize;

pub use page::page;

/// A screening and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Screening {
    /// Version of the program.
    pub version: String,
    /// The day that counts as today, `YYYY-MM-DD`.
    pub as_of: String,
    /// How it was done.
    pub settings: Settings,
    /// The lists that were searched.
    pub lists: Vec<ListUsed>,
    /// What was read besides the lists: the file of names, the case, the decisions.
    pub inputs: Vec<InputUsed>,
    /// What was held against the lists, in the order given.
    pub subjects: Vec<Subject>,
    /// What was to be held against the lists and could not be.
    pub not_screened: Vec<NotScreened>,
    /// What was read otherwise than it stands.
    pub problems: Vec<String>,
}

/// A row, a sheet or an actor that was not held against the lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NotScreened {
    /// Its id, where it has one.
    pub subject: String,
    /// Why, with its place in the file.
    #[serde(rename = "not_screened")]
    pub why: String,
}

/// How a screening was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Settings {
    /// Score from which two are a potential match, 0 to 1.
    pub threshold: f64,
    /// Score from which a near miss is shown; none are when it is not set.
    pub near: Option<f64>,
    /// Results for each subject at most.
    pub limit: usize,
    /// Only entries that changed on this day or later.
    pub changed_since: Option<String>,
    /// What all subjects are, where it was said.
    pub schema: Option<String>,
    /// Which properties the columns of the file hold, where it was said: property and column.
    pub columns: Vec<(String, String)>,
    /// The file of decisions.
    pub decisions: Option<String>,
    /// The case.
    pub case: Option<String>,
}

/// A list that was searched.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ListUsed {
    /// Its short name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its date, `YYYY-MM-DD`, where it is known.
    pub date: Option<String>,
    /// When it was added, `YYYY-MM-DD`.
    pub added: String,
    /// SHA-256 of its files and of how they are read, in hex: the version is known by it.
    pub hash: String,
    /// How many entries it has.
    pub entries: u64,
    /// How many of its records could not be read.
    pub refused: u64,
}

/// A file or case that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InputUsed {
    /// Its path as it was given.
    pub path: String,
    /// SHA-256 of its bytes, in hex; of a case, that of the account that it compiles into.
    pub sha256: String,
}

/// What was held against the lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Subject {
    /// What decisions know it by: its id in the file or the case, or the name itself.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Its schema; `Thing` when nobody said what it is.
    pub schema: &'static str,
    /// What else was known of it.
    pub properties: BTreeMap<String, Vec<String>>,
    /// What of its names could not be read, so that finding nothing says less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// Entries from the threshold on that no decision settles.
    pub matches: Vec<Match>,
    /// How many more entries reach the threshold, beyond the limit.
    #[serde(skip_serializing_if = "is_zero")]
    pub beyond: usize,
    /// Entries from the threshold on that were decided to be different.
    pub settled: Vec<Match>,
    /// Entries below the threshold.
    pub near: Vec<Match>,
    /// Where it leads in the case, when it is one of its actors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<Leads>,
}

/// An entry that looks like a subject.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Match {
    /// The id of the entry.
    pub entry: String,
    /// Its name.
    pub name: String,
    /// Its schema.
    pub schema: String,
    /// The short name of its list.
    pub list: String,
    /// 0 to 1.
    pub score: f64,
    /// The probability that the two are one, among pairs as the training had them.
    pub probability: f64,
    /// The evidence by feature.
    pub evidence: Vec<Evidence>,
    /// What the list says of it: property and values.
    pub properties: BTreeMap<String, Vec<String>>,
    /// When the entry last changed, where the list tells.
    pub last_change: Option<String>,
    /// Why it is on the list.
    pub listings: Vec<Listing>,
    /// Other entries that the list joins it with.
    pub linked: Vec<Linked>,
    /// The reviewer's decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
    /// Where it leads in the case, when it is one of its actors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<Leads>,
}

/// What one feature says for or against.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// Which: name, date, country …
    pub feature: &'static str,
    /// The level of agreement.
    pub level: String,
    /// What it adds, in bits; negative speaks against.
    pub bits: f64,
    /// The value of the subject.
    pub subject: String,
    /// The value of the entry.
    pub entry: String,
    /// Of names, the aligned parts.
    pub pieces: Vec<Piece>,
    /// What speaks against, in words.
    pub why_not: Option<String>,
}

/// Two aligned parts of names, or one without a counterpart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Piece {
    /// The part of the subject.
    pub subject: Option<String>,
    /// The part of the entry.
    pub entry: Option<String>,
    /// The level of agreement.
    pub level: String,
    /// The rule or table that decided.
    pub rule: String,
    /// What it adds, in bits.
    pub bits: f64,
}

/// Why an entry is on its list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Listing {
    /// Who listed it.
    pub authority: String,
    /// Under which programme.
    pub program: String,
    /// Why.
    pub reason: String,
    /// When.
    pub date: String,
    /// Where it can be read.
    pub source: String,
}

/// An entry that a list joins with another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Linked {
    /// How: Ownership, Family …, with the list's own word where it has one.
    pub relation: String,
    /// Its id.
    pub entry: String,
    /// Its name.
    pub name: String,
}

/// A reviewer's decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Decided {
    /// same, different or unsure.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// The entry has changed since: it must be looked at again.
    pub stale: bool,
}

/// Where an actor of the case leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Leads {
    /// The actor's id in the case.
    pub actor: String,
    /// The path to the nearest official list, step by step; none when the case knows no such path.
    pub path: Vec<Lead>,
    /// What the case says of it: links, sites, claims, indicators, list entries.
    pub says: Vec<Lead>,
}

/// A step, or something that the case says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Lead {
    /// link, site, claim, indicator …
    pub kind: String,
    /// In words.
    pub says: String,
    /// When, and on what it rests.
    pub support: String,
    /// The record of the case.
    pub record: String,
    /// The source of the record, in words.
    pub source: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Screening {
    /// How many potential matches the limit leaves out.
    pub fn beyond(&self) -> usize {
        self.subjects.iter().map(|subject| subject.beyond).sum()
    }

    /// How many potential matches are open.
    pub fn open(&self) -> usize {
        self.subjects.iter().map(|subject| subject.matches.len()).sum()
    }
}
