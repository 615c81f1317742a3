//! P0606: two names of instruments of one day that differ by a slip of the hand.

use std::collections::BTreeMap;

use plumb_core::case::Duty;
use plumb_core::codes;
use plumb_core::date::{PartialDate, Precision};
use plumb_core::diagnostic::Diagnostic;

use super::Input;
use super::slip::one_slip;

/// Compares the instruments of duties that start on the very same day: two resolutions of a day, with numbers a slip
/// apart, are one resolution. Instruments of different days may well have neighbouring numbers (2371 and 2375).
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut days: BTreeMap<PartialDate, BTreeMap<&str, &Duty>> = BTreeMap::new();
    for duty in &input.case.duties {
        if let Some(day) = duty.trigger.filter(|date| date.precision() == Precision::Day) {
            days.entry(day).or_default().entry(&duty.instrument).or_insert(duty);
        }
    }
    let mut found = Vec::new();
    for named in days.values() {
        let mut open: Vec<&Duty> = named.values().copied().collect();
        while let Some(one) = open.pop() {
            found.extend(open.iter().filter(|two| misspelt(one, two)).map(|two| report(one, two)));
        }
    }
    found
}

/// Whether a digit parts the names; words that differ by a letter may be two things.
fn misspelt(one: &Duty, two: &Duty) -> bool {
    let without_digits = |text: &str| text.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
    one_slip(&one.instrument, &two.instrument) && without_digits(&one.instrument) == without_digits(&two.instrument)
}

fn report(one: &Duty, two: &Duty) -> Diagnostic {
    let (one, two) = if one.row.line <= two.row.line { (one, two) } else { (two, one) };
    let message = format!("“{}” and “{}” are of one day and a slip of the hand apart", one.instrument, two.instrument);
    Diagnostic::new(codes::P0606, two.row.cell("instrument"), message)
        .saying("this name")
        .also(one.row.cell("instrument"), "and this")
        .help("take the number from the instrument itself; if both exist, accept this with the reason")
        .about(one.reference())
        .about(two.reference())
}
