//! What goes wrong with a request to the API, in the shapes that yente's clients know.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// A status and what is wrong, in a sentence.
    Said(StatusCode, String),
    /// Values that do not have the form that they must have: 422, one entry a value.
    Invalid(Vec<Value>),
    /// The record was merged into the one at this address: 308.
    Moved(String),
    /// More is asked at once than can be answered: 503, to be asked again in a second.
    Busy(&'static str),
}

impl Fault {
    /// A request that cannot be understood: 400.
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::Said(StatusCode::BAD_REQUEST, detail.into())
    }

    /// What is asked for is not there: 404.
    pub(crate) fn missing(detail: &str) -> Self {
        Self::Said(StatusCode::NOT_FOUND, detail.to_owned())
    }

    /// A value of the wrong form. `place` leads to it, as `["query", "limit"]`.
    pub(crate) fn invalid(kind: &str, place: &[&str], message: &str, input: &Value) -> Value {
        json!({ "type": kind, "loc": place, "msg": message, "input": input })
    }

    /// The program is at fault. What exactly went wrong stays inside.
    pub(crate) fn own() -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "status": "error" }))).into_response()
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::Said(status, detail) => (status, Json(json!({ "detail": detail }))).into_response(),
            Self::Invalid(faults) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "detail": faults }))).into_response()
            }
            Self::Moved(address) => match HeaderValue::try_from(address) {
                Ok(address) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, address)]).into_response(),
                Err(_) => Self::own(),
            },
            Self::Busy(detail) => {
                let later = [(header::RETRY_AFTER, HeaderValue::from_static("1"))];
                (StatusCode::SERVICE_UNAVAILABLE, later, Json(json!({ "detail": detail }))).into_response()
            }
        }
    }
}
