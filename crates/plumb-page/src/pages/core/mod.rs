//! The pages that answer the question of the case: front page, ledger, contradictions, duties, timeline, method.

use plumb_account::Account;

use crate::Site;

/// Adds them.
pub(super) fn add(_account: &Account, _site: &mut Site) {}
