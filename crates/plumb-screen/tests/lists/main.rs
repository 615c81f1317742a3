//! Lists read as they are published: the real ones, made-up ones of every format, and broken ones.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod real;
mod support;
