//! What every request to the API passes before and after it is answered.
//!
//! The API is open to programs on this machine, and to pages that this machine itself serves, such as OpenRefine. Pages from elsewhere
//! are refused, although yente admits them: the actors of a case are nobody else's business.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::Semaphore;

use super::fault::Fault;
use super::trace::Trace;
use crate::guard::{Hosts, harden};

/// The longest path and query in bytes, as in yente.
const LONGEST_ADDRESS: usize = 60_000;

/// The longest body in bytes: a hundred queries of 40 KB each, where one is seldom over one.
pub(crate) const LONGEST_BODY: usize = 4 << 20;

/// So many requests are held at once, those that wait for a core included: at 5,000 answers a second the last waits for a twentieth of a
/// second. More are sent away, to come again.
const MOST_AT_ONCE: usize = 256;

/// An answer takes milliseconds, a batch of a hundred perhaps a second; ten mean that something is wrong.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What the gate knows.
#[derive(Clone)]
pub(crate) struct Gate {
    hosts: Hosts,
    seats: Arc<Semaphore>,
}

impl Gate {
    /// A gate for a server on this port of the loopback addresses.
    pub(crate) fn new(port: u16) -> Self {
        Self { hosts: Hosts::new(port), seats: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }
}

/// Lets a request pass, or answers it.
pub(crate) async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if let Err(problem) = gate.hosts.addressed(&request) {
        let mut answer = problem.plain();
        harden(answer.headers_mut());
        return answer;
    }
    let trace = Trace::of(request.headers());
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut answer = match admitted(&request, origin.as_ref()) {
        Err(fault) => fault.into_response(),
        Ok(()) if request.method() == Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        Ok(()) => with_detail(answered(&gate, request, next).await),
    };
    let kept = answer.headers().get(header::CACHE_CONTROL).cloned();
    harden(answer.headers_mut());
    if let Some(kept) = kept {
        answer.headers_mut().insert(header::CACHE_CONTROL, kept);
    }
    if let Some(origin) = origin.filter(is_local) {
        admit(answer.headers_mut(), origin);
    }
    trace.onto(answer.headers_mut());
    answer
}

/// Whether a request is of a kind that is answered at all.
fn admitted(request: &Request, origin: Option<&HeaderValue>) -> Result<(), Fault> {
    if origin.is_some_and(|origin| !is_local(origin)) {
        let detail = "Pages of other sites are not answered.";
        return Err(Fault::Said(StatusCode::FORBIDDEN, detail.to_owned()));
    }
    if request.uri().path_and_query().is_some_and(|it| it.as_str().len() > LONGEST_ADDRESS) {
        return Err(Fault::Said(StatusCode::URI_TOO_LONG, "Request URI too long".to_owned()));
    }
    Ok(())
}

/// Whether a page comes from a server on this machine.
fn is_local(origin: &HeaderValue) -> bool {
    let origin = origin.to_str().unwrap_or_default();
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).unwrap_or_default();
    let (name, port) = host.rsplit_once(':').filter(|_| !host.ends_with(']')).unwrap_or((host, ""));
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lets a page of this machine read the answer.
fn admit(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
}

/// Answers in a task of its own: a panic ends the task, not the server.
async fn answered(gate: &Gate, request: Request, next: Next) -> Response {
    let Ok(seat) = gate.seats.clone().try_acquire_owned() else {
        return Fault::Busy("Too many requests at once.").into_response();
    };
    let mut task = tokio::spawn(async move {
        let answer = match with_whole_body(request).await {
            Ok(request) => next.run(request).await,
            Err(fault) => fault.into_response(),
        };
        drop(seat);
        answer
    });
    match tokio::time::timeout(LONGEST_WAIT, &mut task).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_panic)) => Fault::own(),
        Err(_elapsed) => {
            task.abort();
            Fault::Busy("The answer took too long.").into_response()
        }
    }
}

/// The request with its body read, so that no handler waits for a slow sender.
async fn with_whole_body(request: Request) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await;
    let body = body.map_err(|_error| {
        let detail = format!("The body is longer than {LONGEST_BODY} bytes, or broke off.");
        Fault::Said(StatusCode::PAYLOAD_TOO_LARGE, detail)
    })?;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// The same answer, with a detail in JSON where the framework refused a request in its own words.
fn with_detail(answer: Response) -> Response {
    let json =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"application/json"));
    let status = answer.status();
    if json || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let allow = answer.headers().get(header::ALLOW).cloned();
    let detail = status.canonical_reason().unwrap_or("The request cannot be answered");
    let mut told = (status, Json(json!({ "detail": detail }))).into_response();
    if let Some(allow) = allow {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_machine_are_local() {
        let local = |origin: &'static str| is_local(&HeaderValue::from_static(origin));
        for origin in
            ["http://localhost:3333", "http://127.0.0.1", "http://[::1]:80", "https://localhost", "http://[::1]"]
        {
            assert!(local(origin), "{origin}");
        }
        for origin in
            ["null", "http://evil.example", "http://localhost.evil.example", "http://localhost:1@evil.example", ""]
        {
            assert!(!local(origin), "{origin}");
        }
    }
}
