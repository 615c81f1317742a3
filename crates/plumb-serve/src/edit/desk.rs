//! Decisions that come as forms: carried out under the lock of the store, then the page again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use plumb_propose::disk::StoreError;
use plumb_propose::{Change, Citation, Desk, Draft, Kind, Log, Readout, SourceDetails};

use super::Editing;
use super::document::{self, Said};
use crate::problem::Problem;
use crate::workbench::Workbench;

/// What the handlers share. Clones are handles to the same desks.
#[derive(Clone)]
pub(crate) struct Desks {
    pub(crate) editing: Arc<Editing>,
    pub(crate) workbench: Workbench,
    /// How documents are to be cited that are no source of the case yet, as said on their pages since the server started.
    citations: Arc<Mutex<BTreeMap<String, Citation>>>,
}

/// The cells of a form.
type Form = BTreeMap<String, String>;

impl Desks {
    pub(crate) fn new(editing: Editing, workbench: Workbench) -> Self {
        Self { editing: Arc::new(editing), workbench, citations: Arc::default() }
    }

    /// The document of an address. Only names of readouts are looked up, so no address leads to another file.
    pub(crate) fn readout(&self, sha256: &str) -> Result<Readout, Problem> {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let found = is_hash.then(|| self.editing.store.readout(sha256).ok()).flatten();
        found.ok_or_else(|| {
            let hint = "Read it with `plumb read`, or choose another in the list of documents.";
            Problem::new(StatusCode::NOT_FOUND, "document", "No document of this name has been read.", hint)
        })
    }

    pub(crate) fn log(&self) -> Result<Log, Problem> {
        self.editing.store.log().map(|(log, _)| log).map_err(|error| unwritten(&error))
    }

    /// How a document is to be cited, as far as that is known.
    pub(crate) fn citation(&self, readout: &Readout, log: &Log) -> Option<Citation> {
        let edition = self.workbench.current();
        let known = Citation::known(&edition.account().case, log, &readout.record);
        known.or_else(|| self.said(&readout.record.sha256))
    }

    fn said(&self, sha256: &str) -> Option<Citation> {
        self.citations.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned()
    }

    /// Makes a change as a form asks for it.
    fn change(&self, readout: &Readout, id: &str, form: &Form) -> Result<(), Said> {
        let said = |message: String, draft: Option<Draft>| Said { proposal: id.to_owned(), message, draft };
        let store = &self.editing.store;
        let broken = |error: StoreError| said(error.to_string(), None);
        let held = store.lock().map_err(broken)?;
        let (files, log) = (store.files(), store.log().map_err(broken)?.0);
        let day = (self.editing.today)();
        let desk = Desk { files: &files, log: &log, day: &day, who: &self.editing.who };
        let proposal = readout.proposal(id).ok_or_else(|| said("there is no such proposal".to_owned(), None))?;
        let change: Result<Change, Said> = match form.get("do").map(String::as_str) {
            Some("accept") => {
                let draft = corrected(proposal.kind, &proposal.draft, form);
                let case = plumb_read::read(&files).case;
                let citation = Citation::known(&case, &log, &readout.record);
                let citation = citation.or_else(|| self.said(&readout.record.sha256));
                let citation = citation.unwrap_or_else(|| Citation::New(SourceDetails::default()));
                let accepted = desk.accept(&readout.record, proposal, &draft, &citation);
                accepted.map_err(|refusal| said(refusal.to_string(), Some(draft)))
            }
            Some("reject") => desk.reject(&readout.record, proposal).map_err(|refusal| said(refusal.to_string(), None)),
            Some("undo") => desk.undo(id).map_err(|refusal| said(refusal.to_string(), None)),
            _ => Err(said("the form does not say what to do".to_owned(), None)),
        };
        store.carry_out(&change?, &held).map_err(broken)
    }
}

/// The draft with the cells of the form in place of its own.
fn corrected(kind: Kind, proposed: &Draft, form: &Form) -> Draft {
    let mut draft = proposed.clone();
    for field in kind.fields() {
        if let Some(value) = form.get(*field) {
            // each is one of the fields
            let _known = draft.set(kind, field, value);
        }
    }
    draft
}

fn read_form(body: &Bytes) -> Form {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn unwritten(error: &StoreError) -> Problem {
    let hint = "Look at the folder .proposals of the case.";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error.to_string(), hint)
}

/// Does something with files outside the threads that answer requests.
pub(crate) async fn aside(work: impl FnOnce() -> Result<Response, Problem> + Send + 'static) -> Response {
    let done = tokio::task::spawn_blocking(work).await.unwrap_or_else(|_panic| Err(Problem::fault()));
    done.unwrap_or_else(|problem| problem.plain())
}

/// To a page, after a change: reloading it changes nothing again.
fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}

/// Accepts, rejects or undoes.
pub(crate) async fn decide(
    State(desks): State<Desks>,
    Path((token, sha256, proposal)): Path<(String, String, String)>,
    body: Bytes,
) -> Response {
    aside(move || {
        let readout = desks.readout(&sha256)?;
        match desks.change(&readout, &proposal, &read_form(&body)) {
            Ok(()) => Ok(see(&format!("/edit/{token}/{sha256}#p-{proposal}"))),
            Err(said) => {
                let page = document::page(&desks, &readout, Some(&said))?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    })
    .await
}

/// Says which source a document is: one of the case by its id, or a new one by its publisher.
pub(crate) async fn source(
    State(desks): State<Desks>,
    Path((token, sha256)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    aside(move || {
        let readout = desks.readout(&sha256)?;
        let form = read_form(&body);
        let cell = |name: &str| form.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        let citation = match cell("source") {
            id if !id.is_empty() => Citation::Known(id),
            _ => Citation::New(SourceDetails {
                publisher: cell("publisher"),
                title: cell("title"),
                date: cell("date"),
                url: cell("url"),
                kind: cell("kind"),
            }),
        };
        desks.citations.lock().unwrap_or_else(PoisonError::into_inner).insert(readout.record.sha256, citation);
        Ok(see(&format!("/edit/{token}/{sha256}")))
    })
    .await
}
