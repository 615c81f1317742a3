//! How common the parts of names are, from lists and registers: a table compiled in.
//!
//! The table holds the hashes of part keys in order, and for each the rarity in eighths of a bit. `examples/train.rs` writes it.

use xxhash_rust::xxh3::xxh3_64;

use crate::hash::place_of_hash;

/// A table of rarities.
#[derive(Clone, Copy, Debug)]
pub struct RarityTable<'a> {
    hashes: &'a [u8],
    eighths: &'a [u8],
}

impl RarityTable<'static> {
    /// The table that comes with the program.
    pub fn built_in() -> Self {
        Self::read(include_bytes!("../../data/rarity.bin"))
    }
}

impl<'a> RarityTable<'a> {
    /// A table from its bytes: hashes of four bytes, then rarities of one byte. What does not fit is an empty table.
    pub fn read(bytes: &'a [u8]) -> Self {
        let count = bytes.len() / 5;
        let (hashes, eighths) = bytes.split_at_checked(count * 4).unwrap_or((&[], &[]));
        Self { hashes, eighths }
    }

    /// The bytes of a table of keys, each with the share of names that hold it. Keys that share a hash keep the commoner's rarity.
    pub fn write<'k>(shares: impl IntoIterator<Item = (&'k str, f64)>) -> Vec<u8> {
        let mut rows: Vec<(u32, u8)> = shares
            .into_iter()
            .map(|(key, share)| {
                let eighths = (-libm::log2(share) * 8.0).clamp(0.0, 255.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
                (hash(key), eighths as u8)
            })
            .collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(hash, _)| *hash);
        let hashes = rows.iter().flat_map(|(hash, _)| hash.to_le_bytes());
        hashes.chain(rows.iter().map(|(_, eighths)| *eighths)).collect()
    }

    fn find(&self, hash: u32) -> Option<u8> {
        let at = |place: usize| {
            self.hashes
                .get(place * 4..place * 4 + 4)
                .and_then(|bytes| bytes.try_into().ok())
                .map_or(u32::MAX, u32::from_le_bytes)
        };
        let wide = |hash: u32| u64::from(hash) << 32;
        let place = place_of_hash(self.eighths.len(), wide(hash), |place| wide(at(place)));
        if at(place) == hash { self.eighths.get(place).copied() } else { None }
    }
}

impl plumb_names::Rarity for RarityTable<'_> {
    fn commonness(&self, key: &str) -> f32 {
        self.find(hash(key)).map_or(0.0, |eighths| libm::exp2f(-f32::from(eighths) / 8.0))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half of a hash")]
fn hash(key: &str) -> u32 {
    xxh3_64(key.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use plumb_names::Rarity;

    use super::*;

    #[test]
    fn what_was_written_is_found() {
        let keys: Vec<String> = (0..1000).map(|number| format!("key{number}")).collect();
        let bytes = RarityTable::write(keys.iter().map(|key| (key.as_str(), 0.25)).chain([("kim", 0.5)]));
        let table = RarityTable::read(&bytes);
        assert!(keys.iter().all(|key| (table.commonness(key) - 0.25).abs() < 1e-6));
        assert!((table.commonness("kim") - 0.5).abs() < 1e-6);
        assert!(table.commonness("unseen") == 0.0 && RarityTable::read(&[1, 2]).commonness("kim") == 0.0);
    }
}
