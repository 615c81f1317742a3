//! The example text of the repository, whole, and the forms that a review is written in.

use plumb_review::{Publication, Verdict, annotations, claim_reviews};

use crate::support::{outline, reviewed, root};

fn example() -> (plumb_document::Document, plumb_review::Review) {
    reviewed(&std::fs::read_to_string(root().join("examples/review/article.md")).unwrap(), "article.md")
}

#[test]
fn the_example_has_every_verdict() {
    let (_, review) = example();
    insta::assert_snapshot!("example", outline(&review));
    let missing: Vec<&str> = Verdict::ALL
        .iter()
        .filter(|(verdict, ..)| !review.statements.iter().any(|one| one.verdict == *verdict))
        .map(|(_, words, _)| *words)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let written = || serde_json::to_string(&example().1).unwrap();
    assert_eq!(written(), written());
}

#[test]
fn claim_reviews_name_the_words_the_rating_and_where_they_appeared() {
    let (_, review) = example();
    let publication = Publication {
        author: "A newsroom".into(),
        date: "2026-11-26".into(),
        url: Some("https://example.org/review".into()),
        ..Publication::default()
    };
    let written = claim_reviews(&review, &publication);
    let reviews = written["@graph"].as_array().unwrap();
    let covered = review.statements.iter().filter(|one| one.verdict != Verdict::NotCovered).count();
    assert_eq!((reviews.len(), &written["@context"]), (covered, &"https://schema.org".into()));
    for one in reviews {
        assert_eq!(one["@type"], "ClaimReview");
        assert_eq!(one["itemReviewed"]["@type"], "Claim");
        assert_eq!(one["itemReviewed"]["appearance"]["name"], "Hands for hire");
        assert!(one["claimReviewed"].as_str().is_some_and(|words| !words.is_empty()));
        let rating = one["reviewRating"]["alternateName"].as_str().unwrap();
        assert!(Verdict::ALL.iter().any(|(_, words, _)| *words == rating));
        assert!(one["url"].as_str().unwrap().starts_with("https://example.org/review#s"));
        assert_eq!((&one["author"]["name"], &one["datePublished"]), (&"A newsroom".into(), &"2026-11-26".into()));
    }
}

#[test]
fn annotations_carry_quotation_and_position() {
    let (document, review) = example();
    let written = annotations(&review, "https://example.org/text");
    assert_eq!(written["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = written["first"]["items"].as_array().unwrap();
    assert_eq!(items.len(), review.statements.len());
    for item in items {
        let selectors = item["target"]["selector"].as_array().unwrap();
        assert_eq!(
            (&selectors[0]["type"], &selectors[1]["type"]),
            (&"TextQuoteSelector".into(), &"TextPositionSelector".into())
        );
        let (start, end) = (selectors[1]["start"].as_u64().unwrap(), selectors[1]["end"].as_u64().unwrap());
        let words: String = document
            .text
            .chars()
            .skip(usize::try_from(start).unwrap())
            .take(usize::try_from(end - start).unwrap())
            .collect();
        assert_eq!(selectors[0]["exact"], words.as_str());
    }
}

#[test]
fn numbers_beyond_all_measure_stop_nothing() {
    let text = "In 2018 about 79228162514264337593543950335 North Korean workers were abroad. Resolution 2397 of December 2017 \
                required all states to send workers home within 79228162514264337593543950335 months. In 2018 about \
                100,000 North Korean workers were abroad.";
    let (_, review) = reviewed(text, "large.txt");
    assert!(review.statements.iter().any(|one| one.anchor.exact.contains("100,000")), "{}", outline(&review));
}

#[test]
fn people_whom_the_case_does_not_count_are_no_matter_of_it() {
    let (_, review) = reviewed("In 2018 about 100,000 Vietnamese workers were abroad.", "others.txt");
    assert!(review.statements.is_empty(), "{}", outline(&review));
}

#[test]
fn a_text_that_says_nothing_has_an_empty_review() {
    let (_, review) = reviewed("A fine evening was had by all.\n\nThe team won.", "nothing.txt");
    assert!(review.statements.is_empty() && review.tensions.is_empty() && review.counts().is_empty());
}

#[test]
fn a_figure_is_contradicted_only_under_every_reading() {
    // who remain after an order to go, or who are there: the text does not say which, and gives no time
    let text = "По данным разведки, в России остаются около 30 тысяч рабочих из КНДР.";
    let (_, found) = reviewed(text, "note.txt");
    let [one] = found.statements.as_slice() else { panic!("{}", outline(&found)) };
    assert!(!matches!(one.verdict, Verdict::Contradicted | Verdict::NotCovered), "{}", outline(&found));
    let (_, found) = reviewed("In 2017 there were 900,000 North Korean workers in Russia.", "note.txt");
    assert!(found.statements.iter().any(|one| one.verdict == Verdict::Contradicted), "{}", outline(&found));
}
