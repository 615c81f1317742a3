//! Blocking: which records are worth comparing with a query.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::score::Profile;

/// Keeps keys of identifiers apart from those of names.
const IDENTIFIER_SEED: u64 = 1;

/// The keys under which an index holds an entity: those of its names, and its identifiers. Sorted.
pub(crate) fn keys(profile: &Profile) -> Vec<u64> {
    let names = profile.names.iter().flat_map(|known_as| known_as.keys.iter().map(|key| u64::from(*key)));
    let identifiers = profile
        .identifiers
        .iter()
        .map(|identifier| xxh3_64_with_seed(identifier.value.as_bytes(), IDENTIFIER_SEED) | 1 << 63);
    let mut keys: Vec<u64> = names.chain(identifiers).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of all names, sorted: only names of a record that have one of them are compared.
pub(crate) fn name_keys(profile: &Profile) -> Vec<u32> {
    let mut keys: Vec<u32> = profile.names.iter().flat_map(|known_as| known_as.keys.iter().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
