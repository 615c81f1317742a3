//! The most probable place of the unknowns of a cluster, and the normal distribution around it.
//!
//! Gauss–Newton, one step and exact where all rows are two-sided and linear. A step that is too long, or leads down, is damped
//! (Levenberg 1944; Marquardt 1963): that holds back the directions of which the rows say little, such as a part of a sum
//! that they push towards zero, and leaves the others their full step. One-sided rows enter with the probability of being on their side, ln Φ, whose curvature is taken as it is (a censored, or Tobit, likelihood; Tobin
//! 1958). What the rows leave open is held in place by a weak prior along exactly those directions, which does not touch
//! what they determine.

use crate::matrix::{backward, dot, factorise, forward};
use crate::statistics::{LN_SQRT_TWO_PI, ln_normal_cdf, normal_hazard};

use super::determined::open_directions;
use super::evaluate::Nodes;
use super::model::Cluster;
use super::rows::Says;

/// Precision of the prior along directions of which nothing is known: a factor of e³⁰ either way.
const OPEN_PRECISION: f64 = 1e-3;
/// Precision of the prior on every unknown where sums or logits bend the problem: a factor of e¹⁰⁰⁰⁰⁰ either way says
/// nothing, but a part of a sum that the claims push towards zero comes to rest.
const FLOOR_PRECISION: f64 = 1e-10;
/// No step changes a logarithm by more: beyond, the linear picture means nothing.
const LONGEST_STEP: f64 = 5.0;
/// A step that promises less log-likelihood than this is the last one: it is a ten-millionth of a standard deviation long.
const NO_GAIN: f64 = 1e-14;
/// So is one that changes no unknown by more than this in logarithms, of which a double can tell no more.
const NO_STEP: f64 = 1e-13;
const MOST_STEPS: usize = 200;
const MOST_DAMPINGS: usize = 60;

/// A solver with its working memory, to be used again for each world.
pub(super) struct Solver<'a> {
    pub(super) cluster: &'a Cluster,
    /// The place found.
    pub(super) place: Vec<f64>,
    nodes: Nodes,
    /// Value of each row at the place, and its derivatives.
    pub(super) values: Vec<f64>,
    pub(super) slopes: Vec<f64>,
    open: Vec<Vec<f64>>,
    /// Rows and nodes at the start: all that a linear cluster ever needs to be computed in full.
    first: (Vec<f64>, Vec<f64>),
    moved: Vec<f64>,
    /// Of the height at the place.
    gradient: Vec<f64>,
    /// The precision of the unknowns at the place, row after row, of which only the lower triangle is kept.
    precision: Vec<f64>,
    /// Its Cholesky factor.
    lower: Vec<f64>,
    step: Vec<f64>,
    /// How many steps a search may take.
    pub(super) most_steps: usize,
    /// Whether bounded unknowns are uniform between their bounds, as the sampler has them, not flat on the logit.
    pub(super) uniform: bool,
    /// Whether the last search settled.
    pub(super) settled: bool,
}

/// How a row pulls at its value: first and negative second derivative of its log-likelihood.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pull {
    pub(super) slope: f64,
    pub(super) curvature: f64,
    ln_likelihood: f64,
}

/// The pull of a row with this variance at this value.
pub(super) fn pull(says: Says, value: f64, variance: f64) -> Pull {
    match says {
        Says::Near(place) => {
            let miss = place - value;
            let ln_likelihood = -LN_SQRT_TWO_PI - 0.5 * libm::log(variance) - 0.5 * miss * miss / variance;
            Pull { slope: miss / variance, curvature: 1.0 / variance, ln_likelihood }
        }
        Says::Above(bound) => one_sided(value - bound, 1.0, variance),
        Says::Below(bound) => one_sided(bound - value, -1.0, variance),
    }
}

fn one_sided(margin: f64, sign: f64, variance: f64) -> Pull {
    let deviation = variance.sqrt();
    let z = margin / deviation;
    let hazard = normal_hazard(z);
    Pull {
        slope: sign * hazard / deviation,
        curvature: (hazard * (hazard + z)).max(0.0) / variance,
        ln_likelihood: ln_normal_cdf(z),
    }
}

impl<'a> Solver<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        let (rows, free) = (cluster.rows.len(), cluster.free);
        let mut solver = Self {
            cluster,
            place: cluster.start.clone(),
            nodes: Nodes::new(cluster),
            values: vec![0.0; rows],
            slopes: vec![0.0; rows * free],
            open: Vec::new(),
            first: (Vec::new(), Vec::new()),
            moved: vec![0.0; free],
            gradient: vec![0.0; free],
            precision: vec![0.0; free * free],
            lower: vec![0.0; free * free],
            step: vec![0.0; free],
            most_steps: MOST_STEPS,
            uniform: false,
            settled: true,
        };
        solver.look_afresh();
        if cluster.determined.open > 0 {
            let rows = cluster.rows.iter().zip(solver.slopes.chunks_exact(free.max(1)));
            let near = rows.filter(|(row, _)| row.says.is_near());
            solver.open = open_directions(free, near.map(|(_, slopes)| slopes));
        }
        solver.first = (solver.values.clone(), solver.nodes.logs.clone());
        solver
    }

    /// The nodes at the place.
    pub(super) fn nodes(&self) -> &Nodes {
        &self.nodes
    }

    /// Computes nodes and rows at the place.
    fn look(&mut self) {
        if !self.cluster.linear {
            self.look_afresh();
            return;
        }
        let moved = self.place.iter().zip(&self.cluster.start).map(|(place, start)| place - start);
        self.moved.clear();
        self.moved.extend(moved);
        let (values, logs) = &self.first;
        let rows = self.slopes.chunks_exact(self.cluster.free.max(1));
        for ((value, first), slopes) in self.values.iter_mut().zip(values).zip(rows) {
            *value = first + dot(slopes, &self.moved);
        }
        self.nodes.shift(logs, &self.moved);
    }

    fn look_afresh(&mut self) {
        self.nodes.update(self.cluster, &self.place);
        let rows = self.cluster.rows.iter().zip(&mut self.values);
        for ((row, value), slopes) in rows.zip(self.slopes.chunks_exact_mut(self.cluster.free.max(1))) {
            *value = self.nodes.row(row, &self.place, slopes);
        }
    }

    /// Log-likelihood of all rows and the weak prior at the place.
    fn height(&self, variances: &[f64]) -> f64 {
        let rows = self.cluster.rows.iter().zip(&self.values).zip(variances);
        let likelihood: f64 = rows.map(|((row, value), v)| pull(row.says, *value, *v).ln_likelihood).sum();
        let open: f64 = self.open.iter().map(|direction| self.away(direction) * self.away(direction)).sum();
        let moved = self.place.iter().zip(&self.cluster.start).map(|(place, start)| (place - start) * (place - start));
        let bounded: f64 = self.bounded().map(|(_, (log, ..))| log).sum();
        likelihood + bounded - 0.5 * OPEN_PRECISION * open - 0.5 * self.floor() * moved.sum::<f64>()
    }

    /// The uniform density of each bounded unknown, where it counts.
    fn bounded(&self) -> impl Iterator<Item = (usize, (f64, f64, f64))> + '_ {
        let unknowns = self.cluster.nodes.iter().zip(&self.place).enumerate().filter(|_| self.uniform);
        unknowns.filter_map(|(index, (node, place))| Some((index, node.scale.uniform(*place)?)))
    }

    fn floor(&self) -> f64 {
        if self.cluster.linear { 0.0 } else { FLOOR_PRECISION }
    }

    /// How far the place is from the start along a direction.
    fn away(&self, direction: &[f64]) -> f64 {
        direction.iter().zip(&self.place).zip(&self.cluster.start).map(|((d, place), start)| d * (place - start)).sum()
    }

    /// Computes the gradient of the height at the place, and the precision of the unknowns there.
    fn gather(&mut self, variances: &[f64]) {
        let free = self.cluster.free;
        self.precision.fill(0.0);
        self.gradient.fill(0.0);
        let rows = self.cluster.rows.iter().zip(&self.values).zip(variances);
        for (((row, value), variance), slopes) in rows.zip(self.slopes.chunks_exact(free.max(1))) {
            let pull = pull(row.says, *value, *variance);
            add_outer(&mut self.precision, pull.curvature, slopes);
            self.gradient.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += pull.slope * slope);
        }
        for direction in &self.open {
            let away = self.away(direction);
            add_outer(&mut self.precision, OPEN_PRECISION, direction);
            self.gradient.iter_mut().zip(direction).for_each(|(sum, d)| *sum -= OPEN_PRECISION * away * d);
        }
        let floor = self.floor();
        self.precision.iter_mut().step_by(free + 1).for_each(|entry| *entry += floor);
        for ((sum, place), start) in self.gradient.iter_mut().zip(&self.place).zip(&self.cluster.start) {
            *sum -= floor * (place - start);
        }
        let bounded: Vec<(usize, (f64, f64, f64))> = self.bounded().collect();
        for (index, (_, slope, curvature)) in bounded {
            if let (Some(entry), Some(sum)) = (self.precision.get_mut(index * (free + 1)), self.gradient.get_mut(index))
            {
                (*entry, *sum) = (*entry + curvature, *sum + slope);
            }
        }
    }

    /// Puts the step in place, and the Cholesky factor of the damped precision; `None` when a number is not finite.
    fn aim(&mut self, damping: f64) -> Option<()> {
        let free = self.cluster.free;
        self.lower.clone_from(&self.precision);
        self.lower.iter_mut().step_by(free + 1).for_each(|entry| *entry += damping);
        factorise(&mut self.lower, free)?;
        self.step.clone_from(&self.gradient);
        forward(&self.lower, free, &mut self.step);
        backward(&self.lower, free, &mut self.step);
        self.step.iter().all(|step| step.is_finite()).then_some(())
    }

    /// The precision of the unknowns at the place, row after row; only the lower triangle is filled.
    pub(super) fn precision(&self) -> Vec<f64> {
        self.precision.clone()
    }

    /// Finds the most probable place for these variances, from the place where it stands. Gives the logarithm of the
    /// probability of what the rows say (Laplace's method; exact where all is linear and two-sided), up to a constant that
    /// is the same for all variances. `None` when the numbers leave what a double can hold.
    pub(super) fn solve(&mut self, variances: &[f64]) -> Option<f64> {
        let exact = self.cluster.linear && self.cluster.rows.iter().all(|row| row.says.is_near());
        self.settled = self.cluster.free == 0;
        let (mut height, mut damping) = (self.height(variances), 0.0);
        self.gather(variances);
        for _ in 0..self.most_steps {
            if self.settled {
                break;
            }
            (height, damping) = self.advance(variances, height, damping, exact)?;
        }
        self.aim(0.0)?;
        let diagonal = self.lower.iter().step_by(self.cluster.free + 1);
        let half_ln_determinant: f64 = diagonal.map(|entry| libm::log(*entry)).sum();
        Some(height - half_ln_determinant).filter(|value| value.is_finite())
    }

    /// Goes one step up, damped until it is short enough and the height grows; stays when it never does. Gives the height,
    /// and the damping to begin the next step with.
    fn advance(&mut self, variances: &[f64], height: f64, damping: f64, exact: bool) -> Option<(f64, f64)> {
        let (before, mut damping) = (self.place.clone(), damping);
        for _ in 0..MOST_DAMPINGS {
            self.aim(damping)?;
            let (along, length) = (dot(&self.gradient, &self.step), dot(&self.step, &self.step));
            let longest = self.step.iter().fold(0.0_f64, |most, step| most.max(step.abs()));
            self.settled = exact || along < NO_GAIN || longest < NO_STEP;
            if self.settled || longest <= LONGEST_STEP {
                self.place.iter_mut().zip(&self.step).for_each(|(place, step)| *place += step);
                self.look();
                let now = self.height(variances);
                if self.settled || now >= height - 1e-12 * height.abs() {
                    self.gather(variances);
                    // the precision along the step was along/length; had it been this, the step would have ended on the top
                    let right = damping - dot(&self.gradient, &self.step) / length;
                    return now.is_finite().then_some((now, right.max(0.0)));
                }
                self.place.clone_from(&before);
                self.look();
            }
            damping += ((longest / LONGEST_STEP).max(2.0) - 1.0) * along / length;
        }
        // no direction leads up: the place is the top, as far as a double can tell
        self.settled = true;
        height.is_finite().then_some((height, damping))
    }

    /// Variance of something with these derivatives, under the last solution.
    pub(super) fn variance(&self, slopes: &[f64], scratch: &mut Vec<f64>) -> f64 {
        scratch.clear();
        scratch.extend_from_slice(slopes);
        forward(&self.lower, self.cluster.free, scratch);
        dot(scratch, scratch)
    }

    /// Covariances of something with these derivatives with each unknown.
    pub(super) fn covariances(&self, slopes: &[f64]) -> Vec<f64> {
        let mut found = slopes.to_vec();
        forward(&self.lower, self.cluster.free, &mut found);
        backward(&self.lower, self.cluster.free, &mut found);
        found
    }

    /// Places of all nodes for unknowns scattered by these independent unit normals; exact where all is linear.
    pub(super) fn scattered(&self, normals: &[f64]) -> Vec<f64> {
        let mut moved = normals.to_vec();
        backward(&self.lower, self.cluster.free, &mut moved);
        let mut nodes = self.nodes.clone();
        let first = nodes.logs.clone();
        nodes.shift(&first, &moved);
        let free = self.place.iter().zip(&moved).map(|(place, moved)| place + moved);
        free.chain(nodes.logs.into_iter().skip(self.cluster.free)).collect()
    }

    /// Place and derivatives of a node on its own scale: its unknown, or the logarithm of what it is defined as.
    pub(super) fn node<'b>(&'b self, index: usize, unit: &'b mut Vec<f64>) -> (f64, &'b [f64]) {
        if index >= self.cluster.free {
            return self.nodes.node(index);
        }
        unit.clear();
        unit.extend((0..self.cluster.free).map(|other| if other == index { 1.0 } else { 0.0 }));
        (self.place.get(index).copied().unwrap_or(f64::NAN), unit)
    }
}

/// Adds weight·v·vᵀ to the lower triangle of a square matrix.
#[inline]
fn add_outer(lower: &mut [f64], weight: f64, vector: &[f64]) {
    for (index, (row, left)) in lower.chunks_exact_mut(vector.len().max(1)).zip(vector).enumerate() {
        // most rows name few unknowns
        if *left != 0.0 {
            for (entry, right) in row.iter_mut().zip(vector).take(index + 1) {
                *entry += weight * left * right;
            }
        }
    }
}
