//! What the account itself estimates for a measure, a place and a time.

use plumb_account::estimate::{Estimate, interval_words, rounded};
use plumb_core::case::StepLength;
use plumb_core::place::WORLD;
use plumb_core::quantity::Quantity;

use crate::outcome::Estimated;
use crate::told::Bench;

/// Digits of an estimate that count when a figure is held against it: two, as it is shown.
const DIGITS: u32 = 2;

impl Bench<'_> {
    /// The estimate of the quantity that claims of a measure speak of, at a place and in a year. A quantity of quarters or months says nothing of a
    /// year as a whole.
    pub(crate) fn estimate(&self, measure: &str, place: &str, year: Option<i16>) -> Option<&Estimate> {
        let model = self.account.case.model.as_ref()?;
        let observed = model.observations.iter().filter(|one| one.measure == measure && one.population.is_empty());
        let at_place =
            |text: &str| observed.clone().find(|one| one.place.as_ref().is_some_and(|place| place.text == text));
        let named = at_place(place);
        // the world has a quantity of its own; any other place is an index of the quantity
        let quantity = match named {
            Some(observed) => &observed.quantity.text,
            None if place == WORLD => return None,
            None => &observed.clone().find(|one| one.place.is_none())?.quantity.text,
        };
        let here = |estimate: &&Estimate| {
            (named.is_some() || estimate.place.as_deref() == Some(place))
                && estimate.at.is_none_or(|at| at.length() == StepLength::Year && Some(at.year()) == year)
        };
        self.account.estimates()?.of_quantity(quantity).find(here)
    }
}

/// The estimate for readers, and whether it has room for a figure. `None` when nothing is known or the units differ.
pub(crate) fn held_against(estimate: &Estimate, stated: &Quantity) -> Option<(Estimated, bool)> {
    let spread = estimate.spread.as_ref()?;
    let stated = stated.convert(&estimate.unit)?;
    let (low, high) = (rounded(spread.low, DIGITS), rounded(spread.high, DIGITS));
    let (from, to) = stated.bounds();
    let room = from.is_none_or(|from| from <= high) && to.is_none_or(|to| to >= low);
    let words = interval_words(spread, &estimate.unit, true);
    Some((Estimated { name: estimate.name.clone(), words }, room))
}
