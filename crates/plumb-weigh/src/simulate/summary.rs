//! Summary of a column: mean and quantiles, each with its Monte-Carlo standard error.
//!
//! The error of a mean is s/√n. The error of a quantile comes from order statistics, without any assumption about the
//! distribution: the number of draws below the p-quantile is binomial, so the order statistics one binomial standard
//! deviation, √(n·p(1 − p)), to either side lie a standard error away (Woodruff 1952, "Confidence intervals for medians
//! and other position measures", JASA 47; David and Nagaraja 2003, Order Statistics, §7.1). Half their distance is
//! reported. Draws that were rearranged to be correlated have errors a little smaller than stated.

use serde::Serialize;

use super::plan::Settings;
use crate::statistics::{count, mean, quantiles, variance};

/// A mean or quantile with its Monte-Carlo standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The value, in the unit of the output.
    pub value: f64,
    /// Standard error from the limited number of draws, in the same unit; `None` when there are too few to know.
    pub standard_error: Option<f64>,
}

/// A quantile of a column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantile {
    /// The part of the draws that lies below, above 0 and below 1.
    pub probability: f64,
    /// Its value.
    pub estimate: Estimate,
}

/// Whether the draws were enough.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Convergence {
    /// Every standard error is within the tolerance.
    Enough,
    /// A standard error exceeds the tolerance.
    Noisy {
        /// The largest standard error as a part of the width from the first to the last quantile; `None` when the quantiles
        /// coincide but the draws vary.
        part_of_width: Option<f64>,
        /// About how many draws would do, when that can be said.
        draws_needed: Option<usize>,
    },
    /// Too few draws to know the standard error of every figure.
    TooFew {
        /// About how many draws tell.
        draws_needed: usize,
    },
}

/// What the draws of one quantity say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Their mean.
    pub mean: Estimate,
    /// The quantiles asked for, in the order asked.
    pub quantiles: Vec<Quantile>,
    /// Whether there were enough draws.
    pub convergence: Convergence,
}

/// The least n·p(1 − p) at which the error of a quantile is stated: the usual limit for taking a binomial count as normal
/// (5 expected on the rarer side).
const LEAST_EXPECTED: f64 = 5.0;

/// Summarises a column of finite numbers as the settings ask; `None` for an empty column, a number that is not finite, or
/// figures that overflow.
pub fn summarise(values: &[f64], settings: &Settings) -> Option<Summary> {
    let n = count(values);
    let middle = Estimate { value: mean(values)?, standard_error: variance(values).map(|v| (v / n).sqrt()) };
    let quantiles = with_errors(values, &settings.probabilities)?;
    let figures = || quantiles.iter().map(|one| one.estimate).chain([middle]);
    if !figures().all(|one| one.value.is_finite() && one.standard_error.is_none_or(f64::is_finite)) {
        return None;
    }
    let convergence = convergence(n, middle, &quantiles, settings.tolerance);
    Some(Summary { mean: middle, quantiles, convergence })
}

fn with_errors(values: &[f64], probabilities: &[f64]) -> Option<Vec<Quantile>> {
    let n = count(values);
    let deviation = |p: f64| (p * (1.0 - p) / n).sqrt();
    let around = |p: &f64| [p - deviation(*p), *p, p + deviation(*p)].map(|p| p.clamp(0.0, 1.0));
    let places: Vec<f64> = probabilities.iter().flat_map(around).collect();
    let found = quantiles(values, &places)?;
    let quantile = |(probability, around): (&f64, &[f64])| {
        let [low, value, high] = around else { return None };
        let known = n * probability * (1.0 - probability) >= LEAST_EXPECTED;
        let standard_error = known.then_some(0.5 * (high - low));
        Some(Quantile { probability: *probability, estimate: Estimate { value: *value, standard_error } })
    };
    probabilities.iter().zip(found.chunks(3)).map(quantile).collect()
}

/// A standard error below this part of the figure itself is never warned about: no page shows seven digits, and the
/// difference of two scenarios that is the same in every draw still varies by rounding.
const NEGLIGIBLE: f64 = 1e-6;

fn convergence(n: f64, middle: Estimate, quantiles: &[Quantile], tolerance: f64) -> Convergence {
    let figures = || quantiles.iter().map(|one| one.estimate).chain([middle]);
    if figures().any(|one| one.standard_error.is_none()) {
        let rarest = quantiles.iter().map(|one| one.probability * (1.0 - one.probability)).fold(0.25, f64::min);
        return Convergence::TooFew { draws_needed: rounded_up(LEAST_EXPECTED / rarest) };
    }
    let ends = quantiles.first().zip(quantiles.last());
    let width = ends.map_or(0.0, |(first, last)| last.estimate.value - first.estimate.value);
    let visible = |one: Estimate| one.standard_error.filter(|error| *error > NEGLIGIBLE * one.value.abs());
    let largest = figures().filter_map(visible).fold(0.0, f64::max);
    if largest <= tolerance * width {
        return Convergence::Enough;
    }
    let part_of_width = Some(largest / width).filter(|part| part.is_finite());
    // errors fall with the root of the number of draws
    let draws_needed = part_of_width.map(|part| rounded_up(n * (part / tolerance) * (part / tolerance)));
    Convergence::Noisy { part_of_width, draws_needed }
}

/// Up to the next number with two significant digits: it is an estimate.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number; too large saturates")]
fn rounded_up(draws: f64) -> usize {
    let mut step = 1.0;
    while draws / step > 100.0 {
        step *= 10.0;
    }
    ((draws / step).ceil() * step) as usize
}
