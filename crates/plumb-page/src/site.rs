//! The site: every page of an account, by path.

use std::collections::BTreeMap;

use plumb_account::Account;

use crate::layout::{Context, Lookup, Page, frame};

/// The files of a site by path from its root.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Path and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// All pages of an account. The same account gives the same bytes.
pub fn site(account: &Account) -> Site {
    let lookup = Lookup::of(account);
    let mut maker = Maker { account, lookup: &lookup, site: Site::default() };
    maker.file("style.css", format!("{}\n{}", include_str!("style.css"), crate::map::STYLE));
    crate::pages::add_all(&mut maker);
    maker.site
}

/// Makes the pages of an account one after the other.
pub(crate) struct Maker<'a> {
    /// The account.
    pub(crate) account: &'a Account,
    lookup: &'a Lookup,
    site: Site,
}

impl<'a> Maker<'a> {
    /// Adds the page of a path; `make` is given the context of that path.
    pub(crate) fn page(&mut self, path: &str, make: impl FnOnce(Context<'_>) -> Page) {
        let context = Context { account: self.account, path, lookup: self.lookup };
        let page = frame(context, &make(context));
        self.file(path, page);
    }

    /// Adds a file that is no page.
    pub(crate) fn file(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.site.files.insert(path.to_owned(), text.into());
    }

    /// The account, for as long as it lives.
    pub(crate) fn account(&self) -> &'a Account {
        self.account
    }
}
