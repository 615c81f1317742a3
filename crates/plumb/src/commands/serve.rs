//! `plumb serve`: the account on this machine, fresh after each change.

use super::Outcome;
use crate::arguments::Serve;

/// Runs the command until it is interrupted. The address goes to standard output.
pub(crate) fn run(_options: &Serve) -> Outcome {
    Err("pending".into())
}
