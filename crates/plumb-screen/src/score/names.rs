//! What the comparison of two names is worth, in bits.
//!
//! The features are counts: how many parts agree at each level, how much information these parts carry, how the names stand to each other
//! as wholes. A logistic regression gives each a weight (the discriminative form of Fellegi and Sunter's sum: levels of one name depend
//! on each other, so that m and u counted level by level would count the same evidence twice). The information of a part is the
//! logarithm of its rarity, so that agreement on a rare part can weigh more than on a common one and its difference too (Winkler 1990,
//! frequency-based weighting).

use plumb_names::{Comparison, Level, Outcome, Piece, Role};
use serde::{Deserialize, Serialize};

use super::explain::snake;

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
/// Two classes of parts (those that tell bearers apart, and the others), each with its levels and "missing".
const CLASS: usize = LEVELS + 1;
/// Where information begins: for distinctive parts, agreeing, near and lost.
const INFORMATION: usize = 2 * CLASS;
/// Where outcomes begin.
const OUTCOME: usize = INFORMATION + 3;
/// Where features of the whole begin.
const WHOLE: usize = OUTCOME + Outcome::ALL.len();
/// How many features there are; the last is one in each comparison.
pub const FEATURES: usize = WHOLE + 5;

/// What a comparison of names shows, as numbers.
pub type Vector = [f32; FEATURES];

/// A part that nobody else bears carries no more than this: tables of rarity end somewhere near one in a hundred thousand.
const MOST_INFORMATION: f32 = 17.0;

/// The information that a part carries, in bits.
pub fn information(commonness: f32) -> f32 {
    if commonness <= 0.0 { MOST_INFORMATION } else { (-libm::log2f(commonness)).clamp(0.0, MOST_INFORMATION) }
}

/// The place of a piece among the features.
fn place_of(piece: &Piece) -> usize {
    let class = if tells_apart(piece.role) { 0 } else { CLASS };
    class + if piece.is_unmatched() { LEVELS } else { piece.level as usize }
}

fn tells_apart(role: Role) -> bool {
    role.is_distinctive() || role == Role::Patronymic
}

/// The features of a comparison.
pub fn features(comparison: &Comparison) -> Vector {
    let mut vector = [0.0; FEATURES];
    let mut add = |place: usize, amount: f32| {
        if let Some(cell) = vector.get_mut(place) {
            *cell += amount;
        }
    };
    let (mut agreed, mut total, mut most) = (0.0_f32, 0.0_f32, 0.0_f32);
    for piece in &comparison.pieces {
        add(place_of(piece), 1.0);
        if !tells_apart(piece.role) {
            continue;
        }
        let bits = information(piece.commonness);
        let lost = piece.is_unmatched() || piece.level == Level::Different;
        let kind = if lost { 2 } else { usize::from(!piece.level.agrees()) };
        // in tens of bits, so that all features are of one size
        add(INFORMATION + kind, bits / 10.0);
        total += bits;
        agreed += [bits, bits / 2.0, 0.0].get(kind).copied().unwrap_or_default();
        if lost {
            most = most.max(bits);
        }
    }
    add(OUTCOME + comparison.outcome as usize, 1.0);
    let share = if total > 0.0 { agreed / total } else { 0.0 };
    add(WHOLE, share);
    add(WHOLE + 1, (agreed / 10.0).min(3.0));
    add(WHOLE + 2, most / 10.0);
    let identical = comparison.pieces.iter().all(|piece| !piece.is_unmatched() && piece.level <= Level::Romanised);
    add(WHOLE + 3, if identical { 1.0 } else { 0.0 });
    add(WHOLE + 4, 1.0);
    vector
}

/// The name of a feature.
pub fn feature_name(place: usize) -> String {
    match place {
        place if place < INFORMATION => {
            let class = if place < CLASS { "part" } else { "common_word" };
            let level =
                Level::ALL.get(place % CLASS).map_or("missing".to_owned(), |level| snake(&format!("{level:?}")));
            format!("{class}.{level}")
        }
        place if place < OUTCOME => ["information.agreeing", "information.near", "information.lost"]
            .get(place - INFORMATION)
            .map_or(String::new(), |name| (*name).to_owned()),
        place if place < WHOLE => Outcome::ALL
            .get(place - OUTCOME)
            .map_or(String::new(), |outcome| format!("whole.{}", snake(&format!("{outcome:?}")))),
        place => {
            ["information.share", "information.agreeing_in_all", "information.most_lost", "whole.identical", "always"]
                .get(place - WHOLE)
                .map_or(String::new(), |name| (*name).to_owned())
        }
    }
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

    /// What one piece adds to the evidence, in bits. The rest is that of the names as wholes.
    pub fn piece_bits(&self, piece: &Piece) -> f64 {
        let weight = |place: usize| self.0.get(place).copied().unwrap_or_default();
        let lost = piece.is_unmatched() || piece.level == Level::Different;
        let kind = if lost { 2 } else { usize::from(!piece.level.agrees()) };
        let information = if tells_apart(piece.role) { f64::from(information(piece.commonness)) / 10.0 } else { 0.0 };
        weight(place_of(piece)) + weight(INFORMATION + kind) * information
    }
}
