//! The workbench in process: every route, what protects it, search, and taking up changes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first thing that is wrong")]

mod docs;
mod guard;
mod reload;
mod routes;
mod search;
mod world;
