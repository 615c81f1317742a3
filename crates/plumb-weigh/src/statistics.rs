//! Statistics that the engines share: the normal, chi-square and beta distributions, quantiles and moments of samples, roots.
//!
//! All transcendental functions come from `libm`, so the digits are the same on every machine. Functions are total: an
//! argument outside the domain gives NaN (distributions) or `None` (samples, roots), never a panic; callers check their
//! input first and name it in a typed error.

mod samples;

use std::f64::consts::{PI, SQRT_2};

pub use samples::{correlation, count, mean, quantiles, rank_correlation, ranks, sorted_quantile, sum, variance};

/// ln √(2π).
pub const LN_SQRT_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// Density of the standard normal distribution at `z`.
pub fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z - LN_SQRT_TWO_PI)
}

/// Probability that a standard normal variable is at most `z`; full relative precision in the lower tail.
///
/// ```
/// use plumb_weigh::statistics::normal_cdf;
/// assert!((normal_cdf(1.6448536269514722) - 0.95).abs() < 1e-15);
/// ```
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / SQRT_2)
}

/// Logarithm of [`normal_cdf`], finite far into the lower tail where the probability itself underflows.
///
/// Below −30 it uses the asymptotic series of Mills' ratio (Abramowitz and Stegun 26.2.12), exact to 10⁻⁹ there.
pub fn ln_normal_cdf(z: f64) -> f64 {
    if z > 0.0 {
        return libm::log1p(-normal_cdf(-z));
    }
    if z > -30.0 {
        return libm::log(normal_cdf(z));
    }
    let inverse_square = 1.0 / (z * z);
    let series = 1.0 - inverse_square * (1.0 - 3.0 * inverse_square * (1.0 - 5.0 * inverse_square));
    -0.5 * z * z - LN_SQRT_TWO_PI - libm::log(-z) + libm::log(series)
}

/// φ(z)/Φ(z): the slope of [`ln_normal_cdf`], by which a one-sided claim pulls.
pub fn normal_hazard(z: f64) -> f64 {
    libm::exp(-0.5 * z * z - LN_SQRT_TWO_PI - ln_normal_cdf(z))
}

/// The value that a standard normal variable stays below with probability `p`; ±infinity at 1 and 0, NaN outside.
///
/// Algorithm AS 241 (Wichura 1988, Applied Statistics 37), rational approximations with a relative error near 10⁻¹⁶.
pub fn normal_quantile(p: f64) -> f64 {
    let from_middle = p - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * horner(&AS241_MIDDLE_TOP, r) / horner(&AS241_MIDDLE_BOTTOM, r);
    }
    let tail = if from_middle < 0.0 { p } else { 1.0 - p };
    if tail.is_nan() || tail <= 0.0 {
        return if tail == 0.0 { from_middle.signum() * f64::INFINITY } else { f64::NAN };
    }
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 {
        horner(&AS241_NEAR_TOP, r - 1.6) / horner(&AS241_NEAR_BOTTOM, r - 1.6)
    } else {
        horner(&AS241_FAR_TOP, r - 5.0) / horner(&AS241_FAR_BOTTOM, r - 5.0)
    };
    from_middle.signum() * z
}

/// A polynomial with the highest coefficient first.
fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

// The coefficients of AS 241, highest power first.
const AS241_MIDDLE_TOP: [f64; 8] = [
    2_509.080_928_730_122_7,
    33_430.575_583_588_13,
    67_265.770_927_008_7,
    45_921.953_931_549_87,
    13_731.693_765_509_46,
    1_971.590_950_306_551_3,
    133.141_667_891_784_38,
    3.387_132_872_796_366_5,
];
const AS241_MIDDLE_BOTTOM: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
const AS241_NEAR_TOP: [f64; 8] = [
    0.000_774_545_014_278_341_4,
    0.022_723_844_989_269_184,
    0.241_780_725_177_450_6,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const AS241_NEAR_BOTTOM: [f64; 8] = [
    1.050_750_071_644_416_9e-9,
    0.000_547_593_808_499_534_5,
    0.015_198_666_563_616_457,
    0.148_103_976_427_480_08,
    0.689_767_334_985_1,
    1.676_384_830_183_803_8,
    2.053_191_626_637_759,
    1.0,
];
const AS241_FAR_TOP: [f64; 8] = [
    2.010_334_399_292_288_1e-7,
    2.711_555_568_743_487_6e-5,
    0.001_242_660_947_388_078_4,
    0.026_532_189_526_576_124,
    0.296_560_571_828_504_87,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const AS241_FAR_BOTTOM: [f64; 8] = [
    2.044_263_103_389_939_7e-15,
    1.421_511_758_316_446e-7,
    1.846_318_317_510_054_8e-5,
    0.000_786_869_131_145_613_3,
    0.014_875_361_290_850_615,
    0.136_929_880_922_735_8,
    0.599_832_206_555_888,
    1.0,
];

/// Half the width of a central interval in standard deviations: 1.6449 for a coverage of 0.9.
pub fn normal_half_width(coverage: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * coverage)
}

/// The most terms a continued fraction or series may take. Both need about √parameter terms, so this serves
/// parameters up to 10⁸.
const MOST_TERMS: usize = 20_000;
/// Relative size below which a further term no longer changes a double.
const NEGLIGIBLE: f64 = 1e-16;
/// Stands for zero where the method of Lentz would divide by it.
const TINY: f64 = 1e-300;

/// Regularised upper incomplete gamma function Q(a, x), to about 10⁻¹⁴ relative, small tails included.
///
/// Series for x < a + 1, else the continued fraction by the method of Lentz (DLMF 8.11.4, 8.9.2).
pub fn gamma_tail(a: f64, x: f64) -> f64 {
    if a.is_nan() || a <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 { 1.0 - front * gamma_series(a, x) } else { front * gamma_fraction(a, x) }
}

/// Regularised lower incomplete gamma function P(a, x) = 1 − Q(a, x), with full relative precision where it is small.
pub fn gamma_head(a: f64, x: f64) -> f64 {
    if a.is_nan() || a <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x >= a + 1.0 {
        return 1.0 - gamma_tail(a, x);
    }
    libm::exp(a * libm::log(x) - x - libm::lgamma(a)) * gamma_series(a, x)
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut denominator = a;
    for _ in 0..MOST_TERMS {
        denominator += 1.0;
        term *= x / denominator;
        sum += term;
        if term < sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}

#[expect(clippy::many_single_char_names, reason = "the names of the formula in DLMF")]
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    let mut n = 0.0;
    for _ in 0..MOST_TERMS {
        n += 1.0;
        let step = -n * (n - a);
        b += 2.0;
        d = 1.0 / away_from_zero(step * d + b);
        c = away_from_zero(b + step / c);
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() < NEGLIGIBLE * 8.0 {
            break;
        }
    }
    value
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

/// Probability that a chi-square variable with `degrees` degrees of freedom is at least `x`.
///
/// ```
/// use plumb_weigh::statistics::chi_square_tail;
/// assert!((chi_square_tail(3.841458820694124, 1.0) - 0.05).abs() < 1e-12);
/// ```
pub fn chi_square_tail(x: f64, degrees: f64) -> f64 {
    gamma_tail(0.5 * degrees, 0.5 * x)
}

/// The value that a chi-square variable stays below with probability `p`; NaN unless 0 < p < 1 and `degrees` > 0.
pub fn chi_square_quantile(p: f64, degrees: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && degrees > 0.0) {
        return f64::NAN;
    }
    // mean plus forty deviations lies above any quantile that a double can name
    let high = degrees + 40.0 * (2.0 * degrees).sqrt() + 1500.0;
    find_root(|x| (1.0 - p) - chi_square_tail(x, degrees), 0.0, high, 1e-13 * high).unwrap_or(f64::NAN)
}

/// ln B(a, b).
pub fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// Probability that a beta variable is at most `x` (the regularised incomplete beta function, DLMF 8.17.22).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta(a, b));
    // the fraction converges fast on the side of the mean that it is used for
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

#[expect(clippy::many_single_char_names, reason = "the names of the formula in DLMF")]
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    let mut m = 0.0;
    for _ in 0..MOST_TERMS {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        value *= c * d;
        if (c * d - 1.0).abs() < NEGLIGIBLE * 8.0 {
            break;
        }
    }
    value
}

/// The value that a beta variable stays below with probability `p`; NaN unless 0 ≤ p ≤ 1 and both parameters are positive.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    find_root(|x| beta_cdf(x, a, b) - p, 0.0, 1.0, 1e-15).unwrap_or(f64::NAN)
}

/// ln Σ exp(x), without overflow; negative infinity for an empty list.
pub fn ln_sum_exp(terms: &[f64]) -> f64 {
    let highest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if highest == f64::NEG_INFINITY {
        return highest;
    }
    highest + libm::log(terms.iter().map(|term| libm::exp(term - highest)).sum())
}

/// A root of `f` between `low` and `high`, where its sign must differ; `None` otherwise or when `f` gives NaN.
///
/// Chandrupatla's method (1997, Advances in Engineering Software 28): inverse quadratic interpolation where it is safe,
/// bisection elsewhere. Stops when the bracket is narrower than `tolerance` or the limits of a double.
#[expect(clippy::many_single_char_names, reason = "the names of the paper")]
pub fn find_root(mut f: impl FnMut(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = ((high, f(high)), (low, f(low)));
    let mut c;
    if a.1 == 0.0 {
        return Some(a.0);
    }
    if b.1 == 0.0 {
        return Some(b.0);
    }
    if a.1.signum() * b.1.signum() >= 0.0 || a.1.is_nan() || b.1.is_nan() {
        return None;
    }
    let mut fraction = 0.5;
    for _ in 0..200 {
        let x = a.0 + fraction * (b.0 - a.0);
        let t = (x, f(x));
        if t.1.is_nan() {
            return None;
        }
        if t.1.signum() * a.1.signum() > 0.0 {
            c = a;
        } else {
            c = b;
            b = a;
        }
        a = t;
        let best = if a.1.abs() < b.1.abs() { a } else { b };
        let limit = (2.0 * f64::EPSILON * best.0.abs() + 0.5 * tolerance) / (b.0 - c.0).abs().max((b.0 - a.0).abs());
        if best.1 == 0.0 || limit > 0.5 {
            return Some(best.0);
        }
        fraction = next_fraction(a, b, c).clamp(limit, 1.0 - limit);
    }
    Some(a.0)
}

/// Where between `a` and `b` to look next: by inverse quadratic interpolation through the three points, if they allow it.
fn next_fraction(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> f64 {
    let xi = (a.0 - b.0) / (c.0 - b.0);
    let phi = (a.1 - b.1) / (c.1 - b.1);
    if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
        let first = a.1 / (b.1 - a.1) * c.1 / (b.1 - c.1);
        let second = (c.0 - a.0) / (b.0 - a.0) * a.1 / (c.1 - a.1) * b.1 / (c.1 - b.1);
        return first + second;
    }
    0.5
}

/// Mean of a function of a normal variable, by Gauss–Hermite quadrature with 20 nodes: exact for polynomials of degree 39.
pub fn normal_expectation(middle: f64, deviation: f64, f: impl Fn(f64) -> f64) -> f64 {
    let total: f64 = HERMITE
        .iter()
        .map(|(node, weight)| {
            let step = SQRT_2 * deviation * node;
            weight * (f(middle + step) + f(middle - step))
        })
        .sum();
    total / PI.sqrt()
}

// Positive nodes and weights of the 20-point Gauss–Hermite rule (Abramowitz and Stegun, table 25.10).
const HERMITE: [(f64, f64); 10] = [
    (0.245_340_708_300_901_24, 4.622_436_696_006_101e-1),
    (0.737_473_728_545_394_4, 2.866_755_053_628_341e-1),
    (1.234_076_215_395_323, 1.090_172_060_200_233e-1),
    (1.738_537_712_116_586_2, 2.481_052_088_746_361e-2),
    (2.254_974_002_089_275_5, 3.243_773_342_237_861_6e-3),
    (2.788_806_058_428_130_5, 2.283_386_360_163_539_6e-4),
    (3.347_854_567_383_216_4, 7.802_556_478_532_064e-6),
    (3.944_764_040_115_625, 1.086_069_370_769_281_7e-7),
    (4.603_682_449_550_744, 4.399_340_992_273_176e-10),
    (5.387_480_890_011_233, 2.229_393_645_534_151_4e-13),
];
