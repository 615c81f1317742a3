//! Reported figures as the claims have them and under each scenario, from the same draws of the posterior.
//!
//! A scenario puts equations in the place of what the posterior says; everything else follows by the identities. The draws are those of
//! the estimate, so a difference is taken draw by draw and holds nothing but the scenario. What cannot be computed is left out with
//! its reason, and takes nothing else with it.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::model::Output;
use plumb_core::case::{Model, Step};
use plumb_core::suggest::nearest;
use plumb_weigh::language::{
    Cause, Definition, Evaluation, Failure, Fault, Formula, Input, LanguageError, Program, Source,
};
use plumb_weigh::sensitivity::{LEVELS, drivers};
use plumb_weigh::simulate::Columns;
use thiserror::Error;

use super::ground::{Ground, GroundEquation, is_name};
use super::report::{Outcome, Sensitivity, Spread, TOO_LARGE, UnderScenario, histogram};
use super::solve::beside;

/// Weaker correlations explain less than a twentieth of how the figure varies.
const LEAST_CORRELATION: f64 = 0.2;
/// Quantities that are named for an output.
const MOST_DRIVERS: usize = 6;

/// The draws of quantities by their names.
pub(super) type Draws = BTreeMap<String, Vec<f64>>;

/// An output at one time, or without one.
pub(super) struct Wanted<'a> {
    pub(super) output: &'a Output,
    pub(super) at: Option<Step>,
    /// How it is computed.
    pub(super) formula: &'a Formula,
    /// The name under which it is computed: with a blank, which no name of the model has.
    pub(super) name: String,
}

/// Every output at every time for which it is reported.
pub(super) fn wanted<'a>(model: &'a Model, ground: &'a Ground) -> Vec<Wanted<'a>> {
    (model.outputs.iter().zip(&ground.outputs))
        .flat_map(|(output, formulas)| formulas.iter().map(move |(at, formula)| (output, *at, formula)))
        .enumerate()
        .map(|(place, (output, at, formula))| Wanted { output, at, formula, name: format!("output {place}") })
        .collect()
}

/// The reported figures computed from the draws: as the claims have it, and under each scenario.
pub(super) struct Computed<'a> {
    pub(super) wanted: Vec<Wanted<'a>>,
    pub(super) base: World,
    pub(super) others: Vec<World>,
    /// For each output what it moves with.
    moves: BTreeMap<String, Vec<Sensitivity>>,
}

impl<'a> Computed<'a> {
    pub(super) fn from(model: &'a Model, ground: &'a Ground, draws: &Draws) -> Self {
        let wanted = wanted(model, ground);
        let base = || {
            let base = World::of(ground, &[], draws, &wanted);
            let moves = moves(model, ground, draws, &base);
            (base, moves)
        };
        let others = || ground.scenarios.iter().map(|sets| World::of(ground, sets, draws, &wanted)).collect();
        let ((base, moves), others) = beside(base, others);
        Self { wanted, base, others, moves }
    }

    /// The outputs of the model with their spreads, in its order; those that could not be read as unknown.
    pub(super) fn outcomes(&self, model: &Model) -> Vec<Outcome> {
        let of = |output: &Output| {
            let own = self.wanted.iter().filter(|one| one.output.id == output.id);
            let outcomes: Vec<Outcome> = own.map(|one| self.outcome(model, one)).collect();
            if outcomes.is_empty() { vec![outcome(output)] } else { outcomes }
        };
        let each = |outputs: &[Output]| outputs.iter().flat_map(of).collect::<Vec<Outcome>>();
        let (one, other) = model.outputs.split_at(model.outputs.len() / 2);
        let (mut outcomes, others) = beside(|| each(one), || each(other));
        outcomes.extend(others);
        outcomes
    }

    fn outcome(&self, model: &Model, one: &Wanted<'_>) -> Outcome {
        Outcome {
            at: one.at,
            of: is_name(one.formula).map(str::to_owned),
            made_of: one.formula.references().into_iter().map(|(name, _)| name).collect(),
            base: self.base.spread(&one.name),
            unknown: self.base.reason(&one.name),
            histogram: histogram(&self.base.values(&one.name)),
            scenarios: (model.scenarios.iter().zip(&self.others))
                .map(|(scenario, world)| UnderScenario {
                    scenario: scenario.id.clone(),
                    spread: world.spread(&one.name),
                    unknown: world.reason(&one.name),
                    difference: world.difference(&self.base, &one.name),
                })
                .collect(),
            drivers: self.moves.get(&one.name).cloned().unwrap_or_default(),
            ..outcome(one.output)
        }
    }
}

/// An output of which nothing is known.
fn outcome(output: &Output) -> Outcome {
    Outcome {
        id: output.id.clone(),
        at: None,
        of: None,
        value: output.value.text.clone(),
        made_of: Vec::new(),
        label: output.label.clone(),
        note: output.note.clone(),
        unit: output.unit.clone(),
        base: None,
        unknown: Some("what it is computed from cannot be read".to_owned()),
        histogram: Vec::new(),
        scenarios: Vec::new(),
        drivers: Vec::new(),
    }
}

/// A scenario that the model does not have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the model has no scenario `{name}`")]
pub struct NoScenario {
    /// The name that was asked for.
    pub name: String,
    /// A scenario with a name like it.
    pub suggestion: Option<String>,
}

impl NoScenario {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.suggestion {
            Some(known) => format!("did you mean `{known}`?"),
            None => "`plumb weigh CASE --format json` lists the scenarios of a case by name".to_owned(),
        }
    }
}

/// The equations of a scenario by its name; none for what the claims have.
pub(super) fn sets<'a>(
    model: &Model,
    ground: &'a Ground,
    name: Option<&str>,
) -> Result<&'a [GroundEquation], NoScenario> {
    let Some(name) = name else { return Ok(&[]) };
    let known = || model.scenarios.iter().map(|one| one.id.as_str());
    let found = known().position(|id| id == name).and_then(|place| ground.scenarios.get(place));
    let unknown = || NoScenario { name: name.to_owned(), suggestion: nearest(name, known()).map(str::to_owned) };
    found.map(Vec::as_slice).ok_or_else(unknown)
}

/// What one set of rules gives: each output by the number of the draw.
#[derive(Default)]
pub(super) struct World {
    columns: BTreeMap<String, BTreeMap<usize, f64>>,
    /// What went wrong in some draws, by the output that needed it.
    pub(super) faults: BTreeMap<String, Vec<Fault>>,
    /// Why an output could not be computed at all.
    pub(super) errors: BTreeMap<String, LanguageError>,
}

impl World {
    /// Computes the outputs when these equations take the place of what the posterior says.
    pub(super) fn of(ground: &Ground, sets: &[GroundEquation], draws: &Draws, wanted: &[Wanted<'_>]) -> Self {
        let source = source(ground, sets, draws, wanted);
        let names: Vec<&str> = wanted.iter().map(|one| one.name.as_str()).collect();
        let mut world = Self::default();
        let all = Program::compile_for(&source, &names).ok().and_then(|program| evaluate(&program, draws));
        if let Some(evaluation) = all.filter(|evaluation| evaluation.faults.is_empty()) {
            world.add(evaluation);
            return world;
        }
        // one that cannot be computed must not take the others with it
        for name in names {
            match Program::compile_for(&source, &[name]) {
                Ok(program) => {
                    let Some(mut evaluation) = evaluate(&program, draws) else { continue };
                    world.faults.insert(name.to_owned(), std::mem::take(&mut evaluation.faults));
                    world.add(evaluation);
                }
                Err(error) => {
                    world.errors.insert(name.to_owned(), error);
                }
            }
        }
        world
    }

    fn add(&mut self, evaluation: Evaluation) {
        for (name, values) in evaluation.columns {
            let numbered = evaluation.draws.iter().copied().zip(values);
            self.columns.insert(name, numbered.collect());
        }
    }

    /// Why an output is unknown, or in some draws is.
    pub(super) fn reason(&self, name: &str) -> Option<String> {
        if let Some(error) = self.errors.get(name) {
            return Some(match &error.cause {
                Cause::UnknownName { name, .. } => format!("there is no estimate of `{name}`"),
                other => other.to_string(),
            });
        }
        let fault = self.faults.get(name).and_then(|faults| faults.first()).map(|fault| {
            let what = failure_words(fault.failure);
            if fault.name == name { format!("it {what}") } else { format!("`{}` {what}", fault.name) }
        });
        fault.or_else(|| match self.values(name).as_slice() {
            [] => Some("there are no draws to compute it from".to_owned()),
            values => Spread::of(values).is_none().then(|| TOO_LARGE.to_owned()),
        })
    }

    /// The draws of an output that could be computed.
    fn values(&self, name: &str) -> Vec<f64> {
        self.columns.get(name).into_iter().flat_map(BTreeMap::values).copied().collect()
    }

    fn spread(&self, name: &str) -> Option<Spread> {
        Spread::of(&self.values(name))
    }

    /// Draw by draw; draws that either side could not compute are left out.
    fn difference(&self, base: &Self, name: &str) -> Option<Spread> {
        let base = base.columns.get(name)?;
        let pairs = self.columns.get(name)?.iter().filter_map(|(draw, value)| Some(value - base.get(draw)?));
        Spread::of(&pairs.collect::<Vec<f64>>())
    }
}

/// What went wrong in some draws, in words that follow the name of what it is about.
pub(super) fn failure_words(failure: Failure) -> &'static str {
    match failure {
        Failure::DivisionByZero => "divides by zero",
        Failure::Overflow => "is larger than can be computed",
        Failure::OutsideDomain => "takes a root or logarithm of a number that has none",
        Failure::NotFinite => "needs an estimate that is no number",
    }
}

pub(super) fn evaluate(program: &Program, draws: &Draws) -> Option<Evaluation> {
    let columns: Option<Vec<&[f64]>> =
        program.inputs().iter().map(|input| draws.get(&input.name).map(Vec::as_slice)).collect();
    let count = draws.values().next().map_or(0, Vec::len);
    program.evaluate(&columns?, count).ok()
}

/// The identities with the scenario's equations in their place, the outputs, and the draws of everything else.
pub(super) fn source(ground: &Ground, sets: &[GroundEquation], draws: &Draws, wanted: &[Wanted<'_>]) -> Source {
    let mut definitions: BTreeMap<&str, &Formula> = BTreeMap::new();
    for equation in ground.equations.iter().chain(sets) {
        definitions.insert(&equation.left, &equation.right);
    }
    let free = draws.keys().filter(|name| !definitions.contains_key(name.as_str()));
    let inputs = free.map(|name| Input::per_draw(name)).collect();
    let named = |(name, formula): (&str, &Formula)| Definition { name: name.to_owned(), formula: formula.clone() };
    let outputs = wanted.iter().map(|one| named((&one.name, one.formula)));
    Source { inputs, definitions: definitions.into_iter().map(named).chain(outputs).collect(), ..Source::default() }
}

/// For each output the quantities without a time that it moves with; those of a time have drivers of their own.
fn moves(model: &Model, ground: &Ground, draws: &Draws, base: &World) -> BTreeMap<String, Vec<Sensitivity>> {
    let lasting: BTreeSet<&str> = (ground.cells.iter())
        .filter(|cell| cell.at.is_none() && !is_computed(ground, &cell.name))
        .filter(|cell| model.quantities.get(cell.quantity).is_some())
        .map(|cell| cell.name.as_str())
        .collect();
    let count = draws.values().next().map_or(0, Vec::len);
    let inputs: Columns = draws
        .iter()
        .filter(|(name, _)| lasting.contains(name.as_str()))
        .map(|(name, draws)| (name.clone(), draws.clone()))
        .collect();
    let whole = base.columns.iter().filter(|(_, values)| values.len() == count);
    let outputs: Columns = whole.map(|(name, values)| (name.clone(), values.values().copied().collect())).collect();
    let of = |found: &plumb_weigh::sensitivity::OutputDrivers| {
        let mut moves: Vec<Sensitivity> = (found.drivers.iter())
            .filter_map(|driver| {
                let correlation = driver.rank_correlation.filter(|value| value.abs() >= LEAST_CORRELATION)?;
                let (low, high) = (driver.low.as_ref()?.output.value, driver.high.as_ref()?.output.value);
                Some(Sensitivity { quantity: driver.input.clone(), correlation, swing: (low, high) })
            })
            .collect();
        moves.sort_by(|one, two| two.correlation.abs().total_cmp(&one.correlation.abs()));
        moves.truncate(MOST_DRIVERS);
        (found.output.clone(), moves)
    };
    drivers(&inputs, &outputs, LEVELS).outputs.iter().map(of).collect()
}

/// Whether an equation of the model gives the quantity.
pub(super) fn is_computed(ground: &Ground, name: &str) -> bool {
    ground.equations.iter().any(|equation| equation.left == name)
}
