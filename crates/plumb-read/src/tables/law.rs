//! Duties, answers to them, signs of forced labour and rules of labour law.

use plumb_core::case::{Answer, Duty, Indicator, Response, Rule, Sign, Wage};
use plumb_core::codes::{P0213, P0611};
use plumb_core::date::PartialDate;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::due::Due;
use plumb_core::reference::Kind;
use rust_decimal::Decimal;

use super::fields;
use crate::context::Context;
use crate::links;
use crate::row::Row;
use crate::table::Record;

impl Record for Duty {
    const KIND: Kind = Kind::Duty;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let trigger = row.take("trigger")?;
        let due: Option<Due> = row.take("deadline")?;
        Some(Self {
            id: row.take("id")?,
            instrument: row.take("instrument")?,
            paragraph: row.take("paragraph")?,
            bearer: row.take("bearer")?,
            bearers: row.take("bearers")?,
            duty: row.take("duty")?,
            exceptions: row.take("exceptions")?,
            trigger,
            deadline: due.and_then(|due| deadline(row, context, due, trigger)),
            deadline_rule: due
                .filter(|due| matches!(due, Due::After(..)))
                .map(|due| due.to_string())
                .unwrap_or_default(),
            ends: row.take("ends")?,
            replaced_by: row.take("replaced_by")?,
            done_when: row.take("done_when")?,
            evidence: row.take("evidence")?,
            event: row.take("event")?,
            kind: row.take("kind")?,
            read: row.take("read")?,
            source: row.take("source")?,
            verify: row.take("verify")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

/// The date of a deadline; one that cannot be counted is reported and left empty.
fn deadline(row: &Row, context: &mut Context<'_>, due: Due, trigger: Option<PartialDate>) -> Option<PartialDate> {
    due.date(trigger)
        .map_err(|error| {
            let diagnostic = Diagnostic::new(P0611, row.cell("deadline"), error.to_string());
            let help = "give `trigger` the day of adoption or entry into force, or write the deadline as a date";
            context.report(
                diagnostic.also(row.cell("trigger"), "counted from here").help(help).about(row.reference.clone()),
            );
        })
        .ok()
}

/// Duties that say they are replaced by one that is not there; a replacement may stand in a later row.
pub(crate) fn check_replacements(context: &mut Context<'_>) {
    let replaced: Vec<_> = (context.case.duties.iter().filter(|duty| !duty.replaced_by.is_empty()))
        .map(|duty| (duty.replaced_by.clone(), duty.row.cell("replaced_by"), duty.reference()))
        .collect();
    for (id, location, about) in replaced {
        // what cannot be referred to has been reported; a duty replaced by nothing known goes on
        let _known = context.refer(Kind::Duty, &id, location, Some(&about));
    }
}

impl Record for Answer {
    const KIND: Kind = Kind::Answer;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        Some(Self {
            id: row.take("id")?,
            duties: row.take("duty")?,
            state: row.take("state")?,
            kind: row.take("kind")?,
            date: row.take("date")?,
            period_end: row.take("period_end")?,
            before: workers(row, context, "before"),
            after: workers(row, context, "after"),
            repatriated: workers(row, context, "repatriated"),
            public: row.take("public")?,
            statement: row.take("statement")?,
            against: row.take("against")?,
            source: row.take("source")?,
            verify: row.take("verify")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

/// A number of workers; one below zero is reported and left empty.
fn workers(row: &mut Row, context: &mut Context<'_>, column: &str) -> Option<Decimal> {
    let number: Decimal = row.take(column)?;
    if number < Decimal::ZERO {
        let message = "a number of workers below zero";
        let diagnostic = Diagnostic::new(P0213, row.cell(column), message).about(row.reference.clone());
        context.report(diagnostic.help("correct the number; a fall is told by `before` and `after`"));
        return None;
    }
    Some(number)
}

impl Record for Indicator {
    const KIND: Kind = Kind::Indicator;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let subjects: Vec<String> = row.take("subject")?;
        let cell = row.cell("subject");
        let subjects = subjects.into_iter().filter_map(|one| links::subject(row, context, one, &cell)).collect();
        Some(Self {
            id: row.take("id")?,
            indicator: row.take("indicator")?,
            sign: row.take("sign")?,
            evidence: row.take("evidence")?,
            stance: row.take("stance")?,
            subjects,
            source: row.take("source")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

fields!(Sign { id, sign, theme, indicator, from, source, note });

impl Record for Response {
    const KIND: Kind = Kind::Response;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let supplier = row.take("supplier")?;
        let cell = row.cell("supplier");
        Some(Self {
            id: row.take("id")?,
            supplier: links::subject(row, context, supplier, &cell)?,
            sign: row.take("sign")?,
            indicator: row.take("indicator")?,
            question: row.take("question")?,
            answer: row.take("answer")?,
            evidence: row.take("evidence")?,
            source: row.take("source")?,
            date: row.take("date")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

fields!(Rule { id, rule, place, instrument, article, effect, formula, applies, terms, period, source, verify, note });

fields!(Wage {
    id,
    worker,
    persons,
    place,
    period,
    currency,
    promised,
    per,
    hours,
    overtime_days,
    rest_hours,
    norm_hours,
    coefficient,
    paid,
    paid_on,
    withheld,
    evidence,
    note,
});
