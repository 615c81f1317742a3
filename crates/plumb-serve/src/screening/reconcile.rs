//! `/reconcile`: OpenRefine's reconciliation, version 0.2.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use plumb_core::ftm::Schema;
use serde_json::{Map, Value, json};

use super::dataset::{Part, name_of, scope};
use super::desk::{Screening, Work};
use super::example::{ANYTHING, Example, MOST_QUERIES, texts};
use super::fault::Fault;
use super::matching::{self, Asked};
use super::parameters::{Parameters, Warnings};
use super::result::Found;
use super::scorer::check_algorithm;
use super::{extend, suggest};

/// A schema as OpenRefine's type.
pub(crate) fn kind(schema: &Schema) -> Value {
    let description = schema.description.unwrap_or(schema.label);
    json!({ "id": schema.name, "name": schema.plural, "description": description })
}

/// Where names of schemata are explained; the address is an identifier that yente's clients compare.
const SPACE: &str = "https://www.opensanctions.org/reference/#schema";

/// Answers GET `/reconcile/{dataset}`: what the service is.
pub(crate) async fn manifest(
    State(screening): State<Screening>,
    Path(name): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let datasets = screening.datasets();
    let found = scope(&datasets, &name, &[], &[])?;
    let title =
        datasets.iter().find(|dataset| dataset.name == name_of(&name)).map_or(name.clone(), |it| it.title.clone());
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let base = format!("http://{host}/reconcile/{name}");
    // keys of callers stand in the query string and must come back with each request
    let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let service = |path: &str| json!({ "service_url": base, "service_path": format!("{path}{query}") });
    let types: Vec<Value> = suggest::schemata(&found).into_iter().map(kind).collect();
    let view = format!("http://{host}/entities/{{{{id}}}}");
    let manifest = json!({
        "versions": ["0.2"],
        "name": format!("{title} (Plumbline)"),
        "identifierSpace": SPACE,
        "schemaSpace": SPACE,
        "documentation": format!("http://{host}/openapi.json"),
        "batchSize": 3,
        "view": { "url": view },
        "preview": { "url": view, "width": 430, "height": 600 },
        "suggest": {
            "entity": service("/suggest/entity"),
            "type": service("/suggest/type"),
            "property": service("/suggest/property"),
        },
        "extend": {
            "propose_properties": service("/extend/property"),
            "propose_settings": extend::settings(),
        },
        "defaultTypes": types,
    });
    Ok(Json(manifest).into_response())
}

/// Answers POST `/reconcile/{dataset}`: queries, or properties of records that were found.
pub(crate) async fn answer(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Result<Response, Fault> {
    let mut parameters = Parameters::of_request(&parts);
    let algorithm = parameters.text("algorithm");
    let changed_since = parameters.moment("changed_since");
    let mut form = Parameters::of(&body);
    let (queries, extension) = (form.text("queries"), form.text("extend"));
    form.finish()?;
    // a caller's own key in the query string is not ours to complain about
    parameters.finish()?;
    let mut warnings = Warnings::default();
    check_algorithm(algorithm.as_deref(), &mut warnings)?;
    let answer = screening.work(move |work| {
        let parts = scope(&work.datasets, &dataset, &[], &[])?;
        if let Some(extension) = extension.filter(|text| !text.trim().is_empty()) {
            return extend::respond(work, &extension);
        }
        let Some(queries) = queries.filter(|text| !text.trim().is_empty()) else {
            return Err(Fault::bad("Neither queries nor an extension were given."));
        };
        let asked = Asked { changed_since, ..Asked::default() };
        let answers = respond(work, &parts, &queries, &asked)?;
        Ok((answers.len(), Value::Object(answers)))
    });
    let (size, answer) = answer.await?;
    Ok(warnings.onto((StatusCode::OK, [("x-batch-size", size.to_string())], Json(answer)).into_response()))
}

fn respond(work: &Work, parts: &[Part], queries: &str, asked: &Asked) -> Result<Map<String, Value>, Fault> {
    let Ok(Value::Object(queries)) = serde_json::from_str(queries) else {
        return Err(Fault::bad("Cannot decode reconciliation queries: they must be a JSON object"));
    };
    if queries.len() > MOST_QUERIES {
        return Err(Fault::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let mut answers = Map::new();
    for (key, query) in queries {
        work.go_on()?;
        answers.insert(key, json!({ "result": results(work, parts, &query, asked)? }));
    }
    Ok(answers)
}

/// The results of one query. OpenRefine shows all and lets people choose, so there is no threshold below which they are left out.
fn results(work: &Work, parts: &[Part], query: &Value, asked: &Asked) -> Result<Vec<Value>, Fault> {
    let kind_asked = match query.get("type") {
        Some(Value::Array(types)) => types.first().and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    };
    let limit = query.get("limit").and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let named = query.get("query").map(texts).unwrap_or_default();
    let properties = query.get("properties").and_then(Value::as_array).into_iter().flatten();
    let properties = properties.filter_map(|property| {
        let qualified = property.get("pid").and_then(Value::as_str)?;
        let name = qualified.split_once(':').map_or(qualified, |(_, name)| name);
        Some((name, texts(property.get("v")?)))
    });
    let values = std::iter::once(("name", named)).chain(properties);
    let example = work.with_reader(|reader| Example::new(kind_asked.unwrap_or(ANYTHING), values, reader))?;
    let asked = Asked {
        limit: limit.unwrap_or(matching::RESULTS).min(matching::MOST_RESULTS),
        cutoff: LEAST_SHOWN,
        changed_since: asked.changed_since.clone(),
        ..Asked::default()
    };
    let (found, _) = matching::rank(work, parts, &asked, &example);
    Ok(matching::results(&found, &asked).iter().map(scored).collect())
}

/// Results that say nothing are left out: yente shows everything above zero, and a score of ours is never quite zero.
const LEAST_SHOWN: f64 = 0.01;

/// A result as OpenRefine wants it.
fn scored(result: &Found<'_>) -> Value {
    json!({
        "id": result.id,
        "name": result.caption,
        "description": result.schema.label,
        "type": [kind(result.schema)],
        "score": result.score,
        "match": result.is_match,
    })
}
