//! Poisson regression with a log link, by iteratively reweighted least squares with step halving.
//!
//! Nelder and Wedderburn (1972), Journal of the Royal Statistical Society A 135:370. The log-likelihood is concave, so a
//! step that would lower it is halved until it does not, and the iteration ends at the maximum where there is one; whether
//! there is one is for `existence` to say.

use super::columns::Columns;
use super::linear::Cholesky;
use super::model::Design;
use super::special::real_length;

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

/// Fits the counts of a design. `None` where the iteration leaves the numbers that a float can hold.
pub(crate) fn fit(design: &Design) -> Option<PoissonFit> {
    let problem = Problem { counts: &design.counts, columns: Columns::of(design) };
    let mut state = problem.start()?;
    for _ in 0..STEPS {
        let (factor, score) = problem.curvature(&state.means)?;
        let Some(next) = problem.improve(&state, &factor.solve(&score)) else { break };
        let gain = next.kernel - state.kernel;
        state = next;
        if gain <= TOLERANCE * (state.kernel.abs() + 1.0) {
            break;
        }
    }
    problem.finish(state)
}

/// Counts and the columns to fit them with.
struct Problem<'a> {
    counts: &'a [f64],
    columns: Columns<'a>,
}

impl Problem<'_> {
    fn at(&self, coefficients: Vec<f64>) -> State {
        let predictors = self.columns.predictors(&coefficients);
        let means: Vec<f64> = predictors.iter().map(|predictor| libm::exp(*predictor)).collect();
        let terms = predictors.iter().zip(self.counts).zip(&means);
        let kernel = terms.map(|((predictor, count), mean)| count * predictor - mean).sum();
        State { coefficients, means, kernel }
    }

    /// The flat fit, moved towards least squares on the logarithms of counts plus a tenth: the usual start.
    fn start(&self) -> Option<State> {
        let mean = self.counts.iter().sum::<f64>() / real_length(self.counts.len().max(1));
        let flat = (0..self.columns.length()).map(|index| if index == 0 { libm::log(mean.max(1e-10)) } else { 0.0 });
        let flat = self.at(flat.collect());
        let means: Vec<f64> = self.counts.iter().map(|count| count + 0.1).collect();
        // weight times working value, which is ln m + (y - m) / m
        let working = means.iter().zip(self.counts).map(|(mean, count)| mean * libm::log(*mean) + (count - mean));
        let right = self.columns.project(&working.collect::<Vec<_>>());
        let target = self.columns.gram(&means).cholesky()?.solve(&right);
        let step: Vec<f64> = target.iter().zip(&flat.coefficients).map(|(to, from)| to - from).collect();
        Some(self.improve(&flat, &step).unwrap_or(flat))
    }

    /// The information matrix, factored, and the score at some means.
    fn curvature(&self, means: &[f64]) -> Option<(Cholesky, Vec<f64>)> {
        let gaps: Vec<f64> = self.counts.iter().zip(means).map(|(count, mean)| count - mean).collect();
        Some((self.columns.gram(means).cholesky()?, self.columns.project(&gaps)))
    }

    /// The state after a step, halved until the likelihood does not fall; `None` if no part of the step helps.
    fn improve(&self, state: &State, step: &[f64]) -> Option<State> {
        let mut scale = 1.0;
        for _ in 0..HALVINGS {
            let moved = state.coefficients.iter().zip(step).map(|(from, by)| from + scale * by).collect();
            let next = self.at(moved);
            if next.kernel.is_finite() && next.kernel >= state.kernel {
                return Some(next);
            }
            scale *= 0.5;
        }
        None
    }

    fn finish(&self, state: State) -> Option<PoissonFit> {
        let (information, _) = self.curvature(&state.means)?;
        let constants: f64 = self.counts.iter().map(|count| libm::lgamma(count + 1.0)).sum();
        let held = self.counts.iter().filter(|count| **count > 0.0);
        let perfect: f64 = held.map(|count| count * libm::log(*count) - count).sum();
        let deviance = (2.0 * (perfect - state.kernel)).max(0.0);
        let log_likelihood = state.kernel - constants;
        let State { coefficients, means, .. } = state;
        Some(PoissonFit { coefficients, means, log_likelihood, deviance, information })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::linear::dot;
    use crate::count::model::Column;

    fn design(terms: &[u16], counts: &[f64]) -> Design {
        let columns = terms.iter().map(|term| Column::Term(*term)).collect();
        let cells = (1..).take(counts.len()).collect();
        Design { columns, cells, counts: counts.to_vec(), empty: Vec::new() }
    }

    #[test]
    fn two_lists_have_a_closed_form() {
        // Cells A, B, A and B; the intercept is the logarithm of n1 n2 / m - observed.
        let fit = fit(&design(&[0, 1, 2], &[170.0, 120.0, 30.0])).unwrap();
        assert!((libm::exp(fit.coefficients[0]) - 680.0).abs() < 1e-6);
        assert!(fit.deviance < 1e-9);
        let variance: f64 = 1.0 / 170.0 + 1.0 / 120.0 + 1.0 / 30.0;
        assert!((fit.covariance(0)[0] - variance).abs() < 1e-9);
    }

    #[test]
    fn fitted_means_keep_the_sufficient_statistics() {
        let design = design(&[0, 1, 2, 4], &[60.0, 49.0, 4.0, 247.0, 112.0, 142.0, 12.0]);
        let fit = fit(&design).unwrap();
        for term in [0, 1, 2, 4_u16] {
            let within: Vec<f64> = (1..8_u16).map(|cell| f64::from(u8::from(cell & term == term))).collect();
            assert!((dot(&within, &design.counts) - dot(&within, &fit.means)).abs() < 1e-6);
        }
    }

    #[test]
    fn enormous_counts_do_not_overflow() {
        let fit = fit(&design(&[0, 1, 2], &[1e10, 1.0, 1.0])).unwrap();
        assert!(fit.coefficients.iter().all(|value| value.is_finite()));
        assert!((fit.coefficients[0] - libm::log(1e10)).abs() < 1e-6);
    }
}
