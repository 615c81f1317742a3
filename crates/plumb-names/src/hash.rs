//! Hashes that can be joined: the hash of two texts in a row follows from theirs, so that "Abd al Rahman" and "Abdulrahman"
//! are compared without building strings. Polynomial over 2⁶⁴ (Rabin and Karp 1987, with a fixed odd base).

/// Odd, with well-mixed bits (the golden ratio in 64 bits), so that short texts spread over all of the range.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hash of a text.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0, step)
}

pub(crate) fn step(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

/// BASE to each power up to the length of nearly all words.
#[expect(clippy::indexing_slicing, reason = "worked out when the program is compiled")]
const POWERS: [u64; 32] = {
    let mut powers = [1; 32];
    let mut length = 1;
    while length < powers.len() {
        powers[length] = BASE.wrapping_mul(powers[length - 1]);
        length += 1;
    }
    powers
};

/// BASE to the number of bytes in a text.
pub(crate) fn power(length: usize) -> u64 {
    let longer = || BASE.wrapping_pow(u32::try_from(length).unwrap_or(u32::MAX));
    POWERS.get(length).copied().unwrap_or_else(longer)
}

/// The hash of `left` followed by `right`.
pub(crate) fn join(left: u64, right: u64, right_power: u64) -> u64 {
    left.wrapping_mul(right_power).wrapping_add(right)
}

/// The hashes of what is left of a text, whose hash is known, when each of its bytes is left out in turn.
pub(crate) fn without_each(text: &str, whole: u64) -> impl Iterator<Item = u64> {
    let mut before = 0;
    text.bytes().enumerate().map(move |(place, byte)| {
        let with = step(before, byte);
        // the rest is the same behind both beginnings
        let rest = whole.wrapping_add(before.wrapping_sub(with).wrapping_mul(power(text.len() - place - 1)));
        before = with;
        rest
    })
}

/// A number for a word's meaning, never 0.
pub(crate) fn concept(word: &str) -> u32 {
    let mixed = hash(word) ^ (hash(word) >> 32);
    u32::try_from(mixed & 0xffff_ffff).unwrap_or(0).max(1)
}

/// Spreads a hash over all its bits (the finaliser of Steele, Lea and Flood 2014), for keys that are sorted or bucketed.
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
