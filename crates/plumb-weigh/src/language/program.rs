//! Definitions → a program: a list of operations, each on values before it, equal ones shared.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{Cause, LanguageError, nearest};
use super::formula::{Comparison, Formula, Kind, Part, Span, full_name};
use super::function::Function;
use super::operation::{Binary, Unary};
use super::order::order;
use super::table::Table;

/// A name and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The name, with its brackets if it has some: `workers[RU,2017]`.
    pub name: String,
    /// Its formula, written out over all indices.
    pub formula: Formula,
}

/// A value that comes from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Whether each draw has a number of its own; else all have the same.
    pub per_draw: bool,
    /// Whether it changes from step to step, as stocks and the time do.
    pub(crate) changes: bool,
}

impl Input {
    /// A value that each draw has its own number of.
    pub fn per_draw(name: &str) -> Self {
        Self { name: name.to_owned(), per_draw: true, changes: false }
    }

    /// A value that is the same in all draws.
    pub fn constant(name: &str) -> Self {
        Self { name: name.to_owned(), per_draw: false, changes: false }
    }

    pub(crate) fn changing(mut self) -> Self {
        self.changes = true;
        self
    }
}

/// What a program is made from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The values that come from outside.
    pub inputs: Vec<Input>,
    /// The definitions, in any order.
    pub definitions: Vec<Definition>,
    /// The graphical functions by name.
    pub tables: BTreeMap<String, Table>,
}

/// The place of a value in a program.
pub(crate) type Value = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operation {
    /// A number, as its bits.
    Constant(u64),
    Input(usize),
    Unary(Unary, Value),
    Binary(Binary, Value, Value),
    Select(Value, Value, Value),
    Table(usize, Value),
}

impl Operation {
    pub(super) fn operands(self) -> Vec<Value> {
        match self {
            Self::Constant(_) | Self::Input(_) => Vec::new(),
            Self::Unary(_, a) | Self::Table(_, a) => vec![a],
            Self::Binary(_, a, b) => vec![a, b],
            Self::Select(a, b, c) => vec![a, b, c],
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub(super) operation: Operation,
    pub(super) per_draw: bool,
    pub(super) changes: bool,
    /// The definition that needed it first; none for inputs.
    pub(super) owner: Option<usize>,
}

/// Definitions made ready to be computed, in the order of their dependence.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) instructions: Vec<Instruction>,
    pub(super) inputs: Vec<Input>,
    pub(super) tables: Vec<Table>,
    /// The definitions in the order of their dependence.
    pub(super) names: Vec<String>,
    /// What is asked for, with its value.
    pub(super) outputs: Vec<(String, Value)>,
}

impl Program {
    /// A program that gives all definitions.
    ///
    /// Errors name the definition: an unknown name, a name defined twice, definitions that need each other.
    pub fn compile(source: &Source) -> Result<Self, LanguageError> {
        let names: Vec<&str> = source.definitions.iter().map(|definition| definition.name.as_str()).collect();
        Self::compile_for(source, &names)
    }

    /// A program that gives these definitions or inputs, and computes nothing that they do not need.
    pub fn compile_for(source: &Source, outputs: &[&str]) -> Result<Self, LanguageError> {
        check_names(source)?;
        let mut compiler = Compiler::new(source);
        for place in order(&source.definitions, outputs)? {
            let Some(definition) = source.definitions.get(place) else { continue };
            compiler.owner = Some(compiler.defined.len());
            compiler.defined.push(definition.name.clone());
            let value = compiler.formula(&definition.formula);
            let value = value.map_err(|error| LanguageError { definition: Some(definition.name.clone()), ..error })?;
            compiler.names.insert(definition.name.clone(), value);
        }
        let mut found = Vec::new();
        for name in outputs {
            found.push(((*name).to_owned(), compiler.named(name, Span::default())?));
        }
        Ok(Self {
            instructions: compiler.instructions,
            inputs: source.inputs.clone(),
            tables: source.tables.values().cloned().collect(),
            names: compiler.defined,
            outputs: found,
        })
    }

    /// The values that it needs from outside, in the order in which they are given.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The definitions that it computes, each after all that it needs.
    pub fn order(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn output_values(&self) -> impl Iterator<Item = Value> {
        self.outputs.iter().map(|(_, value)| *value)
    }

    /// What it gives, in the order of [`Evaluation`](super::Evaluation).
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.outputs.iter().map(|(name, _)| name.as_str())
    }
}

fn check_names(source: &Source) -> Result<(), LanguageError> {
    let mut seen = BTreeSet::new();
    let inputs = source.inputs.iter().map(|input| &input.name);
    for name in inputs.chain(source.definitions.iter().map(|definition| &definition.name)) {
        if !seen.insert(name) {
            let cause = Cause::Twice(name.clone());
            return Err(LanguageError { definition: Some(name.clone()), span: Span::default(), cause });
        }
    }
    Ok(())
}

struct Compiler<'s> {
    source: &'s Source,
    instructions: Vec<Instruction>,
    /// Equal operations are done once.
    known: BTreeMap<Operation, Value>,
    names: BTreeMap<String, Value>,
    defined: Vec<String>,
    owner: Option<usize>,
}

type Compiled = Result<Value, LanguageError>;

impl<'s> Compiler<'s> {
    fn new(source: &'s Source) -> Self {
        let mut compiler = Self {
            source,
            instructions: Vec::new(),
            known: BTreeMap::new(),
            names: BTreeMap::new(),
            defined: Vec::new(),
            owner: None,
        };
        for (place, input) in source.inputs.iter().enumerate() {
            let value = compiler.emit(Operation::Input(place));
            compiler.names.insert(input.name.clone(), value);
        }
        compiler
    }

    fn emit(&mut self, operation: Operation) -> Value {
        if let Some(value) = self.known.get(&operation) {
            return *value;
        }
        let (mut per_draw, mut changes) = (false, false);
        if let Operation::Input(place) = operation {
            let input = self.source.inputs.get(place);
            (per_draw, changes) = input.map_or((false, false), |input| (input.per_draw, input.changes));
        }
        for operand in operation.operands().iter().filter_map(|value| self.instructions.get(*value)) {
            per_draw |= operand.per_draw;
            changes |= operand.changes;
        }
        let value = self.instructions.len();
        self.instructions.push(Instruction { operation, per_draw, changes, owner: self.owner });
        self.known.insert(operation, value);
        value
    }

    fn constant(&mut self, value: f64) -> Value {
        self.emit(Operation::Constant(value.to_bits()))
    }

    fn unary(&mut self, operation: Unary, a: Value) -> Value {
        self.emit(Operation::Unary(operation, a))
    }

    fn binary(&mut self, operation: Binary, a: Value, b: Value) -> Value {
        self.emit(Operation::Binary(operation, a, b))
    }

    fn named(&self, name: &str, span: Span) -> Compiled {
        self.names.get(name).copied().ok_or_else(|| {
            let definitions = self.source.definitions.iter().map(|definition| definition.name.as_str());
            let inputs = self.source.inputs.iter().map(|input| input.name.as_str());
            let suggestion = nearest(name, definitions.chain(inputs));
            LanguageError::new(span, Cause::UnknownName { name: name.to_owned(), suggestion })
        })
    }

    fn formula(&mut self, formula: &Formula) -> Compiled {
        match &formula.kind {
            Kind::Number(value, _) => Ok(self.constant(*value)),
            Kind::Reference(name, indices) => self.named(&full_name(name, indices), formula.span),
            Kind::Sum(parts) => self.parts(parts, 0.0, Binary::Add, Binary::Subtract),
            Kind::Product(parts) => self.parts(parts, 1.0, Binary::Multiply, Binary::Divide),
            Kind::Power(base, exponent) => self.power(base, exponent),
            Kind::Compare(comparison, left, right) => {
                let (left, right) = (self.formula(left)?, self.formula(right)?);
                Ok(match comparison {
                    Comparison::Less => self.binary(Binary::Less, left, right),
                    Comparison::AtMost => self.binary(Binary::AtMost, left, right),
                    Comparison::Greater => self.binary(Binary::Less, right, left),
                    Comparison::AtLeast => self.binary(Binary::AtMost, right, left),
                    Comparison::Equal => self.binary(Binary::Equal, left, right),
                    Comparison::Unequal => self.binary(Binary::Unequal, left, right),
                })
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, formula),
            Kind::Lookup(table, argument) => {
                let argument = self.formula(argument)?;
                let place = self.source.tables.keys().position(|name| name == table);
                let place = place.ok_or_else(|| {
                    let mut known: Vec<&str> = Function::names().collect();
                    known.extend(self.source.tables.keys().map(String::as_str));
                    let cause = Cause::UnknownFunction { name: table.clone(), suggestion: nearest(table, known) };
                    LanguageError::new(formula.span, cause)
                })?;
                Ok(self.emit(Operation::Table(place, argument)))
            }
            Kind::Fold(fold) => Err(LanguageError::new(formula.span, Cause::NotExpanded(fold.variable.clone()))),
        }
    }

    /// From left to right, as it would be done by hand.
    fn parts(&mut self, parts: &[Part], neutral: f64, plain: Binary, inverted: Binary) -> Compiled {
        let mut total = None;
        for part in parts {
            let value = self.formula(&part.formula)?;
            total = Some(match (total, part.inverted) {
                (None, false) => value,
                (None, true) if neutral == 0.0 => self.unary(Unary::Negate, value),
                (None, true) => {
                    let one = self.constant(neutral);
                    self.binary(inverted, one, value)
                }
                (Some(total), false) => self.binary(plain, total, value),
                (Some(total), true) => self.binary(inverted, total, value),
            });
        }
        Ok(total.unwrap_or_else(|| self.constant(neutral)))
    }

    /// Small whole powers are multiplications, which are twenty times as fast as the general function.
    fn power(&mut self, base: &Formula, exponent: &Formula) -> Compiled {
        let base = self.formula(base)?;
        match exponent.kind {
            Kind::Number(1.0, _) => Ok(base),
            Kind::Number(2.0, _) => Ok(self.binary(Binary::Multiply, base, base)),
            Kind::Number(3.0, _) => {
                let square = self.binary(Binary::Multiply, base, base);
                Ok(self.binary(Binary::Multiply, square, base))
            }
            Kind::Number(-1.0, _) => {
                let one = self.constant(1.0);
                Ok(self.binary(Binary::Divide, one, base))
            }
            _ => {
                let exponent = self.formula(exponent)?;
                Ok(self.binary(Binary::Power, base, exponent))
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[Formula], formula: &Formula) -> Compiled {
        if function.needs_time() {
            return Err(LanguageError::new(formula.span, Cause::NeedsTime(function.name())));
        }
        let values = arguments.iter().map(|argument| self.formula(argument)).collect::<Result<Vec<_>, _>>()?;
        match (function, values.as_slice()) {
            (Function::If, [condition, then, otherwise]) => {
                Ok(self.emit(Operation::Select(*condition, *then, *otherwise)))
            }
            (Function::SafeDiv, [above, below, rest @ ..]) => {
                let zero = self.constant(0.0);
                let nothing = self.binary(Binary::Equal, *below, zero);
                let quotient = self.binary(Binary::Divide, *above, *below);
                Ok(self.emit(Operation::Select(nothing, rest.first().copied().unwrap_or(zero), quotient)))
            }
            (_, [single]) => Ok(match unary_of(function) {
                Some(operation) => self.unary(operation, *single),
                // the least and the greatest of one value
                None => *single,
            }),
            (_, [first, rest @ ..]) => {
                let Some(operation) = binary_of(function) else { return Err(misused(function, formula)) };
                Ok(rest.iter().fold(*first, |total, value| self.binary(operation, total, *value)))
            }
            (_, []) => Err(misused(function, formula)),
        }
    }
}

/// A tree that the parser would not have made.
fn misused(function: Function, formula: &Formula) -> LanguageError {
    let given = formula.children().len();
    let takes = function.arity().0.to_string();
    LanguageError::new(formula.span, Cause::Arguments { function: function.name(), given, takes })
}

fn unary_of(function: Function) -> Option<Unary> {
    Some(match function {
        Function::Not => Unary::Not,
        Function::Abs => Unary::Abs,
        Function::Exp => Unary::Exp,
        Function::Ln => Unary::Ln,
        Function::Log10 => Unary::Log10,
        Function::Sqrt => Unary::Sqrt,
        Function::Int => Unary::Int,
        Function::Sin => Unary::Sin,
        Function::Cos => Unary::Cos,
        Function::Tan => Unary::Tan,
        Function::ArcSin => Unary::ArcSin,
        Function::ArcCos => Unary::ArcCos,
        Function::ArcTan => Unary::ArcTan,
        _ => return None,
    })
}

fn binary_of(function: Function) -> Option<Binary> {
    Some(match function {
        Function::And => Binary::And,
        Function::Or => Binary::Or,
        Function::Min => Binary::Min,
        Function::Max => Binary::Max,
        Function::Mod => Binary::Modulo,
        _ => return None,
    })
}
