//! Bands: an amount that is known only between two ends, or only from below. What records leave open stays open in sums.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// An amount of at least `low` and at most `high`; without `high` nothing bounds it from above. Never below zero.
///
/// ```
/// use plumb_core::band::Band;
/// let hours: Band = "240..300".parse().unwrap();
/// assert_eq!(hours.times(2.into()).unwrap().to_string(), "480..600");
/// assert!("-150".parse::<Band>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Band {
    /// The least that it can be.
    pub low: Decimal,
    /// The most that it can be; `None` is open.
    pub high: Option<Decimal>,
}

/// Why a text is not a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandError {
    /// Neither a number nor two with `..` between them.
    #[error("write a number (150), two with `..` between them (150..200), or a least (150..)")]
    Shape,
    /// Pay, hours and persons are not less than nothing.
    #[error("it cannot be below zero")]
    Negative,
    /// The ends stand in the wrong order.
    #[error("the ends are reversed: the lower stands first")]
    Reversed,
    /// Larger than [`Band::LARGEST`].
    #[error("it is larger than a million million")]
    TooLarge,
}

impl Band {
    /// Nothing at all.
    pub const ZERO: Self = Self { low: Decimal::ZERO, high: Some(Decimal::ZERO) };

    /// Nothing is known of it.
    pub const UNKNOWN: Self = Self { low: Decimal::ZERO, high: None };

    /// The largest end that is read: more than any wage, in any currency, and far from where decimals overflow.
    pub const LARGEST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

    /// A band of one number; below zero counts as zero.
    pub fn exact(value: Decimal) -> Self {
        let value = value.max(Decimal::ZERO);
        Self { low: value, high: Some(value) }
    }

    /// Between two numbers, in either order.
    pub fn between(one: Decimal, two: Decimal) -> Self {
        Self { low: one.min(two).max(Decimal::ZERO), high: Some(one.max(two).max(Decimal::ZERO)) }
    }

    /// The same from its lower end, open above.
    #[must_use]
    pub fn or_more(self) -> Self {
        Self { low: self.low, high: None }
    }

    /// Whether both ends are one.
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// Sum, end by end; `None` when it gets too large for a decimal.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.joined(other, Decimal::checked_add)
    }

    /// Product of two amounts; `None` when it gets too large. What is open times nothing is still open.
    pub fn by(self, other: Self) -> Option<Self> {
        self.joined(other, Decimal::checked_mul)
    }

    /// Both, end by end; open above when one is.
    fn joined(self, other: Self, join: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Self> {
        let high = match self.high.zip(other.high) {
            Some((one, two)) => Some(join(one, two)?),
            None => None,
        };
        Some(Self { low: join(self.low, other.low)?, high })
    }

    /// The same times a number that is not negative; `None` when it gets too large.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        self.by(Self::exact(factor))
    }

    /// The same divided by a number above zero; `None` for zero.
    pub fn over(self, divisor: Decimal) -> Option<Self> {
        let high = match self.high {
            Some(high) => Some(high.checked_div(divisor)?),
            None => None,
        };
        Some(Self { low: self.low.checked_div(divisor)?, high })
    }

    /// What of it remains after `other` is taken off, the two being independent; never below zero.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        let rest = |from: Decimal, off: Decimal| from.saturating_sub(off).max(Decimal::ZERO);
        Self {
            low: other.high.map_or(Decimal::ZERO, |off| rest(self.low, off)),
            high: self.high.map(|high| rest(high, other.low)),
        }
    }

    /// The larger of two amounts, end by end.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, two)| one.max(two));
        Self { low: self.low.max(other.low), high }
    }

    /// The smaller of two amounts, end by end.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        let high = match (self.high, other.high) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self { low: self.low.min(other.low), high }
    }

    /// The narrowest band around both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, two)| one.max(two));
        Self { low: self.low.min(other.low), high }
    }
}

impl FromStr for Band {
    type Err = BandError;

    fn from_str(text: &str) -> Result<Self, BandError> {
        let number = |text: &str| -> Result<Decimal, BandError> {
            let value = Decimal::from_str_exact(text.trim()).map_err(|_| BandError::Shape)?;
            match value {
                value if value.is_sign_negative() && !value.is_zero() => Err(BandError::Negative),
                value if value > Self::LARGEST => Err(BandError::TooLarge),
                value => Ok(value),
            }
        };
        let Some((low, high)) = text.split_once("..") else { return number(text).map(Self::exact) };
        let low = number(low)?;
        if high.trim().is_empty() {
            return Ok(Self { low, high: None });
        }
        let high = number(high)?;
        if high < low { Err(BandError::Reversed) } else { Ok(Self { low, high: Some(high) }) }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.high {
            Some(high) if high == self.low => self.low.fmt(out),
            Some(high) => write!(out, "{}..{high}", self.low),
            None => write!(out, "{}..", self.low),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bands_are_read_or_refused() {
        for text in ["0", "12.5", "10..14", "10.."] {
            assert_eq!(text.parse::<Band>().map(|band| band.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("-1".parse::<Band>(), Err(BandError::Negative));
        assert_eq!("14..10".parse::<Band>(), Err(BandError::Reversed));
        assert_eq!("1000000000001".parse::<Band>(), Err(BandError::TooLarge));
        for text in ["", "..", "..5", "a", "1,5", "1..2..3"] {
            assert_eq!(text.parse::<Band>(), Err(BandError::Shape), "{text}");
        }
        assert_eq!(Band::LARGEST, Decimal::from(1_000_000_000_000_i64));
    }

    proptest! {
        #[test]
        fn what_may_be_stays_within(due in 0i64..1000, spread in 0i64..500, paid in 0i64..1000, more in 0i64..500) {
            let owed = Band::between(due.into(), (due + spread).into()).less(Band::between(paid.into(), (paid + more).into()));
            for (one, two) in [(due, paid), (due + spread, paid), (due, paid + more), (due + spread, paid + more)] {
                let value = Decimal::from((one - two).max(0));
                prop_assert!(owed.low <= value && owed.high.is_none_or(|high| value <= high));
            }
        }
    }
}
