//! The first case and its reader, made once for all tests of this binary.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use plumb_account::Account;
use plumb_document::{Document, Limits};
use plumb_review::{Review, review, sentences};
use plumb_text::Reader;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn account() -> &'static Account {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        let reading = plumb_read::read(&plumb_read::Folder::from_disk(&root().join("cases/dprk-labour")));
        Account::compile(reading.case, reading.diagnostics, None)
    })
}

/// A text of a name, read and reviewed.
pub(crate) fn reviewed(text: &str, name: &str) -> (Document, Review) {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(|| Reader::for_case(&account().case).unwrap());
    let document = plumb_document::read(text.as_bytes(), name, &Limits::default()).unwrap();
    let found = review(account(), &document, &sentences(reader, &document));
    (document, found)
}

/// One line a statement: verdict, words, what it is about.
pub(crate) fn outline(review: &Review) -> String {
    let statements = review.statements.iter().map(|one| {
        format!("{} {} | {} | {}\n    {}\n", one.id, one.verdict.words(), one.anchor.exact, one.about.words, one.why)
    });
    let tensions = review.tensions.iter().map(|one| format!("{}: {}\n", one.statements.join(" + "), one.words));
    statements.chain(tensions).collect()
}
