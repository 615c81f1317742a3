//! Worlds too many to count, or not in closed form: what chains of draws say of them.

use std::collections::BTreeMap;

use crate::parallel;
use crate::statistics::{count, mean, sorted_quantile};

use super::cells::Cells;
use super::chains::{CHAINS, Draws, draw};
use super::convergence::{Convergence, convergence};
use super::field::Field;
use super::guide::Guide;
use super::least_squares::Undetermined;
use super::model::{Cluster, Node};
use super::precision::{MOST_QUANTILE_ERROR, Margins, probability_errors};
use super::right_or_wrong::{
    Method, Outcome, Posterior, Quality, SamplingWarning, Spread, World, WorldQuantity, shown,
};
use super::scale::Quantiles;
use super::settings::Settings;

/// R̂ above this is warned of. 1.01 is asked for of figures with three digits (Vehtari and others 2021); these have two.
const MOST_R_HAT: f64 = 1.05;
/// Fewer effective draws than this are warned of.
const LEAST_EFFECTIVE: f64 = 200.0;
/// Standard errors of P(right) above this are warned of: with more, what is told as two in three may have been one in two.
const MOST_PROBABILITY_ERROR: f64 = 0.03;
/// States of an origin less probable than this are seen by too few draws to speak of.
const LEAST_STATE: f64 = 0.02;

pub(super) fn sample(cluster: &Cluster, settings: &Settings, seed: u64) -> Outcome {
    let field = Field::new(cluster);
    let guide = match Guide::new(&field) {
        Ok(guide) => guide,
        Err(why) => return Outcome::failed(cluster, why),
    };
    let draws = draw(&field, &guide, settings, seed);
    let nodes: Vec<_> = cluster.nodes.iter().zip(&draws.columns).zip(&cluster.determined.nodes).collect();
    let told = parallel::map(&nodes, |((node, places), determined)| {
        if **determined { Told::new(cluster, node, places, &draws.right) } else { Told::nothing() }
    });
    let states: Vec<Vec<f64>> = (0..cluster.origins.len()).map(|origin| draws.right_of(origin)).collect();
    let right_errors = probability_errors(&states);
    let orders: Vec<&[usize]> = told.iter().map(|told| told.order.as_slice()).collect();
    let worlds = worlds(cluster, settings, &draws, &orders);
    let quality = quality(cluster, &draws, &told, &right_errors);
    // where more were drawn than asked for, scenarios still get as many of this part as of others
    let step = (draws.right.len() / settings.draws.max(1)).max(1);
    let thinned = |told: &Told| told.values.iter().copied().step_by(step).collect();
    Outcome {
        draws: told.iter().map(thinned).collect(),
        posteriors: told.into_iter().map(|told| told.posterior).collect(),
        right: states.iter().map(|states| mean(states).unwrap_or(0.0)).collect(),
        right_errors,
        method: Method::Sampled(quality),
        worlds,
    }
}

/// What the draws tell of a node.
struct Told {
    posterior: Result<Posterior, Undetermined>,
    /// The draws in the unit of the quantity; none without a posterior.
    values: Vec<f64>,
    /// Their numbers, the smallest value first.
    order: Vec<usize>,
    /// How the chains agree; none also where they never moved.
    convergence: Option<Convergence>,
    /// The greatest standard error of a quantile as a part of the interval.
    quantile_error: f64,
}

impl Told {
    /// Of a node that is not determined.
    fn nothing() -> Self {
        let posterior = Err(Undetermined::NothingSaid);
        Self { posterior, values: Vec::new(), order: Vec::new(), convergence: None, quantile_error: 0.0 }
    }

    fn new(cluster: &Cluster, node: &Node, places: &[f64], right: &[Vec<f64>]) -> Self {
        let values: Vec<f64> = places.iter().map(|place| node.scale.value(*place)).collect();
        let order = order(places);
        let sorted: Vec<f64> = order.iter().filter_map(|index| places.get(*index).copied()).collect();
        let margins = Margins::new(places, &sorted);
        let errors = margins.as_ref().map(|margins| margins.errors(node.scale));
        let posterior = posterior(cluster, node, (places, &sorted), &values, right);
        Self {
            values: if posterior.is_some() { values } else { Vec::new() },
            posterior: posterior.map(|found| Posterior { errors, ..found }).ok_or(Undetermined::TooWide),
            order,
            convergence: convergence(places, CHAINS),
            quantile_error: margins.map_or(0.0, |margins| margins.part),
        }
    }
}

fn posterior(
    cluster: &Cluster,
    node: &Node,
    (places, sorted): (&[f64], &[f64]),
    values: &[f64],
    right: &[Vec<f64>],
) -> Option<Posterior> {
    let at = |p: f64| sorted_quantile(sorted, p);
    let mut cells = Cells::new(at(0.001)?, at(0.999)?, cluster.origins.len());
    let each = 1.0 / count(places);
    for (place, right) in places.iter().zip(right) {
        cells.add(cells.index(*place), each, right);
    }
    // Silverman's rule (1986, equation 3.31), by the spread of the middle half, which separate humps inflate least
    let deviation = (at(0.75)? - at(0.25)?) / 1.349;
    let bandwidth = 0.9 * deviation * libm::pow(count(places), -0.2);
    Some(Posterior {
        mean: mean(values).filter(|mean| mean.is_finite())?,
        quantiles: Quantiles::from(|p| Some(node.scale.value(at(p)?)))?,
        errors: None,
        histogram: cells.histogram(node.scale),
        humps: cells.humps(node.scale, bandwidth),
        drivers: cells.drivers(node.scale, &cluster.origins, LEAST_STATE),
    })
}

fn quality(cluster: &Cluster, draws: &Draws, told: &[Told], right_errors: &[f64]) -> Quality {
    let each = || cluster.nodes.iter().zip(told).filter_map(|(node, told)| Some((node, told.convergence?)));
    let slowest = each().max_by(|a, b| a.1.r_hat.total_cmp(&b.1.r_hat));
    let effective = each().map(|(_, found)| found.effective).fold(count(&draws.right), f64::min);
    let r_hat = slowest.map(|(_, found)| found.r_hat);
    let probability_error = right_errors.iter().copied().fold(0.0, f64::max);
    let least_certain = cluster.nodes.iter().zip(told).max_by(|a, b| a.1.quantile_error.total_cmp(&b.1.quantile_error));
    let quantile_error = least_certain.map_or(0.0, |(_, told)| told.quantile_error);
    let warnings = [
        (SamplingWarning::ChainsDisagree, r_hat.is_none_or(|r_hat| r_hat > MOST_R_HAT)),
        (SamplingWarning::FewEffectiveDraws, effective < LEAST_EFFECTIVE),
        (SamplingWarning::UncertainProbabilities, probability_error > MOST_PROBABILITY_ERROR),
        (SamplingWarning::UncertainQuantiles, quantile_error > MOST_QUANTILE_ERROR),
    ];
    let part = |(tried, accepted): (f64, f64)| if tried > 0.0 { accepted / tried } else { 0.0 };
    Quality {
        chains: CHAINS,
        draws: draws.right.len(),
        r_hat,
        slowest: slowest.map_or_else(String::new, |(node, _)| node.id.clone()),
        effective_draws: effective,
        probability_error,
        quantile_error,
        least_certain: least_certain.map_or_else(String::new, |(node, _)| node.id.clone()),
        accepted: (part(draws.swings), part(draws.turns)),
        warnings: warnings.into_iter().filter_map(|(warning, holds)| holds.then_some(warning)).collect(),
    }
}

/// The best worlds: candidates are those that draws point to most often, the probability of each is that which all draws
/// give it.
fn worlds(cluster: &Cluster, settings: &Settings, draws: &Draws, orders: &[&[usize]]) -> Vec<World> {
    let mut pointed: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    for right in &draws.right {
        *pointed.entry(right.iter().map(|share| *share > 0.5).collect()).or_default() += 1;
    }
    let mut candidates: Vec<(Vec<bool>, usize)> = pointed.into_iter().collect();
    candidates.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    candidates.truncate(2 * settings.worlds);
    let weighed = candidates.into_iter().map(|(world, _)| {
        let weight = |right: &Vec<f64>| -> f64 {
            world.iter().zip(right).map(|(state, share)| if *state { *share } else { 1.0 - share }).product()
        };
        let weights: Vec<f64> = draws.right.iter().map(weight).collect();
        (world, mean(&weights).unwrap_or(0.0), weights)
    });
    let mut weighed: Vec<_> = weighed.collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    weighed.truncate(settings.worlds);
    parallel::map(&weighed, |(world, probability, weights)| {
        let right = cluster.origins.iter().zip(world).filter(|(_, state)| **state);
        World {
            right: right.map(|((origin, _), _)| shown(origin)).collect(),
            probability: *probability,
            quantities: in_world(cluster, draws, orders, weights),
        }
    })
}

fn order(column: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    let at = |index: &usize| column.get(*index).copied().unwrap_or(f64::NAN);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    order
}

fn in_world(cluster: &Cluster, draws: &Draws, orders: &[&[usize]], weights: &[f64]) -> Vec<WorldQuantity> {
    let quantity = |index: usize| {
        let node = cluster.nodes.get(index).filter(|_| cluster.determined.nodes.get(index) == Some(&true))?;
        let (column, order) = (draws.columns.get(index)?, orders.get(index)?);
        let [low, median, high] = weighted(column, order, weights, [0.05, 0.5, 0.95])?;
        let value = |place: f64| node.scale.value(place);
        let spread = Spread { low: value(low), median: value(median), high: value(high) };
        let finite = spread.low.is_finite() && spread.high.is_finite();
        finite.then(|| WorldQuantity { quantity: node.id.clone(), spread })
    };
    let mut quantities: Vec<WorldQuantity> = (0..cluster.nodes.len()).filter_map(quantity).collect();
    quantities.sort_by(|a, b| a.quantity.cmp(&b.quantity));
    quantities
}

/// Quantiles, at rising probabilities, of weighted draws.
fn weighted<const N: usize>(column: &[f64], order: &[usize], weights: &[f64], at: [f64; N]) -> Option<[f64; N]> {
    let total: f64 = weights.iter().sum();
    let mut found = [*column.get(*order.last()?)?; N];
    let mut open = found.iter_mut().zip(at).peekable();
    let mut below = 0.0;
    for index in order {
        below += weights.get(*index).copied().unwrap_or(0.0);
        while let Some((slot, _)) = open.next_if(|(_, p)| below >= p * total) {
            *slot = *column.get(*index)?;
        }
    }
    Some(found)
}
