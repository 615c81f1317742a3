//! Shares: a range of percent, exact to a millionth of a percent.

use std::fmt;

use plumb_core::figure;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Parts of a percent that a share counts in.
const PARTS: i64 = 1_000_000;

/// The largest share that is kept as it stands, in percent; what is above is kept as this, and named as impossible anyway.
const LARGEST: i64 = 4_000;

/// A share of property or votes in percent, from lowest to highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    low: u32,
    high: u32,
}

impl Share {
    /// Nothing is known but that it is a share.
    pub const UNKNOWN: Self = Self { low: 0, high: 100_000_000 };

    /// A share between two percentages, in either order. `None` when one is negative.
    ///
    /// ```
    /// use plumb_trace::Share;
    /// let share = Share::between("25".parse().unwrap(), "50".parse().unwrap()).unwrap();
    /// assert_eq!(share.to_string(), "25–50 %");
    /// assert!(Share::between("-1".parse().unwrap(), "50".parse().unwrap()).is_none());
    /// ```
    pub fn between(one: Decimal, other: Decimal) -> Option<Self> {
        let parts = |percent: Decimal| {
            // the product below must fit, whatever a file says
            let percent = percent.clamp(Decimal::NEGATIVE_ONE, Decimal::from(LARGEST));
            (percent * Decimal::from(PARTS)).round().to_u32()
        };
        let (one, other) = (parts(one)?, parts(other)?);
        Some(Self { low: one.min(other), high: one.max(other) })
    }

    /// A share that is known exactly.
    pub fn exact(percent: Decimal) -> Option<Self> {
        Self::between(percent, percent)
    }

    /// Its lowest value, in percent.
    pub fn low(self) -> Decimal {
        Decimal::new(i64::from(self.low), 6).normalize()
    }

    /// Its highest value, in percent.
    pub fn high(self) -> Decimal {
        Decimal::new(i64::from(self.high), 6).normalize()
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    /// Whether it is above the whole, which cannot be.
    pub fn is_above_whole(self) -> bool {
        self.high > Self::UNKNOWN.high
    }

    /// The range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The same with nothing as its lowest value: for a share that is only alleged.
    #[must_use]
    pub fn from_nothing(self) -> Self {
        Self { low: 0, ..self }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unknown() {
            return out.write_str("an unknown share");
        }
        out.write_str(&percent_range(self.low(), self.high()))
    }
}

/// A range of percent in words: `25–50 %`, `60 %`.
pub fn percent_range(low: Decimal, high: Decimal) -> String {
    let (low, high) = (low.round_dp(4).normalize(), high.round_dp(4).normalize());
    if low == high {
        return format!("{} %", figure::group(&low));
    }
    format!("{}–{} %", figure::group(&low), figure::group(&high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn shares_are_exact_ordered_and_bounded() {
        let third = Share::exact(decimal("33.333333")).unwrap();
        assert_eq!(third.low(), decimal("33.333333"));
        let reversed = Share::between(decimal("75"), decimal("25")).unwrap();
        assert_eq!((reversed.low(), reversed.high()), (decimal("25"), decimal("75")));
        assert!(Share::exact(decimal("130")).unwrap().is_above_whole());
        assert!(Share::exact(Decimal::MAX).unwrap().is_above_whole());
        assert!(Share::exact(Decimal::MIN).is_none());
        assert_eq!(Share::UNKNOWN.to_string(), "an unknown share");
        assert_eq!(reversed.hull(third).to_string(), "25–75 %");
    }
}
