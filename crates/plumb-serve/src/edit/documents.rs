//! The list of documents that were read.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::html;
use plumb_page::layout::{Page, frame};
use plumb_propose::{Log, Readout, State as Standing};

use super::desk::{Desks, aside};
use crate::problem::Problem;

/// Answers with the list.
pub(crate) async fn answer(State(desks): State<Desks>) -> Response {
    aside(move || page(&desks).map(|page| Html(page).into_response())).await
}

/// How many proposals are open, accepted and rejected.
fn counts(readout: &Readout, log: &Log) -> [usize; 3] {
    let mut counts = [0; 3];
    let [open, accepted, rejected] = &mut counts;
    for proposal in &readout.proposals {
        match log.state(&proposal.id) {
            Standing::Open => *open += 1,
            Standing::Accepted(_) => *accepted += 1,
            Standing::Rejected(_) => *rejected += 1,
        }
    }
    counts
}

fn page(desks: &Desks) -> Result<String, Problem> {
    let log = desks.log()?;
    let (records, damaged) = desks.editing.store.records().map_err(|_error| Problem::fault())?;
    let readouts = records.values().filter_map(|record| desks.editing.store.readout(&record.sha256).ok());
    let mut readouts: Vec<Readout> = readouts.collect();
    readouts.sort_by(|one, two| one.record.path.cmp(&two.record.path));
    let token = &desks.editing.token;
    let body = html! {
        link rel="stylesheet" href="/edit.css";
        h1 { "Documents" }
        p {
            "Nothing of these is part of the case before somebody accepts it. Read more with "
            code { "plumb read DOCUMENT… --case CASE" } "."
        }
        @if !damaged.is_empty() { p role="status" { (damaged.len()) " files of .proposals are damaged and left out." } }
        div.scroll { table {
            thead { tr { th { "Document" } th { "Kind" } th { "Open" } th { "Accepted" } th { "Rejected" } th { "Notes" } } }
            tbody {
                @for readout in &readouts {
                    @let [open, accepted, rejected] = counts(readout, &log);
                    tr {
                        td {
                            a href=(format!("/edit/{token}/{}", readout.record.sha256)) { bdi { (readout.record.path) } }
                            @if readout.record.replaced_by.is_some() { " (an earlier version)" }
                        }
                        td { (readout.record.kind) }
                        td { (open) } td { (accepted) } td { (rejected) } td { (readout.record.notes.len()) }
                    }
                }
            }
        } }
        @if readouts.is_empty() { p { "No document has been read yet." } }
    };
    let edition = desks.workbench.current();
    let path = format!("edit/{token}/index");
    Ok(frame(edition.context(&path), &Page { title: "Documents".to_owned(), body }))
}
