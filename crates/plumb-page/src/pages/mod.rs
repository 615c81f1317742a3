//! The pages, one file a topic.

use crate::site::Maker;

mod core;
mod records;

/// Adds every page of the account to the site.
pub(crate) fn add_all(maker: &mut Maker<'_>) {
    core::add(maker);
    records::add(maker);
}
