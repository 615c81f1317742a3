//! Worlds counted out one by one: each choice of who is right, in closed form.

use crate::draws::Stream;
use crate::statistics::{ln_sum_exp, normal_quantile};

use super::least_squares::Undetermined;
use super::mixture::Mixture;
use super::model::Cluster;
use super::right_or_wrong::{Method, Outcome, Spread, World, WorldQuantity, shown};
use super::sample::sample;
use super::scale::{Scale, moments};
use super::settings::Settings;
use super::solver::Solver;

/// Worlds that together have less probability are left out of what is told of quantities; their weight in P(right) stays.
const NEGLIGIBLE: f64 = 1e-7;

/// Weighs one cluster.
pub(super) fn weigh(cluster: &Cluster, settings: &Settings, seed: u64) -> Outcome {
    let closed = cluster.linear && cluster.rows.iter().all(|row| row.says.is_near());
    let few = u32::try_from(cluster.origins.len()).is_ok_and(|origins| origins <= settings.most_enumerated);
    if closed && few {
        enumerate(cluster, settings, seed).unwrap_or_else(|| Outcome::failed(cluster, Undetermined::TooWide))
    } else {
        sample(cluster, settings, seed)
    }
}

/// A world by its number: bit i tells whether origin i is right.
pub(super) type Mask = usize;

pub(super) fn is_right(mask: Mask, origin: usize) -> bool {
    mask >> origin & 1 == 1
}

impl Cluster {
    /// The variance of each row in a world.
    pub(super) fn variances_where(&self, right: impl Fn(usize) -> bool) -> Vec<f64> {
        let rows = self.variances.iter().zip(&self.origin_of);
        rows.map(|((tight, loose), origin)| if origin.is_none_or(&right) { *tight } else { *loose }).collect()
    }

    /// The logarithm of the prior probability of a world.
    fn ln_prior(&self, mask: Mask) -> f64 {
        let each = self.origins.iter().enumerate();
        each.map(|(origin, (_, p))| libm::log(if is_right(mask, origin) { *p } else { 1.0 - p })).sum()
    }
}

/// A world, and the places of all nodes in it.
struct Solved {
    mask: Mask,
    probability: f64,
    /// Mean and standard deviation of each node on its scale.
    nodes: Vec<(f64, f64)>,
}

fn enumerate(cluster: &Cluster, settings: &Settings, seed: u64) -> Option<Outcome> {
    let mut solver = Solver::new(cluster);
    let worlds = 1_usize << cluster.origins.len();
    let weight = |mask: Mask| {
        let variances = cluster.variances_where(|origin| is_right(mask, origin));
        let likelihood = solver.solve(&variances);
        likelihood.map_or(f64::NEG_INFINITY, |likelihood| likelihood + cluster.ln_prior(mask))
    };
    let logs: Vec<f64> = (0..worlds).map(weight).collect();
    let total = ln_sum_exp(&logs);
    if !total.is_finite() {
        return None;
    }
    let probabilities: Vec<f64> = logs.iter().map(|log| libm::exp(log - total)).collect();
    let right = |origin: usize| {
        let holding = probabilities.iter().enumerate().filter(|(mask, _)| is_right(*mask, origin));
        holding.map(|(_, probability)| probability).sum::<f64>().min(1.0)
    };
    let right: Vec<f64> = (0..cluster.origins.len()).map(right).collect();
    let kept: Vec<Solved> = ranked(&probabilities)
        .into_iter()
        .filter_map(|(mask, probability)| solved(&mut solver, mask, probability))
        .collect();
    let posterior = |node: usize| {
        let determined = cluster.determined.nodes.get(node).copied().unwrap_or(false);
        let here = kept.iter().filter_map(|world| Some((world.mask, world.probability, *world.nodes.get(node)?)));
        let scale = cluster.nodes.get(node)?.scale;
        Some(if determined { Mixture::new(scale, here).posterior(cluster) } else { Err(Undetermined::NothingSaid) })
    };
    let posteriors = (0..cluster.nodes.len()).filter_map(posterior).collect();
    let best = kept.iter().take(settings.worlds).map(|world| told(cluster, world)).collect();
    let draws = draw(&mut solver, &kept, settings, seed);
    let method = Method::Enumerated { worlds };
    Some(Outcome { posteriors, right, right_errors: Vec::new(), method, worlds: best, draws })
}

/// The most probable worlds, the best first, but for the negligible rest; of equals the lower number first.
fn ranked(probabilities: &[f64]) -> Vec<(Mask, f64)> {
    let mut ranked: Vec<(Mask, f64)> = probabilities.iter().copied().enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut told = 0.0;
    let needed = ranked.iter().take_while(|(_, probability)| {
        let more = told < 1.0 - NEGLIGIBLE && *probability > 0.0;
        told += probability;
        more
    });
    let needed = needed.count();
    ranked.truncate(needed);
    ranked
}

fn solved(solver: &mut Solver<'_>, mask: Mask, probability: f64) -> Option<Solved> {
    let cluster = solver.cluster;
    solver.solve(&cluster.variances_where(|origin| is_right(mask, origin)))?;
    let (mut unit, mut scratch) = (Vec::new(), Vec::new());
    let node = |index: usize| {
        let (mu, slopes) = solver.node(index, &mut unit);
        (mu, solver.variance(slopes, &mut scratch).max(0.0).sqrt())
    };
    Some(Solved { mask, probability, nodes: (0..cluster.nodes.len()).map(node).collect() })
}

fn told(cluster: &Cluster, world: &Solved) -> World {
    let quantity = |index: usize| {
        let (node, (mu, sigma)) = (cluster.nodes.get(index)?, world.nodes.get(index)?);
        let at = |p: f64| Some(node.scale.value(mu + sigma * normal_quantile(p))).filter(|value| value.is_finite());
        let spread = Spread { low: at(0.05)?, median: at(0.5)?, high: at(0.95)? };
        let determined = *cluster.determined.nodes.get(index)?;
        determined.then(|| WorldQuantity { quantity: node.id.clone(), spread })
    };
    let mut quantities: Vec<WorldQuantity> = (0..cluster.nodes.len()).filter_map(quantity).collect();
    quantities.sort_by(|a, b| a.quantity.cmp(&b.quantity));
    let origins = cluster.origins.iter().enumerate().filter(|(origin, _)| is_right(world.mask, *origin));
    let right = origins.map(|(_, (origin, _))| shown(origin)).collect();
    World { right, probability: world.probability, quantities }
}

/// Draws of every determined node: a world by its probability, then the unknowns in it. Each unknown has its own stream.
fn draw(solver: &mut Solver<'_>, kept: &[Solved], settings: &Settings, seed: u64) -> Vec<Vec<f64>> {
    let cluster = solver.cluster;
    let name = cluster.nodes.first().map_or("", |node| node.id.as_str());
    let mut choice = Stream::new(seed, &format!("world of {name}"));
    let weights: Vec<f64> = kept.iter().map(|world| world.probability).collect();
    let chosen: Vec<Option<usize>> = (0..settings.draws).map(|_| choice.choose(&weights)).collect();
    let mut streams: Vec<Stream> =
        cluster.nodes.iter().take(cluster.free).map(|node| Stream::new(seed, &node.id)).collect();
    let normals: Vec<Vec<f64>> = chosen.iter().map(|_| streams.iter_mut().map(Stream::normal).collect()).collect();
    let mut columns = vec![vec![0.0; chosen.len()]; cluster.nodes.len()];
    for (index, world) in kept.iter().enumerate() {
        let here: Vec<usize> = (0..chosen.len()).filter(|draw| chosen.get(*draw) == Some(&Some(index))).collect();
        if here.is_empty() || solver.solve(&cluster.variances_where(|origin| is_right(world.mask, origin))).is_none() {
            continue;
        }
        for draw in here {
            let scattered = solver.scattered(normals.get(draw).map_or(&[], Vec::as_slice));
            for (column, (node, value)) in columns.iter_mut().zip(cluster.nodes.iter().zip(scattered)) {
                if let Some(slot) = column.get_mut(draw) {
                    *slot = node.scale.value(value);
                }
            }
        }
    }
    let determined = cluster.determined.nodes.iter().chain(std::iter::repeat(&false));
    for (column, determined) in columns.iter_mut().zip(determined) {
        if !determined || !column.iter().all(|value| value.is_finite()) {
            column.clear();
        }
    }
    columns
}

/// The mean of a mixture of normals on a scale.
pub(super) fn mean_of(scale: Scale, parts: impl Iterator<Item = (f64, f64, f64)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, mu, sigma) in parts {
        sum += weight * moments(scale, mu, sigma)?.0;
        weights += weight;
    }
    Some(sum / weights).filter(|mean| mean.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negligible_worlds_are_left_out() {
        assert_eq!(ranked(&[0.2, 0.5, 1e-12, 0.3]).len(), 3);
        assert_eq!(ranked(&[1.0]).len(), 1);
    }
}
