//! The table of name variants, from Wikidata: which groups of forms of one name a word belongs to.
//!
//! It holds what rules do not reach (特朗普 and Trump, 大西 and Onishi); pairs that the rules join are left out of it. Static bytes, nothing
//! is built at start: 65,537 offsets by the upper half of a word's hash, then entries of the lower half (2 bytes) and the group (3 bytes).

use crate::hash;
use crate::name::Part;
use crate::script::Script;

static TABLE: &[u8] = include_bytes!("../data/variants.bin");
/// Bytes of the offsets: 2¹⁶ + 1 of four bytes.
const OFFSETS: usize = 65_537 * 4;
const ENTRY: usize = 5;
/// Most groups that are kept of one word: only the commonest names stand in more, and they agree by rules.
const MOST_GROUPS: u32 = 32;

/// The groups that a word belongs to, ascending: where its entries begin in the table, and how many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Groups {
    start: u32,
    count: u32,
}

impl Groups {
    /// The groups in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = u32> {
        entries(self.start, self.start.saturating_add(self.count)).map(|(_, group)| group)
    }

    /// Whether a word is so usual a name that several groups hold it: in one alone also stand misspellings.
    pub(crate) fn are_several(self) -> bool {
        self.iter().nth(1).is_some()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.count == 0
    }

    /// As numbers, for [`Groups::of_numbers`] of the version that wrote them.
    pub(crate) fn numbers(self) -> [u32; 2] {
        [self.start, self.count]
    }

    /// The groups with these numbers; others than were written, or none, if the numbers are damaged.
    pub(crate) fn of_numbers([start, count]: [u32; 2]) -> Self {
        if count == 0 { Self::default() } else { Self { start, count: count.min(MOST_GROUPS) } }
    }
}

/// A word that a Han or Hangul word can be divided into, with the groups of both halves.
pub(crate) type Split = (Groups, Groups);

impl Part {
    /// The number under which the table of variants holds the part; `examples/variants.rs` builds the table with it.
    pub fn variant_hash(&self) -> u32 {
        upper_half(if self.script == Script::Latin { self.forms.key } else { self.forms.folded })
    }
}

fn upper_half(hash: u64) -> u32 {
    u32::try_from(hash::mix(hash) >> 32).unwrap_or(0)
}

/// The groups that the word with this hash belongs to.
pub(crate) fn groups_of(word: u64) -> Groups {
    groups(upper_half(word))
}

/// The groups that a word belongs to.
pub(crate) fn groups(word_hash: u32) -> Groups {
    let (upper, lower) = (word_hash >> 16, word_hash & 0xffff);
    let Some((from, to)) = offset(upper).zip(offset(upper + 1)) else { return Groups::default() };
    // the entries of one word stand together
    let (mut start, mut count) = (from, 0);
    for (low, _) in entries(from, to) {
        match low.cmp(&lower) {
            std::cmp::Ordering::Less => start += 1,
            std::cmp::Ordering::Equal => count += 1,
            std::cmp::Ordering::Greater => break,
        }
    }
    Groups::of_numbers([start, count])
}

/// Entries of the table: the lower half of a word's hash, and a group.
fn entries(from: u32, to: u32) -> impl Iterator<Item = (u32, u32)> {
    let at = |place: u32| Some(OFFSETS + usize::try_from(place).ok()?.checked_mul(ENTRY)?);
    let bytes = at(from).zip(at(to)).and_then(|(from, to)| TABLE.get(from..to)).unwrap_or_default();
    bytes.chunks_exact(ENTRY).filter_map(read)
}

/// The lower half of a word's hash, and a group.
fn read(entry: &[u8]) -> Option<(u32, u32)> {
    let [low, high, group @ ..] = entry else { return None };
    let group = group.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    Some((u32::from(u16::from_le_bytes([*low, *high])), group))
}

fn offset(place: u32) -> Option<u32> {
    let at = usize::try_from(place).ok()? * 4;
    let bytes: [u8; 4] = TABLE.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}

/// Ways to divide an unspaced word into two that the table knows: 安倍晋三 into Abe and Shinzo.
pub(crate) fn splits(word: &str, script: Script) -> Vec<Split> {
    let length = word.chars().count();
    if !matches!(script, Script::Han | Script::Kana) || !(2..=8).contains(&length) {
        return Vec::new();
    }
    let halves = word.char_indices().skip(1).filter_map(|(at, _)| word.get(..at).zip(word.get(at..)));
    halves
        .map(|(first, second)| (groups_of(hash::hash(first)), groups_of(hash::hash(second))))
        .filter(|(first, second)| !first.is_empty() && !second.is_empty())
        .collect()
}

/// Hashes of names that are usual, ascending, four bytes each: those that several groups of Wikidata hold, or one with forms in several other
/// scripts. The table of variants leaves out most names in Latin letters, which rules join.
static USUAL: &[u8] = include_bytes!("../data/usual_names.bin");

/// Whether a part is a name that is usual somewhere, in whatever script it is written.
pub(crate) fn is_usual(part: &Part) -> bool {
    let wanted = upper_half(part.forms.key);
    let (hashes, _) = USUAL.as_chunks::<4>();
    hashes.binary_search_by_key(&wanted, |hash| u32::from_le_bytes(*hash)).is_ok()
}

/// Whether two words share a group.
pub(crate) fn share(left: Groups, right: Groups) -> bool {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        match l.cmp(r) {
            std::cmp::Ordering::Less => left.next(),
            std::cmp::Ordering::Greater => right.next(),
            std::cmp::Ordering::Equal => return true,
        };
    }
    false
}
