//! The density given who is right as a normal one, seen from a most probable place (Laplace's picture).
//!
//! Its precision is what is taken for granted of each unknown, and of each row its curvature along its slopes. Rows of an origin that
//! turns from right to wrong change their curvature, which the covariance follows row by row (Sherman and Morrison 1950). The picture
//! only guides: what is drawn is accepted by the density itself.

use crate::matrix::dot;
use crate::statistics::count;

use super::chart::Split;
use super::field::{Field, State};
use super::likelihood::{floor_variances, weak_precision};
use super::model::Node;
use super::slopes::Tape;
use super::solver::pull;

/// The covariance is computed anew after so many changes of a row: each loses a digit where a claim of a few per cent is let go.
const MOST_CHANGES: usize = 2000;

/// A row is faint where being right narrows what it measures by less than this part of the variance that all others leave when wrong.
const FAINT: f64 = 0.1;

/// What the rows look like from one place.
pub(super) struct Picture {
    free: usize,
    /// Of each row the unknowns along which it changes, and how fast.
    slopes: Vec<Vec<(usize, f64)>>,
    /// The curvature of each row when its origin is wrong, and when it is right.
    curvatures: Vec<[f64; 2]>,
    /// The precision of each unknown before any row.
    granted: Vec<f64>,
    pub(super) origin_of: Vec<Option<usize>>,
}

impl Picture {
    /// The mean of what is seen from these states. For normal unknowns mean slopes are those of the best straight line (Stein 1981).
    pub(super) fn new(field: &Field<'_>, states: &[State]) -> Self {
        let cluster = field.cluster;
        let mut tape = Tape::new(field);
        let (rows, free) = (cluster.rows.len(), cluster.free);
        let mut dense = vec![0.0; free];
        let mut slopes = vec![vec![0.0; free]; rows];
        let mut curvatures = vec![[Mean::default(); 2]; rows];
        let mut granted = vec![0.0; free];
        let part = 1.0 / count(states);
        for state in states {
            for (row, (slopes, curvature)) in slopes.iter_mut().zip(&mut curvatures).enumerate() {
                tape.slopes_of(field, state, row, &mut dense);
                slopes.iter_mut().zip(&dense).for_each(|(mean, slope)| *mean += part * slope);
                let right = field.right(row, state);
                for (mean, (weight, seen)) in
                    curvature.iter_mut().zip([1.0 - right, right].into_iter().zip(field.curvatures(row, state)))
                {
                    mean.add(weight, seen);
                }
            }
            granted.iter_mut().zip(field.granted(state)).for_each(|(mean, own)| *mean += part * own);
        }
        let sparse = |dense: Vec<f64>| dense.into_iter().enumerate().filter(|(_, slope)| *slope != 0.0).collect();
        let picture = Self {
            free,
            slopes: slopes.into_iter().map(sparse).collect(),
            curvatures: curvatures.into_iter().map(|each| each.map(Mean::value)).collect(),
            granted,
            origin_of: cluster.origin_of.clone(),
        };
        picture.without_faint()
    }

    /// The same where rows that tell hardly more when right than when wrong tell as much, so that nothing has to follow them.
    fn without_faint(mut self) -> Self {
        let covariance = Covariance::new(&self, &self.rows_where(|_| false));
        let faint = |(row, [wrong, right]): (usize, &[f64; 2])| {
            if (right - wrong).abs() * covariance.between(row, row) < FAINT {
                [0.5 * (right + wrong); 2]
            } else {
                [*wrong, *right]
            }
        };
        let curvatures = self.curvatures.iter().enumerate().map(faint).collect();
        self.curvatures = curvatures;
        self
    }

    pub(super) fn slopes(&self, row: usize) -> &[(usize, f64)] {
        self.slopes.get(row).map_or(&[], Vec::as_slice)
    }

    /// The curvature of a row with its origin right or wrong.
    pub(super) fn curvature(&self, row: usize, right: bool) -> f64 {
        self.curvatures.get(row).and_then(|curvatures| curvatures.get(usize::from(right))).copied().unwrap_or(0.0)
    }

    /// Which rows are right where these origins are; what is not in question always is.
    pub(super) fn rows_where(&self, held: impl Fn(usize) -> bool) -> Vec<bool> {
        self.origin_of.iter().map(|origin| origin.is_none_or(&held)).collect()
    }

    /// The curvature of each row in a world.
    fn in_world<'p>(&'p self, rows: &'p [bool]) -> impl Iterator<Item = f64> + 'p {
        rows.iter().enumerate().map(move |(row, right)| self.curvature(row, *right))
    }

    /// Scatters a push as the precision in a world has it; `normal` gives independent unit normals.
    pub(super) fn push(&self, rows: &[bool], push: &mut [f64], mut normal: impl FnMut() -> f64) {
        for (part, precision) in push.iter_mut().zip(&self.granted) {
            *part = precision.sqrt() * normal();
        }
        for (slopes, curvature) in self.slopes.iter().zip(self.in_world(rows)) {
            let by = curvature.sqrt() * normal();
            for (unknown, slope) in slopes {
                push.get_mut(*unknown).into_iter().for_each(|part| *part += by * slope);
            }
        }
    }
}

/// A weighted mean; what has no weight at all counts a little.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, weight: f64, value: f64) {
        let weight = weight + 1e-6;
        self.sum += weight * value;
        self.weight += weight;
    }

    fn value(self) -> f64 {
        self.sum / self.weight
    }
}

impl Field<'_> {
    /// How probable the origin of a row is right at a state; what is not in question is.
    fn right(&self, row: usize, state: &State) -> f64 {
        let origin = self.origin_of.get(row).copied().flatten();
        origin.map_or(1.0, |origin| state.right.get(origin).copied().unwrap_or(1.0))
    }

    /// The curvature of a row at a state with its origin wrong, and with it right.
    fn curvatures(&self, row: usize, state: &State) -> [f64; 2] {
        let found = || {
            let (row, variances, value) =
                (self.cluster.rows.get(row)?, self.cluster.variances.get(row)?, state.values.get(row)?);
            let (right, wrong) = floor_variances(row, *variances);
            Some([wrong, right].map(|variance| pull(row.says, *value, variance).curvature))
        };
        found().unwrap_or_default()
    }

    /// The precision of each unknown at a state before any row.
    fn granted(&self, state: &State) -> Vec<f64> {
        let granted = |((node, place), is_split): ((&Node, &f64), &bool)| {
            let bounded = if *is_split {
                Split::part(*place) * (1.0 - Split::part(*place))
            } else {
                node.scale.uniform(*place).map_or(0.0, |(.., curvature)| curvature)
            };
            bounded.max(weak_precision())
        };
        self.cluster.nodes.iter().zip(&state.place).zip(&self.is_split).map(granted).collect()
    }
}

/// The covariance of the unknowns in a world.
pub(super) struct Covariance<'p> {
    picture: &'p Picture,
    /// Row after row.
    entries: Vec<f64>,
    changes: usize,
    scratch: Vec<f64>,
}

impl<'p> Covariance<'p> {
    pub(super) fn new(picture: &'p Picture, rows: &[bool]) -> Self {
        let free = picture.free;
        let mut covariance = Self { picture, entries: vec![0.0; free * free], changes: 0, scratch: vec![0.0; free] };
        covariance.compute(rows);
        covariance
    }

    fn compute(&mut self, rows: &[bool]) {
        let picture = self.picture;
        self.entries.fill(0.0);
        self.changes = 0;
        let diagonal = self.entries.iter_mut().step_by(picture.free + 1);
        diagonal.zip(&picture.granted).for_each(|(entry, precision)| *entry = 1.0 / precision);
        for (row, curvature) in picture.in_world(rows).enumerate() {
            self.change(row, curvature);
        }
    }

    /// Follows these rows, right or wrong other than before, into a world.
    pub(super) fn follow(&mut self, rows: &[bool], turned: &[(usize, bool)]) {
        self.changes += turned.len();
        if self.changes > MOST_CHANGES {
            self.compute(rows);
            return;
        }
        for (row, right) in turned {
            self.change(*row, self.picture.curvature(*row, *right) - self.picture.curvature(*row, !right));
        }
    }

    /// Follows a block of rows into a world: its covariances with the unknowns, and how much it takes off along them.
    pub(super) fn follow_block(&mut self, rows: &[bool], columns: &[Vec<f64>], narrowed: &[f64]) {
        self.changes += columns.len();
        if self.changes > MOST_CHANGES {
            self.compute(rows);
            return;
        }
        let free = self.picture.free.max(1);
        for (weights, left) in narrowed.chunks_exact(columns.len().max(1)).zip(columns) {
            self.scratch.fill(0.0);
            for (weight, column) in weights.iter().zip(columns) {
                self.scratch.iter_mut().zip(column).for_each(|(sum, entry)| *sum += weight * entry);
            }
            for (entries, left) in self.entries.chunks_exact_mut(free).zip(left) {
                entries.iter_mut().zip(&self.scratch).for_each(|(entry, right)| *entry -= left * right);
            }
        }
    }

    /// Adds to the curvature of a row.
    fn change(&mut self, row: usize, by: f64) {
        if by == 0.0 {
            return;
        }
        let slopes = self.picture.slopes(row);
        let mut along = std::mem::take(&mut self.scratch);
        self.times_sparse(slopes, &mut along);
        let factor = by / (1.0 + by * sparse_dot(slopes, &along));
        for (entries, left) in self.entries.chunks_exact_mut(along.len().max(1)).zip(&along) {
            let left = factor * left;
            entries.iter_mut().zip(&along).for_each(|(entry, right)| *entry -= left * right);
        }
        self.scratch = along;
    }

    fn row(&self, unknown: usize) -> &[f64] {
        let free = self.picture.free;
        self.entries.get(unknown * free..(unknown + 1) * free).unwrap_or_default()
    }

    /// The covariances with something of these slopes.
    pub(super) fn times_sparse(&self, slopes: &[(usize, f64)], out: &mut [f64]) {
        out.fill(0.0);
        for (unknown, slope) in slopes {
            out.iter_mut().zip(self.row(*unknown)).for_each(|(out, entry)| *out += slope * entry);
        }
    }

    /// The same for slopes along all unknowns.
    pub(super) fn times(&self, slopes: &[f64], out: &mut [f64]) {
        // rows are columns, too
        for (out, row) in out.iter_mut().zip(self.entries.chunks_exact(slopes.len().max(1))) {
            *out = dot(row, slopes);
        }
    }

    /// The covariance of two rows.
    pub(super) fn between(&self, one: usize, other: usize) -> f64 {
        let other = self.picture.slopes(other);
        self.picture.slopes(one).iter().map(|(unknown, slope)| slope * sparse_dot(other, self.row(*unknown))).sum()
    }
}

pub(super) fn sparse_dot(sparse: &[(usize, f64)], dense: &[f64]) -> f64 {
    sparse.iter().map(|(place, value)| value * dense.get(*place).copied().unwrap_or(f64::NAN)).sum()
}
