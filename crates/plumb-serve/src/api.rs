//! The answers for programs: JSON, with one shape for everything that goes wrong.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::routes::{Asked, asked, look, unless_known};
use crate::search::Findings;
use crate::workbench::Workbench;

/// The answer, or the problem as JSON.
fn answer(result: Result<Response, Problem>) -> Response {
    result.unwrap_or_else(|problem| problem.json())
}

#[derive(Serialize)]
struct Searched {
    query: String,
    #[serde(flatten)]
    findings: Findings,
}

/// What a search found.
pub(crate) async fn search(
    State(workbench): State<Workbench>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let found = async {
        let query = asked(query)?.q;
        let findings = look(&workbench, query.clone()).await?;
        Ok(Json(Searched { query, findings }).into_response())
    };
    answer(found.await)
}

/// The whole account.
pub(crate) async fn account(State(workbench): State<Workbench>, headers: HeaderMap) -> Response {
    let edition = workbench.current();
    let written = tokio::task::spawn_blocking(move || edition.json().cloned().map_err(|_error| Problem::fault()));
    let file = written.await.unwrap_or_else(|_panic| Err(Problem::fault()));
    answer(file.map(|file| unless_known(&file, &headers)))
}

/// The key of a finding.
#[derive(Debug, Deserialize)]
pub(crate) struct Why {
    #[serde(default)]
    key: String,
}

/// Where a figure comes from.
pub(crate) async fn why(State(workbench): State<Workbench>, query: Result<Query<Why>, QueryRejection>) -> Response {
    let derived = async {
        let text = asked(query)?.key;
        let edition = workbench.current();
        let derive = move || {
            let key = edition.account().find_key(&text).map_err(|error| {
                Problem::new(
                    StatusCode::BAD_REQUEST,
                    "key",
                    error.to_string(),
                    "Ask for /api/why?key=claim:ID, for example.",
                )
            })?;
            edition.account().why(&key).map_err(|error| {
                let hint = "Look the record up with /api/search?q=WORDS.";
                Problem::new(StatusCode::NOT_FOUND, "no-finding", error.to_string(), hint)
            })
        };
        let derivation = tokio::task::spawn_blocking(derive).await.map_err(|_panic| Problem::fault())??;
        Ok(Json(derivation).into_response())
    };
    answer(derived.await)
}

#[derive(Serialize)]
struct Version {
    plumb: &'static str,
    account: String,
    as_of: String,
    problem: Option<String>,
}

/// Which account this is, and why it is not the newest, if it is not.
pub(crate) async fn version(State(workbench): State<Workbench>) -> Response {
    let edition = workbench.current();
    let account = edition.account();
    Json(Version {
        plumb: account.version,
        account: account.hash.clone(),
        as_of: account.as_of.to_string(),
        problem: workbench.problem(),
    })
    .into_response()
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// Whether the server answers.
pub(crate) async fn health() -> Response {
    Json(Health { status: "ok" }).into_response()
}
