//! XMILE 1.0 (OASIS 2015), base level: models of stocks and flows as other programs read and write them.
//!
//! [`read`] gives a [`Model`](crate::stockflow::Model) and names everything that it did not understand; [`write()`] gives the
//! deterministic skeleton of a model. Arrays, modules, macros, conveyors and queues are beyond base level. Random functions draw the same
//! numbers in every run; `POISSON` is not read.

mod error;
mod missing;
mod read;
mod tree;
mod write;

pub use error::{Warning, XmileError};
pub use missing::take_out;
pub use read::read;
pub use write::write;
