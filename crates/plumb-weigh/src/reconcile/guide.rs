//! What the chains are guided by: a most probable place, the covariance there, and leaps between claims.

use std::collections::BTreeSet;

use crate::matrix::{Matrix, backward, dot, factorise, forward};

use super::density::Density;
use super::model::Cluster;
use super::rows::Says;
use super::solver::{Solver, pull};

/// Rounds of weighing the origins by how well they fit, and fitting again (iteratively reweighted least squares): the place
/// only guides, so nearly settled is enough.
const ROUNDS: usize = 6;
/// Steps in a round.
const MOST_STEPS: usize = 12;
/// The P(right) may still change by this when the rounds end early.
const SETTLED: f64 = 0.01;
/// A leap moves at most so many claims of one origin together; more would rarely fit at once.
const MOST_TOGETHER: usize = 6;

/// The variance of what is left out.
const UNSAID: f64 = 1e300;

pub(super) struct Guide {
    /// The most probable place found.
    pub(super) middle: Vec<f64>,
    /// Cholesky factor of the precision there.
    pub(super) lower: Vec<f64>,
    /// Covariance of the unknowns, row after row, when every origin in question is wrong.
    pub(super) loose: Vec<f64>,
    /// Cholesky factor of the precision without the origins in question.
    pub(super) base: Vec<f64>,
    /// What each origin in question adds to the precision.
    pub(super) weights: Vec<Vec<RowWeight>>,
    pub(super) leaps: Vec<Leap>,
}

/// A row of an origin in question: its slopes, and its curvature when right and when wrong.
pub(super) struct RowWeight {
    pub(super) slopes: Vec<f64>,
    pub(super) tight: f64,
    pub(super) loose: f64,
}

/// A way to move what some rows measure to where claims say it is, all other unknowns following along the covariance.
pub(super) struct Leap {
    /// The rows' slopes: k rows measure k coordinates of the place.
    pub(super) along: Vec<Vec<f64>>,
    /// How the place moves for each coordinate to move by one, the others staying.
    pub(super) directions: Vec<Vec<f64>>,
    /// Where the coordinates may go: a mixture of normals.
    pub(super) targets: Vec<Target>,
}

/// Means and standard deviations of the coordinates.
pub(super) struct Target {
    pub(super) centres: Vec<f64>,
    pub(super) deviations: Vec<f64>,
}

/// A covariance with what it came from.
struct Metric {
    covariance: Vec<f64>,
    lower: Vec<f64>,
}

impl Guide {
    /// `None` when the numbers leave what a double can hold.
    pub(super) fn new(cluster: &Cluster, density: &mut Density<'_>) -> Option<Self> {
        let mut solver = Solver::new(cluster);
        (solver.most_steps, solver.uniform) = (MOST_STEPS, true);
        most_probable(cluster, &mut solver, density)?;
        let tight = Metric::new(solver.precision(), cluster.free)?;
        solver.measure_precision(&cluster.variances_where(|_| false))?;
        let loose = Metric::new(solver.precision(), cluster.free)?;
        let questioned = cluster.origin_of.iter().map(Option::is_some).zip(&cluster.variances);
        let without: Vec<f64> = questioned.map(|(out, (tight, _))| if out { UNSAID } else { *tight }).collect();
        solver.measure_precision(&without)?;
        let base = Metric::new(solver.precision(), cluster.free)?.lower;
        let leaps = leaps(cluster, &solver, [&tight, &loose]);
        let weights = (0..cluster.origins.len()).map(|origin| weights(cluster, &solver, origin)).collect();
        let middle = solver.place.clone();
        Some(Self { middle, lower: tight.lower, loose: loose.covariance, base, weights, leaps })
    }
}

/// The rows of an origin.
fn weights(cluster: &Cluster, solver: &Solver<'_>, origin: usize) -> Vec<RowWeight> {
    let size = cluster.free;
    let weight = |index: usize| {
        let (row, (tight, loose)) = (cluster.rows.get(index)?, cluster.variances.get(index)?);
        let (value, slopes) = (solver.values.get(index)?, solver.slopes.get(index * size..(index + 1) * size)?);
        let curvature = |variance: &f64| pull(row.says, *value, *variance).curvature;
        Some(RowWeight { slopes: slopes.to_vec(), tight: curvature(tight), loose: curvature(loose) })
    };
    let own = cluster.origin_of.iter().enumerate().filter(|(_, of)| **of == Some(origin));
    own.filter_map(|(index, _)| weight(index)).collect()
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

impl Metric {
    fn new(mut precision: Vec<f64>, size: usize) -> Option<Self> {
        for entry in precision.iter_mut().step_by(size + 1) {
            *entry += Density::weak_precision();
        }
        factorise(&mut precision, size)?;
        let mut covariance = Vec::with_capacity(size * size);
        for index in 0..size {
            let mut column: Vec<f64> = (0..size).map(|other| if other == index { 1.0 } else { 0.0 }).collect();
            forward(&precision, size, &mut column);
            backward(&precision, size, &mut column);
            covariance.extend(column);
        }
        covariance.iter().all(|entry| entry.is_finite()).then_some(Self { covariance, lower: precision })
    }
}

/// C·v for a symmetric matrix.
pub(super) fn times(covariance: &[f64], vector: &[f64], out: &mut [f64]) {
    out.fill(0.0);
    for (row, factor) in covariance.chunks_exact(vector.len().max(1)).zip(vector) {
        if *factor != 0.0 {
            out.iter_mut().zip(row).for_each(|(slot, entry)| *slot += factor * entry);
        }
    }
}

/// Leaps for each thing that an origin in question speaks of, and for all that one origin says together.
fn leaps(cluster: &Cluster, solver: &Solver<'_>, metrics: [&Metric; 2]) -> Vec<Leap> {
    let questioned = |row: &usize| cluster.origin_of.get(*row).is_some_and(Option::is_some);
    let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
    let rows: Vec<usize> = (0..cluster.rows.len()).filter(questioned).collect();
    for row in &rows {
        let function = cluster.rows.get(*row).map(|row| &row.function);
        let alike = rows.iter().filter(|other| cluster.rows.get(**other).map(|row| &row.function) == function);
        seen.insert(alike.copied().take(1).collect());
    }
    for origin in 0..cluster.origins.len() {
        let own = rows.iter().copied().filter(|row| cluster.origin_of.get(*row) == Some(&Some(origin)));
        let own: Vec<usize> = own.take(MOST_TOGETHER).collect();
        if own.len() > 1 {
            seen.insert(own);
        }
    }
    let both = |rows: &Vec<usize>| metrics.map(|metric| leap(cluster, solver, metric, rows));
    seen.iter().flat_map(both).flatten().collect()
}

fn leap(cluster: &Cluster, solver: &Solver<'_>, metric: &Metric, rows: &[usize]) -> Option<Leap> {
    let size = cluster.free;
    let slopes = |row: usize| solver.slopes.get(row * size..(row + 1) * size).map(<[f64]>::to_vec);
    let along: Vec<Vec<f64>> = rows.iter().map(|row| slopes(*row)).collect::<Option<_>>()?;
    let mut pulled = vec![vec![0.0; size]; rows.len()];
    for (out, slopes) in pulled.iter_mut().zip(&along) {
        times(&metric.covariance, slopes, out);
    }
    let products = along.iter().map(|slopes| pulled.iter().map(|other| dot(slopes, other)).collect::<Vec<f64>>());
    let products: Vec<Vec<f64>> = products.collect();
    let between = Matrix::from_rows(rows.len(), products.iter().map(Vec::as_slice));
    // rows that say the same thing twice cannot be moved apart
    between.cholesky()?;
    let unit = |index: usize| (0..rows.len()).map(|other| if other == index { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    let direction = |index: usize| {
        let weights = between.solve(&unit(index))?;
        let sum = |place: usize| weights.iter().zip(&pulled).map(|(w, row)| w * row.get(place).unwrap_or(&0.0)).sum();
        Some((0..size).map(sum).collect::<Vec<f64>>())
    };
    let directions: Vec<Vec<f64>> = (0..rows.len()).map(direction).collect::<Option<_>>()?;
    let finite = directions.iter().flatten().all(|entry| entry.is_finite());
    finite.then(|| Leap { targets: targets(cluster, solver, rows, &along), along, directions })
}

/// Where leaps lead: to what the claims say, as exactly as they say it, or as loosely as when they are wrong. For one
/// row every claim about the same thing is a target, of several rows their own claims together.
fn targets(cluster: &Cluster, solver: &Solver<'_>, rows: &[usize], along: &[Vec<f64>]) -> Vec<Target> {
    let function = rows.first().and_then(|row| cluster.rows.get(*row)).map(|row| &row.function);
    let sets: Vec<Vec<usize>> = match rows {
        [_] => (0..cluster.rows.len())
            .filter(|row| cluster.rows.get(*row).map(|row| &row.function) == function)
            .map(|row| vec![row])
            .collect(),
        several => vec![several.to_vec()],
    };
    let centre = |(row, slopes): (&usize, &Vec<f64>)| {
        let value = solver.values.get(*row)?;
        Some(cluster.rows.get(*row)?.says.place() - value + dot(slopes, &solver.place))
    };
    let target = |set: &Vec<usize>, tight: bool| {
        let centres = set.iter().zip(along).map(centre).collect::<Option<Vec<f64>>>()?;
        let deviation = |row: &usize| {
            let (right, wrong) = cluster.variances.get(*row)?;
            let near = matches!(cluster.rows.get(*row)?.says, Says::Near(_));
            Some(if tight && near { right.sqrt() } else { wrong.sqrt() })
        };
        Some(Target { centres, deviations: set.iter().map(deviation).collect::<Option<_>>()? })
    };
    sets.iter().flat_map(|set| [target(set, true), target(set, false)]).flatten().collect()
}
