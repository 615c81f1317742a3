//! Running a model on the draws of a plan.

use serde::Serialize;

use super::columns::Columns;
use super::draw;
use super::fault::{Fault, SimulationError};
use super::plan::{MOST_DRAWS, Plan, Settings};
use super::summary::{Summary, summarise};

/// The name under which faults speak of the base.
const BASE: &str = "base";

/// One output in one scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The output's name.
    pub output: String,
    /// What its draws say; `None` when a fault says why not.
    pub summary: Option<Summary>,
    /// The same of scenario minus base, draw by draw; `None` for the base, and when one of the two is unknown.
    pub difference: Option<Summary>,
}

/// What one scenario gave.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioResult {
    /// Its name; `base` for the base.
    pub name: String,
    /// The draws of the parameters.
    pub inputs: Columns,
    /// What the model made of them: only outputs without faults.
    pub outputs: Columns,
    /// The outputs, in the order of the model.
    pub outcomes: Vec<Outcome>,
}

/// What a simulation gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The parameters as they are.
    pub base: ScenarioResult,
    /// The scenarios that could be run, in the order of the plan.
    pub scenarios: Vec<ScenarioResult>,
    /// What was left out, and why.
    pub faults: Vec<Fault>,
}

/// Runs a model, a function from columns of parameters to columns of outputs, on the base and on every scenario.
///
/// # Errors
///
/// [`SimulationError`] when nothing can be drawn. What costs a single scenario or output stands in [`Results::faults`].
pub fn run(plan: &Plan, model: impl Fn(&Columns) -> Columns) -> Result<Results, SimulationError> {
    check(plan)?;
    let mut faults = Vec::new();
    let mut one = |name: &str, inputs, base: Option<&Columns>| {
        let outputs = usable_outputs(name, &inputs, model(&inputs), plan.settings.draws, &mut faults);
        let outcomes = outputs.iter().map(|output| outcome(output, base, &plan.settings)).collect();
        let outputs = outputs.into_iter().filter_map(|(output, values)| Some((output, values?))).collect();
        ScenarioResult { name: name.to_owned(), inputs, outputs, outcomes }
    };
    let base = one(BASE, draw::base(plan)?, None);
    let mut scenarios: Vec<ScenarioResult> = Vec::new();
    let mut left_out = Vec::new();
    for scenario in &plan.scenarios {
        let taken = scenario.name == BASE || scenarios.iter().any(|other| other.name == scenario.name);
        match draw::scenario(plan, scenario, &base.inputs) {
            Ok(inputs) if !taken => scenarios.push(one(&scenario.name, inputs, Some(&base.outputs))),
            Ok(_) => left_out.push(Fault::Scenario {
                scenario: scenario.name.clone(),
                what: "another has the name",
                name: scenario.name.clone(),
            }),
            Err(fault) => left_out.push(fault),
        }
    }
    faults.extend(left_out);
    faults.extend(lacking(&base, None));
    faults.extend(scenarios.iter().flat_map(|scenario| lacking(scenario, Some(&base))));
    Ok(Results { base, scenarios, faults })
}

/// What stops a plan before anything is drawn.
pub(crate) fn check(plan: &Plan) -> Result<(), SimulationError> {
    let Settings { draws, probabilities, tolerance, .. } = &plan.settings;
    if !(1..=MOST_DRAWS).contains(draws) {
        return Err(SimulationError::Draws { found: *draws });
    }
    let rising = probabilities.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
    if probabilities.is_empty() || !rising || !probabilities.iter().all(|p| *p > 0.0 && *p < 1.0) {
        return Err(SimulationError::Probabilities { found: probabilities.clone() });
    }
    if !(*tolerance > 0.0 && tolerance.is_finite()) {
        return Err(SimulationError::Tolerance { found: *tolerance });
    }
    check_names(plan)
}

fn check_names(plan: &Plan) -> Result<(), SimulationError> {
    let known = |name: &String| plan.parameters.iter().any(|one| one.name == *name);
    for (place, one) in plan.parameters.iter().enumerate() {
        if plan.parameters.iter().skip(place + 1).any(|other| other.name == one.name) {
            return Err(SimulationError::Twice { parameter: one.name.clone() });
        }
    }
    for (place, one) in plan.correlations.iter().enumerate() {
        let [left, right] = &one.between;
        let again = |other: &[String; 2]| other.contains(left) && other.contains(right);
        let what = if left == right {
            "names one parameter twice"
        } else if !(known(left) && known(right)) {
            "names a parameter that does not exist"
        } else if plan.correlations.iter().skip(place + 1).any(|other| again(&other.between)) {
            "is given twice"
        } else {
            continue;
        };
        return Err(SimulationError::Pair { left: left.clone(), right: right.clone(), what });
    }
    Ok(())
}

/// The outputs of a model, `None` in the place of those that cannot be used; writes down why, and which parameters are
/// not finite.
fn usable_outputs(
    scenario: &str,
    inputs: &Columns,
    outputs: Columns,
    draws: usize,
    faults: &mut Vec<Fault>,
) -> Vec<(String, Option<Vec<f64>>)> {
    faults.extend(inputs.iter().filter_map(|(name, values)| not_finite(scenario, "parameter", name, values)));
    let mut usable = |(name, values): (String, Vec<f64>)| {
        let fault = if values.len() == draws {
            not_finite(scenario, "output", &name, &values)
        } else {
            let found = values.len();
            Some(Fault::Length { scenario: scenario.to_owned(), name: name.clone(), found, expected: draws })
        };
        let values = if fault.is_none() { Some(values) } else { None };
        faults.extend(fault);
        (name, values)
    };
    outputs.into_iter().map(&mut usable).collect()
}

fn not_finite(scenario: &str, kind: &'static str, name: &str, values: &[f64]) -> Option<Fault> {
    // counted before any is looked for: without an early end the processor compares several at once
    let draws = values.iter().filter(|value| !value.is_finite()).count();
    let first = if draws == 0 { None } else { values.iter().position(|value| !value.is_finite()) };
    let first = first? + 1;
    let (scenario, name) = (scenario.to_owned(), name.to_owned());
    Some(Fault::NotFinite { scenario, kind, name, draws, first })
}

fn outcome((output, values): &(String, Option<Vec<f64>>), base: Option<&Columns>, settings: &Settings) -> Outcome {
    let summary = values.as_deref().and_then(|values| summarise(values, settings));
    let before = base.and_then(|base| base.get(output));
    let difference = values.as_deref().zip(before).and_then(|(now, before)| {
        let differences: Vec<f64> = now.iter().zip(before).map(|(now, before)| now - before).collect();
        summarise(&differences, settings)
    });
    Outcome { output: output.clone(), summary, difference }
}

/// What the outcomes lack beyond what the draws themselves say: something to compare with, or figures that a number holds.
fn lacking(result: &ScenarioResult, base: Option<&ScenarioResult>) -> Vec<Fault> {
    let fault = |outcome: &Outcome| {
        result.outputs.get(&outcome.output)?;
        let (scenario, name) = (result.name.clone(), outcome.output.clone());
        if base.is_some_and(|base| base.outputs.get(&name).is_none()) {
            return Some(Fault::NoBase { scenario, name });
        }
        let lacks = outcome.summary.is_none() || (base.is_some() && outcome.difference.is_none());
        lacks.then_some(Fault::Overflow { scenario, name })
    };
    result.outcomes.iter().filter_map(fault).collect()
}
