//! How probable a bound is that is taken within a spread, from a table: ln Φ(z) and its slope, many times as fast as from their formulas.
//!
//! Between the entries of the table runs the polynomial of degree five that has their values, slopes and curvatures (Hermite), so that
//! height and slope fit together as a swing needs them to.

use crate::statistics::{ln_normal_cdf, normal_hazard};

/// From here on a bound is as good as kept: what is left is 5·10⁻¹⁷, less than a double adds to one.
const FAR: f64 = 8.3;
/// Below here the formulas take over; walks are hardly ever there.
const LOW: f64 = -10.0;
/// Entries for a unit: the polynomial is within 10⁻¹² of ln Φ, and its slope within 10⁻¹⁰.
const DENSITY: f64 = 32.0;

/// The table.
pub(super) struct Bound {
    /// For each interval the coefficients of its polynomial in the part of it that is passed, the lowest power first.
    intervals: Vec<[f64; 6]>,
}

impl Bound {
    pub(super) fn new() -> Self {
        let mut intervals = Vec::new();
        let (mut number, mut last) = (0.0, knot(LOW));
        while LOW + number / DENSITY < FAR {
            number += 1.0;
            let next = knot(LOW + number / DENSITY);
            intervals.push(between(last, next));
            last = next;
        }
        Self { intervals }
    }

    /// ln Φ(z).
    #[inline]
    pub(super) fn height(&self, z: f64) -> f64 {
        if z > FAR {
            return 0.0;
        }
        let Some(([a, b, c, d, e, f], x)) = self.at(z) else { return ln_normal_cdf(z) };
        a + x * (b + x * (c + x * (d + x * (e + x * f))))
    }

    /// Its slope.
    #[inline]
    pub(super) fn slope(&self, z: f64) -> f64 {
        if z > FAR {
            return 0.0;
        }
        let Some(([_, b, c, d, e, f], x)) = self.at(z) else { return normal_hazard(z) };
        DENSITY * (b + x * (2.0 * c + x * (3.0 * d + x * (4.0 * e + x * 5.0 * f))))
    }

    /// The polynomial at a place, and what part of its interval is passed; `None` below the table, and for what is no number.
    #[inline]
    fn at(&self, z: f64) -> Option<([f64; 6], f64)> {
        let steps = (z - LOW) * DENSITY;
        if steps.is_nan() || steps < 0.0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short table")]
        let number = steps as usize;
        #[expect(clippy::cast_precision_loss, reason = "a place in a short table")]
        let passed = steps - number as f64;
        Some((*self.intervals.get(number)?, passed))
    }
}

/// ln Φ, its slope and its curvature, as they change over an interval.
fn knot(z: f64) -> [f64; 3] {
    let hazard = normal_hazard(z);
    [ln_normal_cdf(z), hazard / DENSITY, -hazard * (z + hazard) / (DENSITY * DENSITY)]
}

fn between([left, slope, curvature]: [f64; 3], [right, end_slope, end_curvature]: [f64; 3]) -> [f64; 6] {
    let half = 0.5 * curvature;
    // what the polynomial must still gain at the end, in value, slope and curvature, by its last three powers
    let value = right - left - slope - half;
    let rise = end_slope - slope - curvature;
    let bend = end_curvature - curvature;
    [
        left,
        slope,
        half,
        10.0 * value - 4.0 * rise + 0.5 * bend,
        -15.0 * value + 7.0 * rise - bend,
        6.0 * value - 3.0 * rise + 0.5 * bend,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_what_the_formulas_say() {
        let bound = Bound::new();
        for step in -30_000..30_000 {
            let z = f64::from(step) * 0.001_000_7;
            let (height, slope) = (ln_normal_cdf(z), normal_hazard(z));
            assert!((bound.height(z) - height).abs() < 1e-12 * height.abs().max(1.0), "{z}: {}", bound.height(z));
            assert!((bound.slope(z) - slope).abs() < 1e-10 * slope.abs().max(1.0), "{z}: {}", bound.slope(z));
        }
        assert!(bound.height(f64::NAN).is_nan() && bound.slope(f64::NAN).is_nan());
        assert_eq!((bound.height(f64::INFINITY), bound.height(f64::NEG_INFINITY)), (0.0, f64::NEG_INFINITY));
    }
}
