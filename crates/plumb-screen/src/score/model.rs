//! What each level of agreement is worth, learnt from data and kept in `data/weights.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::address::AddressLevel;
use super::date::DateLevel;
use super::fact::{CountryLevel, GenderLevel};
use super::identifier::IdentifierLevel;
use super::level::Level;
use super::names::{NameModel, NameWeights};
use plumb_names::Kind;

/// What one level is worth, and the counts that say so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// How often pairs of one entity show it: Fellegi and Sunter's *m*, between 0 and 1.
    pub m: f64,
    /// How often pairs of different entities show it: their *u*.
    pub u: f64,
    /// Pairs of one entity that showed it.
    pub positives: u64,
    /// Pairs of different entities that showed it.
    pub negatives: u64,
}

impl Weight {
    /// The evidence in bits: the logarithm to base 2 of m over u (Fellegi and Sunter 1969, §2).
    pub fn bits(self) -> f64 {
        libm::log2(self.m / self.u)
    }
}

/// How bits become a probability and a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Slope of the logistic curve, in natural logarithm of odds per bit (Platt 1999).
    pub slope: f64,
    /// Its value at zero bits.
    pub intercept: f64,
    /// Bits at which the score is 0.7: where F1 is highest on the training pairs.
    pub threshold: f64,
}

/// Where the weights come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// SHA-256 over the input files, in hex.
    pub inputs: String,
    /// Training pairs of one entity.
    pub positives: u64,
    /// Training pairs of different entities.
    pub negatives: u64,
}

/// The weights file, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightsFile {
    /// Where the weights come from.
    pub provenance: Provenance,
    /// How bits become a probability and a score.
    pub calibration: Calibration,
    /// What agreement of names is worth.
    pub name: NameModel,
    /// What each level of the other features is worth: feature, level, weight.
    pub levels: BTreeMap<String, BTreeMap<String, Weight>>,
}

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Not TOML of the right shape.
    #[error("weights: {0}")]
    Shape(#[from] toml::de::Error),
    /// A level without a weight, or with one that is no probability.
    #[error("weights: `{feature}.{level}` needs m and u between 0 and 1. Hint: run the example `train` again")]
    Level {
        /// The feature.
        feature: &'static str,
        /// Its level.
        level: &'static str,
    },
    /// A feature of names without a weight.
    #[error("weights: the feature `{0}` of names has no weight. Hint: run the example `train` again")]
    Name(String),
}

/// Weights ready for use.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) dates: Vec<f64>,
    pub(crate) countries: Vec<f64>,
    pub(crate) genders: Vec<f64>,
    pub(crate) identifiers: Vec<f64>,
    pub(crate) addresses: Vec<f64>,
    person: NameWeights,
    organisation: NameWeights,
    object: NameWeights,
    /// How bits become a probability and a score.
    pub calibration: Calibration,
}

impl Model {
    /// The weights that come with the program.
    pub fn built_in() -> Result<Self, ModelError> {
        Self::read(include_str!("../../data/weights.toml"))
    }

    /// Reads weights.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        Self::new(&toml::from_str(text)?)
    }

    /// Takes weights from their file form.
    pub fn new(file: &WeightsFile) -> Result<Self, ModelError> {
        Ok(Self {
            dates: bits_of::<DateLevel>(file, f64::NEG_INFINITY)?,
            countries: bits_of::<CountryLevel>(file, LEAST_COUNTRY)?,
            genders: bits_of::<GenderLevel>(file, LEAST_GENDER)?,
            identifiers: bits_of::<IdentifierLevel>(file, f64::NEG_INFINITY)?,
            addresses: bits_of::<AddressLevel>(file, LEAST_ADDRESS)?,
            person: name_weights(&file.name.person)?,
            organisation: name_weights(&file.name.organisation)?,
            object: name_weights(&file.name.object)?,
            calibration: file.calibration,
        })
    }

    /// What agreement of names of a kind is worth.
    pub fn name_weights(&self, kind: Kind) -> &NameWeights {
        match kind {
            Kind::Person => &self.person,
            Kind::Organisation | Kind::Entity | Kind::Address => &self.organisation,
            Kind::Vessel => &self.object,
        }
    }

    /// The probability that a pair with so much evidence is one entity, among pairs as the training had them.
    pub fn probability(&self, bits: f64) -> f64 {
        logistic(self.calibration.slope * bits + self.calibration.intercept)
    }

    /// The score of a pair with so much evidence, between 0 and 1; 0.7 at the threshold.
    ///
    /// A logistic curve with the slope of the calibration, moved so that it passes 0.7 at the threshold.
    pub fn score(&self, bits: f64) -> f64 {
        logistic(self.calibration.slope * (bits - self.calibration.threshold) + LOGIT_OF_THRESHOLD)
    }
}

/// Disagreement on these never speaks louder than this, in bits. The counts say more against (eight, eight and five bits), but they come
/// from lists, which copy each other; a supplier's papers and a list disagree about countries and addresses far more often. A name that
/// agrees in full still passes with one of them against it, as it does in yente.
const LEAST_COUNTRY: f64 = -3.0;
const LEAST_GENDER: f64 = -4.0;
const LEAST_ADDRESS: f64 = -1.5;

/// ln(0.7 / 0.3).
const LOGIT_OF_THRESHOLD: f64 = 0.847_297_860_387_203_6;

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

fn name_weights(weights: &[super::names::NameWeight]) -> Result<NameWeights, ModelError> {
    NameWeights::new(weights).map_err(ModelError::Name)
}

fn bits_of<L: Level>(file: &WeightsFile, least: f64) -> Result<Vec<f64>, ModelError> {
    let levels = file.levels.get(L::FEATURE);
    let weigh = |level: &L| {
        let weight = levels.and_then(|levels| levels.get(level.name()));
        weight
            .filter(|weight| weight.m > 0.0 && weight.u > 0.0 && weight.m <= 1.0 && weight.u <= 1.0)
            .map(|weight| weight.bits().max(least))
            .ok_or(ModelError::Level { feature: L::FEATURE, level: level.name() })
    };
    L::ALL.iter().map(weigh).collect()
}
