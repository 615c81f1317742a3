//! Why an estimator gives no estimate.

use serde::Serialize;

/// Why an estimator gives no estimate for a table. A refusal is a finding: these lists cannot tell the size this way.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
pub enum Refusal {
    /// The method is made for another number of lists.
    #[error("{method} needs {needs}; the table has {found}")]
    WrongNumberOfLists {
        /// The method.
        method: String,
        /// How many lists it needs, in words.
        needs: String,
        /// How many there are.
        found: usize,
    },
    /// Nobody is on both of two lists.
    #[error("nobody is on both `{first}` and `{second}`")]
    NoOverlap {
        /// One list.
        first: String,
        /// The other.
        second: String,
    },
    /// Nobody was seen exactly once, or exactly twice, and the method compares the two.
    #[error("nobody is on exactly {times} of the lists")]
    NobodySeen {
        /// How many lists: `one` or `two`.
        times: &'static str,
    },
    /// The likelihood has no maximum.
    #[error("the likelihood of `{model}` has no maximum: {}", drift_in_words(*.hidden_number))]
    NoMaximum {
        /// The model.
        model: String,
        /// Where the hidden number goes while the likelihood rises.
        hidden_number: Drift,
    },
    /// More parameters than the table has independent cells.
    #[error(
        "`{model}` is not identifiable: {parameters} parameters, and only {rank} independent cells to tell them from"
    )]
    NotIdentifiable {
        /// The model.
        model: String,
        /// Parameters of the model after those for empty overlaps are set to minus infinity.
        parameters: usize,
        /// Rank of its design.
        rank: usize,
    },
    /// The fit left the numbers that a computer holds.
    #[error("the fit of `{model}` did not converge")]
    NotConverged {
        /// The model.
        model: String,
    },
    /// The estimate is so large that it means nothing.
    #[error("`{model}` puts no bound on the population")]
    NoBound {
        /// The model.
        model: String,
    },
    /// The fitted model has no population size, as with recapture becoming likelier than all of the population allows.
    #[error(
        "`{model}` fits, but no population has such catches: each round would have to find more people than the last"
    )]
    NoDepletion {
        /// The model.
        model: String,
    },
    /// A model of people who differ fits only with a negative spread.
    #[error(
        "`{model}` fits only if people differ by less than nothing: they are on several lists more rarely than chance"
    )]
    NoSpread {
        /// The model.
        model: String,
    },
    /// A model was named that does not exist.
    #[error("no such model: {0}")]
    UnknownModel(String),
    /// A setting that is out of range.
    #[error("{0}")]
    BadSetting(String),
}

/// Where the hidden number goes while a likelihood without maximum rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drift {
    /// It grows without end.
    Infinity,
    /// It shrinks to nobody.
    Zero,
    /// Other parameters run away; the hidden number is not what does.
    Aside,
}

fn drift_in_words(drift: Drift) -> &'static str {
    match drift {
        Drift::Infinity => "it rises while the hidden number grows without end",
        Drift::Zero => "it rises while the hidden number shrinks to nobody",
        Drift::Aside => "it rises while some of its parameters grow without end",
    }
}

impl Refusal {
    /// What to do about it.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::WrongNumberOfLists { .. } => "use another method of the panel, or merge or leave out lists",
            Self::NoOverlap { .. } => "two lists without common people say nothing about each other; merge them",
            Self::NobodySeen { .. } => "the method extrapolates from people seen once and twice; both must occur",
            Self::NoMaximum { .. } | Self::NotIdentifiable { .. } => {
                "the lists overlap too little for this model; use one with fewer terms, or merge lists that do not overlap"
            }
            Self::NotConverged { .. } | Self::NoBound { .. } => {
                "the overlaps are too few for a size to follow from them; see the lower bounds"
            }
            Self::NoSpread { .. } => "lists that avoid each other are the likelier reason; see the models with pairs",
            Self::NoDepletion { .. } => "the model is for rounds of one search in the order of the columns",
            Self::UnknownModel(_) => {
                "name the lists that act together, such as `permits:press, rescue` or by number `[12,3]`, or a model such as `M0` or `Mth Darroch`"
            }
            Self::BadSetting(_) => "see the documentation of the setting",
        };
        hint.to_owned()
    }
}
