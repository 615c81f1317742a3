//! The rule in force: of all that apply, the one of the narrowest place, and of several there the one that came last.

use std::str::FromStr;

use jiff::civil::Date;
use plumb_core::case::{Case, Rule};

/// What rules are taken for; the words of the column `applies`.
pub(crate) const NORMAL_HOURS: &str = "normal hours";
pub(crate) const OVERTIME: &str = "overtime";
pub(crate) const REST_DAY: &str = "rest-day work";
pub(crate) const PAY_DAY: &str = "pay day";
pub(crate) const INTEREST: &str = "interest";
pub(crate) const LEAST_PAY: &str = "least pay";

/// All rules of a sort in force at a place on a day, the one that prevails last.
pub(crate) fn all_in_force<'a>(case: &'a Case, applies: &str, place: &str, day: Date) -> Vec<&'a Rule> {
    let mut found: Vec<&Rule> = (case.rules.iter())
        .filter(|rule| rule.applies == applies)
        .filter(|rule| rule.place.is_empty() || case.places.contains(&rule.place, place))
        .filter(|rule| holds_on(rule, day))
        .collect();
    found.sort_by_key(|rule| {
        let depth = if rule.place.is_empty() { 0 } else { case.places.path(&rule.place).len() };
        (depth, rule.period.and_then(|period| period.earliest()))
    });
    found
}

/// The rule of a sort that prevails at a place on a day.
pub(crate) fn in_force<'a>(case: &'a Case, applies: &str, place: &str, day: Date) -> Option<&'a Rule> {
    all_in_force(case, applies, place, day).pop()
}

/// A rule without a period is in force whenever it is asked for: nobody has said when it began.
fn holds_on(rule: &Rule, day: Date) -> bool {
    let Some(period) = rule.period else { return true };
    period.earliest().is_none_or(|first| first <= day) && period.latest().is_none_or(|last| day <= last)
}

/// A term of a rule as text.
pub(crate) fn word<'a>(rule: &'a Rule, name: &str) -> Option<&'a str> {
    let mut terms = rule.terms.iter().filter_map(|term| term.split_once('='));
    terms.find(|(own, _)| own.trim() == name).map(|(_, value)| value.trim())
}

/// A term of a rule as a number or whatever else it must be; `None` when it is missing or cannot be read.
pub(crate) fn term<T: FromStr>(rule: &Rule, name: &str) -> Option<T> {
    word(rule, name)?.parse().ok()
}
