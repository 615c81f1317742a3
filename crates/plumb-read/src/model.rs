//! `model.toml`: how the quantities of a case hang together. Expressions are kept as written; the account compiles them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use plumb_core::case::model::{
    Equation, Flow, FlowStep, IndexSet, LARGEST, Model, ModelQuantity, ObservedBy, Output, Prior, SMALLEST, Says,
    Scenario, When, Written,
};
use plumb_core::case::{Grade, Step, StepLength};
use plumb_core::codes::{P0107, P0205, P0905};
use plumb_core::date::{Bound, PartialDate, Period};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::Kind;
use plumb_core::unit::Unit;

use crate::cells::{check_id, parse_unit};
use crate::context::Context;
use crate::dates::parse_period;
use crate::measures::choice;
use crate::toml_view::{self, Text, View};

/// The file of the model.
pub(crate) const FILE: &str = "model.toml";

/// Draws of the posterior that are kept when the model says nothing: the Monte-Carlo error of a median is then about a
/// fiftieth of the standard deviation (1.25 / √4000).
const DRAWS: u32 = 4_000;
/// More would fill the memory of a laptop and tell nothing new.
const MOST_DRAWS: f64 = 100_000.0;
/// Years that a grid may have: a century; each is a set of unknowns.
const MOST_YEARS: i32 = 100;
/// Quarters or months that a grid may have: twenty years of months, for the same reason.
const MOST_STEPS: i32 = 240;

/// Reads the model, if the case has one.
pub(crate) fn read(context: &mut Context<'_>) {
    let Some(source) = context.open(FILE) else { return };
    let mut root = toml_view::parse(context, &source);
    let head = root.view(context, "model");
    let location = head.as_ref().map_or_else(|| Location::file(FILE), View::location);
    let Some(mut model) = head.and_then(|view| head_of(context, view, location)) else {
        if context.case.model.is_none() {
            let message = format!("`{FILE}` has no usable table `[model]`, so the rest of it was not read");
            context.report(
                Diagnostic::new(P0905, Location::file(FILE), message).help("begin it with [model], a title and years"),
            );
        }
        return;
    };
    if let Some(view) = root.view(context, "odds") {
        model.odds = odds(context, view);
    }
    let sets = root.views(context, "set").into_iter().filter_map(|view| set(context, view)).collect();
    model.sets = once(context, sets, |set: &IndexSet| (&set.id, &set.location));
    if let Some(view) = root.view(context, "quantity") {
        let views = view.into_views(context);
        model.quantities = views.into_iter().filter_map(|(id, view)| quantity(context, id, view)).collect();
    }
    model.identities = root.views(context, "identity").into_iter().filter_map(|view| equation(context, view)).collect();
    model.observations =
        root.views(context, "observe").into_iter().filter_map(|view| observed(context, view)).collect();
    model.priors = root.views(context, "prior").into_iter().filter_map(|view| prior(context, view)).collect();
    let scenarios = root.views(context, "scenario").into_iter().filter_map(|view| scenario(context, view)).collect();
    model.scenarios = once(context, scenarios, |scenario: &Scenario| (&scenario.id, &scenario.location));
    let outputs = root.views(context, "output").into_iter().filter_map(|view| output(context, view)).collect();
    model.outputs = once(context, outputs, |output: &Output| (&output.id, &output.location));
    model.flows =
        root.views(context, "flow").into_iter().filter_map(|view| flow(context, view, model.step())).collect();
    root.finish(context);
    context.case.model = Some(model);
}

/// The empty model of `[model]`; `None` without title or years, which is reported.
fn head_of(context: &mut Context<'_>, mut view: View<'_>, location: Location) -> Option<Model> {
    let title = view.required(context, "title", "what the model is of");
    let years = view.required(context, "years", "the first and last year, as 2010/2026");
    let step = view.text(context, "step");
    let (seed, draws) = (view.number(context, "seed"), view.number(context, "draws"));
    let note = view.text(context, "note");
    let seed = seed.and_then(|seed| whole(context, seed, "seed", 9e15, &location)).unwrap_or(1);
    let draws = draws.and_then(|draws| whole(context, draws, "draws", MOST_DRAWS, &location));
    view.finish(context);
    let step = step.map(|step| choice(context, Some(step), &StepLength::ALL));
    let days = years.and_then(|text| days_of(context, &text))?;
    // a grid whose steps cannot be read is none of years
    let length = step.unwrap_or(Some(StepLength::Year))?;
    Some(Model {
        title: title?.text,
        note: plain(note),
        grid: grid(context, days.into(), length, &location)?,
        seed,
        draws: draws.and_then(|draws| u32::try_from(draws).ok()).unwrap_or(DRAWS),
        sets: Vec::new(),
        odds: BTreeMap::new(),
        quantities: Vec::new(),
        identities: Vec::new(),
        observations: Vec::new(),
        priors: Vec::new(),
        scenarios: Vec::new(),
        outputs: Vec::new(),
        flows: Vec::new(),
        location,
    })
}

/// The first and last step of these days.
fn grid(context: &mut Context<'_>, days: [Date; 2], length: StepLength, location: &Location) -> Option<(Step, Step)> {
    let [first, last] = days.map(|day| Step::of(length, day));
    let most = if length == StepLength::Year { MOST_YEARS } else { MOST_STEPS };
    if last.number().saturating_sub(first.number()) < most {
        return Some((first, last));
    }
    let message = format!("a grid from {first} to {last} has more than {most} {}s", length.word());
    let help = "write both ends, as 2010/2026, and no finer steps than the claims can tell apart";
    context.report(Diagnostic::new(P0905, location.clone(), message).help(help));
    None
}

fn whole(context: &mut Context<'_>, number: f64, name: &str, most: f64, location: &Location) -> Option<u64> {
    if number >= 1.0 && number <= most && number.fract() == 0.0 {
        return format!("{number:.0}").parse().ok();
    }
    let message = format!("`{name}` must be a whole number from 1 to {most:.0}");
    context.report(Diagnostic::new(P0905, location.clone(), message).help("the default is used"));
    None
}

/// First and last day of a period; an open side is the end of time and is cut to the grid later.
fn days_of(context: &mut Context<'_>, text: &Text) -> Option<(Date, Date)> {
    let period: Period = match parse_period(&text.text) {
        Ok(period) => period,
        Err(complaint) => {
            context.report(complaint.at(text.location.clone(), None));
            return None;
        }
    };
    let day = |bound, of: fn(PartialDate) -> Date, open| match bound {
        Bound::Date(date) => of(date),
        Bound::Open | Bound::Unknown => open,
    };
    let first = day(period.start, PartialDate::earliest, Date::MIN);
    let last = day(period.end, PartialDate::latest, Date::MAX);
    if first > last {
        let message = format!("the years {} run backwards", text.text);
        context.report(Diagnostic::new(P0205, text.location.clone(), message).help("write the earlier year first"));
        return None;
    }
    Some((first, last))
}

/// The first character of a text stands behind its quotation mark.
fn written(text: Text) -> Written {
    let mut location = text.location;
    if location.length > 1 {
        location.column += 1;
        location.length -= 1;
    }
    Written { text: text.text, location }
}

fn plain(text: Option<Text>) -> String {
    text.map(|text| text.text).unwrap_or_default()
}

/// Chances of being right, by grade.
fn odds(context: &mut Context<'_>, mut view: View<'_>) -> BTreeMap<Grade, f64> {
    let mut odds = BTreeMap::new();
    for (grade, letter, _) in Grade::ALL {
        let location = view.place(letter);
        let Some(chance) = view.number(context, letter) else { continue };
        if chance > 0.0 && chance < 1.0 {
            odds.insert(grade, chance);
        } else {
            let message = format!("grade {letter} cannot be right with probability {chance}");
            let help = "write a number between 0 and 1; neither end, or no evidence could ever change it";
            context.report(Diagnostic::new(P0905, location, message).help(help));
        }
    }
    view.finish(context);
    odds
}

fn set(context: &mut Context<'_>, mut view: View<'_>) -> Option<IndexSet> {
    let location = view.location();
    let id = view.required(context, "id", "its name in expressions, as host");
    let place = view.place("members");
    let members = view.texts(context, "members");
    view.finish(context);
    let id = named(context, id?)?;
    let known = |member: &Text| context.place(&member.text, member.location.clone(), None);
    let members: Vec<Written> = members.into_iter().filter(known).map(written).collect();
    let members = once(context, members, |member| (&member.text, &member.location));
    if members.is_empty() {
        let message = format!("the set `{}` has no members: a sum over it would be nothing", id.text);
        context.report(Diagnostic::new(P0905, place, message).help("name its places, as members = [\"RU\", \"CN\"]"));
        return None;
    }
    Some(IndexSet { id: id.text, members, location })
}

/// Things by their names; one that has the name of an earlier one is reported and left out.
fn once<T>(context: &mut Context<'_>, things: Vec<T>, name: impl Fn(&T) -> (&String, &Location)) -> Vec<T> {
    let mut first: BTreeMap<String, Location> = BTreeMap::new();
    let mut kept = Vec::new();
    for thing in things {
        let (id, location) = name(&thing);
        if let Some(first) = first.get(id) {
            let message = format!("`{id}` stands a second time: only the first one counts");
            let diagnostic = Diagnostic::new(P0107, location.clone(), message).also(first.clone(), "first here");
            context.report(diagnostic.help("take one of them out, or give it a name of its own"));
            continue;
        }
        first.insert(id.clone(), location.clone());
        kept.push(thing);
    }
    kept
}

/// A name that expressions can use.
fn named(context: &mut Context<'_>, text: Text) -> Option<Text> {
    match check_id(&text.text) {
        Ok(()) => Some(text),
        Err(complaint) => {
            context.report(complaint.at(text.location, None));
            None
        }
    }
}

fn unit(context: &mut Context<'_>, text: Option<Text>) -> Option<Unit> {
    let text = text?;
    parse_unit(&text.text).map_err(|complaint| context.report(complaint.at(text.location, None))).ok()
}

fn quantity(context: &mut Context<'_>, id: Text, mut view: View<'_>) -> Option<ModelQuantity> {
    let id = named(context, id)?;
    let label = view.required(context, "label", "its name for readers");
    let unit_text = view.required(context, "unit", "the unit of its values");
    let over = view.texts(context, "over");
    let (when, limit) = (view.text(context, "when"), view.place("high"));
    let (high, note) = (view.number(context, "high"), view.text(context, "note"));
    view.finish(context);
    if let Some(high) = high.filter(|high| *high <= 0.0) {
        let message = format!("`{}` can be at most {high}, so it can be nothing: quantities are above zero", id.text);
        context.report(Diagnostic::new(P0905, limit, message).help("give a limit above zero, or none"));
        return None;
    }
    if let Some(high) = high.filter(|high| !weighable(*high)) {
        context.report(out_of_reach(high, limit).help("give a limit that the quantity can come near, or none"));
        return None;
    }
    let id = Written { text: id.text, location: id.location };
    Some(ModelQuantity {
        id,
        label: label?.text,
        unit: unit(context, unit_text)?,
        over: over.into_iter().map(written).collect(),
        when: choice(context, when, &When::ALL).unwrap_or_default(),
        high,
        note: plain(note),
    })
}

fn equation(context: &mut Context<'_>, mut view: View<'_>) -> Option<Equation> {
    let equation = view.required(context, "equation", "a quantity = an expression");
    let (years, reason) = (view.text(context, "years"), view.text(context, "reason"));
    view.finish(context);
    let years = years.map(|years| days_of(context, &years));
    // an equation whose years cannot be read must not hold for all of them
    if years == Some(None) {
        return None;
    }
    Some(Equation { equation: written(equation?), holds: years.flatten(), reason: plain(reason) })
}

fn observed(context: &mut Context<'_>, mut view: View<'_>) -> Option<ObservedBy> {
    let measure = view.required(context, "measure", "the measure of the claims");
    let quantity = view.required(context, "quantity", "the quantity that they speak of");
    let (place, population) = (view.text(context, "place"), view.text(context, "population"));
    let (says, reason) = (view.text(context, "says"), view.text(context, "reason"));
    let (coverage_place, coverage) = (view.place("coverage"), view.number(context, "coverage"));
    view.finish(context);
    if let Some(beyond) = coverage.filter(|coverage| !covers(*coverage)) {
        context.report(no_coverage("claims", beyond, coverage_place));
    }
    let measure = measure.filter(|text| context.refer(Kind::Measure, &text.text, text.location.clone(), None));
    let given = place.is_some();
    let place = place.filter(|place| context.place(&place.text, place.location.clone(), None));
    if given && place.is_none() {
        return None;
    }
    Some(ObservedBy {
        measure: measure?.text,
        place: place.map(written),
        population: plain(population),
        quantity: written(quantity?),
        says: choice(context, says, &Says::ALL).unwrap_or_default(),
        coverage: coverage.filter(|coverage| covers(*coverage)),
        reason: plain(reason),
    })
}

/// Whether a number is a part of cases, neither none nor all.
fn covers(coverage: f64) -> bool {
    coverage > 0.0 && coverage < 1.0
}

fn no_coverage(what: &str, coverage: f64, location: Location) -> Diagnostic {
    let message = format!("{what} cannot cover {coverage} of the cases");
    Diagnostic::new(P0905, location, message).help("write a coverage between 0 and 1, as 0.9")
}

/// Whether a number above zero is neither too large nor too small to be weighed and written.
fn weighable(number: f64) -> bool {
    (SMALLEST..=LARGEST).contains(&number)
}

fn out_of_reach(number: f64, location: Location) -> Diagnostic {
    let message = format!("{number:e} is beyond the numbers that are weighed, {SMALLEST:e} to {LARGEST:e}");
    Diagnostic::new(P0905, location, message)
}

fn prior(context: &mut Context<'_>, mut view: View<'_>) -> Option<Prior> {
    let location = view.location();
    let [low_place, high_place, coverage_place] = ["low", "high", "coverage"].map(|key| view.place(key));
    let on = view.required(context, "on", "a product of quantities");
    let low = view.required_number(context, "low", "the low end");
    let high = view.required_number(context, "high", "the high end");
    let coverage = view.required_number(context, "coverage", "the part of cases that lie within, as 0.9");
    let reason = view.required(context, "reason", "why it is taken for granted");
    let years = view.text(context, "years");
    view.finish(context);
    let years = years.map(|years| days_of(context, &years));
    if years == Some(None) {
        return None;
    }
    let prior = Prior {
        on: written(on?),
        low: low?,
        high: high?,
        coverage: coverage?,
        holds: years.flatten(),
        reason: reason?.text,
        location,
    };
    let beyond = [(prior.low, &low_place), (prior.high, &high_place)];
    let wrong = if prior.low <= 0.0 || prior.high <= prior.low {
        let message =
            format!("a prior from {} to {} is no range: it must rise, and begin above zero", prior.low, prior.high);
        Diagnostic::new(P0905, if prior.low <= 0.0 { low_place } else { high_place }, message).help("write low < high")
    } else if !covers(prior.coverage) {
        no_coverage("a prior", prior.coverage, coverage_place)
    } else if let Some((number, place)) = beyond.into_iter().find(|(number, _)| !weighable(*number)) {
        out_of_reach(number, place.clone()).help("give the least or the most that you would still believe")
    } else {
        return Some(prior);
    };
    context.report(wrong);
    None
}

fn scenario(context: &mut Context<'_>, mut view: View<'_>) -> Option<Scenario> {
    let location = view.location();
    let id = view.required(context, "id", "a short name");
    let label = view.required(context, "label", "what it is, for readers");
    let note = view.text(context, "note");
    let sets = view.views(context, "set").into_iter().filter_map(|view| equation(context, view)).collect();
    view.finish(context);
    Some(Scenario { id: named(context, id?)?.text, label: label?.text, note: plain(note), sets, location })
}

fn output(context: &mut Context<'_>, mut view: View<'_>) -> Option<Output> {
    let location = view.location();
    let id = view.required(context, "id", "a short name");
    let label = view.required(context, "label", "what it is, for readers");
    let unit_text = view.required(context, "unit", "the unit of the figure");
    let value = view.required(context, "value", "how it is computed");
    let note = view.text(context, "note");
    view.finish(context);
    Some(Output {
        id: named(context, id?)?.text,
        label: label?.text,
        unit: unit(context, unit_text)?,
        value: written(value?),
        note: plain(note),
        location,
    })
}

fn flow(context: &mut Context<'_>, mut view: View<'_>, length: StepLength) -> Option<Flow> {
    let location = view.location();
    let label = view.required(context, "label", "what flows where, for readers");
    let at = if length == StepLength::Year {
        let year = view.required_number(context, "year", "the year that is drawn");
        year.and_then(|year| whole(context, year, "year", 9999.0, &location))
            .and_then(|year| year.to_string().parse().ok())
    } else {
        let at = view.required(context, "at", "the step that is drawn, as 2017Q3 or 2017M08");
        at.and_then(|at| step(context, &at, length))
    };
    let steps = view.views(context, "step").into_iter().filter_map(|view| flow_step(context, view)).collect();
    view.finish(context);
    Some(Flow { label: label?.text, at: at?, steps, location })
}

/// A step of this length, as formulas write it.
fn step(context: &mut Context<'_>, text: &Text, length: StepLength) -> Option<Step> {
    let found: Option<Step> = text.text.parse().ok().filter(|step: &Step| step.length() == length);
    if found.is_none() {
        let message = format!("`{}` is no {}", text.text, length.word());
        context.report(Diagnostic::new(P0905, text.location.clone(), message).help("write 2017Q3, or 2017M08"));
    }
    found
}

fn flow_step(context: &mut Context<'_>, mut view: View<'_>) -> Option<FlowStep> {
    let from = view.required(context, "from", "the quantity that flows");
    let into = view.texts(context, "into").into_iter().map(written).collect();
    view.finish(context);
    Some(FlowStep { from: written(from?), into })
}
