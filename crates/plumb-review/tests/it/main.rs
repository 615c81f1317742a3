//! Reviews of whole texts against the first case, in one binary.

#![expect(clippy::unwrap_used, reason = "a test stops when its set-up fails")]

mod article;
mod context;
mod example;
mod support;
