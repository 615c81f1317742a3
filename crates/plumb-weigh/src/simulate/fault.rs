//! What can be wrong with a simulation: errors that stop it, and faults that cost one scenario or output.

use serde::Serialize;
use thiserror::Error;

use super::plan::MOST_DRAWS;
use crate::form::CorrelationError;

/// Why nothing could be simulated.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SimulationError {
    /// No draws, or more than [`MOST_DRAWS`].
    #[error("{found} draws were asked for; 1 to {MOST_DRAWS} can be made")]
    Draws {
        /// What was asked for.
        found: usize,
    },
    /// A probability that is not above 0 and below 1, or not above the one before it; or none at all.
    #[error("the quantiles to report must lie above 0 and below 1, in rising order, not {found:?}")]
    Probabilities {
        /// What was given.
        found: Vec<f64>,
    },
    /// A tolerance that is not a number above 0.
    #[error("the tolerance of the Monte-Carlo error must be a number above 0, not {found}")]
    Tolerance {
        /// What was given.
        found: f64,
    },
    /// Two parameters have one name, so they would have the same draws.
    #[error("the parameter `{parameter}` is defined twice")]
    Twice {
        /// The name.
        parameter: String,
    },
    /// A correlation names a parameter that does not exist, or the same one twice, or the same two as another.
    #[error("the correlation of `{left}` with `{right}` {what}")]
    Pair {
        /// The first name.
        left: String,
        /// The second name.
        right: String,
        /// What is wrong.
        what: &'static str,
    },
    /// The parameters cannot be correlated like this.
    #[error("the parameters {names:?}: {cause}")]
    Correlation {
        /// Those that are correlated with one another.
        names: Vec<String>,
        /// Why not.
        cause: CorrelationError,
    },
}

impl SimulationError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Draws { .. } => "10,000 serve for most figures; a result says when it needs more",
            Self::Probabilities { .. } => "write 0.05, 0.5, 0.95 for the median and the central 90 % interval",
            Self::Tolerance { .. } => "0.02 warns when an end of the interval is uncertain by a fiftieth of its width",
            Self::Twice { .. } => "rename one of them",
            Self::Pair { .. } => "name two different parameters of the model, each pair once",
            Self::Correlation { cause, .. } => cause.hint(),
        }
    }
}

/// What costs a scenario or an output; the rest goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Error)]
pub enum Fault {
    /// The scenario has the name of another, or overrides a parameter twice or one that does not exist; it is left out.
    #[error("the scenario `{scenario}` is left out: {what} `{name}`")]
    Scenario {
        /// The scenario.
        scenario: String,
        /// What is wrong with the name.
        what: &'static str,
        /// The name at fault.
        name: String,
    },
    /// Draws that are not finite. Of an output nothing is then reported: a summary of the others would mislead.
    #[error("{scenario}: {kind} `{name}` is not a finite number in {draws} draws, first in draw {first}")]
    NotFinite {
        /// The scenario; `base` for the base.
        scenario: String,
        /// Whether a parameter or an output.
        kind: &'static str,
        /// Its name.
        name: String,
        /// In how many draws.
        draws: usize,
        /// The first such draw, from 1.
        first: usize,
    },
    /// The model gave more or fewer numbers than there are draws.
    #[error("{scenario}: the model gave {found} numbers for `{name}`, but there are {expected} draws")]
    Length {
        /// The scenario.
        scenario: String,
        /// The output.
        name: String,
        /// How many numbers.
        found: usize,
        /// How many draws.
        expected: usize,
    },
    /// The draws are finite, but their sum, squares or differences are not.
    #[error("{scenario}: the draws of the output `{name}` are too large to be added up")]
    Overflow {
        /// The scenario.
        scenario: String,
        /// The output.
        name: String,
    },
    /// The base has no such output (or none that can be used), so there is no difference.
    #[error("{scenario}: nothing to compare the output `{name}` with in the base")]
    NoBase {
        /// The scenario.
        scenario: String,
        /// The output.
        name: String,
    },
}

impl Fault {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Scenario { .. } => {
                "override each parameter of the model once, under a name that no other scenario has"
            }
            Self::NotFinite { kind: "parameter", .. } => "narrow its form: it reaches beyond what a number can hold",
            Self::NotFinite { .. } => "look for a division by zero or a logarithm of a negative number in these draws",
            Self::Length { .. } => "a model gives one number for each draw",
            Self::Overflow { .. } => "state the output in a larger unit, or narrow what it is made of",
            Self::NoBase { .. } => "a scenario gives the outputs that the base gives",
        }
    }
}
