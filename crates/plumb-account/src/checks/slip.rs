//! P0505: two figures about one thing that differ by a slip of the hand: a digit lost, doubled, wrong, or two swapped.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use rust_decimal::Decimal;

use super::Input;
use super::figure::{Figure, significant_digits};
use crate::contradiction::disjoint;

/// Significant digits that the longer number must have: of shorter ones too many are a slip apart by chance.
const DIGITS: usize = 3;

/// How many numbers may rival about one thing before some are a slip apart by chance: of 32 with five digits, one pair in four
/// such groups.
const RIVALS: usize = 32;

/// Compares the figures of each topic and time that exclude each other.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<_, BTreeMap<Decimal, &Figure<'_>>> = BTreeMap::new();
    for figure in input.figures {
        if let (Some(days), Some(number)) = (figure.days(), figure.number()) {
            groups.entry((figure.topic, days)).or_default().entry(number).or_insert(figure);
        }
    }
    groups
        .values()
        .filter(|numbers| (2..=RIVALS).contains(&numbers.len()))
        .flat_map(|numbers| slips(input.case, numbers))
        .collect()
}

/// Two numbers a slip apart have a rest in common when one digit is taken from either; only such pairs are compared.
fn slips(case: &Case, numbers: &BTreeMap<Decimal, &Figure<'_>>) -> Vec<Diagnostic> {
    let mut by_rest: BTreeMap<String, Vec<(Decimal, &Figure<'_>)>> = BTreeMap::new();
    for (number, figure) in numbers {
        for rest in rests(&digits(*number)) {
            by_rest.entry(rest).or_default().push((*number, figure));
        }
    }
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for same in by_rest.values() {
        for (position, (number, one)) in same.iter().enumerate() {
            for (other, two) in same.iter().skip(position + 1) {
                let telling = significant_digits(*number).max(significant_digits(*other)) >= DIGITS;
                let slip = telling && one_slip(&digits(*number), &digits(*other));
                if slip && disjoint(&one.quantity, &two.quantity) && told.insert((&one.reference, &two.reference)) {
                    found.push(report(case, one, two));
                }
            }
        }
    }
    found
}

/// The digits of a number, without sign, point and zeros in front.
fn digits(number: Decimal) -> String {
    number.to_string().chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').collect()
}

/// The digits themselves, and what is left when one of them is taken away.
fn rests(digits: &str) -> BTreeSet<String> {
    let without =
        |at: usize| digits.char_indices().filter(|(position, _)| *position != at).map(|(_, digit)| digit).collect();
    (0..digits.len()).map(without).chain([digits.to_owned()]).collect()
}

/// Whether two texts differ by one sign too many, too few or wrong, or by two neighbours swapped; or only by their point.
pub(super) fn one_slip(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let same = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let (one, two) = (one.get(same..).unwrap_or_default(), two.get(same..).unwrap_or_default());
    let same = one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count();
    match (one.get(..one.len() - same).unwrap_or_default(), two.get(..two.len() - same).unwrap_or_default()) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

fn report(case: &Case, one: &Figure<'_>, two: &Figure<'_>) -> Diagnostic {
    let message = format!("{} and {} are a slip of the hand apart", one.named(), two.named());
    Diagnostic::new(codes::P0505, two.cell(), message)
        .saying(two.label(case))
        .also(one.cell(), one.label(case))
        .note("they cannot both be true, and one digit parts them")
        .help("look in both sources; give the wrong row the status `weak`, and keep it as a defect")
        .about(one.reference.clone())
        .about(two.reference.clone())
}

#[cfg(test)]
mod tests {
    use super::one_slip;

    #[test]
    fn a_slip_is_one_sign_or_two_swapped() {
        for (one, two) in [("2397", "2379"), ("2397", "2387"), ("13221", "1321"), ("13221", "132221"), ("277", "277")] {
            assert!(one_slip(one, two) && one_slip(two, one), "{one} {two}");
        }
        for (one, two) in [("2397", "2937a"), ("1234", "4321"), ("1234", "2341"), ("30023", "11490"), ("", "12")] {
            assert!(!one_slip(one, two) && !one_slip(two, one), "{one} {two}");
        }
    }
}
