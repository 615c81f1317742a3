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
use super::{LEAST_NAME_BITS, MOST_NAME_BITS, wholes};

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
pub const FEATURES: usize = WHOLE + wholes::NAMES.len();

/// How a distinctive part fares: as [`fate`] numbers them.
const FATES: [&str; 5] = ["agreeing", "agreeing_loosely", "near", "replaced", "missing"];

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
    class * CLASS
        + match piece.level {
            _ if piece.is_unmatched() => LEVELS,
            // in which scripts the two are written is no evidence, nor in which languages a word that many share
            Level::Romanised => Level::Exact as usize,
            Level::Translated if class == 1 => Level::Exact as usize,
            // nor is a translation of what tells bearers apart less than another spelling
            Level::Translated if class == 0 => Level::Spelling as usize,
            level => level as usize,
        }
}

/// An article or "and" that one side leaves out.
fn says_nothing(piece: &Piece) -> bool {
    piece.role == Role::Stop && piece.is_unmatched()
}

pub(super) fn tells_apart(role: Role) -> bool {
    role.is_distinctive() || role == Role::Patronymic
}

/// How a part fares, by number in [`FATES`].
pub(super) fn fate(piece: &Piece) -> usize {
    match piece.level {
        _ if piece.is_unmatched() => 4,
        Level::Different => 3,
        level if !level.agrees() => 2,
        // letters may be quite others: alone such agreement is often chance
        Level::Variant | Level::Nickname | Level::Consonants | Level::NearSound => 1,
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
    for (place, amount) in wholes::of(comparison).into_iter().enumerate() {
        add(WHOLE + place, amount);
    }
    if comparison.outcome == Outcome::Acronym {
        return vector;
    }
    let telling = || comparison.pieces.iter().filter(|piece| tells_apart(piece.role));
    let all: f32 = telling().map(|piece| information(piece.commonness) + LEAST_SHARE).sum();
    for piece in comparison.pieces.iter().filter(|piece| !says_nothing(piece)) {
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
        place => named(&wholes::NAMES, place - WHOLE),
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
        if piece.rule == Rule::Acronym || says_nothing(piece) {
            return 0.0;
        }
        let weight = |place: usize| self.0.get(place).copied().unwrap_or_default();
        let information = if tells_apart(piece.role) { f64::from(information(piece.commonness)) / 10.0 } else { 0.0 };
        weight(place_of(piece)) + weight(INFORMATION + fate(piece)) * information
    }
}
