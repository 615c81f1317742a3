//! Names through the public interface: tables of cases, properties, and what a reader may rely on.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it finds a fault")]

mod cases;
mod details;
mod properties;
