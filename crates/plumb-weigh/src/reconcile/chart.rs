//! Coordinates in which a difference cannot fall to zero.
//!
//! Where a definition takes an unknown off a whole, as those who are present off those who were and came, the density ends at a cliff:
//! what is left must be above zero, and its logarithm changes the faster the less is left. So the sampler moves such an unknown by the
//! logit of its part of the whole: the part and the rest are both above zero wherever it goes, and neither changes faster than the step.
//! Where what is taken off is a product, as costs are of heads and prices, one of its factors is moved so, the others staying.

use crate::draws::exponential::exp;

use super::model::Cluster;
use super::network::IndexedTerm;
use super::plain::written_out;
use super::scale::Scale;

/// A definition that is what an unknown, times a factor, leaves of a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Split {
    pub(super) unknown: usize,
    /// Where the whole stands among the expressions.
    pub(super) whole: usize,
    /// Where stands what the unknown is multiplied by in what is taken off.
    pub(super) factor: usize,
}

/// A split whose expressions are not laid out yet.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    unknown: usize,
    whole: Vec<IndexedTerm>,
    factor: IndexedTerm,
}

impl Plan {
    /// Lays the expressions out; `flatten` gives the place of each.
    pub(super) fn laid_out(&self, mut flatten: impl FnMut(&[IndexedTerm]) -> usize) -> Split {
        let (whole, factor) = (flatten(&self.whole), flatten(std::slice::from_ref(&self.factor)));
        Split { unknown: self.unknown, whole, factor }
    }
}

impl Split {
    /// ln of the unknown's part of the whole, and of the rest.
    #[inline]
    pub(super) fn logs(place: f64) -> (f64, f64) {
        // a logarithm of 1 + x is exact enough here, and takes half the time of log1p: what it loses is below 10⁻¹⁵
        let far = libm::log(1.0 + exp(-place.abs()));
        (-far - (-place).max(0.0), -far - place.max(0.0))
    }

    /// The unknown's part of the whole.
    #[inline]
    pub(super) fn part(place: f64) -> f64 {
        let odds = exp(-place.abs());
        let lesser = odds / (1.0 + odds);
        if place > 0.0 { 1.0 - lesser } else { lesser }
    }
}

/// For each definition the unknown that it is split from: one in its only term that is taken off, if neither the whole nor what else is in
/// that term hangs on it.
pub(super) fn splits(cluster: &Cluster, products: &[Option<IndexedTerm>]) -> Vec<Option<Plan>> {
    let mut found: Vec<Option<Plan>> = vec![None; cluster.definitions.len()];
    for (definition, terms) in cluster.definitions.iter().enumerate() {
        let (off, whole): (Vec<&IndexedTerm>, Vec<&IndexedTerm>) =
            terms.iter().partition(|term| term.coefficient < 0.0);
        let ([off], false) = (off.as_slice(), whole.is_empty()) else { continue };
        let off = written_out(off, cluster.free, products);
        let plans = off.powers.iter().filter(|(_, power)| *power == 1.0).map(|(unknown, _)| {
            let others = off.powers.iter().filter(|(node, _)| node != unknown).copied().collect();
            let factor = IndexedTerm { coefficient: -off.coefficient, powers: others };
            Plan { unknown: *unknown, whole: whole.iter().copied().cloned().collect(), factor }
        });
        let fits = |plan: &Plan| {
            let node = cluster.nodes.get(plan.unknown).filter(|_| plan.unknown < cluster.free);
            node.is_some_and(|node| node.scale == Scale::LOG)
                && !found.iter().flatten().any(|known| known.unknown == plan.unknown)
                && !needs(cluster, &found, definition, plan)
        };
        let plan = plans.into_iter().find(fits);
        found.get_mut(definition).into_iter().for_each(|slot| slot.clone_from(&plan));
    }
    found
}

/// The nodes that must be known before a definition is computed.
fn needed<'c>(cluster: &'c Cluster, definition: usize, plan: Option<&'c Plan>) -> impl Iterator<Item = usize> + 'c {
    let terms: &[IndexedTerm] = match plan {
        Some(plan) => &plan.whole,
        None => cluster.definitions.get(definition).map_or(&[], Vec::as_slice),
    };
    let factor = plan.map(|plan| &plan.factor);
    terms.iter().chain(factor).flat_map(|term| term.powers.iter().map(|(node, _)| *node))
}

/// The definition that a node comes from, as its left side or as the part that is split off.
fn source(cluster: &Cluster, splits: &[Option<Plan>], node: usize) -> Option<usize> {
    node.checked_sub(cluster.free)
        .or_else(|| splits.iter().position(|split| split.as_ref().is_some_and(|split| split.unknown == node)))
}

/// Whether what a definition would be computed from by this plan hangs on its unknown.
fn needs(cluster: &Cluster, splits: &[Option<Plan>], definition: usize, plan: &Plan) -> bool {
    let mut seen = vec![false; cluster.definitions.len()];
    let mut waiting: Vec<usize> = needed(cluster, definition, Some(plan)).collect();
    while let Some(node) = waiting.pop() {
        if node == plan.unknown {
            return true;
        }
        let Some(source) = source(cluster, splits, node) else { continue };
        if source == definition {
            return true;
        }
        if let Some(seen) = seen.get_mut(source).filter(|seen| !**seen) {
            *seen = true;
            waiting.extend(needed(cluster, source, plan_of(splits, source)));
        }
    }
    false
}

fn plan_of(splits: &[Option<Plan>], definition: usize) -> Option<&Plan> {
    splits.get(definition).and_then(Option::as_ref)
}

/// All definitions, each after those that it needs.
pub(super) fn order(cluster: &Cluster, splits: &[Option<Plan>]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut done = vec![false; cluster.definitions.len()];
    for first in 0..cluster.definitions.len() {
        let mut waiting = vec![first];
        while let Some(definition) = waiting.last().copied() {
            let open = needed(cluster, definition, plan_of(splits, definition))
                .filter_map(|node| source(cluster, splits, node))
                .find(|source| done.get(*source) == Some(&false));
            match open {
                Some(source) => waiting.push(source),
                None => {
                    waiting.pop();
                    if let Some(done) = done.get_mut(definition).filter(|done| !**done) {
                        *done = true;
                        found.push(definition);
                    }
                }
            }
        }
    }
    found
}
