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
        let schema = row.text("schema")?;
        if let Err(complaint) = schema::check_actor(&schema) {
            context.report(complaint.at(row.cell("schema"), Some(&row.reference)).note("the row was left out"));
            return None;
        }
        Some(Self {
            schema,
            id: row.text("id")?,
            name: row.text("name")?,
            aliases: row.list("aliases")?,
            country: row.text("country")?,
            role: row.text("role")?,
            lists: row.list("lists")?,
            designated: row.date("designated")?,
            event: row.text("event")?,
            status: row.text("status")?,
            reason: row.text("reason")?,
            source: row.text("source")?,
            other_sources: row.list("other_sources")?,
            verify: row.text("verify")?,
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
            id: row.text("id")?,
            from: from?,
            relation: relation?,
            to: to?,
            period: row.period("period")?,
            basis: row.text("basis")?,
            source: row.text("source")?,
            verify: row.text("verify")?,
            note: row.text("note")?,
            row: row.location(),
        })
    }
}

fields!(Site {
    id: text,
    name: text,
    place: text,
    period: period,
    actors: list,
    claims: list,
    workers: text,
    incidents: text,
    source: text,
    status: text,
    note: text,
});

fields!(Event {
    id: text,
    date: required_date,
    summary: text,
    place: text,
    kind: text,
    source: text,
    verify: text,
    note: text,
});
