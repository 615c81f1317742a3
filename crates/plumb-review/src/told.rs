//! A sentence in its place: what it says with what was said before it.

use jiff::civil::Date;
use plumb_account::Account;
use plumb_core::date::Period;
use plumb_document::Document;
use plumb_text::{Sentence, Value};

use crate::outcome::{About, Checked, Estimated, Evidence};
use crate::words::Words;
use crate::{Verdict, evidence};

/// What a review is made with.
pub(crate) struct Bench<'a> {
    pub(crate) account: &'a Account,
    pub(crate) document: &'a Document,
    pub(crate) words: Words,
}

/// A sentence with its words, and what its paragraph has said before.
pub(crate) struct Told<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) text: &'a str,
    pub(crate) carried: &'a Carried,
}

/// What a paragraph has said, and a later sentence may mean without saying it again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// The last date that was named.
    pub(crate) period: Option<Period>,
    /// The place of the last figure that was of one place.
    pub(crate) place: Option<String>,
}

/// When a statement is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    /// The sentence says so.
    Stated(Period),
    /// The paragraph said so before.
    Carried(Period),
    /// Nothing says so.
    Unknown,
}

impl When {
    pub(crate) fn period(self) -> Option<Period> {
        match self {
            Self::Stated(period) | Self::Carried(period) => Some(period),
            Self::Unknown => None,
        }
    }

    /// First and last day that a claim may speak of to be held against the statement. What only the words before it say leaves a
    /// year on both sides: a paragraph about 2018 quotes figures of 2017.
    pub(crate) fn days(self) -> (Date, Date) {
        let ends = |period: Period| (period.earliest().unwrap_or(Date::MIN), period.latest().unwrap_or(Date::MAX));
        match self {
            Self::Stated(period) => ends(period),
            Self::Carried(period) => {
                let (first, last) = ends(period);
                let year = |day: Date, by: i16, month, of_month| {
                    Date::new(day.year().saturating_add(by), month, of_month).unwrap_or(day)
                };
                (year(first, -1, 1, 1), year(last, 1, 12, 31))
            }
            Self::Unknown => (Date::MIN, Date::MAX),
        }
    }

    /// Whether a claim of this period may be held against the statement.
    pub(crate) fn meets(self, period: Option<Period>) -> bool {
        let (first, last) = self.days();
        match period {
            Some(period) => {
                period.earliest().is_none_or(|start| start <= last) && period.latest().is_none_or(|end| end >= first)
            }
            None => matches!(self, Self::Unknown),
        }
    }
}

impl Told<'_> {
    /// When a statement of this sentence is about.
    pub(crate) fn when(&self, own: Option<Period>) -> When {
        own.map_or_else(|| self.carried.period.map_or(When::Unknown, When::Carried), When::Stated)
    }

    /// The places that the sentence names, peoples included, in order.
    pub(crate) fn places(&self) -> Vec<&str> {
        let mention = |mention: &'_ plumb_text::Mention| -> Option<usize> {
            matches!(mention.value, Value::Place(_) | Value::Nationality(_)).then_some(mention.range.start)
        };
        self.sentence
            .mentions
            .iter()
            .filter(|one| mention(one).is_some())
            .filter_map(|one| match &one.value {
                Value::Place(code) | Value::Nationality(code) => Some(code.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The first place named at or after a byte of the sentence.
    pub(crate) fn place_after(&self, at: usize) -> Option<&str> {
        let from = self.sentence.range.start + at;
        self.sentence.mentions.iter().filter(|mention| mention.range.start >= from).find_map(|mention| {
            match &mention.value {
                Value::Place(code) => Some(code.as_str()),
                _ => None,
            }
        })
    }
}

/// A verdict with its grounds.
pub(crate) struct Finding {
    pub(crate) about: About,
    pub(crate) verdict: Verdict,
    pub(crate) why: String,
    pub(crate) claimed: Option<String>,
    pub(crate) estimate: Option<Estimated>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) settle: Option<String>,
}

impl Finding {
    /// A finding that rests on records alone, neither on what is claimed together nor on an estimate.
    pub(crate) fn new(about: About, verdict: Verdict, why: String, evidence: Vec<Evidence>) -> Self {
        Self { about, verdict, why, claimed: None, estimate: None, evidence, settle: None }
    }

    /// Names what would settle it, unless it is supported.
    pub(crate) fn settled_by(mut self, words: impl Into<String>) -> Self {
        self.settle = (self.verdict != Verdict::Supported).then(|| words.into());
        self
    }
}

impl Bench<'_> {
    /// A finding at its words.
    pub(crate) fn checked(&self, told: &Told<'_>, range: std::ops::Range<usize>, finding: Finding) -> Checked {
        let mut evidence = finding.evidence;
        evidence.sort_by_key(|one| one.stance);
        let (origins_for, origins_against) = evidence::origins(&evidence);
        Checked {
            id: String::new(),
            anchor: self.document.anchor(range.clone()),
            range,
            sentence: told.sentence.range.clone(),
            about: finding.about,
            verdict: finding.verdict,
            why: finding.why,
            claimed: finding.claimed,
            estimate: finding.estimate,
            origins_for,
            origins_against,
            evidence,
            settle: finding.settle,
        }
    }

    /// Whether two places have something in common: one lies in the other.
    pub(crate) fn near(&self, one: &str, two: &str) -> bool {
        self.account.case.places.contains(one, two) || self.account.case.places.contains(two, one)
    }
}
