//! The pages that answer the question of the case: front page, ledger, contradictions, duties, timeline, method.

use crate::site::Maker;

/// Adds them.
pub(super) fn add(_maker: &mut Maker<'_>) {}
