//! Total indices and Shapley effects against closed forms: independent inputs, and jointly normal ones.

use plumb_weigh::draws::Stream;
use plumb_weigh::form::Form;
use plumb_weigh::sensitivity::{Copula, Effects, Fault, Index, SensitivityError, SobolSettings, effects};
use plumb_weigh::simulate::{Columns, Parameter};
use proptest::prelude::*;

use crate::shared::{fixture, numbers};

fn uniform(names: &[&str], low: f64, high: f64) -> Vec<Parameter> {
    names.iter().map(|name| Parameter::new(name, Form::uniform(low, high).unwrap())).collect()
}

fn normal(deviations: &[f64]) -> Vec<Parameter> {
    let named = deviations.iter().zip(["a", "b", "c", "d"]);
    named.map(|(sd, name)| Parameter::new(name, Form::normal(3.0, *sd).unwrap())).collect()
}

/// A function of all inputs, row by row.
fn of_rows(inputs: &Copula, function: impl Fn(&[f64]) -> f64, points: usize) -> Effects {
    let model = |columns: &Columns| {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name).collect();
        columns.map_rows(&names, &function)
    };
    effects(inputs, model, &SobolSettings { points, ..SobolSettings::default() }, 1).unwrap()
}

/// Every index within the tolerance of the truth, and nine of ten intervals or more hold it.
fn are(found: &Effects, total: &[f64], shapley: &[f64], tolerance: f64) {
    let truths = total.iter().zip(shapley);
    let pairs: Vec<(Index, f64)> = (found.inputs.iter().zip(truths))
        .flat_map(|(one, (total, shapley))| [(one.total, *total), (one.shapley, *shapley)])
        .collect();
    assert_eq!(pairs.len(), 2 * total.len());
    for (index, truth) in &pairs {
        assert!((index.value - truth).abs() < tolerance, "{index:?} for {truth}");
    }
    let holding = pairs.iter().filter(|(index, truth)| (index.low..=index.high).contains(truth)).count();
    assert!(10 * holding >= 8 * pairs.len(), "{holding} of {} intervals hold the truth", pairs.len());
    let sum: f64 = found.inputs.iter().map(|one| one.shapley.value).sum();
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
}

/// The Shapley effect of each of some inputs, from the part of the variance that knowing any set of them takes away.
fn divided(size: usize, known: impl Fn(&[usize]) -> f64) -> Vec<f64> {
    let members = |set: usize| (0..size).filter(|one| set & (1 << one) != 0).collect::<Vec<_>>();
    let factorial = |n: usize| (1..=n).map(|one| one as f64).product::<f64>();
    let whole = known(&members((1 << size) - 1));
    let of = |input: usize| {
        let without = (0..1_usize << size).filter(|set| set & (1 << input) == 0);
        let gains = without.map(|set| {
            let count = members(set).len();
            let weight = factorial(count) * factorial(size - count - 1) / factorial(size);
            weight * (known(&members(set | 1 << input)) - known(&members(set)))
        });
        gains.sum::<f64>() / whole
    };
    (0..size).map(of).collect()
}

/// Ishigami and Homma 1990. What the first and the third cause together is divided between them.
#[test]
fn effects_of_independent_inputs_divide_what_they_cause_together() {
    let pi = std::f64::consts::PI;
    let inputs = Copula::independent(uniform(&["x", "y", "z"], -pi, pi)).unwrap();
    let ishigami = |row: &[f64]| {
        let (sine, other) = (libm::sin(row[0]), libm::sin(row[1]));
        sine + 7.0 * other * other + 0.1 * row[2] * row[2] * row[2] * row[2] * sine
    };
    let found = of_rows(&inputs, ishigami, 4096);
    let both = 0.243_683_7;
    let shapley = [0.313_905_2 + 0.5 * both, 0.442_411_1, 0.5 * both];
    are(&found, &[0.557_588_9, 0.442_411_1, both], &shapley, 0.03);
    assert_eq!(found.runs, 7 * 4096);
    // (a² / 8 + b π⁴ / 5 + b² π⁸ / 18 + 1 / 2)
    assert!((found.variance / 13.844_588 - 1.0).abs() < 0.02, "{}", found.variance);
}

#[test]
fn the_g_function_of_sobol_has_its_known_effects() {
    let Some(case) = fixture("sensitivity/sobol_g.json") else { return };
    let a = numbers(&case["a"]);
    let names: Vec<String> = (0..a.len()).map(|place| format!("x{place}")).collect();
    let inputs = uniform(&names.iter().map(String::as_str).collect::<Vec<_>>(), 0.0, 1.0);
    let g = |row: &[f64]| row.iter().zip(&a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product();
    let found = of_rows(&Copula::independent(inputs).unwrap(), g, 8192);
    // of independent inputs the closed index of a set is the product of what each has by itself
    let part = |input: usize| 1.0 / (3.0 * (1.0 + a[input]) * (1.0 + a[input]));
    let known = |set: &[usize]| set.iter().map(|input| 1.0 + part(*input)).product::<f64>() - 1.0;
    are(&found, &numbers(&case["ST"]), &divided(a.len(), known), 0.03);
}

/// The variance of a linear function of jointly normal inputs that is left when some are known: that of the Schur complement.
fn left(slopes: &[f64], covariance: &[Vec<f64>], known: &[usize]) -> f64 {
    let mut rest = covariance.to_vec();
    for pivot in known {
        let row = rest[*pivot].clone();
        if row[*pivot] > 1e-12 {
            for (line, entries) in rest.iter_mut().enumerate() {
                let factor = row[line] / row[*pivot];
                entries.iter_mut().zip(&row).for_each(|(entry, value)| *entry -= factor * value);
            }
        }
    }
    let quadratic = |(row, slope): (&Vec<f64>, &f64)| slope * row.iter().zip(slopes).map(|(c, s)| c * s).sum::<f64>();
    rest.iter().zip(slopes).map(quadratic).sum()
}

#[test]
fn jointly_normal_inputs_of_a_linear_function_have_their_closed_forms() {
    let (slopes, sd) = ([1.0, -2.0, 1.5], [1.0, 0.5, 2.0]);
    let rho = [[1.0, 0.8, -0.3], [0.8, 1.0, 0.2], [-0.3, 0.2, 1.0]].map(|row| row.to_vec());
    let covariance: Vec<Vec<f64>> = (0..3).map(|i| (0..3).map(|j| rho[i][j] * sd[i] * sd[j]).collect()).collect();
    let whole = left(&slopes, &covariance, &[]);
    let total: Vec<f64> = (0..3)
        .map(|input| {
            let others: Vec<usize> = (0..3).filter(|other| *other != input).collect();
            left(&slopes, &covariance, &others) / whole
        })
        .collect();
    let shapley = divided(3, |set| whole - left(&slopes, &covariance, set));
    let linear = |row: &[f64]| row.iter().zip(&slopes).map(|(x, slope)| x * slope).sum();
    let found = of_rows(&Copula::new(normal(&sd), &rho).unwrap(), linear, 8192);
    are(&found, &total, &shapley, 0.03);
    assert!((found.variance / whole - 1.0).abs() < 0.02, "{} is not {whole}", found.variance);
    // two that are nearly one share what either of them would cause, and hardly anything is left when the other is known
    let twins = Copula::new(normal(&[1.0, 1.0]), &[vec![1.0, 0.99], vec![0.99, 1.0]]).unwrap();
    let found = of_rows(&twins, |row| row[0], 4096);
    are(&found, &[1.0 - 0.99 * 0.99, 0.0], &[1.0 - 0.5 * 0.99 * 0.99, 0.5 * 0.99 * 0.99], 0.03);
}

#[test]
fn draws_give_the_effects_of_what_made_them() {
    let (mut one, mut two) = (Stream::new(5, "one"), Stream::new(5, "two"));
    let a: Vec<f64> = (0..8000).map(|_| one.normal()).collect();
    let b: Vec<f64> = a.iter().map(|a| libm::exp(0.6 * a + 0.8 * two.normal())).collect();
    let constant = vec![2.0; 8000];
    let draws = Columns::from_iter([("a".to_owned(), a), ("b".to_owned(), b), ("c".to_owned(), constant)]);
    let inputs = Copula::fitted(&draws).unwrap();
    // linear in the scores, whatever the distributions
    let found = of_rows(&inputs, |row| 2.0 * row[0] + libm::log(row[1]), 4096);
    assert_eq!(found.inputs.len(), 2, "what is constant causes nothing");
    let covariance = [vec![1.0, 0.6], vec![0.6, 1.0]];
    let whole = left(&[2.0, 1.0], &covariance, &[]);
    let shapley = divided(2, |set| whole - left(&[2.0, 1.0], &covariance, set));
    are(&found, &[4.0 * 0.64 / whole, 0.64 / whole], &shapley, 0.03);
}

#[test]
fn what_has_no_effects_is_refused() {
    let two = || normal(&[1.0, 1.0]);
    let refused = |found: Result<Copula, SensitivityError>| {
        let error = found.unwrap_err();
        assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        error
    };
    for bad in [vec![vec![1.0, 1.5], vec![1.5, 1.0]], vec![vec![1.0]], vec![vec![2.0, 0.0], vec![0.0, 2.0]], vec![]] {
        assert_eq!(refused(Copula::new(two(), &bad)), SensitivityError::NotPositive, "{bad:?}");
    }
    let few = Columns::from_iter([("a".to_owned(), vec![1.0, 2.0, 3.0])]);
    assert_eq!(refused(Copula::fitted(&few)), SensitivityError::TooFewDraws { found: 3, least: 10 });
    let inputs = Copula::independent(two()).unwrap();
    let of = |value: f64| move |columns: &Columns| vec![value; columns.draws()];
    let small = SobolSettings { points: 64, replicates: 50, coverage: 0.9 };
    let constant = effects(&inputs, of(2.0), &small, 1).unwrap_err();
    assert!(matches!(constant, SensitivityError::Output(Fault::Constant { .. })), "{constant}");
    let nan = effects(&inputs, of(f64::NAN), &small, 1).unwrap_err();
    assert!(matches!(nan, SensitivityError::Output(Fault::NotFinite { .. })), "{nan}");
    let points = effects(&inputs, of(1.0), &SobolSettings { points: 63, ..small }, 1).unwrap_err();
    assert_eq!(points, SensitivityError::Points { found: 63 });
    let none = Copula::independent(Vec::new()).unwrap();
    assert!(effects(&none, of(1.0), &small, 1).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The effects have no unit, add up to one, and an idle input that depends on nothing has none.
    #[test]
    fn effects_add_up_whatever_the_unit(rho in -0.95..0.95_f64, factor in 1e-3..1e3_f64, shift in -1e3..1e3_f64) {
        let rows = [vec![1.0, rho, 0.0], vec![rho, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
        let inputs = Copula::new(normal(&[1.0, 2.0, 1.0]), &rows).unwrap();
        let plain = of_rows(&inputs, |row| row[0] * row[1] + row[1], 64);
        let other = of_rows(&inputs, |row| shift + factor * (row[0] * row[1] + row[1]), 64);
        for (one, other) in plain.inputs.iter().zip(&other.inputs) {
            prop_assert!((one.shapley.value - other.shapley.value).abs() < 1e-6);
            prop_assert!((one.total.high - other.total.high).abs() < 1e-6);
        }
        let sum: f64 = plain.inputs.iter().map(|one| one.shapley.value).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{}", sum);
        prop_assert!(plain.inputs[2].total.value.abs() < 1e-9 && plain.inputs[2].shapley.value.abs() < 1e-9);
    }
}
