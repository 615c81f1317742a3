//! Full-text search: any script, any words, nothing that breaks out.

use axum::http::StatusCode;

use crate::world::{REAL, get};

/// A query as a browser writes it in an address.
fn encoded(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn found(query: &str) -> Vec<String> {
    let answer = get(&format!("/api/search?q={}", encoded(query))).json();
    let results = answer["results"].as_array().unwrap();
    results
        .iter()
        .map(|found| format!("{}:{}", found["kind"].as_str().unwrap(), found["id"].as_str().unwrap()))
        .collect()
}

#[test]
fn any_script_is_found_in_parts_of_words() {
    assert_eq!(found("mansudae art").first().map(String::as_str), Some("actor:mansudae-op"));
    assert_eq!(found("\"Mansudae Art\"").first().map(String::as_str), Some("actor:mansudae-op"));
    assert!(found("조선").contains(&"actor:genco".to_owned()), "two letters");
    assert!(found("건설총회사").contains(&"actor:genco".to_owned()));
    assert!(found("мокран").contains(&"actor:mokran".to_owned()));
    assert!(found("银星").contains(&"actor:yanbian-silverstar".to_owned()));
    assert!(found("c062").contains(&"claim:c062".to_owned()));
    assert!(found("조선 mansudae genco zzz").is_empty(), "all words must occur");
    assert!(found("qqqqqqqq").is_empty() && found("").is_empty() && found(" \" ").is_empty());
}

#[test]
fn every_find_leads_to_a_page() {
    let edition = REAL.current();
    let documents = plumb_export::search::documents(edition.account());
    assert!(documents.len() > 1000);
    let mut lost: Vec<String> = Vec::new();
    for document in documents {
        let (path, anchor) = document.path.split_once('#').unwrap_or((&document.path, ""));
        let page = edition.file(path).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        let there = page.is_some_and(|page| anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")));
        if !there {
            lost.push(document.path.clone());
        }
    }
    assert_eq!(lost, [""; 0]);
}

#[test]
fn results_are_a_page_in_the_frame_and_work_without_script() {
    for address in ["/search", "/search.html"] {
        let page = get(&format!("{address}?q=mansudae")).text();
        assert!(page.contains("<main") && page.contains("value=\"mansudae\""), "{address}");
        assert!(page.contains("<mark>Mansudae</mark>") && page.contains("href=\"actors/mansudae-op.html\""));
    }
    let empty = get("/search.html");
    assert_eq!(empty.status, StatusCode::OK);
    assert!(get("/search.html?q=").body == empty.body);
    let (page, field) = (empty.text(), "<form id=\"search\" action=\"search.html\" method=\"get\" role=\"search\">");
    assert!(
        page.contains(field) && page.contains("name=\"q\"") && page.contains("<button type=\"submit\">"),
        "{page:.3000}"
    );
    assert!(get("/search").text().contains("role=\"search\""));
    assert!(get("/search?q=qqqqqqq").text().contains("Nothing found"));
}

#[test]
fn hostile_queries_find_nothing_and_break_nothing() {
    let queries = [
        "\"",
        "\"\"\"",
        "' OR 1=1 --",
        "'); DROP TABLE search; --",
        "NEAR(a b, 5)",
        "title:x",
        "* AND NOT",
        "{title body}: x",
        "^mansudae",
        "%",
        "%_%_%",
        "\\",
        "a\0b",
        "\u{202e}\u{feff}",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "𝕏𝕏𝕏",
    ];
    for query in queries {
        let answer = get(&format!("/search?q={}", encoded(query)));
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let page = answer.text();
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{query}");
        assert_eq!(get(&format!("/api/search?q={}", encoded(query))).status, StatusCode::OK, "{query}");
    }
    assert_eq!(get("/search?q=%FF%FE").status, StatusCode::OK, "bytes that are no text are read as far as they go");
    assert!(found("mansudae").len() > 3, "the index is whole");
}
