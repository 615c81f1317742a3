//! The value of every node and row of a cluster at a place, with derivatives carried forwards.

use crate::matrix::dot;

use super::model::Cluster;
use super::network::IndexedTerm;
use super::rows::{Function, Row};

/// Logarithms of all nodes at a place, and their derivatives in the unknowns.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    /// ln of each node.
    pub(super) logs: Vec<f64>,
    /// One row for each node.
    slopes: Vec<f64>,
    unknowns: usize,
    /// Whether a difference came so near to zero, or below, that its logarithm was continued as a straight line.
    pub(super) continued: bool,
}

/// A difference below this part of its terms is continued as a straight line, so that the search can pass through values
/// that no quantity can have and come back.
const LEAST_PART: f64 = 1e-3;

impl Nodes {
    pub(super) fn new(cluster: &Cluster) -> Self {
        let nodes = cluster.nodes.len();
        Self {
            logs: vec![0.0; nodes],
            slopes: vec![0.0; nodes * cluster.free],
            unknowns: cluster.free,
            continued: false,
        }
    }

    /// Computes all nodes at a place.
    pub(super) fn update(&mut self, cluster: &Cluster, place: &[f64]) {
        self.continued = false;
        for (index, (node, place)) in cluster.nodes.iter().zip(place).enumerate() {
            let (log, slope) = node.scale.logarithm(*place);
            let mut row = vec![0.0; self.unknowns];
            if let Some(entry) = row.get_mut(index) {
                *entry = slope;
            }
            self.set(index, log, &row);
        }
        for (index, terms) in (cluster.free..).zip(&cluster.definitions) {
            let mut row = vec![0.0; self.unknowns];
            let log = self.log_of(terms, &mut row);
            self.set(index, log, &row);
        }
    }

    fn set(&mut self, index: usize, log: f64, row: &[f64]) {
        if let Some(slot) = self.logs.get_mut(index) {
            *slot = log;
        }
        if let Some(slot) = self.slopes.get_mut(index * self.unknowns..(index + 1) * self.unknowns) {
            slot.copy_from_slice(row);
        }
    }

    /// Moves all nodes along their derivatives, from where they were first.
    pub(super) fn shift(&mut self, first: &[f64], moved: &[f64]) {
        let slopes = self.slopes.chunks_exact(self.unknowns.max(1));
        for ((log, first), slopes) in self.logs.iter_mut().zip(first).zip(slopes) {
            *log = first + dot(slopes, moved);
        }
    }

    /// ln of a node, and its derivatives.
    pub(super) fn node(&self, index: usize) -> (f64, &[f64]) {
        let row = self.slopes.get(index * self.unknowns..(index + 1) * self.unknowns).unwrap_or_default();
        (self.logs.get(index).copied().unwrap_or(f64::NAN), row)
    }

    /// ln of an expression; its derivatives are written to `row`, which must be zero.
    fn log_of(&mut self, terms: &[IndexedTerm], row: &mut [f64]) -> f64 {
        if let [term] = terms
            && term.coefficient > 0.0
        {
            self.add_product(term, 1.0, row);
            return self.log_of_product(term);
        }
        let logs: Vec<f64> = terms.iter().map(|term| self.log_of_product(term)).collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // each term as a part of the largest
        let parts: Vec<f64> =
            terms.iter().zip(&logs).map(|(term, log)| libm::exp(log - highest).copysign(term.coefficient)).collect();
        let total: f64 = parts.iter().sum();
        let least = LEAST_PART * parts.iter().map(|part| part.abs()).sum::<f64>();
        let (divisor, beyond) = if total < least { (least, (total - least) / least) } else { (total, 0.0) };
        self.continued |= total < least;
        for (term, part) in terms.iter().zip(&parts) {
            self.add_product(term, part / divisor, row);
        }
        highest + libm::log(divisor) + beyond
    }

    /// ln of a product with its coefficient's sign taken off.
    fn log_of_product(&self, term: &IndexedTerm) -> f64 {
        let powers = term.powers.iter();
        let logs = powers.map(|(node, power)| power * self.logs.get(*node).copied().unwrap_or(f64::NAN));
        libm::log(term.coefficient.abs()) + logs.sum::<f64>()
    }

    fn add_product(&self, term: &IndexedTerm, weight: f64, row: &mut [f64]) {
        for (node, power) in &term.powers {
            for (slot, slope) in row.iter_mut().zip(self.node(*node).1) {
                *slot += weight * power * slope;
            }
        }
    }

    /// The value of a row, and its derivatives, which are written to `slopes`.
    pub(super) fn row(&mut self, row: &Row, place: &[f64], slopes: &mut [f64]) -> f64 {
        slopes.fill(0.0);
        match &row.function {
            Function::Own(node) => {
                if let Some(slot) = slopes.get_mut(*node) {
                    *slot = 1.0;
                }
                place.get(*node).copied().unwrap_or(f64::NAN)
            }
            Function::Log(terms) => self.log_of(terms, slopes),
            Function::Balance(left, terms) => {
                let right = self.log_of(terms, slopes);
                let (log, left) = self.node(*left);
                for (slot, slope) in slopes.iter_mut().zip(left) {
                    *slot = slope - *slot;
                }
                log - right
            }
        }
    }
}
