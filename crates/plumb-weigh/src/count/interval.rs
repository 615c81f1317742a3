//! An estimate with its interval.

use serde::Serialize;

use super::refusal::Refusal;
use crate::statistics::normal_half_width;

/// Above this size an end of an interval is taken for no end, and an estimate for none: a thousand times more people than
/// a table may hold.
pub(crate) const NO_BOUND: f64 = 1e15;

/// How an interval was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Normal on the logarithm of the hidden number.
    LogNormal,
    /// The sizes whose profile likelihood is not too far below the maximum.
    ProfileLikelihood,
    /// Bootstrap, bias-corrected and accelerated.
    BootstrapBca,
    /// Plain percentiles of the bootstrap, where the bias correction does not exist.
    BootstrapPercentile,
    /// Quantiles of a posterior distribution.
    Posterior,
}

/// An interval for a population size. It starts at or above the number of people observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end, in people.
    pub low: f64,
    /// Upper end, in people; none where the method finds no upper end.
    pub high: Option<f64>,
    /// Coverage that the method aims at, such as 0.95.
    pub level: f64,
    /// How it was made.
    pub method: IntervalMethod,
}

impl Interval {
    /// An interval from two ends, of which the upper may be too large to mean anything.
    pub(crate) fn new(low: f64, high: f64, level: f64, method: IntervalMethod) -> Self {
        let high = (high < NO_BOUND).then_some(high);
        Self { low: if low < NO_BOUND { low } else { NO_BOUND }, high, level, method }
    }

    /// Is the size inside?
    pub fn holds(&self, population: f64) -> bool {
        self.low <= population && self.high.is_none_or(|high| population <= high)
    }

    /// Do the two share no size?
    pub fn disjoint(&self, other: &Self) -> bool {
        self.high.is_some_and(|high| high < other.low) || other.high.is_some_and(|high| high < self.low)
    }
}

/// An estimate of a population size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The size, in people: those observed and those hidden.
    pub population: f64,
    /// Standard error in people, where the method gives one.
    pub standard_error: Option<f64>,
    /// Its interval.
    pub interval: Interval,
    /// What a reader should know about this estimate, in sentences.
    pub notes: Vec<String>,
}

impl Estimate {
    /// An estimate of the hidden number and its variance, with a log-normal interval above the observed number.
    ///
    /// Chao (1987), Biometrics 43:783, equation 12: the logarithm of the hidden number is taken for normal, so that the
    /// interval never falls below what was observed.
    pub(crate) fn from_hidden(
        method: &str,
        observed: f64,
        hidden: f64,
        variance: f64,
        level: f64,
    ) -> Result<Self, Refusal> {
        let population = observed + hidden;
        if !(population < NO_BOUND && variance.is_finite()) {
            return Err(Refusal::NoBound { model: method.to_owned() });
        }
        let hidden = hidden.max(0.0);
        let spread = if hidden > 0.0 { libm::sqrt(libm::log1p(variance.max(0.0) / (hidden * hidden))) } else { 0.0 };
        let factor = libm::exp(normal_half_width(level) * spread);
        let interval =
            Interval::new(observed + hidden / factor, observed + hidden * factor, level, IntervalMethod::LogNormal);
        let standard_error = Some(variance.max(0.0).sqrt());
        Ok(Self { population: observed + hidden, standard_error, interval, notes: Vec::new() })
    }

    /// Adds a note.
    pub(crate) fn noting(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// A level must lie between 0 and 1.
pub(crate) fn check_level(level: f64) -> Result<(), Refusal> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(Refusal::BadSetting(format!("the level of an interval must lie between 0 and 1, not {level}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_stay_above_what_was_observed() {
        let estimate = Estimate::from_hidden("m", 100.0, 50.0, 10_000.0, 0.95).unwrap();
        assert!(estimate.interval.low > 100.0 && estimate.interval.high.unwrap() > 150.0);
        let none = Estimate::from_hidden("m", 100.0, 0.0, 0.0, 0.95).unwrap();
        assert_eq!((none.interval.low, none.interval.high), (100.0, Some(100.0)));
    }

    #[test]
    fn a_size_without_bound_is_refused() {
        assert!(Estimate::from_hidden("m", 100.0, f64::INFINITY, 1.0, 0.95).is_err());
        assert!(Estimate::from_hidden("m", 100.0, f64::NAN, 1.0, 0.95).is_err());
        assert!(Estimate::from_hidden("m", 100.0, 1.0, f64::NAN, 0.95).is_err());
        assert!(check_level(1.0).is_err() && check_level(f64::NAN).is_err() && check_level(0.8).is_ok());
    }

    #[test]
    fn disjoint_and_holding() {
        let span = |low, high| Interval::new(low, high, 0.95, IntervalMethod::LogNormal);
        assert!(span(1.0, 2.0).disjoint(&span(3.0, 4.0)) && span(3.0, 4.0).disjoint(&span(1.0, 2.0)));
        assert!(!span(1.0, f64::INFINITY).disjoint(&span(3.0, 4.0)));
        assert!(span(1.0, f64::INFINITY).holds(9.0) && !span(1.0, 2.0).holds(9.0));
    }
}
