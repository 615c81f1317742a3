//! What the comparison of two names is worth, in bits.
//!
//! The features are counts: how many parts agree at each level, how much information these parts carry, how the names stand to each other
//! as wholes. A logistic regression gives each a weight (the discriminative form of Fellegi and Sunter's sum: levels of one name depend
//! on each other, so that m and u counted level by level would count the same evidence twice). The information of a part is the
//! logarithm of its rarity, so that agreement on a rare part can weigh more than on a common one and its difference too (Winkler 1990,
//! frequency-based weighting).

use plumb_names::{Comparison, Level, Outcome, Piece, Role, Rule};
use serde::{Deserialize, Serialize};

use super::profile::KnownAs;
use super::{LEAST_NAME_BITS, MOST_NAME_BITS};

/// What a feature of names is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameWeight {
    /// Which feature.
    pub feature: String,
    /// Bits for each time that it occurs; for features of information, for each bit of information.
    pub bits: f64,
    /// Training pairs of one name that showed it.
    pub positives: u64,
    /// Training pairs of different names that showed it.
    pub negatives: u64,
}

/// What agreement of names is worth, by the kind of name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NameModel {
    /// Of persons.
    pub person: Vec<NameWeight>,
    /// Of organisations, and of entities that could be either.
    pub organisation: Vec<NameWeight>,
    /// Of vessels and other objects.
    pub object: Vec<NameWeight>,
}

/// Levels and what they do for one part: a matched pair, or a part without a counterpart.
const LEVELS: usize = Level::ALL.len();
/// Each class of parts has its levels and "missing".
const CLASS: usize = LEVELS + 1;
/// Classes of parts: those that tell bearers apart, words that many share, and forms, titles and links, which come and go.
const CLASSES: [&str; 3] = ["part", "common_word", "form"];
/// Where information begins: that of distinctive parts, by how they fare.
const INFORMATION: usize = CLASSES.len() * CLASS;
/// Where shares begin: of all that distinctive parts could tell, by how they fare.
const SHARE: usize = INFORMATION + FATES.len();
/// Where outcomes begin.
const OUTCOME: usize = SHARE + FATES.len();
/// Where features of the whole begin.
const WHOLE: usize = OUTCOME + Outcome::ALL.len();
/// How many features there are; the last is one in each comparison.
pub const FEATURES: usize = WHOLE + WHOLES.len();

/// How a distinctive part fares: as [`fate`] numbers them.
const FATES: [&str; 5] = ["agreeing", "agreeing_loosely", "near", "replaced", "missing"];

/// Features of the whole, in the order of [`wholes`].
const WHOLES: [&str; 21] = [
    "whole.nothing_tells_apart",
    "whole.none_agrees",
    "whole.only_one_agrees",
    "whole.only_one_agrees_loosely",
    "whole.only_one_is_near",
    "whole.one_of_more_agrees",
    "whole.two_agree",
    "whole.lost_on_both_sides",
    "whole.short_and_near",
    "whole.identical",
    "common_word.share",
    "common_word.all_agree",
    "common_word.share_beside_one",
    "common_word.missing_beside_one",
    "common_word.lost_on_both_sides",
    "common_word.information_alone",
    "acronym.letters",
    "information.agreeing_in_all",
    "information.most_lost",
    "whole.all_agree_firmly",
    "always",
];

/// What a comparison of names shows, as numbers.
pub type Vector = [f32; FEATURES];

/// A part that nobody else bears carries no more than this: tables of rarity end somewhere near one in a hundred thousand.
const MOST_INFORMATION: f32 = 17.0;

/// Parts of one level are counted up to here: names of persons and firms have rarely more, and what counts against them must not add up
/// without end.
const MOST_COUNTED: f32 = 4.0;

/// The information that a part carries, in bits.
pub fn information(commonness: f32) -> f32 {
    if commonness <= 0.0 { MOST_INFORMATION } else { (-libm::log2f(commonness)).clamp(0.0, MOST_INFORMATION) }
}

/// The place of a piece among the features.
fn place_of(piece: &Piece) -> usize {
    let class = match piece.role {
        role if tells_apart(role) => 0,
        Role::Generic | Role::Location => 1,
        _ => 2,
    };
    class * CLASS + if piece.is_unmatched() { LEVELS } else { piece.level as usize }
}

fn tells_apart(role: Role) -> bool {
    role.is_distinctive() || role == Role::Patronymic
}

/// How a part fares, by number in [`FATES`].
fn fate(piece: &Piece) -> usize {
    match piece.level {
        _ if piece.is_unmatched() => 4,
        Level::Different => 3,
        level if !level.agrees() => 2,
        // letters may be quite others: alone such agreement is often chance
        Level::Variant | Level::Nickname | Level::Consonants | Level::Sound | Level::NearSound => 1,
        _ => 0,
    }
}

/// A part that everybody bears still is a part: in shares it weighs like one that a quarter bear.
const LEAST_SHARE: f32 = 2.0;

/// The features of a comparison.
pub fn features(comparison: &Comparison) -> Vector {
    let mut vector = [0.0; FEATURES];
    let mut add = |place: usize, amount: f32| {
        if let Some(cell) = vector.get_mut(place) {
            *cell += amount;
        }
    };
    add(OUTCOME + comparison.outcome as usize, 1.0);
    for (place, amount) in wholes(comparison).into_iter().enumerate() {
        add(WHOLE + place, amount);
    }
    if comparison.outcome == Outcome::Acronym {
        return vector;
    }
    let telling = || comparison.pieces.iter().filter(|piece| tells_apart(piece.role));
    let all: f32 = telling().map(|piece| information(piece.commonness) + LEAST_SHARE).sum();
    for piece in &comparison.pieces {
        add(place_of(piece), 1.0);
        if tells_apart(piece.role) {
            let bits = information(piece.commonness);
            // in tens of bits, so that all features are of one size
            add(INFORMATION + fate(piece), bits / 10.0);
            add(SHARE + fate(piece), (bits + LEAST_SHARE) / all);
        }
    }
    // some entries put many names in one: what they have beyond a few says no more
    for cell in vector.iter_mut().take(INFORMATION) {
        *cell = cell.min(MOST_COUNTED);
    }
    for cell in vector.iter_mut().take(SHARE).skip(INFORMATION) {
        *cell = cell.min(MOST_COUNTED * MOST_INFORMATION / 10.0);
    }
    vector
}

/// The features of the whole, in the order of their names. An acronym has no parts: how many letters it has is all that it tells.
fn wholes(comparison: &Comparison) -> [f32; WHOLES.len()] {
    let is_acronym = comparison.outcome == Outcome::Acronym;
    let pieces: &[Piece] = if is_acronym { &[] } else { &comparison.pieces };
    let telling = || pieces.iter().filter(|piece| tells_apart(piece.role));
    let faring =
        |fates: std::ops::RangeInclusive<usize>| telling().filter(|piece| fates.contains(&fate(piece))).count();
    let (firm, agreeing, near, all) = (faring(0..=0), faring(0..=1), faring(2..=2), telling().count());
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let lost = || telling().filter(|piece| fate(piece) > 2);
    let on_both = lost().any(|piece| piece.left.is_some()) && lost().any(|piece| piece.right.is_some());
    let agreed: f32 = telling().filter(|piece| fate(piece) == 0).map(|piece| information(piece.commonness)).sum();
    let most_lost = lost().map(|piece| information(piece.commonness)).fold(0.0, f32::max);
    let identical = pieces.iter().all(|piece| !piece.is_unmatched() && piece.level <= Level::Romanised);
    let common = || pieces.iter().filter(|piece| matches!(piece.role, Role::Generic | Role::Location));
    let common_share = share(common().filter(|piece| fate(piece) < 3).count(), common().count());
    let common_agreed: f32 = common().filter(|piece| fate(piece) < 2).map(|piece| information(piece.commonness)).sum();
    let beside_more = agreeing + near > 1 || common().count() == 0;
    let lost_word = |piece: &Piece| piece.is_unmatched() || piece.level == Level::Different;
    let common_missing = u32::try_from(common().filter(|piece| lost_word(piece)).count()).unwrap_or(u32::MAX);
    let common_lost = |left: bool| {
        common().any(|piece| lost_word(piece) && if left { piece.left.is_some() } else { piece.right.is_some() })
    };
    [
        flag(all == 0 && !is_acronym),
        flag(all > 0 && agreeing + near == 0),
        flag(all == 1 && firm == 1),
        flag(all == 1 && agreeing > firm),
        flag(all == 1 && near == 1),
        flag(all > 1 && agreeing + near == 1),
        flag(agreeing == 2),
        flag(on_both),
        telling().map(shortness).fold(0.0, f32::max),
        flag(identical && !is_acronym),
        common_share,
        flag(common_share >= 1.0),
        // one telling part leaves it to the others to tell chance from kin
        if beside_more { 0.0 } else { common_share - 1.0 },
        if beside_more { 0.0 } else { share_of(common_missing.min(MOST_COMMON), MOST_COMMON) },
        flag(common_lost(true) && common_lost(false)),
        if all == 0 { common_agreed / 10.0 } else { 0.0 },
        if is_acronym { comparison.pieces.iter().map(letters).fold(0.0, f32::max) } else { 0.0 },
        (agreed / 10.0).min(3.0),
        most_lost / 10.0,
        flag(comparison.outcome <= Outcome::OtherOrder && firm == all && all > 1),
        1.0,
    ]
}

/// Common words that only one name has, counted up to here: more say no more.
const MOST_COMMON: u32 = 3;

/// Bytes of the acronym, in tens.
fn letters(piece: &Piece) -> f32 {
    let lengths = [piece.left, piece.right].map(|span| span.map_or(0, |span| span.end.saturating_sub(span.start)));
    share_of(lengths.into_iter().min().unwrap_or_default(), 10)
}

/// Near misses of words shorter than this, in bytes, are more often other words than slips.
const LONG: u32 = 8;

/// How short a word is that all but agrees, from 0 (long) to 1.
fn shortness(piece: &Piece) -> f32 {
    let lengths = [piece.left, piece.right].map(|span| span.map_or(0, |span| span.end.saturating_sub(span.start)));
    let shortest = lengths.into_iter().min().unwrap_or_default().min(LONG);
    if fate(piece) == 2 && piece.level != Level::Initial { share_of(LONG - shortest, LONG) } else { 0.0 }
}

fn share(part: usize, all: usize) -> f32 {
    // counts of parts of a name are small
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    share_of(count(part), count(all))
}

/// A part of all; none of nothing.
fn share_of(part: u32, all: u32) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share needs no more digits")]
    let share = (f64::from(part) / f64::from(all.max(1))) as f32;
    share
}

/// The name of a feature.
pub fn feature_name(place: usize) -> String {
    let named = |names: &[&str], at: usize| names.get(at).map_or(String::new(), |name| (*name).to_owned());
    match place {
        place if place < INFORMATION => {
            let class = named(&CLASSES, place / CLASS);
            let level = Level::ALL.get(place % CLASS).map_or("missing", |level| level.name());
            format!("{class}.{level}")
        }
        place if place < SHARE => format!("information.{}", named(&FATES, place - INFORMATION)),
        place if place < OUTCOME => format!("share.{}", named(&FATES, place - SHARE)),
        place if place < WHOLE => {
            Outcome::ALL.get(place - OUTCOME).map_or(String::new(), |outcome| format!("whole.{}", outcome.name()))
        }
        place => named(&WHOLES, place - WHOLE),
    }
}

/// What a pair is worth that needs no weighing, in bits: names of the same words all there can be, names of which nothing agrees the least.
pub(crate) fn settled(left: &KnownAs, right: &KnownAs, outcome: Outcome) -> Option<f64> {
    match outcome {
        _ if are_written_alike(left, right) => Some(MOST_NAME_BITS),
        outcome if is_least(outcome) => Some(LEAST_NAME_BITS),
        _ => None,
    }
}

/// Whether two names have the same words.
pub(crate) fn are_written_alike(left: &KnownAs, right: &KnownAs) -> bool {
    left.written == right.written && !left.name.parts.is_empty()
}

/// Whether an outcome alone says that two names are worth the least.
pub(crate) fn is_least(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::NothingAgrees | Outcome::NotComparable)
}

/// Weights of one kind of name, by place.
#[derive(Clone, Debug)]
pub struct NameWeights([f64; FEATURES]);

impl NameWeights {
    /// Puts named weights in their places. The name that is missing, if one is.
    pub fn new(weights: &[NameWeight]) -> Result<Self, String> {
        let mut places = [0.0; FEATURES];
        for (place, cell) in places.iter_mut().enumerate() {
            let name = feature_name(place);
            *cell = weights.iter().find(|weight| weight.feature == name).ok_or(name)?.bits;
        }
        Ok(Self(places))
    }

    /// The evidence of a comparison, in bits.
    pub fn bits(&self, vector: &Vector) -> f64 {
        self.0.iter().zip(vector).map(|(weight, amount)| weight * f64::from(*amount)).sum()
    }

    /// What one piece adds to the evidence, in bits. The rest is that of the names as wholes; all of it where one is the other's acronym.
    pub fn piece_bits(&self, piece: &Piece) -> f64 {
        if piece.rule == Rule::Acronym {
            return 0.0;
        }
        let weight = |place: usize| self.0.get(place).copied().unwrap_or_default();
        let information = if tells_apart(piece.role) { f64::from(information(piece.commonness)) / 10.0 } else { 0.0 };
        weight(place_of(piece)) + weight(INFORMATION + fate(piece)) * information
    }
}
