//! Drivers of an output, from draws that are there already: rank correlations and a tornado.
//!
//! The tornado states the mean output given that an input is at its low or high level, with all others as they were drawn.
//! Such a mean is taken by a straight line through the draws around the level, the nearest [`WINDOW`] to either side, read
//! off at the level itself (local linear regression: Fan 1992, "Design-adaptive nonparametric regression", JASA 87). So it
//! is exact for outputs linear in the input, and close where the curve is nearly straight within a tenth of the draws. The
//! other way, running the model anew with one input held fixed, needs a model and two runs for each input; this needs
//! neither, works for draws from anywhere, and with correlated inputs says what goes together in the draws rather than
//! assuming a world where one moves alone.

use serde::Serialize;

use super::fault::Fault;
use crate::simulate::{Columns, Estimate};
use crate::statistics::{correlation, count, mean, quantiles, ranks, sum};

/// The levels of a tornado: the ends of the central 90 % interval, in which the house states uncertainty.
pub const LEVELS: [f64; 2] = [0.05, 0.95];

/// The part of the draws to either side of a level through which the line is laid: at the 5 % level the lowest tenth,
/// which is as far as a window around it can reach evenly.
const WINDOW: f64 = 0.05;

/// Fewer draws than this around a level say nothing: the error of a line through them would itself be a guess.
const LEAST_AROUND: usize = 10;

/// The mean output given the level of one input.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Conditional {
    /// The input at this level, in its unit.
    pub input: f64,
    /// The mean output there, in its unit, with its standard error.
    pub output: Estimate,
}

/// What one input does to one output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// The input.
    pub input: String,
    /// Spearman's rank correlation with the output, −1 to 1; `None` when a fault says why it is unknown.
    pub rank_correlation: Option<f64>,
    /// The output at the low level of the input; `None` also when too few draws lie around it.
    pub low: Option<Conditional>,
    /// The output at its high level.
    pub high: Option<Conditional>,
}

impl Driver {
    /// How far the output moves from the low to the high level; below zero when it falls.
    pub fn swing(&self) -> Option<f64> {
        self.low.zip(self.high).map(|(low, high)| high.output.value - low.output.value)
    }
}

/// What drives one output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutputDrivers {
    /// The output.
    pub output: String,
    /// All inputs, the widest swing first, those without one last, else in their order.
    pub drivers: Vec<Driver>,
}

/// What drives each output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drivers {
    /// The outputs in their order.
    pub outputs: Vec<OutputDrivers>,
    /// Why something is unknown.
    pub faults: Vec<Fault>,
}

/// A column with its ranks and its fault, if it has one.
struct Ranked<'a> {
    name: &'a str,
    values: &'a [f64],
    /// Empty for a column with a fault.
    ranks: Vec<f64>,
    fault: Option<Fault>,
}

/// What drives each output: the inputs' rank correlations with it, and the output at their low and high `levels`, two
/// probabilities above 0 and below 1 ([`LEVELS`]).
///
/// Columns that are constant, not finite or of another length than the first input are named as faults.
pub fn drivers(inputs: &Columns, outputs: &Columns, levels: [f64; 2]) -> Drivers {
    let draws = inputs.draws();
    let (inputs, outputs) = (ranked("input", inputs, draws), ranked("output", outputs, draws));
    let of = |output: &Ranked| {
        let mut drivers: Vec<Driver> = inputs.iter().map(|input| driver(input, output, levels)).collect();
        let width = |one: &Driver| one.swing().map_or(-1.0, f64::abs);
        drivers.sort_by(|a, b| width(b).total_cmp(&width(a)));
        OutputDrivers { output: output.name.to_owned(), drivers }
    };
    let faults = inputs.iter().chain(&outputs).filter_map(|one| one.fault.clone()).collect();
    Drivers { outputs: outputs.iter().map(of).collect(), faults }
}

fn ranked<'a>(kind: &'static str, columns: &'a Columns, draws: usize) -> Vec<Ranked<'a>> {
    let one = |(name, values): (&'a str, &'a [f64])| {
        let fault = Fault::of(kind, name, values, draws);
        let ranks = if fault.is_none() { ranks(values) } else { Vec::new() };
        Ranked { name, values, ranks, fault }
    };
    columns.iter().map(one).collect()
}

fn driver(input: &Ranked, output: &Ranked, [low, high]: [f64; 2]) -> Driver {
    let known = input.fault.is_none() && output.fault.is_none();
    let at = |level| if known { conditional(input.values, output.values, level) } else { None };
    let rank_correlation = if known { correlation(&input.ranks, &output.ranks) } else { None };
    Driver { input: input.name.to_owned(), rank_correlation, low: at(low), high: at(high) }
}

/// The mean output where the input is at its `level`.
fn conditional(input: &[f64], output: &[f64], level: f64) -> Option<Conditional> {
    let places = [level - WINDOW, level, level + WINDOW].map(|p| p.clamp(0.0, 1.0));
    let [from, at, to] = *quantiles(input, &places)?.as_array()?;
    let around = input.iter().zip(output).filter(|(x, _)| (from..=to).contains(*x));
    let (steps, values): (Vec<f64>, Vec<f64>) = around.map(|(x, y)| (x - at, y)).unzip();
    let output = line_at_zero(&steps, &values)?;
    Some(Conditional { input: at, output })
}

/// The height at zero of the least-squares line through points, with its standard error; their mean when all have one place.
fn line_at_zero(places: &[f64], heights: &[f64]) -> Option<Estimate> {
    let n = count(places);
    if places.len() < LEAST_AROUND {
        return None;
    }
    let (place, height) = (mean(places)?, mean(heights)?);
    let spread = sum(places.iter().map(|x| (x - place) * (x - place)));
    let joint = sum(places.iter().zip(heights).map(|(x, y)| (x - place) * (y - height)));
    let slope = if spread > 0.0 { joint / spread } else { 0.0 };
    let miss = |(x, y): (&f64, &f64)| y - height - slope * (x - place);
    let residual = sum(places.iter().zip(heights).map(miss).map(|miss| miss * miss)) / (n - 2.0);
    let lever = if spread > 0.0 { place * place / spread } else { 0.0 };
    let error = (residual * (1.0 / n + lever)).sqrt();
    let value = height - slope * place;
    (value.is_finite() && error.is_finite()).then_some(Estimate { value, standard_error: Some(error) })
}
