//! The pages, one file a topic.

use plumb_account::Account;

use crate::Site;

mod core;
mod records;

/// Adds every page of the account to the site.
pub(crate) fn add_all(account: &Account, site: &mut Site) {
    core::add(account, site);
    records::add(account, site);
}
