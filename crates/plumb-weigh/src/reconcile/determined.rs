//! What the claims determine: a question of which quantities stand in which relation, not of numbers.
//!
//! It is asked at a place where all unknowns are near one and all coefficients are one. There a quantity is determined if its
//! derivatives lie in the space that the two-sided rows span. At the place of the solution one part of a sum may be so
//! small that its share is lost in rounding, and the answer would depend on the units.

use std::collections::BTreeMap;

use crate::draws::Stream;
use crate::matrix::{Matrix, dot};

use super::evaluate::Nodes;
use super::model::Cluster;
use super::network::IndexedTerm;
use super::rows::{Function, Row, Unused};
use super::scale::Scale;

/// What the two-sided rows of a cluster determine.
#[derive(Clone, Debug, Default)]
pub(super) struct Determined {
    /// For each node whether it is determined.
    pub(super) nodes: Vec<bool>,
    /// For each row whether what it is about is determined.
    pub(super) rows: Vec<bool>,
    /// How many directions of the unknowns nothing is said of.
    pub(super) open: usize,
}

/// Directions of the unknowns, at a place, along which none of the rows changes. Rows closer to dependent than one part in
/// 10⁸ tell their difference apart only by rounding.
pub(super) fn open_directions<'a>(unknowns: usize, rows: impl IntoIterator<Item = &'a [f64]>) -> Vec<Vec<f64>> {
    Matrix::from_rows(unknowns, rows).null_space(1e-8)
}

/// Whether derivatives have no part, but for rounding, along open directions.
fn closed(open: &[Vec<f64>], slopes: &[f64]) -> bool {
    let length = dot(slopes, slopes).sqrt();
    open.iter().all(|direction| dot(direction, slopes).abs() <= 1e-6 * length)
}

impl Cluster {
    pub(super) fn determined(&self) -> Determined {
        let plain = self.plain();
        let place: Vec<f64> =
            self.nodes.iter().take(self.free).map(|node| 0.3 * Stream::new(0, &node.id).normal()).collect();
        let mut nodes = Nodes::new(&plain);
        nodes.update(&plain, &place);
        let mut slopes_of = |row: &Row| {
            let mut slopes = vec![0.0; plain.free];
            nodes.row(row, &place, &mut slopes);
            slopes
        };
        let rows: Vec<Vec<f64>> = plain.rows.iter().map(&mut slopes_of).collect();
        let near = self.rows.iter().zip(&rows).filter(|(row, _)| row.says.is_near());
        let open = open_directions(self.free, near.map(|(_, slopes)| slopes.as_slice()));
        Determined {
            nodes: (0..self.nodes.len()).map(|index| closed(&open, nodes.node(index).1)).collect(),
            rows: rows.iter().map(|slopes| closed(&open, slopes)).collect(),
            open: open.len(),
        }
    }

    /// The same relations with plain coefficients and scales.
    fn plain(&self) -> Self {
        let plain = |terms: &mut Vec<IndexedTerm>| {
            for term in terms {
                term.coefficient = 1.0_f64.copysign(term.coefficient);
            }
        };
        let mut cluster = self.clone();
        for node in &mut cluster.nodes {
            node.scale = Scale::LOG;
        }
        cluster.definitions.iter_mut().for_each(plain);
        for row in &mut cluster.rows {
            if let Function::Log(terms) | Function::Balance(_, terms) = &mut row.function {
                plain(terms);
            }
        }
        cluster
    }

    /// Takes out one-sided rows about something that nothing else tells the size of: with them the answer could be
    /// anything beyond their bound. Then says what is determined.
    pub(super) fn settle_bounds(&mut self, unused: &mut BTreeMap<String, Unused>) {
        self.determined = self.determined();
        let before = self.rows.len();
        let mut rows = self.determined.rows.iter();
        self.rows.retain(|row| {
            let keep = *rows.next().unwrap_or(&false) || row.says.is_near();
            if !keep {
                unused.extend(row.readings.iter().map(|reading| (reading.claim.clone(), Unused::OneSided)));
            }
            keep
        });
        if self.rows.len() < before {
            self.determined = self.determined();
        }
    }
}
