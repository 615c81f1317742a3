//! P0504: a number cut at its thousands comma: 13 for 13,221.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Input;
use super::figure::{Figure, Topic};

/// Rivals of one short number that are looked at: a number that more figures have is not the rest of a longer one.
const RIVALS: usize = 64;

/// Holds the groups of each long number against the short numbers of its topic at the same time.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut short: BTreeMap<(Topic<'_>, &str, u64), Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in input.figures {
        if let Some(number) = whole(figure).filter(|number| (1..1_000).contains(number)) {
            short.entry((figure.topic, figure.stated.unit().as_str(), number)).or_default().push(figure);
        }
    }
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for long in input.figures {
        let Some(number) = whole(long) else { continue };
        let rest = groups(number).into_iter().flatten().find_map(|group| {
            let rivals = short.get(&(long.topic, long.stated.unit().as_str(), group))?;
            rivals.iter().take(RIVALS).find(|rival| rival.same_time(long)).copied()
        });
        // copies of one figure need not all be told of
        if let Some(rest) = rest.filter(|rest| told.insert((&rest.reference, number))) {
            found.push(report(input.case, rest, long));
        }
    }
    found
}

/// The one number of a figure as it was written, when it is a whole number.
fn whole(figure: &Figure<'_>) -> Option<u64> {
    figure.number()?;
    let (low, best, high) = figure.stated.numbers();
    let number: Decimal = best.or(low).or(high)?.normalize();
    if number.is_integer() { number.to_u64() } else { None }
}

/// The first and the last group of a number with separators. A last group that begins with 0 would not be read as a number.
fn groups(number: u64) -> [Option<u64>; 2] {
    let mut first = number;
    while first >= 1_000 {
        first /= 1_000;
    }
    let last = number % 1_000;
    [(number >= 1_000).then_some(first), (number >= 1_000 && last >= 100).then_some(last)]
}

fn report(case: &Case, rest: &Figure<'_>, long: &Figure<'_>) -> Diagnostic {
    let message = format!("{} looks like a piece of {}", rest.named(), long.named());
    Diagnostic::new(codes::P0504, rest.cell(), message)
        .saying(rest.label(case))
        .also(long.cell(), long.label(case))
        .note("a number is easily cut at its thousands separator when a table or a page is copied")
        .help("look in the source; give the row that was cut the status `weak`, and keep it as a defect")
        .about(rest.reference.clone())
        .about(long.reference.clone())
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_number_has_a_first_and_a_last_group() {
        assert_eq!(groups(13_221), [Some(13), Some(221)]);
        assert_eq!(groups(7_087), [Some(7), None]);
        assert_eq!(groups(1_200_000_000), [Some(1), None]);
        assert_eq!(groups(999), [None, None]);
    }
}
