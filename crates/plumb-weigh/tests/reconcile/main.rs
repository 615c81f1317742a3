//! Reconciling claims: the known answers and the laws of the three layers.
#![allow(
    clippy::allow_attributes,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::many_single_char_names,
    reason = "a test compares with published digits and stops when its set-up fails"
)]
#![expect(clippy::unreadable_literal, reason = "reference values as their source prints them")]

#[path = "../shared/network.rs"]
mod network;
#[path = "../shared/mod.rs"]
mod shared;

mod claims;
mod intervals;
mod intervals_network;
mod least_squares;
mod pool;
mod right_or_wrong;
