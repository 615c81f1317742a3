//! Deciding about proposed claims in the browser, for whoever has the token in the address.
//!
//! | address | answer |
//! | --- | --- |
//! | `GET /edit/TOKEN/` | the documents that were read |
//! | `GET /edit/TOKEN/SHA256` | a document: its text with the proposals marked, beside their cards |
//! | `POST /edit/TOKEN/SHA256` | says which source the document is |
//! | `POST /edit/TOKEN/SHA256/PROPOSAL` | accepts, rejects or undoes |
//! | `GET /edit.css` | how these pages look |

mod desk;
mod document;
mod documents;
mod gate;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use plumb_propose::disk::Store;

use crate::workbench::Workbench;
use desk::Desks;
use gate::{Gate, gate};

/// Who decides, about what, and what keeps others from it.
pub struct Editing {
    /// What was read and decided for the case that is served.
    pub store: Store,
    /// What the address must contain. It cannot be guessed when it has 128 random bits or more.
    pub token: String,
    /// Who decides; it is written beside each decision.
    pub who: String,
    /// Tells today, `YYYY-MM-DD`.
    pub today: Box<dyn Fn() -> String + Send + Sync>,
}

/// The routes for deciding, to be served beside the workbench of the same case, reached on `port` of the loopback addresses.
pub fn edit_router(editing: Editing, workbench: Workbench, port: u16) -> Router {
    let gate_state = Gate::new(port, editing.token.clone());
    let style = async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("edit.css"));
    Router::new()
        .route("/edit/{token}/", get(documents::answer))
        .route("/edit/{token}/{document}", get(document::answer).post(desk::source))
        .route("/edit/{token}/{document}/{proposal}", post(desk::decide))
        .route("/edit.css", get(style))
        .with_state(Desks::new(editing, workbench))
        // the gate has a limit of its own, which is smaller
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(gate_state, gate))
}
