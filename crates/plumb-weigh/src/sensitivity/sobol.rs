//! Sobol indices: the part of an output's variance that each parameter causes.
//!
//! The first-order index is what would vanish if the parameter alone were known; the total index what would remain if all
//! others were known. Estimators of Saltelli and others 2010 ("Variance based sensitivity analysis of model output", Computer
//! Physics Communications 181, table 2): (b) for the first order, (f) of Jansen 1999 for the total, with the output centred
//! on its mean. The model is run on points A, B, and for each parameter on A with that parameter's column from B.

use serde::Serialize;

use super::bootstrap::{intervals, means};
use super::fault::{Fault, SensitivityError};
use super::points::{MOST_INPUTS, MOST_POINTS, two_sets};
use crate::draws::Stream;
use crate::simulate::{Columns, Plan, check};
use crate::statistics::{count, sum};

/// How to compute Sobol indices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolSettings {
    /// Points of each set, a power of two from 64 to [`MOST_POINTS`]; the model is run on this many times the number of
    /// parameters plus two. Default 4096, which gives two digits on the usual test functions.
    pub points: usize,
    /// Bootstrap replicates, 50 to 10,000. Default 200: the ends of a 90 % interval then rest on ten replicates each.
    pub replicates: usize,
    /// Coverage of the intervals. Default 0.9, in which the house states uncertainty.
    pub coverage: f64,
}

impl Default for SobolSettings {
    fn default() -> Self {
        Self { points: 4096, replicates: 200, coverage: 0.9 }
    }
}

/// An index with its bootstrap interval. 0 to 1 but for the error of estimation, which can take it a little beyond.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Index {
    /// The estimate.
    pub value: f64,
    /// The low end of its interval.
    pub low: f64,
    /// The high end.
    pub high: f64,
}

/// The indices of one parameter for one output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputIndices {
    /// The parameter.
    pub input: String,
    /// The part of the variance that it causes alone.
    pub first: Index,
    /// The part that it causes alone and together with others.
    pub total: Index,
}

/// The indices for one output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutputIndices {
    /// The output.
    pub output: String,
    /// The parameters, in the order of the plan.
    pub inputs: Vec<InputIndices>,
}

/// What Sobol indices say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolIndices {
    /// The outputs, in the order of the model, without those that a fault names.
    pub outputs: Vec<OutputIndices>,
    /// Why something is unknown.
    pub faults: Vec<Fault>,
    /// On how many points the model was run in all.
    pub runs: usize,
}

/// Sobol indices of every output of a model for every parameter of a plan. Scenarios of the plan, and its number of draws,
/// play no part.
///
/// # Errors
///
/// [`SensitivityError`] for a plan that cannot be drawn, correlated or too many parameters, and impossible settings.
pub fn sobol(
    plan: &Plan,
    model: impl Fn(&Columns) -> Columns,
    settings: &SobolSettings,
) -> Result<SobolIndices, SensitivityError> {
    check_all(plan, settings)?;
    let [a, b] = two_sets(&plan.parameters, settings.points, plan.settings.seed);
    let mixed = |(name, column): (&str, &[f64])| {
        let mut mixed = a.clone();
        mixed.insert(name, column.to_vec());
        model(&mixed)
    };
    let runs: Vec<Columns> = [model(&a), model(&b)].into_iter().chain(b.iter().map(mixed)).collect();
    let of_input = |(name, values)| Fault::of("input", name, values, settings.points);
    // one that does not vary causes no variance, which is known
    let counts = |fault: &Fault| !matches!(fault, Fault::Constant { .. });
    let mut faults: Vec<Fault> = a.iter().filter_map(of_input).filter(counts).collect();
    let mut outputs = Vec::new();
    for (output, _) in runs.first().into_iter().flat_map(Columns::iter) {
        match usable(output, &runs, settings.points) {
            Ok(runs) => match indices(output, &runs, plan, settings) {
                Some(indices) => outputs.push(indices),
                None => faults.push(Fault::Overflow { name: output.to_owned() }),
            },
            Err(fault) => faults.push(fault),
        }
    }
    Ok(SobolIndices { outputs, faults, runs: runs.len() * settings.points })
}

fn check_all(plan: &Plan, settings: &SobolSettings) -> Result<(), SensitivityError> {
    check(plan)?;
    if let Some([left, right]) = plan.correlations.iter().find(|one| one.rho != 0.0).map(|one| one.between.clone()) {
        return Err(SensitivityError::Correlated { left, right });
    }
    if plan.parameters.len() > MOST_INPUTS {
        return Err(SensitivityError::TooMany { found: plan.parameters.len() });
    }
    check_settings(settings)
}

pub(super) fn check_settings(settings: &SobolSettings) -> Result<(), SensitivityError> {
    if !settings.points.is_power_of_two() || !(64..=MOST_POINTS).contains(&settings.points) {
        return Err(SensitivityError::Points { found: settings.points });
    }
    if !(50..=10_000).contains(&settings.replicates) {
        return Err(SensitivityError::Replicates { found: settings.replicates });
    }
    if !(settings.coverage > 0.0 && settings.coverage < 1.0) {
        return Err(SensitivityError::Coverage { found: settings.coverage });
    }
    Ok(())
}

/// One output in every run: first of A, then of B, then of each mixture. It must vary within A.
fn usable<'a>(output: &str, runs: &'a [Columns], points: usize) -> Result<Vec<&'a [f64]>, Fault> {
    let columns: Vec<&[f64]> = runs.iter().map(|run| run.get(output).unwrap_or_default()).collect();
    for (place, column) in columns.iter().enumerate() {
        match Fault::of("output", output, column, points) {
            Some(Fault::Constant { .. }) if place > 0 => {}
            Some(fault) => return Err(fault),
            None => {}
        }
    }
    Ok(columns)
}

/// The indices of one output from its runs; `None` when it is too large for its mean to be a number.
fn indices(output: &str, runs: &[&[f64]], plan: &Plan, settings: &SobolSettings) -> Option<OutputIndices> {
    let rows = rows(runs)?;
    let values = figures(&means(&rows, 0..rows.len()));
    let mut stream = Stream::new(plan.settings.seed, "\0bootstrap");
    let ends = intervals(&rows, figures, settings.replicates, settings.coverage, &mut stream);
    let all: Vec<Index> =
        values.iter().zip(ends).map(|(value, [low, high])| Index { value: *value, low, high }).collect();
    if !all.iter().all(|one| one.value.is_finite() && one.low.is_finite() && one.high.is_finite()) {
        return None;
    }
    let (pairs, _) = all.as_chunks();
    let inputs = plan.parameters.iter().zip(pairs);
    let inputs =
        inputs.map(|(one, [first, total])| InputIndices { input: one.name.clone(), first: *first, total: *total });
    Some(OutputIndices { output: output.to_owned(), inputs: inputs.collect() })
}

/// For each point the terms that the estimators average: the output at A and B halved and summed, the same of squares, and
/// for each parameter the products of (b) and the squares of (f). In units of the largest deviation, so that none overflows.
fn rows(runs: &[&[f64]]) -> Option<Vec<Vec<f64>>> {
    let [a, b, mixed @ ..] = runs else { return None };
    let centre = sum(a.iter().chain(*b).copied()) / (count(a) + count(b));
    let scale = runs.iter().flat_map(|run| run.iter()).map(|value| (value - centre).abs()).fold(0.0, f64::max);
    let scaled = |run: &[f64]| -> Vec<f64> { run.iter().map(|value| (value - centre) / scale).collect() };
    let (a, b) = (scaled(a), scaled(b));
    let mut rows: Vec<Vec<f64>> = a.iter().zip(&b).map(|(a, b)| vec![0.5 * (a + b), 0.5 * (a * a + b * b)]).collect();
    for run in mixed {
        for (((row, a), b), mixed) in rows.iter_mut().zip(&a).zip(&b).zip(scaled(run)) {
            row.extend([b * (mixed - a), 0.5 * (a - mixed) * (a - mixed)]);
        }
    }
    Some(rows)
}

/// First-order and total index of each parameter in turn, from the means of [`rows`].
fn figures(means: &[f64]) -> Vec<f64> {
    let [middle, square, terms @ ..] = means else { return Vec::new() };
    terms.iter().map(|term| term / (square - middle * middle)).collect()
}
