//! Where the variance of a figure comes from: first-order and total Sobol indices, and Shapley effects, on demand.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::{Case, Model};
use plumb_weigh::language::{Formula, Program, Source};
use plumb_weigh::sensitivity::{Copula, Effects, Index, LEAST_DRAWS, SobolSettings, effects, first_order};
use plumb_weigh::simulate::Columns;
use plumb_weigh::statistics::{normal_half_width, variance};
use serde::Serialize;
use thiserror::Error;

use super::ground::{self, Ground, GroundEquation};
use super::scenario::{self, Draws, NoScenario, is_computed};
use super::{observe, solve, warnings};

/// Coverage of the intervals, in which the house states uncertainty.
const COVERAGE: f64 = 0.9;
/// Points for total indices and Shapley effects. The error of a Shapley effect is about one part in the root of their number: with
/// 4,096 of them below two hundredths. Each runs the equations twice as often as there are quantities.
const POINTS: usize = 4096;
/// When the quantities as they are tied for total indices and Shapley effects give the figure a variance beyond this factor of that
/// of the posterior, they stand for another posterior.
const ALIKE: f64 = 1.25;

/// What one quantity causes of a figure's variance.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// The quantity.
    pub input: String,
    /// What would vanish if it were known: first-order index, from the draws of the posterior as they are.
    pub first: Option<Index>,
    /// What would remain if all others were known: total index.
    pub total: Option<Index>,
    /// Its Shapley effect: what knowing it takes away, averaged over all orders of getting to know them. All add up to one.
    pub shapley: Option<Index>,
}

/// The parts of a figure's variance that quantities cause.
#[derive(Clone, Debug, Serialize)]
pub struct Shares {
    /// The quantity or output that was asked about.
    pub of: String,
    /// The scenario, for a figure under one.
    pub scenario: Option<String>,
    /// Draws of the posterior that it rests on.
    pub draws: usize,
    /// The quantities that no equation computes, the largest part first.
    pub quantities: Vec<Share>,
    /// The Shapley effects of each quantity of the model, summed over places and years, the largest first.
    pub summed: Vec<(String, f64)>,
    /// Why there are no total indices and Shapley effects.
    pub without_effects: Option<String>,
    /// The variance of the figure with the quantities tied as they are for total indices and Shapley effects, as a part of that of
    /// the posterior: near 1 when they stand for it.
    pub reproduced: Option<f64>,
    /// Why the estimates, and so the shares, may be off.
    pub warnings: Vec<String>,
}

/// Why there are no shares.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SharesError {
    /// No such figure, or none that has an estimate.
    #[error("the model gives no estimate of `{0}`")]
    NoFigure(String),
    /// No such scenario.
    #[error(transparent)]
    NoScenario(#[from] NoScenario),
}

impl SharesError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::NoFigure(_) => "`plumb weigh CASE --format json` lists all quantities and outputs by name".to_owned(),
            Self::NoScenario(error) => error.hint(),
        }
    }
}

/// The shares of a quantity (`workers[RU,2017]`) or an output by its name in the model, as the claims have it or under a scenario;
/// blanks in the name do not count. Solves the model anew.
///
/// First-order indices come from the draws as they are, of every quantity that no equation computes. Total indices and Shapley
/// effects need the figure computed at points that are no draws, so they are of the quantities that enter its computation, with the
/// values that each has in the posterior, tied by a Gaussian copula as their ranks are. Their intervals hold the error of the points,
/// not that of the draws.
///
/// # Errors
/// [`SharesError`] when there is no such figure or scenario.
pub fn shares(case: &Case, name: &str, scenario: Option<&str>) -> Result<Shares, SharesError> {
    let name: String = name.chars().filter(|letter| !letter.is_whitespace()).collect();
    let none = || SharesError::NoFigure(name.clone());
    let model = case.model.as_ref().ok_or_else(none)?;
    let ground = ground::ground(case, model);
    let sets = scenario::sets(model, &ground, scenario)?;
    let hearing = observe::hear(case, model, &ground.names);
    let solution = solve::solve(model, &ground, &hearing);
    let draws = &solution.weighed.as_ref().ok_or_else(none)?.draws;
    let figure = Figure::of(model, &ground, sets, draws, &name).ok_or_else(none)?;
    let mut shares = Shares {
        scenario: scenario.map(str::to_owned),
        draws: figure.draws.len(),
        quantities: firsts(&inputs(&ground, sets, draws, &name), &figure.draws),
        summed: Vec::new(),
        without_effects: None,
        reproduced: None,
        warnings: warnings(&solution),
        of: name,
    };
    if shares.draws < LEAST_DRAWS {
        shares
            .warnings
            .push(format!("{} draws are too few for first-order indices: {LEAST_DRAWS} are needed", shares.draws));
    }
    match figure.effects(draws, model.seed) {
        Ok(found) => shares.add(found, &figure.draws),
        Err(reason) => shares.without_effects = Some(reason),
    }
    shares.sort();
    Ok(shares)
}

/// A figure with what computes it.
struct Figure {
    draws: Vec<f64>,
    /// `None` for a quantity that no equation computes.
    program: Option<Program>,
}

impl Figure {
    fn of(model: &Model, ground: &Ground, sets: &[GroundEquation], draws: &Draws, name: &str) -> Option<Self> {
        let wanted = scenario::wanted(model, ground);
        let output = wanted.iter().find(|one| one.output.id == name && one.at.is_none());
        let output = output.filter(|_| !draws.contains_key(name));
        let inside = output.map_or(name, |one| one.name.as_str());
        if output.is_none() && !computed_under(ground, sets, name) {
            return Some(Self { draws: draws.get(name)?.clone(), program: None });
        }
        let mut source = scenario::source(ground, sets, draws, &wanted);
        let needed = needed(&source, inside);
        source.inputs.retain(|input| needed.contains(&input.name));
        let program = Program::compile_for(&source, &[inside]).ok()?;
        let evaluation = scenario::evaluate(&program, draws).filter(|found| found.faults.is_empty())?;
        let (_, draws) = evaluation.columns.into_iter().next()?;
        Some(Self { draws, program: Some(program) })
    }

    /// What the quantities that enter the computation cause, or why that is unknown.
    fn effects(&self, draws: &Draws, seed: u64) -> Result<Effects, String> {
        let program = self.program.as_ref().ok_or("no equation computes it: it is one of the quantities themselves")?;
        let named =
            program.inputs().iter().filter_map(|input| Some((input.name.clone(), draws.get(&input.name)?.clone())));
        let copula = Copula::fitted(&named.collect()).map_err(|error| error.to_string())?;
        let model = |columns: &Columns| computed(program, draws, columns);
        let settings = SobolSettings { points: POINTS, coverage: COVERAGE, ..SobolSettings::default() };
        effects(&copula, model, &settings, seed).map_err(|error| error.to_string())
    }
}

/// What the definition of a name needs, and what that needs, and so on.
fn needed(source: &Source, name: &str) -> BTreeSet<String> {
    let formulas: BTreeMap<&str, &Formula> =
        source.definitions.iter().map(|one| (one.name.as_str(), &one.formula)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![name.to_owned()]);
    while let Some(name) = open.pop() {
        let needs = formulas.get(name.as_str()).map(|formula| formula.references()).unwrap_or_default();
        open.extend(needs.into_iter().map(|(name, _)| name).filter(|name| found.insert(name.clone())));
    }
    found
}

/// The figure at points; no number where it cannot be computed. What does not vary has the value that it has in all draws.
fn computed(program: &Program, draws: &Draws, points: &Columns) -> Vec<f64> {
    let count = points.draws();
    let column = |name: &str| {
        let constant = || draws.get(name).and_then(|draws| draws.first()).map(|value| vec![*value; count]);
        points.get(name).map(<[f64]>::to_vec).or_else(constant).unwrap_or_default()
    };
    let columns: Vec<Vec<f64>> = program.inputs().iter().map(|input| column(&input.name)).collect();
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut values = vec![f64::NAN; count];
    let found = program.evaluate(&slices, count).ok();
    let found = found.and_then(|found| Some((found.draws, found.columns.into_iter().next()?.1)));
    for (place, value) in found.into_iter().flat_map(|(draws, column)| draws.into_iter().zip(column)) {
        values.get_mut(place).into_iter().for_each(|slot| *slot = value);
    }
    values
}

fn firsts(inputs: &Columns, output: &[f64]) -> Vec<Share> {
    let reach = normal_half_width(COVERAGE);
    let index = |value: f64, error: Option<f64>| {
        let error = reach * error?;
        Some(Index { value, low: value - error, high: value + error })
    };
    let found = first_order(inputs, output).into_iter();
    let share = found.map(|one| Share {
        first: index(one.index.value, one.index.standard_error),
        input: one.input,
        total: None,
        shapley: None,
    });
    share.collect()
}

fn computed_under(ground: &Ground, sets: &[GroundEquation], name: &str) -> bool {
    is_computed(ground, name) || sets.iter().any(|set| set.left == name)
}

/// The draws of all other quantities that no equation computes.
fn inputs(ground: &Ground, sets: &[GroundEquation], draws: &Draws, name: &str) -> Columns {
    let free = draws.iter().filter(|(other, _)| *other != name && !computed_under(ground, sets, other));
    free.map(|(name, draws)| (name.clone(), draws.clone())).collect()
}

impl Shares {
    fn add(&mut self, found: Effects, draws: &[f64]) {
        self.reproduced = variance(draws).map(|variance| found.variance / variance);
        if let Some(part) = self.reproduced.filter(|part| !(1.0 / ALIKE..=ALIKE).contains(part)) {
            self.warnings.push(format!(
                "the total and Shapley parts stand for quantities that give the figure {:.0}% of its variance: they hang together \
                 otherwise than their ranks tell",
                100.0 * part
            ));
        }
        let mut summed: BTreeMap<String, f64> = BTreeMap::new();
        for effect in found.inputs {
            let quantity = effect.input.split('[').next().unwrap_or_default().to_owned();
            *summed.entry(quantity).or_default() += effect.shapley.value;
            let known = self.quantities.iter().position(|one| one.input == effect.input);
            let place = known.unwrap_or(self.quantities.len());
            if known.is_none() {
                let input = effect.input;
                self.quantities.push(Share { input, first: None, total: None, shapley: None });
            }
            if let Some(share) = self.quantities.get_mut(place) {
                (share.total, share.shapley) = (Some(effect.total), Some(effect.shapley));
            }
        }
        self.summed = summed.into_iter().collect();
        self.summed.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    }

    /// By the Shapley effect where there is one, else by the first-order index.
    fn sort(&mut self) {
        let value = |index: Option<Index>| index.map_or(f64::NEG_INFINITY, |index| index.value);
        self.quantities.sort_by(|one, other| {
            let by_shapley = value(other.shapley).total_cmp(&value(one.shapley));
            by_shapley.then_with(|| value(other.first).total_cmp(&value(one.first)))
        });
    }
}
