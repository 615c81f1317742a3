//! The account over HTTP on loopback: the same pages as on disk, fresh after each change of the case, with full-text search.
//!
//! A [`Workbench`] holds the current edition of an account; [`router`] answers requests from it and can be tested without a
//! socket; [`serve`] binds a port, watches the case and puts each new edition in place of the last. Only the machine itself can
//! reach it, every request names this server as its host, and no request can stop it.
//!
//! [`edit_router`] lets whoever has its token decide about proposed claims; without it nothing can be changed.
//!
//! [`screening_router`] answers yente's API over official lists, and over the actors of a case when one is served.

mod api;
mod connections;
mod edit;
mod edition;
mod guard;
mod pages;
mod passage;
mod problem;
mod query;
mod rest;
mod routes;
mod screening;
mod search;
mod serve;
mod watch;
mod workbench;

pub use edit::{Editing, edit_router};
pub use edition::{Edition, EditionError, File};
pub use guard::CONTENT_SECURITY_POLICY;
pub use passage::Piece;
pub use routes::router;
pub use screening::{Dataset, ScorerError, Screening, WARNING, screening_router};
pub use search::{Findings, Found, Index};
pub use serve::{Event, Options, ServeError, Served, run, serve};
pub use watch::{Source, fingerprint};
pub use workbench::Workbench;
