//! Whether chains agree, and how much their draws are worth.

use crate::matrix::dot;
use crate::statistics::{count, mean, sum, variance};

/// What the chains say of one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Convergence {
    /// Split R̂: how much wider all chains together are than each alone (Gelman and others 2013, 11.4).
    pub(super) r_hat: f64,
    /// How many independent draws would know the mean as well.
    pub(super) effective: f64,
    /// Standard error of the mean.
    pub(super) error: f64,
}

/// Draws of several chains of one length, one after the other; `None` when they never move or are too few.
pub(super) fn convergence(column: &[f64], chains: usize) -> Option<Convergence> {
    let halves: Vec<&[f64]> = column.chunks_exact((column.len() / (2 * chains)).max(4)).collect();
    let means = halves.iter().map(|half| mean(half)).collect::<Option<Vec<f64>>>()?;
    let spread = |(half, middle): (&&[f64], &f64)| {
        let squares = half.iter().map(|value| (value - middle) * (value - middle));
        squares.sum::<f64>() / (count(half) - 1.0)
    };
    let within = mean(&halves.iter().zip(&means).map(spread).collect::<Vec<f64>>())?;
    let length = count(halves.first()?);
    let total = within * (length - 1.0) / length + variance(&means)?;
    if !(within > 0.0 && total.is_finite()) {
        return None;
    }
    let effective = count(column) / autocorrelation_time(&halves, &means, within, total);
    Some(Convergence { r_hat: (total / within).sqrt(), effective, error: (total / effective).sqrt() })
}

/// How many draws are worth one: 1 + 2·Σ of the autocorrelations, over pairs of lags while their sum stays above zero and
/// falls (Geyer 1992, initial monotone sequence; over chains together as in Vehtari and others 2021, equation 10).
fn autocorrelation_time(halves: &[&[f64]], means: &[f64], within: f64, total: f64) -> f64 {
    let length = halves.first().map_or(0, |half| half.len());
    let away = |(half, mean): (&&[f64], &f64)| half.iter().map(|value| value - mean).collect::<Vec<f64>>();
    let away: Vec<Vec<f64>> = halves.iter().zip(means).map(away).collect();
    let correlation = |lag: usize| {
        let products = away.iter().map(|half| dot(half, half.get(lag..).unwrap_or_default()) / count(half));
        1.0 - (within - sum(products) / count(halves)) / total
    };
    let (mut time, mut last) = (-1.0, f64::INFINITY);
    // draws that still resemble each other half a chain later are worth next to nothing, exactly how little or not
    for lag in (0..length / 2).step_by(2) {
        let pair = (correlation(lag) + correlation(lag + 1)).min(last);
        if pair <= 0.0 {
            break;
        }
        time += 2.0 * pair;
        last = pair;
    }
    // draws that alternate are worth no more than independent ones, for the quantiles
    time.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Stream;

    /// An autoregressive series has the time (1 + φ)/(1 − φ).
    #[test]
    fn correlated_draws_are_worth_less() {
        let mut stream = Stream::new(1, "x");
        let mut x = 0.0;
        let column: Vec<f64> = (0..40_000)
            .map(|_| {
                x = 0.8 * x + 0.6 * stream.normal();
                x
            })
            .collect();
        let found = convergence(&column, 4).unwrap();
        assert!((found.r_hat - 1.0).abs() < 0.01, "{found:?}");
        assert!((40_000.0 / found.effective / 9.0 - 1.0).abs() < 0.15, "{found:?}");
    }

    #[test]
    fn chains_apart_are_seen() {
        let mut stream = Stream::new(1, "x");
        let column: Vec<f64> = (0..4000).map(|draw| stream.normal() + f64::from(u8::from(draw < 1000))).collect();
        assert!(convergence(&column, 4).unwrap().r_hat > 1.05);
        assert!(convergence(&vec![1.0; 4000], 4).is_none());
    }
}
