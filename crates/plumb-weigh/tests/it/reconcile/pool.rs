//! Pools, meta-analysis and linear balances: the shared known answers and bad input.

use plumb_weigh::reconcile::pool::{Heterogeneity, Opinion, PoolFault, Study, linear, logarithmic, meta_analysis};
use plumb_weigh::reconcile::{Claim, Expression, Fault, Figure, Identity, Problem, Quantity, Settings};
use plumb_weigh::reconcile::{adjust, least_squares};

use crate::shared::{close, fixture, number, numbers};

#[test]
fn the_shared_pools() {
    let Some(case) = fixture("claims/pools.json") else { return };
    let weights = numbers(&case["weights"]);
    let claims: Vec<Vec<f64>> = case["claims_5_95"].as_array().unwrap().iter().map(numbers).collect();
    let opinions: Vec<Opinion> = claims
        .iter()
        .zip(&weights)
        .map(|(ends, weight)| Opinion::between(ends[0], ends[1], 0.9).weighing(*weight))
        .collect();
    let (expect, found) = (&case["expect"]["linear_pool"], linear(&opinions).unwrap());
    for (key, value) in [
        ("mean", found.mean),
        ("q05", found.quantiles.p05),
        ("median", found.quantiles.p50),
        ("q95", found.quantiles.p95),
    ] {
        close(key, value, number(expect, key), 1e-6);
    }
    let (expect, found) = (&case["expect"]["log_pool"], logarithmic(&opinions).unwrap());
    for (key, value) in [
        ("mu", found.mu),
        ("sigma", found.sigma),
        ("mean", found.mean),
        ("sd", found.sd),
        ("q05", found.quantiles.p05),
        ("q95", found.quantiles.p95),
    ] {
        close(key, value, number(expect, key), 1e-9);
    }
    let studies: Vec<Study> =
        opinions.iter().map(|one| Study { value: one.mu, variance: one.sigma * one.sigma }).collect();
    let expect = &case["expect"]["dersimonian_laird_on_logs_unweighted"];
    let found = meta_analysis(&studies, Heterogeneity::DerSimonianLaird).unwrap();
    close("pooled", found.mean.exp(), number(expect, "pooled_median"), 1e-9);
    close("error", found.standard_error, number(expect, "se_log"), 1e-9);
    close("tau2", found.tau_squared, number(expect, "tau2"), 1e-9);
    close("Q", found.q, number(expect, "Q"), 1e-9);
    close("I2", found.i_squared, number(expect, "I2"), 1e-9);
}

#[test]
fn the_shared_meta_analysis() {
    let Some(case) = fixture("meta/hackshaw1998.json") else { return };
    let studies: Vec<Study> = case["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|study| Study { value: number(study, "yi"), variance: number(study, "vi") })
        .collect();
    for (name, method) in [
        ("EE", Heterogeneity::EqualEffects),
        ("DL", Heterogeneity::DerSimonianLaird),
        ("REML", Heterogeneity::RestrictedLikelihood),
        ("PM", Heterogeneity::PauleMandel),
    ] {
        let (expect, found) = (&case["fits"][name], meta_analysis(&studies, method).unwrap());
        let ends = numbers(&expect["ci"]);
        for (key, value, expected) in [
            ("b", found.mean, number(expect, "b")),
            ("se", found.standard_error, number(expect, "se")),
            ("low", found.interval.0, ends[0]),
            ("high", found.interval.1, ends[1]),
            ("tau2", found.tau_squared, number(expect, "tau2")),
            ("I2", found.i_squared, number(expect, "I2") / 100.0),
            ("Q", found.q, number(expect, "Q")),
            ("Qp", found.q_p_value, number(expect, "Qp")),
        ] {
            // the reference stops its search for Paule and Mandel's τ² at a tolerance of 1e-4, which I² magnifies
            let tolerance = if (name, key) == ("PM", "I2") { 1e-3 } else { 1e-4 };
            assert!(
                (value - expected).abs() <= tolerance * expected.abs().max(1.0),
                "{name} {key}: {value}, {expected}"
            );
        }
    }
}

#[test]
fn bad_statements_are_named() {
    let good = Opinion::between(1.0, 2.0, 0.9);
    let bad = Opinion { sigma: f64::NAN, ..good };
    assert_eq!(linear(&[]), Err(PoolFault::TooFew { found: 0, needed: 1 }));
    assert_eq!(linear(&[good, bad]), Err(PoolFault::Number { index: 1, what: "the standard deviation" }));
    assert_eq!(logarithmic(&[Opinion { sigma: 1e10, ..good }]), Err(PoolFault::NotFinite));
    let study = Study { value: 1.0, variance: 1.0 };
    let found = meta_analysis(&[study], Heterogeneity::PauleMandel);
    assert_eq!(found, Err(PoolFault::TooFew { found: 1, needed: 2 }));
    let found = meta_analysis(&[study, Study { variance: 0.0, ..study }], Heterogeneity::EqualEffects);
    assert_eq!(found, Err(PoolFault::Number { index: 1, what: "the variance" }));
    let alike = meta_analysis(&[study, study], Heterogeneity::EqualEffects).unwrap();
    assert_eq!((alike.q, alike.i_squared), (0.0, 0.0));
}

#[test]
fn the_shared_heat_exchanger() {
    let Some(case) = fixture("reconciliation/heat_exchanger_bypass.json") else { return };
    let (measured, deviations) = (numbers(&case["measured"]), numbers(&case["sd"]));
    let balances: Vec<Vec<f64>> =
        case["constraints_A_times_x_equals_0"].as_array().unwrap().iter().map(numbers).collect();
    let (expect, found) = (&case["expect"], adjust(&measured, &deviations, &balances).unwrap());
    let standardised: Vec<f64> = found.standardised.iter().map(|value| value.unwrap()).collect();
    for (key, values) in
        [("reconciled", &found.values), ("posterior_sd", &found.deviations), ("standardised_adjustment", &standardised)]
    {
        for (value, expected) in values.iter().zip(numbers(&expect[key])) {
            close(key, *value, expected, 1e-9);
        }
    }
    close("chi-square", found.chi_square, number(expect, "global_chi2"), 1e-9);
    assert_eq!(found.degrees as f64, number(expect, "df"));
    close("p", found.p_value.unwrap(), number(expect, "p_value"), 1e-9);
    // the second layer, on logarithms, says the same where errors are small
    let z = 1.6448536269514722;
    let claims = measured.iter().enumerate().map(|(index, value)| {
        let (low, high) = (value * (-z / value).exp(), value * (z / value).exp());
        Claim::of(&format!("m{index}"), &format!("F{}", index + 1), Figure::Interval { low, high, coverage: 0.9 })
    });
    let named = |id: &str, left: &str, right| Identity { id: id.to_owned(), ..Identity::new(left, right) };
    let problem = Problem {
        quantities: ["F1", "F2", "F3", "F4", "F5", "F6"].map(Quantity::positive).into(),
        claims: claims.collect(),
        identities: vec![
            named("split", "F1", Expression::sum(&["F2", "F3"])),
            named("exchanger", "F4", Expression::quantity("F2")),
            named("bypass", "F5", Expression::quantity("F3")),
            named("join", "F6", Expression::sum(&["F4", "F5"])),
        ],
    };
    let report = least_squares(&problem, &Settings::default()).unwrap();
    assert_eq!(report.degrees, 4);
    close("chi-square in logarithms", report.chi_square, number(expect, "global_chi2"), 0.03);
    for (quantity, expected) in report.quantities.iter().zip(numbers(&expect["reconciled"])) {
        close(&quantity.quantity, quantity.estimate.as_ref().unwrap().quantiles.p50, expected, 0.003);
    }
}

#[test]
fn balances_that_follow_from_one_another_are_refused() {
    let twice = [vec![1.0, -1.0], vec![2.0, -2.0]];
    assert!(matches!(adjust(&[1.0, 2.0], &[1.0, 1.0], &twice), Err(Fault::Impossible(_))));
    assert!(matches!(adjust(&[1.0, f64::NAN], &[1.0, 1.0], &[]), Err(Fault::NotFinite { .. })));
    assert!(matches!(adjust(&[1.0, 2.0], &[1.0, 0.0], &[]), Err(Fault::Outside { .. })));
    assert!(matches!(adjust(&[1.0, 2.0], &[1.0], &[]), Err(Fault::Empty(_))));
    assert_eq!(adjust(&[1.0, 2.0], &[1.0, 1.0], &[]).unwrap().values, [1.0, 2.0]);
}
