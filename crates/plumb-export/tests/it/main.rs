//! The exports of the real case, of a case full of hostile words, and of an empty one.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

mod csv;
mod ftm;
mod json;
mod sqlite;
mod world;
