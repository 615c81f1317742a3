//! Draws: the normal numbers are normal, streams do not touch each other, and every sampler has its moments.

use plumb_weigh::draws::Stream;
use plumb_weigh::statistics::{correlation, mean, normal_cdf, variance};

const MANY: usize = 400_000;

/// The largest distance between the empirical and the given distribution function, times √n (Kolmogorov). Values above
/// 1.95 come up once in a thousand; with a fixed seed the test is deterministic.
fn kolmogorov(values: &mut [f64], cdf: impl Fn(f64) -> f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let farthest = values.iter().enumerate().map(|(i, x)| {
        let p = cdf(*x);
        (p - i as f64 / n).abs().max((p - (i + 1) as f64 / n).abs())
    });
    farthest.fold(0.0, f64::max) * n.sqrt()
}

#[test]
fn normal_numbers_are_normal() {
    for seed in [1, 2] {
        let mut values = vec![0.0; MANY];
        Stream::new(seed, "height").fill_normal(&mut values);
        let n = MANY as f64;
        let moment = |k: i32| values.iter().map(|x| x.powi(k)).sum::<f64>() / n;
        // five standard errors of each moment: variances 1, 2, 15, 96, 945, 10 170
        for (k, expected, spread) in
            [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0), (6, 15.0, 10_170.0_f64)]
        {
            assert!((moment(k) - expected).abs() < 5.0 * (spread / n).sqrt(), "moment {k}: {}", moment(k));
        }
        let beyond = |z: f64| values.iter().filter(|x| x.abs() > z).count() as f64 / n;
        for z in [1.0, 2.0, 3.0, 3.654, 4.0] {
            let p = 2.0 * normal_cdf(-z);
            assert!((beyond(z) - p).abs() < 5.0 * (p / n).sqrt(), "beyond {z}: {} for {p}", beyond(z));
        }
        let lagged = correlation(&values[..MANY - 1], &values[1..]).unwrap();
        assert!(lagged.abs() < 5.0 / n.sqrt(), "neighbours correlate: {lagged}");
        assert!(kolmogorov(&mut values, normal_cdf) < 1.95);
    }
}

#[test]
fn uniform_numbers_are_uniform() {
    let mut values = vec![0.0; MANY];
    Stream::new(1, "place").fill_uniform(&mut values);
    assert!(kolmogorov(&mut values, |x| x) < 1.95);
}

#[test]
fn batches_are_the_same_numbers_as_single_calls() {
    let mut batch = vec![0.0; 1001];
    Stream::new(9, "x").fill_normal(&mut batch);
    let mut one = Stream::new(9, "x");
    assert!(batch.iter().all(|value| *value == one.normal()));
}

#[test]
fn streams_of_two_names_or_seeds_do_not_correlate() {
    let draw = |seed, name| {
        let mut values = vec![0.0; 100_000];
        Stream::new(seed, name).fill_normal(&mut values);
        values
    };
    let first = draw(1, "wage");
    for other in [draw(1, "wage2"), draw(2, "wage"), draw(1, "share")] {
        assert!(correlation(&first, &other).unwrap().abs() < 5.0 / 100_000_f64.sqrt());
    }
}

#[test]
fn gamma_beta_and_exponential_numbers_have_their_moments() {
    let n = 200_000;
    let check = |mut draw: Box<dyn FnMut() -> f64>, middle: f64, spread: f64| {
        let values: Vec<f64> = (0..n).map(|_| draw()).collect();
        assert!((mean(&values).unwrap() - middle).abs() < 5.0 * (spread / n as f64).sqrt(), "mean of {middle}");
        assert!((variance(&values).unwrap() / spread - 1.0).abs() < 0.03, "variance of {middle}");
    };
    for shape in [0.3, 1.0, 2.5, 40.0] {
        let mut stream = Stream::new(4, "gamma");
        check(Box::new(move || stream.gamma(shape)), shape, shape);
    }
    for (a, b) in [(0.4_f64, 0.7_f64), (2.0, 3.0), (80.0, 20.0)] {
        let mut stream = Stream::new(4, "beta");
        check(Box::new(move || stream.beta(a, b)), a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)));
    }
    let mut stream = Stream::new(4, "exponential");
    check(Box::new(move || stream.exponential()), 1.0, 1.0);
}

#[test]
fn impossible_parameters_give_nan_and_no_loop() {
    let mut stream = Stream::new(1, "x");
    assert!(stream.gamma(-1.0).is_nan() && stream.gamma(f64::NAN).is_nan() && stream.beta(0.0, 1.0).is_nan());
    assert_eq!(stream.below(0), 0);
    assert_eq!(stream.choose(&[]), None);
    assert_eq!(stream.choose(&[0.0, -1.0]), None);
    assert_eq!(stream.choose(&[0.0, 2.0]), Some(1));
}

#[test]
fn whole_numbers_and_orders_are_even() {
    let mut stream = Stream::new(5, "dice");
    let mut counts = [0_u32; 6];
    for _ in 0..60_000 {
        counts[usize::try_from(stream.below(6)).unwrap()] += 1;
    }
    assert!(counts.iter().all(|count| (f64::from(*count) - 10_000.0).abs() < 5.0 * 91.3), "{counts:?}");
    let mut firsts = [0_u32; 4];
    for _ in 0..40_000 {
        let mut order = [0, 1, 2, 3];
        stream.shuffle(&mut order);
        firsts[order[0]] += 1;
    }
    assert!(firsts.iter().all(|count| (f64::from(*count) - 10_000.0).abs() < 5.0 * 86.6), "{firsts:?}");
}
