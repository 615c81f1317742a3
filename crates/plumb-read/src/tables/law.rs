//! Duties, answers to them, signs of forced labour and rules of labour law.

use plumb_core::case::{Answer, Duty, Indicator, Rule, Sign};
use plumb_core::codes::P0213;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::Kind;
use rust_decimal::Decimal;

use super::fields;
use crate::context::Context;
use crate::row::Row;
use crate::table::Record;

fields!(Duty {
    id: text,
    instrument: text,
    paragraph: text,
    bearer: text,
    bearers: list,
    duty: text,
    trigger: date,
    deadline: date,
    ends: date,
    evidence: text,
    event: text,
    kind: text,
    read: text,
    source: text,
    verify: text,
    note: text,
});

impl Record for Answer {
    const KIND: Kind = Kind::Answer;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        Some(Self {
            id: row.text("id")?,
            duty: row.text("duty")?,
            state: row.text("state")?,
            kind: row.text("kind")?,
            date: row.date("date")?,
            period_end: row.date("period_end")?,
            before: workers(row, context, "before")?,
            after: workers(row, context, "after")?,
            repatriated: workers(row, context, "repatriated")?,
            public: row.text("public")?,
            statement: row.text("statement")?,
            source: row.text("source")?,
            verify: row.text("verify")?,
            note: row.text("note")?,
            row: row.location(),
        })
    }
}

/// A number of workers; one below zero is reported and left empty.
fn workers(row: &mut Row, context: &mut Context<'_>, column: &str) -> Option<Option<Decimal>> {
    let number = row.number(column)?;
    if number.is_some_and(|number| number < Decimal::ZERO) {
        let message = "a number of workers below zero";
        let diagnostic = Diagnostic::new(P0213, row.cell(column), message).about(row.reference.clone());
        context.report(diagnostic.help("correct the number; a fall is told by `before` and `after`"));
        return Some(None);
    }
    Some(number)
}

fields!(Indicator {
    id: text,
    indicator: text,
    sign: text,
    evidence: text,
    stance: text,
    subject: text,
    source: text,
    note: text,
});

fields!(Sign { id: text, sign: text, theme: text, from: text, source: text, note: text });

fields!(Rule {
    id: text,
    rule: text,
    place: text,
    instrument: text,
    article: text,
    effect: text,
    formula: text,
    period: period,
    source: text,
    verify: text,
    note: text,
});
