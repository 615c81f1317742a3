//! Where walks start: around a most probable place, wider than the posterior there.

use crate::draws::Stream;
use crate::matrix::{backward, factorise};
use crate::statistics::count;

use super::density::{Density, weak_precision};
use super::model::Cluster;
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
    /// The most probable place found.
    middle: Vec<f64>,
    /// Cholesky factor of the precision there.
    lower: Vec<f64>,
}

impl Guide {
    /// A place to start from, away from the middle where there is a density; `None` when there is none near it.
    pub(super) fn start(&self, density: &mut Density<'_>, stream: &mut Stream) -> Option<Vec<f64>> {
        let mut middle = self.middle.clone();
        let top = density.mend(&mut middle)?;
        let mut away: Vec<f64> = middle.iter().map(|_| stream.normal()).collect();
        backward(&self.lower, away.len(), &mut away);
        for width in STARTS {
            let place: Vec<f64> = middle.iter().zip(&away).map(|(middle, away)| middle + width * away).collect();
            let found = density.height(&place);
            if found.is_some_and(|height| top - height < MOST_BELOW * count(&away)) {
                return Some(place);
            }
        }
        Some(middle)
    }

    /// `None` when the numbers leave what a double can hold.
    pub(super) fn new(cluster: &Cluster, density: &mut Density<'_>) -> Option<Self> {
        let mut solver = Solver::new(cluster);
        (solver.most_steps, solver.uniform) = (MOST_STEPS, true);
        most_probable(cluster, &mut solver, density)?;
        let mut lower = solver.precision();
        for entry in lower.iter_mut().step_by(cluster.free + 1) {
            *entry += weak_precision();
        }
        factorise(&mut lower, cluster.free)?;
        Some(Self { middle: solver.place.clone(), lower })
    }
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
fn most_probable(cluster: &Cluster, solver: &mut Solver<'_>, density: &mut Density<'_>) -> Option<()> {
    let mut right: Vec<f64> = cluster.origins.iter().map(|(_, prior)| *prior).collect();
    // from everybody perhaps wrong, so that no claim binds before it has been compared
    solver.solve(&cluster.variances_where(|_| false))?;
    for _ in 0..ROUNDS {
        let moved = if density.height(&solver.place).is_some() {
            let moved = right.iter().zip(&density.right).fold(0.0_f64, |most, (a, b)| most.max((a - b).abs()));
            right.clone_from(&density.right);
            moved
        } else {
            1.0
        };
        solver.solve(&weighed(cluster, &right))?;
        if moved < SETTLED {
            break;
        }
    }
    Some(())
}
