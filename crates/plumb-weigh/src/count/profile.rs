//! Profile likelihood: how well the best fit of a model does at each population size.
//!
//! Cormack (1992), Biometrics 48:567. Give the history "on no list" the count `N - observed`, fit the model to the whole
//! table, and take the multinomial likelihood; the interval holds the sizes where it is within half a chi-square quantile
//! of its maximum. Unlike a standard error it may reach much farther up than down, as sparse lists demand.

use super::glm;
use super::interval::{Interval, IntervalMethod, check_level};
use super::loglinear::check;
use super::model::{Design, Model};
use super::refusal::Refusal;
use super::special::real;
use super::table::CaptureTable;
use crate::statistics::{find_root, normal_half_width};

/// A population so many times those observed is none that these lists bound.
const MOST_HIDDEN: f64 = 1e6;

/// The size at the maximum of a profile likelihood, and its interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Profile {
    /// The most likely size, in people.
    pub population: f64,
    /// The interval; without upper end where the likelihood stays high however large the size.
    pub interval: Interval,
}

/// The profile-likelihood interval of a log-linear model.
///
/// # Errors
/// A [`Refusal`] where the model cannot be fitted.
pub fn profile(table: &CaptureTable, model: &Model, level: f64) -> Result<Profile, Refusal> {
    check_level(level)?;
    let mut design = Design::new(table, model);
    check(&design, model)?;
    design.cells.push(0);
    design.counts.push(0.0);
    let curve = Curve { design, observed: real(table.observed()), model: model.name().to_owned() };
    curve.interval(level)
}

/// The profile log-likelihood as a function of the hidden number.
struct Curve {
    design: Design,
    observed: f64,
    model: String,
}

impl Curve {
    /// The log-likelihood at its best for a hidden number.
    fn at(&self, hidden: f64) -> f64 {
        let total = self.observed + hidden;
        let mut design = self.design.clone();
        if let Some(last) = design.counts.last_mut() {
            *last = hidden;
        }
        let Some(fit) = glm::fit(&design) else { return f64::NEG_INFINITY };
        let shares = design.counts.iter().zip(&fit.means).filter(|(count, _)| **count > 0.0);
        let kernel: f64 = shares.map(|(count, mean)| count * libm::log(mean / total)).sum();
        kernel + libm::lgamma(total + 1.0) - libm::lgamma(hidden + 1.0)
    }

    /// The same along the logarithm of the hidden number plus one, on which the curve is closer to a parabola.
    fn along(&self, position: f64) -> f64 {
        self.at(libm::expm1(position))
    }

    fn interval(&self, level: f64) -> Result<Profile, Refusal> {
        let top = libm::log1p(MOST_HIDDEN * self.observed);
        let best = maximum(|position| self.along(position), top);
        let best_hidden = libm::expm1(best);
        let quantile = normal_half_width(level);
        let target = self.along(best) - quantile * quantile / 2.0;
        if !target.is_finite() {
            return Err(Refusal::NotConverged { model: self.model.clone() });
        }
        let beyond = |position: f64| self.along(position) - target;
        let low = if beyond(0.0) >= 0.0 { 0.0 } else { find_root(beyond, 0.0, best, 1e-7).unwrap_or(0.0) };
        let high = upper(best, top, beyond);
        let ends =
            (self.observed + libm::expm1(low), high.map_or(f64::INFINITY, |high| self.observed + libm::expm1(high)));
        let interval = Interval::new(ends.0, ends.1, level, IntervalMethod::ProfileLikelihood);
        Ok(Profile { population: self.observed + best_hidden, interval })
    }
}

/// The upper end: doubled steps outward until the likelihood has fallen far enough, then a root.
fn upper(best: f64, top: f64, beyond: impl Fn(f64) -> f64) -> Option<f64> {
    let mut step = 0.5;
    let mut inside = best;
    while inside + step < top {
        let outside = inside + step;
        if beyond(outside) < 0.0 {
            return find_root(beyond, inside, outside, 1e-7);
        }
        inside = outside;
        step *= 2.0;
    }
    None
}

/// Where a function with one hump is highest, between zero and `top`: golden sections.
fn maximum(value: impl Fn(f64) -> f64, top: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (0.0, top);
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_left, mut at_right) = (value(left), value(right));
    while high - low > 1e-6 {
        if at_left >= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = value(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = value(right);
        }
    }
    f64::midpoint(low, high)
}
