//! Faults of computing: which definition, what went wrong, in how many draws.

use std::collections::BTreeMap;

use serde::Serialize;

use super::machine::Machine;
use super::operation::{Binary, Unary};
use super::program::{Operation, Value};

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// A division by zero.
    DivisionByZero,
    /// A number too large to be held.
    Overflow,
    /// A root or logarithm of a number that has none.
    OutsideDomain,
    /// An input that was no finite number.
    NotFinite,
}

/// A fault in some draws. These draws are left out of the results; no result is ever not a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fault {
    /// The definition, or the input, in which it began.
    pub name: String,
    /// What went wrong.
    pub failure: Failure,
    /// In how many draws.
    pub draws: usize,
    /// The first of them, from 0.
    pub first_draw: usize,
    /// When it went wrong first, in a model with time.
    pub time: Option<f64>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.failure {
            Failure::DivisionByZero => "division by zero",
            Failure::Overflow => "a number too large to be held",
            Failure::OutsideDomain => "a root or logarithm of a number that has none",
            Failure::NotFinite => "an input that is no number",
        };
        write!(out, "`{}`: {what}", self.name)?;
        if self.draws > 1 {
            write!(out, " in {} draws", self.draws)?;
        }
        self.time.map_or(Ok(()), |time| write!(out, ", first at time {time}"))
    }
}

/// The faults found so far, each draw once.
#[derive(Default)]
pub(crate) struct Faults {
    found: BTreeMap<(String, Failure), Fault>,
    /// The draws that are at fault.
    pub(crate) draws: Vec<usize>,
}

impl Faults {
    /// Adds the fault that made `value` no number in this lane of a machine that keeps all values.
    pub(crate) fn add(&mut self, machine: &Machine<'_>, value: Value, lane: usize, draw: usize, time: Option<f64>) {
        let (name, failure) = machine.origin(value, lane);
        self.draws.push(draw);
        let new = || Fault { name: name.clone(), failure, draws: 0, first_draw: draw, time };
        let fault = self.found.entry((name.clone(), failure)).or_insert_with(new);
        fault.draws += 1;
        fault.first_draw = fault.first_draw.min(draw);
        fault.time = fault.time.map(|first| first.min(time.unwrap_or(first)));
    }

    /// The faults in order of their names.
    pub(crate) fn list(self) -> Vec<Fault> {
        self.found.into_values().collect()
    }
}

impl Machine<'_> {
    /// Where a value that is no number began to be none, and why.
    fn origin(&self, value: Value, lane: usize) -> (String, Failure) {
        let mut at = value;
        while let Some(instruction) = self.program.instructions.get(at) {
            let bad = |value: &Value| !self.values(*value).at(lane).is_finite();
            let operands = match instruction.operation {
                Operation::Select(condition, ..) if bad(&condition) => vec![condition],
                Operation::Select(condition, then, otherwise) => {
                    vec![if self.values(condition).at(lane) == 0.0 { otherwise } else { then }]
                }
                other => other.operands(),
            };
            match operands.into_iter().find(bad) {
                Some(cause) => at = cause,
                None => break,
            }
        }
        (self.owner(at), self.failure(at, lane))
    }

    fn owner(&self, value: Value) -> String {
        let instruction = self.program.instructions.get(value);
        let name = match instruction.map(|instruction| (instruction.operation, instruction.owner)) {
            Some((Operation::Input(input), _)) => self.program.inputs.get(input).map(|input| &input.name),
            Some((_, Some(definition))) => self.program.names.get(definition),
            _ => None,
        };
        name.cloned().unwrap_or_default()
    }

    fn failure(&self, value: Value, lane: usize) -> Failure {
        let zero = |value: Value| self.values(value).at(lane) == 0.0;
        let Some(instruction) = self.program.instructions.get(value) else { return Failure::NotFinite };
        match instruction.operation {
            Operation::Input(_) | Operation::Constant(_) => Failure::NotFinite,
            Operation::Binary(Binary::Divide | Binary::Modulo, _, below) if zero(below) => Failure::DivisionByZero,
            Operation::Binary(Binary::Power, base, _) if zero(base) => Failure::DivisionByZero,
            Operation::Binary(Binary::Power, base, _) if self.values(base).at(lane) < 0.0 => Failure::OutsideDomain,
            Operation::Unary(Unary::Ln | Unary::Log10 | Unary::Sqrt | Unary::ArcSin | Unary::ArcCos, _) => {
                Failure::OutsideDomain
            }
            _ => Failure::Overflow,
        }
    }
}
