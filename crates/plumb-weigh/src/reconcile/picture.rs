//! The density given who is right as a normal one, seen from a most probable place (Laplace's picture).
//!
//! Its precision is what is taken for granted of each unknown, and of each row its curvature along its slopes. Rows of an origin that
//! turns from right to wrong change their curvature, which the covariance follows row by row (Sherman and Morrison 1950). The picture
//! only guides: what is drawn is accepted by the density itself.

use super::chart::Split;
use super::field::{Field, State};
use super::likelihood::{floor_variances, weak_precision};
use super::model::Node;
use super::rows::Row;
use super::slopes::Tape;
use super::solver::pull;

/// The covariance is computed anew after so many changes of a row: each loses a digit where a claim of a few per cent is let go.
const MOST_CHANGES: usize = 200;

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
    /// As seen from a state.
    pub(super) fn new(field: &Field<'_>, state: &mut State) -> Self {
        let cluster = field.cluster;
        let mut tape = Tape::new(field);
        field.locate(state, &mut tape);
        let mut dense = vec![0.0; cluster.free];
        let mut slopes = |row: usize| {
            tape.slopes_of(field, state, row, &mut dense);
            dense.iter().copied().enumerate().filter(|(_, slope)| *slope != 0.0).collect()
        };
        let curvature = |((row, variances), value): ((&Row, &(f64, f64)), &f64)| {
            let (right, wrong) = floor_variances(row, *variances);
            [wrong, right].map(|variance| pull(row.says, *value, variance).curvature)
        };
        let granted = |((node, place), is_split): ((&Node, &f64), &bool)| {
            let bounded = if *is_split {
                Split::part(*place) * (1.0 - Split::part(*place))
            } else {
                node.scale.uniform(*place).map_or(0.0, |(.., curvature)| curvature)
            };
            bounded.max(weak_precision())
        };
        Self {
            free: cluster.free,
            slopes: (0..cluster.rows.len()).map(&mut slopes).collect(),
            curvatures: cluster.rows.iter().zip(&cluster.variances).zip(&state.values).map(curvature).collect(),
            granted: cluster.nodes.iter().zip(&state.place).zip(&field.is_split).map(granted).collect(),
            origin_of: cluster.origin_of.clone(),
        }
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
        out.fill(0.0);
        for (slope, row) in slopes.iter().zip(self.entries.chunks_exact(slopes.len().max(1))) {
            out.iter_mut().zip(row).for_each(|(out, entry)| *out += slope * entry);
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
