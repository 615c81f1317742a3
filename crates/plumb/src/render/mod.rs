//! Diagnostics and derivations in the formats of the command line.

pub mod json;
pub mod sarif;
pub mod summary;
pub mod text;
pub mod tree;
