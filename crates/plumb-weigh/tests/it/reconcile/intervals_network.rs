//! The first layer on networks: what always holds between years, and many claims held against brute force.

use plumb_weigh::reconcile::{
    Claim, Expression, Figure, Identity, IntervalReport, Problem, Quantity, Settings, implied, intervals,
};

use super::network::claimed;
use crate::shared::close;

fn possible(problem: &Problem, claims: &[&str]) -> bool {
    implied(problem, claims, &Expression::quantity(&problem.quantities[0].id)).unwrap().is_some()
}

fn names(report: &IntervalReport) -> Vec<Vec<&str>> {
    let sets = report.conflicts.iter().map(|conflict| conflict.claims.iter().map(String::as_str).collect());
    let mut sets: Vec<Vec<&str>> = sets.collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    sets
}

/// Every minimal conflict among the claims, by trying all sets.
fn by_force(problem: &Problem) -> Vec<Vec<&str>> {
    let ids: Vec<&str> = problem.claims.iter().map(|claim| claim.id.as_str()).collect();
    let subset = |mask: usize| -> Vec<&str> {
        ids.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, id)| *id).collect()
    };
    let impossible: Vec<bool> = (0..1_usize << ids.len()).map(|mask| !possible(problem, &subset(mask))).collect();
    let minimal = |mask: &usize| {
        let smaller = (0..ids.len()).filter(|bit| mask >> bit & 1 == 1).all(|bit| !impossible[mask & !(1 << bit)]);
        impossible[*mask] && smaller
    };
    let mut sets: Vec<Vec<&str>> = (0..1_usize << ids.len()).filter(minimal).map(subset).collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    sets
}

#[test]
fn a_chain_of_years_binds_its_ends() {
    let mut problem = Problem::default();
    let of = |what: &str, year: usize| format!("{what}[{year}]");
    for year in 2010..=2027 {
        problem.quantities.push(Quantity::positive(&of("pay", year)));
        problem.quantities.push(Quantity::positive(&of("hours", year)));
        problem.quantities.push(Quantity::positive(&of("rate", year)));
        problem.quantities.push(Quantity::within(&of("link", year), 0.8, 1.25));
        let right = Expression::product(1.0, &[&of("hours", year), &of("rate", year)]);
        problem.identities.push(Identity::new(&of("pay", year), right));
        if year > 2010 {
            // the second identity for one left side
            let right = Expression::product(1.0, &[&of("pay", year - 1), &of("link", year)]);
            problem.identities.push(Identity { id: of("link", year), left: of("pay", year), right });
        }
    }
    let growth = (0..17).fold(1.0, |product, _| product * 1.25);
    let with = |last: f64| {
        let mut problem = problem.clone();
        problem.claims = vec![
            Claim::of("first", "pay[2010]", Figure::Range { low: 90.0, high: 100.0 }),
            Claim::of("last", "pay[2027]", Figure::AtLeast { bound: last }),
        ];
        intervals(&problem, &Settings::default()).unwrap()
    };
    assert!(with(99.0 * growth).conflicts.is_empty());
    let report = with(110.0 * growth);
    assert_eq!(names(&report), [["first", "last"]]);
    assert!(report.conflicts[0].across);
    close("factor", report.conflicts[0].factor, 1.1, 1e-9);
    close("needed", report.conflicts[0].needs[1].needed.high.unwrap(), 100.0 * growth, 1e-9);
}

#[test]
fn rivals_for_an_expression_are_seen_although_no_quantity_is_bounded() {
    let about = || Expression::monomial(1.0, &[("a", 0.5), ("b", 0.5)]);
    let problem = Problem {
        quantities: ["a", "b"].map(Quantity::positive).into(),
        identities: vec![],
        claims: vec![
            Claim::new("low", about(), Figure::Range { low: 2.0, high: 3.0 }),
            Claim::new("high", about(), Figure::Range { low: 6.0, high: 7.0 }),
        ],
    };
    let report = intervals(&problem, &Settings::default()).unwrap();
    assert_eq!(names(&report), [["high", "low"]]);
    assert!(!report.conflicts[0].across);
    close("factor", report.conflicts[0].factor, 2.0, 1e-12);
    assert_eq!(report.quantities.len(), 2);
}

#[test]
fn every_minimal_set_is_found_on_a_small_cut() {
    let (mut all, mut told) = (0, 0);
    for seed in 0..6 {
        let problem = claimed(2, 3, 11, seed);
        let expected = by_force(&problem);
        let report = intervals(&problem, &Settings::default()).unwrap();
        assert_eq!(names(&report), expected, "seed {seed}");
        assert_eq!((report.search.proven_size, report.search.parts), (None, report.search.parts_complete));
        // so few tests that only some sizes are proven: what is told is minimal, and whole up to that size
        for most_tests in [20, 60, 120] {
            let sparing = intervals(&problem, &Settings { most_tests, ..Settings::default() }).unwrap();
            let proven = sparing.search.proven_size.unwrap_or(11);
            assert!(names(&sparing).iter().all(|set| expected.contains(set)), "only minimal conflicts are told");
            let small = |sets: &[Vec<&str>]| sets.iter().filter(|set| set.len() <= proven).count();
            assert_eq!(small(&names(&sparing)), small(&expected), "seed {seed}: all of up to {proven}");
            told += names(&sparing).len();
        }
        all += expected.len();
    }
    assert!(all > 20 && told > 20, "{all} {told}");
}

#[test]
fn many_claims_over_hosts_and_years() {
    let problem = claimed(4, 18, 155, 1);
    let report = intervals(&problem, &Settings::default()).unwrap();
    let sets = names(&report);
    assert!(sets.len() > 50, "{}", sets.len());
    for set in &sets {
        assert!(!possible(&problem, set), "{set:?} is no conflict");
        for left_out in set {
            let fewer: Vec<&str> = set.iter().copied().filter(|claim| claim != left_out).collect();
            assert!(possible(&problem, &fewer), "{set:?} is not minimal");
        }
    }
    let undisputed = report.claims.iter().filter(|claim| !claim.disputed).map(|claim| claim.claim.as_str());
    assert!(possible(&problem, &undisputed.collect::<Vec<_>>()));
    assert!(report.search.proven_size.is_some_and(|size| size >= 2), "{:?}", report.search);
    let ids: Vec<&str> = problem.claims.iter().map(|claim| claim.id.as_str()).step_by(4).collect();
    for (index, one) in ids.iter().enumerate() {
        for other in &ids[index + 1..] {
            let known = sets.iter().any(|set| set.iter().all(|claim| claim == one || claim == other));
            assert_eq!(known, !possible(&problem, &[one, other]), "{one} {other}");
        }
    }
    for conflict in &report.conflicts {
        assert!(conflict.factor >= 1.0 && conflict.factor.is_finite());
    }
    assert!(report.conflicts.is_sorted_by(|a, b| (b.across, b.factor) <= (a.across, a.factor)));
}
