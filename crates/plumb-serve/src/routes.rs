//! Which request gets which answer.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::edition::File;
use crate::guard::{Guard, guard};
use crate::problem::Problem;
use crate::search::Findings;
use crate::workbench::Workbench;
use crate::{api, pages};

/// The routes of a workbench that is reached on `port` of the loopback addresses.
///
/// | address | answer |
/// | --- | --- |
/// | `/`, `/claims/c062.html` … | the pages of the site |
/// | `/search?q=`, `/search.html?q=` | what a search found, as a page |
/// | `/api/search?q=` | the same as JSON |
/// | `/api/account.json` | the whole account as JSON |
/// | `/api/why?key=` | the derivation of a figure as JSON |
/// | `/api/version` | which account this is, and whether a newer one failed |
/// | `/healthz` | whether the server answers |
pub fn router(workbench: Workbench, port: u16) -> Router {
    let gate = Guard::new(workbench.clone(), port);
    Router::new()
        .route("/search", get(search))
        .route("/search.html", get(search_or_index))
        .route("/api/search", get(api::search))
        .route("/api/account.json", get(api::account))
        .route("/api/why", get(api::why))
        .route("/api/version", get(api::version))
        .route("/healthz", get(api::health))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(page)
        .with_state(workbench)
        .layer(from_fn_with_state(gate, guard))
}

/// The query of a search.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(crate) q: String,
}

/// The query as it was asked, or what is wrong with it.
pub(crate) fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    query.map(|Query(query)| query).map_err(|error| {
        let hint = "Write ?q=WORDS, each parameter once, other signs as %XX of UTF-8.";
        Problem::new(StatusCode::BAD_REQUEST, "query", format!("The query cannot be read: {error}."), hint)
    })
}

/// Looks in the index of the current edition, outside the threads that answer requests.
pub(crate) async fn look(workbench: &Workbench, query: String) -> Result<Findings, Problem> {
    let edition = workbench.current();
    let task = tokio::task::spawn_blocking(move || edition.index().find(&query));
    task.await.map_err(|_panic| Problem::fault())?.map_err(|_refused| Problem::fault())
}

async fn search(State(workbench): State<Workbench>, uri: Uri, query: Result<Query<Asked>, QueryRejection>) -> Response {
    let found = async {
        let query = asked(query)?.q;
        let findings = look(&workbench, query.clone()).await?;
        Ok::<_, Problem>(pages::search(&workbench.current(), &query, &findings))
    };
    match found.await {
        Ok(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(problem) => problem.respond(uri.path(), &workbench),
    }
}

/// The search page of the site is an index that also works from disk; a query turns it into results.
async fn search_or_index(
    workbench: State<Workbench>,
    uri: Uri,
    headers: HeaderMap,
    query: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let index = workbench.current().file(pages::SEARCH).is_some();
    let empty = query.as_ref().is_ok_and(|query| query.q.trim().is_empty());
    if index && empty { page(workbench, uri, headers).await } else { search(workbench, uri, query).await }
}

/// A page of the site. Paths are looked up among those of the site, so no path can lead anywhere else.
async fn page(State(workbench): State<Workbench>, uri: Uri, headers: HeaderMap) -> Response {
    let edition = workbench.current();
    let path = decoded(uri.path().trim_start_matches('/'));
    match path.as_deref().and_then(|path| edition.file(path)) {
        Some(file) => unless_known(file, &headers),
        None => Problem::not_found().respond(uri.path(), &workbench),
    }
}

/// The file, or word that the reader has it already.
pub(crate) fn unless_known(file: &File, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| {
        tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == file.tag || tag.trim() == "*")
    });
    let tag = [(header::ETAG, file.tag.clone())];
    if known {
        return (StatusCode::NOT_MODIFIED, tag).into_response();
    }
    (tag, [(header::CONTENT_TYPE, file.media_type)], file.bytes.clone()).into_response()
}

/// A path with its `%XX` read; `None` when it is not UTF-8 then, or a `%` stands alone.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let digit = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_strictly() {
        assert_eq!(decoded("a%20b.html").as_deref(), Some("a b.html"));
        assert_eq!(decoded("%EC%A1%B0").as_deref(), Some("조"));
        assert_eq!(decoded("%252e").as_deref(), Some("%2e"));
        assert!(["%", "%4", "%zz", "%FF"].iter().all(|path| decoded(path).is_none()));
    }
}
