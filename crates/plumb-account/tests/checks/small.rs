//! Small cases in memory, and the diagnostics that their accounts have.

use plumb_account::Account;
use plumb_core::case::Case;
use plumb_core::codes::Code;
use plumb_core::diagnostic::{Diagnostic, Label, Severity};
use plumb_read::{Folder, read};

/// Header of the claims that tests write: short, since most tables of a test are rows of claims.
pub(crate) const CLAIMS: &str =
    "id,measure,place,period,qualifier,low,best,high,unit,population,said_by,origin,source,status\n";

/// Settings, measures, sources and origins that every small case has.
const BASE: [(&str, &str); 4] = [
    (
        "case.toml",
        "[case]\nid = \"small\"\ntitle = \"Small\"\nquestion = \"?\"\nas_of = \"2026-11-24\"\nlanguage = \"en\"\n",
    ),
    ("measures.toml", include_str!("measures.toml")),
    (
        "sources.csv",
        "id,publisher,url\ns1,One,https://example.org/1\ns2,Two,https://example.org/2\ns3,Three,https://example.org/3\ns4,Four,\n",
    ),
    ("origins.csv", "id,name,date\no1,First,2013\no2,Second,2017\no3,Third,2019\n"),
];

/// The account of the base with some files in place of its own or beside them.
pub(crate) fn account(files: &[(&str, &str)]) -> Account {
    let base = BASE.iter().filter(|(name, _)| files.iter().all(|(own, _)| own != name));
    let folder: Folder = base.chain(files).copied().collect();
    let reading = read(&folder);
    let broken = reading.diagnostics.iter().find(|found| found.severity == Severity::Error);
    assert!(broken.is_none(), "the fixture itself cannot be read: {broken:?}");
    Account::compile(reading.case, reading.diagnostics, None)
}

/// The diagnostics of one code.
pub(crate) fn found(account: &Account, code: Code) -> Vec<&Diagnostic> {
    account.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).collect()
}

/// The words that a label points at.
pub(crate) fn words(case: &Case, label: &Label) -> String {
    let at = &label.location;
    let line = case.files.get(&at.file).and_then(|text| text.lines().nth(at.line.saturating_sub(1) as usize));
    line.unwrap_or_default().chars().skip(at.column.saturating_sub(1) as usize).take(at.length as usize).collect()
}

/// Every diagnostic of a code in one line: the words that its labels point at, `<-`, the ids of its rows.
pub(crate) fn summary(account: &Account, code: Code) -> Vec<String> {
    let line = |diagnostic: &&Diagnostic| {
        let labels: Vec<String> = diagnostic.labels.iter().map(|label| words(&account.case, label)).collect();
        let rows: Vec<&str> = diagnostic.rows.iter().map(|row| row.id.as_str()).collect();
        format!("{} <- {}", labels.join(" "), rows.join(" "))
    };
    found(account, code).iter().map(line).collect()
}

/// A case of a table of tests: why, the files beside the base, the expected [`summary`].
pub(crate) struct Row {
    /// What it shows.
    pub(crate) why: &'static str,
    /// Its claims without header.
    pub(crate) claims: &'static str,
    /// What is expected to be found.
    pub(crate) expected: &'static [&'static str],
}

/// Runs a table of claims against one code.
pub(crate) fn claims(code: Code, rows: &[Row]) {
    for Row { why, claims, expected } in rows {
        let account = account(&[("claims.csv", &format!("{CLAIMS}{claims}"))]);
        assert_eq!(summary(&account, code), *expected, "{code}: {why}");
        for diagnostic in found(&account, code) {
            assert!(!diagnostic.help.is_empty() && !diagnostic.message.is_empty(), "{code}: {why}: no help");
            assert!(
                diagnostic.labels.iter().all(|label| !label.text.is_empty()),
                "{code}: {why}: a label says nothing"
            );
        }
    }
}
