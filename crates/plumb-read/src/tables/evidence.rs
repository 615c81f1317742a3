//! Sources, origins, claims, observations and known defects.

use plumb_core::case::{Claim, Defect, Grade, Observation, Origin, Source};
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
        let (kind, own_grade): (String, Option<Grade>) = (row.take("kind")?, row.take("reliability")?);
        Some(Self {
            id: row.take("id")?,
            publisher: row.take("publisher")?,
            title: row.take("title")?,
            date: row.take("date")?,
            url: row.take("url")?,
            grade: own_grade.or_else(|| context.case.settings.grades.get(&kind).copied()),
            kind,
            seen: row.take("seen")?,
            language: row.take("language")?,
            copy: row.take("copy")?,
            sha256: row.take("sha256")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

fields!(Origin { id, name, grade["reliability"], date, basis, note });

impl Record for Claim {
    const KIND: Kind = Kind::Claim;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let measure: String = row.take("measure")?;
        Some(Self {
            quantity: quantities::of_claim(row, context, &measure)?,
            measure,
            id: row.take("id")?,
            place: row.take("place")?,
            period: row.take("period")?,
            words: row.take("words")?,
            subject: row.take("subject")?,
            population: row.take("population")?,
            said_by: row.take("said_by")?,
            origin: row.take("origin")?,
            source: row.take("source")?,
            locator: Locator { place: row.take("locator")?, quote: row.take("quote")? },
            status: row.take("status")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

impl Record for Observation {
    const KIND: Kind = Kind::Observation;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let series: String = row.take("series")?;
        Some(Self {
            quantity: quantities::of_observation(row, context, &series)?,
            series,
            id: row.take("id")?,
            place: row.take("place")?,
            period: row.take("period")?,
            said_by: row.take("said_by")?,
            source: row.take("source")?,
            status: row.take("status")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

fields!(Defect { id, source, says, better, evidence, kind, claims, note });
