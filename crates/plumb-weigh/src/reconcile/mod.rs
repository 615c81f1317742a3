//! Reconciling claims under identities.
//!
//! A [`Problem`] holds quantities, claims about them and identities between them. [`intervals`] takes every claim as the range that it states, without probability, and lists every minimal set of
//! claims that cannot all be true, each with what the others would need.

mod check;
mod conflicts;
mod contract;
mod fault;
mod intervals;
mod network;
mod problem;
mod settings;
mod span;

pub use fault::{Fault, Subject};
pub use intervals::{
    ClaimRange, Conflict, IntervalReport, Need, QuantityRange, RangeDriver, Search, implied, intervals,
};
pub use problem::{Claim, Expression, Figure, Identity, Problem, Quantity, Term};
pub use settings::Settings;
pub use span::Bounds;
