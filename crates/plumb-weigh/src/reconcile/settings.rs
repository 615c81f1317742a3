//! The choices of the method, each with its reason.

use crate::statistics::normal_half_width;

/// How quantities with an upper bound are measured in the layers that use probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundedScale {
    /// By the logit of their place between the bounds, so that no estimate lies outside.
    Logit,
    /// By the logarithm, as if there were no upper bound: products are then exactly linear, but a share may pass 1.
    Log,
}

/// The choices of the method.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The scale of bounded quantities.
    pub bounded_scale: BoundedScale,
    /// A wrong claim is off by up to this factor either way, with probability `wrong_coverage`: the logarithm of its error
    /// has the further standard deviation ln(factor)/z. Ten, because published figures of one thing have differed by that
    /// much (150 million and 2.3 billion dollars) but hardly by more.
    pub wrong_factor: f64,
    /// The coverage of `wrong_factor`; 0.9, the coverage that most intervals here have.
    pub wrong_coverage: f64,
    /// Standard deviation of the logarithm that an exact figure is given: counts of one thing at one time differ by a few
    /// per cent with the day, and with who is counted, even when all are right.
    pub point_log_sd: f64,
    /// Standard deviation of the logarithm within which "more than" and "up to" are taken: bounds are round numbers. A
    /// number rounded to its first digit is off by 14 % on average (half a unit over √3, over the frequencies of first
    /// digits), to its second by 2 %.
    pub bound_log_sd: f64,
    /// Worlds are enumerated while at most this many origins are in question, and sampled beyond. 2¹⁶ worlds take well
    /// under a second.
    pub most_enumerated: u32,
    /// Draws from the posterior, for scenarios: 4,000 put the 5 % quantile of a quantity within a standard error of 0.35
    /// percentage points.
    pub draws: usize,
    /// The search for conflicts tries at most about so many sets, and says how far it went. In the real case this proves all
    /// sets of three within 0.2 seconds; sets of four would take three times as long.
    pub most_tests: usize,
    /// For how many conflicts, the most telling first, the undisputed claims are named that narrow what is needed: a
    /// page shows about a dozen before a reader gives up, and naming them takes longer than finding the conflict.
    pub context_conflicts: usize,
    /// How many of the best worlds are told.
    pub worlds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bounded_scale: BoundedScale::Logit,
            wrong_factor: 10.0,
            wrong_coverage: 0.9,
            point_log_sd: 0.02,
            bound_log_sd: 0.1,
            most_enumerated: 16,
            draws: 4_000,
            most_tests: 10_000,
            context_conflicts: 12,
            worlds: 8,
        }
    }
}

impl Settings {
    /// The further variance of the logarithm of a wrong claim.
    pub(crate) fn wrong_variance(&self) -> f64 {
        let deviation = libm::log(self.wrong_factor) / normal_half_width(self.wrong_coverage);
        deviation * deviation
    }
}
