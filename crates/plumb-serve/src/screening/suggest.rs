//! OpenRefine's suggestions while somebody types: entities, properties, types.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plumb_core::ftm::{self, PropertyKind, Schema};
use plumb_screen::index::{Filters, WordMatch};
use serde_json::{Value, json};

use super::dataset::{Part, scope};
use super::desk::{Screening, Work};
use super::fault::Fault;
use super::matching::slices;
use super::page;
use super::parameters::Parameters;
use super::{entity, reconcile};

/// Properties and types that are suggested, at most: as many as a match has results.
const MOST: usize = super::matching::RESULTS;

/// The schemata that names are held against in these parts, with those that they inherit from, in name order.
pub(crate) fn schemata(parts: &[Part]) -> Vec<&'static Schema> {
    let held = parts.iter().flat_map(|part| part.dataset.schemata.iter()).filter_map(|name| ftm::schema(name));
    let held = held.filter(|schema| schema.matchable);
    let names: BTreeSet<&str> =
        held.flat_map(|schema| std::iter::once(schema).chain(schema.ancestors())).map(|schema| schema.name).collect();
    names.into_iter().filter_map(ftm::schema).collect()
}

/// Whether a text begins one of these, upper and lower case alike. An empty one begins nothing.
fn begins(prefix: &str, texts: &[&str]) -> bool {
    let prefix = prefix.trim().to_lowercase();
    !prefix.is_empty() && texts.iter().any(|text| text.to_lowercase().starts_with(&prefix))
}

fn suggested(prefix: &str, result: &[Value]) -> Value {
    json!({ "code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result })
}

/// Answers `/reconcile/{dataset}/suggest/entity`.
pub(crate) async fn entities(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let mut parameters = Parameters::of_request(&parts);
    let prefix = parameters.text("prefix").unwrap_or_default();
    let limit = parameters.number("limit", page::RESULTS, page::MOST_RESULTS);
    let warnings = parameters.finish()?;
    let found = screening.work(move |work| {
        let parts = scope(&work.datasets, &dataset, &[], &[])?;
        Ok(suggested(&prefix, &begun(work, &parts, &prefix, limit)?))
    });
    Ok(warnings.onto(Json(found.await?).into_response()))
}

/// Entities with a name that holds all words of a text, the last of which may be only begun.
fn begun(work: &Work, parts: &[Part], prefix: &str, limit: usize) -> Result<Vec<Value>, Fault> {
    let mut found = Vec::new();
    for part in parts {
        work.go_on()?;
        let sources = part.sources.as_deref().map(slices).unwrap_or_default();
        let filters = Filters { datasets: &sources, ..Filters::default() };
        let index = &part.dataset.index;
        let all = index.find_word(prefix, WordMatch::Begun, &filters);
        found.extend(all.into_iter().map(|found| (found.relevance, part, found.record)));
    }
    found.sort_by(|one, two| two.0.total_cmp(&one.0));
    let shown = found.into_iter().take(limit).filter_map(|(_, part, record)| {
        let entity = entity::entity(&part.dataset, record)?;
        let schema = entity::schema_of(&entity)?;
        // as in yente, where suggestions do not take the list's caption, which may be the spelling of any of its sources
        let (id, name) = (entity.get("id"), entity::caption(schema, &entity));
        Some(json!({ "id": id, "name": name, "description": schema.label, "type": [reconcile::kind(schema)] }))
    });
    Ok(shown.collect())
}

/// Answers `/reconcile/{dataset}/suggest/property`.
pub(crate) async fn properties(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let (prefix, schemata) = asked(&screening, &dataset, &parts)?;
    let mut seen = BTreeSet::new();
    let all = schemata.iter().flat_map(|schema| schema.properties());
    let own = all.filter(|property| !property.hidden && property.kind != PropertyKind::Entity);
    let fitting = own.filter(|property| begins(&prefix, &[property.name, property.label]));
    let fitting = fitting.filter(|property| seen.insert((property.schema, property.name)));
    let shown = fitting.take(MOST).map(|property| {
        let id = format!("{}:{}", property.schema, property.name);
        json!({ "id": id, "name": property.label, "description": property.description })
    });
    Ok(Json(suggested(&prefix, &shown.collect::<Vec<_>>())).into_response())
}

/// Answers `/reconcile/{dataset}/suggest/type`.
pub(crate) async fn types(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let (prefix, schemata) = asked(&screening, &dataset, &parts)?;
    let fitting = schemata.into_iter().filter(|schema| begins(&prefix, &[schema.name, schema.label]));
    let shown: Vec<Value> = fitting.take(MOST).map(reconcile::kind).collect();
    Ok(Json(suggested(&prefix, &shown)).into_response())
}

fn asked(screening: &Screening, dataset: &str, parts: &Parts) -> Result<(String, Vec<&'static Schema>), Fault> {
    let found = scope(&screening.datasets(), dataset, &[], &[])?;
    // OpenRefine sends more than we know (`type`, `schema`, `limit`); these two answer the same whatever it is
    let prefix = Parameters::of_request(parts).text("prefix").unwrap_or_default();
    Ok((prefix, schemata(&found)))
}
