//! Plan: what is to be simulated.

use crate::form::Form;

/// The most draws of one run: 80 megabytes a column, with standard errors some thirty times below those of the default.
pub const MOST_DRAWS: usize = 10_000_000;

/// An uncertain quantity that a model takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name, which keys its draws.
    pub name: String,
    /// Its distribution.
    pub form: Form,
}

impl Parameter {
    /// A parameter with this name and form.
    pub fn new(name: &str, form: Form) -> Self {
        Self { name: name.to_owned(), form }
    }
}

/// Two parameters that rise together, or one against the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// The names of both.
    pub between: [String; 2],
    /// Correlation of the normal scores of their ranks, −1 to 1 (the ρ of a Gaussian copula).
    pub rho: f64,
}

/// Other rules: some parameters take other forms, all else stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// The parameters that differ from the base, with what they are here.
    pub overrides: Vec<Parameter>,
}

impl Scenario {
    /// A scenario with this name and these overrides.
    pub fn new(name: &str, overrides: Vec<Parameter>) -> Self {
        Self { name: name.to_owned(), overrides }
    }
}

/// How to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How many draws, 1 to [`MOST_DRAWS`]. Default 10,000: with it the standard error of the ends of a normal variable's
    /// 90 % interval is 0.6 % of the interval's width.
    pub draws: usize,
    /// The seed. Default 1; any is as good as another.
    pub seed: u64,
    /// Which quantiles are reported, in rising order, each above 0 and below 1. Default 0.05, 0.5 and 0.95: the median and
    /// the central 90 % interval, the coverage in which the house states uncertainty.
    pub probabilities: Vec<f64>,
    /// Warn when a standard error exceeds this part of the width from the first to the last quantile. Default 0.02: in a
    /// drawing of an interval the eye does not see a shift of a fiftieth.
    pub tolerance: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { draws: 10_000, seed: 1, probabilities: vec![0.05, 0.5, 0.95], tolerance: 0.02 }
    }
}

/// What is to be simulated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// Correlations between them; pairs that are not named are left alone.
    pub correlations: Vec<Correlation>,
    /// What to hold against the base, which is the parameters as they are.
    pub scenarios: Vec<Scenario>,
    /// How.
    pub settings: Settings,
}
