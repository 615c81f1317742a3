//! The workbench and the API in process: every route, what protects them, search, and taking up changes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first thing that is wrong")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod docs;
mod edit;
mod guard;
mod reload;
mod routes;
mod screening;
mod search;
mod world;
