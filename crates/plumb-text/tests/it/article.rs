//! The article that the project started from: what must be found in it. Its text is not part of the repository.

use plumb_text::{Relation, Sentence, TimeUnit, Value};

use crate::score;

fn read() -> Option<(String, Vec<Sentence>)> {
    let text = std::fs::read_to_string(score::shared("documents/another-brick-in-the-wall.txt")).ok();
    if text.is_none() {
        println!("skipped: the shared article is not here");
    }
    let text = text?;
    let sentences = score::reader().read(&text, &[]);
    Some((text, sentences))
}

/// The claims whose number is printed so, as figure, measure, place, date.
fn claims(text: &str, sentences: &[Sentence], number: &str) -> Vec<[String; 4]> {
    let claims = sentences.iter().flat_map(|sentence| &sentence.claims);
    let printed = claims.filter(|claim| &text[claim.stated.number.clone()] == number);
    printed
        .map(|claim| {
            let period = claim.period.map(|period| period.to_string()).unwrap_or_default();
            let name = |value: &Option<String>| value.clone().unwrap_or_default();
            [claim.stated.quantity.figure().to_string(), name(&claim.measure), name(&claim.place), period]
        })
        .collect()
}

#[test]
fn its_figures_are_found() {
    let Some((text, sentences)) = read() else { return };
    let found = |number| claims(&text, &sentences, number);
    let of = |parts: [&str; 4]| vec![parts.map(str::to_owned)];
    assert_eq!(found("100,000")[0][0], "100,000 persons");
    assert_eq!(found("100,000")[0][1], "workers_present");
    assert_eq!(found("90"), of(["up to 90%", "state_share", "RU", ""]));
    assert_eq!(found("2.3 billion"), of(["$2.3 bn a year", "revenue", "", ""]));
    let majority =
        sentences.iter().flat_map(|one| &one.claims).find(|one| text[one.stated.number.clone()].contains("majority"));
    let majority = majority.unwrap();
    assert_eq!(majority.stated.quantity.figure().to_string(), "at least 50%");
    assert_eq!(majority.place.as_deref(), Some("RU"));
}

#[test]
fn its_dates_are_found() {
    let Some((_, sentences)) = read() else { return };
    let dates: Vec<String> = (sentences.iter().flat_map(|one| &one.mentions))
        .filter_map(|mention| match mention.value {
            Value::Date(period) => Some(period.to_string()),
            _ => None,
        })
        .collect();
    for date in ["1948", "195X", "1950-06", "1991", "2018", "2006", "2017-12"] {
        assert!(dates.iter().any(|found| found.split('/').next() == Some(date)), "{date} is not among {dates:?}");
    }
    let events: Vec<(String, String)> = sentences
        .iter()
        .flat_map(|one| &one.events)
        .map(|event| (event.period.to_string(), event.kind.clone()))
        .collect();
    for (date, kind) in [("1948", "found"), ("1950-06", "war"), ("1991", "end"), ("2006", "test"), ("2017-12", "adopt")]
    {
        assert!(events.iter().any(|(when, what)| when.starts_with(date) && what == kind), "{date} {kind}: {events:?}");
    }
}

#[test]
fn its_duty_is_found() {
    let Some((text, sentences)) = read() else { return };
    let duties: Vec<_> = sentences.iter().flat_map(|one| &one.duties).collect();
    let duty = duties.iter().find(|duty| duty.term.is_some()).unwrap();
    let term = duty.term.clone().unwrap();
    assert_eq!((term.count, term.unit, term.relation), (24.into(), TimeUnit::Month, Relation::Within));
    let adopted = duty.instrument.clone().unwrap().date.unwrap();
    assert_eq!(adopted.to_string(), "2017-12");
    assert_eq!(&text[duty.trigger.clone()], "requirement");
    let later = |mention: &plumb_text::Mention| matches!(&mention.value, Value::Duration(length) if length.count == 70.into() && length.relation == Relation::After);
    assert_eq!(sentences.iter().flat_map(|one| &one.mentions).filter(|mention| later(mention)).count(), 2);
}

#[test]
fn what_is_no_figure_stays_silent() {
    let Some((text, sentences)) = read() else { return };
    let numbers: Vec<&str> =
        sentences.iter().flat_map(|one| &one.claims).map(|claim| &text[claim.stated.number.clone()]).collect();
    println!("figures of the article: {numbers:?}");
    for silent in ["38", "38th", "24", "70", "2018", "1948", "2024"] {
        assert!(!numbers.contains(&silent), "{silent} is claimed");
    }
    assert!(numbers.len() <= 6, "{numbers:?}");
}
