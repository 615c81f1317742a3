//! Reads a case folder: tables, settings, measures, prose and the copies of documents, into the records of
//! [`plumb_core::case::Case`], with diagnostics that point at the words at fault.
//!
//! [`read`] never fails as a whole. A cell that cannot be read is left empty when its column is optional; a row without
//! a cell that it needs is left out; both are reported, and the rest goes on. The tables are defined once, in
//! `data/tables.toml`: the reader validates against it, [`case_format_markdown`] writes `docs/case-format.md` from it,
//! and [`new_case`] makes a small case of it.

mod cells;
mod cited;
mod context;
mod dates;
mod disk;
mod docs;
mod evidence;
mod files;
mod folder;
mod ftm_lines;
mod header;
mod known;
mod links;
mod measures;
mod model;
mod numbers;
mod places;
mod prose;
mod quantities;
mod reading;
mod row;
mod schema;
mod settings;
mod shape;
mod spec;
mod table;
mod tables;
mod template;
mod text;
mod tokenize;
mod toml_view;

pub use docs::case_format_markdown;
pub use folder::Folder;
pub use reading::{Reading, read};
pub use template::{example_table, new_case};
