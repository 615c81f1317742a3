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
use super::right_or_wrong::{
    Method, Outcome, Posterior, Quality, SamplingWarning, Spread, World, WorldQuantity, shown,
};
use super::scale::Quantiles;
use super::settings::Settings;

/// R̂ above this is warned of. 1.01 is asked for of figures with three digits (Vehtari and others 2021); these have two.
const MOST_R_HAT: f64 = 1.05;
/// Fewer effective draws than this are warned of.
const LEAST_EFFECTIVE: f64 = 200.0;
/// States of an origin less probable than this are seen by too few draws to speak of.
const LEAST_STATE: f64 = 0.02;

pub(super) fn sample(cluster: &Cluster, settings: &Settings, seed: u64) -> Outcome {
    let field = Field::new(cluster);
    let guide = match Guide::new(&field) {
        Ok(guide) => guide,
        Err(why) => return Outcome::failed(cluster, why),
    };
    let draws = draw(&field, &guide, settings, seed);
    let determined = |node: usize| cluster.determined.nodes.get(node).copied().unwrap_or(false);
    let sampled = |(index, (node, places)): &(usize, (&Node, &Vec<f64>))| {
        if !determined(*index) {
            return (Err(Undetermined::NothingSaid), Vec::new(), Vec::new());
        }
        let (values, order) =
            (places.iter().map(|place| node.scale.value(*place)).collect::<Vec<f64>>(), order(places));
        match posterior(cluster, node, (places, &order), &values, &draws.right) {
            Some(posterior) => (Ok(posterior), values, order),
            None => (Err(Undetermined::TooWide), Vec::new(), order),
        }
    };
    let nodes: Vec<_> = cluster.nodes.iter().zip(&draws.columns).enumerate().collect();
    let (mut posteriors, mut columns, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    for (posterior, values, order) in parallel::map(&nodes, sampled) {
        posteriors.push(posterior);
        columns.push(values);
        orders.push(order);
    }
    let origins = cluster.origins.len();
    let of = |origin: usize| draws.right.iter().filter_map(|right| right.get(origin).copied()).collect::<Vec<f64>>();
    let states: Vec<Vec<f64>> = (0..origins).map(of).collect();
    Outcome {
        posteriors,
        right: states.iter().map(|states| mean(states).unwrap_or(0.0)).collect(),
        method: Method::Sampled(quality(cluster, &draws, &states)),
        worlds: worlds(cluster, settings, &draws, &orders),
        draws: columns,
    }
}

fn posterior(
    cluster: &Cluster,
    node: &Node,
    (places, order): (&[f64], &[usize]),
    values: &[f64],
    right: &[Vec<f64>],
) -> Option<Posterior> {
    let sorted: Vec<f64> = order.iter().filter_map(|index| places.get(*index).copied()).collect();
    let at = |p: f64| sorted_quantile(&sorted, p);
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
        histogram: cells.histogram(node.scale),
        humps: cells.humps(node.scale, bandwidth),
        drivers: cells.drivers(node.scale, &cluster.origins, LEAST_STATE),
    })
}

fn quality(cluster: &Cluster, draws: &Draws, states: &[Vec<f64>]) -> Quality {
    let determined = cluster.determined.nodes.iter().zip(&cluster.nodes).zip(&draws.columns);
    let told: Vec<(&Node, &Vec<f64>)> =
        determined.filter(|((determined, _), _)| **determined).map(|((_, node), column)| (node, column)).collect();
    let each = parallel::map(&told, |(node, column)| Some((*node, convergence(column, CHAINS)?)));
    let each: Vec<(&Node, Convergence)> = each.into_iter().flatten().collect();
    let slowest = each.iter().max_by(|a, b| a.1.r_hat.total_cmp(&b.1.r_hat));
    let effective = each.iter().map(|(_, found)| found.effective).fold(count(&draws.right), f64::min);
    let error = |states: &Vec<f64>| convergence(states, CHAINS).map_or(0.0, |found| found.error);
    let r_hat = slowest.map(|(_, found)| found.r_hat);
    let mut warnings = Vec::new();
    if r_hat.is_none_or(|r_hat| r_hat > MOST_R_HAT) {
        warnings.push(SamplingWarning::ChainsDisagree);
    }
    if effective < LEAST_EFFECTIVE {
        warnings.push(SamplingWarning::FewEffectiveDraws);
    }
    let part = |(tried, accepted): (f64, f64)| if tried > 0.0 { accepted / tried } else { 0.0 };
    Quality {
        chains: CHAINS,
        draws: draws.right.len(),
        r_hat,
        slowest: slowest.map_or(String::new(), |(node, _)| node.id.clone()),
        effective_draws: effective,
        probability_error: states.iter().map(error).fold(0.0, f64::max),
        accepted: (part(draws.swings), part(draws.turns)),
        warnings,
    }
}

/// The best worlds: candidates are those that draws point to most often, the probability of each is that which all draws
/// give it.
fn worlds(cluster: &Cluster, settings: &Settings, draws: &Draws, orders: &[Vec<usize>]) -> Vec<World> {
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

fn in_world(cluster: &Cluster, draws: &Draws, orders: &[Vec<usize>], weights: &[f64]) -> Vec<WorldQuantity> {
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
