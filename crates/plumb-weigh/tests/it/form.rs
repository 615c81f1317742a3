//! Forms against the shared known answers, their own laws, and impossible parameters.

use plumb_weigh::draws::Stream;
use plumb_weigh::form::{CorrelationError, Form, MetalogBounds, correlate};
use plumb_weigh::statistics::{mean, quantiles, rank_correlation, variance};
use proptest::prelude::*;
use serde_json::Value;

use crate::shared::{close, fixture, number};

const QUANTILES: [(&str, f64); 5] = [("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95)];

fn check(name: &str, form: &Form, expect: &Value) {
    for (key, p) in QUANTILES {
        if let Some(expected) = expect.get(key).and_then(Value::as_f64) {
            close(&format!("{name} {key}"), form.quantile(p), expected, 1e-9);
            close(&format!("{name} {key} back"), form.cdf(expected), p, 1e-8);
        }
    }
    for (key, found) in [("mean", form.mean()), ("sd", form.sd())] {
        if let Some(expected) = expect.get(key).and_then(Value::as_f64) {
            close(&format!("{name} {key}"), found.unwrap(), expected, 1e-9);
        }
    }
}

fn from_fixture(case: &Value) -> Form {
    let n = |key: &str| number(case, key);
    let points = || [(0.1, n("p10")), (0.5, n("p50")), (0.9, n("p90"))];
    let name = case["form"].as_str().unwrap();
    if name.starts_with("lognormal") {
        Form::lognormal_from_interval(n("low"), n("high"), n("coverage")).unwrap()
    } else if name.starts_with("PERT") {
        Form::pert(n("min"), n("mode"), n("max")).unwrap()
    } else if name.starts_with("triangular") {
        Form::triangular(n("min"), n("mode"), n("max")).unwrap()
    } else if name.starts_with("metalog") {
        let bounds = if name.contains("lower bound 0") { MetalogBounds::Below(0.0) } else { MetalogBounds::None };
        Form::metalog(&points(), 3, bounds).unwrap()
    } else {
        let weights = case["weights"].as_array().unwrap().iter().map(|w| w.as_f64().unwrap());
        let parts = case["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| Form::lognormal(number(c, "mu"), number(c, "sigma")).unwrap());
        Form::mixture(weights.zip(parts).collect()).unwrap()
    }
}

#[test]
fn the_shared_forms_have_their_known_quantiles_and_moments() {
    let Some(cases) = fixture("montecarlo/distribution_forms.json") else { return };
    for case in cases.as_array().unwrap() {
        check(case["form"].as_str().unwrap(), &from_fixture(case), &case["expect"]);
    }
}

/// A part of the shared cases, so that the test says something where they are absent.
#[test]
fn forms_have_known_quantiles() {
    let workers = Form::lognormal_from_interval(50000.0, 150000.0, 0.9).unwrap();
    close("mean", workers.mean().unwrap(), 91568.92140787192, 1e-12);
    close("sd", workers.sd().unwrap(), 31452.600352715057, 1e-12);
    let pert = Form::pert(3000.0, 5000.0, 12000.0).unwrap();
    close("PERT", pert.quantile(0.05), 3598.581348237896, 1e-10);
    let metalog = Form::metalog(&[(0.1, 2.0), (0.5, 3.5), (0.9, 7.5)], 3, MetalogBounds::Below(0.0)).unwrap();
    close("metalog", metalog.quantile(0.95), 9.885289828990059, 1e-12);
    let share = Form::beta_from_interval(0.7, 0.9, 0.9).unwrap();
    close("low", share.quantile(0.05), 0.7, 1e-9);
    close("high", share.quantile(0.95), 0.9, 1e-9);
    let by_mean = Form::beta_from_mean(0.8, 0.1).unwrap();
    close("mean", by_mean.mean().unwrap(), 0.8, 1e-12);
    close("sd", by_mean.sd().unwrap(), 0.1, 1e-12);
    close("loguniform", Form::loguniform(1.0, 100.0).unwrap().quantile(0.5), 10.0, 1e-12);
}

#[test]
fn the_product_of_three_intervals_and_its_correlated_variant() {
    let Some(case) = fixture("montecarlo/lognormal_product.json") else { return };
    let names = ["workers", "wage", "share"];
    let factors: Vec<Form> = case["factors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| Form::lognormal_from_interval(f[0].as_f64().unwrap(), f[1].as_f64().unwrap(), 0.9).unwrap())
        .collect();
    let mut columns: Vec<Vec<f64>> =
        factors.iter().zip(names).map(|(form, name)| form.sample(100_000, &mut Stream::new(1, name))).collect();
    product_is(&columns, &case["expect"]);
    let rho = number(&case["correlated_variant"], "gaussian_copula_rho_between_first_two_logs");
    let matrix = [vec![1.0, rho, 0.0], vec![rho, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
    let first = columns[0].clone();
    correlate(&mut columns, &matrix, &mut names.map(|name| Stream::new(2, name))).unwrap();
    assert_eq!(columns[0], first, "the first quantity keeps its order");
    product_is(&columns, &case["correlated_variant"]["expect"]);
}

fn product_is(columns: &[Vec<f64>], expect: &Value) {
    let product: Vec<f64> = (0..columns[0].len()).map(|i| columns.iter().map(|c| c[i]).product()).collect();
    close("mean", mean(&product).unwrap(), number(expect, "mean"), 0.01);
    let found = quantiles(&product, &[0.05, 0.5, 0.95]).unwrap();
    for (value, key) in found.iter().zip(["q05", "median", "q95"]) {
        close(key, *value, number(expect, key), 0.01);
    }
}

#[test]
fn samples_follow_their_distribution() {
    let forms = [
        ("normal", Form::normal(5.0, 2.0)),
        ("lognormal", Form::lognormal(1.0, 0.5)),
        ("uniform", Form::uniform(-1.0, 3.0)),
        ("loguniform", Form::loguniform(0.1, 10.0)),
        ("triangular", Form::triangular(0.0, 1.0, 4.0)),
        ("PERT", Form::pert(0.0, 1.0, 4.0)),
        ("beta", Form::beta(0.5, 3.0)),
        ("metalog", Form::metalog(&[(0.1, 0.2), (0.5, 0.5), (0.9, 0.7)], 3, MetalogBounds::Both(0.0, 1.0))),
        ("empirical", Form::empirical(vec![3.0, 1.0, 4.0, 1.0, 5.0])),
        ("mixture", Form::mixture(vec![(3.0, Form::normal(0.0, 1.0).unwrap()), (1.0, Form::point(9.0).unwrap())])),
    ];
    let n = 50_000;
    for (name, form) in forms {
        let form = form.unwrap();
        let draws = form.sample(n, &mut Stream::new(11, name));
        let (middle, sd) = (form.mean().unwrap(), form.sd().unwrap());
        assert!((mean(&draws).unwrap() - middle).abs() < 5.0 * sd / (n as f64).sqrt(), "{name}");
        assert!((variance(&draws).unwrap().sqrt() / sd - 1.0).abs() < 0.05, "{name}");
        for p in [0.1, 0.5, 0.9] {
            let below = draws.iter().filter(|x| **x <= form.quantile(p)).count() as f64 / n as f64;
            // a distribution function with jumps passes p by up to a jump; elsewhere five standard errors
            let slack = if name == "empirical" || name == "mixture" { 0.41 } else { 0.012 };
            assert!((below - p).abs() < slack, "{name} {p}: {below}");
        }
    }
}

#[test]
fn impossible_parameters_are_named() {
    let impossible = [
        Form::point(f64::NAN),
        Form::normal(0.0, 0.0),
        Form::normal(f64::INFINITY, 1.0),
        Form::normal_from_interval(2.0, 1.0, 0.9),
        Form::lognormal_from_interval(0.0, 1.0, 0.9),
        Form::lognormal_from_interval(-5.0, 1.0, 0.9),
        Form::lognormal_from_interval(1.0, 1.0, 0.9),
        Form::lognormal_from_interval(1.0, 2.0, 1.0),
        Form::uniform(-f64::MAX, f64::MAX),
        Form::loguniform(0.0, 1.0),
        Form::triangular(0.0, 2.0, 1.0),
        Form::pert(1.0, 1.0, 1.0),
        Form::beta(0.0, 1.0),
        Form::beta_from_mean(0.5, 0.5),
        Form::beta_from_mean(1.5, 0.1),
        Form::beta_from_interval(0.0, 0.5, 0.9),
        Form::metalog(&[(0.1, 1.0), (0.5, 9.0), (0.9, 10.0)], 3, MetalogBounds::None),
        Form::metalog(&[(0.5, 1.0), (0.5, 2.0), (0.9, 10.0)], 3, MetalogBounds::None),
        Form::metalog(&[(0.1, -1.0), (0.5, 2.0), (0.9, 10.0)], 3, MetalogBounds::Below(0.0)),
        Form::metalog(&[(0.1, 1.0)], 3, MetalogBounds::None),
        Form::mixture(vec![]),
        Form::mixture(vec![(-1.0, Form::normal(0.0, 1.0).unwrap()), (2.0, Form::normal(0.0, 1.0).unwrap())]),
        Form::empirical(vec![]),
        Form::empirical(vec![1.0, f64::NAN]),
    ];
    for (index, form) in impossible.into_iter().enumerate() {
        let error = form.expect_err(&format!("form {index} should be refused"));
        assert!(!error.to_string().is_empty() && !error.hint().is_empty());
    }
    assert_eq!(Form::lognormal(0.0, 60.0).unwrap().mean(), None, "no double holds e^1800");
    let heavy = Form::metalog(&[(0.1, 0.01), (0.5, 1.0), (0.9, 100.0)], 3, MetalogBounds::Below(0.0)).unwrap();
    assert_eq!(heavy.mean(), None);
}

#[test]
fn impossible_correlations_are_named() {
    let mut draws = vec![vec![0.0; 10]; 2];
    let mut streams = [Stream::new(1, "a"), Stream::new(1, "b")];
    let too_many = correlate(&mut draws, &[vec![1.0, 2.0], vec![2.0, 1.0]], &mut streams);
    assert_eq!(too_many, Err(CorrelationError::NotPositive));
    let skewed = correlate(&mut draws, &[vec![1.0, 0.5], vec![0.4, 1.0]], &mut streams);
    assert_eq!(skewed, Err(CorrelationError::Shape { quantities: 2 }));
    let not_a_number = correlate(&mut draws, &[vec![1.0, f64::NAN], vec![f64::NAN, 1.0]], &mut streams);
    assert_eq!(not_a_number, Err(CorrelationError::Shape { quantities: 2 }));
    draws[1].pop();
    let uneven = correlate(&mut draws, &[vec![1.0, 0.5], vec![0.5, 1.0]], &mut streams);
    assert!(matches!(uneven, Err(CorrelationError::Lengths { .. })));
}

proptest! {
    #[test]
    fn quantile_and_distribution_are_inverse(low in 1.0..100.0_f64, width in 0.1..1000.0_f64, at in 0.0..1.0_f64, p in 0.001..0.999_f64) {
        let high = low + width;
        let mode = low + at * width;
        let forms = [
            Form::lognormal_from_interval(low, high, 0.8), Form::normal_from_interval(low, high, 0.5),
            Form::uniform(low, high), Form::loguniform(low, high), Form::triangular(low, mode, high),
            Form::pert(low, mode, high),
        ];
        for form in forms {
            let form = form.unwrap();
            prop_assert!((form.cdf(form.quantile(p)) - p).abs() < 1e-8, "{form:?}");
        }
    }

    #[test]
    fn no_parameters_panic(a in any::<f64>(), b in any::<f64>(), c in any::<f64>(), p in any::<f64>()) {
        let forms = [
            Form::point(a), Form::normal(a, b), Form::normal_from_interval(a, b, c), Form::lognormal(a, b),
            Form::lognormal_from_interval(a, b, c), Form::uniform(a, b), Form::loguniform(a, b), Form::triangular(a, b, c),
            Form::pert(a, b, c), Form::beta(a, b), Form::beta_from_mean(a, b), Form::empirical(vec![a, b, c]),
            Form::metalog(&[(0.1, a), (0.5, b), (0.9, c)], 3, MetalogBounds::None),
        ];
        for form in forms.into_iter().flatten() {
            let _draws = form.sample(3, &mut Stream::new(1, "x"));
            let _quantile = (form.quantile(p), form.cdf(a), form.sd());
            if let Some(mean) = form.mean() {
                prop_assert!(mean.is_finite());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn correlating_keeps_every_draw(rho in -0.95..0.95_f64, seed in 0..50_u64) {
        let names = ["a", "b"];
        let mut draws: Vec<Vec<f64>> =
            names.iter().map(|name| Form::lognormal(0.0, 1.0).unwrap().sample(2000, &mut Stream::new(seed, name))).collect();
        let before = draws.clone();
        correlate(&mut draws, &[vec![1.0, rho], vec![rho, 1.0]], &mut names.map(|name| Stream::new(seed + 1, name))).unwrap();
        for (now, then) in draws.iter().zip(&before) {
            let sorted = |list: &[f64]| { let mut list = list.to_vec(); list.sort_by(f64::total_cmp); list };
            prop_assert_eq!(sorted(now), sorted(then));
        }
        // Spearman's rank correlation of a Gaussian copula is (6/π) asin(ρ/2)
        let expected = 6.0 / std::f64::consts::PI * libm::asin(rho / 2.0);
        prop_assert!((rank_correlation(&draws[0], &draws[1]).unwrap() - expected).abs() < 0.02);
    }
}
