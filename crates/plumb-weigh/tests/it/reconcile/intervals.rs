//! The first layer: known conflicts, what each needs, and the laws of minimal sets.

use plumb_weigh::reconcile::{
    Bounds, Claim, Expression, Fault, Figure, Identity, Problem, Quantity, Settings, Subject, implied, intervals,
};
use proptest::prelude::*;

use crate::shared::{close, fixture};

fn range(low: f64, high: f64) -> Figure {
    Figure::Range { low, high }
}

/// The problem of the shared case: revenue of workers abroad.
fn labour() -> Problem {
    Problem {
        quantities: vec![
            Quantity::positive("workers"),
            Quantity::positive("wage"),
            Quantity::share("share"),
            Quantity::positive("revenue"),
        ],
        identities: vec![Identity::new("revenue", Expression::product(12.0, &["workers", "wage", "share"]))],
        claims: vec![
            Claim::of("w1", "workers", range(50000.0, 60000.0)),
            Claim::of("wg", "wage", range(200.0, 1000.0)),
            Claim::of("sh", "share", range(0.7, 0.9)),
            Claim::of("r1", "revenue", range(1.2e9, 2.3e9)),
            Claim::of("r2", "revenue", range(1.5e8, 2.3e8)),
        ],
    }
}

fn is(found: Bounds, low: f64, high: f64) {
    close("low", found.low.unwrap(), low, 1e-9);
    close("high", found.high.unwrap(), high, 1e-9);
}

#[test]
fn the_known_conflicts_and_what_they_need() {
    let report = intervals(&labour(), &Settings::default()).unwrap();
    let sets: Vec<Vec<String>> = report.conflicts.iter().map(|conflict| conflict.claims.clone()).collect();
    assert_eq!(sets, [vec!["r1", "w1", "wg"], vec!["r1", "r2"]], "what ties different things together comes first");
    assert!(report.search.complete);
    let (across, rivals) = (&report.conflicts[0], &report.conflicts[1]);
    assert!(across.across && !rivals.across);
    close("a wage of 1,667 where 1,000 is claimed", across.factor, 1.2e9 / 12.0 / 60000.0 / 1000.0, 1e-9);
    close("1.2 bn where 230 m is claimed", rivals.factor, 1.2e9 / 2.3e8, 1e-9);
    let wage = &across.needs[2];
    close("with all taken", wage.needed.low.unwrap(), 1.2e9 / 12.0 / 60000.0, 1e-12);
    is(wage.needed_in_context, 1851.851851851852, 5476.190476190476);
    assert_eq!(wage.context, ["sh"]);
    assert_eq!(wage.needed.high, None, "a share near zero allows any wage");
    let others = ["sh"];
    let undisputed: Vec<&str> =
        report.claims.iter().filter(|claim| !claim.disputed).map(|claim| claim.claim.as_str()).collect();
    assert_eq!(undisputed, others);
    is(implied(&labour(), &["w1", "wg", "sh"], &Expression::quantity("revenue")).unwrap().unwrap(), 8.4e7, 6.48e8);
}

#[test]
fn the_shared_conflicts() {
    let Some(case) = fixture("claims/interval_conflict.json") else { return };
    let mut problem = labour();
    problem.claims = case["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| {
            let end = |index: usize| claim["range"][index].as_f64().unwrap();
            Claim::of(claim["id"].as_str().unwrap(), claim["q"].as_str().unwrap(), range(end(0), end(1)))
        })
        .collect();
    let names = |list: &serde_json::Value| {
        let mut names: Vec<String> =
            list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let expected: Vec<Vec<String>> = case["minimal_conflicts"].as_array().unwrap().iter().map(names).collect();
    let report = intervals(&problem, &Settings::default()).unwrap();
    let mut found: Vec<Vec<String>> = report.conflicts.into_iter().map(|conflict| conflict.claims).collect();
    found.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    assert_eq!(found, expected);
    let wage = implied(&problem, &["w1", "sh", "r1"], &Expression::quantity("wage"));
    let expected = &case["implied"]["wage_needed_for_r1"];
    is(wage.unwrap().unwrap(), expected[0].as_f64().unwrap(), expected[1].as_f64().unwrap());
}

#[test]
fn one_sided_claims_conflict_only_on_their_side() {
    let mut problem = labour();
    problem.claims = vec![
        Claim::of("over", "workers", Figure::AtLeast { bound: 50000.0 }),
        Claim::of("up to", "workers", Figure::AtMost { bound: 50000.0 }),
        Claim::of("exact", "workers", Figure::Point { value: 147000.0 }),
    ];
    let report = intervals(&problem, &Settings::default()).unwrap();
    assert_eq!(report.conflicts.len(), 1, "touching bounds are no contradiction");
    assert_eq!(report.conflicts[0].claims, ["exact", "up to"]);
    assert_eq!(report.conflicts[0].needs[1].needed, Bounds { low: Some(147000.0), high: Some(147000.0) });
}

#[test]
fn sums_over_places_and_stocks_over_time() {
    let problem = Problem {
        quantities: ["total", "russia", "china", "before", "sent", "back"].map(Quantity::positive).into(),
        identities: vec![
            Identity::new("total", Expression::sum(&["russia", "china"])),
            Identity::new("russia", Expression::sum(&["before", "sent"]).minus(Expression::quantity("back"))),
        ],
        claims: vec![
            Claim::of("whole", "total", Figure::AtMost { bound: 100000.0 }),
            Claim::of("in china", "china", range(70000.0, 80000.0)),
            Claim::of("then", "before", Figure::Point { value: 30000.0 }),
            Claim::of("new", "sent", range(10000.0, 12000.0)),
            Claim::of("gone", "back", Figure::AtMost { bound: 5000.0 }),
        ],
    };
    let report = intervals(&problem, &Settings::default()).unwrap();
    // 30,000 + 10,000 - 5,000 is 35,000 in Russia; with 70,000 in China that passes 100,000
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].claims, ["gone", "in china", "new", "then", "whole"]);
    let need = |claim: &str| {
        let needs = report.conflicts[0].needs.iter();
        needs.filter(|need| need.claim == claim).map(|need| need.needed).next().unwrap()
    };
    assert_eq!(need("gone"), Bounds { low: Some(10000.0), high: Some(42000.0) });
    assert_eq!(need("in china"), Bounds { low: Some(0.0), high: Some(65000.0) });
    assert_eq!(need("whole").low, Some(105000.0));
}

#[test]
fn a_circle_of_relations_hides_no_conflict() {
    // a + b = 10 and a·b = 30 have no common solution (a·b is at most 25), though each range alone allows it
    let problem = Problem {
        quantities: ["a", "b"].map(Quantity::positive).into(),
        identities: vec![],
        claims: vec![
            Claim::new("sum", Expression::sum(&["a", "b"]), range(9.9, 10.1)),
            Claim::new("product", Expression::product(1.0, &["a", "b"]), range(29.0, 31.0)),
            Claim::new("ratio", Expression::monomial(1.0, &[("a", 1.0), ("b", -1.0)]), range(0.1, 10.0)),
        ],
    };
    let report = intervals(&problem, &Settings::default()).unwrap();
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].claims, ["product", "sum"]);
}

#[test]
fn copies_of_one_origin_are_one_claim() {
    let mut problem = labour();
    let before = intervals(&problem, &Settings::default()).unwrap();
    problem.claims.iter_mut().find(|claim| claim.id == "r1").unwrap().origin = "report".to_owned();
    for id in ["r1 in a newspaper", "r1 on a site"] {
        problem.claims.push(Claim::of(id, "revenue", range(1.2e9, 2.3e9)).from_origin("report"));
    }
    let after = intervals(&problem, &Settings::default()).unwrap();
    assert_eq!(after.conflicts, before.conflicts);
    assert_eq!(after.claims.iter().map(|claim| claim.copies.len()).sum::<usize>(), 2);
}

#[test]
fn a_claim_outside_the_bounds_is_a_conflict_of_one() {
    let mut problem = labour();
    problem.claims.push(Claim::of("all and more", "share", range(1.1, 1.2)));
    let report = intervals(&problem, &Settings::default()).unwrap();
    let alone = report.conflicts.iter().find(|conflict| conflict.claims == ["all and more"]).unwrap();
    assert!(alone.across, "it contradicts what always holds");
    assert_eq!(alone.needs[0].needed, Bounds { low: Some(0.0), high: Some(1.0) });
}

#[test]
fn a_search_that_is_cut_off_says_so() {
    let mut problem = labour();
    problem.claims.extend((0..40).map(|n| {
        let low = 1000.0 * f64::from(n);
        Claim::of(&format!("x{n:02}"), "workers", range(low + 1.0, low + 900.0))
    }));
    let cut = Settings { most_tests: 50, ..Settings::default() };
    let search = intervals(&problem, &cut).unwrap().search;
    assert!(!search.complete && search.proven_size == Some(0), "{search:?}");
    let search = intervals(&problem, &Settings::default()).unwrap().search;
    assert!(search.complete && search.parts == search.parts_complete && search.proven_size.is_none(), "{search:?}");
}

#[test]
fn faults_name_their_subject() {
    let with = |change: fn(&mut Problem)| {
        let mut problem = labour();
        change(&mut problem);
        let faults = intervals(&problem, &Settings::default()).unwrap_err();
        assert!(faults.iter().all(|fault| !fault.hint().is_empty()));
        faults[0].clone()
    };
    let cycle = with(|p| p.identities.push(Identity::new("wage", Expression::product(1.0, &["revenue", "share"]))));
    assert!(matches!(&cycle, Fault::Cycle { through, .. } if through.contains("→")), "{cycle}");
    let unknown = with(|p| p.claims.push(Claim::of("x", "works", range(1.0, 2.0))));
    assert!(matches!(unknown, Fault::UnknownQuantity { .. }));
    let reversed = with(|p| p.claims.push(Claim::of("x", "wage", range(2.0, 1.0))));
    assert_eq!(reversed.subject(), &Subject::Claim("x".to_owned()));
    let twice = with(|p| p.claims.push(Claim::of("w1", "wage", range(1.0, 2.0))));
    assert!(matches!(twice, Fault::Twice(_)));
    let nan = with(|p| p.claims.push(Claim::of("x", "wage", range(f64::NAN, 1.0))));
    assert!(matches!(nan, Fault::NotFinite { .. }));
    let coverage = Figure::Interval { low: 1.0, high: 2.0, coverage: 1.0 };
    assert!(
        matches!(
            with(|p| p.claims.push(Claim::of("x", "wage", Figure::Interval { low: 1.0, high: 2.0, coverage: 90.0 }))),
            Fault::Outside { value, .. } if value == 90.0
        ),
        "{coverage:?}"
    );
    let empty = with(|p| p.claims.push(Claim::new("x", Expression { terms: vec![] }, range(1.0, 2.0))));
    assert!(matches!(empty, Fault::Empty(_)));
    let impossible = with(|p| {
        p.quantities.push(Quantity::within("small", 0.0, 1.0));
        p.identities.push(Identity::new("small", Expression::monomial(2.0, &[])));
    });
    assert!(matches!(impossible, Fault::Impossible(_)));
    assert_eq!(impossible.subject(), &Subject::Identity("small".to_owned()));
    let (sound, faults) = {
        let mut problem = labour();
        problem.claims.push(Claim::of("w9", "works", range(2.0, 1.0)));
        problem.quantities.push(Quantity::within("odd", 3.0, 2.0));
        problem.identities.push(Identity::new("z", Expression::product(1.0, &["odd"])));
        problem.sound()
    };
    assert_eq!(sound.claims.len(), 5, "the rest goes on: {faults:?}");
    assert!(intervals(&sound, &Settings::default()).is_ok());
}

/// Problems with products of three quantities and claims on them and on their parts.
fn problems() -> impl Strategy<Value = Problem> {
    let claim = (0..4_usize, 1.0..100.0_f64, 1.0..4.0_f64, any::<bool>());
    prop::collection::vec(claim, 1..8).prop_map(|claims| {
        let names = ["a", "b", "c", "abc"];
        let claims = claims.into_iter().enumerate().map(|(index, (quantity, low, factor, sided))| {
            let low = if quantity == 3 { low * low * low } else { low };
            let figure = if sided { Figure::AtLeast { bound: low } } else { range(low, low * factor) };
            Claim::of(&format!("c{index}"), names[quantity], figure)
        });
        Problem {
            quantities: names.map(Quantity::positive).into(),
            identities: vec![Identity::new("abc", Expression::product(1.0, &["a", "b", "c"]))],
            claims: claims.collect(),
        }
    })
}

proptest! {
    #[test]
    fn conflicts_are_exactly_the_minimal_ones(problem in problems()) {
        let settings = Settings::default();
        let report = intervals(&problem, &settings).unwrap();
        prop_assert!(report.search.complete);
        let ids: Vec<&str> = problem.claims.iter().map(|claim| claim.id.as_str()).collect();
        let subset = |mask: u32| -> Vec<&str> {
            ids.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, id)| *id).collect()
        };
        let about = Expression::quantity("a");
        let impossible: Vec<bool> = (0..1_u32 << ids.len())
            .map(|mask| implied(&problem, &subset(mask), &about).unwrap().is_none())
            .collect();
        let minimal = |mask: u32| {
            impossible[mask as usize]
                && (0..ids.len()).filter(|bit| mask >> bit & 1 == 1).all(|bit| !impossible[(mask & !(1 << bit)) as usize])
        };
        let mut expected: Vec<Vec<&str>> = (0..1_u32 << ids.len()).filter(|mask| minimal(*mask)).map(subset).collect();
        expected.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        let mut found: Vec<Vec<&str>> =
            report.conflicts.iter().map(|conflict| conflict.claims.iter().map(String::as_str).collect()).collect();
        found.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn what_a_conflict_needs_is_beyond_what_the_claim_says(problem in problems()) {
        for conflict in intervals(&problem, &Settings::default()).unwrap().conflicts {
            for need in &conflict.needs {
                let above = need.needed.low.zip(need.says.high).is_some_and(|(needed, says)| needed > says);
                let below = need.needed.high.zip(need.says.low).is_some_and(|(needed, says)| needed < says);
                prop_assert!(above || below, "{need:?}");
            }
        }
    }

    #[test]
    fn the_order_of_writing_changes_nothing(problem in problems(), seed in any::<u64>()) {
        let mut stream = plumb_weigh::draws::Stream::new(seed, "order");
        let mut shuffled = problem.clone();
        stream.shuffle(&mut shuffled.claims);
        stream.shuffle(&mut shuffled.quantities);
        let settings = Settings::default();
        prop_assert_eq!(intervals(&problem, &settings), intervals(&shuffled, &settings));
    }

    #[test]
    fn hostile_numbers_give_faults_or_finite_ranges(a in any::<f64>(), b in any::<f64>(), power in any::<f64>(), c in any::<f64>()) {
        let mut problem = labour();
        problem.claims.push(Claim::of("x", "workers", range(a, b)));
        problem.claims.push(Claim::new("y", Expression::monomial(c, &[("wage", power)]), Figure::AtLeast { bound: b }));
        problem.claims.push(Claim::new("z", Expression::monomial(c, &[("wage", power), ("wage", 1.0)]).minus(Expression::quantity("workers")), Figure::AtMost { bound: a }));
        let (sound, _) = problem.sound();
        if let Ok(report) = intervals(&sound, &Settings::default()) {
            for range in report.quantities {
                for end in [range.bounds.low, range.bounds.high].into_iter().flatten() {
                    prop_assert!(end.is_finite());
                }
            }
        }
    }
}
