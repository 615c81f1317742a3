//! Simulation and sensitivity against known answers, their own laws, and bad input.

use plumb_weigh::form::{CorrelationError, Form};
use plumb_weigh::simulate::{
    Columns, Convergence, Correlation, Fault, Parameter, Plan, Scenario, Settings, SimulationError, run, summarise,
};
use plumb_weigh::statistics::{mean, rank_correlation, variance};
use proptest::prelude::*;

fn normal(name: &str, mean: f64, sd: f64) -> Parameter {
    Parameter::new(name, Form::normal(mean, sd).unwrap())
}

fn settings(draws: usize, seed: u64) -> Settings {
    Settings { draws, seed, ..Settings::default() }
}

/// A model with one output, the sum of all its inputs.
fn total(inputs: &Columns) -> Columns {
    let mut sum = vec![0.0; inputs.draws()];
    for (_, column) in inputs.iter() {
        sum.iter_mut().zip(column).for_each(|(sum, value)| *sum += value);
    }
    Columns::from_iter([("total".to_owned(), sum)])
}

fn correlation(left: &str, right: &str, rho: f64) -> Correlation {
    Correlation { between: [left.to_owned(), right.to_owned()], rho }
}

#[test]
fn a_sum_of_normals_has_its_known_figures_within_its_stated_errors() {
    let plan = Plan {
        parameters: vec![normal("a", 1.0, 3.0), normal("b", 2.0, 4.0)],
        settings: settings(100_000, 7),
        ..Plan::default()
    };
    let results = run(&plan, total).unwrap();
    let summary = results.base.outcomes[0].summary.clone().unwrap();
    let deviation = |value: f64, error: Option<f64>, truth: f64| (value - truth).abs() / error.unwrap();
    assert!(deviation(summary.mean.value, summary.mean.standard_error, 3.0) < 4.0);
    for one in &summary.quantiles {
        let truth = Form::normal(3.0, 5.0).unwrap().quantile(one.probability);
        assert!(deviation(one.estimate.value, one.estimate.standard_error, truth) < 4.0);
    }
    assert_eq!(summary.convergence, Convergence::Enough);
}

/// Over many seeds the errors stated are the errors made: mean and quantiles of a skewed distribution.
#[test]
fn stated_standard_errors_are_the_errors_made() {
    let form = Form::lognormal(0.0, 0.8).unwrap();
    let figures = |seed| {
        let values = form.sample(2_000, &mut plumb_weigh::draws::Stream::new(seed, "x"));
        let summary = summarise(&values, &Settings::default()).unwrap();
        summary.quantiles.iter().map(|one| one.estimate).chain([summary.mean]).collect::<Vec<_>>()
    };
    let runs: Vec<_> = (0..400).map(figures).collect();
    for place in 0..4 {
        let values: Vec<f64> = runs.iter().map(|run| run[place].value).collect();
        let errors: Vec<f64> = runs.iter().map(|run| run[place].standard_error.unwrap()).collect();
        let made = variance(&values).unwrap().sqrt();
        // 400 runs know the error made to 3.5 %
        assert!(
            (mean(&errors).unwrap() / made - 1.0).abs() < 0.14,
            "figure {place}: {} for {made}",
            mean(&errors).unwrap()
        );
    }
}

#[test]
fn noise_is_warned_about_with_the_draws_that_would_do() {
    let plan = |draws| Plan {
        parameters: vec![Parameter::new("x", Form::lognormal(0.0, 2.0).unwrap())],
        settings: settings(draws, 3),
        ..Plan::default()
    };
    let convergence = |draws| run(&plan(draws), total).unwrap().base.outcomes[0].summary.clone().unwrap().convergence;
    let Convergence::Noisy { part_of_width: Some(part), draws_needed: Some(needed) } = convergence(500) else {
        panic!("500 draws of a wide lognormal are not enough: {:?}", convergence(500))
    };
    assert!(part > 0.02 && needed > 500);
    // an error that is itself uncertain by a part: twice the hint is always enough
    assert_eq!(convergence(2 * needed), Convergence::Enough);
    assert_eq!(convergence(50), Convergence::TooFew { draws_needed: 110 });
}

#[test]
fn a_difference_is_paired() {
    let plan = Plan {
        parameters: vec![normal("a", 0.0, 10.0), normal("b", 5.0, 1.0)],
        scenarios: vec![
            Scenario::new("moved", vec![normal("b", 7.0, 1.0)]),
            Scenario::new("none", vec![]),
            Scenario::new("fixed", vec![Parameter::new("b", Form::point(4.0).unwrap())]),
        ],
        settings: settings(5_000, 1),
        ..Plan::default()
    };
    let results = run(&plan, total).unwrap();
    let difference = |place: usize| results.scenarios[place].outcomes[0].difference.clone().unwrap();
    let moved = difference(0);
    assert!((moved.mean.value - 2.0).abs() < 1e-12 && moved.mean.standard_error.unwrap() < 1e-12);
    assert_eq!(moved.convergence, Convergence::Enough, "rounding is no noise");
    assert_eq!(difference(1).mean.value, 0.0);
    assert_eq!(difference(1).convergence, Convergence::Enough);
    let fixed = difference(2);
    assert!((fixed.mean.value + 1.0).abs() < 4.0 * fixed.mean.standard_error.unwrap());
    assert!((fixed.mean.standard_error.unwrap() - 1.0 / 5_000_f64.sqrt()).abs() < 1e-3, "b alone varies in it");
    assert!(results.faults.is_empty());
}

#[test]
fn an_override_of_another_kind_is_paired_by_rank_and_keeps_correlations() {
    let plan = Plan {
        parameters: vec![normal("a", 0.0, 1.0), normal("b", 0.0, 1.0), normal("c", 0.0, 1.0)],
        correlations: vec![correlation("a", "b", 0.7)],
        scenarios: vec![Scenario::new("beta", vec![Parameter::new("a", Form::beta(2.0, 5.0).unwrap())])],
        settings: settings(20_000, 4),
    };
    let results = run(&plan, total).unwrap();
    let (base, other) = (&results.base.inputs, &results.scenarios[0].inputs);
    let column = |columns: &Columns, name: &str| columns.get(name).unwrap().to_vec();
    assert_eq!(rank_correlation(&column(base, "a"), &column(other, "a")), Some(1.0));
    assert_eq!(column(base, "b"), column(other, "b"));
    let expected = 6.0 / std::f64::consts::PI * libm::asin(0.35);
    for columns in [base, other] {
        let found = rank_correlation(&column(columns, "a"), &column(columns, "b")).unwrap();
        assert!((found - expected).abs() < 0.01, "{found} for {expected}");
        assert!(rank_correlation(&column(columns, "a"), &column(columns, "c")).unwrap().abs() < 0.03);
    }
    assert!((mean(&column(other, "a")).unwrap() - 2.0 / 7.0).abs() < 0.005);
}

/// Two points that a scenario makes uncertain stay independent of one another.
#[test]
fn overrides_of_points_are_not_tied_to_one_another() {
    let point = |name| Parameter::new(name, Form::point(1.0).unwrap());
    let plan = Plan {
        parameters: vec![point("a"), point("b")],
        scenarios: vec![Scenario::new("open", vec![normal("a", 0.0, 1.0), normal("b", 0.0, 1.0)])],
        settings: settings(10_000, 2),
        ..Plan::default()
    };
    let inputs = &run(&plan, total).unwrap().scenarios[0].inputs;
    assert!(rank_correlation(inputs.get("a").unwrap(), inputs.get("b").unwrap()).unwrap().abs() < 0.04);
}

#[test]
fn what_stops_a_simulation_is_named() {
    let good = Plan { parameters: vec![normal("a", 0.0, 1.0), normal("b", 0.0, 1.0)], ..Plan::default() };
    let with = |change: &dyn Fn(&mut Plan)| {
        let mut plan = good.clone();
        change(&mut plan);
        let error = run(&plan, total).unwrap_err();
        assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        error
    };
    for draws in [0, usize::MAX] {
        assert_eq!(with(&|plan| plan.settings.draws = draws), SimulationError::Draws { found: draws });
    }
    for bad in [vec![], vec![0.0], vec![0.5, 0.5], vec![0.9, 0.1], vec![f64::NAN]] {
        assert!(matches!(
            with(&|plan| plan.settings.probabilities = bad.clone()),
            SimulationError::Probabilities { .. }
        ));
    }
    assert!(matches!(with(&|plan| plan.settings.tolerance = f64::NAN), SimulationError::Tolerance { .. }));
    let twice = SimulationError::Twice { parameter: "a".to_owned() };
    assert_eq!(with(&|plan| plan.parameters.push(normal("a", 1.0, 1.0))), twice);
    for pairs in [vec![("a", "a")], vec![("a", "nobody")], vec![("a", "b"), ("b", "a")]] {
        let correlations: Vec<_> = pairs.iter().map(|(left, right)| correlation(left, right, 0.1)).collect();
        assert!(matches!(with(&|plan| plan.correlations = correlations.clone()), SimulationError::Pair { .. }));
    }
    let impossible = with(&|plan| plan.correlations = vec![correlation("a", "b", 1.5)]);
    assert!(matches!(impossible, SimulationError::Correlation { cause: CorrelationError::NotPositive, .. }));
}

#[test]
fn a_bad_scenario_or_output_costs_only_itself() {
    let plan = Plan {
        parameters: vec![normal("a", 0.0, 1.0)],
        scenarios: vec![
            Scenario::new("unknown", vec![normal("nobody", 0.0, 1.0)]),
            Scenario::new("twice", vec![normal("a", 0.0, 1.0), normal("a", 1.0, 1.0)]),
            Scenario::new("good", vec![normal("a", 1.0, 1.0)]),
            Scenario::new("good", vec![]),
            Scenario::new("vast", vec![Parameter::new("a", Form::lognormal(700.0, 20.0).unwrap())]),
        ],
        settings: settings(1_000, 1),
        ..Plan::default()
    };
    let model = |inputs: &Columns| {
        let root = inputs.map_rows(&["a"], |row| row[0].sqrt());
        let large = inputs.map_rows(&["a"], |row| row[0].clamp(-1.0, 1.0) * f64::MAX);
        let same = inputs.get("a").unwrap().to_vec();
        let outputs = [("root", root), ("same", same), ("short", vec![1.0]), ("large", large)];
        outputs.into_iter().map(|(name, values)| (name.to_owned(), values)).collect()
    };
    let results = run(&plan, model).unwrap();
    let names: Vec<&str> = results.scenarios.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["good", "vast"]);
    let good = &results.scenarios[0].outcomes;
    assert!((good[1].difference.as_ref().unwrap().mean.value - 1.0).abs() < 1e-12);
    assert!(good[0].summary.is_none() && good[2].summary.is_none() && good[3].summary.is_none());
    let kinds = |wanted: &dyn Fn(&Fault) -> bool| results.faults.iter().filter(|fault| wanted(fault)).count();
    assert_eq!(kinds(&|fault| matches!(fault, Fault::Scenario { .. })), 3);
    assert_eq!(kinds(&|fault| matches!(fault, Fault::Length { found: 1, expected: 1_000, .. })), 3);
    assert_eq!(kinds(&|fault| matches!(fault, Fault::NotFinite { kind: "parameter", name, .. } if name == "a")), 1);
    assert!(kinds(&|fault| matches!(fault, Fault::NotFinite { kind: "output", name, .. } if name == "root")) >= 2);
    assert!(kinds(&|fault| matches!(fault, Fault::Overflow { name, .. } if name == "large")) >= 1);
    assert!(results.faults.iter().all(|fault| !fault.to_string().is_empty() && !fault.hint().is_empty()));
}

#[test]
fn one_draw_and_constants_are_known_for_what_they_are() {
    let plan = |draws| Plan {
        parameters: vec![Parameter::new("a", Form::point(3.0).unwrap())],
        settings: settings(draws, 1),
        ..Plan::default()
    };
    let summary = |draws| run(&plan(draws), total).unwrap().base.outcomes[0].summary.clone().unwrap();
    let one = summary(1);
    assert_eq!((one.mean.value, one.mean.standard_error), (3.0, None));
    assert_eq!(one.convergence, Convergence::TooFew { draws_needed: 110 });
    assert_eq!(summary(1_000).convergence, Convergence::Enough);
    assert_eq!(summarise(&[], &Settings::default()), None);
    assert_eq!(summarise(&[1.0, f64::NAN], &Settings::default()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// One more parameter, one more correlated group, one more scenario: all other draws stay to the last bit.
    #[test]
    fn additions_leave_all_other_draws_alone(seed in any::<u64>(), rho in -0.9..0.9_f64, more in 1_usize..200) {
        let plan = Plan {
            parameters: ["a", "b", "c"].map(|name| normal(name, 1.0, 2.0)).to_vec(),
            correlations: vec![correlation("a", "c", rho)],
            scenarios: vec![Scenario::new("first", vec![Parameter::new("a", Form::beta(2.0, 2.0).unwrap())])],
            settings: settings(200, seed),
        };
        let mut larger = plan.clone();
        larger.parameters.extend(["d", "e"].map(|name| normal(name, 0.0, 1.0)));
        larger.parameters.insert(0, normal("z", 0.0, 1.0));
        larger.correlations.insert(0, correlation("d", "e", 0.5));
        larger.scenarios.insert(0, Scenario::new("second", vec![normal("b", 0.0, 9.0)]));
        let (small, large) = (run(&plan, total).unwrap(), run(&larger, total).unwrap());
        for name in ["a", "b", "c"] {
            prop_assert_eq!(small.base.inputs.get(name), large.base.inputs.get(name));
            prop_assert_eq!(small.scenarios[0].inputs.get(name), large.scenarios[1].inputs.get(name));
        }
        let mut longer = plan;
        longer.settings.draws += more;
        let long = run(&longer, total).unwrap();
        prop_assert_eq!(small.base.inputs.get("b").unwrap(), &long.base.inputs.get("b").unwrap()[..200]);
    }

    #[test]
    fn a_summary_moves_with_its_unit(seed in 0..1000_u64, factor in 0.1..10.0_f64, shift in -5.0..5.0_f64) {
        let values = Form::lognormal(0.0, 0.5).unwrap().sample(500, &mut plumb_weigh::draws::Stream::new(seed, "x"));
        let moved: Vec<f64> = values.iter().map(|value| shift + factor * value).collect();
        let (one, other) = (summarise(&values, &Settings::default()).unwrap(), summarise(&moved, &Settings::default()).unwrap());
        for (one, other) in one.quantiles.iter().zip(&other.quantiles) {
            prop_assert!((shift + factor * one.estimate.value - other.estimate.value).abs() < 1e-9);
            let errors = (one.estimate.standard_error.unwrap(), other.estimate.standard_error.unwrap());
            prop_assert!((factor * errors.0 - errors.1).abs() < 1e-9);
        }
    }
}
