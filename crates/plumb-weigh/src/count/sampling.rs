//! Random counts: binomial, multinomial, Poisson. Exact for any size, in a number of steps that grows with its logarithm.

use super::special::real;
use crate::draws::Stream;

/// Below this mean a count is found by adding up probabilities; above it the problem is first made smaller.
const SMALL: f64 = 10.0;

/// The largest count that is drawn; a mean beyond it belongs to a population without bound.
const LARGEST: f64 = 1e15;

/// How many of `trials` succeed, each with the same probability.
///
/// Halving by order statistics (Devroye 1986, Non-Uniform Random Variate Generation, X.4.3): the middle one of `trials`
/// uniform numbers is a beta number; it lies below or above the probability, and half of the trials are decided.
pub(crate) fn binomial(stream: &mut Stream, trials: u64, probability: f64) -> u64 {
    let (mut left, mut chance, mut done) = (trials, probability.clamp(0.0, 1.0), 0);
    while real(left) * chance.min(1.0 - chance) > SMALL {
        let middle = 1 + left / 2;
        let place = stream.beta(real(middle), real(left + 1 - middle));
        if place <= chance {
            done += middle;
            left -= middle;
            chance = (chance - place) / (1.0 - place);
        } else {
            left = middle - 1;
            chance /= place;
        }
        chance = chance.clamp(0.0, 1.0);
    }
    done + few(stream, left, chance)
}

/// A binomial count with a small mean of successes or of failures, by inversion.
fn few(stream: &mut Stream, trials: u64, chance: f64) -> u64 {
    if chance > 0.5 {
        return trials - few(stream, trials, 1.0 - chance);
    }
    let odds = chance / (1.0 - chance);
    let mut probability = libm::exp(real(trials) * libm::log1p(-chance));
    let mut left = stream.uniform();
    let mut count = 0;
    while left > probability && count < trials {
        left -= probability;
        probability *= odds * real(trials - count) / real(count + 1);
        count += 1;
    }
    count
}

/// Deals `total` people out to cells in proportion to their weights; nobody where no weight is positive.
pub(crate) fn multinomial(stream: &mut Stream, total: u64, weights: &[f64], cells: &mut [u64]) {
    cells.fill(0);
    if total == 1 {
        if let Some(cell) = stream.choose(weights).and_then(|chosen| cells.get_mut(chosen)) {
            *cell = 1;
        }
        return;
    }
    let mut rest: f64 = weights.iter().sum();
    let mut people = if rest > 0.0 { total } else { 0 };
    let last = weights.iter().rposition(|weight| *weight > 0.0);
    for (index, (weight, cell)) in weights.iter().zip(cells).enumerate() {
        if people == 0 {
            return;
        }
        *cell = if Some(index) == last { people } else { binomial(stream, people, weight / rest) };
        people -= *cell;
        rest = (rest - weight).max(0.0);
    }
}

/// A Poisson count.
///
/// Ahrens and Dieter (1974), Computing 12:223: the time of one of the coming events is a gamma number; if it falls within
/// the time given, the events up to it are counted at once, else those within are binomial.
pub(crate) fn poisson(stream: &mut Stream, mean: f64) -> u64 {
    let mut mean = if mean < LARGEST { mean.max(0.0) } else { LARGEST };
    let mut done = 0;
    while mean > SMALL {
        let event = whole(mean * 0.875).max(1);
        let time = stream.gamma(real(event));
        if time > mean {
            return done + binomial(stream, event - 1, mean / time);
        }
        done += event;
        mean -= time;
    }
    let mut probability = libm::exp(-mean);
    let mut left = stream.uniform();
    let mut count = 0;
    while left > probability && count < 200 {
        left -= probability;
        count += 1;
        probability *= mean / real(count);
    }
    done + count
}

/// The whole part of a number between 0 and [`LARGEST`].
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10^15")]
fn whole(value: f64) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{mean, variance};

    fn moments(draw: impl Fn(&mut Stream) -> u64) -> (f64, f64) {
        let mut stream = Stream::new(1, "moments");
        let sample: Vec<f64> = (0..4_000).map(|_| real(draw(&mut stream))).collect();
        (mean(&sample).unwrap(), variance(&sample).unwrap())
    }

    #[test]
    fn binomials_have_their_mean_and_variance() {
        for (trials, chance) in [(12, 0.3), (40, 0.9), (1_000, 0.2), (1_000_000, 0.7), (3_000_000_000, 1e-9)] {
            let (middle, spread) = moments(|stream| binomial(stream, trials, chance));
            let (wanted, variance) = (real(trials) * chance, real(trials) * chance * (1.0 - chance));
            assert!((middle - wanted).abs() < 5.0 * (variance / 4_000.0).sqrt(), "{trials} {chance}: {middle}");
            assert!((spread / variance - 1.0).abs() < 0.15, "{trials} {chance}: {spread} for {variance}");
        }
        let mut stream = Stream::new(1, "ends");
        assert_eq!(binomial(&mut stream, 9, 0.0), 0);
        assert_eq!(binomial(&mut stream, 9, 1.0), 9);
        assert_eq!(binomial(&mut stream, 0, 0.5), 0);
    }

    #[test]
    fn poisson_counts_have_their_mean_and_variance() {
        for wanted in [0.2, 5.0, 60.0, 250_000.0] {
            let (middle, spread) = moments(|stream| poisson(stream, wanted));
            assert!((middle - wanted).abs() < 5.0 * (wanted / 4_000.0).sqrt(), "{wanted}: {middle}");
            assert!((spread / wanted - 1.0).abs() < 0.15, "{wanted}: {spread}");
        }
        let mut stream = Stream::new(1, "ends");
        assert_eq!(poisson(&mut stream, 0.0), 0);
        assert!(poisson(&mut stream, f64::INFINITY) > 0 && poisson(&mut stream, f64::NAN) > 0);
    }

    #[test]
    fn a_multinomial_deals_everybody_out() {
        let mut stream = Stream::new(2, "deal");
        let mut cells = [0; 4];
        for total in [0, 1, 7, 5_000] {
            multinomial(&mut stream, total, &[1.0, 0.0, 2.0, 0.0], &mut cells);
            assert_eq!(cells.iter().sum::<u64>(), total);
            assert_eq!((cells[1], cells[3]), (0, 0));
        }
        multinomial(&mut stream, 5, &[0.0; 4], &mut cells);
        assert_eq!(cells, [0; 4]);
    }
}
