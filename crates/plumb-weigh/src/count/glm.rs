//! Poisson regression with a log link, by iteratively reweighted least squares with step halving.
//!
//! Nelder and Wedderburn (1972), Journal of the Royal Statistical Society A 135:370. The log-likelihood is concave, so a
//! step that would lower it is halved until it does not, and the iteration ends at the maximum where there is one; whether
//! there is one is for `existence` to say.

use super::linear::{Cholesky, Triangle, dot};

/// Steps before giving up. With a maximum some ten are enough; halved steps from a poor start may need more.
const STEPS: usize = 100;

/// Halvings of one step before it is taken for no step.
const HALVINGS: usize = 40;

/// The iteration ends when a step changes the log-likelihood by less than this share.
const TOLERANCE: f64 = 1e-11;

/// A fit.
#[derive(Clone, Debug)]
pub(crate) struct PoissonFit {
    pub(crate) coefficients: Vec<f64>,
    pub(crate) means: Vec<f64>,
    /// Sum of the Poisson log-probabilities of the counts.
    pub(crate) log_likelihood: f64,
    /// Twice the shortfall against a model that fits every cell.
    pub(crate) deviance: f64,
    information: Cholesky,
}

impl PoissonFit {
    /// Column `index` of the covariance matrix of the coefficients.
    pub(crate) fn covariance(&self, index: usize) -> Vec<f64> {
        self.information.inverse_column(index)
    }

    /// The covariance matrix times a vector.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        self.information.solve(right)
    }
}

/// A fit under way: coefficients, means and the kernel of the log-likelihood.
struct State {
    coefficients: Vec<f64>,
    means: Vec<f64>,
    kernel: f64,
}

impl State {
    fn at(rows: &[Vec<f64>], counts: &[f64], coefficients: Vec<f64>) -> Self {
        let mut kernel = 0.0;
        let mut means = Vec::with_capacity(rows.len());
        for (row, count) in rows.iter().zip(counts) {
            let predictor = dot(row, &coefficients);
            let mean = libm::exp(predictor);
            kernel += count * predictor - mean;
            means.push(mean);
        }
        Self { coefficients, means, kernel }
    }

    /// The log-likelihood falls short of infinity and every mean is a number.
    fn sound(&self) -> bool {
        self.kernel.is_finite()
    }
}

/// Fits counts to design rows. `None` where the iteration leaves the numbers that a float can hold.
///
/// The first column must be the intercept; it gives the start from which a wild first step is halved.
pub(crate) fn fit(rows: &[Vec<f64>], counts: &[f64]) -> Option<PoissonFit> {
    let columns = rows.first()?.len();
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    let flat: Vec<f64> = (0..columns).map(|index| if index == 0 { libm::log(mean.max(1e-10)) } else { 0.0 }).collect();
    let start = State::at(rows, counts, flat);
    let mut state = first_step(rows, counts, start)?;
    for _ in 0..STEPS {
        let (factor, score) = curvature(rows, counts, &state.means)?;
        let next = improve(rows, counts, &state, &factor.solve(&score));
        let Some(next) = next else { break };
        let gain = next.kernel - state.kernel;
        state = next;
        if gain <= TOLERANCE * (state.kernel.abs() + 1.0) {
            break;
        }
    }
    finish(rows, counts, state)
}

/// Least squares on the logarithms of counts plus a tenth: the usual start, close for most tables.
fn first_step(rows: &[Vec<f64>], counts: &[f64], start: State) -> Option<State> {
    let mut gram = Triangle::zeros(start.coefficients.len());
    let mut right = vec![0.0; start.coefficients.len()];
    for (row, count) in rows.iter().zip(counts) {
        let mean = count + 0.1;
        let working = libm::log(mean) + (count - mean) / mean;
        gram.add_outer(mean, row);
        add_scaled(&mut right, mean * working, row);
    }
    let target = gram.cholesky()?.solve(&right);
    let step: Vec<f64> = target.iter().zip(&start.coefficients).map(|(to, from)| to - from).collect();
    Some(improve(rows, counts, &start, &step).unwrap_or(start))
}

/// The information matrix, factored, and the score at some means.
fn curvature(rows: &[Vec<f64>], counts: &[f64], means: &[f64]) -> Option<(Cholesky, Vec<f64>)> {
    let columns = rows.first()?.len();
    let mut gram = Triangle::zeros(columns);
    let mut score = vec![0.0; columns];
    for ((row, count), mean) in rows.iter().zip(counts).zip(means) {
        gram.add_outer(*mean, row);
        add_scaled(&mut score, count - mean, row);
    }
    Some((gram.cholesky()?, score))
}

/// The state after a step, halved until the likelihood does not fall; `None` if no part of the step helps.
fn improve(rows: &[Vec<f64>], counts: &[f64], state: &State, step: &[f64]) -> Option<State> {
    let mut scale = 1.0;
    for _ in 0..HALVINGS {
        let moved = state.coefficients.iter().zip(step).map(|(from, by)| from + scale * by).collect();
        let next = State::at(rows, counts, moved);
        if next.sound() && next.kernel >= state.kernel {
            return Some(next);
        }
        scale *= 0.5;
    }
    None
}

fn finish(rows: &[Vec<f64>], counts: &[f64], state: State) -> Option<PoissonFit> {
    let (information, _) = curvature(rows, counts, &state.means)?;
    let constants: f64 = counts.iter().map(|count| libm::lgamma(count + 1.0)).sum();
    let perfect: f64 = counts.iter().map(|count| if *count > 0.0 { count * libm::log(*count) - count } else { 0.0 }).sum();
    let deviance = (2.0 * (perfect - state.kernel)).max(0.0);
    let log_likelihood = state.kernel - constants;
    let State { coefficients, means, .. } = state;
    Some(PoissonFit { coefficients, means, log_likelihood, deviance, information })
}

fn add_scaled(sum: &mut [f64], scale: f64, row: &[f64]) {
    for (entry, value) in sum.iter_mut().zip(row) {
        *entry += scale * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_have_a_closed_form() {
        // Cells A, B, A and B; the intercept is the logarithm of n1 n2 / m - observed.
        let rows = vec![vec![1.0, 1.0, 0.0], vec![1.0, 0.0, 1.0], vec![1.0, 1.0, 1.0]];
        let fit = fit(&rows, &[170.0, 120.0, 30.0]).unwrap();
        assert!((libm::exp(fit.coefficients[0]) - 680.0).abs() < 1e-6);
        assert!(fit.deviance < 1e-9);
        let variance: f64 = 1.0 / 170.0 + 1.0 / 120.0 + 1.0 / 30.0;
        assert!((fit.covariance(0)[0] - variance).abs() < 1e-9);
    }

    #[test]
    fn fitted_means_keep_the_sufficient_statistics() {
        let rows: Vec<Vec<f64>> = (1..8_u16)
            .map(|cell| [0, 1, 2, 4].iter().map(|term| f64::from(u8::from(cell & term == *term))).collect())
            .collect();
        let counts = [60.0, 49.0, 4.0, 247.0, 112.0, 142.0, 12.0];
        let fit = fit(&rows, &counts).unwrap();
        for column in 0..4 {
            let gap: f64 = rows.iter().zip(counts.iter().zip(&fit.means)).map(|(x, (y, m))| x[column] * (y - m)).sum();
            assert!(gap.abs() < 1e-6, "{gap}");
        }
    }

    #[test]
    fn enormous_counts_do_not_overflow() {
        let rows = vec![vec![1.0, 1.0, 0.0], vec![1.0, 0.0, 1.0], vec![1.0, 1.0, 1.0]];
        let fit = fit(&rows, &[1e10, 1.0, 1.0]).unwrap();
        assert!(fit.coefficients.iter().all(|value| value.is_finite()));
        assert!((fit.coefficients[0] - libm::log(1e10)).abs() < 1e-6);
    }
}
