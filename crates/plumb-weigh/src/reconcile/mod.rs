//! Reconciling claims under identities, in three layers: intervals, least squares, right or wrong.
//!
//! A [`Problem`] holds quantities, claims about them and identities between them. Three layers look at it, each explaining
//! itself in data that a page can word:
//!
//! 1. [`intervals`] takes every claim as the range that it states, without probability, and lists every minimal set of
//!    claims that cannot all be true, each with what the others would need.
//! 2. [`least_squares`] fits all of them at once and says how badly they fit: chi-square, and a tension for each claim.
//! 3. [`right_or_wrong`] asks which origins are right: the layer to report.

mod adjust;
mod bisect;
mod bits;
mod bound;
mod cells;
mod chains;
mod chart;
mod check;
mod conflicts;
mod contract;
mod convergence;
mod determined;
mod evaluate;
mod fault;
mod field;
mod groups;
mod guide;
mod intervals;
mod leap;
mod least_squares;
mod levels;
mod likelihood;
mod mend;
mod mixture;
mod model;
mod near;
mod network;
mod picture;
mod plain;
pub mod pool;
mod precision;
mod problem;
mod ranges;
mod right_or_wrong;
mod rows;
mod sample;
mod scale;
mod settings;
mod slopes;
mod solver;
mod span;
mod statements;
mod swing;
mod turn;
mod walk;
mod worlds;

pub use adjust::{Adjusted, adjust};
pub use fault::{Fault, Subject};
pub use intervals::{
    ClaimRange, Conflict, IntervalReport, Need, QuantityRange, RangeDriver, Search, implied, intervals,
};
pub use least_squares::{
    ClaimFit, Contribution, LeastSquaresReport, QuantityEstimate, Tension, Undetermined, least_squares,
};
pub use problem::{Claim, Expression, Figure, Identity, Problem, Quantity, Term};
pub use right_or_wrong::{
    Bin, ClaimVerdict, Driver, Hump, Method, OriginVerdict, Part, Posterior, Quality, QuantileErrors,
    QuantityPosterior, RightOrWrongReport, SamplingWarning, Spread, World, WorldQuantity, right_or_wrong,
};
pub use rows::Unused;
pub use scale::{Estimate, Quantiles};
pub use settings::{BoundedScale, Settings};
pub use span::Bounds;
