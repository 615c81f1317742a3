//! Forms: how an uncertain quantity is stated, and the distribution that it means.
//!
//! "50,000 to 150,000" is a lognormal whose central 90 % it covers in one program and a triangle in another. Here a form
//! and a coverage are always named: [`Form::lognormal_from_interval`], [`Form::triangular`], and so on. Forms sample from a
//! keyed [`Stream`], so that the draws of one parameter do not depend on the others.
//!
//! ```
//! use plumb_weigh::{draws::Stream, form::Form};
//! let workers = Form::lognormal_from_interval(50_000.0, 150_000.0, 0.9)?;
//! assert!((workers.quantile(0.05) - 50_000.0).abs() < 1e-6);
//! let draws = workers.sample(1000, &mut Stream::new(1, "workers"));
//! assert!(draws.iter().all(|x| *x > 0.0));
//! # Ok::<(), plumb_weigh::form::FormError>(())
//! ```

mod correlate;
mod error;
mod metalog;
mod moments;

pub use correlate::{CorrelationError, correlate};
pub use error::FormError;
pub use metalog::{Metalog, MetalogBounds};

use crate::draws::Stream;
use crate::draws::exponential::exp_each;
use crate::statistics::{
    beta_cdf, beta_quantile, find_root, normal_cdf, normal_half_width, normal_quantile, sorted_quantile,
};
use error::{coverage, finite, positive, rising};

/// An uncertain quantity: a distribution with parameters that exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Form(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Point(f64),
    Normal { mean: f64, sd: f64 },
    LogNormal { mu: f64, sigma: f64 },
    Uniform { low: f64, high: f64 },
    LogUniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Beta { alpha: f64, beta: f64, low: f64, high: f64 },
    Metalog(Metalog),
    Mixture(Vec<(f64, Form)>),
    Empirical(Vec<f64>),
}

impl Form {
    /// A value without doubt.
    ///
    /// # Errors
    ///
    /// [`FormError::NotFinite`].
    pub fn point(value: f64) -> Result<Self, FormError> {
        Ok(Self(Kind::Point(finite("point", "the value", value)?)))
    }

    /// A normal distribution.
    ///
    /// # Errors
    ///
    /// [`FormError`] unless both are finite and the standard deviation is above zero.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, FormError> {
        let form = "normal";
        Ok(Self(Kind::Normal {
            mean: finite(form, "the mean", mean)?,
            sd: positive(form, "the standard deviation", sd)?,
        }))
    }

    /// The normal distribution whose central part `share` lies between the ends.
    ///
    /// # Errors
    ///
    /// [`FormError`] for reversed ends or an impossible coverage.
    pub fn normal_from_interval(low: f64, high: f64, share: f64) -> Result<Self, FormError> {
        let (low, high) = rising("normal", low, high)?;
        let width = normal_half_width(coverage("normal", share)?);
        Self::normal(0.5 * low + 0.5 * high, (0.5 * high - 0.5 * low) / width)
    }

    /// A lognormal distribution by mean and standard deviation of its logarithm.
    ///
    /// # Errors
    ///
    /// [`FormError`] unless both are finite and `sigma` is above zero.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, FormError> {
        let form = "lognormal";
        let sigma = positive(form, "sigma", sigma)?;
        Ok(Self(Kind::LogNormal { mu: finite(form, "mu", mu)?, sigma }))
    }

    /// The lognormal distribution whose central part `share` lies between the ends.
    ///
    /// # Errors
    ///
    /// [`FormError`] for ends that are not above zero, reversed ends or an impossible coverage.
    pub fn lognormal_from_interval(low: f64, high: f64, share: f64) -> Result<Self, FormError> {
        let form = "lognormal";
        positive(form, "the low end", low)?;
        let (low, high) = rising(form, low, high)?;
        let width = normal_half_width(coverage(form, share)?);
        let (low, high) = (libm::log(low), libm::log(high));
        Self::lognormal(0.5 * (low + high), 0.5 * (high - low) / width)
    }

    /// Every value between the ends alike.
    ///
    /// # Errors
    ///
    /// [`FormError`] for reversed ends.
    pub fn uniform(low: f64, high: f64) -> Result<Self, FormError> {
        let (low, high) = rising("uniform", low, high)?;
        finite("uniform", "the width", high - low)?;
        Ok(Self(Kind::Uniform { low, high }))
    }

    /// Every order of magnitude between the ends alike.
    ///
    /// # Errors
    ///
    /// [`FormError`] for ends that are not above zero, or reversed.
    pub fn loguniform(low: f64, high: f64) -> Result<Self, FormError> {
        positive("loguniform", "the low end", low)?;
        let (low, high) = rising("loguniform", low, high)?;
        Ok(Self(Kind::LogUniform { low, high }))
    }

    /// A triangle over low, most likely and high value.
    ///
    /// # Errors
    ///
    /// [`FormError`] unless low ≤ mode ≤ high and low < high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, FormError> {
        let (low, mode, high) = three("triangular", low, mode, high)?;
        Ok(Self(Kind::Triangular { low, mode, high }))
    }

    /// The PERT distribution with weight 4 on the mode (Malcolm and others 1959): a beta over low, most likely and high
    /// value, smoother than the triangle and less drawn to its ends.
    ///
    /// # Errors
    ///
    /// As [`Form::triangular`].
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, FormError> {
        let (low, mode, high) = three("PERT", low, mode, high)?;
        let alpha = 1.0 + 4.0 * ((mode - low) / (high - low));
        let beta = 1.0 + 4.0 * ((high - mode) / (high - low));
        Ok(Self(Kind::Beta { alpha, beta, low, high }))
    }

    /// A beta distribution on 0 to 1.
    ///
    /// # Errors
    ///
    /// [`FormError`] unless both parameters are finite and above zero.
    pub fn beta(alpha: f64, beta: f64) -> Result<Self, FormError> {
        let (alpha, beta) = (positive("beta", "alpha", alpha)?, positive("beta", "beta", beta)?);
        Ok(Self(Kind::Beta { alpha, beta, low: 0.0, high: 1.0 }))
    }

    /// The beta distribution with this mean and standard deviation.
    ///
    /// # Errors
    ///
    /// [`FormError`] for a mean outside 0 to 1, or a standard deviation of √(mean(1 − mean)) and more, which none has.
    pub fn beta_from_mean(mean: f64, sd: f64) -> Result<Self, FormError> {
        inside_unit("the mean", mean)?;
        positive("beta", "the standard deviation", sd)?;
        let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
        if size > 0.0 && size.is_finite() {
            return Self::beta(mean * size, (1.0 - mean) * size);
        }
        Err(FormError::Impossible { form: "beta", what: format!("mean {mean} and standard deviation {sd}") })
    }

    /// The beta distribution whose central part `share` lies between the ends: for shares such as "70 to 90 %".
    ///
    /// # Errors
    ///
    /// [`FormError`] for ends outside 0 to 1, reversed ends, or when no beta fits.
    pub fn beta_from_interval(low: f64, high: f64, share: f64) -> Result<Self, FormError> {
        let (low, high) = rising("beta", low, high)?;
        inside_unit("the low end", low)?;
        inside_unit("the high end", high)?;
        let tail = 0.5 * (1.0 - coverage("beta", share)?);
        // for each concentration one mean gives the low end; the right concentration gives the high end as well
        let mean_for = |size: f64| {
            let miss = |mean: f64| beta_cdf(low, mean * size, (1.0 - mean) * size) - tail;
            find_root(miss, 1e-9, 1.0 - 1e-9, 1e-14)
        };
        let miss = |ln_size: f64| {
            let size = libm::exp(ln_size);
            mean_for(size).map_or(f64::NAN, |mean| beta_cdf(high, mean * size, (1.0 - mean) * size) - (1.0 - tail))
        };
        let size = find_root(miss, libm::log(0.05), libm::log(1e7), 1e-13).map(libm::exp);
        let found = size.and_then(|size| mean_for(size).map(|mean| (mean * size, (1.0 - mean) * size)));
        let what = || format!("{share} of its weight between {low} and {high}");
        let (alpha, beta) = found.ok_or_else(|| FormError::Impossible { form: "beta", what: what() })?;
        Self::beta(alpha, beta)
    }

    /// The metalog distribution through stated quantiles; see [`Metalog::through`].
    ///
    /// # Errors
    ///
    /// As [`Metalog::through`].
    pub fn metalog(points: &[(f64, f64)], terms: usize, bounds: MetalogBounds) -> Result<Self, FormError> {
        Ok(Self(Kind::Metalog(Metalog::through(points, terms, bounds)?)))
    }

    /// Several forms, each true with a probability proportional to its weight.
    ///
    /// # Errors
    ///
    /// [`FormError`] when a weight is negative or not finite, or none is above zero.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, FormError> {
        let form = "mixture";
        let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
        finite(form, "a weight", total)?;
        if parts.iter().any(|(weight, _)| *weight < 0.0) || total <= 0.0 {
            return Err(FormError::Empty {
                form,
                what: "its weights must not be negative, and one must be above zero",
            });
        }
        let shares = parts.into_iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, part)| (weight / total, part));
        Ok(Self(Kind::Mixture(shares.collect())))
    }

    /// One of the listed values, each alike.
    ///
    /// # Errors
    ///
    /// [`FormError`] for an empty list or a value that is not finite.
    pub fn empirical(mut values: Vec<f64>) -> Result<Self, FormError> {
        let form = "empirical list";
        values.iter().try_for_each(|value| finite(form, "a value", *value).map(|_| ()))?;
        if values.is_empty() {
            return Err(FormError::Empty { form, what: "it has no value" });
        }
        values.sort_by(f64::total_cmp);
        Ok(Self(Kind::Empirical(values)))
    }

    /// `n` draws.
    pub fn sample(&self, n: usize, stream: &mut Stream) -> Vec<f64> {
        let mut out = vec![0.0; n];
        self.fill(stream, &mut out);
        out
    }

    /// Fills a slice with draws.
    pub fn fill(&self, stream: &mut Stream, out: &mut [f64]) {
        match &self.0 {
            Kind::Point(value) => out.fill(*value),
            Kind::Normal { mean, sd } => {
                stream.fill_normal(out);
                for z in out {
                    *z = mean + sd * *z;
                }
            }
            Kind::LogNormal { mu, sigma } => {
                stream.fill_normal(out);
                exp_each(out, *mu, *sigma);
            }
            Kind::Beta { alpha, beta, low, high } => {
                for slot in out {
                    *slot = low + (high - low) * stream.beta(*alpha, *beta);
                }
            }
            Kind::Mixture(parts) => {
                let weights: Vec<f64> = parts.iter().map(|(weight, _)| *weight).collect();
                for slot in out {
                    let chosen = stream.choose(&weights).and_then(|index| parts.get(index));
                    if let Some((_, part)) = chosen {
                        part.fill(stream, std::slice::from_mut(slot));
                    }
                }
            }
            Kind::Empirical(values) => out.fill_with(|| {
                let index = usize::try_from(stream.below(values.len() as u64)).unwrap_or(0);
                values.get(index).copied().unwrap_or(f64::NAN)
            }),
            _ => {
                stream.fill_uniform(out);
                for u in out {
                    *u = self.quantile(*u);
                }
            }
        }
    }

    /// The value that it stays below with probability `p`. At 0 and 1 the ends of its range, which may be infinite; NaN
    /// outside 0 to 1.
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        match &self.0 {
            Kind::Point(value) => *value,
            Kind::Normal { mean, sd } => mean + sd * normal_quantile(p),
            Kind::LogNormal { mu, sigma } => libm::exp(mu + sigma * normal_quantile(p)),
            Kind::Uniform { low, high } => low + p * (high - low),
            Kind::LogUniform { low, high } => low * libm::exp(p * libm::log(high / low)),
            Kind::Triangular { low, mode, high } => triangular_quantile(p, *low, *mode, *high),
            Kind::Beta { alpha, beta, low, high } => low + (high - low) * beta_quantile(p, *alpha, *beta),
            Kind::Metalog(metalog) => metalog.quantile(p),
            Kind::Empirical(values) => sorted_quantile(values, p).unwrap_or(f64::NAN),
            Kind::Mixture(parts) => self.mixture_quantile(p, parts),
        }
    }

    fn mixture_quantile(&self, p: f64, parts: &[(f64, Self)]) -> f64 {
        let ends = || parts.iter().map(|(_, part)| part.quantile(p));
        let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
        if low >= high || !low.is_finite() || !high.is_finite() {
            return if p < 0.5 { low } else { high };
        }
        // a jump of the distribution function at either end counts as reached
        if self.cdf(low) >= p {
            return low;
        }
        find_root(|x| self.cdf(x) - p, low, high, 0.0).unwrap_or(high)
    }

    /// The probability that it is at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match &self.0 {
            Kind::Point(value) => f64::from(u8::from(x >= *value)),
            Kind::Normal { mean, sd } => normal_cdf((x - mean) / sd),
            Kind::LogNormal { .. } if x <= 0.0 => 0.0,
            Kind::LogNormal { mu, sigma } => normal_cdf((libm::log(x) - mu) / sigma),
            Kind::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Kind::LogUniform { low, .. } if x <= *low => 0.0,
            Kind::LogUniform { low, high } => (libm::log(x / low) / libm::log(high / low)).min(1.0),
            Kind::Triangular { low, mode, high } => triangular_cdf(x, *low, *mode, *high),
            Kind::Beta { alpha, beta, low, high } => beta_cdf((x - low) / (high - low), *alpha, *beta),
            Kind::Metalog(metalog) => metalog.cdf(x),
            Kind::Mixture(parts) => parts.iter().map(|(weight, part)| weight * part.cdf(x)).sum(),
            Kind::Empirical(values) => {
                let at_most = values.partition_point(|value| *value <= x);
                crate::statistics::count(values.get(..at_most).unwrap_or_default()) / crate::statistics::count(values)
            }
        }
    }
}

fn three(form: &'static str, low: f64, mode: f64, high: f64) -> Result<(f64, f64, f64), FormError> {
    let (low, high) = rising(form, low, high)?;
    finite(form, "the width", high - low)?;
    if (low..=high).contains(&mode) {
        return Ok((low, mode, high));
    }
    Err(FormError::Outside { form, parameter: "the mode", value: mode, low, high })
}

fn inside_unit(parameter: &'static str, value: f64) -> Result<(), FormError> {
    if value > 0.0 && value < 1.0 {
        return Ok(());
    }
    Err(FormError::Outside { form: "beta", parameter, value, low: 0.0, high: 1.0 })
}

fn triangular_quantile(p: f64, low: f64, mode: f64, high: f64) -> f64 {
    let turn = (mode - low) / (high - low);
    if p <= turn {
        low + (p * (high - low) * (mode - low)).sqrt()
    } else {
        high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
    }
}

fn triangular_cdf(x: f64, low: f64, mode: f64, high: f64) -> f64 {
    if x <= low || x >= high {
        return if x <= low { 0.0 } else { 1.0 };
    }
    if x <= mode {
        (x - low) / (high - low) * ((x - low) / (mode - low))
    } else {
        1.0 - (high - x) / (high - low) * ((high - x) / (high - mode))
    }
}
