//! Claims that contradict one another: what can be true together, what cannot, what follows, how sure.
//!
//! [`reconcile`] holds claims against identities in three layers: intervals, least squares, right or wrong.
//! [`simulate`] runs stocks and flows under scenarios, from draws that are keyed and paired. [`count`] counts hidden
//! populations from overlapping lists. All of it is deterministic: a seed is an input, and `libm` gives the same digits on
//! every machine.

pub mod count;
pub mod draws;
pub mod form;
mod matrix;
pub mod reconcile;
pub mod simulate;
pub mod statistics;
