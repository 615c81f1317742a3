//! What can be wrong with a form.

use thiserror::Error;

/// Parameters that no distribution has. The caller adds which quantity they were given for.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FormError {
    /// A parameter is NaN or infinite.
    #[error("{form}: {parameter} is not a finite number")]
    NotFinite {
        /// The form.
        form: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// A parameter must be above zero.
    #[error("{form}: {parameter} must be above zero, not {value}")]
    NotPositive {
        /// The form.
        form: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// What was given.
        value: f64,
    },
    /// An interval whose low end is not below its high end.
    #[error("{form}: the low end {low} is not below the high end {high}")]
    Reversed {
        /// The form.
        form: &'static str,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// A coverage must lie between 0 and 1.
    #[error("{form}: a coverage of {coverage} is not between 0 and 1")]
    Coverage {
        /// The form.
        form: &'static str,
        /// What was given.
        coverage: f64,
    },
    /// A value must lie within its bounds.
    #[error("{form}: {parameter} {value} lies outside {low} to {high}")]
    Outside {
        /// The form.
        form: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// What was given.
        value: f64,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// No distribution of this form has these properties.
    #[error("{form}: no such distribution has {what}")]
    Impossible {
        /// The form.
        form: &'static str,
        /// The properties.
        what: String,
    },
    /// A list without entries, or weights that do not sum to a positive number.
    #[error("{form}: {what}")]
    Empty {
        /// The form.
        form: &'static str,
        /// What is missing.
        what: &'static str,
    },
}

impl FormError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFinite { .. } => "write a number; an open end needs a one-sided claim, not infinity",
            Self::NotPositive { .. } => "a quantity that can be zero or below needs the normal or uniform form",
            Self::Reversed { .. } => "swap the ends, or use the form `point` when both are the same",
            Self::Coverage { .. } => "write the part of cases that the interval holds, such as 0.9",
            Self::Outside { .. } => "widen the bounds or correct the value",
            Self::Impossible { .. } => "fewer terms, other bounds, or points that lie less unevenly",
            Self::Empty { .. } => "give at least one entry with a weight above zero",
        }
    }
}

/// A finite parameter, or the error that says it is none.
pub(super) fn finite(form: &'static str, parameter: &'static str, value: f64) -> Result<f64, FormError> {
    if value.is_finite() { Ok(value) } else { Err(FormError::NotFinite { form, parameter }) }
}

/// A finite parameter above zero.
pub(super) fn positive(form: &'static str, parameter: &'static str, value: f64) -> Result<f64, FormError> {
    finite(form, parameter, value)?;
    if value > 0.0 { Ok(value) } else { Err(FormError::NotPositive { form, parameter, value }) }
}

/// Two finite ends in rising order.
pub(super) fn rising(form: &'static str, low: f64, high: f64) -> Result<(f64, f64), FormError> {
    finite(form, "the low end", low)?;
    finite(form, "the high end", high)?;
    if low < high { Ok((low, high)) } else { Err(FormError::Reversed { form, low, high }) }
}

/// A coverage between 0 and 1.
pub(super) fn coverage(form: &'static str, coverage: f64) -> Result<f64, FormError> {
    if coverage > 0.0 && coverage < 1.0 { Ok(coverage) } else { Err(FormError::Coverage { form, coverage }) }
}
