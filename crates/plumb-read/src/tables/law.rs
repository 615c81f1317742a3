//! Duties, answers to them, signs of forced labour and rules of labour law.

use plumb_core::case::{Answer, Duty, Indicator, Rule, Sign, Wage};
use plumb_core::codes::P0213;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::Kind;
use rust_decimal::Decimal;

use super::fields;
use crate::context::Context;
use crate::row::Row;
use crate::table::Record;

fields!(Duty {
    id,
    instrument,
    paragraph,
    bearer,
    bearers,
    duty,
    trigger,
    deadline,
    ends,
    evidence,
    event,
    kind,
    read,
    source,
    verify,
    note,
});

impl Record for Answer {
    const KIND: Kind = Kind::Answer;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        Some(Self {
            id: row.take("id")?,
            duty: row.take("duty")?,
            state: row.take("state")?,
            kind: row.take("kind")?,
            date: row.take("date")?,
            period_end: row.take("period_end")?,
            before: workers(row, context, "before"),
            after: workers(row, context, "after"),
            repatriated: workers(row, context, "repatriated"),
            public: row.take("public")?,
            statement: row.take("statement")?,
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

fields!(Indicator { id, indicator, sign, evidence, stance, subject, source, note });

fields!(Sign { id, sign, theme, from, source, note });

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
