//! Pools of opinions and meta-analysis: several statements about one quantity, made into one.
//!
//! Beside the layers, for what is one quantity and no contradiction: studies of one effect, experts asked alike. The linear
//! pool mixes distributions and keeps their humps, the logarithmic pool multiplies them and looks for what all support
//! (Genest and Zidek 1986); meta-analysis lets true values differ between studies by a variance τ² (Viechtbauer 2005).

use serde::Serialize;
use thiserror::Error;

use crate::statistics::{chi_square_tail, find_root, normal_half_width, normal_quantile};

use super::mixture::Mixture;
use super::scale::{Estimate, Quantiles, Scale};

/// Why there is nothing to pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PoolFault {
    /// Nothing was given, or for τ² fewer than two.
    #[error("{found} statements, but at least {needed} are needed; add some, or use the one as it is")]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many there must be.
        needed: usize,
    },
    /// A number that cannot be.
    #[error("statement {index}: {what} is not a finite number above zero; correct or leave out the statement")]
    Number {
        /// The place of the statement, from 0.
        index: usize,
        /// Which number.
        what: &'static str,
    },
    /// The result does not fit into a double, or a search for it did not end.
    #[error("the pool has no finite result; the statements differ by too many orders of magnitude")]
    NotFinite,
}

/// A statement about a positive quantity whose logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Opinion {
    /// Mean of the logarithm.
    pub mu: f64,
    /// Standard deviation of the logarithm; above 0.
    pub sigma: f64,
    /// Its weight; above 0. Only ratios count.
    pub weight: f64,
}

impl Opinion {
    /// Between two ends with this probability, with weight 1.
    pub fn between(low: f64, high: f64, coverage: f64) -> Self {
        let (low, high) = (libm::log(low), libm::log(high));
        Self { mu: 0.5 * (low + high), sigma: 0.5 * (high - low) / normal_half_width(coverage), weight: 1.0 }
    }

    /// The same with another weight.
    #[must_use]
    pub fn weighing(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }
}

/// A mixture of opinions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LinearPool {
    /// Mean.
    pub mean: f64,
    /// Quantiles.
    #[serde(flatten)]
    pub quantiles: Quantiles,
}

fn check(opinions: &[Opinion]) -> Result<f64, PoolFault> {
    let numbers = |(index, opinion): (usize, &Opinion)| {
        let positive = |value: f64| value.is_finite() && value > 0.0;
        let wrong = [
            ("the mean of the logarithm", opinion.mu.is_finite()),
            ("the standard deviation", positive(opinion.sigma)),
            ("the weight", positive(opinion.weight)),
        ];
        wrong.into_iter().find(|(_, right)| !right).map(|(what, _)| PoolFault::Number { index, what })
    };
    match opinions.iter().enumerate().find_map(numbers) {
        Some(fault) => Err(fault),
        None if opinions.is_empty() => Err(PoolFault::TooFew { found: 0, needed: 1 }),
        None => Ok(opinions.iter().map(|opinion| opinion.weight).sum()),
    }
}

/// The weighted mean of the distributions (Stone 1961): somebody is right, with the weights as probabilities.
///
/// ```
/// use plumb_weigh::reconcile::pool::{Opinion, linear};
/// let both = linear(&[Opinion::between(50_000.0, 60_000.0, 0.9), Opinion::between(90_000.0, 120_000.0, 0.9)])?;
/// assert!(both.quantiles.p05 < 60_000.0 && both.quantiles.p95 > 90_000.0);
/// # Ok::<(), plumb_weigh::reconcile::pool::PoolFault>(())
/// ```
///
/// # Errors
///
/// See [`PoolFault`].
pub fn linear(opinions: &[Opinion]) -> Result<LinearPool, PoolFault> {
    check(opinions)?;
    let parts = opinions.iter().map(|opinion| (0, opinion.weight, (opinion.mu, opinion.sigma)));
    let (mean, quantiles) = Mixture::new(Scale::LOG, parts).summary().ok_or(PoolFault::NotFinite)?;
    Ok(LinearPool { mean, quantiles })
}

/// The weighted geometric mean of the densities: what all opinions support together, no surer than they are on average.
///
/// # Errors
///
/// See [`PoolFault`].
pub fn logarithmic(opinions: &[Opinion]) -> Result<Estimate, PoolFault> {
    let total = check(opinions)?;
    let (mut precision, mut weighted) = (0.0, 0.0);
    for opinion in opinions {
        let part = opinion.weight / total / (opinion.sigma * opinion.sigma);
        precision += part;
        weighted += part * opinion.mu;
    }
    Estimate::new(Scale::LOG, weighted / precision, 1.0 / precision).ok_or(PoolFault::NotFinite)
}

/// A study: what it found, and the variance of its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Study {
    /// The value found; a logarithm where errors are factors.
    pub value: f64,
    /// Variance of its sampling error; above 0.
    pub variance: f64,
}

/// How τ², the variance of the true values between studies, is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heterogeneity {
    /// There is none: all studies measure the same.
    EqualEffects,
    /// By moments (`DerSimonian` and Laird 1986).
    DerSimonianLaird,
    /// By restricted maximum likelihood (Harville 1977): the usual choice.
    RestrictedLikelihood,
    /// So that the studies fit exactly as well as they should (Paule and Mandel 1982).
    PauleMandel,
}

/// Studies taken together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MetaAnalysis {
    /// The mean of the true values.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Variance of the true values between studies, τ².
    pub tau_squared: f64,
    /// Cochran's Q: squared misfits if all measured the same.
    pub q: f64,
    /// Probability of a Q as large if they did.
    pub q_p_value: f64,
    /// I²: the part of all variance that lies between studies, from 0 to 1.
    pub i_squared: f64,
}

/// Sums over studies with a between-study variance.
#[derive(Clone, Copy, Debug)]
struct Weighted {
    /// Σw, Σw², Σw³.
    sums: [f64; 3],
    mean: f64,
    /// Σw(y − mean)², Σw²(y − mean)².
    misfits: [f64; 2],
}

impl Weighted {
    fn new(studies: &[Study], tau_squared: f64) -> Self {
        let weight = |study: &Study| 1.0 / (study.variance + tau_squared);
        let sum =
            |term: &dyn Fn(&Study, f64) -> f64| studies.iter().map(|study| term(study, weight(study))).sum::<f64>();
        let sums = [sum(&|_, w| w), sum(&|_, w| w * w), sum(&|_, w| w * w * w)];
        let mean = sum(&|study, w| w * study.value) / sum(&|_, w| w);
        let squared = |study: &Study| (study.value - mean) * (study.value - mean);
        Self { sums, mean, misfits: [sum(&|study, w| w * squared(study)), sum(&|study, w| w * w * squared(study))] }
    }
}

/// The mean of studies, and how much they differ beyond their errors.
///
/// # Errors
///
/// See [`PoolFault`]; at least two studies are needed.
pub fn meta_analysis(studies: &[Study], method: Heterogeneity) -> Result<MetaAnalysis, PoolFault> {
    let wrong = |(index, study): (usize, &Study)| {
        let variance = study.variance.is_finite() && study.variance > 0.0;
        let what = if study.value.is_finite() { "the variance" } else { "the value" };
        (!(variance && study.value.is_finite())).then_some(PoolFault::Number { index, what })
    };
    if let Some(fault) = studies.iter().enumerate().find_map(wrong) {
        return Err(fault);
    }
    let degrees = match u32::try_from(studies.len()) {
        Ok(count) if count > 1 => f64::from(count - 1),
        _ => return Err(PoolFault::TooFew { found: studies.len(), needed: 2 }),
    };
    let fixed = Weighted::new(studies, 0.0);
    let [sum, squares, _] = fixed.sums;
    let [q, _] = fixed.misfits;
    let typical = degrees * sum / (sum * sum - squares);
    let tau_squared = match method {
        Heterogeneity::EqualEffects => 0.0,
        Heterogeneity::DerSimonianLaird => ((q - degrees) / (sum - squares / sum)).max(0.0),
        Heterogeneity::RestrictedLikelihood => restricted_likelihood(studies).ok_or(PoolFault::NotFinite)?,
        Heterogeneity::PauleMandel => paule_mandel(studies, degrees).ok_or(PoolFault::NotFinite)?,
    };
    let i_squared = match method {
        Heterogeneity::EqualEffects => ((q - degrees) / q).max(0.0),
        _ => tau_squared / (tau_squared + typical),
    };
    let pooled = Weighted::new(studies, tau_squared);
    let [sum, ..] = pooled.sums;
    let standard_error = 1.0 / sum.sqrt();
    let half = normal_quantile(0.975) * standard_error;
    let (mean, interval) = (pooled.mean, (pooled.mean - half, pooled.mean + half));
    let q_p_value = chi_square_tail(q, degrees);
    let found = [mean, standard_error, tau_squared, q, q_p_value, i_squared];
    let finite = found.iter().all(|value| value.is_finite());
    let result = MetaAnalysis { mean, standard_error, interval, tau_squared, q, q_p_value, i_squared };
    if finite { Ok(result) } else { Err(PoolFault::NotFinite) }
}

/// Fisher's scoring (Viechtbauer 2005, equation 11), never below zero.
fn restricted_likelihood(studies: &[Study]) -> Option<f64> {
    let mut tau_squared = 0.0_f64;
    for _ in 0..1000 {
        let Weighted { sums: [sum, squares, cubes], misfits: [_, misfit], .. } = Weighted::new(studies, tau_squared);
        let trace = sum - squares / sum;
        let trace_of_square = squares - 2.0 * cubes / sum + squares * squares / (sum * sum);
        let next = (tau_squared + (misfit - trace) / trace_of_square).max(0.0);
        let settled = (next - tau_squared).abs() <= 1e-12 * (1.0 + tau_squared);
        tau_squared = next;
        if settled {
            return Some(tau_squared);
        }
    }
    None
}

/// The τ² at which the squared misfits are as large as expected.
fn paule_mandel(studies: &[Study], degrees: f64) -> Option<f64> {
    let excess = |tau_squared: f64| {
        let [q, _] = Weighted::new(studies, tau_squared).misfits;
        q - degrees
    };
    if excess(0.0) <= 0.0 {
        return Some(0.0);
    }
    // with τ² at the sum of all squared differences, no misfit is above one
    let mean = Weighted::new(studies, 0.0).mean;
    let high: f64 = studies.iter().map(|study| (study.value - mean) * (study.value - mean)).sum();
    find_root(excess, 0.0, high.max(1e-300), 1e-14 * high)
}
