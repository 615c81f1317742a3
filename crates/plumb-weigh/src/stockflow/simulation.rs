//! A model made ready: two programs, one for the start and one for each step.

use super::error::ModelError;
use super::model::{Method, Model, Role};
use super::states::{Parts, STEP_TIME, Update, initial_name, parts};
use crate::language::{Input, Program, Value, nearest};

/// The most steps of a run: a century in steps of an hour.
const MOST_STEPS: usize = 1_000_000;
/// The most steps of a model with fixed delays, whose past is kept: 40 MB for a block of draws.
const MOST_STEPS_WITH_PAST: usize = 20_000;

/// A model made ready for running.
#[derive(Clone, Debug)]
pub struct Simulation {
    pub(super) start: Program,
    pub(super) step: Program,
    /// What becomes of each state, in the order of the outputs of `start`.
    pub(super) changes: Vec<Change>,
    /// The states that are drawn at each step: the place of each, whether it is normal, and the name of its stream.
    pub(super) drawn: Vec<(usize, bool, String)>,
    pub(super) outputs: Vec<String>,
    pub(super) method: Method,
    pub(super) first: f64,
    pub(super) dt: f64,
    pub(super) steps: usize,
    pub(super) parameters: Vec<String>,
}

/// An [`Update`] with the values of its program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Integrate(Value, bool),
    Replace(Value),
    Past(Value, Value),
    Hold,
}

impl Simulation {
    /// Makes a model ready. `parameters` are the variables that draws differ in; each run gives a column for each. One that
    /// names a stock sets its value at the start. `outputs` are the variables that a run keeps; what neither they
    /// nor a stock need is not computed.
    ///
    /// Errors name the variable and the place in its formula: unknown names, circles without a stock in them, times that
    /// make no run.
    pub fn compile(model: &Model, parameters: &[&str], outputs: &[&str]) -> Result<Self, ModelError> {
        for name in parameters.iter().chain(outputs) {
            known(model, name)?;
        }
        let parts = parts(model, parameters)?;
        let steps = steps(model, &parts)?;
        let mut inputs = vec![Input::constant("time").changing(), Input::constant(STEP_TIME).changing()];
        inputs.extend(parameters.iter().map(|name| Input::per_draw(&parameter_name(model, name))));
        let mut start = parts.start(inputs.clone());
        let mut step = parts.step(inputs);
        start.tables.clone_from(&model.tables);
        step.tables.clone_from(&model.tables);
        let states: Vec<&str> = parts.states.iter().map(|state| state.name.as_str()).collect();
        let mut wanted: Vec<&str> = outputs.to_vec();
        for state in &parts.states {
            wanted.extend(match &state.update {
                Update::Integrate(change, _) | Update::Replace(change) => vec![change.as_str()],
                Update::Past(input, delay) => vec![input.as_str(), delay.as_str()],
                Update::Hold | Update::Draw { .. } => Vec::new(),
            });
        }
        let step = Program::compile_for(&step, &wanted)?;
        Ok(Self {
            start: Program::compile_for(&start, &states)?,
            changes: changes(&parts, &step, outputs.len()),
            drawn: drawn(&parts),
            step,
            outputs: outputs.iter().map(|name| (*name).to_owned()).collect(),
            method: model.method,
            first: model.start,
            dt: model.step,
            steps,
            parameters: parameters.iter().map(|name| (*name).to_owned()).collect(),
        })
    }

    /// The variables that draws differ in, in the order of the columns that a run takes.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The time at the beginning of a step, counted from 0.
    #[expect(clippy::cast_precision_loss, reason = "a million steps at most")]
    pub(super) fn time(&self, step: usize) -> f64 {
        self.first + step as f64 * self.dt
    }
}

fn changes(parts: &Parts, step: &Program, outputs: usize) -> Vec<Change> {
    let mut values = step.output_values().skip(outputs);
    let mut next = || values.next().unwrap_or_default();
    let changes = parts.states.iter().map(|state| match state.update {
        Update::Integrate(_, non_negative) => Change::Integrate(next(), non_negative),
        Update::Replace(_) => Change::Replace(next()),
        Update::Past(..) => Change::Past(next(), next()),
        Update::Hold | Update::Draw { .. } => Change::Hold,
    });
    changes.collect()
}

fn drawn(parts: &Parts) -> Vec<(usize, bool, String)> {
    let drawn = parts.states.iter().enumerate().filter_map(|(place, state)| match &state.update {
        Update::Draw { normal, stream } => Some((place, *normal, stream.clone())),
        _ => None,
    });
    drawn.collect()
}

fn known(model: &Model, name: &str) -> Result<(), ModelError> {
    let names = || model.variables.iter().map(|variable| variable.name.as_str()).chain(["time"]);
    if names().any(|known| known == name) {
        return Ok(());
    }
    let suggestion = nearest(name, names());
    Err(ModelError::Unknown { place: "the run".to_owned(), name: name.to_owned(), suggestion })
}

fn parameter_name(model: &Model, name: &str) -> String {
    let stock = |role: &Role| matches!(role, Role::Stock { .. });
    let is_stock = model.variables.iter().any(|variable| variable.name == name && stock(&variable.role));
    if is_stock { initial_name(name) } else { name.to_owned() }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "checked to lie below the limit, which is small"
)]
fn steps(model: &Model, parts: &Parts) -> Result<usize, ModelError> {
    let Model { start, stop, step, .. } = *model;
    let steps = ((stop - start) / step).round();
    if !(steps.is_finite() && start.is_finite() && step > 0.0 && stop >= start) {
        return Err(ModelError::Time { start, stop, step });
    }
    let past = parts.states.iter().any(|state| matches!(state.update, Update::Past(..)));
    let limit = if past { MOST_STEPS_WITH_PAST } else { MOST_STEPS };
    if steps > limit as f64 {
        return Err(ModelError::TooManySteps { steps, limit });
    }
    Ok(steps as usize)
}
