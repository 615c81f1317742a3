//! The site: every page of an account, by path.

use std::collections::BTreeMap;

use plumb_account::Account;

/// The files of a site by path from its root.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Path and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// All pages of an account. The same account gives the same bytes.
pub fn site(account: &Account) -> Site {
    let mut site = Site::default();
    crate::pages::add_all(account, &mut site);
    site
}
