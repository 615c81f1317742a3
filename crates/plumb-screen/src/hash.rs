//! Tables in the order of hashes.

/// The place of the first of `count` ascending hashes that is not below this one.
///
/// Hashes are spread evenly, so that the place of one can be guessed from another's (interpolation search, Peterson 1957): the first guess is
/// off by about the root of their number, the second by the root of that, and so on. From the last guess on steps that double lead to a
/// range, and halving leads through it.
pub(crate) fn place_of_hash(count: usize, hash: u64, at: impl Fn(usize) -> u64) -> usize {
    /// Of a million hashes the third guess is off by six or so; eight of them are a cache line.
    const GUESSES: usize = 3;
    const FIRST_STEP: usize = 8;
    let among = |distance: u64| usize::try_from((u128::from(distance) * count as u128) >> 64).unwrap_or(count);
    let last = count.saturating_sub(1);
    let mut place = among(hash);
    for _ in 1..if count > FIRST_STEP { GUESSES } else { 1 } {
        let found = at(place);
        let off = among(hash.abs_diff(found));
        place = if found < hash { place.saturating_add(off).min(last) } else { place.saturating_sub(off) };
    }
    let (mut low, mut high, mut step) = (0, count, FIRST_STEP);
    while low < high {
        if at(place) < hash {
            low = place + 1;
            place = if high == count { (place + step).min(last) } else { low + (high - low) / 2 };
        } else {
            high = place;
            place = if low == 0 { place.saturating_sub(step) } else { low + (high - low) / 2 };
        }
        step *= 2;
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_hash_is_found_where_halving_finds_it(mut hashes in prop::collection::vec(any::<u64>(), 0..300), small: u8, wanted: u64) {
            hashes.extend((0..u64::from(small)).map(|near| wanted.saturating_add(near / 2)));
            hashes.sort_unstable();
            for hash in hashes.iter().copied().chain([wanted, 0, u64::MAX]) {
                let found = place_of_hash(hashes.len(), hash, |place| hashes[place]);
                prop_assert_eq!(found, hashes.partition_point(|other| *other < hash));
            }
        }
    }
}
