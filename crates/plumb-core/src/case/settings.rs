//! `case.toml` and `account.md`: what the compilers of a case set and write themselves.

use std::collections::BTreeMap;

use crate::date::{PartialDate, Period};
use crate::location::Location;

/// `case.toml`.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Short name.
    pub id: String,
    /// Name for readers.
    pub title: String,
    /// The question of the case in one line.
    pub question: String,
    /// The date that "overdue" is measured against.
    pub as_of: Option<PartialDate>,
    /// BCP 47 code of the language of the prose.
    pub language: String,
    /// Licence of the compilation.
    pub licence: String,
    /// What the case cannot tell.
    pub limits: String,
    /// Default grade by kind of source.
    pub grades: BTreeMap<String, Grade>,
    /// The relations of `links.csv`.
    pub relations: BTreeMap<String, Relation>,
    /// What the groups of `links.csv` are called, by the name behind `group:`.
    pub groups: BTreeMap<String, String>,
    /// The figures of the front page, in order.
    pub headlines: Vec<Headline>,
    /// The questions of the page of traces, in order.
    pub traces: Vec<TraceQuestion>,
    /// Diagnostics that have been looked at and stand.
    pub accepted: Vec<Accepted>,
}

/// Reliability of a source on the Admiralty scale (NATO AJP-2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Grade {
    /// All grades with their letter and meaning.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::A, "A", "completely reliable"),
        (Self::B, "B", "usually reliable"),
        (Self::C, "C", "fairly reliable"),
        (Self::D, "D", "not usually reliable"),
        (Self::E, "E", "unreliable"),
        (Self::F, "F", "cannot be judged"),
    ];

    /// The grade of a letter.
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == letter).map(|(grade, ..)| *grade)
    }

    /// Its letter.
    pub fn letter(self) -> &'static str {
        Self::ALL.iter().find(|(grade, ..)| *grade == self).map_or("", |(_, letter, _)| letter)
    }

    /// Its meaning in words.
    pub fn meaning(self) -> &'static str {
        Self::ALL.iter().find(|(grade, ..)| *grade == self).map_or("", |(.., meaning)| meaning)
    }
}

/// How a relation of `links.csv` reads, and which FollowTheMoney schema it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// FollowTheMoney schema of the edge.
    pub schema: String,
    /// How it reads between the two names.
    pub verb: String,
    /// What it is in traces, one of [`RELATION_KINDS`]; empty: what its schema says.
    pub kind: String,
    /// In traces it runs from the second name to the first: `X is subordinate to Y` is control of X by Y.
    pub reversed: bool,
}

impl Relation {
    /// A relation that is in traces what its schema says.
    pub fn new(schema: impl Into<String>, verb: impl Into<String>) -> Self {
        Self { schema: schema.into(), verb: verb.into(), kind: String::new(), reversed: false }
    }
}

/// What a relation can be in traces.
pub const RELATION_KINDS: [&str; 12] = [
    "ownership",
    "control",
    "directorship",
    "agency",
    "dispatch",
    "employment",
    "brokerage",
    "payment",
    "transport",
    "membership",
    "designation",
    "association",
];

/// A question of the page of traces: whether anything leads from one side to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceQuestion {
    /// The question in words.
    pub question: String,
    /// Where a path may begin: ends as links have them.
    pub from: Vec<String>,
    /// Where it may end.
    pub to: Vec<String>,
    /// Only payments count, in the direction of the money.
    pub money: bool,
    /// Where it stands in `case.toml`.
    pub location: Location,
}

/// A question of the front page, answered by the claims about a measure at a place and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The question in words.
    pub question: String,
    /// The measure that answers it.
    pub measure: String,
    /// Where.
    pub place: String,
    /// When.
    pub period: Option<Period>,
    /// Population; empty: that of the measure.
    pub population: String,
    /// Where it stands in `case.toml`.
    pub location: Location,
}

/// A diagnostic that has been looked at and stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its code.
    pub code: String,
    /// Ids of records that it must name.
    pub rows: Vec<String>,
    /// Why it stands.
    pub reason: String,
    /// Where it stands in `case.toml`.
    pub location: Location,
}

/// A section of `account.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Fixed anchor.
    pub anchor: String,
    /// Heading for readers.
    pub heading: String,
    /// Its text: Markdown with live references `{{…}}`.
    pub markdown: String,
    /// Where its text begins in `account.md`.
    pub location: Location,
}
