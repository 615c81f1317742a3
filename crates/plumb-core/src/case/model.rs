//! `model.toml`: how the quantities of a case hang together, and what would be otherwise under other rules.
//!
//! Texts of expressions are kept as written, each with its place; the account compiles them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Grade, Step, StepLength};
use crate::location::Location;
use crate::unit::Unit;

/// The largest number that a model takes or gives: figures are written with up to 28 digits, and of numbers as large a product of
/// ten is still one that a double can hold.
pub const LARGEST: f64 = 1e28;
/// The smallest number above zero, for the same reason.
pub const SMALLEST: f64 = 1e-28;

/// A text of the model with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it says.
    pub text: String,
    /// Where its first character stands.
    pub location: Location,
}

/// `model.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What the model is of, for readers.
    pub title: String,
    /// What a reader should know before believing it.
    pub note: String,
    /// First and last step of the grid.
    pub grid: (Step, Step),
    /// Seed of all draws.
    pub seed: u64,
    /// How many draws of the posterior are kept.
    pub draws: u32,
    /// The indices that quantities run over, besides time.
    pub sets: Vec<IndexSet>,
    /// How probable it is that an origin of a grade is right, before other claims are looked at.
    pub odds: BTreeMap<Grade, f64>,
    /// The quantities.
    pub quantities: Vec<ModelQuantity>,
    /// Equations that always hold.
    pub identities: Vec<Equation>,
    /// Which claims speak of which quantity.
    pub observations: Vec<ObservedBy>,
    /// What is taken for granted where claims are silent.
    pub priors: Vec<Prior>,
    /// What would be otherwise.
    pub scenarios: Vec<Scenario>,
    /// What is reported.
    pub outputs: Vec<Output>,
    /// How money or people divide on their way.
    pub flows: Vec<Flow>,
    /// Where the model begins.
    pub location: Location,
}

/// An index over places: `host` with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexSet {
    /// Its name in expressions.
    pub id: String,
    /// Codes of the places, in order.
    pub members: Vec<Written>,
    /// Where it is defined.
    pub location: Location,
}

/// What part of a step of time a quantity is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Not indexed by time, or the same at each moment of a step.
    #[default]
    Always,
    /// At the end of the step: a stock.
    End,
    /// Over the step: a flow, a rate, a sum of money.
    During,
}

impl Model {
    /// How long the steps of its time are.
    pub fn step(&self) -> StepLength {
        self.grid.0.length()
    }

    /// The steps of its time, in order.
    pub fn steps(&self) -> impl Iterator<Item = Step> + use<> {
        let (first, last) = self.grid;
        (0..=last.number().saturating_sub(first.number())).map(move |steps| first.plus(steps))
    }
}

impl When {
    /// All of them with the word used in files.
    pub const ALL: [(&'static str, Self); 3] = [("always", Self::Always), ("end", Self::End), ("during", Self::During)];
}

/// A quantity of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelQuantity {
    /// Its name in expressions.
    pub id: Written,
    /// Its name for readers.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// The indices that it runs over: names of sets, and the word for a step of time, as `year`.
    pub over: Vec<Written>,
    /// What part of a step it is about.
    pub when: When,
    /// The most that it can be, as a share is at most 1; `None` when there is no limit.
    pub high: Option<f64>,
    /// What a reader should know.
    pub note: String,
}

/// An equation: a quantity on the left, an expression on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// `revenue[host, year] = workers[host, year] * pay[host]`.
    pub equation: Written,
    /// The first and last day that it holds for, of which the steps count that they lie in; all where it says none.
    pub holds: Option<(Date, Date)>,
    /// Why it holds.
    pub reason: String,
}

/// What a figure of another measure says about a quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Says {
    /// It measures the quantity itself.
    #[default]
    Equals,
    /// The quantity is at least this: permit holders are workers.
    AtLeast,
    /// The quantity is at most this: a worker who arrives is an entry.
    AtMost,
}

impl Says {
    /// All of them with the word used in files.
    pub const ALL: [(&'static str, Self); 3] =
        [("equals", Self::Equals), ("at least", Self::AtLeast), ("at most", Self::AtMost)];
}

/// Claims of a measure as statements about a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedBy {
    /// The measure of the claims.
    pub measure: String,
    /// Only claims about this place; `None`: the place is the index of the quantity.
    pub place: Option<Written>,
    /// Only claims about this narrower population; empty: that of the measure.
    pub population: String,
    /// The quantity that they speak of.
    pub quantity: Written,
    /// What a figure says about it.
    pub says: Says,
    /// The part of cases that lie within a range that is claimed, 0 to 1; `None`: each value within is alike, and rounding is
    /// allowed for.
    pub coverage: Option<f64>,
    /// Why it may be read so.
    pub reason: String,
}

/// What is taken for granted of a product of quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// The product: `sent[host, year] / workers[host, year-1]`.
    pub on: Written,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// The part of cases that lie within; 0 to 1.
    pub coverage: f64,
    /// The first and last day that it holds for, of which the steps count that they lie in; all where it says none.
    pub holds: Option<(Date, Date)>,
    /// Why it is taken for granted.
    pub reason: String,
    /// Where it begins.
    pub location: Location,
}

/// The same world under other rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub id: String,
    /// What it is, for readers.
    pub label: String,
    /// What it assumes.
    pub note: String,
    /// The equations that take the place of what the posterior says.
    pub sets: Vec<Equation>,
    /// Where it begins.
    pub location: Location,
}

/// A figure that is reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name.
    pub id: String,
    /// What it is, for readers.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// How it is computed.
    pub value: Written,
    /// What a reader should know.
    pub note: String,
    /// Where it begins.
    pub location: Location,
}

/// How an amount divides on its way, in one step of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// What flows where, for readers.
    pub label: String,
    /// The step.
    pub at: Step,
    /// Its steps, from the source on.
    pub steps: Vec<FlowStep>,
    /// Where it begins.
    pub location: Location,
}

/// What a quantity divides into, or several flow together into.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowStep {
    /// The quantity that flows; all its places where it runs over places.
    pub from: Written,
    /// The quantities that it becomes; they add up to it.
    pub into: Vec<Written>,
}
