//! The pages, one file a topic.

use crate::site::Maker;
pub(crate) use estimates::flow_parts;

mod core;
mod estimates;
mod owed;
mod records;
mod trace;

pub(crate) use owed::document as owed_document;

/// Adds every page of the account to the site.
pub(crate) fn add_all(maker: &mut Maker<'_>) {
    core::add(maker);
    owed::add(maker);
    estimates::add(maker);
    records::add(maker);
    trace::add(maker);
}
