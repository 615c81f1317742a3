//! What can be wrong with a question about sensitivity.

use serde::Serialize;
use thiserror::Error;

use super::points::{MOST_INPUTS, MOST_POINTS};
use crate::simulate::SimulationError;

/// Why no indices can be computed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SensitivityError {
    /// Something is wrong with the plan itself.
    #[error(transparent)]
    Plan(#[from] SimulationError),
    /// Parameters that are correlated: their parts of the variance cannot be told apart.
    #[error("Sobol indices need independent parameters, but `{left}` and `{right}` are correlated")]
    Correlated {
        /// The first.
        left: String,
        /// The second.
        right: String,
    },
    /// More parameters than the points have dimensions for.
    #[error("{found} parameters; Sobol indices can be computed for {MOST_INPUTS} at most")]
    TooMany {
        /// How many.
        found: usize,
    },
    /// Correlations that no inputs can have together, or not one row and column for each input.
    #[error("no inputs can have these correlations together")]
    NotPositive,
    /// Too few draws to tell how the inputs hang together.
    #[error("{found} draws; {least} are needed to tell how as many quantities hang together")]
    TooFewDraws {
        /// How many there are.
        found: usize,
        /// How many there should be.
        least: usize,
    },
    /// An output that has no indices.
    #[error(transparent)]
    Output(#[from] Fault),
    /// A number of points that is not a power of two between 64 and [`MOST_POINTS`].
    #[error("{found} points; the number must be a power of two from 64 to {MOST_POINTS}")]
    Points {
        /// What was given.
        found: usize,
    },
    /// Fewer than 50 or more than 10,000 bootstrap replicates.
    #[error("{found} bootstrap replicates; 50 to 10,000 can be made")]
    Replicates {
        /// What was given.
        found: usize,
    },
    /// A coverage that is not between 0 and 1.
    #[error("a coverage of {found} is not between 0 and 1")]
    Coverage {
        /// What was given.
        found: f64,
    },
}

impl SensitivityError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Plan(error) => error.hint(),
            Self::Correlated { .. } => "rank correlations and the tornado hold for correlated parameters too",
            Self::TooMany { .. } => "make points of those whose rank correlation is near zero",
            Self::NotPositive => {
                "bring the correlations closer to zero: two that move together must agree about a third"
            }
            Self::TooFewDraws { .. } => "take more draws",
            Self::Output(fault) => fault.hint(),
            Self::Points { .. } => "4096 serve for two digits",
            Self::Replicates { .. } => "200 serve for an interval of two digits",
            Self::Coverage { .. } => "write the part of cases that the interval holds, such as 0.9",
        }
    }
}

/// What costs a single input or output; the rest goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Error)]
pub enum Fault {
    /// Numbers that are not finite: nothing is said about this column.
    #[error("{kind} `{name}` is not a finite number in {draws} draws, first in draw {first}")]
    NotFinite {
        /// Whether an input or an output.
        kind: &'static str,
        /// Its name.
        name: String,
        /// In how many draws.
        draws: usize,
        /// The first such draw, from 1.
        first: usize,
    },
    /// A column longer or shorter than it should be, or missing from some runs of the model: nothing is said about it.
    #[error("{kind} `{name}` has {found} numbers where there are {expected} draws")]
    Length {
        /// Whether an input or an output.
        kind: &'static str,
        /// Its name.
        name: String,
        /// How many numbers.
        found: usize,
        /// How many draws.
        expected: usize,
    },
    /// An output whose mean is beyond what a number can hold.
    #[error("the draws of the output `{name}` are too large to be added up")]
    Overflow {
        /// Its name.
        name: String,
    },
    /// A column that does not vary: nothing drives it, and it drives nothing.
    #[error("{kind} `{name}` is the same in every draw, so its sensitivity is unknown")]
    Constant {
        /// Whether an input or an output.
        kind: &'static str,
        /// Its name.
        name: String,
    },
}

impl Fault {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFinite { .. } => "look for forms without bounds, divisions by zero and logarithms in these draws",
            Self::Length { .. } => "a model gives every output in every run, one number for each draw",
            Self::Overflow { .. } => "state the output in a larger unit",
            Self::Constant { .. } => "nothing, if it is meant to be without doubt",
        }
    }

    /// The first thing that is wrong with a column, if anything is.
    pub(super) fn of(kind: &'static str, name: &str, values: &[f64], expected: usize) -> Option<Self> {
        let name = name.to_owned();
        if values.len() != expected || values.is_empty() {
            return Some(Self::Length { kind, name, found: values.len(), expected });
        }
        let mut bad = values.iter().enumerate().filter(|(_, value)| !value.is_finite());
        if let Some((place, _)) = bad.next() {
            return Some(Self::NotFinite { kind, name, draws: 1 + bad.count(), first: place + 1 });
        }
        let constant = values.windows(2).all(|pair| matches!(pair, [left, right] if left == right));
        constant.then_some(Self::Constant { kind, name })
    }
}
