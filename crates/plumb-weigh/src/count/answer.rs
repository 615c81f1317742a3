//! An estimate, or the reason why there is none, in a form that serialises plainly.

use serde::Serialize;

use super::interval::Estimate;
use super::refusal::Refusal;

/// An estimate, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// An estimate.
    Estimated(Estimate),
    /// None.
    Refused {
        /// Why, in words.
        reason: String,
        /// What to do about it.
        hint: String,
    },
}

impl Answer {
    /// The estimate, if there is one.
    pub fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::Estimated(estimate) => Some(estimate),
            Self::Refused { .. } => None,
        }
    }
}

impl From<Result<Estimate, Refusal>> for Answer {
    fn from(result: Result<Estimate, Refusal>) -> Self {
        match result {
            Ok(estimate) => Self::Estimated(estimate),
            Err(refusal) => Self::Refused { reason: refusal.to_string(), hint: refusal.hint() },
        }
    }
}
