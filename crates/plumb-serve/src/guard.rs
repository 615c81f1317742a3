//! What every request passes before and after it is answered.
//!
//! Any web page that is open in a browser can send requests to this machine. So the host must be this server (a page that binds
//! its own name to 127.0.0.1 is refused), nothing can be changed, answers forbid being framed or read by other sites, and no
//! request may be large, slow or fatal.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use crate::problem::Problem;
use crate::workbench::Workbench;

/// What a page may do: load styles, pictures and scripts of this server, send forms to it, and ask it for news; nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The longest address in bytes. The longest honest one is a search for 200 letters of three bytes, each written as `%E2`.
const LONGEST_ADDRESS: usize = 4096;

/// So many requests are answered at once; a browser sends six.
const MOST_AT_ONCE: usize = 64;

/// An answer takes milliseconds; ten seconds mean that something is wrong.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What the guard knows.
#[derive(Clone)]
pub(crate) struct Guard {
    workbench: Workbench,
    hosts: Hosts,
    seats: Arc<Semaphore>,
}

/// The names by which this server may be asked.
#[derive(Clone)]
pub(crate) struct Hosts(Arc<[String]>);

impl Guard {
    /// A guard for a server on this port of the loopback addresses.
    pub(crate) fn new(workbench: Workbench, port: u16) -> Self {
        Self { workbench, hosts: Hosts::new(port), seats: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }
}

/// Lets a request pass, or answers it.
pub(crate) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let head = request.method() == Method::HEAD;
    let answer = match (guard.hosts.addressed(&request), admitted(&request)) {
        (Err(problem), _) => problem.plain(),
        (_, Err(problem)) => problem.respond(&path, &guard.workbench),
        (Ok(()), Ok(())) => match answered(&guard, request, next).await {
            Ok(answer) => answer,
            Err(problem) => problem.respond(&path, &guard.workbench),
        },
    };
    let mut answer = if head { without_body(answer) } else { answer };
    if answer.status() == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    harden(answer.headers_mut());
    answer
}

impl Hosts {
    /// Those of a server on this port of the loopback addresses.
    pub(crate) fn new(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Self(hosts.into())
    }

    fn is_ours(&self, host: &str) -> bool {
        self.0.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Whether a request is meant for this server: one `Host`, and it is ours, as is the host of an absolute address.
    pub(crate) fn addressed(&self, request: &Request) -> Result<(), Problem> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let absolute = request.uri().authority().map(|authority| authority.as_str());
        let ours = host.is_some_and(|host| self.is_ours(host)) && absolute.is_none_or(|host| self.is_ours(host));
        if ours && hosts.next().is_none() {
            return Ok(());
        }
        let (status, hint) = (StatusCode::MISDIRECTED_REQUEST, "Open it by the address that `plumb serve` printed.");
        Err(Problem::new(status, "wrong-host", "This is not the server that was asked for.", hint))
    }
}

/// Whether a request is of a kind that is answered at all.
fn admitted(request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0");
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let hint = "The workbench can be read, not changed: use GET or HEAD.";
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "This method is not answered.", hint));
    }
    if length || headers.contains_key(header::TRANSFER_ENCODING) {
        let hint = "Send the request without a body.";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body", "No request has a body here.", hint));
    }
    if request.uri().to_string().len() > LONGEST_ADDRESS {
        let hint = format!("Shorten the address to {LONGEST_ADDRESS} bytes.");
        return Err(Problem::new(StatusCode::URI_TOO_LONG, "address", "The address is too long.", hint));
    }
    Ok(())
}

/// Answers in a task of its own: a panic ends the task, not the server.
async fn answered(guard: &Guard, request: Request, next: Next) -> Result<Response, Problem> {
    let busy = |code, message: &str| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, message, "Wait a moment and ask again.")
    };
    let Ok(seat) = guard.seats.clone().try_acquire_owned() else {
        return Err(busy("busy", "Too many requests at once."));
    };
    let mut task = tokio::spawn(async move {
        let answer = next.run(request).await;
        drop(seat);
        answer
    });
    match tokio::time::timeout(LONGEST_WAIT, &mut task).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_panic)) => Err(Problem::fault()),
        Err(_elapsed) => {
            task.abort();
            Err(busy("slow", "The answer took too long."))
        }
    }
}

/// The answer to HEAD: everything but the body, its length included.
fn without_body(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    if let Some(length) = body.size_hint().exact().filter(|_| parts.status != StatusCode::NOT_MODIFIED) {
        parts.headers.entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}

/// Adds what keeps browsers from misusing an answer.
pub(crate) fn harden(headers: &mut HeaderMap) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use plumb_account::Account;
    use plumb_core::case::Case;
    use tower::ServiceExt;

    use super::*;

    /// What a guarded handler makes of a request.
    async fn guarded(handler: Router, address: &str) -> StatusCode {
        let workbench = Workbench::new(Account::compile(Case::default(), Vec::new(), None)).unwrap();
        let router = handler.layer(from_fn_with_state(Guard::new(workbench, 80), guard));
        let request = Request::get(address).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status()
    }

    async fn faulty() -> StatusCode {
        panic!("a fault of the program")
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_not_the_end() {
        let router = || Router::new().route("/faulty", get(faulty)).route("/api/faulty", get(faulty));
        assert_eq!(guarded(router(), "/faulty").await, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(guarded(router(), "/api/faulty").await, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(guarded(router(), "/else").await, StatusCode::NOT_FOUND);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_takes_too_long_is_given_up() {
        let router = Router::new().route("/slow", get(std::future::pending::<StatusCode>));
        assert_eq!(guarded(router, "/slow").await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
