//! A review as data: what was found, ready to be written in any form.

use std::ops::Range;

use plumb_core::date::Period;
use plumb_core::quantity::Quantity;
use plumb_core::reference::Reference;
use plumb_document::Anchor;
use serde::{Serialize, Serializer};

use crate::Verdict;

/// A text held against an account.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// Version of the program.
    pub version: String,
    /// Title of the case.
    pub case: String,
    /// The day that the account is of, `YYYY-MM-DD`.
    pub as_of: String,
    /// Hash of the account.
    pub account: String,
    /// The text.
    pub document: Reviewed,
    /// The statements that can be held against the account, in the order of the text.
    pub statements: Vec<Checked>,
    /// Statements that cannot be true together.
    pub tensions: Vec<Tension>,
    /// How many sentences carry nothing that could be checked.
    pub silent: usize,
}

/// The text that was reviewed.
#[derive(Clone, Debug, Serialize)]
pub struct Reviewed {
    /// Its name.
    pub name: String,
    /// Its title, where it says one.
    pub title: Option<String>,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A statement with what speaks for and against it.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// Its name within the review: `s1`.
    pub id: String,
    /// Its words, in bytes of the text.
    #[serde(skip)]
    pub range: Range<usize>,
    /// The sentence that it stands in, in bytes of the text.
    #[serde(skip)]
    pub sentence: Range<usize>,
    /// Its exact words, as W3C selectors.
    pub anchor: Anchor,
    /// What it is about.
    pub about: About,
    /// How it stands to the account.
    pub verdict: Verdict,
    /// Why, in words.
    pub why: String,
    /// What has been claimed, from the lowest end to the highest.
    pub claimed: Option<String>,
    /// What the account itself estimates.
    pub estimate: Option<Estimated>,
    /// Independent origins that say the same or leave room for it.
    pub origins_for: usize,
    /// Independent origins that exclude it.
    pub origins_against: usize,
    /// The records, those for it first.
    pub evidence: Vec<Evidence>,
    /// What would settle it; `None` where nothing is open.
    pub settle: Option<String>,
}

/// What a statement is about.
#[derive(Default, Clone, Debug, Serialize)]
pub struct About {
    /// In words: `Workers present, World, 2018: 100,000 persons`.
    pub words: String,
    /// Id of the measure.
    pub measure: Option<String>,
    /// Code of the place.
    pub place: Option<String>,
    /// When, as the statement or the words before it say.
    #[serde(serialize_with = "displayed")]
    pub period: Option<Period>,
    /// The figure, in the unit of the measure.
    #[serde(serialize_with = "figure")]
    pub quantity: Option<Quantity>,
}

/// What the account estimates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Estimated {
    /// Name of the quantity: `workers[RU,2017]`.
    pub name: String,
    /// The interval, nine in ten.
    pub words: String,
}

/// How a record stands to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// It says the same, or has it within its range.
    For,
    /// It excludes it.
    Against,
    /// It leaves it open, or speaks of something near.
    Beside,
}

impl Stance {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Beside => "beside",
        }
    }
}

/// A record that speaks for or against a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Which: `claim:c062`.
    #[serde(serialize_with = "text")]
    pub record: Reference,
    /// On which side.
    pub stance: Stance,
    /// What it says, when, and who says so.
    pub words: String,
    /// Id of the origin of a claim.
    pub origin: Option<String>,
    /// The claim of the same origin that it repeats.
    pub repeats: Option<String>,
}

/// Statements of one text that cannot be true together, or only with a figure that nobody claims.
#[derive(Clone, Debug, Serialize)]
pub struct Tension {
    /// Ids of the statements.
    pub statements: Vec<String>,
    /// What they imply, and what it is held against.
    pub words: String,
    /// The claims that it was held against.
    pub evidence: Vec<Evidence>,
}

impl Review {
    /// The statement of this id.
    pub fn statement(&self, id: &str) -> Option<&Checked> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    /// How many statements have each verdict, in the order of [`Verdict::ALL`]; verdicts that nothing has are left out.
    pub fn counts(&self) -> Vec<(Verdict, usize)> {
        let count = |verdict| self.statements.iter().filter(|one| one.verdict == verdict).count();
        let all = Verdict::ALL.iter().map(|(verdict, ..)| (*verdict, count(*verdict)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}

fn text<S: Serializer>(reference: &Reference, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reference)
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn displayed<S: Serializer>(period: &Option<Period>, serializer: S) -> Result<S::Ok, S::Error> {
    period.map(|period| period.to_string()).serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn figure<S: Serializer>(quantity: &Option<Quantity>, serializer: S) -> Result<S::Ok, S::Error> {
    quantity.as_ref().map(|quantity| quantity.figure().to_string()).serialize(serializer)
}
