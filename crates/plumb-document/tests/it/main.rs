//! Documents of every kind, whole and broken.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod anchors;
mod bad_input;
mod html;
mod language;
mod markdown;
mod office;
mod pdf;
mod support;
