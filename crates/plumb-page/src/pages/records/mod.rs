//! The pages of single records and the lists of them: claims, sources, actors, places, sites, search.

use crate::site::Maker;

/// Adds them.
pub(super) fn add(_maker: &mut Maker<'_>) {}
