//! A model taken apart: what is carried from step to step, and the definitions of all else.

use std::collections::{BTreeMap, BTreeSet};

use super::error::ModelError;
use super::functions::Rewriter;
use super::limits::limit_outflows;
use super::model::{Model, Role};
use crate::language::{Definition, Formula, Function, Input, Kind, Part, Source, Span};

/// The time at which the present step began, also while a rule looks at its middle and end. No variable has this name: XMILE's
/// hold no blanks, and formulas could not refer to it.
pub(super) const STEP_TIME: &str = "time of step";

/// A value that is carried from step to step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// The name under which formulas see it.
    pub(super) name: String,
    /// Its value at the start.
    pub(super) initial: Formula,
    /// What becomes of it.
    pub(super) update: Update,
}

/// What becomes of a state at each step; names are those of definitions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Update {
    /// It grows by this much per unit of time; never below 0 where the flag is set.
    Integrate(String, bool),
    /// It becomes this.
    Replace(String),
    /// It becomes what the first was so long ago as the second says.
    Past(String, String),
    /// It stays.
    Hold,
    /// It is drawn anew, from the stream of this name: a normal number, or one between 0 and 1.
    Draw { normal: bool, stream: String },
}

/// A model taken apart.
pub(super) struct Parts {
    pub(super) states: Vec<State>,
    /// Everything that is computed from states, parameters and time.
    pub(super) definitions: BTreeMap<String, Formula>,
}

/// Takes a model apart. Parameters have no definition; one that names a stock stands for its value at the start.
pub(super) fn parts(model: &Model, parameters: &[&str]) -> Result<Parts, ModelError> {
    let mut rewriter = Rewriter::default();
    let mut definitions = constants(model);
    let mut states = Vec::new();
    check_flows(model)?;
    for variable in &model.variables {
        let given = parameters.contains(&variable.name.as_str());
        match &variable.role {
            Role::Stock { initial, inflows, outflows, non_negative } => {
                let initial = if given {
                    Formula::reference(&initial_name(&variable.name), Span::default())
                } else {
                    rewriter.rewrite(&variable.name, initial)?
                };
                let change = format!("change of {}", variable.name);
                rewriter.define(&change, net(inflows, outflows));
                states.push(State {
                    name: variable.name.clone(),
                    initial,
                    update: Update::Integrate(change, *non_negative),
                });
            }
            _ if given => {}
            Role::Flow { formula, non_negative } => {
                let formula = rewriter.rewrite(&variable.name, formula)?;
                let formula = if *non_negative { at_least_zero(formula) } else { formula };
                insert(&mut definitions, &variable.name, formula)?;
            }
            Role::Auxiliary { formula } => {
                let formula = rewriter.rewrite(&variable.name, formula)?;
                insert(&mut definitions, &variable.name, formula)?;
            }
        }
    }
    let Rewriter { states: hidden, definitions: made, .. } = rewriter;
    states.extend(hidden);
    definitions.extend(made);
    limit_outflows(model, &mut definitions);
    Ok(Parts { states, definitions })
}

impl Parts {
    /// The definitions of a step, in which states come from outside.
    pub(super) fn step(&self, inputs: Vec<Input>) -> Source {
        let states = self.states.iter().map(|state| Input::per_draw(&state.name).changing());
        self.source(inputs.into_iter().chain(states).collect(), &[])
    }

    /// The definitions of the start, in which each state is what it begins with.
    pub(super) fn start(&self, inputs: Vec<Input>) -> Source {
        self.source(inputs, &self.states)
    }

    fn source(&self, inputs: Vec<Input>, states: &[State]) -> Source {
        let defined = self.definitions.iter();
        let defined = defined.chain(states.iter().map(|state| (&state.name, &state.initial)));
        let definitions =
            defined.map(|(name, formula)| Definition { name: name.clone(), formula: formula.clone() }).collect();
        Source { inputs, definitions, ..Source::default() }
    }
}

/// The name under which a stock's value at the start is a parameter.
pub(super) fn initial_name(stock: &str) -> String {
    format!("start of {stock}")
}

/// What is the same throughout a run. A model may define π and infinity itself, which here is the largest number there is.
fn constants(model: &Model) -> BTreeMap<String, Formula> {
    let own = |name: &str| model.variables.iter().any(|variable| variable.name == name);
    let run = [("dt", model.step), ("starttime", model.start), ("stoptime", model.stop)];
    let known = [("pi", std::f64::consts::PI), ("inf", f64::MAX)].into_iter().filter(|(name, _)| !own(name));
    run.into_iter()
        .chain(known)
        .map(|(name, value)| (name.to_owned(), Formula::number(value, Span::default())))
        .collect()
}

fn insert(definitions: &mut BTreeMap<String, Formula>, name: &str, formula: Formula) -> Result<(), ModelError> {
    let span = formula.span;
    if name == "time" || definitions.insert(name.to_owned(), formula).is_some() {
        let cause = crate::language::Cause::Twice(name.to_owned());
        return Err(crate::language::LanguageError { definition: Some(name.to_owned()), span, cause }.into());
    }
    Ok(())
}

/// Every flow of a stock exists, and is named once.
fn check_flows(model: &Model) -> Result<(), ModelError> {
    let names: BTreeSet<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
    for variable in &model.variables {
        let Role::Stock { inflows, outflows, .. } = &variable.role else { continue };
        let mut seen = BTreeSet::new();
        for flow in inflows.iter().chain(outflows) {
            if !names.contains(flow.as_str()) {
                let suggestion = crate::language::nearest(flow, names.iter().copied());
                let place = format!("stock `{}`", variable.name);
                return Err(ModelError::Unknown { place, name: flow.clone(), suggestion });
            }
            if !seen.insert(flow) {
                return Err(ModelError::FlowTwice { stock: variable.name.clone(), flow: flow.clone() });
            }
        }
    }
    Ok(())
}

fn net(inflows: &[String], outflows: &[String]) -> Formula {
    let part = |inverted: bool| move |name: &String| Part { inverted, formula: reference(name) };
    let parts = inflows.iter().map(part(false)).chain(outflows.iter().map(part(true))).collect();
    Formula { span: Span::default(), kind: Kind::Sum(parts) }
}

pub(super) fn reference(name: &str) -> Formula {
    Formula::reference(name, Span::default())
}

pub(super) fn at_least_zero(formula: Formula) -> Formula {
    let zero = Formula::number(0.0, formula.span);
    Formula { span: formula.span, kind: Kind::Call(Function::Max, vec![formula, zero]) }
}
