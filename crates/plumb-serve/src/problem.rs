//! What goes wrong with a request, as one shape of JSON for programs and as a page for readers.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::pages;
use crate::workbench::Workbench;

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Status of the response.
    pub(crate) status: StatusCode,
    /// A word for programs.
    pub(crate) code: &'static str,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: String,
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    status: u16,
    code: &'a str,
    message: &'a str,
    hint: &'a str,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { status, code, message: message.into(), hint: hint.into() }
    }

    /// Nothing has this address.
    pub(crate) fn not_found() -> Self {
        let hint = "Look in the table of contents on the front page, or search.";
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such page in this account.", hint)
    }

    /// The program is at fault. What exactly went wrong stays inside.
    pub(crate) fn fault() -> Self {
        let hint = "Please report what you asked for; the workbench goes on.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "The workbench could not answer this request.", hint)
    }

    /// A response in the shape that the path calls for: JSON under `/api` and for `/healthz`, else a page.
    pub(crate) fn respond(&self, path: &str, workbench: &Workbench) -> Response {
        if path.starts_with("/api") || path == "/healthz" {
            return self.json();
        }
        let page = pages::problem(&workbench.current(), path.trim_start_matches('/'), self);
        (self.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    }

    /// The problem as JSON.
    pub(crate) fn json(&self) -> Response {
        let (message, hint) = (&self.message, &self.hint);
        let error = Body { status: self.status.as_u16(), code: self.code, message, hint };
        (self.status, Json(Envelope { error })).into_response()
    }

    /// The problem in one line, for whoever must not see anything of the account.
    pub(crate) fn plain(&self) -> Response {
        let text = format!("{} {}\n", self.message, self.hint);
        (self.status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
    }
}
