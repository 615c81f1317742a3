//! What is served: `/catalog`, health, the description of the API, and a page for whoever opens it in a browser.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};
use serde_json::{Value, json};

use super::dataset::{ALL, Dataset, name_of};
use super::desk::Screening;
use super::fault::Fault;

/// The description of the API, in OpenAPI 3.1.
const OPENAPI: &str = include_str!("openapi.json");

/// How long a catalog may be kept, as in yente: it changes when lists do, a few times a day.
const FRESH: &str = "public, max-age=300";

/// Answers `/catalog` and `/manifest`.
pub(crate) async fn catalog(State(screening): State<Screening>, headers: HeaderMap) -> Response {
    let datasets = screening.datasets();
    let tag = tag(&datasets, screening.is_stale());
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut known = known.flat_map(|value| value.split(',')).map(|one| one.trim().trim_start_matches("W/"));
    let head = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, FRESH.to_owned())];
    if known.any(|one| one == "*" || one == tag) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    let current: Vec<&str> = datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let mut all: Vec<Value> = datasets.iter().map(|dataset| described(dataset)).collect();
    all.push(everything(&datasets));
    let catalog = json!({ "datasets": all, "current": current, "outdated": [], "index_stale": screening.is_stale() });
    (head, Json(catalog)).into_response()
}

/// A name for exactly these versions of the datasets.
fn tag(datasets: &[Arc<Dataset>], is_stale: bool) -> String {
    // this hasher has fixed keys; the tag need only tell versions apart
    let mut hasher = DefaultHasher::new();
    for dataset in datasets {
        (&dataset.name, &dataset.version).hash(&mut hasher);
    }
    is_stale.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

fn described(dataset: &Dataset) -> Value {
    let publisher = dataset.publisher.as_ref().map(|name| json!({ "name": name, "official": true }));
    let midnight = |day: &Option<String>| day.as_ref().map(|day| format!("{day}T00:00:00"));
    let children: Vec<String> = dataset.children().map(name_of).collect();
    // clients read an address here; terms in words stand in the description
    let (licence, terms) = match &dataset.licence {
        Some(licence) if licence.starts_with("http") => (Some(licence), None),
        licence => (None, licence.as_ref().map(|licence| format!("Terms of use: {licence}"))),
    };
    json!({
        "name": dataset.name,
        "title": dataset.title,
        "license": licence,
        "summary": null,
        "description": terms,
        "url": dataset.url,
        "updated_at": midnight(if dataset.added.is_some() { &dataset.added } else { &dataset.date }),
        "last_export": midnight(&dataset.date),
        "entity_count": dataset.index.len(),
        "thing_count": dataset.things,
        "version": dataset.version,
        "category": null,
        "tags": [],
        "publisher": publisher,
        "coverage": null,
        "resources": [],
        "children": children,
        "deprecation": null,
        "deprecated": false,
        "load": true,
        "entities_url": null,
        "delta_url": null,
        "namespace": false,
        "index_version": dataset.version,
        "index_current": true,
    })
}

/// The collection of all datasets.
fn everything(datasets: &[Arc<Dataset>]) -> Value {
    let count = |of: fn(&Dataset) -> u32| datasets.iter().map(|dataset| u64::from(of(dataset))).sum::<u64>();
    let children: Vec<&str> = datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    json!({
        "name": ALL,
        "title": "All datasets of this server",
        "entity_count": count(|dataset| dataset.index.len()),
        "thing_count": count(|dataset| dataset.things),
        "version": null,
        "resources": [],
        "children": children,
        "deprecated": false,
        "load": false,
        "namespace": false,
        "index_version": null,
        "index_current": true,
    })
}

/// Answers `/healthz`.
pub(crate) async fn health() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// Answers `/readyz`: indices are opened before the server listens, so there is nothing to wait for, unless nothing was loaded.
pub(crate) async fn ready(State(screening): State<Screening>) -> Result<Response, Fault> {
    if screening.datasets().is_empty() { Err(Fault::Busy("Index not ready.")) } else { Ok(health().await) }
}

/// Answers `/updatez`: lists are brought up to date by who started the server, never by a request.
pub(crate) async fn update() -> Fault {
    let detail = "Lists are updated with `plumb lists update`, not over HTTP; the server takes them up by itself.";
    Fault::Said(StatusCode::FORBIDDEN, detail.to_owned())
}

/// Answers `/openapi.json`.
pub(crate) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], OPENAPI).into_response()
}

/// Answers `/` where no case is served.
pub(crate) async fn front(State(screening): State<Screening>) -> Response {
    let datasets = screening.datasets();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { "Plumbline: screening" } }
            body {
                h1 { "Screening" }
                p { "This server holds entities against lists, with the API of yente. " a href="/openapi.json" { "What it answers" } }
                table {
                    tr { th { "Dataset" } th { "Title" } th { "Date" } th { "Things" } th { "Version" } }
                    @for dataset in &datasets {
                        tr {
                            td { (dataset.name) }
                            td { (dataset.title) }
                            td { (dataset.date.as_deref().unwrap_or("unknown")) }
                            td { (dataset.things) }
                            td { (dataset.version.get(..12).unwrap_or(&dataset.version)) }
                        }
                    }
                }
                p { "A result is a potential match: whether it is the same person or body is for people to decide." }
            }
        }
    };
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}
