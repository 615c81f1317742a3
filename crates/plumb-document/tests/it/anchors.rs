//! Anchors: every range of every document resolves to itself, and nothing is moved in silence.

use plumb_document::{Anchor, Document, Limits, Lost};
use proptest::prelude::*;

use crate::support::{data, read};

const TEXTS: [(&str, &str); 6] = [
    (
        "a.txt",
        "Same again. Same again.\r\n\r\nSame again.\r\nCafe\u{301} 조선 \u{1112}\u{1161}\u{11ab}글 😀 约10万名\r\n",
    ),
    ("a.md", "# Title *of* it\n\n- one\n- two\n\n> said [he](http://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("a.html", "<p>Same <b>again</b>.<p>Same again.<table><tr><td>1<td>노동자 2</table><pre>a\r\n b</pre>"),
    ("b.html", "<nav>Home</nav><ul><li>30&nbsp;000<li>около 30 тысяч</ul>"),
    ("a.csv", "Year;Visas\r\n2017;\"4,000; \"\"reported\"\"\"\r\n;약 3만여 명\r\n"),
    ("b.txt", "x"),
];

/// Every range between characters, or of long texts those that begin near one of some hundred places.
fn ranges(document: &Document) -> Vec<std::ops::Range<usize>> {
    let ends: Vec<usize> = document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
    let step = ends.len() / 100 + 1;
    let starts = (0..ends.len()).step_by(step);
    starts
        .flat_map(|start| (start..ends.len()).step_by(step).map(move |end| (start, end)))
        .map(|(start, end)| ends[start]..ends[end])
        .collect()
}

/// Every range of the document resolves to itself, also after a journey through JSON.
pub(crate) fn hold(document: &Document) {
    for range in ranges(document) {
        let anchor = document.anchor(range.clone());
        assert_eq!(anchor.exact, document.text[range.clone()]);
        assert_eq!(document.resolve(&anchor), Ok(range.clone()), "{} {anchor:?}", document.name);
        let json = serde_json::to_string(&anchor).unwrap();
        assert_eq!(serde_json::from_str::<Anchor>(&json).unwrap(), anchor);
    }
    for block in &document.blocks {
        assert_eq!(document.text[block.range.clone()].trim(), &document.text[block.range.clone()]);
        assert!(!block.range.is_empty());
    }
    let between: String = document.blocks.iter().rev().fold(document.text.to_string(), |mut text, block| {
        text.replace_range(block.range.clone(), "");
        text
    });
    assert_eq!(between.trim(), "", "all words stand in a block");
}

#[test]
fn every_range_of_every_document_resolves_to_itself() {
    for (name, text) in TEXTS {
        hold(&read(text, name));
    }
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).unwrap();
    let mut kinds: Vec<String> = Vec::new();
    for entry in folder {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Ok(document) = plumb_document::read(&data(&name), &name, &Limits::default()) {
            hold(&document);
            document.parts.iter().filter_map(|part| part.outcome.as_ref().ok()).for_each(hold);
            let json = serde_json::to_string(&document).unwrap();
            assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document, "{name} survives a journey");
            kinds.push(document.kind.to_string());
        }
    }
    for kind in ["PDF", "DOCX", "mail", "spreadsheet"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
}

proptest! {
    // each case holds thousands of ranges; a defect of positions shows in the first few
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_holds(text in "[a가é\u{301}😀 \r\n.\u{202e}]{1,200}") {
        if let Ok(document) = plumb_document::read(text.as_bytes(), "x.txt", &Limits::default()) {
            prop_assert_eq!(document.text.as_str(), &text);
            hold(&document);
        }
    }

    #[test]
    fn any_page_holds(text in "(<(/?(p|div|table|td|tr|ul|li|b|pre|title|body|head|nav|br|script|p style='color:#fff'))>|[a가\r\n &;]){1,60}") {
        if let Ok(document) = plumb_document::read(text.as_bytes(), "x.html", &Limits::default()) {
            hold(&document);
        }
    }
}

#[test]
fn an_anchor_is_written_as_the_w3c_writes_selectors() {
    let document = read("First. Second one. Third.", "a.txt");
    let json = serde_json::to_value(document.anchor(7..18)).unwrap();
    let expected = serde_json::json!([
        { "type": "TextQuoteSelector", "exact": "Second one.", "prefix": "First. ", "suffix": " Third." },
        { "type": "TextPositionSelector", "start": 7, "end": 18 },
    ]);
    assert_eq!(json, expected);
}

#[test]
fn a_changed_text_is_told_and_nothing_is_moved_in_silence() {
    let old = read("They earn $300. They keep $100 of it.", "a.txt");
    let kept = old.anchor(26..30);
    assert_eq!(kept.exact, "$100");
    let now = |text: &str| read(text, "a.txt").resolve(&kept);
    assert_eq!(now("They earn $300. They keep $100 of it."), Ok(26..30));
    assert_eq!(now("In 2017 they earn $300. They keep $100 of it."), Err(Lost::Moved { range: 34..38 }));
    assert_eq!(now("They earn $300. They send $100 of it."), Err(Lost::ContextChanged { range: 26..30 }));
    assert_eq!(now("They earn $300. They keep $200 of it."), Err(Lost::Gone));
    assert_eq!(now("Fees: $100, or $100."), Err(Lost::Ambiguous { ranges: vec![6..10, 15..19] }));
    assert_eq!(now("Fees: $100. They earn $300. They keep $100 of it."), Err(Lost::Moved { range: 38..42 }));
    assert_eq!(now("x"), Err(Lost::Gone));
}
