//! The pages of single records and the lists of them: claims, sources, actors, places, sites, search.

use plumb_account::Account;

use crate::Site;

/// Adds them.
pub(super) fn add(_account: &Account, _site: &mut Site) {}
