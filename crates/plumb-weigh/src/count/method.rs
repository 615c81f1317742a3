//! The estimators as a list: what each is called, what it assumes, and how it is run.

use std::fmt;

use serde::Serialize;

use super::averaging::{AveragingOptions, averaging};
use super::formulas::{Sightings, TwoLists};
use super::heterogeneity::{ClosedModel, Shape, closed};
use super::interval::Estimate;
use super::latent::{LatentOptions, latent_classes};
use super::loglinear::{LoglinearFit, fit};
use super::model::Model;
use super::refusal::Refusal;
use super::special::real;
use super::stepwise::stepwise;
use super::table::CaptureTable;

/// What every estimator here takes for granted.
pub const ALL_ASSUME: &str = "Nobody enters or leaves while the lists are made, people are matched between lists without \
                              error, and everybody could be on at least one of the lists.";

/// What an answer is: an estimate of the size, or a size that the truth should not lie below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An estimate.
    Estimate,
    /// A lower bound.
    LowerBound,
}

/// An estimator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// [`TwoLists::lincoln_petersen`].
    LincolnPetersen,
    /// [`TwoLists::chapman`].
    Chapman,
    /// [`Sightings::chao`].
    Chao,
    /// [`Sightings::chao_bias_corrected`].
    ChaoBiasCorrected,
    /// [`Sightings::zelterman`].
    Zelterman,
    /// [`Model::independence`].
    Independence,
    /// [`stepwise`].
    Stepwise,
    /// [`Model::all_pairs`].
    AllPairs,
    /// [`closed`] with both lists and people differing, Chao's shape.
    PeopleDifferBound,
    /// [`closed`] with both lists and people differing, Darroch's shape.
    PeopleDiffer,
    /// [`averaging`].
    Averaging,
    /// [`latent_classes`].
    LatentClasses,
}

impl Method {
    /// The methods of the panel for so many lists, from simple to elaborate.
    pub fn of_panel(lists: usize) -> Vec<Self> {
        let two = [Self::LincolnPetersen, Self::Chapman].into_iter().filter(|_| lists == 2);
        let all = [Self::Chao, Self::ChaoBiasCorrected, Self::Zelterman, Self::Independence];
        let more = [
            Self::Stepwise,
            Self::AllPairs,
            Self::PeopleDifferBound,
            Self::PeopleDiffer,
            Self::Averaging,
            Self::LatentClasses,
        ];
        two.chain(all).chain(more.into_iter().filter(|_| lists > 2)).collect()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::LincolnPetersen => "Lincoln-Petersen",
            Self::Chapman => "Chapman",
            Self::Chao => "Chao's lower bound",
            Self::ChaoBiasCorrected => "Chao's lower bound, bias-corrected",
            Self::Zelterman => "Zelterman",
            Self::Independence => "log-linear, lists independent",
            Self::Stepwise => "log-linear, pairs chosen stepwise",
            Self::AllPairs => "log-linear, all pairs",
            Self::PeopleDifferBound => "log-linear, people differ, lower bound",
            Self::PeopleDiffer => "log-linear, people differ",
            Self::Averaging => "average over decomposable graphs",
            Self::LatentClasses => "latent classes",
        }
    }

    /// What it assumes beyond [`ALL_ASSUME`].
    pub fn assumes(self) -> &'static str {
        match self {
            Self::LincolnPetersen => {
                "the two lists are independent: being on one makes nobody likelier to be on the other"
            }
            Self::Chapman => "as Lincoln-Petersen, corrected for small overlaps",
            Self::Chao => {
                "people differ in how easily they are seen; a person's sightings come one by one at a steady rate"
            }
            Self::ChaoBiasCorrected => "as Chao's lower bound, corrected for few people seen twice",
            Self::Zelterman => {
                "people seen once or twice are seen at one rate, and so are those never seen; others may differ"
            }
            Self::Independence => "lists are independent of each other, and people are alike",
            Self::Stepwise => {
                "pairs of lists attract or avoid each other only where the table shows it; three lists never act together"
            }
            Self::AllPairs => "every pair of lists may attract or avoid each other; three lists never act together",
            Self::PeopleDifferBound => {
                "lists are independent for any one person; people differ in how easily they are found, in any way"
            }
            Self::PeopleDiffer => {
                "lists are independent for any one person; how easily people are found is normal on the log-odds scale"
            }
            Self::Averaging => {
                "lists are linked as in some decomposable graph, which one is unknown; sizes are log-uniform beforehand"
            }
            Self::LatentClasses => "people are of a few unseen kinds; lists are independent within a kind",
        }
    }

    /// Whether it estimates or bounds.
    pub fn kind(self) -> Kind {
        match self {
            Self::Chao | Self::ChaoBiasCorrected | Self::PeopleDifferBound => Kind::LowerBound,
            _ => Kind::Estimate,
        }
    }
}

impl Method {
    /// Whether the panel holds it against the others. The formulas from people seen once and twice take sightings for
    /// Poisson, which a handful of lists are not: they run high by a known factor (see [`many_sightings`]), and that they
    /// then differ from the rest says nothing about the people.
    pub(crate) fn compares(self) -> bool {
        !matches!(self, Self::Chao | Self::ChaoBiasCorrected | Self::Zelterman)
    }
}

/// How far the formulas from people seen once and twice run high on independent lists of these sizes.
///
/// With chances `p` small, the hidden number is the population, `f1` is the sum of `p` times it and `f2` the sum of products
/// of two; so `f1² / (2 f2)` is the hidden number over `1 - Σp² / (Σp)²`.
fn many_sightings(table: &CaptureTable) -> String {
    let sizes: Vec<f64> = (0..table.lists().len()).map(|list| real(table.list_size(list))).collect();
    let total: f64 = sizes.iter().sum();
    let squares: f64 = sizes.iter().map(|size| size * size).sum();
    let factor = 1.0 / (1.0 - squares / (total * total));
    format!("made for many sightings: on independent lists of these sizes it would find {factor:.1} times those hidden")
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Settings that the methods need.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MethodOptions {
    /// Coverage of the intervals.
    pub level: f64,
    /// Threshold of the stepwise search.
    pub threshold: f64,
    /// Settings of the averaging.
    pub averaging: AveragingOptions,
    /// Settings of the sampler.
    pub latent: LatentOptions,
}

impl Default for MethodOptions {
    fn default() -> Self {
        Self {
            level: 0.95,
            threshold: super::stepwise::STEPWISE_THRESHOLD,
            averaging: AveragingOptions::default(),
            latent: LatentOptions::default(),
        }
    }
}

/// What a method gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) estimate: Estimate,
    /// The model that was fitted, where there is a choice.
    pub(crate) model: Option<String>,
    /// Akaike's and Schwarz's criteria, where there is a likelihood.
    pub(crate) criteria: Option<(f64, f64)>,
}

impl From<Estimate> for Found {
    fn from(estimate: Estimate) -> Self {
        Self { estimate, model: None, criteria: None }
    }
}

impl From<LoglinearFit> for Found {
    fn from(fit: LoglinearFit) -> Self {
        Self { criteria: Some((fit.aic, fit.bic)), model: Some(fit.model), estimate: fit.estimate }
    }
}

/// Runs a method.
pub(crate) fn run(method: Method, table: &CaptureTable, options: &MethodOptions) -> Result<Found, Refusal> {
    let level = options.level;
    let two = || TwoLists::of(table, 0, 1);
    let seen = || Sightings::of(table);
    let noted = |estimate: Estimate| Found::from(estimate.noting(many_sightings(table)));
    match method {
        Method::LincolnPetersen => two().lincoln_petersen(level).map(Found::from),
        Method::Chapman => two().chapman(level).map(Found::from),
        Method::Chao => seen().chao(level).map(noted),
        Method::ChaoBiasCorrected => seen().chao_bias_corrected(level).map(noted),
        Method::Zelterman => seen().zelterman(level).map(noted),
        Method::Independence => fit(table, &Model::independence(table), level).map(Found::from),
        Method::Stepwise => stepwise(table, options.threshold, level).map(Found::from),
        Method::AllPairs => fit(table, &Model::all_pairs(table), level).map(Found::from),
        Method::PeopleDifferBound => people_differ(table, Shape::Chao, level),
        Method::PeopleDiffer => people_differ(table, Shape::Darroch, level),
        Method::Averaging => averaging(table, &options.averaging, level).map(|found| Found {
            model: found.graphs.first().map(|graph| format!("{} ({:.0} %)", graph.graph, 100.0 * graph.probability)),
            ..Found::from(found.estimate)
        }),
        Method::LatentClasses => latent_classes(table, &options.latent, level).map(|found| Found::from(found.estimate)),
    }
}

fn people_differ(table: &CaptureTable, shape: Shape, level: f64) -> Result<Found, Refusal> {
    let model = ClosedModel::BothDiffer(shape);
    let found = closed(table, model, level)?;
    if found.spread.is_some_and(|spread| spread < 0.0) {
        return Err(Refusal::NoSpread { model: model.name().to_owned() });
    }
    let criteria = Some((found.aic, found.bic));
    Ok(Found { estimate: found.estimate, model: Some(model.name().to_owned()), criteria })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_differ_by_less_than_nothing_are_refused() {
        // Madigan and York (1997): two of the lists avoid each other
        let rows = [(4, 60), (2, 49), (6, 4), (1, 247), (5, 112), (3, 142), (7, 12)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let refused = run(Method::PeopleDiffer, &table, &MethodOptions::default()).unwrap_err();
        assert_eq!(refused, Refusal::NoSpread { model: "Mth Darroch".into() });
        assert!(closed(&table, ClosedModel::BothDiffer(Shape::Darroch), 0.95).unwrap().spread.unwrap() < 0.0);
    }

    #[test]
    fn the_formulas_say_how_far_they_run_high() {
        let table = CaptureTable::new(&["A", "B"], &[(1, 50), (2, 50), (3, 50)]).unwrap();
        let found = run(Method::Chao, &table, &MethodOptions::default()).unwrap();
        assert!(found.estimate.notes[0].contains("2.0 times"), "{:?}", found.estimate.notes);
    }
}
