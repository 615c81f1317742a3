//! Arithmetic of intervals that may be unbounded (Moore 1966).

use serde::Serialize;

/// Ends closer than this, relative to their size, count as touching: it stands in for rounding outwards, so that no
/// contradiction is found in the last digit of a double.
pub(super) const TOUCH: f64 = 1e-9;

/// What an interval holds, for output: an end that is missing is unbounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bounds {
    /// The low end.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
}

impl From<Span> for Bounds {
    fn from(span: Span) -> Self {
        let finite = |end: f64| Some(end).filter(|end| end.is_finite());
        Self { low: finite(span.low), high: finite(span.high) }
    }
}

/// All numbers from `low` to `high`, which may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Span {
    pub(super) const ALL: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
    pub(super) const POSITIVE: Self = Self { low: 0.0, high: f64::INFINITY };

    pub(super) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// With a low end that has overflowed put back to the largest double, and so for the high end: no end is ever
    /// infinite on the wrong side, so no sum is ever infinity less infinity.
    fn tame(low: f64, high: f64) -> Self {
        Self { low: low.min(f64::MAX), high: high.max(f64::MIN) }
    }

    /// What both hold; `None` when they do not even touch.
    pub(super) fn meet(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high {
            return Some(Self { low, high });
        }
        // a hair's breadth apart: both ends are the same number but for rounding
        let touching = low - high <= TOUCH * low.abs().max(high.abs());
        touching.then_some(Self { low: high, high: low })
    }

    /// Whether everything in this lies in the other, to the last digit.
    pub(super) fn is_inside(self, other: Self) -> bool {
        self.low >= other.low && self.high <= other.high
    }

    /// Whether everything in this lies in the other, or touches it.
    pub(super) fn within(self, other: Self) -> bool {
        self.nearly_within(other, TOUCH)
    }

    /// Whether everything in this lies in the other but for this part of its ends.
    pub(super) fn nearly_within(self, other: Self, part: f64) -> bool {
        let slack = |end: f64| if end.is_finite() { part * end.abs() } else { 0.0 };
        self.low >= other.low - slack(other.low) && self.high <= other.high + slack(other.high)
    }

    /// Whether the other is narrower by more than rounding.
    pub(super) fn wider_than(self, other: Self) -> bool {
        !self.within(other)
    }

    /// The sum; the low ends are never infinite in opposite directions.
    pub(super) fn plus(self, other: Self) -> Self {
        Self::tame(self.low + other.low, self.high + other.high)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        // an unbounded part leaves the difference unbounded, whatever it is taken from
        let less = |end: f64, part: f64, unbounded: f64| if part.is_infinite() { unbounded } else { end - part };
        Self::tame(less(self.low, other.high, f64::NEG_INFINITY), less(self.high, other.low, f64::INFINITY))
    }

    /// Times a number that is not zero.
    pub(super) fn scaled(self, factor: f64) -> Self {
        let (a, b) = (self.low * factor, self.high * factor);
        if factor > 0.0 { Self::tame(a, b) } else { Self::tame(b, a) }
    }

    /// Divided by a number that is not zero.
    pub(super) fn unscaled(self, factor: f64) -> Self {
        let (a, b) = (self.low / factor, self.high / factor);
        if factor > 0.0 { Self::tame(a, b) } else { Self::tame(b, a) }
    }

    /// The product of two intervals at or above zero. Zero times unbounded: the low end is zero, and so is the high end
    /// when one of them is exactly zero.
    pub(super) fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        Self::tame(product(self.low, other.low), product(self.high, other.high))
    }

    /// Every x at or above zero with x·y in this interval for some y in the other; both at or above zero.
    pub(super) fn divided(self, other: Self) -> Self {
        let low = if self.low == 0.0 || other.high.is_infinite() { 0.0 } else { self.low / other.high };
        let high = if other.low == 0.0 || self.high.is_infinite() { f64::INFINITY } else { self.high / other.low };
        Self::tame(low, high)
    }

    /// xᵖ of an interval at or above zero, p not zero.
    pub(super) fn power(self, power: f64) -> Self {
        // the powers that nearly all expressions have, and exact where the general function need not be
        let raise = |end: f64| match power {
            1.0 => end,
            2.0 => end * end,
            -1.0 => 1.0 / end,
            0.5 => end.sqrt(),
            _ => libm::pow(end, power),
        };
        let (a, b) = (raise(self.low), raise(self.high));
        if power > 0.0 { Self::tame(a, b) } else { Self::tame(b, a) }
    }

    /// A number inside, in the middle on a logarithmic scale; both ends at or above zero.
    pub(super) fn middle(self) -> f64 {
        let (low, high) = self.logs();
        libm::exp(0.5 * (low + high)).max(self.low).min(self.high)
    }

    /// How many powers of e it spans, zero and infinity standing for e^∓69, the 30th power of ten.
    pub(super) fn log_width(self) -> f64 {
        let (low, high) = self.logs();
        high - low
    }

    fn logs(self) -> (f64, f64) {
        let log = |end: f64| libm::log(end.clamp(1e-30, 1e30));
        (log(self.low), log(self.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_infinity_give_no_nan() {
        let ends = [0.0, 1.0, 3.0, f64::INFINITY];
        let spans: Vec<Span> =
            ends.iter().flat_map(|a| ends.iter().filter(move |b| a <= b).map(move |b| Span::new(*a, *b))).collect();
        for left in &spans {
            for right in &spans {
                for found in [left.times(*right), left.divided(*right), left.plus(*right), left.minus(*right)] {
                    assert!(!found.low.is_nan() && !found.high.is_nan(), "{left:?} {right:?}: {found:?}");
                }
            }
            for power in [-1.0, 0.5, 2.0] {
                let found = left.power(power);
                assert!(found.low <= found.high, "{left:?}^{power}: {found:?}");
            }
        }
    }

    #[test]
    fn touching_ends_meet_and_apart_ends_do_not() {
        let meeting = Span::new(0.0, 0.1 + 0.2).meet(Span::new(0.3, 1.0)).unwrap();
        assert!((meeting.low - 0.3).abs() < 1e-12);
        assert!(Span::new(0.0, 0.3).meet(Span::new(0.1 + 0.2, 1.0)).is_some());
        assert!(Span::new(0.0, 0.3).meet(Span::new(0.3001, 1.0)).is_none());
    }
}
