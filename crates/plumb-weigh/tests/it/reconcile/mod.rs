//! Reconciling claims: the known answers and the laws of the three layers.

mod claims;
mod intervals;
mod intervals_network;
mod least_squares;
mod network;
mod pool;
mod precision;
mod right_or_wrong;
