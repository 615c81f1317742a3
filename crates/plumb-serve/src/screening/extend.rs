//! OpenRefine's data extension: properties of records that were found.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plumb_core::ftm::{self, Property, PropertyKind};
use serde_json::{Map, Value, json};

use super::dataset::scope;
use super::desk::{Screening, Work};
use super::example::{ANYTHING, MOST_QUERIES};
use super::fault::Fault;
use super::parameters::{Parameters, shortened};
use super::{entity, labels};

/// What can be set for a property.
pub(crate) fn settings() -> Value {
    json!([
        {
            "name": "limit",
            "label": "Limit",
            "type": "number",
            "default": 0,
            "help_text": "Most values in a row; 0 for no limit.",
            "choices": [],
        },
        {
            "name": "render",
            "label": "Value rendering",
            "type": "select",
            "default": "caption",
            "help_text": "Values for people (Russia) or as they are kept (ru).",
            "choices": [{ "id": "caption", "name": "For people" }, { "id": "raw", "name": "As kept" }],
        },
    ])
}

/// The values of properties for each id, and how many ids there are.
pub(crate) fn respond(work: &Work, request: &str) -> Result<(usize, Value), Fault> {
    let request: Value =
        serde_json::from_str(request).map_err(|_error| Fault::bad("Cannot decode extension request"))?;
    let list = |key: &str| request.get(key).and_then(Value::as_array);
    let (Some(ids), Some(properties)) = (list("ids"), list("properties")) else {
        return Err(Fault::bad("An extension request has a list of ids and one of properties"));
    };
    if ids.len() > MOST_QUERIES {
        return Err(Fault::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    // what is told of the properties stands in the order in which they are asked for
    let (mut rows, mut meta) = (Map::new(), Vec::new());
    for id in ids.iter().filter_map(Value::as_str) {
        let row = row(work, id, properties, &mut meta)?;
        rows.insert(id.to_owned(), Value::Object(row));
    }
    Ok((rows.len(), json!({ "meta": meta, "rows": rows })))
}

fn row(work: &Work, id: &str, wanted: &[Value], meta: &mut Vec<Value>) -> Result<Map<String, Value>, Fault> {
    let held = |dataset: &std::sync::Arc<super::Dataset>| entity::entity(dataset, dataset.index.record_of(id)?);
    let mut row = Map::new();
    let Some(entity) = work.datasets.iter().find_map(held) else { return Ok(row) };
    if entity.get("id").is_none_or(|own| own != id) {
        return Err(Fault::bad("Please specify the canonical entity ID, not a referent"));
    }
    let Some(schema) = entity::schema_of(&entity) else { return Ok(row) };
    for wanted in wanted {
        let Some(name) = wanted.get("id").and_then(Value::as_str) else { continue };
        let Some(property) = schema.property(name) else { continue };
        let values = values(&entity, property, wanted.get("settings").unwrap_or(&Value::Null));
        row.insert(name.to_owned(), Value::Array(values));
        let told = json!({ "id": property.name, "name": property.label });
        if !meta.contains(&told) {
            meta.push(told);
        }
    }
    Ok(row)
}

fn values(entity: &Map<String, Value>, property: &Property, settings: &Value) -> Vec<Value> {
    // the form of OpenRefine sends numbers as texts
    let limit = settings.get("limit").and_then(|limit| limit.as_u64().or_else(|| limit.as_str()?.parse().ok()));
    let limit = limit.filter(|limit| *limit > 0).and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let raw = settings.get("render").and_then(Value::as_str) == Some("raw");
    let shown = |value: &str| if raw { value.to_owned() } else { labels::caption(property.kind, value) };
    entity::values(entity, property.name).take(limit).map(|value| json!({ "str": shown(value) })).collect()
}

/// Answers `/reconcile/{dataset}/extend/property`: properties that a type has.
pub(crate) async fn properties(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    scope(&screening.datasets(), &dataset, &[], &[])?;
    let mut parameters = Parameters::of_request(&parts);
    let name = parameters.text("type").unwrap_or_else(|| ANYTHING.to_owned());
    let limit = parameters.number("limit", 0, usize::MAX);
    let warnings = parameters.finish()?;
    let schema = ftm::schema(&name).ok_or_else(|| Fault::bad(format!("Invalid type: {}", shortened(&name))))?;
    let featured = schema.featured.iter().filter_map(|name| schema.property(name));
    let shown = |property: &&Property| !property.hidden && property.kind != PropertyKind::Entity;
    let others = schema.properties().filter(shown).filter(|property| !schema.featured.contains(&property.name));
    let limit_or_all = if limit == 0 { usize::MAX } else { limit };
    let mut all: Vec<&Property> = featured.chain(others).take(limit_or_all).collect();
    all.sort_by_key(|property| property.label);
    let all: Vec<Value> =
        all.into_iter().map(|property| json!({ "id": property.name, "name": property.label })).collect();
    let answer = Json(json!({ "limit": limit, "type": schema.name, "properties": all }));
    Ok(warnings.onto(answer.into_response()))
}
