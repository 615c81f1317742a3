//! Total indices and Shapley effects of inputs that may depend on one another.
//!
//! The total index of an input is the part of the output's variance that would remain if all others were known (Kucherenko,
//! Tarantola and Annoni 2012, "Estimation of global sensitivity indices for models with dependent variables", Computer Physics
//! Communications 183; for independent inputs it is that of Sobol', estimated as by Jansen 1999). Of inputs that depend on one another
//! much is known already by the others, so total indices can be small for all of them.
//!
//! Shapley effects divide the variance so that the parts add up to one whatever the dependence: the part of an input is what knowing
//! it takes away, averaged over all orders in which the inputs could become known (Owen 2014, "Sobol' indices and Shapley value",
//! SIAM/ASA Journal on Uncertainty Quantification 2; Song, Nelson and Staum 2016, "Shapley effects for global sensitivity analysis",
//! ibid. 4). Here each point takes an order at random. With the correlations factorised in that order the normal scores are made
//! from innovations, one for each input, and whoever keeps the first few and draws the others anew has drawn the other inputs as they
//! are given the first few. So one run more for each input gives all steps of an order.

use serde::Serialize;

use super::bootstrap::{intervals, means};
use super::copula::Copula;
use super::fault::{Fault, SensitivityError};
use super::points::two_sets;
use super::sobol::{Index, SobolSettings, check_settings};
use crate::draws::Stream;
use crate::form::Form;
use crate::matrix::{Matrix, dot, factorise};
use crate::simulate::{Columns, Parameter};
use crate::statistics::{count, sum};

/// Points that go through the model at once: enough to keep it busy, and few enough for memory.
const BATCH: usize = 32;

/// What one input causes of the output's variance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The input.
    pub input: String,
    /// What would remain if all others were known.
    pub total: Index,
    /// Its Shapley effect. All add up to one.
    pub shapley: Index,
}

/// What each input causes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effects {
    /// The inputs in their order.
    pub inputs: Vec<Effect>,
    /// The variance of the output, in the square of its unit.
    pub variance: f64,
    /// On how many points the model was run in all: twice as often as there are inputs, and once more, for each point.
    pub runs: usize,
}

/// Total indices and Shapley effects of the one output of a model, which gives a number for each row of its inputs.
///
/// # Errors
/// [`SensitivityError`] for impossible settings, and for an output that is constant or no finite number somewhere.
pub fn effects(
    inputs: &Copula,
    model: impl Fn(&Columns) -> Vec<f64>,
    settings: &SobolSettings,
    seed: u64,
) -> Result<Effects, SensitivityError> {
    check_settings(settings)?;
    let walk = Walk::new(inputs).ok_or(SensitivityError::NotPositive)?;
    let (outputs, orders) = walk.run(&model, settings.points, seed)?;
    let rows = walk.terms(&outputs, &orders)?;
    let values = figures(&means(&rows.scaled, 0..rows.scaled.len()));
    let mut stream = Stream::new(seed, "\0bootstrap of effects");
    let ends = intervals(&rows.scaled, figures, settings.replicates, settings.coverage, &mut stream);
    let all: Vec<Index> =
        values.iter().zip(ends).map(|(value, [low, high])| Index { value: *value, low, high }).collect();
    let (pairs, _) = all.as_chunks();
    let named = inputs.parameters.iter().zip(pairs);
    Ok(Effects {
        inputs: named
            .map(|(one, [shapley, total])| Effect { input: one.name.clone(), total: *total, shapley: *shapley })
            .collect(),
        variance: rows.variance,
        runs: outputs.len(),
    })
}

/// How the points of the inputs are made.
struct Walk<'a> {
    inputs: &'a Copula,
    /// The inverse of the correlations: it says what an input is when all others are known.
    precision: Matrix,
}

/// For each point the terms that the estimators average.
struct Terms {
    scaled: Vec<Vec<f64>>,
    variance: f64,
}

impl<'a> Walk<'a> {
    fn new(inputs: &'a Copula) -> Option<Self> {
        let size = inputs.parameters.len();
        let unit = |place: usize| -> Vec<f64> { (0..size).map(|other| f64::from(u8::from(place == other))).collect() };
        let rows: Option<Vec<Vec<f64>>> = (0..size).map(|place| inputs.correlations.solve(&unit(place))).collect();
        Some(Self { inputs, precision: Matrix::from_rows(size, rows?.iter().map(Vec::as_slice)) })
    }

    fn size(&self) -> usize {
        self.inputs.parameters.len()
    }

    /// The output at all points, with the order in which each of them lets the inputs become known.
    fn run(
        &self,
        model: &impl Fn(&Columns) -> Vec<f64>,
        points: usize,
        seed: u64,
    ) -> Result<(Vec<f64>, Vec<Vec<usize>>), SensitivityError> {
        let standard = Form::normal(0.0, 1.0).map_err(|_| SensitivityError::NotPositive)?;
        let names = self.inputs.parameters.iter().map(|one| Parameter::new(&one.name, standard.clone()));
        let [a, b] = two_sets(&names.collect::<Vec<_>>(), points, seed);
        let mut stream = Stream::new(seed, "\0orders");
        let (mut outputs, mut orders) = (Vec::new(), Vec::new());
        for start in (0..points).step_by(BATCH) {
            let mut columns = vec![Vec::new(); self.size()];
            for point in start..points.min(start + BATCH) {
                let mut order: Vec<usize> = (0..self.size()).collect();
                stream.shuffle(&mut order);
                let row = |set: &Columns| -> Vec<f64> {
                    set.iter().map(|(_, column)| column.get(point).copied().unwrap_or(0.0)).collect()
                };
                self.rows(&row(&a), &row(&b), &order, &mut columns).ok_or(SensitivityError::NotPositive)?;
                orders.push(order);
            }
            let named = self.inputs.parameters.iter().zip(columns);
            outputs.extend(model(&named.map(|(one, column)| (one.name.clone(), column)).collect()));
        }
        let expected = points * (2 * self.size() + 1);
        Fault::of("output", "the figure", &outputs, expected).map_or(Ok((outputs, orders)), |fault| Err(fault.into()))
    }

    /// The rows of one point: as `a` has it; each input in turn drawn anew, all others known; then none, one, two, … known of `a`
    /// and the others, given those, of `b`.
    fn rows(&self, a: &[f64], b: &[f64], order: &[usize], columns: &mut [Vec<f64>]) -> Option<()> {
        let size = self.size();
        let lower = self.factor(order)?;
        let kept: Vec<f64> = order.iter().map(|input| a.get(*input).copied().unwrap_or(0.0)).collect();
        let anew: Vec<f64> = order.iter().map(|input| b.get(*input).copied().unwrap_or(0.0)).collect();
        let made = |innovations: &[f64]| -> Vec<f64> {
            let rows = lower.chunks_exact(size.max(1)).enumerate();
            rows.map(|(row, factors)| dot(factors.get(..=row).unwrap_or_default(), innovations)).collect()
        };
        let mut scores = vec![0.0; size];
        for (input, score) in order.iter().zip(made(&kept)) {
            *scores.get_mut(*input)? = score;
        }
        let base: Vec<f64> =
            (0..size).map(|input| self.inputs.value(input, *scores.get(input).unwrap_or(&0.0))).collect();
        push(columns, &base);
        for (input, noise) in b.iter().enumerate() {
            let certain = self.precision.at(input, input);
            let score = scores.get(input)? - dot(self.precision.row(input), &scores) / certain + noise / certain.sqrt();
            push(columns, &base);
            *columns.get_mut(input)?.last_mut()? = self.inputs.value(input, score);
        }
        let mut mixed = made(&anew);
        for known in 0..size {
            for (input, score) in order.iter().zip(&mixed) {
                columns.get_mut(*input)?.push(self.inputs.value(*input, *score));
            }
            let step = kept.get(known)? - anew.get(known)?;
            for (score, factors) in mixed.iter_mut().zip(lower.chunks_exact(size)).skip(known) {
                *score += factors.get(known)? * step;
            }
        }
        Some(())
    }

    /// The Cholesky factor of the correlations with the inputs in this order.
    fn factor(&self, order: &[usize]) -> Option<Vec<f64>> {
        let rows = order.iter();
        let mut entries: Vec<f64> =
            rows.flat_map(|row| order.iter().map(|column| self.inputs.correlations.at(*row, *column))).collect();
        factorise(&mut entries, self.size())?;
        Some(entries)
    }

    /// For each point its output and its square, and for each input the terms of its Shapley effect and its total index; in units of
    /// the largest deviation from the mean, so that no square overflows.
    fn terms(&self, outputs: &[f64], orders: &[Vec<usize>]) -> Result<Terms, SensitivityError> {
        let size = self.size();
        let each = 2 * size + 1;
        let bases: Vec<f64> = outputs.chunks_exact(each).filter_map(|point| point.first().copied()).collect();
        let centre = sum(bases.iter().copied()) / count(&bases);
        let scale = outputs.iter().map(|value| (value - centre).abs()).fold(0.0, f64::max);
        if !(centre.is_finite() && scale.is_finite() && scale > 0.0) {
            return Err(Fault::Overflow { name: "the figure".to_owned() }.into());
        }
        let row = |(point, order): (&[f64], &Vec<usize>)| {
            let of = |place: usize| point.get(place).map_or(0.0, |value| (value - centre) / scale);
            let mut row = vec![0.0; 2 + 2 * size];
            let base = of(0);
            let mut set = |place: usize, value: f64| row.get_mut(place).into_iter().for_each(|slot| *slot = value);
            set(0, base);
            set(1, base * base);
            for (known, input) in order.iter().enumerate() {
                let after = if known + 1 == size { base } else { of(size + 2 + known) };
                set(2 + 2 * input, base * (after - of(size + 1 + known)));
                let moved = base - of(1 + input);
                set(3 + 2 * input, 0.5 * moved * moved);
            }
            row
        };
        let scaled: Vec<Vec<f64>> = outputs.chunks_exact(each).zip(orders).map(row).collect();
        let mean = means(&scaled, 0..scaled.len());
        let variance = variance(&mean) * scale * scale;
        Ok(Terms { scaled, variance })
    }
}

fn push(columns: &mut [Vec<f64>], row: &[f64]) {
    columns.iter_mut().zip(row).for_each(|(column, value)| column.push(*value));
}

fn variance(means: &[f64]) -> f64 {
    match means {
        [middle, square, ..] => square - middle * middle,
        _ => f64::NAN,
    }
}

/// Shapley effect and total index of each input in turn. The effects are parts of their own sum, which is the variance but for what
/// the points leave open, so that they add up to one.
fn figures(means: &[f64]) -> Vec<f64> {
    let [_, _, terms @ ..] = means else { return Vec::new() };
    let whole = sum(terms.iter().step_by(2).copied());
    let variance = variance(means);
    terms.iter().enumerate().map(|(place, term)| term / if place % 2 == 0 { whole } else { variance }).collect()
}
