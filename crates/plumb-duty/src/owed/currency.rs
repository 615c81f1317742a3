//! From one currency to another, only by a rate that the case has a source for.

use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::Case;
use plumb_core::reference::Reference;
use plumb_core::unit::Unit;

use super::series::{covers, together};

/// How many of one currency make one of another.
#[derive(Clone, Debug)]
pub(crate) struct Rate {
    value: Band,
    divides: bool,
    /// The rows that it rests on; none where both currencies are one.
    pub(crate) basis: Vec<Reference>,
}

impl Rate {
    /// An amount in the other currency; `None` when it gets too large.
    pub(crate) fn apply(&self, amount: Band) -> Option<Band> {
        if !self.divides {
            return amount.by(self.value);
        }
        // the most of the dearer currency comes of the lowest rate
        let high = match amount.high {
            Some(high) => Some(high.checked_div(self.value.low)?),
            None => None,
        };
        let low = self.value.high.map_or(Some(rust_decimal::Decimal::ZERO), |rate| amount.low.checked_div(rate))?;
        Some(Band { low, high })
    }

    /// How it is written into the arithmetic.
    pub(crate) fn written(&self) -> String {
        match (self.basis.is_empty(), self.divides) {
            (true, _) => String::new(),
            (_, false) => format!(" × {}", self.value),
            (_, true) => format!(" ÷ {}", self.value),
        }
    }
}

/// The rate from one currency to another on a day, for trade at a place.
///
/// # Errors
/// The gap, in words.
pub(crate) fn rate(case: &Case, from: &str, to: &str, place: &str, day: Date) -> Result<Rate, String> {
    if from == to {
        return Ok(Rate { value: Band::exact(rust_decimal::Decimal::ONE), divides: false, basis: Vec::new() });
    }
    let gap = || format!("no series of the case has a rate of {from} to {to} for {day}");
    let here = || {
        let rows = case.observations.iter().filter(move |row| covers(&row.period, day));
        rows.filter(move |row| case.places.contains(&row.place, place))
    };
    let unit = |above: &str, below: &str| format!("{above}/{below}").parse::<Unit>().map_err(|_| gap());
    if let Some(found) = together(here(), &unit(to, from)?) {
        return Ok(Rate { value: found.value, divides: false, basis: found.basis });
    }
    let found = together(here(), &unit(from, to)?).ok_or_else(gap)?;
    Ok(Rate { value: found.value, divides: true, basis: found.basis })
}
