//! `plumb review` through the program: the example text in each format, and texts that cannot be read.

use crate::support::{World, root};

fn example() -> String {
    root().join("examples/review/article.md").display().to_string()
}

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

fn review(more: &[&str]) -> crate::support::Transcript {
    let (text, case) = (example(), case());
    let mut arguments = vec!["review", &text, "--case", &case];
    arguments.extend(more);
    World::new().run(&arguments)
}

#[test]
fn the_report_has_words_verdicts_records_and_what_would_settle_it() {
    let found = review(&[]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    for words in [
        "article.md held against “North Korean labour abroad”, as of 2026-11-24",
        "supported: “about 100,000 North Korean workers”",
        "contradicted: “about 300,000 North Korean workers”",
        "at the edge: “2.3 billion US dollars”",
        "out of date: “about 30,000 North Korean workers”",
        "for      c019: about 90,000 persons, World, 2019-06, US Department of State (TIP 2019)",
        "would settle it: ",
        "Cannot be true together",
    ] {
        assert!(found.stdout.contains(words), "{words} in\n{}", found.stdout);
    }
}

#[test]
fn json_claim_reviews_and_annotations_are_json() {
    let json = |more: &[&str]| -> serde_json::Value { serde_json::from_str(&review(more).stdout).unwrap() };
    let whole = json(&["--format", "json"]);
    let statements = whole["statements"].as_array().unwrap().len();
    assert!(statements > 15 && whole["document"]["title"] == "Hands for hire");
    let annotations = json(&["--format", "annotations", "--text-url", "https://example.org/text"]);
    assert_eq!(annotations["total"], statements);
    assert_eq!(annotations["first"]["items"][0]["target"]["source"], "https://example.org/text");
    let reviews = json(&["--format", "claimreview", "--author", "A newsroom", "--date", "2026-11-26"]);
    assert_eq!(reviews["@graph"][0]["@type"], "ClaimReview");
    let nameless = review(&["--format", "claimreview"]);
    assert_eq!((nameless.code, nameless.stdout.as_str()), (2, ""));
}

#[test]
fn the_page_stands_alone_and_its_links_lead_both_ways() {
    let world = World::new();
    let (text, case) = (example(), case());
    let page = world.path("review.html").display().to_string();
    let ran = world.run(&["review", &text, "--case", &case, "--format", "html", "--output", &page]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let html = world.read("review.html");
    assert!(!html.contains("<script") && !html.contains("src=") && html.contains("prefers-color-scheme: dark"));
    let links = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let mut count = 0;
    for link in links {
        count += 1;
        assert_eq!(html.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
    }
    assert!(count > 30, "{count} links");
}

#[test]
fn hostile_words_stay_words() {
    let world = World::new();
    let text =
        "In 2018 about 100,000 North Korean workers were abroad <script>alert(1)</script> \u{202e}reversed\u{1b}[2J.";
    world.write("text.txt", text);
    let html = world.run(&["review", "text.txt", "--case", &case(), "--format", "html"]).stdout;
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains('\u{202e}'));
    let report = world.run(&["review", "text.txt", "--case", &case()]).stdout;
    assert!(report.contains("100,000") && !report.contains('\u{1b}') && !report.contains('\u{202e}'));
}

#[test]
fn a_text_that_cannot_be_read_is_named_with_what_to_do() {
    let world = World::new();
    world.write("empty.txt", "");
    let empty = world.run(&["review", "empty.txt", "--case", &case()]);
    assert_eq!((empty.code, empty.stdout.as_str()), (3, ""));
    assert!(empty.stderr.contains("empty.txt: the file is empty"), "{}", empty.stderr);
    let missing = world.run(&["review", "no-such-file.txt", "--case", &case()]);
    assert!(missing.code == 3 && missing.stderr.contains("no-such-file.txt cannot be opened"), "{}", missing.stderr);
}
