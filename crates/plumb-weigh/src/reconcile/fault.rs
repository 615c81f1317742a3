//! What can be wrong with a problem.

use serde::Serialize;
use thiserror::Error;

/// The thing that a fault is about, by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A quantity.
    Quantity(String),
    /// A claim.
    Claim(String),
    /// An identity.
    Identity(String),
    /// A setting.
    Setting(String),
}

impl std::fmt::Display for Subject {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quantity(id) => write!(out, "quantity `{id}`"),
            Self::Claim(id) => write!(out, "claim `{id}`"),
            Self::Identity(id) => write!(out, "identity `{id}`"),
            Self::Setting(id) => write!(out, "setting `{id}`"),
        }
    }
}

/// Something in a problem that cannot be.
#[derive(Clone, Debug, PartialEq, Serialize, Error)]
pub enum Fault {
    /// Two things of one kind have one name.
    #[error("{0} is defined twice")]
    Twice(Subject),
    /// An expression names a quantity that does not exist.
    #[error("{subject} names the quantity `{quantity}`, which does not exist")]
    UnknownQuantity {
        /// Where.
        subject: Subject,
        /// The name.
        quantity: String,
    },
    /// A number that is NaN or infinite where it must not be.
    #[error("{subject}: {what} is not a finite number")]
    NotFinite {
        /// Where.
        subject: Subject,
        /// Which number.
        what: &'static str,
    },
    /// A value outside what it can be.
    #[error("{subject}: {what} is {value}, but must be {allowed}")]
    Outside {
        /// Where.
        subject: Subject,
        /// Which number.
        what: &'static str,
        /// What was given.
        value: f64,
        /// What it can be.
        allowed: &'static str,
    },
    /// A low end above a high end.
    #[error("{subject}: the low end {low} is above the high end {high}")]
    Reversed {
        /// Where.
        subject: Subject,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// An expression without terms, or a term without a coefficient.
    #[error("{0}: the expression is empty")]
    Empty(Subject),
    /// Quantities that are defined by each other.
    #[error("{subject}: {through} is defined by itself")]
    Cycle {
        /// The identity that closes the circle.
        subject: Subject,
        /// The quantities on the way round, with arrows.
        through: String,
    },
    /// Identities and bounds that contradict each other before any claim is looked at.
    #[error("{0}: it cannot hold within the bounds of its quantities")]
    Impossible(Subject),
}

impl Fault {
    /// What it is about.
    pub fn subject(&self) -> &Subject {
        match self {
            Self::Twice(subject)
            | Self::Empty(subject)
            | Self::Impossible(subject)
            | Self::UnknownQuantity { subject, .. }
            | Self::NotFinite { subject, .. }
            | Self::Outside { subject, .. }
            | Self::Reversed { subject, .. }
            | Self::Cycle { subject, .. } => subject,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Twice(_) => "rename or remove one of them",
            Self::UnknownQuantity { .. } => "define the quantity, or correct its name",
            Self::NotFinite { .. } => "write a number; for an open end use at least or at most",
            Self::Outside { .. } => "correct the number",
            Self::Reversed { .. } => "swap the ends",
            Self::Empty(_) => "write what the quantity equals, or what the claim is about",
            Self::Cycle { .. } => "write each relation once; the program reads it both ways",
            Self::Impossible(_) => "widen the bounds of a quantity, or correct the identity",
        }
    }
}
