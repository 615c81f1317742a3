//! The third layer: the shared known answers, agreement of sampling with enumeration, and its laws.

use plumb_weigh::reconcile::{
    Claim, Expression, Figure, Identity, Method, Posterior, Problem, Quantity, RightOrWrongReport, Settings,
    least_squares, right_or_wrong,
};
use serde_json::Value;

use super::claims::{plain, problem};
use crate::shared::{close, fixture, number};

/// What the shared cases state for enumeration.
const EXACT: f64 = 0.005;

fn interval(low: f64, high: f64) -> Figure {
    Figure::Interval { low, high, coverage: 0.9 }
}

fn posterior<'a>(report: &'a RightOrWrongReport, quantity: &str) -> &'a Posterior {
    report.quantities.iter().find(|found| found.quantity == quantity).unwrap().posterior.as_ref().unwrap()
}

fn right(report: &RightOrWrongReport, claim: &str) -> f64 {
    report.claims.iter().find(|found| found.claim == claim).unwrap().probability_right.unwrap()
}

fn is(name: &str, found: &Posterior, expect: &Value, tolerance: f64) {
    close(&format!("{name} 5 %"), found.quantiles.p05, number(expect, "q05"), tolerance);
    close(&format!("{name} median"), found.quantiles.p50, number(expect, "median"), tolerance);
    close(&format!("{name} 95 %"), found.quantiles.p95, number(expect, "q95"), tolerance);
    close(&format!("{name} mean"), found.mean, number(expect, "mean"), tolerance);
}

/// Holds a report against the answers of a shared case.
fn agrees(report: &RightOrWrongReport, expect: &Value, tolerance: f64) {
    for (claim, probability) in expect["prob_right"].as_object().unwrap() {
        let (found, expected) = (right(report, claim), probability.as_f64().unwrap());
        assert!((found - expected).abs() < tolerance, "{claim}: {found}, not {expected}");
    }
    for (id, expected) in expect["posterior"].as_object().unwrap() {
        is(id, posterior(report, id), expected, tolerance);
    }
    if !expect["revenue"].is_null() {
        is("revenue", posterior(report, "revenue"), &expect["revenue"], tolerance);
    }
    let worlds = report.parts[0].worlds.iter();
    for (found, expected) in worlds.zip(expect["top_worlds"].as_array().unwrap()) {
        let mut names: Vec<&str> =
            expected["right"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(found.right, names);
        assert!((found.probability - number(expected, "weight")).abs() < tolerance);
    }
}

#[test]
fn the_shared_cases_by_enumeration() {
    for name in ["labour_revenue_right_or_wrong", "one_quantity_right_or_wrong"] {
        let Some(case) = fixture(&format!("claims/{name}.json")) else { return };
        let report = right_or_wrong(&problem(&case), &plain(), 1).unwrap();
        assert!(matches!(report.parts[0].method, Method::Enumerated { .. }));
        agrees(&report, &case["expect"], EXACT);
    }
}

fn three_counts() -> Problem {
    Problem {
        quantities: vec![Quantity::positive("workers")],
        claims: vec![
            Claim::of("a", "workers", interval(50000.0, 60000.0)).right_with(0.7),
            Claim::of("b", "workers", interval(90000.0, 120000.0)).right_with(0.6),
            Claim::of("c", "workers", interval(100000.0, 147000.0)).right_with(0.4),
        ],
        identities: vec![],
    }
}

#[test]
fn two_stories_are_two_humps_and_their_teller_drives() {
    let report = right_or_wrong(&three_counts(), &Settings::default(), 1).unwrap();
    let found = posterior(&report, "workers");
    assert_eq!(found.humps.len(), 2, "{:?}", found.humps);
    close("low hump", found.humps[0].value, 3e9_f64.sqrt(), 0.02);
    close("its probability", found.humps[0].probability, right(&report, "a"), 0.15);
    close("histogram", found.histogram.iter().map(|bin| bin.probability).sum(), 1.0, 1e-9);
    let driver = &found.drivers[0];
    assert!(driver.influence > 0.9, "{driver:?}");
    close(
        "if a is right",
        found.drivers.iter().find(|d| d.origin == "a").unwrap().if_right.median,
        3e9_f64.sqrt(),
        0.01,
    );
}

#[test]
fn draws_follow_the_posterior() {
    let report = right_or_wrong(&three_counts(), &Settings::default(), 5).unwrap();
    let draws = &report.draws["workers"];
    assert_eq!(draws.len(), Settings::default().draws);
    let found = posterior(&report, "workers");
    for (value, part) in [(found.quantiles.p05, 0.05), (found.quantiles.p50, 0.5), (found.quantiles.p95, 0.95)] {
        let below = draws.iter().filter(|draw| **draw <= value).count() as f64 / draws.len() as f64;
        assert!((below - part).abs() < 0.025, "{below} of the draws lie below the {part} quantile");
    }
    let again = right_or_wrong(&three_counts(), &Settings::default(), 5).unwrap();
    assert_eq!(report, again);
    let other = right_or_wrong(&three_counts(), &Settings::default(), 6).unwrap();
    assert_ne!(report.draws, other.draws);
    assert_eq!(report.quantities, other.quantities, "enumeration needs no seed");
}

#[test]
fn copies_add_nothing_and_one_origin_is_right_or_wrong_as_a_whole() {
    let mut problem = three_counts();
    let before = right_or_wrong(&problem, &Settings::default(), 1).unwrap();
    problem.claims.iter_mut().for_each(|claim| claim.origin.clone_from(&claim.id));
    for copy in 0..5 {
        let mut claim = problem.claims[0].clone();
        claim.id = format!("copy {copy}");
        problem.claims.push(claim);
    }
    let after = right_or_wrong(&problem, &Settings::default(), 1).unwrap();
    assert_eq!(before.quantities, after.quantities);
    assert_eq!(right(&after, "copy 3"), right(&before, "a"));
    assert_eq!(after.origins[0].claims.len(), 6);
}

/// Sampled quantiles are held against the part of the draws below the exact ones: where a density is thin, a quantile
/// moves by far more than the three per cent that the cases allow while hardly any probability does.
#[test]
fn the_shared_cases_by_sampling() {
    for name in ["labour_revenue_right_or_wrong", "one_quantity_right_or_wrong"] {
        let Some(case) = fixture(&format!("claims/{name}.json")) else { return };
        let settings = Settings { most_enumerated: 0, draws: 40_000, ..plain() };
        let report = right_or_wrong(&problem(&case), &settings, 1).unwrap();
        let Method::Sampled(quality) = &report.parts[0].method else { panic!("{:?}", report.parts[0].method) };
        assert!(quality.warnings.is_empty(), "{quality:?}");
        let expect = &case["expect"];
        for (claim, probability) in expect["prob_right"].as_object().unwrap() {
            let (found, expected) = (right(&report, claim), probability.as_f64().unwrap());
            assert!((found - expected).abs() < 0.02, "{claim}: {found}, not {expected}");
        }
        for (id, expected) in expect["posterior"].as_object().unwrap() {
            close(&format!("{id} median"), posterior(&report, id).quantiles.p50, number(expected, "median"), 0.03);
            close(&format!("{id} mean"), posterior(&report, id).mean, number(expected, "mean"), 0.03);
            for (key, part) in [("q05", 0.05), ("median", 0.5), ("q95", 0.95)] {
                let draws = &report.draws[id];
                let below = draws.iter().filter(|draw| **draw <= number(expected, key)).count() as f64;
                assert!((below / draws.len() as f64 - part).abs() < 0.015, "{id}: {below} below {key}");
            }
        }
        let best = &report.parts[0].worlds[0];
        let weight = number(&expect["top_worlds"][0], "weight");
        assert!((best.probability - weight).abs() < 0.02, "{} {weight}", best.probability);
    }
}

/// Five claims of revenue that contradict one another, about a product of which one part, a share, nobody claims. Expected by
/// adding up the density on a grid of 900 by 700 by 200 places.
#[test]
fn contradictions_about_a_product_do_not_drive_its_parts_apart() {
    let quantities = ["workers", "pay", "revenue"].map(Quantity::positive);
    let claims = [
        ("pay", [680.0, 440.0, 470.0, 51.0].as_slice()),
        ("revenue", &[4e8, 9.9e8, 1.5e8, 2.4e8, 3.1e8]),
        ("workers", &[72e3, 57e3, 89e3]),
    ];
    let claim = |about: &str, place: usize, value: f64| {
        Claim::new(&format!("{about} {place}"), Expression::quantity(about), interval(value / 1.2, value * 1.2))
            .right_with(0.7)
    };
    let all = |(about, values): &(&str, &[f64])| {
        values.iter().enumerate().map(|(place, value)| claim(about, place, *value)).collect::<Vec<_>>()
    };
    let problem = Problem {
        quantities: quantities.into_iter().chain([Quantity::within("share", 0.0, 1.0)]).collect(),
        claims: claims.iter().flat_map(all).collect(),
        identities: vec![Identity::new("revenue", Expression::product(12.0, &["workers", "pay", "share"]))],
    };
    let settings = Settings { draws: 20_000, ..Settings::default() };
    let report = right_or_wrong(&problem, &settings, 1).unwrap();
    for (quantity, low, median, high) in [
        ("workers", 59_449.0, 72_099.0, 87_778.0),
        ("pay", 401.4, 466.2, 566.3),
        ("share", 0.5077, 0.7614, 0.9638),
        ("revenue", 235.5e6, 308.3e6, 385.0e6),
    ] {
        let found = posterior(&report, quantity).quantiles;
        close(quantity, found.p05, low, 0.04);
        close(quantity, found.p50, median, 0.02);
        close(quantity, found.p95, high, 0.04);
    }
    for (claim, probability) in [("workers 0", 0.923), ("workers 1", 0.617), ("workers 2", 0.699), ("pay 0", 0.252)] {
        assert!((right(&report, claim) - probability).abs() < 0.03, "{claim}: {}", right(&report, claim));
    }
    assert!(least_squares(&problem, &settings).unwrap().settled);
}
