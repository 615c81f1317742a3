//! Duties and answers: where each bearer of a duty stands on a given day.
//!
//! The engine is never more certain than the evidence. A date known only to the month may lie on either side of a
//! deadline, and is reported so; a bearer without an answer is "no answer known to the case", not "did nothing".

mod calendar;
pub mod owed;

pub use calendar::calendar;

use jiff::civil::Date;
use plumb_core::case::{Answer, Case, Duty};
use plumb_core::date::PartialDate;

/// Where a bearer of a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The deadline has passed and the case knows no answer.
    Silent,
    /// An answer came after the deadline.
    Late,
    /// An answer came in the days around the deadline; its date is not known well enough to say.
    TimeUnclear,
    /// Statements or press reports only; no report as the duty asks for.
    StatementOnly,
    /// A report came in time.
    InTime,
    /// The deadline has not come yet.
    NotYetDue,
    /// The duty has no deadline.
    Standing,
    /// The duty itself has ended.
    Ended,
}

impl Standing {
    /// The fixed words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "no answer known",
            Self::Late => "answered late",
            Self::TimeUnclear => "answered, time unclear",
            Self::StatementOnly => "statement only",
            Self::InTime => "answered in time",
            Self::NotYetDue => "not yet due",
            Self::Standing => "no deadline",
            Self::Ended => "ended",
        }
    }
}

/// One bearer of one duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Id of the duty.
    pub duty: String,
    /// Code of the bearer; empty when the duty names none.
    pub bearer: String,
    /// Where it stands.
    pub standing: Standing,
    /// Ids of the answers that decide it, in the order of the table.
    pub answers: Vec<String>,
}

/// Where every bearer of every duty stands on the day `as_of`, in the order of the tables.
pub fn positions(case: &Case, as_of: Date) -> Vec<Position> {
    case.duties.iter().flat_map(|duty| positions_of(case, duty, as_of)).collect()
}

fn positions_of(case: &Case, duty: &Duty, as_of: Date) -> Vec<Position> {
    let bearers: Vec<&str> =
        if duty.bearers.is_empty() { vec![""] } else { duty.bearers.iter().map(String::as_str).collect() };
    (bearers.into_iter())
        .map(|bearer| {
            let answers: Vec<&Answer> = (case.answers.iter())
                .filter(|answer| answer.duty == duty.id && (bearer.is_empty() || answer.state == bearer))
                .filter(|answer| answer.date.is_none_or(|date| date.earliest() <= as_of))
                .collect();
            Position {
                duty: duty.id.clone(),
                bearer: bearer.to_owned(),
                standing: standing(duty, bearer, &answers, as_of),
                answers: answers.iter().map(|answer| answer.id.clone()).collect(),
            }
        })
        .collect()
}

/// The best answer decides: a report in time outweighs a late one, any report outweighs a statement.
fn standing(duty: &Duty, bearer: &str, answers: &[&Answer], as_of: Date) -> Standing {
    let Some(deadline) = duty.deadline else {
        return if ended(duty, as_of) { Standing::Ended } else { Standing::Standing };
    };
    let best = answers.iter().filter_map(|answer| weigh(answer, deadline)).max();
    match best {
        Some(standing) => standing,
        None if ended(duty, as_of) => Standing::Ended,
        None if as_of <= deadline.latest() => Standing::NotYetDue,
        // A duty that binds nobody by name has nobody who could be silent.
        None if bearer.is_empty() => Standing::Standing,
        None => Standing::Silent,
    }
}

fn ended(duty: &Duty, as_of: Date) -> bool {
    duty.ends.is_some_and(|end| end.latest() < as_of)
}

/// What one answer is worth; `None` for silence, which answers nothing.
fn weigh(answer: &Answer, deadline: PartialDate) -> Option<Standing> {
    match answer.kind.as_str() {
        "silence" => None,
        "late report" => Some(Standing::Late),
        "report" | "aggregate" => Some(timeliness(answer.date, deadline)),
        _ => Some(Standing::StatementOnly),
    }
}

/// Whether a date lies before a deadline, after it, or cannot be told.
pub fn timeliness(date: Option<PartialDate>, deadline: PartialDate) -> Standing {
    match date {
        Some(date) if date.latest() <= deadline.latest() => Standing::InTime,
        Some(date) if date.earliest() > deadline.latest() => Standing::Late,
        _ => Standing::TimeUnclear,
    }
}
