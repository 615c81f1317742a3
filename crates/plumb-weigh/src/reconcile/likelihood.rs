//! How probable what a row says is, with its origin right and with it wrong; and what is taken for granted of an unknown.

use crate::statistics::LN_SQRT_TWO_PI;

use super::bound::Bound;
use super::network::IndexedTerm;
use super::rows::{Function, Row, Says};

/// Standard deviation of a weak prior on the logarithm of each unbounded unknown around the start: a factor of 3,700 either way in nine of
/// ten cases. It keeps what the claims leave open from wandering off, and moves what they determine by less than a
/// hundredth of its own spread while that is below a factor of two. Where claims leave an unknown a factor of fifty it moves P(right) by up to
/// 0.05, which no standard error shows; DESIGN.md says why it is no wider. Bounded unknowns are uniform between their bounds: on a
/// flat logit they would run off to a bound where products hardly change any more.
const WEAK_DEVIATION: f64 = 5.0;
/// Standard deviation within which a second identity for one quantity holds while sampling, in logarithms: three parts in
/// a thousand. Chains cannot walk along anything much thinner.
const IDENTITY_DEVIATION: f64 = 3e-3;

/// What a row measures: the place of an unknown, or an expression less (perhaps) a node.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    Own(usize),
    Log(usize),
    Balance(usize, usize),
}

impl Measure {
    /// `flatten` lays out an expression and gives its place.
    pub(super) fn of(function: &Function, mut flatten: impl FnMut(&[IndexedTerm]) -> usize) -> Self {
        match function {
            Function::Own(node) => Self::Own(*node),
            Function::Log(terms) => Self::Log(flatten(terms)),
            Function::Balance(left, terms) => Self::Balance(*left, flatten(terms)),
        }
    }
}

/// The variances of a row, not thinner than a walk can follow.
pub(super) fn floor_variances(row: &Row, (tight, loose): (f64, f64)) -> (f64, f64) {
    let floor = if row.readings.is_empty() { IDENTITY_DEVIATION * IDENTITY_DEVIATION } else { 0.0 };
    (tight.max(floor), loose.max(floor))
}

/// The precision of the weak prior.
pub(super) fn weak_precision() -> f64 {
    1.0 / (WEAK_DEVIATION * WEAK_DEVIATION)
}

/// A row's likelihood with its origin right, and with it wrong.
pub(super) struct Likelihood {
    pub(super) measure: Measure,
    says: Says,
    tight: Spread,
    loose: Spread,
}

impl Likelihood {
    pub(super) fn new(measure: Measure, says: Says, (tight, loose): (f64, f64)) -> Self {
        let spread = |variance: f64| Spread { deviation: variance.sqrt(), ln_deviation: 0.5 * libm::log(variance) };
        Self { measure, says, tight: spread(tight), loose: spread(loose) }
    }

    /// ln of the likelihood at a value, with the origin right.
    #[inline]
    pub(super) fn right(&self, value: f64, bound: &Bound) -> f64 {
        self.says.height(value, self.tight, bound)
    }

    /// The slope at a value, with the origin right or wrong.
    #[inline]
    pub(super) fn slope(&self, value: f64, right: bool, bound: &Bound) -> f64 {
        self.says.slope(value, if right { self.tight } else { self.loose }, bound)
    }

    /// The same with the origin wrong.
    #[inline]
    pub(super) fn wrong(&self, value: f64, bound: &Bound) -> f64 {
        self.says.height(value, self.loose, bound)
    }
}

#[derive(Clone, Copy)]
struct Spread {
    deviation: f64,
    ln_deviation: f64,
}

impl Says {
    /// ln of the likelihood of a row at a value.
    #[inline]
    fn height(self, value: f64, spread: Spread, bound: &Bound) -> f64 {
        let z = (value - self.place()) / spread.deviation;
        match self {
            Self::Near(_) => -LN_SQRT_TWO_PI - spread.ln_deviation - 0.5 * z * z,
            Self::Above(_) => bound.height(z),
            Self::Below(_) => bound.height(-z),
        }
    }

    /// Its slope.
    #[inline]
    fn slope(self, value: f64, spread: Spread, bound: &Bound) -> f64 {
        let z = (value - self.place()) / spread.deviation;
        match self {
            Self::Near(_) => -z / spread.deviation,
            Self::Above(_) => bound.slope(z) / spread.deviation,
            Self::Below(_) => -bound.slope(-z) / spread.deviation,
        }
    }
}
