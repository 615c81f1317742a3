//! Learning the weights from data, so that others can do it again: `cargo run -p plumb-screen --release --example train -- DATA_DIR`.
//!
//! Pairs are split by entity: weights and threshold come from four fifths, figures are reported on the fifth.

pub mod clean;
pub mod corpus;
pub mod levels;
pub mod logistic;
pub mod pairs;
pub mod random;
pub mod treat;

use std::collections::BTreeMap;

use corpus::{Corpus, Part};
use levels::rounded;
use logistic::Row;
use pairs::Pair;
use plumb_core::ftm;
use plumb_names::{Rarity, Scratch};

use crate::score::model::{Calibration, Provenance, WeightsFile};
use crate::score::names::{FEATURES, NameModel, NameWeight, NameWeights, Vector, feature_name, features};
use crate::score::profile::{KnownAs, kind_of};

/// A pair with what its comparison shows.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The pair.
    pub pair: Pair,
    /// Its features; `None` when no key is common, so that the names would never meet.
    pub vector: Option<Vector>,
}

/// Compares all pairs.
pub fn compare(pairs: Vec<Pair>, rarity: &dyn Rarity) -> Vec<Compared> {
    let mut scratch = Scratch::default();
    let mut compared = |pair: Pair| {
        let kind = ftm::schema(pair.schema).map_or(plumb_names::Kind::Entity, kind_of);
        let (left, right) = (KnownAs::new(&pair.left, kind, false), KnownAs::new(&pair.right, kind, false));
        let vector = left
            .shares_key(&right)
            .then(|| features(&plumb_names::compare(&left.name, &right.name, rarity, &mut scratch)));
        Compared { pair, vector }
    };
    pairs.into_iter().map(&mut compared).collect()
}

/// Half the squared coefficients count so much: enough to keep features that few pairs show from running away.
const RIDGE: f64 = 2.0;

/// Learns everything from a corpus whose pairs are compared already.
pub fn train(corpus: &Corpus, compared: &[Compared], inputs: String) -> WeightsFile {
    let learn = |schema: &str| {
        let pairs: Vec<&Compared> = compared
            .iter()
            .filter(|compared| compared.pair.schema == schema && compared.pair.part == Part::Train)
            .collect();
        learn_names(&pairs)
    };
    let name = NameModel { person: learn("Person"), organisation: learn("Company"), object: learn("Vessel") };
    let (levels, [positives, negatives]) = levels::weights(corpus);
    let calibration = calibrate(&name, compared);
    WeightsFile { provenance: Provenance { inputs, positives, negatives }, calibration, name, levels }
}

fn learn_names(pairs: &[&Compared]) -> Vec<NameWeight> {
    let seen: Vec<(Vector, bool)> =
        pairs.iter().filter_map(|compared| compared.vector.map(|vector| (vector, compared.pair.same))).collect();
    let positives = seen.iter().filter(|(_, same)| *same).count().max(1);
    let negatives = (seen.len() - positives.min(seen.len())).max(1);
    let rows: Vec<Row<FEATURES>> = seen
        .iter()
        .map(|(features, positive)| {
            // both classes weigh the same, whatever their numbers in the pairs
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            let weight = seen.len() as f64 / 2.0 / if *positive { positives as f64 } else { negatives as f64 };
            Row { features: *features, positive: *positive, weight }
        })
        .collect();
    let bits = logistic::fit(&rows, RIDGE).map(|coefficient| coefficient / std::f64::consts::LN_2);
    let mut weights: Vec<NameWeight> = bits
        .iter()
        .enumerate()
        .map(|(place, bits)| {
            let shown = |same: bool| {
                seen.iter()
                    .filter(|(vector, class)| *class == same && vector.get(place).is_some_and(|value| *value != 0.0))
                    .count() as u64
            };
            NameWeight {
                feature: feature_name(place),
                bits: rounded(*bits),
                positives: shown(true),
                negatives: shown(false),
            }
        })
        .collect();
    // moved so that zero bits are where the pairs divide best, for each kind of name alike
    let threshold = NameWeights::new(&weights).map_or(0.0, |model| {
        let clean: Vec<&Compared> =
            pairs.iter().copied().filter(|compared| compared.pair.group == clean::GROUP).collect();
        best_threshold(&scored(&model, pairs)).max(quiet_threshold(&scored(&model, &clean), &clean))
    });
    for weight in weights.iter_mut().filter(|weight| weight.feature == "always") {
        weight.bits = rounded(weight.bits - threshold);
    }
    weights
}

/// Bits of each pair, and whether it is one. Pairs that never meet are left out.
fn scored(model: &NameWeights, pairs: &[&Compared]) -> Vec<(f64, bool)> {
    pairs
        .iter()
        .filter_map(|compared| compared.vector.map(|vector| (model.bits(&vector), compared.pair.same)))
        .collect()
}

/// Clean names that may raise an alert, in a thousand: what logic-v2 raises for names alone is 4 to 8.
const ALERTS_PER_THOUSAND: usize = 8;

/// The bits from which no more than [`ALERTS_PER_THOUSAND`] of the clean names would raise an alert.
fn quiet_threshold(scored: &[(f64, bool)], clean: &[&Compared]) -> f64 {
    let names: std::collections::BTreeSet<&str> = clean.iter().map(|compared| compared.pair.left.as_str()).collect();
    let mut bits: Vec<f64> = scored.iter().map(|(bits, _)| *bits).collect();
    bits.sort_by(|one, two| two.total_cmp(one));
    bits.get(names.len() * ALERTS_PER_THOUSAND / 1000).copied().unwrap_or(f64::NEG_INFINITY)
}

/// The bits from which calling pairs the same gives the highest F1.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn best_threshold(scored: &[(f64, bool)]) -> f64 {
    let mut ordered = scored.to_vec();
    ordered.sort_by(|one, two| two.0.total_cmp(&one.0));
    let positives = ordered.iter().filter(|(_, same)| *same).count();
    let (mut right, mut best) = (0usize, (0.0, 0.0));
    for (place, (bits, same)) in ordered.iter().enumerate() {
        right += usize::from(*same);
        let f1 = 2.0 * right as f64 / (place + 1 + positives) as f64;
        if f1 > best.0 {
            let next = ordered.get(place + 1).map_or(*bits, |(bits, _)| *bits);
            best = (f1, f64::midpoint(*bits, next));
        }
    }
    best.1
}

/// Platt's logistic curve over the bits of the training pairs of all kinds.
fn calibrate(name: &NameModel, compared: &[Compared]) -> Calibration {
    let mut rows = Vec::new();
    for (schema, weights) in [("Person", &name.person), ("Company", &name.organisation), ("Vessel", &name.object)] {
        let Ok(model) = NameWeights::new(weights) else { continue };
        let pairs: Vec<&Compared> = compared
            .iter()
            .filter(|compared| compared.pair.schema == schema && compared.pair.part == Part::Train)
            .collect();
        #[expect(clippy::cast_possible_truncation, reason = "bits need no more")]
        rows.extend(scored(&model, &pairs).into_iter().map(|(bits, positive)| Row {
            features: [bits as f32, 1.0],
            positive,
            weight: 1.0,
        }));
    }
    let [slope, intercept] = logistic::fit(&rows, 1e-3);
    Calibration { slope: rounded(slope), intercept: rounded(intercept), threshold: 0.0 }
}

/// How well pairs of a group were told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Pairs of one bearer that were called the same.
    pub found: u32,
    /// Pairs of one bearer that were not.
    pub missed: u32,
    /// Pairs of two bearers that were called the same.
    pub wrong: u32,
    /// Pairs of two bearers that were not.
    pub kept_apart: u32,
}

impl Figures {
    /// Counts a pair.
    pub fn add(&mut self, same: bool, called_same: bool) {
        match (same, called_same) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => self.kept_apart += 1,
        }
    }

    /// Precision, recall and F1; a share of nothing is 1.
    pub fn precision_recall_f1(&self) -> (f64, f64, f64) {
        let share =
            |part: u32, rest: u32| if part + rest == 0 { 1.0 } else { f64::from(part) / f64::from(part + rest) };
        let f1 = share(2 * self.found, self.wrong + self.missed);
        (share(self.found, self.wrong), share(self.found, self.missed), f1)
    }
}

/// Figures by schema and group, and over all under an empty group.
pub fn report(scored: impl IntoIterator<Item = (Pair, bool)>) -> BTreeMap<(&'static str, &'static str), Figures> {
    let mut figures: BTreeMap<(&'static str, &'static str), Figures> = BTreeMap::new();
    for (pair, called_same) in scored {
        for group in ["", pair.group] {
            figures.entry((pair.schema, group)).or_default().add(pair.same, called_same);
        }
    }
    figures
}
