//! How a bearer stands: the rules in the order in which they decide, each giving its reason.
//!
//! A duty is fulfilled by a report, or by none remaining (`done_when`). For the first the best report decides: one in time
//! outweighs a late one, any report outweighs a statement. For the second the answer that speaks of the latest day decides.
//! Both keep a promise that tests hold them to: as days pass, what was late never becomes in time.

use jiff::civil::Date;
use plumb_core::case::{Answer, Case, Duty};
use plumb_core::date::PartialDate;
use plumb_core::figure;
use rust_decimal::Decimal;

use crate::Standing;
use crate::contradicted::{against, remainder};
use crate::end::end;

/// What is asked: how one bearer of one duty stands on a day, by the answers known on it.
pub(crate) struct Question<'a> {
    pub(crate) case: &'a Case,
    pub(crate) duty: &'a Duty,
    pub(crate) bearer: &'a str,
    pub(crate) answers: &'a [&'a Answer],
    pub(crate) as_of: Date,
}

/// What is found.
pub(crate) struct Judgement<'a> {
    pub(crate) standing: Standing,
    pub(crate) timing: Option<Standing>,
    pub(crate) decided_by: Option<&'a Answer>,
    pub(crate) against: Vec<String>,
    pub(crate) reasons: Vec<String>,
}

impl<'a> Judgement<'a> {
    fn new(standing: Standing, reason: impl Into<String>) -> Self {
        Self { standing, timing: None, decided_by: None, against: Vec::new(), reasons: vec![reason.into()] }
    }

    fn by(self, answer: &'a Answer) -> Self {
        Self { decided_by: Some(answer), ..self }
    }

    fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }
}

impl<'a> Question<'a> {
    /// The one standing.
    pub(crate) fn judge(&self) -> Judgement<'a> {
        if let Some(begins) = self.duty.trigger.filter(|begins| begins.earliest() > self.as_of) {
            return Judgement::new(Standing::NotYetDue, format!("the duty begins on {begins}"));
        }
        let end = end(self.case, self.duty, self.as_of);
        let Some(deadline) = self.duty.deadline else {
            return end.map_or_else(
                || Judgement::new(Standing::NoDeadline, "the duty names no day"),
                |end| Judgement::new(end.standing, end.reason),
            );
        };
        // what was due before the duty ended is still owed an answer, by those who are bound by name
        match end {
            Some(end) if self.bearer.is_empty() || deadline.latest() > end.last => {
                Judgement::new(end.standing, end.reason)
            }
            Some(end) => self.answered(deadline).because(format!("{}; it was due before", end.reason)),
            None => self.answered(deadline),
        }
    }

    fn answered(&self, deadline: PartialDate) -> Judgement<'a> {
        let found =
            if self.duty.done_when == "none remain" { self.remaining(deadline) } else { self.reported(deadline) };
        let found = found.unwrap_or_else(|| self.unanswered(deadline));
        let counted = match self.duty.deadline_rule.as_str() {
            "" => String::new(),
            rule => format!(" ({rule})"),
        };
        let mut reasons = vec![format!("the deadline is {deadline}{counted}")];
        reasons.extend(found.reasons);
        Judgement { reasons, ..found }
    }

    /// By the best report.
    fn reported(&self, deadline: PartialDate) -> Option<Judgement<'a>> {
        let weighed = self.answers.iter().filter_map(|answer| Some((self.weigh(answer, deadline)?, *answer)));
        // of equal ones the first of the table
        let (timing, answer) = weighed.reduce(|best, next| if worth(next.0) > worth(best.0) { next } else { best })?;
        let reason = format!("{}: {}", words(answer), timing.as_str());
        Some(self.held_against(timing, answer, reason))
    }

    /// What one answer is worth; `None` for silence, which answers nothing.
    fn weigh(&self, answer: &Answer, deadline: PartialDate) -> Option<Standing> {
        match answer.kind.as_str() {
            "silence" => None,
            // whoever calls it late says that the deadline had passed
            "late report" if self.as_of <= deadline.latest() => None,
            "late report" => match answer.date {
                Some(date) if date.latest() <= deadline.latest() => Some(Standing::TimeUnclear),
                _ => Some(Standing::Late),
            },
            "report" | "aggregate" => Some(timeliness(answer.date, deadline)),
            _ => Some(Standing::StatementOnly),
        }
    }

    /// By the number that remained on the latest day that an answer speaks of.
    fn remaining(&self, deadline: PartialDate) -> Option<Judgement<'a>> {
        let figures = self.answers.iter().filter(|answer| answer.kind != "silence").filter_map(|answer| {
            let day = answer.period_end.or(answer.date).filter(|day| day.earliest() <= self.as_of)?;
            Some((day, remainder(answer)?, *answer))
        });
        // of two about one day the one that says more, so that a doubt is not lost
        let Some((day, remain, answer)) = figures.max_by_key(|(day, remain, _)| (day.latest(), *remain)) else {
            return self.without_figure(deadline);
        };
        let reason = format!("{}: {} remained on {day}", words(answer), figure::group(&remain));
        if remain > Decimal::ZERO && self.as_of <= deadline.latest() {
            return Some(Judgement::new(Standing::NotYetDue, reason).by(answer));
        }
        let standing = if remain > Decimal::ZERO { Standing::Partly } else { timeliness(Some(day), deadline) };
        let judged = self.held_against(standing, answer, reason);
        let before = remain > Decimal::ZERO && day.latest() <= deadline.latest();
        Some(if before { judged.because("no later number is known") } else { judged })
    }

    /// Answers of which none says how many remain.
    fn without_figure(&self, deadline: PartialDate) -> Option<Judgement<'a>> {
        let spoken = || self.answers.iter().filter(|answer| answer.kind != "silence");
        if self.as_of <= deadline.latest() {
            return None;
        }
        if let Some(answer) = spoken().find(|answer| answer.kind.ends_with("report") && answer.kind != "press report") {
            let reason = format!("{}: it does not say how many remained", words(answer));
            return Some(Judgement::new(Standing::Unknown, reason).by(answer));
        }
        let answer = spoken().next_back()?;
        Some(Judgement::new(Standing::StatementOnly, format!("{}: no report", words(answer))).by(answer))
    }

    /// A standing, unless other evidence speaks against the answer that it rests on.
    fn held_against(&self, standing: Standing, answer: &'a Answer, reason: String) -> Judgement<'a> {
        let judged = Judgement::new(standing, reason).by(answer);
        let Some(found) = against(self.case, answer, Some(self.as_of)) else { return judged };
        let remain = remainder(answer).map(|remain| figure::group(&remain)).unwrap_or_default();
        let judged = judged.because(format!("{} of the same time, against {remain} said to remain", found.words));
        Judgement { standing: Standing::Contradicted, timing: Some(standing), against: found.claims, ..judged }
    }

    fn unanswered(&self, deadline: PartialDate) -> Judgement<'a> {
        let none = "no answer is known to the case";
        if self.as_of <= deadline.earliest() {
            Judgement::new(Standing::NotYetDue, none)
        } else if self.as_of <= deadline.latest() {
            Judgement::new(Standing::Unknown, "its day is not known, so it may have passed or not").because(none)
        } else if self.bearer.is_empty() {
            Judgement::new(Standing::Unknown, "it binds nobody by name, so nobody can be said to be silent")
                .because(none)
        } else {
            Judgement::new(Standing::Silent, none)
        }
    }
}

/// How much an answer is worth beside others.
fn worth(standing: Standing) -> u8 {
    match standing {
        Standing::InTime => 3,
        Standing::TimeUnclear => 2,
        Standing::Late => 1,
        _ => 0,
    }
}

/// An answer in a few words: `report of 2019-03 (s01)`.
fn words(answer: &Answer) -> String {
    let date = answer.date.map_or_else(|| ", undated".to_owned(), |date| format!(" of {date}"));
    format!("{}{date} (`{}`)", answer.kind, answer.id)
}

/// Whether a date lies before a deadline, after it, or cannot be told.
pub fn timeliness(date: Option<PartialDate>, deadline: PartialDate) -> Standing {
    match date {
        Some(date) if date.latest() <= deadline.latest() => Standing::InTime,
        Some(date) if date.earliest() > deadline.latest() => Standing::Late,
        _ => Standing::TimeUnclear,
    }
}
