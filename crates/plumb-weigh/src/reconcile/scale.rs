//! The scale on which a quantity is estimated: its logarithm, or for bounded ones its logit.

use serde::Serialize;

use crate::draws::exponential::exp;
use crate::statistics::{normal_expectation, normal_quantile};

use super::problem::Quantity;
use super::settings::{BoundedScale, Settings};

/// A scale without ends, and the quantity behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    /// ln(x − low).
    Log { low: f64 },
    /// ln((x − low)/(high − x)).
    Logit { low: f64, high: f64 },
}

impl Scale {
    /// The scale of a quantity that is estimated directly.
    pub(super) fn of(quantity: &Quantity, settings: &Settings) -> Self {
        let Quantity { low, high, .. } = *quantity;
        match settings.bounded_scale {
            BoundedScale::Log => Self::LOG,
            BoundedScale::Logit if high.is_finite() => Self::Logit { low, high },
            BoundedScale::Logit => Self::Log { low },
        }
    }

    /// The plain logarithm.
    pub(super) const LOG: Self = Self::Log { low: 0.0 };

    /// Its name in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Log { .. } => "log",
            Self::Logit { .. } => "logit",
        }
    }

    /// The bounds of the quantity.
    pub(super) fn bounds(self) -> (f64, f64) {
        match self {
            Self::Log { low } => (low, f64::INFINITY),
            Self::Logit { low, high } => (low, high),
        }
    }

    /// The place of a value: infinite at a bound, NaN beyond.
    pub(super) fn place(self, x: f64) -> f64 {
        match self {
            Self::Log { low } => libm::log(x - low),
            Self::Logit { low, high } => libm::log(x - low) - libm::log(high - x),
        }
    }

    /// The value at a place.
    pub(super) fn value(self, place: f64) -> f64 {
        match self {
            Self::Log { low } => low + exp(place),
            Self::Logit { low, high } if place < 0.0 => {
                let odds = exp(place);
                low + (high - low) * (odds / (1.0 + odds))
            }
            Self::Logit { low, high } => low + (high - low) / (1.0 + exp(-place)),
        }
    }

    /// ln of the density of a bounded quantity that is uniform between its bounds, at a place, up to a constant, with its
    /// slope and curvature: the logistic density. `None` for an unbounded one.
    pub(super) fn uniform(self, place: f64) -> Option<(f64, f64, f64)> {
        let Self::Logit { .. } = self else { return None };
        let odds = exp(-place.abs());
        let lesser = odds / (1.0 + odds);
        let slope = (1.0 - 2.0 * lesser).copysign(-place);
        Some((-place.abs() - 2.0 * libm::log(1.0 + odds), slope, 2.0 * lesser * (1.0 - lesser)))
    }

    /// ln x at a place, and how fast it grows there.
    pub(super) fn logarithm(self, place: f64) -> (f64, f64) {
        match self {
            Self::Log { low: 0.0 } => (place, 1.0),
            Self::Log { .. } => {
                let (part, x) = (exp(place), self.value(place));
                (libm::log(x), if x.is_finite() { part / x } else { 1.0 })
            }
            // a share, the common case, with one exponential and one logarithm
            Self::Logit { low: 0.0, high } => {
                let odds = exp(-place.abs());
                let (lesser, softplus) = (odds / (1.0 + odds), libm::log(1.0 + odds) + (-place).max(0.0));
                (libm::log(high) - softplus, if place > 0.0 { lesser } else { 1.0 - lesser })
            }
            Self::Logit { low, .. } => {
                let x = self.value(place);
                let away = 1.0 / (1.0 + exp(place));
                // (high − low)·p·(1 − p)/x, where (high − low)·p is x − low
                (libm::log(x), (x - low) / x * away)
            }
        }
    }
}

/// A quantity whose place on its scale is normal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The scale: `log` or `logit`.
    pub scale: &'static str,
    /// Mean on that scale.
    pub mu: f64,
    /// Standard deviation on that scale.
    pub sigma: f64,
    /// Mean of the quantity itself.
    pub mean: f64,
    /// Standard deviation of the quantity itself.
    pub sd: f64,
    /// Quantiles of the quantity.
    #[serde(flatten)]
    pub quantiles: Quantiles,
}

/// Five quantiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// 5 %.
    pub p05: f64,
    /// 25 %.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// 75 %.
    pub p75: f64,
    /// 95 %.
    pub p95: f64,
}

impl Quantiles {
    /// From a quantile function; `None` when one of them is not finite.
    pub(super) fn from(quantile: impl Fn(f64) -> Option<f64>) -> Option<Self> {
        let at = |p: f64| quantile(p).filter(|value| value.is_finite());
        Some(Self { p05: at(0.05)?, p25: at(0.25)?, p50: at(0.5)?, p75: at(0.75)?, p95: at(0.95)? })
    }
}

impl Estimate {
    /// The estimate with this mean and variance on a scale; `None` when a double cannot hold its moments.
    pub(super) fn new(scale: Scale, mu: f64, variance: f64) -> Option<Self> {
        let sigma = variance.max(0.0).sqrt();
        let (mean, sd) = moments(scale, mu, sigma)?;
        let quantiles = Quantiles::from(|p| Some(scale.value(mu + sigma * normal_quantile(p))))?;
        (mu.is_finite() && sigma.is_finite()).then_some(Self { scale: scale.name(), mu, sigma, mean, sd, quantiles })
    }
}

impl Estimate {
    /// The estimate of a multiple; `mu` and `sigma` stay those of the quantity itself on a logit scale. `None` when it
    /// overflows.
    pub(super) fn times(mut self, factor: f64) -> Option<Self> {
        if self.scale == Scale::LOG.name() {
            self.mu += libm::log(factor);
        }
        self.mean *= factor;
        self.sd *= factor;
        let Quantiles { p05, p25, p50, p75, p95 } = self.quantiles;
        self.quantiles =
            Quantiles { p05: p05 * factor, p25: p25 * factor, p50: p50 * factor, p75: p75 * factor, p95: p95 * factor };
        let finite = [self.mean, self.sd, self.quantiles.p95].iter().all(|value| value.is_finite());
        finite.then_some(self)
    }
}

/// Mean and standard deviation of a quantity whose place is normal; `None` when they are not finite.
pub(super) fn moments(scale: Scale, mu: f64, sigma: f64) -> Option<(f64, f64)> {
    let (mean, variance) = match scale {
        Scale::Log { low } => {
            let part = exp(mu + 0.5 * sigma * sigma);
            (low + part, part * part * libm::expm1(sigma * sigma))
        }
        Scale::Logit { .. } => {
            let mean = normal_expectation(mu, sigma, |place| scale.value(place));
            (mean, normal_expectation(mu, sigma, |place| (scale.value(place) - mean) * (scale.value(place) - mean)))
        }
    };
    (mean.is_finite() && variance.is_finite()).then_some((mean, variance.max(0.0).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_are_inverse_and_slopes_are_slopes() {
        let scales = [
            (Scale::LOG, 7.0),
            (Scale::Log { low: 3.0 }, 7.0),
            (Scale::Logit { low: 0.0, high: 1.0 }, 0.8),
            (Scale::Logit { low: 2.0, high: 24.0 }, 14.0),
        ];
        for (scale, x) in scales {
            let place = scale.place(x);
            assert!((scale.value(place) / x - 1.0).abs() < 1e-13);
            let (ln, slope) = scale.logarithm(place);
            assert!((ln - libm::log(x)).abs() < 1e-13);
            let numeric = (scale.logarithm(place + 1e-5).0 - scale.logarithm(place - 1e-5).0) / 2e-5;
            assert!((slope - numeric).abs() < 1e-8, "{scale:?}: {slope} {numeric}");
            assert!(scale.value(800.0).is_finite() || matches!(scale, Scale::Log { .. }));
        }
    }
}
