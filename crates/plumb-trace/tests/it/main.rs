//! Known answers worked by hand, properties on random graphs, hostile files.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops when its set-up fails")]

mod files;
mod ownership;
mod paths;
