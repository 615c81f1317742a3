//! Actors, the links between them, sites and events.

use plumb_core::case::{Actor, Event, Link, Site};
use plumb_core::reference::Kind;

use super::fields;
use crate::context::Context;
use crate::links;
use crate::row::Row;
use crate::schema;
use crate::table::Record;

impl Record for Actor {
    const KIND: Kind = Kind::Actor;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let schema: String = row.take("schema")?;
        if let Err(complaint) = schema::check_actor(&schema) {
            context.report(complaint.at(row.cell("schema"), Some(&row.reference)).note("the row was left out"));
            return None;
        }
        Some(Self {
            schema,
            id: row.take("id")?,
            name: row.take("name")?,
            aliases: row.take("aliases")?,
            country: row.take("country")?,
            role: row.take("role")?,
            lists: row.take("lists")?,
            designated: row.take("designated")?,
            event: row.take("event")?,
            status: row.take("status")?,
            reason: row.take("reason")?,
            source: row.take("source")?,
            other_sources: row.take("other_sources")?,
            verify: row.take("verify")?,
            row: row.location(),
        })
    }
}

impl Record for Link {
    const KIND: Kind = Kind::Link;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let relation = links::relation(row, context);
        let (from, to) = (links::end(row, context, "from"), links::end(row, context, "to"));
        Some(Self {
            id: row.take("id")?,
            from: from?,
            relation: relation?,
            to: to?,
            period: row.take("period")?,
            basis: row.take("basis")?,
            source: row.take("source")?,
            verify: row.take("verify")?,
            note: row.take("note")?,
            row: row.location(),
        })
    }
}

fields!(Site { id, name, place, period, actors, claims, workers, incidents, source, status, note });

fields!(Event { id, date, summary, place, kind, source, verify, note });
