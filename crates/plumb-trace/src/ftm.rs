//! Reads FollowTheMoney entities, one JSON object a line, into a graph.
//!
//! Every schema with an edge becomes an edge of the graph; things become nodes when an edge or a sanction speaks of them or
//! when they can act. `Sanction` entities and the topic `sanction` say that a list names the node.

use plumb_core::date::{Bound, PartialDate, Period};
use plumb_core::ftm::{self, Schema};
use rust_decimal::Decimal;
use serde::Deserialize;

use std::collections::BTreeMap;

use crate::edge::{Kind, NewEdge};
use crate::graph::{GraphBuilder, NodeKind};
use crate::problem::Problem;
use crate::share::Share;
use crate::strength::Basis;

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    datasets: Vec<String>,
}

impl Entity {
    fn all(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    fn first(&self, properties: &[&str]) -> Option<&str> {
        properties.iter().find_map(|property| self.all(property).first()).map(String::as_str)
    }
}

/// Reads a document of entities into a graph. `source` names the document where an entity names no data set.
pub fn read(builder: &mut GraphBuilder, text: &str, source: &str) {
    for (line, text) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let unreadable = |record: &str, cause: String| Problem::Unreadable { line, record: record.to_owned(), cause };
        let entity: Entity = match serde_json::from_str(text) {
            Ok(entity) => entity,
            Err(error) => {
                builder.problem(unreadable("", error.to_string()));
                continue;
            }
        };
        match ftm::schema(&entity.schema) {
            None => builder.problem(unreadable(&entity.id, format!("the schema `{}` is not known", entity.schema))),
            Some(schema) if schema.edge.is_some() => relation(builder, &entity, schema, line, source),
            Some(schema) if schema.name == "Sanction" => sanction(builder, &entity, source),
            Some(schema) => thing(builder, &entity, schema),
        }
    }
}

fn thing(builder: &mut GraphBuilder, entity: &Entity, schema: &Schema) {
    let is_blocked = entity.all("topics").iter().any(|topic| topic == "sanction");
    let can_act = schema.is_a("LegalEntity") || schema.name == "LegalEntity";
    if !can_act && !is_blocked && builder.find(&entity.id).is_none() {
        return;
    }
    let kind = if schema.name == "Person" { NodeKind::Person } else { NodeKind::Body };
    let name = if entity.caption.is_empty() { entity.first(&["name"]).unwrap_or_default() } else { &entity.caption };
    let node = builder.node(&entity.id, kind, name);
    builder.describe(node, kind, name);
    if is_blocked {
        builder.designate(node, "a sanctions list");
    }
}

fn sanction(builder: &mut GraphBuilder, entity: &Entity, source: &str) {
    // a listing that has ended names nobody any more
    if !entity.all("endDate").is_empty() {
        return;
    }
    let list = entity.first(&["authority", "program"]).unwrap_or(source);
    let keeper = entity.datasets.iter().find_map(|dataset| keeper(dataset));
    let list = keeper.map_or_else(|| list.to_owned(), |code| format!("{code}: {list}"));
    for id in entity.all("entity") {
        let node = builder.node(id, NodeKind::Body, "");
        builder.designate(node, &list);
    }
}

/// The code of who keeps a list, from the name of a data set that begins with it: `us_ofac_sdn` is a list of the US.
fn keeper(dataset: &str) -> Option<String> {
    let (code, _) = dataset.split_once('_')?;
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then(|| code.to_uppercase())
}

fn relation(builder: &mut GraphBuilder, entity: &Entity, schema: &Schema, line: usize, source: &str) {
    let Some(edge) = schema.edge else { return };
    let (from, to) = (entity.all(edge.source), entity.all(edge.target));
    if from.is_empty() || to.is_empty() {
        let cause = format!("it lacks `{}` or `{}`, the ends of the relation", edge.source, edge.target);
        return builder.problem(Problem::Unreadable { line, record: entity.id.clone(), cause });
    }
    let percent = entity.first(&["percentage", "sharesPercentage"]);
    let verb = entity.first(&["role"]).unwrap_or(edge.label);
    for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (from, to))) {
        let (from, to) = (builder.node(from, NodeKind::Body, ""), builder.node(to, NodeKind::Body, ""));
        builder.link(NewEdge {
            period: period(entity, schema),
            basis: Basis::Unstated,
            share: percent.and_then(share),
            verb,
            record: &entity.id,
            source: entity.datasets.first().map_or(source, String::as_str),
            ..NewEdge::new(from, to, Kind::from_schema(schema.name))
        });
    }
}

/// A percentage as registers write it: `51`, `51 %`, `51,5`, `25-50`.
fn share(text: &str) -> Option<Share> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let number = |part: &str| part.trim().parse::<Decimal>().ok();
    match plain.split_once(['-', '–']) {
        Some((low, high)) => Share::between(number(low)?, number(high)?),
        None => Share::exact(number(&plain)?),
    }
}

fn period(entity: &Entity, schema: &Schema) -> Option<Period> {
    let extent = schema.temporal_extent?;
    let date = |properties: &[&str]| -> Option<PartialDate> {
        let text = entity.first(properties)?;
        text.get(..10).unwrap_or(text).parse().ok()
    };
    let (start, end) = (date(extent.start), date(extent.end));
    if start.is_none() && end.is_none() {
        return date(&["date"]).map(Period::at);
    }
    let period = Period { start: start.map_or(Bound::Unknown, Bound::Date), end: end.map_or(Bound::Open, Bound::Date) };
    let reversed = matches!((period.earliest(), period.latest()), (Some(first), Some(last)) if first > last);
    (!reversed).then_some(period)
}
