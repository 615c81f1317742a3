//! Bayesian averaging over all decomposable graphs of the lists.
//!
//! Madigan and York (1997), Biometrika 84:19; the same priors as the R package dga. No single model is chosen: each graph
//! is weighed by how well it explains the table, and the posterior of the population adds up over all of them.

use serde::Serialize;

use super::graphs::{Graph, decomposable};
use super::interval::{Estimate, Interval, IntervalMethod, check_level};
use super::posterior::{Weights, weigh};
use super::refusal::Refusal;
use super::special::real;
use super::table::{CaptureTable, MOST_PEOPLE};
use crate::statistics::sum;

/// Fewest and most lists. With two the table cannot tell any graph from another; six would have 18,154 graphs.
const LISTS: std::ops::RangeInclusive<usize> = 3..=5;

/// Most sizes on a grid: more would only draw the same curve finer.
const MOST_POINTS: u64 = 60_000;

/// What is believed of the size before the table is seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizePrior {
    /// In proportion to one over the population: a doubling is as likely at any size. The default, as in dga.
    LogUniform,
    /// In proportion to one over the hidden number.
    LogUniformHidden,
    /// Every size as likely.
    Uniform,
    /// A Poisson population whose mean has a gamma distribution with this shape and scale (Madigan and York 1997, section
    /// 5, where experts were asked).
    GammaPoisson {
        /// Shape of the gamma distribution.
        shape: f64,
        /// Its scale, in people.
        scale: f64,
    },
}

impl SizePrior {
    /// Logarithm of the prior of a hidden number, up to a constant.
    fn log(self, observed: f64, hidden: f64) -> f64 {
        let population = observed + hidden;
        match self {
            Self::LogUniform => -libm::log(population),
            Self::LogUniformHidden => -libm::log(hidden),
            Self::Uniform => 0.0,
            Self::GammaPoisson { shape, scale } => {
                population * libm::log(scale) - (population + shape) * libm::log1p(scale)
                    + libm::lgamma(population + shape)
                    - libm::lgamma(population + 1.0)
            }
        }
    }

    fn check(self) -> Result<(), Refusal> {
        let positive = |value: f64| value > 0.0 && value < real(MOST_PEOPLE);
        match self {
            Self::GammaPoisson { shape, scale } if !(positive(shape) && positive(scale)) => {
                let message = format!("shape and scale of the prior must be above zero, not {shape} and {scale}");
                Err(Refusal::BadSetting(message))
            }
            _ => Ok(()),
        }
    }
}

/// Settings of the averaging.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AveragingOptions {
    /// Prior weight of each cell of the table, in people. `None`: one person in all, spread over the cells (`2^-lists`, as
    /// the manual of dga suggests).
    pub delta: Option<f64>,
    /// Prior of the size.
    pub prior: SizePrior,
    /// Hidden numbers: first, last and step. `None`: from one on, widened until what lies beyond no longer matters.
    pub hidden: Option<(u64, u64, u64)>,
}

impl Default for AveragingOptions {
    fn default() -> Self {
        Self { delta: None, prior: SizePrior::LogUniform, hidden: None }
    }
}

/// A graph with its posterior probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphWeight {
    /// Its cliques, such as `A:B, C`: lists of different cliques are independent given those they share.
    pub graph: String,
    /// Posterior probability.
    pub probability: f64,
}

/// The posterior of the population, averaged over graphs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Averaging {
    /// Median and posterior interval.
    pub estimate: Estimate,
    /// Mean, in people.
    pub mean: f64,
    /// The likeliest size, in people.
    pub mode: f64,
    /// Standard deviation, in people.
    pub standard_deviation: f64,
    /// All graphs, likeliest first.
    pub graphs: Vec<GraphWeight>,
    /// Sizes of the population on the grid; not serialised, as there may be tens of thousands.
    #[serde(skip)]
    pub sizes: Vec<f64>,
    /// Posterior probability of each size.
    #[serde(skip)]
    pub weights: Vec<f64>,
}

impl Averaging {
    /// The smallest size that the population stays at or below with a probability.
    pub fn quantile(&self, probability: f64) -> f64 {
        let mut reached = 0.0;
        let found = self.sizes.iter().zip(&self.weights).find(|(_, weight)| {
            reached += **weight;
            reached >= probability
        });
        found.map(|(size, _)| *size).or(self.sizes.last().copied()).unwrap_or(0.0)
    }
}

/// Averages over decomposable graphs.
///
/// # Errors
/// [`Refusal::WrongNumberOfLists`] for fewer than three or more than five lists, [`Refusal::BadSetting`].
pub fn averaging(table: &CaptureTable, options: &AveragingOptions, level: f64) -> Result<Averaging, Refusal> {
    check_level(level)?;
    let lists = table.lists().len();
    if !LISTS.contains(&lists) {
        let (method, needs) = ("averaging over decomposable graphs".to_owned(), "three to five lists".to_owned());
        return Err(Refusal::WrongNumberOfLists { method, needs, found: lists });
    }
    options.prior.check()?;
    let delta = options.delta.unwrap_or(1.0 / real(1 << lists));
    if !(delta > 0.0 && delta < real(MOST_PEOPLE)) {
        return Err(Refusal::BadSetting(format!("the prior weight of a cell must be above zero, not {delta}")));
    }
    let graphs = decomposable(lists);
    let prior = |grid: Grid| Posterior::new(table, delta, options.prior, grid, &graphs);
    let (posterior, notes) = match options.hidden {
        Some((first, last, step)) => (prior(Grid::new(first, last, step, options.prior)?)?, Vec::new()),
        None => widened(table.observed(), prior)?,
    };
    let mut found = posterior.summary(table, &graphs, level);
    found.estimate.notes.extend(notes);
    Ok(found)
}

/// Widens the grid until what lies in its last fifth no longer matters.
fn widened(
    observed: u64,
    posterior: impl Fn(Grid) -> Result<Posterior, Refusal>,
) -> Result<(Posterior, Vec<String>), Refusal> {
    // ten times those observed is a population of which lists saw too little to tell much; it is a start
    let mut last = observed.saturating_mul(10).max(1_000);
    for _ in 0..WIDENINGS {
        let found = posterior(Grid { first: 1, last, step: last.div_ceil(MOST_POINTS).max(1) })?;
        if found.share_beyond(0.8) < NO_MATTER {
            return Ok((found, Vec::new()));
        }
        last = last.saturating_mul(4);
    }
    let found = posterior(Grid { first: 1, last, step: last.div_ceil(MOST_POINTS).max(1) })?;
    let note = format!("the posterior has a long tail; sizes above {} were left out", last + observed);
    Ok((found, vec![note]))
}

/// Times that the grid is widened fourfold before its end is declared.
const WIDENINGS: usize = 4;

/// Probability in the last fifth of the grid that does not move a 95 % interval.
const NO_MATTER: f64 = 1e-3;

/// Hidden numbers from first to last in steps.
#[derive(Clone, Copy, Debug)]
struct Grid {
    first: u64,
    last: u64,
    step: u64,
}

impl Grid {
    fn new(first: u64, last: u64, step: u64, prior: SizePrior) -> Result<Self, Refusal> {
        let bad = |message: String| Err(Refusal::BadSetting(message));
        if step == 0 || first > last || last > MOST_PEOPLE {
            return bad(format!("hidden numbers from {first} to {last} in steps of {step} are no grid"));
        }
        if (last - first) / step > 10_000_000 {
            return bad(format!(
                "{} sizes are more than the ten million allowed; take larger steps",
                (last - first) / step
            ));
        }
        if first == 0 && prior == SizePrior::LogUniformHidden {
            return bad("a prior of one over the hidden number must start at one".to_owned());
        }
        Ok(Self { first, last, step })
    }

    fn hidden(self) -> Vec<f64> {
        let points = (self.last - self.first) / self.step;
        (0..=points).map(|point| real(self.first + point * self.step)).collect()
    }
}

/// A posterior on a grid.
struct Posterior {
    hidden: Vec<f64>,
    weights: Weights,
}

impl Posterior {
    fn new(table: &CaptureTable, delta: f64, prior: SizePrior, grid: Grid, graphs: &[Graph]) -> Result<Self, Refusal> {
        let hidden = grid.hidden();
        let observed = real(table.observed());
        let log_prior: Vec<f64> = hidden.iter().map(|hidden| prior.log(observed, *hidden)).collect();
        let weights = weigh(table, delta, (&hidden, &log_prior), graphs);
        let model = || "averaging over decomposable graphs".to_owned();
        Ok(Self { weights: weights.ok_or_else(|| Refusal::NotConverged { model: model() })?, hidden })
    }

    /// Probability beyond a share of the grid.
    fn share_beyond(&self, share: f64) -> f64 {
        let from = self.hidden.last().copied().unwrap_or(0.0) * share;
        let beyond = self.hidden.iter().zip(&self.weights.sizes).filter(|(hidden, _)| **hidden > from);
        sum(beyond.map(|(_, weight)| *weight))
    }

    fn summary(self, table: &CaptureTable, graphs: &[Graph], level: f64) -> Averaging {
        let observed = real(table.observed());
        let sizes: Vec<f64> = self.hidden.iter().map(|hidden| observed + hidden).collect();
        let weights = self.weights.sizes;
        let mean = sum(sizes.iter().zip(&weights).map(|(size, weight)| size * weight));
        let variance = sum(sizes.iter().zip(&weights).map(|(size, weight)| (size - mean) * (size - mean) * weight));
        let mode = sizes.iter().zip(&weights).max_by(|a, b| a.1.total_cmp(b.1)).map_or(mean, |(size, _)| *size);
        let interval = Interval { low: 0.0, high: None, level, method: IntervalMethod::Posterior };
        let standard_deviation = variance.max(0.0).sqrt();
        let estimate =
            Estimate { population: mean, standard_error: Some(standard_deviation), interval, notes: Vec::new() };
        let graphs = ranked(table, graphs, &self.weights.graphs);
        let mut found = Averaging { estimate, mean, mode, standard_deviation, graphs, sizes, weights };
        let ends = [(1.0 - level) / 2.0, 0.5, 0.5 + level / 2.0].map(|probability| found.quantile(probability));
        found.estimate.population = ends[1];
        found.estimate.interval = Interval::new(ends[0], ends[2], level, IntervalMethod::Posterior);
        found
    }
}

/// The graphs by name, likeliest first; equals in the order of their number of links.
fn ranked(table: &CaptureTable, graphs: &[Graph], weights: &[f64]) -> Vec<GraphWeight> {
    let mut order: Vec<(&Graph, f64)> = graphs.iter().zip(weights.iter().copied()).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.edges.len().cmp(&b.0.edges.len())));
    let name = |graph: &Graph| graph.cliques().map(|set| table.name_of(set)).collect::<Vec<_>>().join(", ");
    order.into_iter().map(|(graph, probability)| GraphWeight { graph: name(graph), probability }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spina_bifida() -> CaptureTable {
        let rows = [(4, 60), (2, 49), (6, 4), (1, 247), (5, 112), (3, 142), (7, 12)];
        CaptureTable::new(&["A", "B", "C"], &rows).unwrap()
    }

    #[test]
    fn madigan_and_york() {
        let prior = SizePrior::GammaPoisson { shape: 13.14, scale: 55.17 };
        let options = AveragingOptions { delta: Some(1.0), prior, hidden: Some((1, 300, 1)) };
        let found = averaging(&spina_bifida(), &options, 0.95).unwrap();
        assert!((found.mean - 733.452_369_111_9).abs() < 1e-6, "{}", found.mean);
        assert!((found.standard_deviation - 29.594_635_425_4).abs() < 1e-6);
        assert_eq!((found.estimate.population, found.mode), (731.0, 728.0));
        assert_eq!((found.estimate.interval.low, found.estimate.interval.high), (682.0, Some(797.0)));
        assert_eq!((found.quantile(0.05), found.quantile(0.95)), (691.0, 784.0));
        assert!((found.graphs[0].probability - 0.373_767_397_64).abs() < 1e-9);
        assert_eq!(found.graphs.len(), 8);
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let table = spina_bifida();
        let with = |options: AveragingOptions| averaging(&table, &options, 0.95);
        let default = AveragingOptions::default();
        assert!(with(AveragingOptions { delta: Some(0.0), ..default }).is_err());
        assert!(with(AveragingOptions { hidden: Some((5, 1, 1)), ..default }).is_err());
        assert!(with(AveragingOptions { hidden: Some((1, 9, 0)), ..default }).is_err());
        let hidden = AveragingOptions { prior: SizePrior::LogUniformHidden, hidden: Some((0, 9, 1)), ..default };
        assert!(with(hidden).is_err());
        let prior = SizePrior::GammaPoisson { shape: -1.0, scale: 1.0 };
        assert!(with(AveragingOptions { prior, ..default }).is_err());
        assert!(averaging(&table.only(&[0, 1]), &default, 0.95).is_err());
    }
}
