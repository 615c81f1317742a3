//! The model of a case written out: every quantity at every place and step of time, every equation among them, with located faults.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plumb_core::case::model::{Equation, Model, ModelQuantity, Prior, When, Written};
use plumb_core::case::{Case, Step};
use plumb_core::codes::{Code, P0901, P0902, P0903, P0904, P0905};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::suggest::nearest;
use plumb_core::unit::Unit;
use plumb_weigh::language::{
    Binding, Cause, Formula, Indices, Kind, LanguageError, Measure, check_assignment, check_units, expand,
    free_indices, parse, parse_identity, to_terms,
};
use plumb_weigh::reconcile::{Claim as Said, Expression, Figure, Identity};

use super::sound;

/// The name of a quantity at a place and time: `workers[RU,2017]`.
pub(super) fn name(quantity: &str, indices: &[&str]) -> String {
    if indices.is_empty() { quantity.to_owned() } else { format!("{quantity}[{}]", indices.join(",")) }
}

/// A quantity of the model at a place and time.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its name: `workers[RU,2017]`.
    pub(super) name: String,
    /// Its quantity, as a position in the model.
    pub(super) quantity: usize,
    /// The place, where it runs over places.
    pub(super) place: Option<String>,
    /// The step of time, where it runs over time.
    pub(super) at: Option<Step>,
}

/// An equation at a place and time.
#[derive(Clone, Debug)]
pub(super) struct GroundEquation {
    /// The quantity that it defines.
    pub(super) left: String,
    /// What it equals, written out.
    pub(super) right: Formula,
    /// The equation as the model has it.
    pub(super) text: String,
    /// Where that stands.
    pub(super) location: Location,
}

/// A prior at a place and time.
#[derive(Clone, Debug)]
pub(super) struct GroundPrior {
    /// As a statement; its name says what it is on.
    pub(super) said: Said,
    /// Where what it is on stands in the model.
    pub(super) location: Location,
}

/// The model written out.
#[derive(Debug, Default)]
pub(super) struct Ground {
    /// All quantities in the order of the model.
    pub(super) cells: Vec<Cell>,
    /// Their names.
    pub(super) names: BTreeSet<String>,
    /// Flows and rates of the first step: it has no beginning, and is there for the stocks at its end.
    before: BTreeSet<String>,
    /// The equations that always hold.
    pub(super) equations: Vec<GroundEquation>,
    /// The same as sums of products.
    pub(super) identities: Vec<Identity>,
    /// The priors.
    pub(super) priors: Vec<GroundPrior>,
    /// For each scenario the equations that it puts in place.
    pub(super) scenarios: Vec<Vec<GroundEquation>>,
    /// For each output its formulas: one, or one for each step of time when it names none.
    pub(super) outputs: Vec<Vec<(Option<Step>, Formula)>>,
    /// What is wrong with the model.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Writes the model out. Whatever cannot be read is reported and left out; the rest goes on.
pub(super) fn ground(case: &Case, model: &Model) -> Ground {
    let mut writer = Writer { model, indices: indices(model), ground: Ground::default() };
    writer.cells();
    writer.identities();
    writer.priors();
    for scenario in &model.scenarios {
        let set = scenario.sets.iter().flat_map(|equation| writer.equation(equation)).collect();
        writer.ground.scenarios.push(set);
    }
    for output in &model.outputs {
        let formulas = writer.values(&output.value, &output.unit);
        writer.ground.outputs.push(formulas);
    }
    writer.observations(case);
    sound::settle(model, &mut writer.ground);
    writer.ground
}

fn indices(model: &Model) -> Indices {
    let sets = model.sets.iter().map(|set| {
        let members = set.members.iter().map(|member| member.text.clone()).collect();
        (set.id.clone(), members)
    });
    let steps = model.steps().map(|step| step.to_string()).collect();
    sets.chain([(model.step().word().to_owned(), steps)]).collect()
}

struct Writer<'m> {
    model: &'m Model,
    indices: Indices,
    ground: Ground,
}

impl Writer<'_> {
    /// Every quantity at every place and time.
    fn cells(&mut self) {
        for (position, quantity) in self.model.quantities.iter().enumerate() {
            let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
            for over in &quantity.over {
                let Some(members) = self.indices.get(&over.text).cloned() else {
                    self.unknown_index(over);
                    continue;
                };
                let longer = |begun: &Vec<String>| {
                    members.iter().map(|member| begun.iter().chain([member]).cloned().collect()).collect::<Vec<_>>()
                };
                combinations = combinations.iter().flat_map(longer).collect();
            }
            for members in combinations {
                let cell = cell(position, quantity, &members, self.time());
                if quantity.when == When::During && cell.at == Some(self.model.grid.0) {
                    self.ground.before.insert(cell.name);
                    continue;
                }
                self.ground.names.insert(cell.name.clone());
                self.ground.cells.push(cell);
            }
        }
    }

    fn unknown_index(&mut self, over: &Written) {
        let suggestion = nearest(&over.text, self.indices.keys().map(String::as_str));
        let message = format!("the model has no index `{}`", over.text);
        let diagnostic = Diagnostic::new(P0903, over.location.clone(), message)
            .help(format!("define it as a [[set]], or write `{}`", self.time()))
            .did_you_mean(suggestion);
        self.ground.diagnostics.push(diagnostic);
    }

    /// The identities, each quantity defined once.
    fn identities(&mut self) {
        let mut defined: BTreeMap<String, Location> = BTreeMap::new();
        for equation in &self.model.identities {
            let mut told = false;
            for one in self.equation(equation) {
                if let Some(first) = defined.get(&one.left) {
                    if !told {
                        let message = format!("`{}` is defined a second time", one.left);
                        let diagnostic = Diagnostic::new(P0904, one.location.clone(), message)
                            .also(first.clone(), "first defined here")
                            .help("keep one of them, or give each its years");
                        self.ground.diagnostics.push(diagnostic);
                        told = true;
                    }
                    continue;
                }
                match to_terms(&one.right) {
                    Ok(right) => {
                        defined.insert(one.left.clone(), one.location.clone());
                        self.ground.identities.push(Identity::new(&one.left, right));
                        self.ground.equations.push(one);
                    }
                    Err(error) if !told => {
                        let diagnostic = diagnostic(&equation.equation, &error);
                        let note = format!("so it is at `{}`; the equation holds where it can be written so", one.left);
                        self.ground.diagnostics.push(diagnostic.note(note));
                        told = true;
                    }
                    Err(_) => {}
                }
            }
        }
    }

    /// An equation at every place and time that it holds for.
    fn equation(&mut self, equation: &Equation) -> Vec<GroundEquation> {
        let read = parse_identity(&equation.equation.text).and_then(|(left, right)| {
            let target = self.measure_of(&left)?;
            check_assignment(&right, &target, |name| self.measure(name))?;
            Ok((left, right))
        });
        let (left, right) = match read {
            Ok(read) => read,
            Err(error) => {
                self.report(&equation.equation, &error);
                return Vec::new();
            }
        };
        let mut written = Vec::new();
        let bindings = self.bindings(&free_indices(&left, &self.indices), equation.holds);
        for binding in bindings {
            match self.pair(&left, &right, &binding) {
                Ok(Some((left, right))) => written.push(GroundEquation {
                    left,
                    right,
                    text: equation.equation.text.clone(),
                    location: equation.equation.location.clone(),
                }),
                // the step before the first one
                Ok(None) => {}
                Err(error) => {
                    self.report(&equation.equation, &error);
                    break;
                }
            }
        }
        written
    }

    fn pair(
        &self,
        left: &Formula,
        right: &Formula,
        binding: &Binding,
    ) -> Result<Option<(String, Formula)>, LanguageError> {
        let Some(left) = self.written(left, binding)? else { return Ok(None) };
        let Some(right) = self.written(right, binding)? else { return Ok(None) };
        let name = left.references().into_iter().next().map(|(name, _)| name);
        Ok(name.map(|name| (name, right)))
    }

    /// The word for a step of time, which is the name of the index over them.
    fn time(&self) -> &'static str {
        self.model.step().word()
    }

    /// Every combination of members of these indices, steps of time within the days that hold.
    fn bindings(&self, free: &[String], holds: Option<(Date, Date)>) -> Vec<Binding> {
        let steps = holds.map(|(first, last)| [first, last].map(|day| Step::of(self.model.step(), day)));
        let holds = |index: &str, member: &str| match (index == self.time(), steps, member.parse::<Step>()) {
            (true, Some([first, last]), Ok(step)) => first <= step && step <= last,
            _ => true,
        };
        let mut bindings = vec![Binding::new()];
        for index in free {
            let members = self.indices.get(index).map_or(&[][..], Vec::as_slice);
            let members: Vec<&String> = members.iter().filter(|member| holds(index, member)).collect();
            let longer = |begun: &Binding| {
                let with = |member: &&String| {
                    let mut binding = begun.clone();
                    binding.insert(index.clone(), (*member).clone());
                    binding
                };
                members.iter().map(with).collect::<Vec<_>>()
            };
            bindings = bindings.iter().flat_map(longer).collect();
        }
        bindings
    }

    fn priors(&mut self) {
        let mut taken = BTreeSet::new();
        for prior in &self.model.priors {
            let (new, again): (Vec<Said>, Vec<Said>) =
                self.prior(prior).into_iter().partition(|said| taken.insert(said.id.clone()));
            if let Some(first) = again.first() {
                let message = format!("a second prior on `{}`: only the first one counts", first.id);
                let diagnostic = Diagnostic::new(P0905, prior.on.location.clone(), message);
                let help =
                    "one prior says what is taken for granted: keep the one whose reason holds, or limit their years";
                self.ground.diagnostics.push(diagnostic.help(help));
            }
            self.ground
                .priors
                .extend(new.into_iter().map(|said| GroundPrior { said, location: prior.on.location.clone() }));
        }
    }

    fn prior(&mut self, prior: &Prior) -> Vec<Said> {
        let read = parse(&prior.on.text).and_then(|on| check_units(&on, |name| self.measure(name)).map(|_| on));
        let on = match read {
            Ok(on) => on,
            Err(error) => {
                self.report(&prior.on, &error);
                return Vec::new();
            }
        };
        let figure = Figure::Interval { low: prior.low, high: prior.high, coverage: prior.coverage };
        let mut said = Vec::new();
        for binding in self.bindings(&free_indices(&on, &self.indices), prior.holds) {
            let terms = self.written(&on, &binding).and_then(|on| match on {
                Some(on) => Ok(Some((on.to_string(), one_product(&on)?))),
                None => Ok(None),
            });
            match terms {
                Ok(Some((name, about))) => said.push(Said::new(&name, about, figure)),
                Ok(None) => {}
                Err(error) => {
                    self.report(&prior.on, &error);
                    break;
                }
            }
        }
        said
    }

    /// The formulas of an output, written out: one, or one for each step of time when it names none.
    fn values(&mut self, text: &Written, unit: &Unit) -> Vec<(Option<Step>, Formula)> {
        let formula = parse(&text.text).and_then(|formula| {
            check_assignment(&formula, &Measure::from(unit), |name| self.measure(name)).map(|()| formula)
        });
        let written = formula.and_then(|formula| {
            let free: Vec<String> =
                free_indices(&formula, &self.indices).into_iter().filter(|index| index == self.time()).collect();
            let mut written = Vec::new();
            for binding in self.bindings(&free, None) {
                let Some(formula) = self.written(&formula, &binding)? else {
                    // what names its times itself cannot leave the grid but by mistake
                    if free.is_empty() {
                        expand(&formula, &self.indices, &binding)?;
                    }
                    continue;
                };
                written.push((binding.get(self.time()).and_then(|step| step.parse().ok()), formula));
            }
            Ok(written)
        });
        written.unwrap_or_else(|error| {
            self.report(text, &error);
            Vec::new()
        })
    }

    /// Observations must name quantities of the model, in a unit that their claims can be brought to.
    fn observations(&mut self, case: &Case) {
        for observed in &self.model.observations {
            let quantity = self.model.quantities.iter().find(|one| one.id.text == observed.quantity.text);
            let Some(quantity) = quantity else {
                let known = self.model.quantities.iter().map(|quantity| quantity.id.text.as_str());
                let suggestion = nearest(&observed.quantity.text, known);
                let message = format!("the model has no quantity `{}`", observed.quantity.text);
                let diagnostic = Diagnostic::new(P0903, observed.quantity.location.clone(), message)
                    .help("define it under [quantity.NAME]")
                    .did_you_mean(suggestion);
                self.ground.diagnostics.push(diagnostic);
                continue;
            };
            let Some(measure) = case.measures.get(&observed.measure) else { continue };
            let same = measure.unit.dimension_without_currency() == quantity.unit.dimension_without_currency();
            if !same && !counted_alike(&measure.unit, &quantity.unit) {
                let message = format!(
                    "figures of `{}` are in {} and cannot speak of `{}`, which is in {}",
                    measure.id, measure.unit, quantity.id.text, quantity.unit
                );
                let diagnostic = Diagnostic::new(P0902, observed.quantity.location.clone(), message);
                self.ground.diagnostics.push(diagnostic.help("name another quantity, or correct its unit"));
            }
        }
    }

    fn measure(&self, quantity: &str) -> Option<Measure> {
        let found = self.model.quantities.iter().find(|one| one.id.text == quantity)?;
        Some(Measure::from(&found.unit))
    }

    fn measure_of(&self, left: &Formula) -> Result<Measure, LanguageError> {
        check_units(left, |name| self.measure(name))
    }

    /// A formula for these members, all of its quantities known; `None` where it leaves the grid: the step before the first.
    fn written(&self, formula: &Formula, binding: &Binding) -> Result<Option<Formula>, LanguageError> {
        let formula = match expand(formula, &self.indices, binding) {
            Ok(formula) => formula,
            Err(LanguageError { cause: Cause::OutsideIndex { ref index, .. }, .. }) if index == self.time() => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        if formula.references().iter().any(|(name, _)| self.ground.before.contains(name)) {
            return Ok(None);
        }
        self.known(&formula)?;
        Ok(Some(formula))
    }

    /// Whether every quantity of a formula that was written out exists.
    fn known(&self, formula: &Formula) -> Result<(), LanguageError> {
        let unknown = formula.references().into_iter().find(|(name, _)| !self.ground.names.contains(name));
        let Some((name, span)) = unknown else { return Ok(()) };
        let suggestion = nearest(&name, self.ground.names.iter().map(String::as_str)).map(str::to_owned);
        Err(LanguageError { definition: None, span, cause: Cause::UnknownName { name, suggestion } })
    }

    fn report(&mut self, text: &Written, error: &LanguageError) {
        self.ground.diagnostics.push(diagnostic(text, error));
    }
}

fn diagnostic(text: &Written, error: &LanguageError) -> Diagnostic {
    Diagnostic::new(code(&error.cause), place(text, error), error.cause.to_string()).help(error.hint())
}

fn cell(position: usize, quantity: &ModelQuantity, members: &[String], time: &str) -> Cell {
    let texts: Vec<&str> = members.iter().map(String::as_str).collect();
    let of = |is_time: bool| {
        let mut pairs = quantity.over.iter().zip(members);
        pairs.find(|(over, _)| (over.text == time) == is_time).map(|(_, member)| member.clone())
    };
    Cell {
        name: name(&quantity.id.text, &texts),
        quantity: position,
        place: of(false),
        at: of(true).and_then(|step| step.parse().ok()),
    }
}

/// A prior is on one product of powers: only that has a spread by factors.
fn one_product(formula: &Formula) -> Result<Expression, LanguageError> {
    let terms = to_terms(formula)?;
    if terms.terms.len() == 1 {
        return Ok(terms);
    }
    let cause = Cause::NotTerms("a prior is on one product of quantities, as `sent / workers`");
    Err(LanguageError { definition: None, span: formula.span, cause })
}

/// Persons, permits and entries are counted by ones; which may stand for which, the observation says.
pub(super) fn counted_alike(one: &Unit, other: &Unit) -> bool {
    const COUNTED: [&str; 3] = ["persons", "permits", "entries"];
    COUNTED.contains(&one.as_str()) && COUNTED.contains(&other.as_str())
}

fn code(cause: &Cause) -> Code {
    match cause {
        Cause::UnitsDiffer { .. } | Cause::MissingFactor { .. } | Cause::NeedsNumber { .. } | Cause::Unit { .. } => {
            P0902
        }
        Cause::UnknownName { .. } | Cause::UnknownIndex { .. } | Cause::OutsideIndex { .. } | Cause::NotExpanded(_) => {
            P0903
        }
        Cause::Twice(_) | Cause::Cycle(_) => P0904,
        _ => P0901,
    }
}

/// Where in the file the words at fault stand; texts over several lines are pointed at as a whole.
fn place(text: &Written, error: &LanguageError) -> Location {
    let mut location = text.location.clone();
    let before = text.text.get(..error.span.start);
    let at_fault = text.text.get(error.span.start..error.span.end);
    if let (Some(before), Some(at_fault), false) = (before, at_fault, text.text.contains('\n')) {
        let characters = |part: &str| u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
        location.column = location.column.saturating_add(characters(before));
        location.length = characters(at_fault).max(1);
    }
    location
}

/// A formula that is one plain name.
pub(super) fn is_name(formula: &Formula) -> Option<&str> {
    match &formula.kind {
        Kind::Reference(name, _) => Some(name),
        _ => None,
    }
}
