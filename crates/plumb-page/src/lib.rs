//! Findings as pages: HTML and SVG that open from disk, need no script and make no request.
//!
//! [`site`] turns an account into files. A page is made by a pure function from the account; [`layout`] gives all of them one
//! frame and the links that all make alike, [`words`] the fixed words and signs, [`table`] tables, [`link`] addresses,
//! [`chart`] and [`map`] drawings. Text from the case is escaped by `maud`; the classes stand at the head of `style.css`.

pub mod chart;
mod language;
pub mod layout;
pub mod link;
pub mod map;
mod pages;
pub mod prose;
pub mod review;
pub mod screening;
mod site;
pub mod table;
pub mod words;

pub use site::{Site, site};

/// The statements of wages owed of an account as one document that stands alone and can be attached to a claim.
pub fn owed_document(account: &plumb_account::Account) -> String {
    pages::owed_document(account)
}

/// The estimates of an account as one drawing that stands alone, in SVG; `None` for a case without a model.
pub fn estimates_drawing(account: &plumb_account::Account) -> Option<String> {
    account.estimates().map(|estimates| chart::weighed::file(account, estimates))
}
