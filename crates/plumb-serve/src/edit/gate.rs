//! What every request to decide passes before it is answered: our host, the token, and for a change a form of our own page.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use crate::guard::{Hosts, harden};
use crate::problem::Problem;

/// The longest form in bytes: fifteen fields of a claim, of which a note may be a page long.
const LONGEST_FORM: usize = 64 << 10;

/// One person decides; a browser sends six requests at once.
const MOST_AT_ONCE: usize = 16;

/// A decision reads the case three times, which takes well under a second; a page of a long document about as much.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// What the gate knows.
#[derive(Clone)]
pub(crate) struct Gate {
    hosts: Hosts,
    token: Arc<str>,
    seats: Arc<Semaphore>,
}

impl Gate {
    pub(crate) fn new(port: u16, token: String) -> Self {
        Self { hosts: Hosts::new(port), token: token.into(), seats: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }

    fn admits(&self, request: &Request) -> Result<(), Problem> {
        self.hosts.addressed(request)?;
        let mut parts = request.uri().path().split('/').skip(1);
        let (area, token) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if area == "edit" && !same(token, &self.token) {
            return Err(refused(StatusCode::FORBIDDEN, "token", "This address has not the right token."));
        }
        match *request.method() {
            Method::GET | Method::HEAD => Ok(()),
            Method::POST => is_own_form(request.headers()),
            _ => Err(refused(StatusCode::METHOD_NOT_ALLOWED, "method", "This method is not answered.")),
        }
    }
}

fn refused(status: StatusCode, code: &'static str, message: &str) -> Problem {
    Problem::new(status, code, message, "Open the address that `plumb serve --edit` printed, and decide on its pages.")
}

/// Whether two words are the same, in a time that does not tell where they differ.
fn same(one: &str, two: &str) -> bool {
    let differing = one.bytes().zip(two.bytes()).fold(0, |differing, (one, two)| black_box(differing | (one ^ two)));
    // only the length can be told, and that is no secret
    one.len() == two.len() && differing == 0
}

/// A change must come from a page of this server: `Origin` is this host, and a browser that says where the request comes from
/// says so too. No page of another site can send either.
fn is_own_form(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let origin = text(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    let same_site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let one_origin = headers.get_all(header::ORIGIN).iter().count() == 1;
    if one_origin && same_site && origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
        return Ok(());
    }
    Err(refused(StatusCode::FORBIDDEN, "origin", "This form does not come from a page of this server."))
}

/// Lets a request pass, or answers it.
pub(crate) async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let mut answer = match gate.admits(&request) {
        Err(problem) => problem.plain(),
        Ok(()) => answered(&gate, request, next).await.unwrap_or_else(|problem| problem.plain()),
    };
    let headers = answer.headers_mut();
    harden(headers);
    // under `no-referrer` browsers would send `Origin: null` with our own forms; other sites still learn nothing
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    // what is decided here is not kept where the next user of the machine finds it
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Answers in a task of its own, with the whole form read: a panic ends the task, not the server.
async fn answered(gate: &Gate, request: Request, next: Next) -> Result<Response, Problem> {
    let busy =
        |message: &str| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message, "Wait a moment and ask again.");
    let Ok(seat) = gate.seats.clone().try_acquire_owned() else { return Err(busy("Too many requests at once.")) };
    let mut task = tokio::spawn(async move {
        let (parts, body) = request.into_parts();
        let answer = match to_bytes(body, LONGEST_FORM).await {
            Ok(body) => Ok(next.run(Request::from_parts(parts, Body::from(body))).await),
            Err(_error) => Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "body", "The form is too long.")),
        };
        drop(seat);
        answer
    });
    match tokio::time::timeout(LONGEST_WAIT, &mut task).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_panic)) => Err(Problem::fault()),
        // what has begun to be written is finished: only nobody waits for it
        Err(_elapsed) => Err(busy("The answer took too long.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_is_the_token() {
        assert!(same("0123abcd", "0123abcd"));
        for other in ["", "0123abcc", "1123abcd", "0123abcd0", "0123abc"] {
            assert!(!same(other, "0123abcd"), "{other}");
        }
    }

    #[test]
    fn only_forms_of_our_own_pages_change_anything() {
        let headers = |origin: &'static str, site: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:4173"));
            let more = [(header::ORIGIN, origin), (header::HeaderName::from_static("sec-fetch-site"), site)];
            for (name, value) in more.into_iter().filter(|(_, value)| !value.is_empty()) {
                headers.insert(name, HeaderValue::from_static(value));
            }
            headers
        };
        assert!(is_own_form(&headers("http://localhost:4173", "same-origin")).is_ok());
        assert!(is_own_form(&headers("http://localhost:4173", "")).is_ok());
        let foreign = [
            ("", ""),
            ("null", ""),
            ("http://evil.example", ""),
            ("http://localhost:3000", ""),
            ("https://localhost:4173", ""),
            ("http://localhost:4173", "cross-site"),
        ];
        for (origin, site) in foreign {
            assert!(is_own_form(&headers(origin, site)).is_err(), "{origin} {site}");
        }
    }
}
