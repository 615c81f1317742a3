//! Sources, origins, claims, observations and known defects.

use plumb_core::case::{Claim, Defect, Observation, Origin, Source};
use plumb_core::reference::Kind;
use plumb_core::statement::Locator;

use super::fields;
use crate::context::Context;
use crate::quantities;
use crate::row::Row;
use crate::table::Record;

impl Record for Source {
    const KIND: Kind = Kind::Source;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let (kind, own_grade) = (row.text("kind")?, row.grade("reliability")?);
        Some(Self {
            id: row.text("id")?,
            publisher: row.text("publisher")?,
            title: row.text("title")?,
            date: row.date("date")?,
            url: row.text("url")?,
            grade: own_grade.or_else(|| context.case.settings.grades.get(&kind).copied()),
            kind,
            seen: row.text("seen")?,
            language: row.text("language")?,
            copy: row.text("copy")?,
            sha256: row.text("sha256")?,
            note: row.text("note")?,
            row: row.location(),
        })
    }
}

fields!(Origin { id: text, name: text, grade: grade["reliability"], date: date, basis: text, note: text });

impl Record for Claim {
    const KIND: Kind = Kind::Claim;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let measure = row.text("measure")?;
        Some(Self {
            quantity: quantities::of_claim(row, context, &measure)?,
            measure,
            id: row.text("id")?,
            place: row.text("place")?,
            period: row.period("period")?,
            words: row.text("words")?,
            subject: row.text("subject")?,
            population: row.text("population")?,
            said_by: row.text("said_by")?,
            origin: row.text("origin")?,
            source: row.text("source")?,
            locator: Locator { place: row.text("locator")?, quote: row.text("quote")? },
            status: row.status("status")?,
            note: row.text("note")?,
            row: row.location(),
        })
    }
}

impl Record for Observation {
    const KIND: Kind = Kind::Observation;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let series = row.text("series")?;
        Some(Self {
            quantity: quantities::of_observation(row, context, &series)?,
            series,
            id: row.text("id")?,
            place: row.text("place")?,
            period: row.required_period("period")?,
            said_by: row.text("said_by")?,
            source: row.text("source")?,
            status: row.status("status")?,
            note: row.text("note")?,
            row: row.location(),
        })
    }
}

fields!(Defect {
    id: text,
    source: text,
    says: text,
    better: text,
    evidence: text,
    kind: text,
    claims: list,
    note: text,
});
