//! The deterministic skeleton of a model: one run of stocks and flows at the medians of the posterior, for other programs.
//!
//! Each quantity at each place is a variable over time. The time of a run is the year: at time 2017 a variable is what the model
//! calls it with the index 2017, the end of the year for a quantity `when = "end"`. Quarters and months are counted from the first
//! of the run, 1. A quantity that the model looks back at, as `workers[host, year-1]`, has a stock beside it that holds what it was
//! at the end of the step before. Where an identity is a balance, as `returned = workers before + sent - workers`, its flows fill and
//! drain that stock; else the change over the step does. What no equation computes is a constant or a graphical function at the
//! medians; everything else follows by the equations, so it is near the medians of the posterior but not the same. How sure each
//! figure is, its documentation says.

mod balance;
mod names;
mod outputs;
mod series;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::collections::BTreeMap;
use std::convert::Infallible;

use plumb_core::case::model::Model as CaseModel;
use plumb_core::case::{Step, StepLength};
use plumb_weigh::language::{Comparison, Formula, Function, Kind, Part, Shape, Span, Table, canonical};
use plumb_weigh::stockflow::{Method, Model, ModelError, Role, Simulation, Variable};
use plumb_weigh::xmile;
use thiserror::Error;

use super::ground;
use super::scenario::{self, NoScenario, Wanted};
use crate::Account;
use balance::Follows;
use names::Names;
use series::{Layout, Reading, Rule, Stretch};
use values::Values;
use words::Words;

/// The skeleton of a case's model.
#[derive(Clone, Debug)]
pub struct Skeleton {
    /// A model that runs, in steps of one.
    pub model: Model,
    /// Variables that could not be written, each with the reason, as words that can follow its name and a colon.
    pub left_out: Vec<(String, String)>,
}

/// Why there is no skeleton.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SkeletonError {
    /// The case has no model, or none that can be read.
    #[error("the case has no model.toml that can be read")]
    NoModel,
    /// The model has no such scenario.
    #[error(transparent)]
    NoScenario(#[from] NoScenario),
    /// Quantities that need each other at one and the same time; a model of stocks and flows cannot go round in a circle.
    #[error("the equations make no model of stocks and flows: {0}")]
    Circle(ModelError),
}

impl SkeletonError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::NoModel => "docs/model.md says how one is written".to_owned(),
            Self::NoScenario(error) => error.hint(),
            Self::Circle(_) => "let each quantity be computed in the same direction in all years".to_owned(),
        }
    }
}

/// The skeleton of the case's model, as the claims have it or under a scenario.
///
/// # Errors
/// [`SkeletonError`] when there is no model or no such scenario, or the equations of different times go round in a circle.
pub fn skeleton(account: &Account, scenario: Option<&str>) -> Result<Skeleton, SkeletonError> {
    let (Some(model), Some(found)) = (&account.case.model, account.estimates()) else {
        return Err(SkeletonError::NoModel);
    };
    let ground = ground::ground(&account.case, model);
    let sets = scenario::sets(model, &ground, scenario)?;
    let wanted = scenario::wanted(model, &ground);
    let values = Values::of(&ground, sets, &wanted, found);
    let layout = Layout::of(model, &ground, sets);
    let writer = Writer {
        words: Words { account, model, found },
        values: &values,
        layout: &layout,
        names: Names::default(),
        own: Vec::new(),
        helpers: BTreeMap::new(),
        left_out: Vec::new(),
        out: Model {
            name: title(model, scenario, layout.steps.0),
            start: layout.time(layout.steps.0),
            stop: layout.time(layout.steps.1),
            step: 1.0,
            method: Method::Euler,
            time_unit: model.step().word().to_owned(),
            ..Model::default()
        },
    };
    writer.write(&wanted)
}

fn title(model: &CaseModel, scenario: Option<&str>, first: Step) -> String {
    let scenario = model.scenarios.iter().find(|one| Some(one.id.as_str()) == scenario);
    let scenario = scenario.map(|one| format!(": {}", one.label)).unwrap_or_default();
    let counted =
        (model.step() != StepLength::Year).then(|| format!("; {} 1 is {}", model.step().word(), first.label()));
    format!("{}{scenario}{}", model.title, counted.unwrap_or_default())
}

struct Writer<'a> {
    words: Words<'a>,
    values: &'a Values,
    layout: &'a Layout<'a>,
    names: Names,
    /// The name of each series, by its place in the layout.
    own: Vec<String>,
    /// Names of what stands for a series at another time.
    helpers: BTreeMap<(usize, Reading), String>,
    left_out: Vec<(String, String)>,
    out: Model,
}

impl Writer<'_> {
    fn write(mut self, wanted: &[Wanted<'_>]) -> Result<Skeleton, SkeletonError> {
        let layout = self.layout;
        for series in &layout.series {
            let parts: Vec<&str> = [series.quantity.id.text.as_str()].into_iter().chain(series.place).collect();
            let name = self.names.give(&parts);
            self.own.push(name);
        }
        for place in 0..layout.series.len() {
            self.series(place);
        }
        self.outputs(wanted);
        self.other_times();
        for (name, reason) in std::mem::take(&mut self.left_out) {
            // what was taken out with another is told already
            let gone = xmile::take_out(&mut self.out, &canonical(&name), &reason);
            self.left_out.extend(gone);
        }
        let names: Vec<&str> = self.out.variables.iter().map(|variable| variable.name.as_str()).collect();
        match Simulation::compile(&self.out, &[], &names) {
            Ok(_) => Ok(Skeleton { model: self.out, left_out: self.left_out }),
            Err(error) => Err(SkeletonError::Circle(error)),
        }
    }

    /// The variable of a quantity at a place.
    fn series(&mut self, place: usize) {
        let (Some(series), Some(name)) = (self.layout.series.get(place), self.own.get(place).cloned()) else { return };
        let lost = series.cells.values().find_map(|cell| Some((cell, self.values.get(cell).err()?)));
        let (formula, note) = match lost {
            Some((cell, reason)) => {
                self.left_out.push((name.clone(), format!("`{cell}` is unknown: {reason}")));
                (constant(0.0), String::new())
            }
            None => (self.in_turn(&name, place), self.words.series(series)),
        };
        self.add(&name, note, formula, place);
    }

    fn add(&mut self, name: &str, note: String, formula: Formula, of: usize) {
        let unit = self.layout.series.get(of).map(|series| series.quantity.unit.as_str().to_owned());
        let variable = Variable { unit: unit.unwrap_or_default(), note, ..variable(name, formula) };
        self.out.variables.push(variable);
    }

    /// The rules of a series, one after the other as time goes on.
    fn in_turn(&mut self, name: &str, place: usize) -> Formula {
        let Some(series) = self.layout.series.get(place) else { return constant(0.0) };
        if let [Stretch { rule: Rule::Estimated, .. }] = series.stretches.as_slice() {
            let known = series.cells.iter().filter_map(|(year, cell)| Some((*year, self.values.get(cell).ok()?)));
            return self.curve(name, &known.collect::<Vec<_>>());
        }
        let mut whole: Option<Formula> = None;
        for stretch in &series.stretches {
            let formula = match &stretch.rule {
                Rule::Equation(equations) => {
                    let formulas: Vec<_> = equations.iter().map(|(at, equation)| (*at, &equation.right)).collect();
                    self.dated(&formulas)
                }
                Rule::Estimated => reference(&self.name_of(place, Reading::Estimated)),
            };
            whole = Some(match whole {
                Some(before) => from_time(self.layout.time(stretch.from), formula, before),
                None => formula,
            });
        }
        whole.unwrap_or_else(|| constant(0.0))
    }

    /// Values by time as a graphical function of time that takes the name; a constant where there is one alone.
    fn curve(&mut self, name: &str, points: &[(Option<Step>, f64)]) -> Formula {
        let dated = points.iter().filter_map(|(at, value)| Some((self.layout.time((*at)?), *value))).collect();
        let Ok(table) = Table::new(dated, Shape::Continuous) else {
            return constant(points.first().map_or(0.0, |(_, value)| *value));
        };
        let key = canonical(name);
        self.out.tables.insert(key.clone(), table);
        Formula { span: Span::default(), kind: Kind::Lookup(key, Box::new(reference("time"))) }
    }

    /// A formula that is written out for each of these steps, as one of them all.
    fn dated(&mut self, formulas: &[(Option<Step>, &Formula)]) -> Formula {
        let Some((_, first)) = formulas.first() else { return constant(0.0) };
        let readings = self.layout.readings(formulas);
        let names: Vec<String> = readings.into_iter().map(|(place, reading)| self.name_of(place, reading)).collect();
        renamed(first, &mut names.into_iter())
    }

    /// The name of a series as it is read at some time.
    fn name_of(&mut self, place: usize, reading: Reading) -> String {
        let own = self.own.get(place).cloned().unwrap_or_default();
        if reading == Reading::Now {
            return own;
        }
        let names = &mut self.names;
        let helper = self.helpers.entry((place, reading)).or_insert_with(|| match reading {
            Reading::In(step) => names.give(&[&own, &step.to_string()]),
            Reading::Shifted(by) if by > 0 => names.give(&[&own, &by.to_string(), "later"]),
            Reading::Shifted(by) => names.give(&[&own, &by.unsigned_abs().to_string(), "earlier"]),
            Reading::Estimated => names.give(&[&own, "estimated"]),
            Reading::Now | Reading::Before => names.give(&[&own, "before"]),
        });
        helper.clone()
    }

    /// The variables that stand for series at other times, and the flows that fill stocks.
    fn other_times(&mut self) {
        let layout = self.layout;
        let mut stocks = Vec::new();
        for ((place, reading), name) in self.helpers.clone() {
            let Some(series) = layout.series.get(place) else { continue };
            let (first, last) = layout.steps;
            let values = self.values;
            let value = |at: Step| series.cell_at(at).and_then(|cell| values.get(cell).ok());
            let course = |shift: i32| move |at: Step| Some((Some(at), value(at.plus(shift))?));
            let (formula, note) = match reading {
                Reading::Now => continue,
                Reading::Before => {
                    // where the step before the first is off the grid, no equation of the first asks for it
                    let initial = value(first.plus(-1)).or_else(|| value(first)).unwrap_or(0.0);
                    stocks.push(self.stock(place, &name, initial));
                    continue;
                }
                Reading::In(step) => (constant(value(step).unwrap_or(0.0)), self.words.in_step(series, step)),
                Reading::Shifted(by) => {
                    let points: Vec<_> = series::steps(first, last).filter_map(course(by)).collect();
                    (self.curve(&name, &points), self.words.shifted(series, by))
                }
                Reading::Estimated => {
                    let points: Vec<_> = series.estimated_steps().filter_map(course(0)).collect();
                    (self.curve(&name, &points), self.words.estimated(series))
                }
            };
            self.add(&name, note, formula, place);
        }
        balance::settle(&mut self.out, &stocks, &layout.yearly(&self.own));
    }

    /// The stock that holds what a series was a step before, filled by its change until a balance is found.
    fn stock(&mut self, place: usize, name: &str, initial: f64) -> Follows {
        let own = self.own.get(place).cloned().unwrap_or_default();
        let change = self.names.give(&[&own, "change"]);
        let parts =
            [(false, &own[..]), (true, name)].map(|(inverted, name)| Part { inverted, formula: reference(name) });
        let rate = Formula { span: Span::default(), kind: Kind::Sum(parts.into()) };
        if let Some(series) = self.layout.series.get(place) {
            let unit = series.quantity.unit.as_str().to_owned();
            let role = Role::Stock {
                initial: constant(initial),
                inflows: vec![canonical(&change)],
                outflows: Vec::new(),
                non_negative: false,
            };
            let note = self.words.before(series);
            self.out.variables.push(Variable { unit: unit.clone(), note, role, ..variable(name, constant(0.0)) });
            let role = Role::Flow { formula: rate, non_negative: false };
            let note = self.words.change(series);
            self.out.variables.push(Variable { unit, note, role, ..variable(&change, constant(0.0)) });
        }
        Follows { stock: canonical(name), level: canonical(&own), change: canonical(&change) }
    }
}

/// A variable whose title is its name as it is written.
fn variable(name: &str, formula: Formula) -> Variable {
    Variable { title: name.to_owned(), ..Variable::auxiliary(&canonical(name), formula) }
}

fn constant(value: f64) -> Formula {
    Formula::number(value, Span::default())
}

fn reference(name: &str) -> Formula {
    Formula::reference(&canonical(name), Span::default())
}

/// One formula from a time on, another before.
fn from_time(from: f64, then: Formula, otherwise: Formula) -> Formula {
    let since = Kind::Compare(Comparison::AtLeast, Box::new(reference("time")), Box::new(constant(from)));
    let since = Formula { span: Span::default(), kind: since };
    Formula { span: Span::default(), kind: Kind::Call(Function::If, vec![since, then, otherwise]) }
}

/// The formula with other names for its references, in their order.
fn renamed(formula: &Formula, names: &mut impl Iterator<Item = String>) -> Formula {
    if matches!(formula.kind, Kind::Reference(..)) {
        return names.next().map_or_else(|| formula.clone(), |name| reference(&name));
    }
    let kept: Result<Formula, Infallible> = formula.map(|child| Ok(renamed(child, names)));
    kept.unwrap_or_else(|never| match never {})
}
