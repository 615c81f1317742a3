//! Lists read as they are published: the real ones, made-up ones of every format, and broken ones.

#![expect(clippy::unwrap_used, reason = "a test stops when its set-up fails")]

mod broken;
mod real;
mod samples;
mod scan;
mod support;
