//! Functions of statistics that counting needs besides those of the crate: Poisson tails, quantiles of a bootstrap.

use crate::statistics::{gamma_head, gamma_tail, normal_cdf};

/// A number of people as a float. Counts stay below 2^53 (see [`super::table::MOST_PEOPLE`]), so none is changed.
#[expect(clippy::cast_precision_loss, reason = "a table holds at most 10^12 people, far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// A length or an index as a float.
pub(crate) fn real_length(length: usize) -> f64 {
    real(length as u64)
}

/// Above this count the Poisson distribution is normal to more digits than a threshold of a p-value needs.
const NORMAL_ABOVE: u64 = 10_000_000;

/// The probability that a Poisson count is at most `count`, and that it is at least `count`, each precise where it is small.
///
/// Both are incomplete gamma functions: P(X <= k) = Q(k + 1, mean) and P(X >= k) = P(k, mean) (Abramowitz and Stegun
/// 26.4.21).
pub(crate) fn poisson_tails(count: u64, mean: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (1.0, f64::from(u8::from(count == 0)));
    }
    let size = real(count);
    if count > NORMAL_ABOVE || mean > real(NORMAL_ABOVE) {
        let deviation = mean.sqrt();
        return (normal_cdf((size + 0.5 - mean) / deviation), normal_cdf((mean - size + 0.5) / deviation));
    }
    let at_least = if count == 0 { 1.0 } else { gamma_head(size, mean) };
    (gamma_tail(size + 1.0, mean), at_least)
}

/// The quantile of a sorted sample by Hyndman and Fan's eighth definition (1996, The American Statistician 50:361), which
/// is nearly median-unbiased whatever the distribution. Infinite members are allowed at the end.
pub(crate) fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let place = (real_length(sorted.len()) + 1.0 / 3.0) * probability + 1.0 / 3.0;
    let below = place.floor().clamp(1.0, real_length(sorted.len().max(1)));
    let share = (place - below).clamp(0.0, 1.0);
    let from = sorted.get(index(below) - 1).copied()?;
    let to = sorted.get(index(below)).copied().unwrap_or(from);
    // between two infinite members there is nothing to interpolate
    Some(if share == 0.0 || from.is_infinite() { from } else { from + share * (to - from) })
}

/// A float that is known to hold a small whole number of at least one, as an index.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers clamp to 1..=length")]
fn index(place: f64) -> usize {
    (place as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_tails_add_up() {
        for (count, mean) in [(0, 0.3), (3, 2.5), (40, 55.0), (1_000, 950.0), (0, 80.0)] {
            let (at_most, _) = poisson_tails(count, mean);
            let (_, above) = poisson_tails(count + 1, mean);
            assert!((at_most + above - 1.0).abs() < 1e-12, "{count} {mean}");
        }
        assert!((poisson_tails(0, 2.0).0 - libm::exp(-2.0)).abs() < 1e-15);
        let two = libm::exp(-1.5) * (1.0 + 1.5 + 1.125);
        assert!((poisson_tails(2, 1.5).0 - two).abs() < 1e-14);
        assert_eq!(poisson_tails(0, 0.0), (1.0, 1.0));
        assert_eq!(poisson_tails(2, 0.0), (1.0, 0.0));
    }

    #[test]
    fn far_tails_keep_their_digits() {
        let wanted = libm::exp(-80.0);
        assert!((poisson_tails(0, 80.0).0 / wanted - 1.0).abs() < 1e-9);
        let (at_most, at_least) = poisson_tails(60, 5.0);
        assert!(at_least > 1e-50 && at_least < 1e-40 && at_most > 0.999);
        assert!((poisson_tails(1_000_000_000, 1.0e9).0 - 0.5).abs() < 1e-4);
    }

    #[test]
    fn quantiles_interpolate_and_stop_at_the_ends() {
        let sample = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&sample, 0.5), Some(2.5));
        assert_eq!((quantile(&sample, 0.0), quantile(&sample, 1.0)), (Some(1.0), Some(4.0)));
        assert_eq!(quantile(&[1.0, f64::INFINITY], 0.9), Some(f64::INFINITY));
        assert_eq!(quantile(&[f64::INFINITY; 3], 0.5), Some(f64::INFINITY));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
