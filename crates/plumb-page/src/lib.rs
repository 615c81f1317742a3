//! Findings as pages: HTML and SVG that open from disk, need no script and make no request.
//!
//! [`site`] turns an account into files. A page is made by a pure function from the account; [`layout`] gives all of them one
//! frame, [`link`] their addresses, [`chart`] and [`map`] their drawings. Text from the case is escaped by `maud`.

pub mod chart;
pub mod layout;
pub mod link;
pub mod map;
mod pages;
pub mod prose;
mod site;

pub use site::{Site, site};
