//! P0502: a figure that equals the difference of two others, and may be worked out from them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use plumb_core::case::{Answer, Case, Status};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::figure::group;
use plumb_core::quantity::Qualifier;
use rust_decimal::Decimal;

use super::Input;
use super::figure::{Figure, Topic, significant_digits};

/// Significant digits that a number must have: rounder ones are differences of each other all the time.
const DIGITS: usize = 4;

/// How often a match may be expected by chance before a match means nothing: one in twenty, the customary level.
const CHANCE: i64 = 20;

/// Why it matters.
const NO_COUNT: &str =
    "a difference of two levels is no count of what came or went: a permit that lapses is not a departure";

/// Numbers with enough digits, each with the first figure that has it.
type Numbers<'f, 'a> = BTreeMap<Decimal, &'f Figure<'a>>;

/// Subtracts figures of one topic from each other and looks for the result under another measure at the same place.
///
/// A group with so many figures that some difference would fit some third figure by chance is passed over; this bounds
/// the work as well, since the pairs of a group that is looked at are fewer than its largest number.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut topics: BTreeMap<Topic<'_>, Numbers<'_, '_>> = BTreeMap::new();
    let mut places: BTreeMap<&str, BTreeMap<Decimal, Vec<&Figure<'_>>>> = BTreeMap::new();
    for figure in input.figures {
        let Some(number) = telling(figure) else { continue };
        topics.entry(figure.topic).or_default().entry(number).or_insert(figure);
        places.entry(figure.topic.place).or_default().entry(number).or_default().push(figure);
    }
    let mut found = Vec::new();
    for (topic, numbers) in &topics {
        let Some(thirds) = places.get(topic.place) else { continue };
        if is_telling(numbers, thirds.len()) {
            found.extend(differences(input.case, *topic, numbers, thirds));
        }
    }
    found.extend(input.case.answers.iter().filter_map(worked_out));
    found
}

/// The number of an exact figure that is dated and has enough digits.
fn telling(figure: &Figure<'_>) -> Option<Decimal> {
    let number =
        figure.number().filter(|_| figure.stated.qualifier() == Qualifier::Exact && figure.period.is_some())?;
    (significant_digits(number) >= DIGITS).then_some(number)
}

/// Whether a match would mean something: pairs times candidates, over the size of the numbers, is what chance gives.
fn is_telling(numbers: &Numbers<'_, '_>, thirds: usize) -> bool {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let pairs = count(numbers.len()).saturating_mul(count(numbers.len()) - 1) / 2;
    let chances = Decimal::from(pairs.saturating_mul(count(thirds)).saturating_mul(CHANCE));
    // numbers of one scale: 3.071 stands for 3,071 possible values
    numbers
        .keys()
        .map(|number| Decimal::from_i128_with_scale(number.mantissa(), 0))
        .max()
        .is_some_and(|max| chances <= max)
}

fn differences(
    case: &Case,
    topic: Topic<'_>,
    numbers: &Numbers<'_, '_>,
    thirds: &BTreeMap<Decimal, Vec<&Figure<'_>>>,
) -> Vec<Diagnostic> {
    let mut found = BTreeMap::new();
    for (larger, minuend) in numbers {
        for (smaller, subtrahend) in numbers.range(..larger) {
            let difference = larger.checked_sub(*smaller).map(|number| number.normalize());
            let candidates = difference.and_then(|number| thirds.get(&number)).into_iter().flatten();
            let fits = |third: &&&Figure<'_>| {
                let other = third.topic.measure != topic.measure && third.status != Status::Derived;
                other && between(third, minuend, subtrahend)
            };
            for third in candidates.filter(fits) {
                found.entry(&third.reference).or_insert_with(|| report(case, minuend, subtrahend, third));
            }
        }
    }
    found.into_values().collect()
}

/// An answer whose number of people sent home is the fall between its other two numbers.
fn worked_out(answer: &Answer) -> Option<Diagnostic> {
    let (before, after, sent_home) = (answer.before?, answer.after?, answer.repatriated?);
    let equal = before.checked_sub(after)? == sent_home && significant_digits(sent_home) >= DIGITS;
    let [before, after, sent_home] = [before, after, sent_home].map(|number| group(&number));
    let message = format!("{before} − {after} = {sent_home}: those sent home in `{}` may be worked out", answer.id);
    equal.then(|| {
        Diagnostic::new(codes::P0502, answer.row.cell("repatriated"), message)
            .saying("sent home, as it is told")
            .also(answer.row.cell("before"), "before")
            .also(answer.row.cell("after"), "after")
            .note(NO_COUNT)
            .help("enter it only if the source itself gives it as a number of people sent home, and accept this with the reason")
            .about(answer.reference())
    })
}

/// Whether the third figure speaks of the time from the one to the other.
fn between(third: &Figure<'_>, one: &Figure<'_>, two: &Figure<'_>) -> bool {
    let days: Vec<(Date, Date)> = [third, one, two].into_iter().filter_map(Figure::days).collect();
    match days.as_slice() {
        [third, one, two] => third.0 <= one.1.max(two.1) && third.1 >= one.0.min(two.0),
        _ => false,
    }
}

fn report(case: &Case, minuend: &Figure<'_>, subtrahend: &Figure<'_>, third: &Figure<'_>) -> Diagnostic {
    let bare = |figure: &Figure<'_>| figure.stated.bare_figure().to_string();
    let message = format!(
        "{} − {} = {}: `{}` may be worked out from `{}` and `{}`",
        bare(minuend),
        bare(subtrahend),
        bare(third),
        third.id(),
        minuend.id(),
        subtrahend.id()
    );
    Diagnostic::new(codes::P0502, third.cell(), message)
        .saying(third.label(case))
        .also(minuend.cell(), minuend.label(case))
        .also(subtrahend.cell(), subtrahend.label(case))
        .note(suspicion(minuend, subtrahend, third))
        .note(NO_COUNT)
        .help("if it was worked out, give it the status `derived` and the origin of the two; if it was counted, accept this with the reason")
        .about(third.reference.clone())
        .about(minuend.reference.clone())
        .about(subtrahend.reference.clone())
}

/// Whose arithmetic it may be.
fn suspicion(minuend: &Figure<'_>, subtrahend: &Figure<'_>, third: &Figure<'_>) -> String {
    let origin = |figure: &Figure<'_>| {
        if figure.origin.is_empty() { figure.source.to_owned() } else { figure.origin.to_owned() }
    };
    let (one, two, last) = (origin(minuend), origin(subtrahend), origin(third));
    if one == two && two == last {
        format!("all three go back to `{last}`: the third adds no evidence to the two")
    } else if one == two {
        format!("the third goes back to `{last}`, the two to `{one}`: if `{last}` used `{one}`, they are one origin")
    } else {
        format!("the third goes back to `{last}`, the two to `{one}` and `{two}`")
    }
}
