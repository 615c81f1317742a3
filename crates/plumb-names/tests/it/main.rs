//! Names through the public interface: tables of cases, properties, and what a reader may rely on.

#![expect(clippy::indexing_slicing, reason = "a test stops where it finds a fault")]
#![expect(clippy::print_stdout, reason = "a table says how many of its cases came out as expected")]

mod cases;
mod details;
mod properties;
