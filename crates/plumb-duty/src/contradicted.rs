//! Answers held against the claims that the case names: 511 said to remain, 5,795 visas in the same quarter.
//!
//! Which claims speak against an answer is for the compilers to say (`against` of `answers.csv`); whether they do is decided
//! here, by their figures and their time alone.

use jiff::civil::Date;
use plumb_core::case::{Answer, Case, Claim, Status};
use plumb_core::date::Period;
use plumb_core::figure;
use rust_decimal::Decimal;

/// What the claims named against an answer come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// Ids of the claims that count.
    pub claims: Vec<String>,
    /// Their sum, each at its lower end, where they have one unit; else the largest of them.
    pub figure: Decimal,
    /// Why, in words with units: `753 + 3,067 + 1,975 = 5,795 visas`.
    pub words: String,
}

/// What speaks against the number that an answer says remained: claims about the same time that together say more. `None`
/// when the answer gives no number, or nothing named exceeds it. `as_of` leaves out what was published later.
pub fn against(case: &Case, answer: &Answer, as_of: Option<Date>) -> Option<Against> {
    let remain = remainder(answer)?;
    let when = Period::at(answer.period_end.or(answer.date)?);
    let claims: Vec<(&Claim, Decimal)> = (answer.against.iter())
        .filter_map(|id| case.claims.get(id))
        .filter(|claim| counts(case, claim, &when, as_of))
        .filter_map(|claim| Some((claim, claim.quantity.bounds().0?)))
        .collect();
    let found = together(&claims)?;
    (found.figure > remain).then_some(found)
}

/// How many remained by an answer, if it says so: as stated, else those before less those sent home.
pub(crate) fn remainder(answer: &Answer) -> Option<Decimal> {
    let difference = || answer.before?.checked_sub(answer.repatriated?).filter(|rest| *rest >= Decimal::ZERO);
    answer.after.or_else(difference)
}

/// A claim counts when it is about that time, is not doubtful or replaced, and was published by the day.
fn counts(case: &Case, claim: &Claim, when: &Period, as_of: Option<Date>) -> bool {
    let sound = !matches!(claim.status, Status::Weak | Status::Superseded);
    let published = case.sources.get(&claim.source).and_then(|source| source.date);
    let known = as_of.is_none_or(|day| published.is_none_or(|date| date.earliest() <= day));
    sound && known && claim.period.is_some_and(|period| period.overlaps(when))
}

/// The claims added up where all have one unit; else the largest alone, because visas and persons are not added.
fn together(claims: &[(&Claim, Decimal)]) -> Option<Against> {
    let (first, _) = claims.first()?;
    let unit = first.quantity.unit();
    if claims.iter().all(|(claim, _)| claim.quantity.unit() == unit) {
        let figure = claims.iter().try_fold(Decimal::ZERO, |sum, (_, low)| sum.checked_add(*low))?;
        let parts: Vec<String> = claims.iter().map(|(_, low)| figure::group(low)).collect();
        let sum = if claims.len() > 1 { format!("{} = ", parts.join(" + ")) } else { String::new() };
        let words = format!("{sum}{} {}", figure::group(&figure), unit.as_str());
        return Some(Against { claims: ids(claims), figure, words });
    }
    let (claim, figure) = claims.iter().max_by_key(|(_, low)| *low)?;
    let words = format!("{} {}", figure::group(figure), claim.quantity.unit().as_str());
    Some(Against { claims: vec![claim.id.clone()], figure: *figure, words })
}

fn ids(claims: &[(&Claim, Decimal)]) -> Vec<String> {
    claims.iter().map(|(claim, _)| claim.id.clone()).collect()
}
