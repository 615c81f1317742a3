//! Diagnostics and derivations in the formats of the command line.

pub(crate) mod compare;
mod compare_json;
pub(crate) mod course;
pub(crate) mod estimates;
pub(crate) mod indicators;
pub(crate) mod json;
pub(crate) mod lists;
pub(crate) mod owed;
pub(crate) mod panel;
pub(crate) mod read;
pub(crate) mod review;
pub(crate) mod sarif;
pub(crate) mod screen;
pub(crate) mod spreadsheet;
pub(crate) mod summary;
pub(crate) mod text;
pub(crate) mod trace;
pub(crate) mod tree;
