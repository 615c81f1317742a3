//! Coordinates in which a difference cannot fall to zero.
//!
//! Where a definition takes an unknown off a whole, as those who are present off those who were and came, the density ends at a cliff:
//! what is left must be above zero, and its logarithm changes the faster the less is left. So the sampler moves such an unknown by the
//! logit of its part of the whole: the part and the rest are both above zero wherever it goes, and neither changes faster than the step.

use crate::draws::exponential::exp;

use super::model::Cluster;
use super::network::IndexedTerm;
use super::scale::Scale;

/// A definition that is what an unknown leaves of a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Split {
    pub(super) unknown: usize,
    /// ln of what the unknown is multiplied by in it.
    pub(super) ln_coefficient: f64,
    /// Where the whole stands among the expressions.
    pub(super) whole: usize,
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

/// For each definition the unknown that it is split from: its only term that is taken off, if the whole does not hang on it.
pub(super) fn splits(cluster: &Cluster) -> Vec<Option<Split>> {
    let mut found: Vec<Option<Split>> = vec![None; cluster.definitions.len()];
    for (definition, terms) in cluster.definitions.iter().enumerate() {
        let mut negative = terms.iter().filter(|term| term.coefficient < 0.0);
        let (Some(off), None) = (negative.next(), negative.next()) else { continue };
        let [(unknown, 1.0)] = *off.powers.as_slice() else { continue };
        let plain = unknown < cluster.free && cluster.nodes.get(unknown).is_some_and(|node| node.scale == Scale::LOG);
        let taken = found.iter().flatten().any(|split| split.unknown == unknown);
        if !plain || taken || terms.len() < 2 || needs(cluster, &found, definition, unknown) {
            continue;
        }
        if let Some(slot) = found.get_mut(definition) {
            *slot = Some(Split { unknown, ln_coefficient: libm::log(-off.coefficient), whole: 0 });
        }
    }
    found
}

/// The nodes that must be known before a definition is computed.
fn needed(cluster: &Cluster, definition: usize, is_split: bool) -> impl Iterator<Item = usize> {
    let terms: &[IndexedTerm] = cluster.definitions.get(definition).map_or(&[], Vec::as_slice);
    let used = terms.iter().filter(move |term: &&IndexedTerm| !is_split || term.coefficient > 0.0);
    used.flat_map(|term| term.powers.iter().map(|(node, _)| *node))
}

/// The definition that a node comes from, as its left side or as the part that is split off.
fn source(cluster: &Cluster, splits: &[Option<Split>], node: usize) -> Option<usize> {
    node.checked_sub(cluster.free)
        .or_else(|| splits.iter().position(|split| split.is_some_and(|split| split.unknown == node)))
}

/// Whether the whole that a definition would be split from hangs on an unknown.
fn needs(cluster: &Cluster, splits: &[Option<Split>], definition: usize, unknown: usize) -> bool {
    let mut seen = vec![false; cluster.definitions.len()];
    let mut waiting: Vec<usize> = needed(cluster, definition, true).collect();
    while let Some(node) = waiting.pop() {
        if node == unknown {
            return true;
        }
        let Some(source) = source(cluster, splits, node) else { continue };
        if source == definition {
            return true;
        }
        if let Some(seen) = seen.get_mut(source).filter(|seen| !**seen) {
            *seen = true;
            let is_split = splits.get(source).is_some_and(Option::is_some);
            waiting.extend(needed(cluster, source, is_split));
        }
    }
    false
}

/// All definitions, each after those that it needs.
pub(super) fn order(cluster: &Cluster, splits: &[Option<Split>]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut done = vec![false; cluster.definitions.len()];
    for first in 0..cluster.definitions.len() {
        let mut waiting = vec![first];
        while let Some(definition) = waiting.last().copied() {
            let is_split = splits.get(definition).is_some_and(Option::is_some);
            let open = needed(cluster, definition, is_split)
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
