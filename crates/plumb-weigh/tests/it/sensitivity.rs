//! Sensitivity against known answers, its own laws, and bad input.

use plumb_weigh::draws::Stream;
use plumb_weigh::form::Form;
use plumb_weigh::sensitivity::{
    Fault, LEVELS, MOST_INPUTS, OutputIndices, SensitivityError, SobolSettings, drivers, first_order, sobol,
};
use plumb_weigh::simulate::{Columns, Correlation, Parameter, Plan, Settings, run};
use proptest::prelude::*;
use serde_json::Value;

use crate::shared::{close, fixture};

fn plan(parameters: Vec<Parameter>, draws: usize) -> Plan {
    Plan { parameters, settings: Settings { draws, ..Settings::default() }, ..Plan::default() }
}

fn normal(name: &str, sd: f64) -> Parameter {
    Parameter::new(name, Form::normal(0.0, sd).unwrap())
}

/// A model with one output `y`, a function of all inputs in their order.
fn model(function: impl Fn(&[f64]) -> f64) -> impl Fn(&Columns) -> Columns {
    move |inputs| {
        let names: Vec<&str> = inputs.iter().map(|(name, _)| name).collect();
        Columns::from_iter([("y".to_owned(), inputs.map_rows(&names, &function))])
    }
}

fn numbers(value: &Value, key: &str) -> Vec<f64> {
    value[key].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect()
}

/// Every index within the tolerance, and nine of ten intervals or more hold the truth.
fn indices_are(found: &OutputIndices, first: &[f64], total: &[f64], tolerance: f64) {
    let pairs = found.inputs.iter().zip(first.iter().zip(total));
    let pairs: Vec<_> = pairs.flat_map(|(one, (first, total))| [(one.first, *first), (one.total, *total)]).collect();
    assert_eq!(pairs.len(), 2 * first.len());
    for (index, truth) in &pairs {
        assert!((index.value - truth).abs() < tolerance, "{index:?} for {truth}");
        assert!(index.low <= index.value && index.value <= index.high, "{index:?}");
    }
    let holding = pairs.iter().filter(|(index, truth)| (index.low..=index.high).contains(truth)).count();
    assert!(10 * holding >= 9 * pairs.len(), "{holding} of {} intervals hold the truth", pairs.len());
}

#[test]
fn the_linear_function_has_its_known_sensitivities() {
    let Some(case) = fixture("sensitivity/linear.json") else { return };
    let (c, sd) = (numbers(&case, "c"), numbers(&case, "sd"));
    let parameters: Vec<_> = sd.iter().zip(["a", "b", "c", "d"]).map(|(sd, name)| normal(name, *sd)).collect();
    let linear = model(|row: &[f64]| row.iter().zip(&c).map(|(x, c)| x * c).sum());
    let plan = plan(parameters, 100_000);
    let indices = sobol(&plan, &linear, &SobolSettings::default()).unwrap();
    assert_eq!(indices.runs, 6 * 4096);
    indices_are(&indices.outputs[0], &numbers(&case, "S1"), &numbers(&case, "ST"), 0.02);
    let base = run(&plan, &linear).unwrap().base;
    let found = drivers(&base.inputs, &base.outputs, [0.1, 0.9]);
    let order: Vec<&str> = found.outputs[0].drivers.iter().map(|one| one.input.as_str()).collect();
    assert_eq!(order, ["b", "a", "d", "c"], "the widest swing first");
    let (pearson, swings) = (numbers(&case, "pearson_with_output"), numbers(&case, "tornado_p10_p90_swing"));
    for driver in &found.outputs[0].drivers {
        let place = ["a", "b", "c", "d"].iter().position(|name| *name == driver.input).unwrap();
        // Spearman's correlation of two jointly normal variables is (6/π) asin(r/2)
        let expected = 6.0 / std::f64::consts::PI * libm::asin(pearson[place] / 2.0);
        assert!((driver.rank_correlation.unwrap() - expected).abs() < 0.01, "{driver:?}");
        let error = |one: Option<plumb_weigh::sensitivity::Conditional>| one.unwrap().output.standard_error.unwrap();
        let noise = error(driver.low).hypot(error(driver.high));
        let swing = swings[place] * c[place].signum();
        assert!((driver.swing().unwrap() - swing).abs() < 4.0 * noise && noise < 0.15, "{driver:?} for {swing}");
    }
}

#[test]
fn the_g_function_of_sobol_has_its_known_indices() {
    let Some(case) = fixture("sensitivity/sobol_g.json") else { return };
    let a = numbers(&case, "a");
    let uniform = |place: usize| Parameter::new(&format!("x{place}"), Form::uniform(0.0, 1.0).unwrap());
    let g = model(|row: &[f64]| row.iter().zip(&a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product());
    let plan = plan((0..a.len()).map(uniform).collect(), 1);
    let found = sobol(&plan, g, &SobolSettings::default()).unwrap();
    assert!(found.faults.is_empty());
    indices_are(&found.outputs[0], &numbers(&case, "S1"), &numbers(&case, "ST"), case["tolerance"].as_f64().unwrap());
}

#[test]
fn the_logarithm_of_a_product_divides_its_variance_as_known() {
    let Some(case) = fixture("montecarlo/lognormal_product.json") else { return };
    let factors = case["factors"].as_array().unwrap();
    let parameters = factors.iter().zip(["workers", "wage", "share"]).map(|(one, name)| {
        let form = Form::lognormal_from_interval(one[0].as_f64().unwrap(), one[1].as_f64().unwrap(), 0.9).unwrap();
        Parameter::new(name, form)
    });
    let plan = plan(parameters.collect(), 1);
    let log = model(|row: &[f64]| libm::log(row.iter().product()));
    let found = sobol(&plan, log, &SobolSettings::default()).unwrap();
    let shares = numbers(&case, "variance_share_of_log_output");
    indices_are(&found.outputs[0], &shares, &shares, 0.01);
}

/// Ishigami and Homma 1990: the third input acts only together with the first. Known in closed form.
#[test]
fn an_input_that_acts_only_with_another_is_seen_in_its_total() {
    let pi = std::f64::consts::PI;
    let parameters = ["x", "y", "z"].map(|name| Parameter::new(name, Form::uniform(-pi, pi).unwrap())).to_vec();
    let ishigami = model(|row: &[f64]| {
        let (sine, other) = (libm::sin(row[0]), libm::sin(row[1]));
        sine + 7.0 * other * other + 0.1 * row[2] * row[2] * row[2] * row[2] * sine
    });
    let found = sobol(&plan(parameters, 1), ishigami, &SobolSettings::default()).unwrap();
    let (first, total) = ([0.313_905_2, 0.442_411_1, 0.0], [0.557_588_9, 0.442_411_1, 0.243_683_7]);
    indices_are(&found.outputs[0], &first, &total, 0.01);
}

#[test]
fn a_tornado_of_a_product_has_its_known_ends() {
    let forms = [("workers", 50_000.0, 150_000.0), ("wage", 3_000.0, 9_000.0)];
    let form = |low, high| Form::lognormal_from_interval(low, high, 0.9).unwrap();
    let parameters = forms.map(|(name, low, high)| Parameter::new(name, form(low, high))).to_vec();
    let base = run(&plan(parameters, 200_000), model(|row: &[f64]| row.iter().product())).unwrap().base;
    let found = drivers(&base.inputs, &base.outputs, LEVELS);
    let wage = form(3_000.0, 9_000.0).mean().unwrap();
    let workers = found.outputs[0].drivers.iter().find(|one| one.input == "workers").unwrap();
    for (end, level) in [(workers.low.unwrap(), 50_000.0), (workers.high.unwrap(), 150_000.0)] {
        close("level", end.input, level, 0.01);
        close("output", end.output.value, level * wage, 0.02);
    }
}

#[test]
fn discrete_inputs_have_a_tornado_too() {
    let coin = Parameter::new("coin", Form::empirical(vec![0.0, 1.0]).unwrap());
    let plan = plan(vec![coin, normal("noise", 1.0)], 20_000);
    let base = run(&plan, model(|row: &[f64]| 3.0 * row[0] + row[1])).unwrap().base;
    let found = drivers(&base.inputs, &base.outputs, LEVELS);
    let coin = found.outputs[0].drivers.iter().find(|one| one.input == "coin").unwrap();
    assert_eq!((coin.low.unwrap().input, coin.high.unwrap().input), (0.0, 1.0));
    assert!((coin.swing().unwrap() - 3.0).abs() < 0.06);
}

#[test]
fn what_is_unknown_is_said_to_be() {
    let column = |name: &str, values: Vec<f64>| (name.to_owned(), values);
    let rising = |n: u32| (0..n).map(f64::from).collect::<Vec<_>>();
    let inputs = Columns::from_iter([
        column("good", rising(500)),
        column("constant", vec![4.0; 500]),
        column("short", rising(3)),
        column("bad", rising(500).into_iter().map(|x| 1.0 / (x - 7.0)).collect()),
    ]);
    let outputs = Columns::from_iter([column("y", rising(500)), column("flat", vec![0.0; 500])]);
    let found = drivers(&inputs, &outputs, LEVELS);
    let known =
        |output: usize| found.outputs[output].drivers.iter().filter(|one| one.rank_correlation.is_some()).count();
    assert_eq!((known(0), known(1)), (1, 0));
    assert_eq!(found.outputs[0].drivers[0].rank_correlation, Some(1.0));
    let expected = [
        Fault::Constant { kind: "input", name: "constant".to_owned() },
        Fault::Length { kind: "input", name: "short".to_owned(), found: 3, expected: 500 },
        Fault::NotFinite { kind: "input", name: "bad".to_owned(), draws: 1, first: 8 },
        Fault::Constant { kind: "output", name: "flat".to_owned() },
    ];
    assert_eq!(found.faults, expected);
    assert!(found.faults.iter().all(|fault| !fault.to_string().is_empty() && !fault.hint().is_empty()));
    let few = Columns::from_iter([column("good", rising(5))]);
    let driver = drivers(&few, &few, LEVELS).outputs[0].drivers[0].clone();
    assert_eq!((driver.rank_correlation, driver.low, driver.swing()), (Some(1.0), None, None));
    assert!(drivers(&Columns::new(), &Columns::new(), [f64::NAN; 2]).outputs.is_empty());
    let none = drivers(&Columns::from_iter([column("empty", vec![])]), &outputs, LEVELS);
    assert!(none.outputs.iter().all(|one| one.drivers[0].rank_correlation.is_none()) && none.faults.len() == 3);
}

#[test]
fn outputs_without_indices_are_named() {
    let point = Parameter::new("point", Form::point(2.0).unwrap());
    let plan = plan(vec![normal("a", 1.0), point], 1);
    let several = |inputs: &Columns| {
        let of = |function: fn(f64) -> f64| inputs.map_rows(&["a"], |row| function(row[0]));
        let columns = [
            ("same", of(|x| x)),
            ("root", of(f64::sqrt)),
            ("flat", of(|_| 1.0)),
            ("vast", of(|x| if x > 0.0 { f64::MAX } else { f64::MAX / 2.0 })),
            ("short", vec![1.0]),
        ];
        columns.into_iter().map(|(name, values)| (name.to_owned(), values)).collect()
    };
    let found = sobol(&plan, several, &SobolSettings::default()).unwrap();
    assert_eq!(found.outputs.len(), 1);
    let [a, point] = &found.outputs[0].inputs[..] else { panic!("two inputs") };
    assert!((a.first.value - 1.0).abs() < 0.01 && point.first.value == 0.0 && point.total.high == 0.0);
    let named: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
    assert!(
        named.len() == 4
            && ["root", "flat", "vast", "short"].iter().zip(&named).all(|(name, text)| text.contains(name))
    );
}

#[test]
fn impossible_questions_are_refused() {
    let good = plan(vec![normal("a", 1.0), normal("b", 1.0)], 1);
    let refused = |plan: &Plan, settings: SobolSettings| {
        let error = sobol(plan, model(|row: &[f64]| row[0]), &settings).unwrap_err();
        assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        error
    };
    let usual = SobolSettings::default();
    for points in [0, 32, 100, 1 << 17] {
        assert_eq!(refused(&good, SobolSettings { points, ..usual }), SensitivityError::Points { found: points });
    }
    assert_eq!(refused(&good, SobolSettings { replicates: 1, ..usual }), SensitivityError::Replicates { found: 1 });
    let coverage = refused(&good, SobolSettings { coverage: f64::NAN, ..usual });
    assert!(matches!(coverage, SensitivityError::Coverage { .. }));
    let mut tied = good.clone();
    tied.correlations = vec![Correlation { between: ["a".to_owned(), "b".to_owned()], rho: 0.2 }];
    assert!(matches!(refused(&tied, usual), SensitivityError::Correlated { .. }));
    let many = plan((0..=MOST_INPUTS).map(|place| normal(&place.to_string(), 1.0)).collect(), 1);
    assert_eq!(refused(&many, usual), SensitivityError::TooMany { found: MOST_INPUTS + 1 });
    let twice = plan(vec![normal("a", 1.0), normal("a", 1.0)], 1);
    assert!(matches!(refused(&twice, usual), SensitivityError::Plan(_)));
}

/// Standard normal draws of two names, tied by this correlation.
fn tied(rho: f64, draws: usize) -> Columns {
    let (mut one, mut two) = (Stream::new(5, "one"), Stream::new(5, "two"));
    let a: Vec<f64> = (0..draws).map(|_| one.normal()).collect();
    let b = a.iter().map(|a| rho * a + (1.0 - rho * rho).sqrt() * two.normal()).collect();
    Columns::from_iter([("a".to_owned(), a), ("b".to_owned(), b)])
}

#[test]
fn first_order_indices_of_given_draws_are_the_known_ones() {
    // of independent inputs their part of the sum; of tied ones the square of what their output shares with them
    for (rho, of_a, of_b) in [(0.0, 0.8, 0.2), (0.6, 6.76 / 7.4, 4.84 / 7.4)] {
        let inputs = tied(rho, 8000);
        let output = inputs.map_rows(&["a", "b"], |row| 2.0 * row[0] + row[1]);
        let found = first_order(&inputs, &output);
        assert_eq!(found.iter().map(|one| one.input.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        for (one, truth) in found.iter().zip([of_a, of_b]) {
            let error = one.index.standard_error.unwrap();
            assert!(error > 0.0 && error < 0.03, "{one:?}");
            assert!((one.index.value - truth).abs() < 3.0 * error + 0.002, "{one:?} is not {truth}");
        }
    }
}

#[test]
fn first_order_indices_see_what_no_correlation_does_and_no_more_than_chance() {
    let inputs = tied(0.0, 8000);
    let output = inputs.map_rows(&["a"], |row| row[0] * row[0]);
    let found = first_order(&inputs, &output);
    assert!(found[0].input == "a" && found[0].index.value > 0.97, "{found:?}");
    assert!(found[1].index.value.abs() < 0.02, "{found:?}");
    // constant, not finite, too short, too few: no index rather than a wrong one
    let bad = Columns::from_iter([
        ("constant".to_owned(), vec![1.0; 8000]),
        ("nan".to_owned(), vec![f64::NAN; 8000]),
        ("short".to_owned(), vec![1.0, 2.0]),
    ]);
    assert_eq!(first_order(&bad, &output), []);
    assert_eq!(first_order(&inputs, &vec![2.0; 8000]), []);
    assert_eq!(first_order(&tied(0.0, 100), &output[..100]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The indices have no unit, and an appended parameter that does nothing leaves the others' as they were.
    #[test]
    fn indices_do_not_depend_on_units_or_idle_parameters(seed in any::<u64>(), factor in 1e-3..1e3_f64, shift in -1e3..1e3_f64) {
        let mut plan = plan(vec![normal("a", 1.0), normal("b", 2.0)], 1);
        plan.settings.seed = seed;
        let settings = SobolSettings { points: 256, replicates: 50, ..SobolSettings::default() };
        let found = sobol(&plan, model(|row: &[f64]| row[0] * row[1] + row[1]), &settings).unwrap();
        plan.parameters.push(normal("idle", 3.0));
        let other = sobol(&plan, model(|row: &[f64]| shift + factor * (row[0] * row[1] + row[1])), &settings).unwrap();
        for (one, other) in found.outputs[0].inputs.iter().zip(&other.outputs[0].inputs) {
            prop_assert!((one.first.value - other.first.value).abs() < 1e-6);
            prop_assert!((one.total.high - other.total.high).abs() < 1e-6);
        }
        prop_assert_eq!(other.outputs[0].inputs[2].total.value, 0.0);
    }

    /// Draws of any kind give no panic and no NaN.
    #[test]
    fn no_columns_give_nan(left in prop::collection::vec(any::<f64>(), 0..300), right in prop::collection::vec(-1e300..1e300_f64, 0..300)) {
        let inputs = Columns::from_iter([("left".to_owned(), left), ("right".to_owned(), right)]);
        for output in drivers(&inputs, &inputs, LEVELS).outputs {
            for driver in output.drivers {
                prop_assert!(driver.rank_correlation.is_none_or(|r| (-1.0..=1.0).contains(&r)));
                prop_assert!(driver.low.is_none_or(|low| low.output.value.is_finite() && low.input.is_finite()));
            }
        }
    }
}
