//! Quantities as people state them: exact, about, a range, at least, at most, undisclosed, none; with their unit and words.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::unit::Unit;

/// How a stated number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// A count or a register: 30,023.
    Exact,
    /// "About", "nearly", "on average": near this number, or between these two loosely.
    About,
    /// "Between … and …".
    Range,
    /// "At least", "more than", "thousands": only a lower end is stated.
    AtLeast,
    /// "Up to", "less than": only an upper end is stated.
    AtMost,
    /// A figure exists and is withheld. Missing is not zero.
    Undisclosed,
    /// Said to be none at all: zero.
    None,
}

impl Qualifier {
    /// All of them, in order, with the word used in tables.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Exact, "exact"),
        (Self::About, "about"),
        (Self::Range, "range"),
        (Self::AtLeast, "at least"),
        (Self::AtMost, "at most"),
        (Self::Undisclosed, "undisclosed"),
        (Self::None, "none"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, word)| word)
    }
}

impl FromStr for Qualifier {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let found = Self::ALL.iter().find(|(_, word)| *word == text.trim());
        found.map(|(qualifier, _)| *qualifier).ok_or(QuantityError::UnknownQualifier)
    }
}

impl fmt::Display for Qualifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Why numbers and qualifier do not make a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The qualifier is none of the seven words.
    #[error("the qualifier must be exact, about, range, at least, at most, undisclosed or none")]
    UnknownQualifier,
    /// A number that the qualifier needs is missing.
    #[error("`{0}` needs a number in `{1}`")]
    Missing(Qualifier, &'static str),
    /// A number stands where the qualifier allows none.
    #[error("`{0}` allows no number in `{1}`")]
    Unexpected(Qualifier, &'static str),
    /// The lower end is above the upper end, or the best figure outside both.
    #[error("the numbers are reversed: low must not exceed best, nor best exceed high")]
    Reversed,
}

/// A stated quantity. Built by [`Quantity::new`], so its numbers always fit its qualifier.
///
/// ```
/// use plumb_core::quantity::{Qualifier, Quantity};
/// let unit = "USD/year".parse().unwrap();
/// let numbers = (Some(1_200_000_000.into()), None, Some(2_300_000_000_i64.into()));
/// let revenue = Quantity::new(Qualifier::Range, numbers, unit).unwrap();
/// assert_eq!(revenue.figure().to_string(), "$1.2–2.3 bn a year");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    qualifier: Qualifier,
    low: Option<Decimal>,
    best: Option<Decimal>,
    high: Option<Decimal>,
    unit: Unit,
    /// By how much rounding may have moved the ends, where a change of unit has hidden it: "about $30 a day" is no exact
    /// $913.125 a month.
    rounding: Option<(Decimal, Decimal)>,
}

/// Low, best and high as they stand in a table.
pub type Numbers = (Option<Decimal>, Option<Decimal>, Option<Decimal>);

impl Quantity {
    /// A quantity from a qualifier and the numbers `(low, best, high)`.
    ///
    /// # Errors
    /// When a number is missing, superfluous or out of order for the qualifier.
    pub fn new(qualifier: Qualifier, numbers: Numbers, unit: Unit) -> Result<Self, QuantityError> {
        let (low, best, high) = numbers;
        let need = |name, value: Option<Decimal>| value.map(|_| ()).ok_or(QuantityError::Missing(qualifier, name));
        let refuse = |name, value: Option<Decimal>| match value {
            Some(_) => Err(QuantityError::Unexpected(qualifier, name)),
            None => Ok(()),
        };
        match qualifier {
            Qualifier::Exact => (need("best", best)?, refuse("low", low)?, refuse("high", high)?),
            Qualifier::About if best.is_none() => (need("best or low", low)?, need("high", high)?, ()),
            Qualifier::About if low.is_some() != high.is_some() => (need("low", low)?, need("high", high)?, ()),
            Qualifier::About => ((), (), ()),
            Qualifier::Range => (need("low", low)?, need("high", high)?, ()),
            Qualifier::AtLeast => (need("low", low)?, refuse("best", best)?, refuse("high", high)?),
            Qualifier::AtMost => (need("high", high)?, refuse("best", best)?, refuse("low", low)?),
            Qualifier::Undisclosed | Qualifier::None => {
                (refuse("low", low)?, refuse("best", best)?, refuse("high", high)?)
            }
        };
        let ordered: Vec<Decimal> = [low, best, high].into_iter().flatten().collect();
        if !ordered.is_sorted() {
            return Err(QuantityError::Reversed);
        }
        Ok(Self { qualifier, low, best, high, unit, rounding: None })
    }

    /// An exact figure.
    pub fn exact(value: Decimal, unit: Unit) -> Self {
        Self { qualifier: Qualifier::Exact, low: None, best: Some(value), high: None, unit, rounding: None }
    }

    /// How the number is meant.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The numbers as they were written: low, best, high.
    pub fn numbers(&self) -> Numbers {
        (self.low, self.best, self.high)
    }

    /// The lower and upper end as stated; `None` is an open end. "None" is zero at both ends, "undisclosed" open at both.
    pub fn bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        match self.qualifier {
            Qualifier::Exact => (self.best, self.best),
            Qualifier::About | Qualifier::Range => (self.low.or(self.best), self.high.or(self.best)),
            Qualifier::AtLeast => (self.low, None),
            Qualifier::AtMost => (None, self.high),
            Qualifier::Undisclosed => (None, None),
            Qualifier::None => (Some(Decimal::ZERO), Some(Decimal::ZERO)),
        }
    }

    /// The ends that the words allow once rounding is taken for what it is: "about 30,000" is 25,000 to 35,000.
    ///
    /// The ends of "about" and "between" are widened by half a unit of their last digit that is not zero, as rounding
    /// would do it; exact figures, "at least" and "at most" stay as they are.
    pub fn tolerant_bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        let (low, high) = self.bounds();
        if !matches!(self.qualifier, Qualifier::About | Qualifier::Range) {
            return (low, high);
        }
        let (down, up) = self.rounding();
        (
            low.map(|value| value.checked_sub(down).unwrap_or(value)),
            high.map(|value| value.checked_add(up).unwrap_or(value)),
        )
    }

    /// By how much rounding may have moved the lower and the upper end: half a unit of the last digit as it was written.
    fn rounding(&self) -> (Decimal, Decimal) {
        let (low, high) = self.bounds();
        let half = |value: Option<Decimal>| value.map_or(Decimal::ZERO, half_of_last_digit);
        self.rounding.unwrap_or_else(|| (half(low), half(high)))
    }

    /// One number that stands for it on a chart: the best, else the middle of the ends, else the only end.
    pub fn middle(&self) -> Option<Decimal> {
        if let Some(best) = self.best {
            return Some(best);
        }
        match self.bounds() {
            (Some(low), Some(high)) => low.checked_add(high).map(|sum| (sum / Decimal::TWO).normalize()),
            (low, high) => low.or(high),
        }
    }

    /// The same quantity in another unit; `None` when the dimensions differ or a number gets too large. It stays as round as it
    /// was.
    pub fn convert(&self, unit: &Unit) -> Option<Self> {
        let factor = self.unit.factor_to(unit)?;
        let scale = |value: Option<Decimal>| match value {
            Some(number) => number.checked_mul(factor).map(|scaled| Some(scaled.normalize())),
            None => Some(None),
        };
        let (low, best, high) = (scale(self.low)?, scale(self.best)?, scale(self.high)?);
        let (down, up) = self.rounding();
        let rounding = if factor == Decimal::ONE { self.rounding } else { scale(Some(down))?.zip(scale(Some(up))?) };
        Some(Self { qualifier: self.qualifier, low, best, high, unit: unit.clone(), rounding })
    }
}

/// Half a unit of the last digit of `value` that is not zero: 5,000 for 30,000, 0.05 for 0.9.
fn half_of_last_digit(value: Decimal) -> Decimal {
    let plain = value.normalize();
    if plain.is_zero() {
        return Decimal::ZERO;
    }
    let mut digits = plain.mantissa().unsigned_abs();
    let mut zeros = 0;
    while plain.scale() == 0 && digits.is_multiple_of(10) {
        digits /= 10;
        zeros += 1;
    }
    let mut half = Decimal::new(5, 1);
    for _ in 0..zeros {
        half = half.checked_mul(Decimal::TEN).unwrap_or(half);
    }
    for _ in 0..plain.scale() {
        half /= Decimal::TEN;
    }
    half
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn persons(qualifier: Qualifier, low: Option<i64>, best: Option<i64>, high: Option<i64>) -> Quantity {
        let numbers = (low.map(Decimal::from), best.map(Decimal::from), high.map(Decimal::from));
        Quantity::new(qualifier, numbers, "persons".parse().unwrap()).unwrap()
    }

    #[test]
    fn rounding_is_taken_for_what_it_is() {
        let ends = |value| persons(Qualifier::About, None, Some(value), None).tolerant_bounds();
        assert_eq!(ends(30_000), (Some(25_000.into()), Some(35_000.into())));
        assert_eq!(ends(37_500), (Some(37_450.into()), Some(37_550.into())));
        let exact = persons(Qualifier::Exact, None, Some(30_023), None);
        assert_eq!(exact.tolerant_bounds(), exact.bounds());
        assert_eq!(half_of_last_digit(Decimal::new(9, 1)), Decimal::new(5, 2));
    }

    #[test]
    fn another_unit_makes_a_figure_no_less_round() {
        let day = Quantity::new(Qualifier::About, (None, Some(30.into()), None), "USD/day".parse().unwrap()).unwrap();
        let month = day.convert(&"USD/month".parse().unwrap()).unwrap();
        let whole = |end: Option<Decimal>| end.unwrap().round();
        assert_eq!((whole(month.bounds().0), whole(month.bounds().1)), (913.into(), 913.into()));
        let (low, high) = month.tolerant_bounds();
        assert_eq!((whole(low), whole(high)), (761.into(), 1065.into()));
        let again = month.convert(&"USD/day".parse().unwrap()).unwrap().tolerant_bounds();
        assert_eq!((whole(again.0), whole(again.1)), (25.into(), 35.into()));
        assert_eq!(day.convert(&"USD/day".parse().unwrap()).unwrap(), day);
    }

    #[test]
    fn numbers_must_fit_the_qualifier() {
        let unit: Unit = "persons".parse().unwrap();
        let one = Some(Decimal::ONE);
        let two = Some(Decimal::TWO);
        let new = |qualifier, numbers| Quantity::new(qualifier, numbers, unit.clone());
        assert_eq!(new(Qualifier::Range, (two, None, one)), Err(QuantityError::Reversed));
        assert!(matches!(new(Qualifier::AtLeast, (None, one, None)), Err(QuantityError::Missing(..))));
        assert!(matches!(new(Qualifier::None, (None, one, None)), Err(QuantityError::Unexpected(..))));
        assert!(new(Qualifier::About, (one, None, None)).is_err());
        assert!(new(Qualifier::About, (one, None, two)).is_ok());
    }

    proptest! {
        #[test]
        fn tolerant_bounds_contain_the_stated_ones(value in -1_000_000_000i64..1_000_000_000, scale in 0u32..6) {
            let best = Some(Decimal::new(value, scale));
            let quantity = Quantity::new(Qualifier::About, (None, best, None), "share".parse().unwrap()).unwrap();
            let (low, high) = quantity.tolerant_bounds();
            prop_assert!(low <= best && best <= high);
        }
    }
}
