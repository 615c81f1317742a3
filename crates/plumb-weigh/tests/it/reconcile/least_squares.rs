//! The second layer: the shared known answers, agreement with sampling where sums bend the problem, and its laws.

use plumb_weigh::draws::Stream;
use plumb_weigh::reconcile::{
    Claim, Estimate, Expression, Fault, Figure, Identity, LeastSquaresReport, Problem, Quantity, Settings, Subject,
    Undetermined, Unused, intervals, least_squares, right_or_wrong,
};
use proptest::prelude::*;
use serde_json::Value;

use super::claims::{plain, problem};
use crate::shared::{close, fixture, number};

fn interval(low: f64, high: f64) -> Figure {
    Figure::Interval { low, high, coverage: 0.9 }
}

fn estimate<'a>(report: &'a LeastSquaresReport, quantity: &str) -> &'a Estimate {
    let found = report.quantities.iter().find(|found| found.quantity == quantity).unwrap();
    found.estimate.as_ref().unwrap()
}

fn is(name: &str, found: &Estimate, expect: &Value) {
    for (key, value) in [
        ("mu", found.mu),
        ("sigma", found.sigma),
        ("mean", found.mean),
        ("sd", found.sd),
        ("q05", found.quantiles.p05),
        ("median", found.quantiles.p50),
        ("q95", found.quantiles.p95),
    ] {
        close(&format!("{name} {key}"), value, number(expect, key), 1e-9);
    }
}

#[test]
fn the_shared_labour_case() {
    let Some(case) = fixture("claims/labour_revenue.json") else { return };
    let report = least_squares(&problem(&case), &plain()).unwrap();
    let expect = &case["expect"];
    for (id, expected) in expect["posterior"].as_object().unwrap() {
        is(id, estimate(&report, id), expected);
    }
    close("chi-square", report.chi_square, number(expect, "global_chi2"), 1e-9);
    assert_eq!(report.degrees as f64, number(expect, "df"));
    close("p", report.p_value.unwrap(), number(expect, "p_value"), 1e-9);
    for claim in &report.claims {
        let expected = &expect["per_claim"][&claim.claim];
        let tension = claim.tension.unwrap();
        close("predicted", tension.predicted, number(expected, "loo_predicted_median"), 1e-9);
        close("tension", tension.z, number(expected, "tension_z"), 1e-9);
        is(&claim.claim, claim.estimate.as_ref().unwrap(), &expect["posterior_of_claimed"][&claim.claim]);
    }
}

fn two_counts() -> Problem {
    Problem {
        quantities: vec![Quantity::positive("workers")],
        claims: vec![
            Claim::of("a", "workers", interval(50000.0, 60000.0)),
            Claim::of("b", "workers", interval(90000.0, 120000.0)),
        ],
        identities: vec![],
    }
}

#[test]
fn two_claims_of_one_quantity_by_hand() {
    let report = least_squares(&two_counts(), &Settings::default()).unwrap();
    let z = 1.6448536269514722;
    let (a, b) = ((3e9_f64).ln() / 2.0, (1.08e10_f64).ln() / 2.0);
    let (s, t) = ((1.2_f64).ln() / 2.0 / z, (4.0_f64 / 3.0).ln() / 2.0 / z);
    let (u, v) = (1.0 / (s * s), 1.0 / (t * t));
    let found = estimate(&report, "workers");
    close("mu", found.mu, (a * u + b * v) / (u + v), 1e-12);
    close("sigma", found.sigma, (1.0 / (u + v)).sqrt(), 1e-12);
    close("chi-square", report.chi_square, (b - a) * (b - a) / (s * s + t * t), 1e-11);
    close("tension", report.claims[0].tension.unwrap().z, (a - b) / (s * s + t * t).sqrt(), 1e-11);
    let drivers = &report.quantities[0].drivers;
    assert_eq!(drivers[0].claims, ["a"]);
    close("weight", drivers[0].weight, u / (u + v), 1e-12);
    close("shares", drivers.iter().map(|driver| driver.share_of_variance).sum(), 1.0, 1e-12);
}

#[test]
fn the_logit_keeps_shares_below_one() {
    let labour = Problem {
        quantities: vec![Quantity::positive("net"), Quantity::positive("gross"), Quantity::share("kept")],
        identities: vec![Identity::new("net", Expression::product(1.0, &["gross", "kept"]))],
        claims: vec![
            Claim::of("g", "gross", interval(900.0, 1100.0)),
            Claim::of("n", "net", interval(850.0, 1050.0)),
            Claim::of("k", "kept", interval(0.5, 0.99)),
        ],
    };
    let logit = least_squares(&labour, &Settings::default()).unwrap();
    assert!(estimate(&logit, "kept").quantiles.p95 < 1.0);
    assert_eq!(estimate(&logit, "kept").scale, "logit");
    assert!(logit.settled);
    let log = least_squares(&labour, &plain()).unwrap();
    assert!(estimate(&log, "kept").quantiles.p95 > 1.0);
    // what all claims leave of the net wage: gross times kept, by hand
    let expected = estimate(&logit, "gross").mu + estimate(&logit, "kept").quantiles.p50.ln();
    close("net", estimate(&logit, "net").mu, expected, 1e-9);
}

/// Posterior mean and standard deviation of ln a and ln b by importance sampling from the claims on them.
fn sampled_sum(total: (f64, f64)) -> [f64; 4] {
    let (mut a, mut b) = (Stream::new(3, "a"), Stream::new(3, "b"));
    let (mut weight, mut sums) = (0.0, [0.0; 4]);
    for _ in 0..400_000 {
        let (x, y) = (10.0_f64.ln() + 0.15 * a.normal(), 20.0_f64.ln() + 0.2 * b.normal());
        let z = ((x.exp() + y.exp()).ln() - total.0) / total.1;
        let w = (-0.5 * z * z).exp();
        weight += w;
        for (sum, value) in sums.iter_mut().zip([x, x * x, y, y * y]) {
            *sum += w * value;
        }
    }
    let [x, xx, y, yy] = sums.map(|sum| sum / weight);
    [x, (xx - x * x).sqrt(), y, (yy - y * y).sqrt()]
}

#[test]
fn sums_agree_with_sampling() {
    let normal = |middle: f64, sigma: f64| {
        let half = 1.6448536269514722 * sigma;
        interval((middle.ln() - half).exp(), (middle.ln() + half).exp())
    };
    let problem = Problem {
        quantities: ["a", "b", "total"].map(Quantity::positive).into(),
        identities: vec![Identity::new("total", Expression::sum(&["a", "b"]))],
        claims: vec![
            Claim::of("of a", "a", normal(10.0, 0.15)),
            Claim::of("of b", "b", normal(20.0, 0.2)),
            Claim::of("of both", "total", normal(36.0, 0.05)),
        ],
    };
    let report = least_squares(&problem, &Settings::default()).unwrap();
    let [a, a_sd, b, b_sd] = sampled_sum((36.0_f64.ln(), 0.05));
    // Gauss–Newton takes the top of the density for its mean, and its curvature for the spread
    close("a", estimate(&report, "a").mu, a, 0.005);
    close("sd a", estimate(&report, "a").sigma, a_sd, 0.05);
    close("b", estimate(&report, "b").mu, b, 0.005);
    close("sd b", estimate(&report, "b").sigma, b_sd, 0.05);
    assert!(report.settled);
}

#[test]
fn stocks_balance() {
    let problem = Problem {
        quantities: ["now", "before", "sent", "back"].map(Quantity::positive).into(),
        identities: vec![Identity::new(
            "now",
            Expression::sum(&["before", "sent"]).minus(Expression::quantity("back")),
        )],
        claims: vec![
            Claim::of("then", "before", interval(28000.0, 32000.0)),
            Claim::of("new", "sent", interval(9000.0, 11000.0)),
            Claim::of("gone", "back", interval(14000.0, 16000.0)),
            Claim::of("here", "now", interval(20000.0, 25000.0)),
        ],
    };
    let report = least_squares(&problem, &Settings::default()).unwrap();
    let now = estimate(&report, "now").quantiles.p50;
    let rest: f64 = ["before", "sent"].map(|id| estimate(&report, id).quantiles.p50).iter().sum::<f64>()
        - estimate(&report, "back").quantiles.p50;
    close("balance", now, rest, 1e-9);
    assert!((22000.0..25000.0).contains(&now), "{now}");
}

#[test]
fn a_second_identity_for_one_quantity_binds_too() {
    let problem = Problem {
        quantities: ["total", "russia", "china", "before", "change"].map(Quantity::positive).into(),
        identities: vec![
            Identity { id: "places".to_owned(), ..Identity::new("total", Expression::sum(&["russia", "china"])) },
            Identity {
                id: "years".to_owned(),
                ..Identity::new("total", Expression::product(1.0, &["before", "change"]))
            },
        ],
        claims: vec![
            Claim::of("r", "russia", interval(28000.0, 32000.0)),
            Claim::of("c", "china", interval(60000.0, 80000.0)),
            Claim::of("b", "before", interval(80000.0, 90000.0)),
            Claim::of("g", "change", interval(0.9, 1.1)),
        ],
    };
    let report = least_squares(&problem, &Settings::default()).unwrap();
    let median = |id: &str| estimate(&report, id).quantiles.p50;
    close("both ways", median("total"), median("before") * median("change"), 1e-3);
    assert_eq!(report.degrees, 1);
}

#[test]
fn what_the_claims_leave_open_is_said() {
    let problem = Problem {
        quantities: ["workers", "wage", "revenue", "visas", "zero"].map(Quantity::positive).into(),
        identities: vec![Identity::new("revenue", Expression::product(12.0, &["workers", "wage"]))],
        claims: vec![
            Claim::of("r", "revenue", interval(1e8, 2e8)),
            Claim::of("more", "workers", Figure::AtLeast { bound: 50000.0 }),
            Claim::of("none", "zero", Figure::Point { value: 0.0 }),
        ],
    };
    let report = least_squares(&problem, &Settings::default()).unwrap();
    let found = |id: &str| report.quantities.iter().find(|found| found.quantity == id).unwrap().estimate.clone();
    assert_eq!(found("workers"), Err(Undetermined::NothingSaid));
    assert_eq!(found("visas"), Err(Undetermined::NothingSaid));
    close("revenue", estimate(&report, "revenue").quantiles.p05, 1e8, 1e-9);
    let unused = |id: &str| report.claims.iter().find(|claim| claim.claim == id).unwrap().unused;
    assert_eq!(unused("more"), Some(Unused::OneSided));
    assert_eq!(unused("none"), Some(Unused::Zero));
    assert_eq!(unused("r"), None);
    assert_eq!((report.degrees, report.p_value), (0, None));
}

#[test]
fn one_sided_claims_pull_only_from_their_side() {
    let with = |figure: Figure| {
        let mut problem = two_counts();
        problem.claims =
            vec![Claim::of("a", "workers", interval(50000.0, 60000.0)), Claim::of("bound", "workers", figure)];
        let report = least_squares(&problem, &Settings::default()).unwrap();
        let z = report.claims.iter().find(|claim| claim.claim == "bound").unwrap().tension.unwrap().z;
        (estimate(&report, "workers").quantiles.p50, z)
    };
    let alone = (3e9_f64).sqrt();
    let (held, z) = with(Figure::AtLeast { bound: 20000.0 });
    close("a bound that holds", held, alone, 1e-6);
    assert_eq!(z, 0.0);
    let (pulled, z) = with(Figure::AtLeast { bound: 100000.0 });
    assert!(pulled > 1.05 * alone && z > 4.0, "{pulled} {z}");
    let (pulled, z) = with(Figure::AtMost { bound: 30000.0 });
    assert!(pulled < 0.95 * alone && z < -4.0, "{pulled} {z}");
}

#[test]
fn copies_of_one_origin_count_once() {
    let mut problem = two_counts();
    problem.claims[0].origin = "report".to_owned();
    let before = least_squares(&problem, &Settings::default()).unwrap();
    problem.claims.push(Claim::of("a again", "workers", interval(50000.0, 60000.0)).from_origin("report"));
    let after = least_squares(&problem, &Settings::default()).unwrap();
    assert_eq!(after.quantities[0].estimate, before.quantities[0].estimate);
    assert_eq!((after.chi_square, after.degrees), (before.chi_square, before.degrees));
    // a copy that went astray widens the statement, it adds no knowledge
    problem.claims.push(Claim::of("a astray", "workers", interval(45000.0, 70000.0)).from_origin("report"));
    let astray = least_squares(&problem, &Settings::default()).unwrap();
    assert!(estimate(&astray, "workers").sigma > estimate(&before, "workers").sigma);
}

#[test]
fn an_identity_that_cannot_hold_is_named_in_every_layer_and_the_rest_goes_on() {
    let mut problem = two_counts();
    problem.quantities.extend([Quantity::within("many", 5.0, 6.0), Quantity::share("few")]);
    problem.identities.push(Identity::new("few", Expression::product(2.0, &["many"])));
    let settings = Settings::default();
    let expected = vec![Fault::Impossible(Subject::Identity("few".to_owned()))];
    assert_eq!(intervals(&problem, &settings).unwrap_err(), expected);
    assert_eq!(least_squares(&problem, &settings).unwrap_err(), expected);
    assert_eq!(right_or_wrong(&problem, &settings, 1).unwrap_err(), expected);
    let (sound, faults) = problem.sound();
    assert_eq!(faults, expected);
    assert!(least_squares(&sound, &settings).unwrap().quantities.iter().any(|found| found.estimate.is_ok()));
}

/// Problems of two unknowns and their product, and possibly their sum, with claims of every kind.
fn problems() -> impl Strategy<Value = Problem> {
    let claim = (0..5_usize, 1.0..1000.0_f64, 1.05..5.0_f64, 0..5_usize, 0..4_usize);
    (prop::collection::vec(claim, 1..9), any::<bool>()).prop_map(|(claims, share)| {
        let names = ["a", "b", "c", "ab", "plus"];
        let claims = claims.into_iter().enumerate().map(|(index, (quantity, low, factor, kind, origin))| {
            let low = if quantity == 2 { low / 1001.0 } else { low };
            let high = if quantity == 2 { (low * factor).min(0.9999) } else { low * factor };
            let figure = match kind {
                0 => Figure::AtLeast { bound: low },
                1 => Figure::AtMost { bound: high },
                2 => Figure::Point { value: low },
                3 => Figure::Range { low, high },
                _ => interval(low, high),
            };
            let claim = Claim::of(&format!("c{index}"), names[quantity], figure).right_with(0.7);
            if origin == 0 { claim } else { claim.from_origin(&format!("o{origin}")) }
        });
        let third = if share { Quantity::share("c") } else { Quantity::positive("c") };
        let mut quantities: Vec<Quantity> = ["a", "b", "ab", "plus"].map(Quantity::positive).into();
        quantities.push(third);
        Problem {
            quantities,
            identities: vec![
                Identity::new("ab", Expression::product(2.0, &["a", "b", "c"])),
                Identity::new("plus", Expression::sum(&["a", "b"])),
            ],
            claims: claims.collect(),
        }
    })
}

proptest! {
    #[test]
    fn the_order_of_writing_changes_no_digit(problem in problems(), seed in any::<u64>()) {
        let mut shuffled = problem.clone();
        let mut stream = Stream::new(seed, "order");
        stream.shuffle(&mut shuffled.claims);
        stream.shuffle(&mut shuffled.quantities);
        stream.shuffle(&mut shuffled.identities);
        let settings = Settings::default();
        prop_assert_eq!(least_squares(&problem, &settings), least_squares(&shuffled, &settings));
    }

    #[test]
    fn a_copy_changes_nothing(problem in problems(), which in any::<prop::sample::Index>()) {
        let mut copied = problem.clone();
        let claim = &mut copied.claims[which.index(problem.claims.len())];
        if claim.origin.is_empty() {
            claim.origin = "named".to_owned();
        }
        let before = least_squares(&copied, &Settings::default()).unwrap();
        let mut copy = copied.claims[which.index(problem.claims.len())].clone();
        copy.id = "zz".to_owned();
        copied.claims.push(copy);
        let after = least_squares(&copied, &Settings::default()).unwrap();
        for (before, after) in before.quantities.iter().zip(&after.quantities) {
            prop_assert_eq!(&before.estimate, &after.estimate);
        }
        prop_assert_eq!(before.chi_square, after.chi_square);
    }

    #[test]
    fn other_units_give_the_same_answer(problem in problems(), thousands in 1..4_i32) {
        // a sum and a product of two unknowns have two solutions, and rounding chooses among them
        let of = |claim: &Claim, id: &str| claim.about == Expression::quantity(id);
        let mut problem = problem;
        if problem.claims.iter().any(|claim| of(claim, "ab")) {
            problem.claims.retain(|claim| !of(claim, "plus"));
        }
        // a, b and plus in thousands: their claims, and what stands on the identities, change with them
        let unit = 10_f64.powi(3 * thousands);
        let mut scaled = problem.clone();
        for claim in &mut scaled.claims {
            if ["a", "b", "plus"].iter().any(|id| of(claim, id)) {
                claim.figure = match claim.figure {
                    Figure::AtLeast { bound } => Figure::AtLeast { bound: bound * unit },
                    Figure::AtMost { bound } => Figure::AtMost { bound: bound * unit },
                    Figure::Point { value } => Figure::Point { value: value * unit },
                    Figure::Range { low, high } => Figure::Range { low: low * unit, high: high * unit },
                    Figure::Interval { low, high, coverage } => interval(low * unit, high * unit).with(coverage),
                };
            }
        }
        scaled.identities[0].right.terms[0].coefficient /= unit * unit;
        let before = least_squares(&problem, &Settings::default()).unwrap();
        let after = least_squares(&scaled, &Settings::default()).unwrap();
        // where a search was cut off, its figures are where it stopped
        prop_assume!(before.settled && after.settled);
        prop_assert!((before.chi_square - after.chi_square).abs() <= 1e-5 * before.chi_square.max(1.0));
        for (before, after) in before.quantities.iter().zip(&after.quantities) {
            let factor = if ["a", "b", "plus"].contains(&before.quantity.as_str()) { unit } else { 1.0 };
            match (&before.estimate, &after.estimate) {
                // of a part of a sum that the claims push towards zero nothing is known but its smallness; whether a double
                // can hold its moments depends on the unit
                (Ok(wide), _) | (_, Ok(wide)) if wide.sigma > 3.0 => {}
                (Ok(before), Ok(after)) => {
                    prop_assert!((after.quantiles.p50 / factor / before.quantiles.p50 - 1.0).abs() < 1e-5);
                    prop_assert!((after.sigma / before.sigma - 1.0).abs() < 1e-4);
                }
                (before, after) => prop_assert_eq!(before, after),
            }
        }
    }

    #[test]
    fn results_are_finite(problem in problems(), inflation in prop::sample::select(vec![1e-12, 1e-3, 1.0, 50.0, 1e9])) {
        let mut problem = problem;
        for claim in &mut problem.claims {
            claim.inflation = inflation;
        }
        let report = least_squares(&problem, &Settings::default()).unwrap();
        prop_assert!(report.chi_square.is_finite());
        for estimate in report.quantities.iter().filter_map(|quantity| quantity.estimate.as_ref().ok()) {
            prop_assert!(estimate.mean.is_finite() && estimate.sd.is_finite() && estimate.quantiles.p05 <= estimate.quantiles.p95);
        }
        for tension in report.claims.iter().filter_map(|claim| claim.tension) {
            prop_assert!(tension.z.is_finite() && tension.predicted.is_finite());
        }
    }
}

trait With {
    fn with(self, coverage: f64) -> Self;
}

impl With for Figure {
    fn with(self, coverage: f64) -> Self {
        match self {
            Self::Interval { low, high, .. } => Self::Interval { low, high, coverage },
            other => other,
        }
    }
}
