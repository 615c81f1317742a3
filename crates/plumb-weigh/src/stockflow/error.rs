//! What can be wrong with a model or a run.

use thiserror::Error;

use crate::language::{ColumnError, LanguageError};

/// Why a model cannot be made ready.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelError {
    /// An error in a formula, with the variable and the place.
    #[error(transparent)]
    Formula(#[from] LanguageError),
    /// A stock names a flow, or a caller a variable, that does not exist.
    #[error("{place} names `{name}`, which does not exist")]
    Unknown {
        /// Who names it.
        place: String,
        /// The name.
        name: String,
        /// A name that may have been meant.
        suggestion: Option<String>,
    },
    /// A flow that fills a stock twice, or fills and drains the same.
    #[error("stock `{stock}` has `{flow}` twice among its flows")]
    FlowTwice {
        /// The stock.
        stock: String,
        /// The flow.
        flow: String,
    },
    /// Start, stop or step that make no run.
    #[error("a run from {start} to {stop} in steps of {step} is not possible")]
    Time {
        /// The start.
        start: f64,
        /// The end.
        stop: f64,
        /// The step.
        step: f64,
    },
    /// More steps than are run.
    #[error("the run has {steps} steps; at most {limit} are run")]
    TooManySteps {
        /// How many it has.
        steps: f64,
        /// The most.
        limit: usize,
    },
    /// The order of a delay that is not a whole number written out.
    #[error("`{variable}`: the order of a delay must be a whole number from 1 to {most}")]
    Order {
        /// The variable.
        variable: String,
        /// The highest order.
        most: usize,
    },
}

impl ModelError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Formula(error) => error.hint(),
            Self::Unknown { suggestion: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::Unknown { .. } => "define it, or correct the name".to_owned(),
            Self::FlowTwice { .. } => "name each flow once".to_owned(),
            Self::Time { .. } => "the stop lies after the start, and the step is above 0".to_owned(),
            Self::TooManySteps { .. } => "take a larger step or a shorter run".to_owned(),
            Self::Order { .. } => "write the order as a number".to_owned(),
        }
    }
}

/// Why a run cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// A column of a parameter that does not fit.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// More numbers would be kept than a machine should hold.
    #[error("{numbers} numbers would be kept; at most {limit} are")]
    TooLarge {
        /// How many.
        numbers: usize,
        /// The most.
        limit: usize,
    },
}
