//! What a sentence leaves unsaid: a place, a time, an instrument that the words around it have.

use plumb_review::{Review, Verdict};

use crate::support::reviewed;

/// Verdict and subject of the statement whose words hold `words`.
fn told(review: &Review, words: &str) -> (Verdict, String) {
    let found = review.statements.iter().find(|one| one.anchor.exact.contains(words));
    let found = found.unwrap_or_else(|| panic!("nothing is said of “{words}”"));
    (found.verdict, found.about.words.clone())
}

fn review(text: &str) -> Review {
    reviewed(text, "context.txt").1
}

#[test]
fn a_figure_takes_the_place_of_the_words_before_it() {
    let english = review(
        "In 2017 Russia told the United Nations that 30,023 North Koreans held valid work permits. By March 2020 only 511 were said to remain.",
    );
    let (verdict, about) = told(&english, "511");
    assert_eq!((verdict, about.contains("Russia")), (Verdict::AtTheEdge, true), "{about}");
    let russian = review(
        "По данным МВД России, на конец 2017 года разрешения на работу имели 30 023 гражданина КНДР. В 2018 году их число сократилось до 11 490 человек.",
    );
    assert_eq!(told(&russian, "11 490").0, Verdict::AtTheEdge);
}

#[test]
fn words_for_the_whole_world_end_the_place_before() {
    let text =
        "В 2024 году Россия выдала гражданам КНДР 9240 виз. В 2017 году в мире работали более 200 тысяч граждан КНДР.";
    let (verdict, about) = told(&review(text), "200 тысяч");
    assert_eq!((verdict, about.contains("World")), (Verdict::Contradicted, true), "{about}");
}

#[test]
fn a_present_without_a_date_is_held_against_claims_of_any_time() {
    let text = "In 2024 there were 9,240 visas from Russia. The State Department believes that Pyongyang earns between $150 million and $300 million a year in Russia.";
    assert_eq!(told(&review(text), "$150 million").0, Verdict::AtTheEdge);
}

#[test]
fn last_year_is_not_that_of_the_sentence_before() {
    let text = "In Qatar there were 1,800 workers in 2015. Last year 15,000 North Koreans were at work in Russia.";
    let (_, about) = told(&review(text), "15,000");
    assert!(!about.contains("2015"), "{about}");
}

#[test]
fn a_duty_is_that_of_the_instrument_named_before_it() {
    let text = "Resolution 2375, adopted on 11 September 2017, forbade new work permits; resolution 2397, adopted on 22 December 2017, required repatriation within 12 months.";
    let review = review(text);
    let duty = review.statements.iter().find(|one| one.about.words.starts_with("Duty")).unwrap();
    assert_eq!(duty.verdict, Verdict::Contradicted);
    assert!(duty.why.contains("2397") && !duty.why.contains("2375"), "{}", duty.why);
    assert_eq!(told(&review, "Resolution 2375").0, Verdict::Supported);
}

#[test]
fn an_estimate_alone_contradicts_nothing() {
    let text = "In 2012 the state earned $9 million a year from workers in Russia.";
    let review = review(text);
    assert!(review.statements.iter().all(|one| one.verdict != Verdict::Contradicted), "{:?}", review.statements);
}

#[test]
fn a_sum_is_held_against_the_nearest_heads_only() {
    let text = "By March 2020 only 511 workers were said to remain in Russia. The regime earns about $500 million a year from 50,000 workers in Russia.";
    let review = review(text);
    let [tension] = review.tensions.as_slice() else { panic!("{:?}", review.tensions) };
    assert!(tension.words.contains("from 50,000 persons"), "{}", tension.words);
}

#[test]
fn the_dead_of_a_famine_are_no_workers() {
    let text = "In 1996 a famine killed thousands of North Koreans.";
    assert!(review(text).statements.is_empty());
}
