//! Record pages of a made-up case: one snapshot a kind of page, every link, order of headings, hostile text.

use std::collections::{BTreeMap, BTreeSet};

use plumb_account::Account;
use plumb_read::{Folder, read};

use crate::{Site, site};

macro_rules! case_files {
    ($($name:literal),+) => { [$(($name, include_str!(concat!("../../../tests/small-case/", $name)))),+] };
}

const FILES: [(&str, &str); 18] = case_files!(
    "account.md",
    "actors.csv",
    "answers.csv",
    "case.toml",
    "claims.csv",
    "defects.csv",
    "duties.csv",
    "events.csv",
    "indicators.csv",
    "links.csv",
    "measures.toml",
    "origins.csv",
    "places.csv",
    "rules.csv",
    "series.csv",
    "signs.csv",
    "sites.csv",
    "sources.csv"
);

/// The site of the small case, with something behind every free text.
pub(in crate::pages) fn small_site(behind: &str) -> Site {
    let escaped = |path: &str| match path.rsplit('.').next() {
        Some("csv") => behind.replace('"', "\"\""),
        _ => behind.replace('\\', "\\\\").replace('"', "\\\""),
    };
    let folder: Folder = FILES.iter().map(|(path, text)| (*path, text.replace('§', &escaped(path)))).collect();
    let reading = read(&folder);
    site(&Account::compile(reading.case, reading.diagnostics, None))
}

pub(in crate::pages) fn pages(site: &Site) -> BTreeMap<&str, String> {
    let pages = site.files.iter().filter(|(path, _)| path.strip_suffix(".html").is_some());
    pages.map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).unwrap())).collect()
}

/// What stands in `main`, a tag a line, so that a change shows where it is.
pub(in crate::pages) fn main_part(page: &str) -> String {
    let (_, rest) = page.split_once("<main").unwrap();
    let (main, _) = rest.split_once("</main>").unwrap();
    let (_, main) = main.split_once('>').unwrap();
    let mut lines = String::new();
    for line in main.replace("</", "\u{1}/").replace('<', "\n<").replace('\u{1}', "<").lines() {
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// Without the explanations of codes, which have their own tests.
fn without_explanations(main: &str) -> String {
    let mut parts = main.split("<details>\n<summary>What P");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("</details>").map_or("", |(_, rest)| rest));
    }
    kept
}

/// The values of an attribute in a page.
pub(in crate::pages) fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn each_kind_of_page() {
    let site = small_site("");
    let pages = pages(&site);
    for path in [
        "claims/c2.html",
        "claims/c3.html",
        "sources.html",
        "sources/gazeta.html",
        "origins/register.html",
        "actors.html",
        "actors/exrec.html",
        "actors/worker.html",
        "places.html",
        "places/RU-PRI.arlen.html",
        "places/RU.html",
        "sites.html",
        "sites/port.html",
        "links.html",
        "series.html",
        "rules.html",
        "indicators.html",
        "defects.html",
        "diagnostics.html",
        "search.html",
    ] {
        let name = path.trim_end_matches(".html").replace('/', "-");
        insta::assert_snapshot!(name, without_explanations(&main_part(&pages[path])));
    }
    insta::assert_snapshot!("search-data", String::from_utf8(site.files["search-data.js"].clone()).unwrap());
}

#[test]
fn every_link_leads_to_a_page_and_an_anchor_that_exist() {
    assert_links_lead_somewhere(&small_site(""));
}

/// Every address in every page leads to a file of the site and an anchor in it, and no anchor stands twice.
pub(in crate::pages) fn assert_links_lead_somewhere(site: &Site) {
    let pages = pages(site);
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, page)| (*path, values(page, "id").into_iter().collect())).collect();
    for (path, page) in &pages {
        let ids = values(page, "id");
        assert_eq!(ids.len(), anchors[path].len(), "{path} has an anchor twice: {ids:?}");
        for address in values(page, "href").into_iter().chain(values(page, "src")) {
            if address.contains("://") {
                continue;
            }
            let (target, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if target.is_empty() { (*path).to_owned() } else { resolved(path, target) };
            assert!(site.files.contains_key(&target), "{path} leads to {target}, which is not there");
            let found = anchor.is_empty() || anchors[target.as_str()].contains(anchor);
            assert!(found, "{path} leads to #{anchor} of {target}, which is not there");
        }
    }
}

/// A relative address as a path from the root.
fn resolved(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn headings_and_tables_are_in_order() {
    for (path, page) in pages(&small_site("")) {
        if OF_OTHERS.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        let levels: Vec<usize> = page.split("<h").skip(1).filter_map(|rest| rest.get(..1)?.parse().ok()).collect();
        assert_eq!(levels.first(), Some(&1), "{path}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
        let tables = page.matches("<table").count();
        assert_eq!(page.matches("<caption>").count(), tables, "{path}");
        assert_eq!(
            page.matches("<th").count(),
            page.matches(" scope=").count() + page.matches("<thead").count(),
            "{path}"
        );
    }
}

/// Pages of the other chapters of this crate, which have tests of their own.
const OF_OTHERS: [&str; 9] =
    ["index", "states/", "ledger", "measures/", "duties", "timeline", "contradictions", "method", "why/"];

#[test]
fn hostile_text_stays_text() {
    let hostile = "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>&\u{202e}\u{2066}\u{7}";
    let site = small_site(hostile);
    for (path, page) in pages(&site) {
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, if path == "search.html" { 2 } else { 0 }, "{path}");
        assert!(!page.contains("<img") && !page.contains("\"javascript:"), "{path}");
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{7}']), "{path}");
    }
    let data = String::from_utf8(site.files["search-data.js"].clone()).unwrap();
    assert!(data.contains("<script>") && !data.contains(['\u{202e}', '\u{2066}', '\u{7}']));
    let (_, rows) = data.split_once("\"rows\": [").unwrap();
    let rows = format!("[{}]", rows.trim_end().trim_end_matches("]};").trim_end().trim_end_matches(','));
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&rows).is_ok(), "each row is JSON");
}

#[test]
fn a_worker_who_was_harmed_has_no_fields_of_lists() {
    let site = small_site("");
    let page = &pages(&site)["actors/worker.html"];
    assert!(page.contains("No guard rail was there"));
    for word in ["Official list", "designat", "Part in the case", "remains to be checked"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn no_page_speaks_of_guilt() {
    for (path, page) in pages(&small_site("")) {
        let page = page.to_lowercase();
        for word in ["guilt", "criminal", "suspect", "perpetrator", "culprit"] {
            assert!(!page.contains(word), "{path}: {word}");
        }
    }
}
