//! Documents of every kind, whole and broken.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod anchors;
mod html;
mod markdown;
mod support;
