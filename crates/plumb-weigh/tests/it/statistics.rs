//! The shared statistics against reference values (scipy 1.17) and their own laws.

use plumb_weigh::statistics::*;
use proptest::prelude::*;

fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs().max(1e-300), "{found} for {expected}");
}

#[test]
fn normal_distribution() {
    let quantiles = [
        (1e-300, -37.0470962993612),
        (1e-20, -9.262340089798409),
        (1e-05, -4.264890793922825),
        (0.02, -2.053748910631823),
        (0.075, -1.4395314709384563),
        (0.3, -0.5244005127080409),
        (0.9, 1.2815515655446004),
        (0.999999, 4.753424308817087),
    ];
    for (p, z) in quantiles {
        close(normal_quantile(p), z, 2e-12);
    }
    assert_eq!(normal_quantile(0.5), 0.0);
    assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(normal_quantile(-0.1).is_nan() && normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    let logs = [
        (-300.0, -45006.62273211866),
        (-40.0, -804.6084420137539),
        (-30.0, -454.32124395634327),
        (-29.0, -424.78741990973026),
        (-5.0, -15.064998393988727),
        (0.0, -0.6931471805599453),
        (3.0, -0.0013508099647481925),
    ];
    for (z, expected) in logs {
        close(ln_normal_cdf(z), expected, 1e-11);
    }
    close(normal_hazard(-50.0), 50.01998403190684, 1e-9);
}

#[test]
fn chi_square_distribution() {
    for (x, degrees, tail) in [
        (124.07692825858089, 3.0, 1.0216021076496682e-26),
        (47.497945763796, 36.0, 0.09516231869412346),
        (0.1, 1.0, 0.7518296340458492),
        (1e5, 1e5, 0.4994052918952067),
    ] {
        close(chi_square_tail(x, degrees), tail, 1e-9);
    }
    for (p, degrees, x) in [
        (0.95, 1.0, 3.841458820694124),
        (0.5, 3.0, 2.3659738843753377),
        (0.001, 10.0, 1.4787434638356647),
        (0.999, 1000.0, 1143.9170926196791),
    ] {
        close(chi_square_quantile(p, degrees), x, 1e-9);
    }
    assert!(chi_square_quantile(1.0, 1.0).is_nan() && chi_square_tail(1.0, 0.0).is_nan());
}

#[test]
fn beta_distribution() {
    let (a, b) = (1.8888888888888888, 4.111111111111111);
    for (x, a, b, p) in [
        (0.3, a, b, 0.514065025313027),
        (0.01, 0.5, 0.5, 0.06376856085851985),
        (0.999, 200.0, 2.0, 0.9823785953743628),
        (0.5, 1e5, 1e5, 0.5),
    ] {
        close(beta_cdf(x, a, b), p, 1e-9);
    }
    for (p, a, b, x) in
        [(0.05, a, b, 0.06650903869309954), (0.95, 0.5, 0.5, 0.9938441702975689), (0.5, 200.0, 2.0, 0.9916640894770359)]
    {
        close(beta_quantile(p, a, b), x, 1e-9);
    }
}

#[test]
fn samples() {
    assert_eq!(mean(&[]), None);
    assert_eq!(variance(&[1.0]), None);
    assert_eq!(variance(&[1.0, 2.0, 3.0, 4.0]), Some(5.0 / 3.0));
    assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
    assert_eq!(sorted_quantile(&[1.0, 2.0, 3.0, 4.0], 0.1), Some(1.3));
    assert_eq!(sorted_quantile(&[], 0.5), None);
    assert_eq!(sorted_quantile(&[1.0], f64::NAN), None);
    assert_eq!(ranks(&[10.0, 30.0, 10.0, 20.0]), [1.5, 4.0, 1.5, 3.0]);
    assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
    assert_eq!(rank_correlation(&[1.0, 2.0, 9.0], &[1.0, 8.0, 9.0]), Some(1.0));
    close(ln_sum_exp(&[1000.0, 1000.0]), 1000.0 + 2.0_f64.ln(), 1e-14);
    assert_eq!(ln_sum_exp(&[]), f64::NEG_INFINITY);
}

#[test]
fn roots_and_expectations() {
    close(find_root(|x| x * x - 2.0, 0.0, 2.0, 1e-14).unwrap(), 2.0_f64.sqrt(), 1e-13);
    assert_eq!(find_root(|x| x * x + 1.0, -1.0, 1.0, 1e-9), None);
    assert_eq!(find_root(|_| f64::NAN, -1.0, 1.0, 1e-9), None);
    close(normal_expectation(1.0, 0.5, f64::exp), (1.0_f64 + 0.125).exp(), 1e-12);
    close(normal_expectation(2.0, 3.0, |x| x * x), 13.0, 1e-12);
}

proptest! {
    #[test]
    fn the_normal_quantile_undoes_its_distribution(z in -30.0..8.0_f64) {
        let back = normal_quantile(normal_cdf(z));
        // above 0 the distribution itself cannot be told apart better than this
        let lost = 1e-15 / normal_density(z).max(1e-300) * if z > 0.0 { 1.0 } else { normal_cdf(z) };
        prop_assert!((back - z).abs() < 1e-11 + 4.0 * lost);
    }

    #[test]
    fn selecting_gives_what_sorting_gives(values in prop::collection::vec(-1e9..1e9_f64, 1..60)) {
        let probabilities = [0.0, 0.05, 0.5, 0.5, 0.95, 1.0];
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let expected: Vec<f64> = probabilities.iter().map(|p| sorted_quantile(&sorted, *p).unwrap()).collect();
        prop_assert_eq!(quantiles(&values, &probabilities).unwrap(), expected);
    }

    #[test]
    fn selecting_from_many_gives_what_sorting_gives(seed in any::<u64>(), n in 1999..9000_usize, ties in 1..2000_u64) {
        let mut stream = plumb_weigh::draws::Stream::new(seed, "x");
        let values: Vec<f64> = (0..n).map(|_| stream.below(ties) as f64 - 3.0).collect();
        let probabilities = [0.9, 0.0, 0.001, 0.5, 0.501, 0.499, 0.999, 1.0];
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let expected: Vec<f64> = probabilities.iter().map(|p| sorted_quantile(&sorted, *p).unwrap()).collect();
        prop_assert_eq!(quantiles(&values, &probabilities).unwrap(), expected.clone());
        prop_assert_eq!(quantiles(&sorted, &probabilities).unwrap(), expected);
    }

    #[test]
    fn distribution_functions_rise(a in 0.1..50.0_f64, b in 0.1..50.0_f64, x in 0.0..1.0_f64, y in 0.0..1.0_f64) {
        let (low, high) = (x.min(y), x.max(y));
        prop_assert!(beta_cdf(low, a, b) <= beta_cdf(high, a, b) + 1e-12);
        prop_assert!(chi_square_tail(60.0 * low, a) + 1e-12 >= chi_square_tail(60.0 * high, a));
    }
}
