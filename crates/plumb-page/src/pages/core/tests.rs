//! The pages that answer the question, for the made-up case of the crate: one snapshot a kind, headings, drawings, sameness.

use std::collections::BTreeSet;
use std::path::Path;

use plumb_account::Account;
use plumb_read::{Folder, read};

use crate::pages::records::tests::{assert_links_lead_somewhere, main_part, pages, values};
use crate::{Site, site};

/// The account of the made-up case of this chapter.
fn answer_account() -> Account {
    let folder = Folder::from_disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answer-case"));
    let reading = read(&folder);
    Account::compile(reading.case, reading.diagnostics, None)
}

fn answer_site() -> Site {
    site(&answer_account())
}

/// Classes that have no look of their own: they name what an element is.
const PLAIN: [&str; 7] = ["behind", "unknown", "weak", "verify", "repeated", "derived", "superseded"];

/// The pages of this chapter by the beginning of their path.
const OWN: [&str; 8] = ["index", "ledger", "measures/", "duties", "timeline", "contradictions", "method", "why/"];

#[test]
fn each_kind_of_page() {
    let account = answer_account();
    let site = site(&account);
    let pages = pages(&site);
    for path in [
        "index.html",
        "ledger.html",
        "measures/workers.html",
        "measures/revenue.html",
        "measures/trade.html",
        "contradictions.html",
        "duties.html",
        "duties/home.html",
        "timeline.html",
        "method.html",
        "why/range+workers+WORLD+2020.html",
        "why/sum+w2+w5.html",
    ] {
        let name = path.trim_end_matches(".html").replace('/', "-");
        // both change with every version
        let main = main_part(&pages[path]).replace(&account.hash, "HASH").replace(&account.hash[..16], "HASH");
        insta::assert_snapshot!(name, main.replace(account.version, "VERSION"));
    }
}

#[test]
fn the_same_account_gives_the_same_bytes() {
    assert!(answer_site().files == answer_site().files);
}

#[test]
fn headings_come_in_order_and_tables_have_names() {
    for (path, page) in pages(&answer_site()) {
        if !OWN.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        let levels: Vec<usize> = page.split("<h").skip(1).filter_map(|rest| rest.get(..1)?.parse().ok()).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
        assert_eq!(page.matches("<caption").count(), page.matches("<table").count(), "{path}");
        let heads = page.matches("<th ").count() + page.matches("<th>").count();
        assert_eq!(heads, page.matches(" scope=").count(), "{path}");
    }
}

#[test]
fn pages_obey_a_strict_policy() {
    for (path, page) in pages(&answer_site()) {
        assert!(!page.contains(" style=") && !page.contains("<style"), "{path} has styles of its own");
        assert!(!page.contains(" onclick=") && !page.contains(" onload="), "{path} has scripts in attributes");
        for address in values(&page, "src") {
            assert!(!address.contains("//"), "{path} would load {address}");
        }
    }
}

#[test]
fn classes_stand_in_the_style_sheet() {
    let site = answer_site();
    let style = String::from_utf8(site.files["style.css"].clone()).unwrap();
    let mut unknown = BTreeSet::new();
    for page in pages(&site).values() {
        for class in values(page, "class").into_iter().flat_map(str::split_whitespace) {
            if !style.contains(&format!(".{class}")) && !PLAIN.contains(&class) {
                unknown.insert(class.to_owned());
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn prose_is_linked_and_its_html_is_text() {
    let site = answer_site();
    let pages = pages(&site);
    let front = &pages["index.html"];
    assert!(front.contains("&lt;b&gt;No penalty&lt;/b&gt;"), "raw HTML is text");
    assert!(!front.contains("javascript:"), "no link leads to a script");
    assert!(front.contains("<em>the Herald</em>"), "Markdown is set");
    assert!(front.contains("<a href=\"duties/home.html\"><bdi>Paragraph four</bdi></a>"), "names are links");
    assert!(
        front.contains("<a class=\"figure\" href=\"why/sum+w2+w5.html\">12,511</a>"),
        "figures lead to their reason"
    );
    assert!(front.contains("<span class=\"broken\""), "what leads nowhere is marked");
}

#[test]
fn hostile_text_in_prose_and_claims_stays_text() {
    let mut folder = Folder::from_disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answer-case"));
    for file in folder.files.values_mut() {
        let text = String::from_utf8(file.clone()).unwrap();
        *file = text
            .replace("Herald", "<script>alert('1')</script>&\u{202e}<img src=x onerror=alert(1)>\u{7}")
            .into_bytes();
    }
    let reading = read(&folder);
    let site = site(&Account::compile(reading.case, reading.diagnostics, None));
    let pages = pages(&site);
    for (path, page) in &pages {
        let own = if *path == "search.html" { 2 } else { 0 };
        assert_eq!(page.matches("<script").count(), own, "{path}");
        assert!(!page.contains("<img") && !page.contains(['\u{202e}', '\u{7}']), "{path}");
    }
    assert!(pages["index.html"].contains("&lt;script&gt;") && pages["index.html"].contains("[U+202E]"));
}

#[test]
fn every_link_leads_somewhere() {
    assert_links_lead_somewhere(&answer_site());
}

#[test]
fn every_claim_of_the_front_page_is_a_mark_that_leads_to_it() {
    let site = answer_site();
    let pages = pages(&site);
    let front = &pages["index.html"];
    assert!(front.contains("id=\"hosts\""), "the chart of hosts is there");
    let leads: BTreeSet<&str> = values(front, "href").into_iter().filter(|href| href.starts_with("claims/")).collect();
    assert!(leads.len() > 2, "{leads:?}");
}
