//! From claims to what they say about quantities of the model.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::model::{IndexSet, Model, ModelQuantity, ObservedBy, Says};
use plumb_core::case::{Case, Claim, Grade, Step, StepLength};
use plumb_core::measure::{Measure, Nature};
use plumb_core::quantity::{Qualifier, Quantity};
use plumb_core::unit::Unit;
use plumb_weigh::reconcile::{Claim as Said, Expression, Figure};
use rust_decimal::prelude::ToPrimitive as _;

use super::ground::counted_alike;
use super::time::{self, Cover};
use crate::range::comparable;

/// How probable it is that an origin of a grade is right when the model does not say: A is wrong once in twenty, each letter about
/// doubles the risk, and F, "cannot be judged", is no better than a coin. NATO AJP-2.1 gives the letters no numbers.
pub const ODDS: [(Grade, f64); 6] =
    [(Grade::A, 0.95), (Grade::B, 0.85), (Grade::C, 0.7), (Grade::D, 0.5), (Grade::E, 0.3), (Grade::F, 0.5)];

/// A claim as a statement about quantities of the model.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// Id of the claim in the case.
    pub(super) claim: String,
    /// The quantity of the model that it speaks of, as a position.
    pub(super) quantity: usize,
    /// The statement as the range that it states, named after the claim.
    pub(super) said: Said,
    /// The same as it is weighed: "about" is no exact range.
    pub(super) weighed: Said,
}

/// "About 30,000 workers" of a population that nobody has counted: where two origins of good grade speak of one place and time in
/// the first case, their figures differ by a fifth as a rule, far more than rounding does. So nine in ten lie within this factor.
const ABOUT: f64 = 1.2;

/// What the claims of a case say, and why the rest says nothing here.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    /// The statements, in the order of observations and claims.
    pub(super) heard: Vec<Heard>,
    /// Claims of the measures in question that were not used, with the reason.
    pub(super) unused: BTreeMap<String, String>,
    /// Which observations found no claim at all, by their place in the model.
    pub(super) silent: Vec<usize>,
}

/// Lets the claims of the case speak of the quantities whose names are known.
pub(super) fn hear(case: &Case, model: &Model, names: &BTreeSet<String>) -> Hearing {
    let mut hearing = Hearing::default();
    for (position, observed) in model.observations.iter().enumerate() {
        let at = model.quantities.iter().position(|quantity| quantity.id.text == observed.quantity.text);
        let quantity = at.and_then(|at| Some((at, model.quantities.get(at)?)));
        let (Some((at, quantity)), Some(measure)) = (quantity, case.measures.get(&observed.measure)) else { continue };
        let speaker = Speaker { case, model, observed, at, quantity, measure, names };
        let before = hearing.heard.len();
        for claim in case.claims.iter().filter(|claim| claim.measure == observed.measure) {
            speaker.listen(claim, &mut hearing);
        }
        if hearing.heard.len() == before {
            hearing.silent.push(position);
        }
    }
    let used: BTreeSet<&String> = hearing.heard.iter().map(|heard| &heard.claim).collect();
    hearing.unused.retain(|claim, _| !used.contains(claim));
    hearing
}

struct Speaker<'a> {
    case: &'a Case,
    model: &'a Model,
    observed: &'a ObservedBy,
    at: usize,
    quantity: &'a ModelQuantity,
    measure: &'a Measure,
    names: &'a BTreeSet<String>,
}

impl Speaker<'_> {
    fn listen(&self, claim: &Claim, hearing: &mut Hearing) {
        let again = hearing.heard.iter().any(|heard| heard.claim == claim.id);
        let id = if again { format!("{} as {}", claim.id, self.quantity.id.text) } else { claim.id.clone() };
        match self.statement(claim) {
            Ok((about, figure)) => {
                let said = Said::new(&id, about, figure).from_origin(&claim.origin).right_with(probability_right(
                    self.case,
                    self.model,
                    &claim.origin,
                ));
                let weighed = Said { figure: loosened(figure, claim.quantity.qualifier()), ..said.clone() };
                hearing.heard.push(Heard { claim: claim.id.clone(), quantity: self.at, said, weighed });
            }
            Err(reason) => {
                hearing.unused.entry(claim.id.clone()).or_insert(reason);
            }
        }
    }

    fn statement(&self, claim: &Claim) -> Result<(Expression, Figure), String> {
        if claim.population != self.observed.population {
            let whom = if claim.population.is_empty() { "everyone" } else { &claim.population };
            return Err(format!("speaks of another population: {whom}"));
        }
        let (member, place_part) = self.member(claim)?;
        let unit = if counted_alike(&self.measure.unit, &self.quantity.unit) {
            &self.measure.unit
        } else {
            &self.quantity.unit
        };
        let quantity = comparable(claim, unit)?;
        if quantity.qualifier() == Qualifier::None {
            return Err("says none: zero has no logarithm, and the model weighs by factors".to_owned());
        }
        let adds = self.measure.adds_over_time || self.measure.nature == Nature::Flow;
        let flows = adds && self.measure.nature != Nature::Rate;
        let cover = if !flows {
            Cover::Level
        } else if self.model.step() != StepLength::Year && per_time(&self.quantity.unit) {
            Cover::Rate
        } else {
            Cover::Flow
        };
        let name = |step: Option<Step>| self.name(member, step);
        let placed = time::place(self.quantity.when, cover, claim.period, self.model.step(), name)?;
        let says = self.meaning(place_part || placed.part_only)?;
        figure(&quantity, says, self.observed.coverage).map(|figure| (placed.about, figure))
    }

    /// The member of the index set that the claim is about, and whether it is about a part of it only.
    fn member(&self, claim: &Claim) -> Result<(Option<&str>, bool), String> {
        let sets = self.quantity.over.iter().filter_map(|over| self.set(&over.text)).collect::<Vec<_>>();
        if let Some(place) = &self.observed.place {
            let here = claim.place == place.text && sets.is_empty();
            return here.then_some((None, false)).ok_or_else(|| "about another place".to_owned());
        }
        let [set] = sets.as_slice() else {
            return Err("the model does not say which place is meant".to_owned());
        };
        let exact = set.members.iter().find(|member| member.text == claim.place);
        if let Some(member) = exact {
            return Ok((Some(&member.text), false));
        }
        let around = set.members.iter().find(|member| self.case.places.contains(&member.text, &claim.place));
        match around {
            Some(member) if self.measure.adds_over_places => Ok((Some(&member.text), true)),
            Some(member) => Err(format!("about a part of {} only, which says nothing of the whole", member.text)),
            None => Err("about a place that no index of the model has".to_owned()),
        }
    }

    fn set(&self, id: &str) -> Option<&IndexSet> {
        self.model.sets.iter().find(|set| set.id == id)
    }

    /// The name of the quantity at a place and time, if the model has it.
    fn name(&self, member: Option<&str>, step: Option<Step>) -> Option<String> {
        let step = step.map(|step| step.to_string());
        let time = self.model.step().word();
        let indices: Vec<&str> = (self.quantity.over.iter())
            .filter_map(|over| if over.text == time { step.as_deref() } else { member })
            .collect();
        let name = super::ground::name(&self.quantity.id.text, &indices);
        self.names.contains(&name).then_some(name)
    }

    /// A figure about a part, of a place or of a time, is the least that the whole can be.
    fn meaning(&self, part: bool) -> Result<Says, String> {
        match (part, self.observed.says) {
            (true, Says::AtMost) => Err("about a part, which sets no upper end to the whole".to_owned()),
            (true, _) => Ok(Says::AtLeast),
            (false, says) => Ok(says),
        }
    }
}

/// Whether a unit is so much a time, as `USD/year`.
fn per_time(unit: &Unit) -> bool {
    unit.dimension().get("time").is_some_and(|power| *power < 0)
}

/// What the figure says, in the terms of the weighing engine. A range of which the model says how much it covers is taken at its
/// ends; any other is as printed, rounding allowed for.
fn figure(quantity: &Quantity, says: Says, coverage: Option<f64>) -> Result<Figure, String> {
    let number = |value: Option<rust_decimal::Decimal>| value.and_then(|value| value.to_f64());
    let (low, high) = match (coverage, quantity.bounds()) {
        (Some(_), (low, high)) if low < high => (low, high),
        _ => quantity.tolerant_bounds(),
    };
    let (low, high) = (number(low).filter(|low| *low > 0.0), number(high));
    let at_least = |low: Option<f64>| low.map(|bound| Figure::AtLeast { bound }).ok_or("says nothing of the least");
    let at_most = |high: Option<f64>| high.map(|bound| Figure::AtMost { bound }).ok_or("says nothing of the most");
    match (says, quantity.qualifier()) {
        (Says::AtLeast, _) | (Says::Equals, Qualifier::AtLeast) => at_least(low),
        (Says::AtMost, _) | (Says::Equals, Qualifier::AtMost) => at_most(high),
        (Says::Equals, Qualifier::Exact) => number(quantity.middle())
            .filter(|value| *value > 0.0)
            .map(|value| Figure::Point { value })
            .ok_or("says none: zero has no logarithm"),
        (Says::Equals, _) => low
            .zip(high)
            .map(|(low, high)| match coverage.filter(|_| quantity.bounds().0 < quantity.bounds().1) {
                Some(coverage) => Figure::Interval { low, high, coverage },
                None => Figure::Range { low, high },
            })
            .or(high.map(|bound| Figure::AtMost { bound }))
            .ok_or("gives no number"),
    }
    .map_err(str::to_owned)
}

/// A range that stands for "about" as it is weighed; everything else as it is.
fn loosened(figure: Figure, qualifier: Qualifier) -> Figure {
    match (figure, qualifier) {
        (Figure::Range { low, high }, Qualifier::About) => {
            let middle = libm::sqrt(low * high);
            Figure::Interval { low: low.min(middle / ABOUT), high: high.max(middle * ABOUT), coverage: 0.9 }
        }
        (figure, _) => figure,
    }
}

/// The grade of an origin: its own, else the best of the sources that carry it.
pub fn grade_of_origin(case: &Case, origin: &str) -> Option<Grade> {
    let own = case.origins.get(origin).and_then(|origin| origin.grade);
    let carried = case.claims.iter().filter(|claim| claim.origin == origin);
    own.or_else(|| carried.filter_map(|claim| case.sources.get(&claim.source)?.grade).min())
}

/// How probable it is that an origin is right, before other claims are looked at. Without a grade it cannot be judged: F.
fn probability_right(case: &Case, model: &Model, origin: &str) -> f64 {
    let grade = grade_of_origin(case, origin).unwrap_or(Grade::F);
    let default = ODDS.iter().find(|(one, _)| *one == grade).map_or(0.5, |(_, odds)| *odds);
    model.odds.get(&grade).copied().unwrap_or(default)
}
