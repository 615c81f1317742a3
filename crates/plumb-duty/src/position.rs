//! Positions: one bearer of one duty, with the standing and what it rests on.

use jiff::civil::Date;
use plumb_core::case::{Answer, Case, Duty};

use crate::Standing;
use crate::judge::{Judgement, Question};

/// One bearer of one duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Id of the duty.
    pub duty: String,
    /// Code of the bearer; empty when the duty names none.
    pub bearer: String,
    /// Where it stands.
    pub standing: Standing,
    /// How the deciding answer lies in time, where the standing says something else of it: a contradicted answer may
    /// have come late.
    pub timing: Option<Standing>,
    /// Ids of the answers known by that day, in the order of the table.
    pub answers: Vec<String>,
    /// Id of the answer that decides, if one does.
    pub decided_by: Option<String>,
    /// The deciding answer is known from others only: its text is not public, or nobody says that it is.
    pub reported: bool,
    /// Ids of the claims that speak against the deciding answer.
    pub against: Vec<String>,
    /// Why it stands so, in the order in which it was decided.
    pub reasons: Vec<String>,
}

impl Position {
    /// Where it stands, with the warning that goes with it: `answered in time, as reported`.
    pub fn words(&self) -> String {
        let says = !matches!(self.standing, Standing::Unknown | Standing::NotYetDue);
        let reported = if self.reported && says { ", as reported" } else { "" };
        format!("{}{reported}", self.standing.as_str())
    }
}

/// Where every bearer of every duty stands on the day `as_of`, in the order of the tables: each has one standing.
///
/// Answers count from the first day on which they can have been given, claims against them from the day of their source.
pub fn positions(case: &Case, as_of: Date) -> Vec<Position> {
    case.duties.iter().flat_map(|duty| positions_of(case, duty, as_of)).collect()
}

fn positions_of(case: &Case, duty: &Duty, as_of: Date) -> Vec<Position> {
    let bearers: Vec<&str> =
        if duty.bearers.is_empty() { vec![""] } else { duty.bearers.iter().map(String::as_str).collect() };
    bearers.into_iter().map(|bearer| position(case, duty, bearer, as_of)).collect()
}

fn position(case: &Case, duty: &Duty, bearer: &str, as_of: Date) -> Position {
    let answers: Vec<&Answer> = (case.answers.iter())
        .filter(|answer| answer.duties.contains(&duty.id) && (bearer.is_empty() || answer.state == bearer))
        .filter(|answer| answer.date.is_none_or(|date| date.earliest() <= as_of))
        .collect();
    let Judgement { standing, timing, decided_by, against, reasons } =
        Question { case, duty, bearer, answers: &answers, as_of }.judge();
    Position {
        duty: duty.id.clone(),
        bearer: bearer.to_owned(),
        standing,
        timing,
        answers: answers.iter().map(|answer| answer.id.clone()).collect(),
        decided_by: decided_by.map(|answer| answer.id.clone()),
        reported: decided_by.is_some_and(|answer| answer.public != "yes"),
        against,
        reasons,
    }
}
