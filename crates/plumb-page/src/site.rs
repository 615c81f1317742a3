//! The site: every page of an account, by path.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread;

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
    maker.file(
        "style.css",
        format!("{}\n{}\n{}", include_str!("style.css"), crate::map::STYLE, crate::chart::network::STYLE),
    );
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

    /// Adds the page of each of many records, by as many threads as the machine has. The pages are the same whatever
    /// their number.
    pub(crate) fn pages<T: Sync>(
        &mut self,
        records: &[T],
        path: impl Fn(&T) -> String + Sync,
        make: impl Fn(Context<'_>, &T) -> Page + Sync,
    ) {
        let (account, lookup) = (self.account, self.lookup);
        let finished = |record: &T| {
            let path = path(record);
            let context = Context { account, path: &path, lookup };
            let mut page = frame(context, &make(context, record)).into_bytes();
            // tens of thousands of pages stay in memory until they are written
            page.shrink_to_fit();
            (path, page)
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = records.len().div_ceil(threads).max(1);
        let made: Vec<Vec<(String, Vec<u8>)>> = thread::scope(|scope| {
            let finished = &finished;
            let shares = records.chunks(share);
            let running: Vec<_> =
                shares.map(|share| scope.spawn(move || share.iter().map(finished).collect())).collect();
            running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        self.site.files.extend(made.into_iter().flatten());
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
