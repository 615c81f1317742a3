//! Where walks start: around a most probable place, wider than the posterior there.

use crate::draws::Stream;
use crate::matrix::{backward, factorise};
use crate::statistics::count;

use super::field::{Field, State};
use super::least_squares::Undetermined;
use super::likelihood::weak_precision;
use super::mend::mended;
use super::model::Cluster;
use super::picture::Picture;
use super::solver::Solver;

/// Rounds of weighing the origins by how well they fit, and fitting again (iteratively reweighted least squares): the place
/// only guides, so nearly settled is enough.
const ROUNDS: usize = 6;
/// Steps in a round.
const MOST_STEPS: usize = 12;
/// The P(right) may still change by this when the rounds end early.
const SETTLED: f64 = 0.01;
/// Chains start away from the middle by so many standard deviations: first wider than the posterior, so that chains that
/// agree in the end have come from apart.
const STARTS: [f64; 3] = [1.5, 0.75, 0.3];
/// A start may lie below the middle by so much of ln density for each unknown; a normal density falls by 1.1 at 1.5
/// standard deviations. Where sums bend it, it may fall off a cliff.
const MOST_BELOW: f64 = 3.0;

/// Where walks start.
pub(super) struct Guide {
    /// The most probable place found that has a density.
    middle: State,
    /// Cholesky factor of the precision there.
    lower: Vec<f64>,
}

impl Guide {
    /// # Errors
    ///
    /// When the numbers leave what a double can hold, or no place near the most probable one has a density.
    pub(super) fn new(field: &Field<'_>) -> Result<Self, Undetermined> {
        let (place, lower) = most_probable_place(field).ok_or(Undetermined::TooWide)?;
        let middle = mended(field, place).ok_or(Undetermined::NotPositive)?;
        Ok(Self { middle, lower })
    }

    /// What the rows look like from the most probable place.
    pub(super) fn picture(&self, field: &Field<'_>) -> Picture {
        Picture::new(field, std::slice::from_ref(&self.middle))
    }

    /// A state to start from, away from the middle where there is a density.
    pub(super) fn start(&self, field: &Field<'_>, stream: &mut Stream) -> State {
        let top = self.middle.height_of_all;
        let middle = field.unknowns(&self.middle);
        let mut away: Vec<f64> = middle.iter().map(|_| stream.normal()).collect();
        backward(&self.lower, away.len(), &mut away);
        let wide = STARTS.iter().find_map(|width| {
            let place = middle.iter().zip(&away).map(|(middle, away)| middle + width * away).collect();
            let state = field.at(place)?;
            (top - state.height_of_all < MOST_BELOW * count(&away)).then_some(state)
        });
        wide.unwrap_or_else(|| self.middle.clone())
    }
}

/// A most probable place, with the Cholesky factor of the precision there.
fn most_probable_place(field: &Field<'_>) -> Option<(Vec<f64>, Vec<f64>)> {
    let cluster = field.cluster;
    let mut solver = Solver::new(cluster);
    (solver.most_steps, solver.uniform) = (MOST_STEPS, true);
    most_probable(field, &mut solver)?;
    let mut lower = solver.precision();
    for entry in lower.iter_mut().step_by(cluster.free + 1) {
        *entry += weak_precision();
    }
    factorise(&mut lower, cluster.free)?;
    Some((solver.place, lower))
}

/// The variance of each row with the precision of right and wrong averaged.
fn weighed(cluster: &Cluster, right: &[f64]) -> Vec<f64> {
    let rows = cluster.variances.iter().zip(&cluster.origin_of);
    let variance = |((tight, loose), origin): (&(f64, f64), &Option<usize>)| {
        let share = origin.map_or(1.0, |origin| right.get(origin).copied().unwrap_or(1.0));
        1.0 / (share / tight + (1.0 - share) / loose)
    };
    rows.map(variance).collect()
}

/// Leaves the solver at a top of the density.
fn most_probable(field: &Field<'_>, solver: &mut Solver<'_>) -> Option<()> {
    let cluster = field.cluster;
    let mut right: Vec<f64> = cluster.origins.iter().map(|(_, prior)| *prior).collect();
    // from everybody perhaps wrong, so that no claim binds before it has been compared
    solver.solve(&cluster.variances_where(|_| false))?;
    for _ in 0..ROUNDS {
        let found = field.at(solver.place.clone());
        let moved = found.map_or(1.0, |state| {
            let moved = right.iter().zip(&state.right).fold(0.0_f64, |most, (a, b)| most.max((a - b).abs()));
            right = state.right;
            moved
        });
        solver.solve(&weighed(cluster, &right))?;
        if moved < SETTLED {
            break;
        }
    }
    Some(())
}
