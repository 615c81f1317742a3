//! Whatever the text: no panic, ranges on character boundaries, the same answer twice.

use plumb_text::{Reader, Sentence};
use proptest::prelude::*;

use crate::score;

/// Every range can be cut out of the text, and lies in its sentence.
fn check(text: &str, sentences: &[Sentence]) {
    let mut end = 0;
    for sentence in sentences {
        let inside = |range: &std::ops::Range<usize>| {
            assert!(text.get(range.clone()).is_some(), "{range:?}");
            assert!(
                range.start >= sentence.range.start && range.end <= sentence.range.end,
                "{range:?} in {sentence:?}"
            );
        };
        assert!(sentence.range.start >= end);
        end = sentence.range.end;
        inside(&sentence.range);
        sentence.mentions.iter().for_each(|mention| inside(&mention.range));
        for claim in &sentence.claims {
            inside(&claim.range);
            inside(&claim.stated.number);
            claim.stated.qualifier.iter().chain(&claim.stated.unit).for_each(inside);
            assert!(claim.confidence > 0.0 && claim.confidence <= 1.0);
        }
        sentence.events.iter().for_each(|event| inside(&event.range));
        sentence.duties.iter().for_each(|duty| inside(&duty.range));
    }
}

fn read(reader: &Reader, text: &str) -> Vec<Sentence> {
    let sentences = reader.read(text, &[]);
    check(text, &sentences);
    sentences
}

fn figures(reader: &Reader, text: &str) -> Vec<String> {
    read(reader, text)
        .iter()
        .flat_map(|one| &one.claims)
        .map(|claim| claim.stated.quantity.figure().to_string())
        .collect()
}

#[test]
fn disguised_digits_are_read() {
    let reader = score::reader();
    for (text, expected) in [
        ("1\u{200b}00\u{202e},000 workers", "100,000 persons"),
        ("about １０,０００ workers", "about 10,000 persons"),
        ("１０万名工人", "100,000 persons"),
        ("more than ٣٠٠ workers", "at least 300 persons"),
        ("«“‘about 4,000 workers’”»", "about 4,000 persons"),
        ("up to\u{a0}90\u{a0}% of their wages", "up to 90%"),
    ] {
        assert_eq!(figures(&reader, text), [expected], "{text:?}");
    }
}

#[test]
fn code_and_tags_are_no_figures() {
    let reader = crate::score::reader();
    let text = "<script>alert(1)</script> In 2017 there were 30,023 workers <b>7</b> in Russia.";
    assert_eq!(figures(&reader, text), ["30,023 persons"]);
}

#[test]
fn monstrous_texts_are_read() {
    let reader = score::reader();
    let digits = "7".repeat(10_000);
    assert_eq!(figures(&reader, &format!("{digits} workers")), Vec::<String>::new());
    for piece in [
        "1,",
        "1 ",
        "1-",
        "one hundred ",
        "between ",
        "万",
        "三十",
        "3만",
        "((((",
        "more than ",
        "a half of ",
        "тыс. ",
        "1,000 workers and ",
        "«",
    ] {
        read(&reader, &piece.repeat(40_000 / piece.len()));
    }
    let endless = "some 5,000 workers remained in Russia and ".repeat(5_000);
    assert_eq!(figures(&reader, &endless).len(), 5_000);
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let text: String = score::sentences("sentences.tsv").into_iter().map(|case| case.text + "\n\n").collect();
    assert_eq!(score::reader().read(&text, &[]), score::reader().read(&text, &[]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        READER.with(|reader| read(reader, &text));
    }

    #[test]
    fn any_mixture_of_meaningful_pieces_is_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24)) {
        READER.with(|reader| read(reader, &pieces.concat()));
    }
}

thread_local! {
    static READER: Reader = score::reader();
}

const PIECES: &[&str] = &[
    "1",
    "2,3",
    "1,000",
    "2017",
    "24",
    "90%",
    "$",
    " ",
    " ",
    "-",
    "–",
    ".",
    ",",
    "(",
    ")",
    "between ",
    "and ",
    "to ",
    "half ",
    "a third of ",
    "million ",
    "workers ",
    "months ",
    "in ",
    "December ",
    "a year ",
    "more than ",
    "no ",
    "not ",
    "said ",
    "Russia ",
    "North Korean ",
    "resolution ",
    "до ",
    "от ",
    "тыс. ",
    "рабочих ",
    "в ",
    "году ",
    "декабря ",
    "России ",
    "만",
    "3",
    "여 ",
    "명",
    "약 ",
    "이상",
    "년",
    "월",
    "12",
    "분의 ",
    "억",
    "约",
    "十",
    "万",
    "名",
    "工人",
    "三",
    "分之",
    "年",
    "百",
    "\u{200b}",
    "\u{202e}",
    "１",
    "٣",
    "\n",
    "\n\n",
    "of ",
    "the ",
    "within ",
    "²",
];
