//! yente's API in process: the shape of every answer, errors, pages, and requests that mean no good.

mod catalog;
mod entities;
mod hostile;
mod matching;
mod portable;
mod reconcile;
mod search;
mod sockets;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use plumb_lists::{Addition, LoadedList};
use plumb_screen::lists::Report;
use plumb_serve::{Dataset, Screening, screening_router};
use serde_json::Value;
use tower::ServiceExt;

use crate::world::{Answer, PORT};

/// A list file as a dataset.
fn dataset(name: &str, file: PathBuf) -> Dataset {
    let addition = Addition {
        name: name.to_owned(),
        title: Some(format!("List {name}")),
        files: vec![file],
        today: "2026-11-26".to_owned(),
        ..Addition::default()
    };
    Dataset::of_list(LoadedList::from_files(&addition, &mut Report::default()).unwrap())
}

/// The API over a small list that is made up; for a test that fills all its seats.
fn made_up() -> Router {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/made-up.ftm.json");
    screening_router(Screening::new(vec![dataset("made-up", file)], None).unwrap(), PORT)
}

/// The same, shared by all other tests.
static MADE_UP: LazyLock<Router> = LazyLock::new(made_up);

/// What a router answers.
fn ask(router: &Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let answer = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

fn get_from(router: &Router, address: &str) -> Answer {
    ask(router, crate::world::request(address))
}

fn post_to(router: &Router, address: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(address).header("host", format!("localhost:{PORT}"));
    ask(router, request.body(body.into()).unwrap())
}

/// What the API over the made-up list answers to GET.
fn get(address: &str) -> Answer {
    get_from(&MADE_UP, address)
}

/// What it answers to a body.
fn post(address: &str, body: impl Into<Body>) -> Answer {
    post_to(&MADE_UP, address, body)
}

/// The ids of results, in order.
fn ids(results: &Value) -> Vec<&str> {
    results.as_array().unwrap().iter().map(|result| result["id"].as_str().unwrap()).collect()
}
