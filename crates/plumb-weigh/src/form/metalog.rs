//! The metalog distributions (Keelin 2016, "The metalog distributions", Decision Analysis 13): a quantile function that
//! is linear in its coefficients, so that a few stated quantiles fix it.

use crate::matrix::{Matrix, dot};
use crate::statistics::find_root;

use super::FormError;
use super::error::finite;

const FORM: &str = "metalog";
/// A handful of quantiles cannot carry more terms; Keelin recommends 3 to 5 for assessed ones.
const MOST_TERMS: usize = 5;

/// Where a metalog quantity may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MetalogBounds {
    /// Anywhere.
    None,
    /// Above this.
    Below(f64),
    /// Under this.
    Above(f64),
    /// Between these.
    Both(f64, f64),
}

impl MetalogBounds {
    /// A value on the unbounded scale (Keelin 2016, equations 9 to 12).
    fn unbound(self, x: f64) -> f64 {
        match self {
            Self::None => x,
            Self::Below(low) => libm::log(x - low),
            Self::Above(high) => -libm::log(high - x),
            Self::Both(low, high) => libm::log((x - low) / (high - x)),
        }
    }

    fn bind(self, m: f64) -> f64 {
        match self {
            Self::None => m,
            Self::Below(low) => low + libm::exp(m),
            Self::Above(high) => high - libm::exp(-m),
            Self::Both(low, high) => low + (high - low) / (1.0 + libm::exp(-m)),
        }
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Self::None => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Below(low) => (low, f64::INFINITY),
            Self::Above(high) => (f64::NEG_INFINITY, high),
            Self::Both(low, high) => (low, high),
        }
    }
}

/// A metalog distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Metalog {
    coefficients: Vec<f64>,
    bounds: MetalogBounds,
}

/// The basis functions at probability `p`: 1, the logit, and products of the logit with powers of p − ½ (equation 6).
fn basis(p: f64) -> [f64; MOST_TERMS] {
    let logit = libm::log(p / (1.0 - p));
    let middle = p - 0.5;
    [1.0, logit, middle * logit, middle, middle * middle]
}

/// The slopes of the basis functions in the logit of p, where dp/dlogit = p(1 − p).
fn slopes(p: f64) -> [f64; MOST_TERMS] {
    let logit = libm::log(p / (1.0 - p));
    let (middle, rate) = (p - 0.5, p * (1.0 - p));
    [0.0, 1.0, middle + logit * rate, rate, 2.0 * middle * rate]
}

impl Metalog {
    /// The distribution with `terms` terms whose quantiles come closest to the `points` (probability, value): through all
    /// of them when there are as many points as terms, else by least squares on the unbounded scale.
    ///
    /// # Errors
    ///
    /// [`FormError`] when there are fewer points than terms, when a point lies outside its bounds, when points repeat, or
    /// when the fitted quantile function falls somewhere, so that it is no distribution.
    pub fn through(points: &[(f64, f64)], terms: usize, bounds: MetalogBounds) -> Result<Self, FormError> {
        if !(2..=MOST_TERMS).contains(&terms) || points.len() < terms {
            return Err(FormError::Impossible {
                form: FORM,
                what: format!("{terms} terms and {} points", points.len()),
            });
        }
        let rows = points.iter().map(|point| row(*point, bounds)).collect::<Result<Vec<_>, _>>()?;
        let coefficients = fit(&rows, terms)
            .ok_or_else(|| FormError::Impossible { form: FORM, what: "points with the same probability".to_owned() })?;
        let metalog = Self { coefficients, bounds };
        if metalog.rises() {
            return Ok(metalog);
        }
        Err(FormError::Impossible { form: FORM, what: "these quantiles: its quantile function would fall".to_owned() })
    }

    /// The coefficients a₁, a₂, …
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// The value that it stays below with probability `p`; the bounds, or ±infinity, at 0 and 1, NaN outside.
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let (low, high) = self.bounds.ends();
        if p <= 0.0 || p >= 1.0 {
            return if p <= 0.0 { low } else { high };
        }
        self.bounds.bind(dot(&self.coefficients, &basis(p)))
    }

    /// The probability of staying at or below `x`, by inverting the quantile function.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        let (low, high) = self.bounds.ends();
        if x <= low || x >= high {
            return if x <= low { 0.0 } else { 1.0 };
        }
        let target = self.bounds.unbound(x);
        let probability = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
        let height = |logit: f64| dot(&self.coefficients, &basis(probability(logit))) - target;
        match find_root(height, -FARTHEST, FARTHEST, 1e-12) {
            Some(logit) => probability(logit),
            None => f64::from(u8::from(height(0.0) < 0.0)),
        }
    }

    /// Whether the quantile function rises everywhere: looked at on 2,001 places of the logit, which is where a fall of a
    /// function with at most five terms would show, and at both ends.
    fn rises(&self) -> bool {
        let places = (0..=2000).map(|step| FARTHEST * (f64::from(step) / 1000.0 - 1.0));
        let probability = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
        let (low, high) = self.tails();
        low > 0.0 && high > 0.0 && places.map(probability).all(|p| dot(&self.coefficients, &slopes(p)) > 0.0)
    }

    /// The slope in the logit towards both ends.
    fn tails(&self) -> (f64, f64) {
        let term = |index: usize| self.coefficients.get(index).copied().unwrap_or(0.0);
        (term(1) - 0.5 * term(2), term(1) + 0.5 * term(2))
    }

    /// E (x − about)ᵏ for k = 1 or 2; `None` when it is infinite. Trapezium rule over the logit of p. The integrand is
    /// analytic up to ±iπ, so a step of 0.25 leaves an error near e^(−2π·π/0.25) (Trefethen and Weideman 2014).
    pub(super) fn moment(&self, k: i32, about: f64) -> Option<f64> {
        let (low, high) = self.tails();
        let heavy = match self.bounds {
            MetalogBounds::Below(_) => high,
            MetalogBounds::Above(_) => low,
            MetalogBounds::None | MetalogBounds::Both(..) => 0.0,
        };
        let fading = 1.0 - f64::from(k) * heavy;
        if fading <= 0.01 {
            return None;
        }
        // e⁻⁴⁰ of the mass is left out at either end; fading is above 0.01, so this is at most 16,000 steps each way
        let steps = (40..=16_000).step_by(40).find(|steps| 0.25 * f64::from(*steps) * fading.min(1.0) >= 40.0)?;
        let total: f64 = (-steps..=steps)
            .map(|index| {
                let logit = 0.25 * f64::from(index);
                let p = 1.0 / (1.0 + libm::exp(-logit));
                let rest = 1.0 / (1.0 + libm::exp(logit));
                let middle = p - 0.5;
                let m = dot(&self.coefficients, &[1.0, logit, middle * logit, middle, middle * middle]);
                let x = self.bounds.bind(m) - about;
                let power = if k == 1 { x } else { x * x };
                power * p * rest
            })
            .sum();
        Some(0.25 * total).filter(|value| value.is_finite())
    }
}

/// Beyond this logit the probability differs from 0 or 1 by less than 10⁻¹⁵.
const FARTHEST: f64 = 34.0;

fn row(point: (f64, f64), bounds: MetalogBounds) -> Result<([f64; MOST_TERMS], f64), FormError> {
    let (p, x) = point;
    if p.is_nan() || p <= 0.0 || p >= 1.0 {
        return Err(FormError::Outside { form: FORM, parameter: "the probability", value: p, low: 0.0, high: 1.0 });
    }
    finite(FORM, "a quantile", x)?;
    let target = bounds.unbound(x);
    if target.is_finite() {
        return Ok((basis(p), target));
    }
    let (low, high) = bounds.ends();
    Err(FormError::Outside { form: FORM, parameter: "the quantile", value: x, low, high })
}

/// Least squares by the normal equations; exact interpolation when there are as many rows as terms.
fn fit(rows: &[([f64; MOST_TERMS], f64)], terms: usize) -> Option<Vec<f64>> {
    if rows.len() == terms {
        let matrix = Matrix::from_rows(terms, rows.iter().map(|(row, _)| row.as_slice()));
        let targets: Vec<f64> = rows.iter().map(|(_, target)| *target).collect();
        return matrix.solve(&targets).filter(|found| found.iter().all(|a| a.is_finite()));
    }
    let mut normal = Matrix::zeros(terms, terms);
    let mut right = vec![0.0; terms];
    for (row, target) in rows {
        normal.add_outer(1.0, row.get(..terms)?);
        right.iter_mut().zip(row).for_each(|(sum, entry)| *sum += entry * target);
    }
    normal.solve(&right).filter(|found| found.iter().all(|a| a.is_finite()))
}
