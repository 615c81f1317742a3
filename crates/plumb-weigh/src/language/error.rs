//! What can be wrong with a formula: where, what, and what to do about it.

use serde::Serialize;
use thiserror::Error;

use super::formula::Span;

/// Why a quotient whose divisor cancels out is no sum of products.
pub(super) const DIVIDES_BY_ZERO: &str = "it divides by zero";

/// An error in a formula, with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Error)]
#[error("{}{cause}", .definition.as_ref().map(|name| format!("`{name}`: ")).unwrap_or_default())]
pub struct LanguageError {
    /// The definition that the formula belongs to, where it has one.
    pub definition: Option<String>,
    /// Where in the text of the formula.
    pub span: Span,
    /// What is wrong.
    pub cause: Cause,
}

/// What is wrong with a formula.
#[derive(Clone, Debug, PartialEq, Serialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Something else should stand here.
    #[error("{found} where {expected} is expected")]
    Unexpected {
        /// What stands here.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// A bracket, brace or quotation mark that is never closed.
    #[error("`{0}` is opened and never closed")]
    Unclosed(char),
    /// A number that cannot be read, or is too large.
    #[error("`{0}` is not a number")]
    Number(String),
    /// A unit that is not known.
    #[error("`{atom}` is not a unit")]
    Unit {
        /// The part that was not understood.
        atom: String,
        /// A word that may have been meant.
        suggestion: Option<String>,
    },
    /// A function that does not exist.
    #[error("there is no function `{name}`")]
    UnknownFunction {
        /// Its name.
        name: String,
        /// A function that may have been meant.
        suggestion: Option<String>,
    },
    /// Too few or too many arguments.
    #[error("`{function}` is given {given} arguments and takes {takes}")]
    Arguments {
        /// The function.
        function: &'static str,
        /// How many it is given.
        given: usize,
        /// How many it takes.
        takes: String,
    },
    /// A quantity that does not exist.
    #[error("there is no quantity `{name}`")]
    UnknownName {
        /// Its name.
        name: String,
        /// A name that may have been meant.
        suggestion: Option<String>,
    },
    /// An index, or a member of one, that does not exist.
    #[error("there is no index or member `{name}`")]
    UnknownIndex {
        /// Its name.
        name: String,
        /// A name that may have been meant.
        suggestion: Option<String>,
    },
    /// An index that is moved out of its members: `year-1` in the first year.
    #[error("`{member}` is not a member of `{index}`")]
    OutsideIndex {
        /// The index.
        index: String,
        /// The member that it would be.
        member: String,
    },
    /// The text is longer than is read.
    #[error("the formula has {length} bytes; at most {limit} are read")]
    TooLong {
        /// Its length.
        length: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Brackets within brackets beyond the limit.
    #[error("brackets are nested more than {0} deep")]
    TooDeep(usize),
    /// A sum or product grows beyond the limit.
    #[error("written out, the formula has more than {0} parts")]
    TooLarge(usize),
    /// Two things of different dimension are added, compared or assigned.
    #[error("`{left}` and `{right}` are different things")]
    UnitsDiffer {
        /// The unit of the first.
        left: String,
        /// The unit of the second.
        right: String,
    },
    /// Two units of one dimension without the factor between them.
    #[error("`{from}` stands where `{to}` is needed; the factor {factor} is missing")]
    MissingFactor {
        /// The unit that it has.
        from: String,
        /// The unit that it should have.
        to: String,
        /// The factor, as it would be written.
        factor: String,
    },
    /// A unit where only a plain number makes sense.
    #[error("{place} must be a plain number, not `{unit}`")]
    NeedsNumber {
        /// Where.
        place: String,
        /// The unit that it has.
        unit: String,
    },
    /// No sum of products of powers.
    #[error("not a sum of products: {0}")]
    NotTerms(&'static str),
    /// Two definitions have one name.
    #[error("`{0}` is defined twice")]
    Twice(String),
    /// Definitions that need each other.
    #[error("defined by itself: {0}")]
    Cycle(String),
    /// A function of time outside a model of stocks and flows.
    #[error("`{0}` needs a model of stocks and flows")]
    NeedsTime(&'static str),
    /// A sum over an index, or an index variable, that has not been written out.
    #[error("the index `{0}` has not been written out")]
    NotExpanded(String),
}

impl LanguageError {
    pub(crate) fn new(span: Span, cause: Cause) -> Self {
        Self { definition: None, span, cause }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.cause {
            Cause::UnknownFunction { suggestion: Some(name), .. }
            | Cause::UnknownName { suggestion: Some(name), .. }
            | Cause::UnknownIndex { suggestion: Some(name), .. }
            | Cause::Unit { suggestion: Some(name), .. } => format!("did you mean `{name}`?"),
            Cause::MissingFactor { factor, .. } => format!("multiply by `{factor}`"),
            other => other.general_hint().to_owned(),
        }
    }
}

impl Cause {
    fn general_hint(&self) -> &'static str {
        match self {
            Self::Unexpected { .. } => "correct the formula here",
            Self::Unclosed(_) => "close it, or remove it",
            Self::Number(_) => "write a number such as 12, 0.85 or 1.5e9",
            Self::Unit { .. } => "write a unit such as `USD/person/month`, or `USD per m USD` for a factor",
            Self::UnknownFunction { .. } => "the functions are listed in the documentation of models",
            Self::Arguments { .. } => "add or remove arguments",
            Self::UnknownName { .. } => "define the quantity, or correct its name",
            Self::UnknownIndex { .. } => "add it to the indices of the model, or correct its name",
            Self::OutsideIndex { .. } => "begin the sum or identity later, or add the member to the index",
            Self::TooLong { .. } | Self::TooDeep(_) => "define parts of it under names of their own",
            Self::TooLarge(_) => "sum over fewer members",
            Self::UnitsDiffer { .. } => "only things of one kind can be added, compared or assigned",
            Self::MissingFactor { .. } => "multiply by the factor",
            Self::NeedsNumber { .. } => "divide by a quantity of the same unit first",
            Self::NotTerms(DIVIDES_BY_ZERO) => {
                "divide by what is above zero, or give the equation the years for which it holds"
            }
            Self::NotTerms(_) => "write it with +, -, *, / and powers that are numbers",
            Self::Twice(_) => "rename or remove one of them",
            Self::Cycle(_) => "a value cannot need itself at the same moment; a stock or `previous` breaks the circle",
            Self::NeedsTime(_) => "use it in a stock, flow or auxiliary",
            Self::NotExpanded(_) => "give the members of the index",
        }
    }
}

/// "Did you mean" among names that exist.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    plumb_core::suggest::nearest(name, known).map(str::to_owned)
}
