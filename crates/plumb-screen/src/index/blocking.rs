//! Blocking: which records are worth comparing with a query.

use plumb_names::Kind;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::score::Profile;
use crate::score::profile::kind_of;

/// Keeps keys of identifiers apart from those of names.
const IDENTIFIER_SEED: u64 = 1;

/// The keys under which an index holds an entity: those of its names, and its identifiers. Sorted.
pub(crate) fn keys(profile: &Profile) -> Vec<u64> {
    let kind = kind_of(profile.schema);
    let names = profile.names.iter().flat_map(|known_as| known_as.keys().sorted.iter().map(|key| of_kind(*key, kind)));
    let mut keys: Vec<u64> = names.chain(identifiers(profile)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A key of a query, and what it is a sign of: a part of a name, a name as a whole, an identifier. Several signs of one thing say no more
/// than the strongest of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sign {
    pub(crate) key: u64,
    pub(crate) of: (u16, Option<u8>),
}

/// The keys under which an index may hold what a query asks for, each once. Sorted.
pub(crate) fn signs(query: &Profile) -> Vec<Sign> {
    let kinds = kinds(kind_of(query.schema));
    let place = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
    let names = query.names.iter().enumerate().flat_map(|(name, known_as)| {
        known_as.keys().by_part.iter().flat_map(move |(part, key)| {
            kinds.iter().map(move |kind| Sign { key: of_kind(*key, *kind), of: (place(name), *part) })
        })
    });
    let identifiers =
        identifiers(query).enumerate().map(|(number, key)| Sign { key, of: (u16::MAX - place(number), None) });
    let mut signs: Vec<Sign> = names.chain(identifiers).collect();
    signs.sort_unstable();
    signs.dedup_by_key(|sign| sign.key);
    signs
}

/// The kinds of entities that can be what a query of a kind asks for, as [`compatible`](crate::score::profile::compatible) has it.
fn kinds(asked: Kind) -> &'static [Kind] {
    match asked {
        Kind::Person => &[Kind::Person, Kind::Entity],
        Kind::Organisation => &[Kind::Organisation, Kind::Entity],
        Kind::Vessel => &[Kind::Vessel, Kind::Entity],
        Kind::Entity | Kind::Address => &[Kind::Person, Kind::Organisation, Kind::Entity, Kind::Vessel],
    }
}

/// Keys of names are kept apart by kind, so that a person is not looked for among the companies of a register. The kind stands in the low
/// half: keys are spread evenly, and those of one word for several kinds are neighbours.
fn of_kind(key: u32, kind: Kind) -> u64 {
    u64::from(key) << 32 | kind as u64
}

fn identifiers(profile: &Profile) -> impl Iterator<Item = u64> {
    let key = |value: &str| xxh3_64_with_seed(value.as_bytes(), IDENTIFIER_SEED) | 1 << 31;
    profile.identifiers.iter().map(move |identifier| key(&identifier.value))
}

/// The keys of all names of a query: only names of a record that have one of them are compared.
pub(crate) struct NameKeys {
    /// Sorted.
    keys: Vec<u32>,
    /// Of each key the bit that its low bits number: of the keys of others, which are many, one in forty passes.
    bits: [u64; 64],
}

impl NameKeys {
    pub(crate) fn of(query: &Profile) -> Self {
        let mut keys: Vec<u32> =
            query.names.iter().flat_map(|known_as| known_as.keys().sorted.iter().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut bits = [0; 64];
        for key in &keys {
            if let Some(word) = bits.get_mut(*key as usize / 64 % 64) {
                *word |= 1 << (key % 64);
            }
        }
        Self { keys, bits }
    }

    pub(crate) fn contains(&self, key: u32) -> bool {
        self.bits.get(key as usize / 64 % 64).is_some_and(|word| word >> (key % 64) & 1 == 1)
            && self.keys.binary_search(&key).is_ok()
    }
}
