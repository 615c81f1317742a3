//! Learning the weights from data, so that others can do it again: `cargo run -p plumb-screen --release --example train -- DATA_DIR`.
//!
//! Pairs are split by entity: weights and threshold come from four fifths, figures are reported on the fifth.

pub mod by_ear;
pub mod clean;
pub mod corpus;
pub mod east_asian;
pub mod kin;
pub mod levels;
pub mod logistic;
pub mod near;
mod organisations;
pub mod pairs;
pub mod random;
pub mod schemes;
pub mod signs;
pub mod treat;

use std::collections::BTreeMap;

use corpus::{Corpus, Part};
use levels::rounded;
use logistic::Row;
use pairs::Pair;
use plumb_core::ftm;
use plumb_names::{Rarity, Scratch};

use crate::score::model::{Calibration, Provenance, WeightsFile};
use crate::score::names::{FEATURES, NameModel, NameWeight, NameWeights, Vector, feature_name, features, settled};
use crate::score::profile::{KnownAs, kind_of};

/// A pair with what its comparison shows.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The pair.
    pub pair: Pair,
    /// Its features; `None` when the pair is settled without weighing them.
    pub vector: Option<Vector>,
}

/// Compares all pairs.
pub fn compare(pairs: Vec<Pair>, rarity: &dyn Rarity) -> Vec<Compared> {
    let mut scratch = Scratch::default();
    let mut compared = |pair: Pair| {
        let kind = ftm::schema(pair.schema).map_or(plumb_names::Kind::Entity, kind_of);
        let (left, right) = (KnownAs::new(&pair.left, kind, false), KnownAs::new(&pair.right, kind, false));
        let comparison = plumb_names::compare(&left.name, &right.name, rarity, &mut scratch);
        let settled = settled(&left, &right, comparison.outcome);
        Compared { pair, vector: settled.is_none().then(|| features(&comparison)) }
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
    let rows: Vec<Row<FEATURES>> = seen
        .iter()
        .zip(row_weights(pairs))
        .map(|((features, positive), weight)| Row { features: *features, positive: *positive, weight })
        .collect();
    let signs = std::array::from_fn(|place| signs::sign(&feature_name(place)));
    let bits = logistic::fit_signed(&rows, RIDGE, &signs).map(|coefficient| coefficient / std::f64::consts::LN_2);
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
        best_threshold(&scored(&model, pairs), &row_weights(pairs)).max(quiet_threshold(&model, pairs))
    });
    for weight in weights.iter_mut().filter(|weight| weight.feature == "always") {
        weight.bits = rounded(weight.bits - threshold);
    }
    weights
}

/// How much each weighed pair counts. Both classes count the same, and within a class each group by the root of its size, so that neither the
/// ways of making pairs nor the ease of making many decide what is learnt.
fn row_weights(pairs: &[&Compared]) -> Vec<f64> {
    let groups = || pairs.iter().filter(|compared| compared.vector.is_some()).map(|c| (c.pair.same, c.pair.group));
    let mut sizes: BTreeMap<(bool, &str), f64> = BTreeMap::new();
    for group in groups() {
        *sizes.entry(group).or_default() += 1.0;
    }
    let class = |wanted: bool| sizes.iter().filter(|((same, _), _)| *same == wanted).map(|(_, size)| size.sqrt()).sum();
    let (different, one, all): (f64, f64, f64) = (class(false), class(true), sizes.values().sum());
    let weight = |(same, group): (bool, &'static str)| {
        let size = sizes.get(&(same, group)).copied().unwrap_or(1.0);
        all / 2.0 / if same { one } else { different }.max(1.0) / size.sqrt()
    };
    groups().map(weight).collect()
}

/// Bits of each pair, and whether it is one. Pairs that are settled without weighing are left out.
fn scored(model: &NameWeights, pairs: &[&Compared]) -> Vec<(f64, bool)> {
    pairs
        .iter()
        .filter_map(|compared| compared.vector.map(|vector| (model.bits(&vector), compared.pair.same)))
        .collect()
}

/// The bits from which few enough of the clean names of each group would raise an alert: see [`clean::alerts`].
fn quiet_threshold(model: &NameWeights, pairs: &[&Compared]) -> f64 {
    let mut groups: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for compared in pairs.iter().filter(|compared| clean::is_group(compared.pair.group)) {
        let bits = compared.vector.map_or(f64::NEG_INFINITY, |vector| model.bits(&vector));
        let most = groups.entry(compared.pair.group).or_default().entry(&compared.pair.left).or_insert(bits);
        *most = most.max(bits);
    }
    let quiet = groups.into_iter().map(|(group, names)| {
        let mut bits: Vec<f64> = names.into_values().collect();
        bits.sort_by(|one, two| two.total_cmp(one));
        // beyond the first name that is one too many, and beyond all that stand as it does
        bits.get(bits.len() * clean::alerts(group) / 1000).map_or(f64::NEG_INFINITY, |bits| bits + LEAST_STEP)
    });
    quiet.fold(f64::NEG_INFINITY, f64::max)
}

/// A step in bits that is smaller than any that matters and greater than what rounding of weights moves.
const LEAST_STEP: f64 = 0.001;

/// The bits from which calling pairs the same gives the highest F1, each pair counting by its weight.
fn best_threshold(scored: &[(f64, bool)], weights: &[f64]) -> f64 {
    let mut ordered: Vec<(f64, bool, f64)> =
        scored.iter().zip(weights).map(|((bits, same), weight)| (*bits, *same, *weight)).collect();
    ordered.sort_by(|one, two| two.0.total_cmp(&one.0));
    let positives: f64 = ordered.iter().filter(|(_, same, _)| *same).map(|(_, _, weight)| weight).sum();
    let (mut right, mut called, mut best) = (0.0, 0.0, (0.0, 0.0));
    for (place, (bits, same, weight)) in ordered.iter().enumerate() {
        called += weight;
        right += if *same { *weight } else { 0.0 };
        let f1 = 2.0 * right / (called + positives);
        if f1 > best.0 {
            let next = ordered.get(place + 1).map_or(*bits, |(bits, ..)| *bits);
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
