//! Ranges: what rival claims about one measure, place, population and time say together.
//!
//! A range is the span of what has been claimed, from the lowest stated end to the highest. It is no estimate: nothing is
//! averaged, and one origin counts once however often it was copied.

use std::collections::BTreeSet;

use plumb_core::case::{Case, Claim, Status};
use plumb_core::figure::{self, End};
use plumb_core::quantity::{Qualifier, Quantity};
use plumb_core::unit::Unit;

use crate::key::RangeKey;

/// What rival claims say together.
#[derive(Clone, Debug)]
pub struct Range {
    /// What it is about.
    pub key: RangeKey,
    /// The lowest stated number, in the unit of the measure; open when it is an "up to". `None` when nothing is claimed.
    pub low: Option<End>,
    /// The highest stated number; open when it is an "at least".
    pub high: Option<End>,
    /// Whether no claim gives either end exactly: the range is then written with "about".
    pub approximate: bool,
    /// The unit.
    pub unit: Unit,
    /// Ids of the claims that count, by the end of their period.
    pub claims: Vec<String>,
    /// Their origins, in order.
    pub origins: Vec<String>,
    /// Claims left out, with the reason.
    pub left_out: Vec<(String, &'static str)>,
}

impl Range {
    /// The range of the claims that `key` describes.
    pub fn of(case: &Case, key: RangeKey) -> Option<Self> {
        let measure = case.measures.get(&key.measure)?;
        let (unit, adds_over_time) = (measure.unit.clone(), measure.adds_over_time);
        let mut range = Self {
            key,
            low: None,
            high: None,
            approximate: false,
            unit,
            claims: Vec::new(),
            origins: Vec::new(),
            left_out: Vec::new(),
        };
        let mut members: Vec<&Claim> = (case.claims.iter()).filter(|claim| range.is_about(claim)).collect();
        members.sort_by_key(|claim| claim.period.map(|period| period.sort_day()));
        let mut origins = BTreeSet::new();
        for claim in members {
            match same_stretch(adds_over_time, claim, &range.key).and_then(|()| comparable(claim, &range.unit)) {
                Err(reason) => range.left_out.push((claim.id.clone(), reason)),
                Ok(quantity) => {
                    range.widen(&quantity);
                    range.claims.push(claim.id.clone());
                    origins.insert(claim.origin.clone());
                }
            }
        }
        range.origins = origins.into_iter().collect();
        range.approximate = range.ends_are_approximate(case);
        Some(range)
    }

    fn is_about(&self, claim: &Claim) -> bool {
        claim.measure == self.key.measure
            && claim.place == self.key.place
            && claim.population == self.key.population
            && claim.period.is_some_and(|period| period.overlaps(&self.key.period))
    }

    /// Every stated number counts on both sides: "up to 300 m" alone must not leave a range without a lower number.
    /// At equal numbers a closed end wins over an open one: somebody states just that.
    fn widen(&mut self, quantity: &Quantity) {
        let ends = match quantity.bounds() {
            (Some(low), Some(high)) => [End { value: low, open: false }, End { value: high, open: false }],
            (Some(only), None) | (None, Some(only)) => [End { value: only, open: true }; 2],
            (None, None) => return,
        };
        let (at_most, at_least) = (quantity.bounds().0.is_none(), quantity.bounds().1.is_none());
        for end in ends {
            let low = End { open: end.open && at_most, ..end };
            let high = End { open: end.open && at_least, ..end };
            if self.low.is_none_or(|known| (low.value, low.open) < (known.value, known.open)) {
                self.low = Some(low);
            }
            if self.high.is_none_or(|known| (high.value, !high.open) > (known.value, !known.open)) {
                self.high = Some(high);
            }
        }
    }

    fn ends_are_approximate(&self, case: &Case) -> bool {
        let stated = |claim: &Claim| {
            let bounds = comparable(claim, &self.unit).map(|quantity| quantity.bounds()).unwrap_or_default();
            claim.quantity.qualifier() != Qualifier::About
                && [bounds.0, bounds.1]
                    .iter()
                    .flatten()
                    .any(|number| [self.low, self.high].iter().flatten().any(|end| end.value == *number))
        };
        !self.claims.iter().filter_map(|id| case.claims.get(id)).any(stated)
    }

    /// The figure for readers: `24,000–50,000`, `about 100,000`; with the unit when asked for.
    pub fn words(&self, with_unit: bool) -> String {
        match (self.low, self.high) {
            (Some(low), Some(high)) => {
                let about = if self.approximate { "about " } else { "" };
                format!("{about}{}", figure::span(low, high, &self.unit, with_unit))
            }
            _ => "unknown".to_owned(),
        }
    }

    /// Whether no claim speaks about it.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }
}

/// Where figures add up over time, a quarter says nothing beside a year: only the very stretch that is asked for counts.
fn same_stretch(adds_over_time: bool, claim: &Claim, key: &RangeKey) -> Result<(), &'static str> {
    let same = claim.period.is_some_and(|period| period.contains(&key.period) && key.period.contains(&period));
    if adds_over_time && !same { Err("about another stretch of time") } else { Ok(()) }
}

/// The claim's quantity in the unit of the measure, or why it cannot be held against the others.
pub fn comparable(claim: &Claim, unit: &Unit) -> Result<Quantity, &'static str> {
    match claim.status {
        Status::Superseded => return Err("superseded by a later statement of the same origin"),
        Status::Weak => return Err("weak: known to be doubtful"),
        Status::Stated | Status::Derived | Status::Verify => {}
    }
    let same_kind = claim.quantity.unit().dimension_without_currency() == unit.dimension_without_currency();
    let apart = if same_kind {
        "in a unit that cannot be compared without an exchange rate"
    } else {
        "in a unit of another kind"
    };
    let converted = claim.quantity.convert(unit).ok_or(apart)?;
    match converted.bounds() {
        (None, None) => Err("undisclosed: no number is given"),
        _ => Ok(converted),
    }
}
