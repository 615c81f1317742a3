//! Runs a program over a block of draws: every value has a column that stays in the processor's nearest memory.

use super::operation::{self, Values};
use super::program::{Operation, Program, Value};

/// Draws in a block. The columns of a model of fifty equations then take 100 kB.
pub(crate) const LANES: usize = 256;

/// Where values are kept: each in a column of its own, or in one that is free again after its last use.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The column of each value that differs between draws.
    columns: Vec<Option<usize>>,
    count: usize,
}

impl Layout {
    /// Columns are used again where nothing needs their old values: less memory, more speed.
    pub(crate) fn compact(program: &Program) -> Self {
        let size = program.instructions.len();
        let mut last_use: Vec<usize> = (0..size).collect();
        for (place, instruction) in program.instructions.iter().enumerate() {
            for operand in instruction.operation.operands() {
                set(&mut last_use, operand, place);
            }
        }
        program.outputs.iter().for_each(|(_, value)| set(&mut last_use, *value, size));
        let mut layout = Self { columns: vec![None; size], count: 0 };
        let mut free = Vec::new();
        for (place, instruction) in program.instructions.iter().enumerate() {
            if !instruction.per_draw {
                continue;
            }
            let kept = !instruction.changes || matches!(instruction.operation, Operation::Input(_));
            let column = if kept { None } else { free.pop() };
            let column = column.unwrap_or_else(|| layout.add());
            set(&mut layout.columns, place, Some(column));
            for operand in distinct(instruction.operation.operands()) {
                let Some(source) = program.instructions.get(operand) else { continue };
                let passing = source.changes && !matches!(source.operation, Operation::Input(_));
                if passing && last_use.get(operand) == Some(&place) {
                    free.extend(layout.columns.get(operand).copied().flatten());
                }
            }
        }
        layout
    }

    /// Every value keeps its column, so that a fault can be followed to where it began.
    pub(crate) fn full(program: &Program) -> Self {
        let mut layout = Self { columns: Vec::new(), count: 0 };
        for instruction in &program.instructions {
            let column = instruction.per_draw.then(|| layout.add());
            layout.columns.push(column);
        }
        layout
    }

    fn add(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }
}

fn distinct(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_unstable();
    values.dedup();
    values
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(entry) = list.get_mut(place) {
        *entry = value;
    }
}

/// The values of one block of draws.
pub(crate) struct Machine<'p> {
    pub(super) program: &'p Program,
    layout: &'p Layout,
    same: Vec<f64>,
    columns: Vec<Vec<f64>>,
    /// The instructions that are done once, and those that are done at every step.
    fixed: Vec<Value>,
    changing: Vec<Value>,
}

impl<'p> Machine<'p> {
    /// A machine for a block of so many draws.
    pub(crate) fn new(program: &'p Program, layout: &'p Layout, lanes: usize) -> Self {
        let computed = |changes: bool| {
            let instructions = program.instructions.iter().enumerate();
            let chosen = instructions.filter(move |(_, instruction)| {
                instruction.changes == changes && !matches!(instruction.operation, Operation::Input(_))
            });
            chosen.map(|(place, _)| place).collect()
        };
        Self {
            program,
            layout,
            same: vec![0.0; program.instructions.len()],
            columns: vec![vec![0.0; lanes]; layout.count],
            fixed: computed(false),
            changing: computed(true),
        }
    }

    /// The inputs stand first among the values, in their order.
    pub(crate) fn set_same(&mut self, input: Value, value: f64) {
        set(&mut self.same, input, value);
    }

    /// The column of an input that differs between draws; empty for any other.
    pub(crate) fn input_mut(&mut self, input: Value) -> &mut [f64] {
        let column = self.layout.columns.get(input).copied().flatten();
        column.and_then(|column| self.columns.get_mut(column)).map_or(&mut [], Vec::as_mut_slice)
    }

    /// What a value is now.
    pub(crate) fn values(&self, value: Value) -> Values<'_> {
        match self.layout.columns.get(value).copied().flatten() {
            Some(column) => Values::Each(self.columns.get(column).map_or(&[], Vec::as_slice)),
            None => Values::Same(self.same.get(value).copied().unwrap_or(f64::NAN)),
        }
    }

    /// Computes what never changes.
    pub(crate) fn run_fixed(&mut self) {
        let fixed = std::mem::take(&mut self.fixed);
        for value in &fixed {
            self.compute(*value);
        }
        self.fixed = fixed;
    }

    /// Computes what changes from step to step.
    pub(crate) fn run_changing(&mut self) {
        let changing = std::mem::take(&mut self.changing);
        for value in &changing {
            self.compute(*value);
        }
        self.changing = changing;
    }

    fn compute(&mut self, value: Value) {
        let Some(instruction) = self.program.instructions.get(value) else { return };
        match self.layout.columns.get(value).copied().flatten() {
            Some(column) => {
                // taken out while it is written, so that the others can be read
                let mut out = self.columns.get_mut(column).map(std::mem::take).unwrap_or_default();
                self.apply(instruction.operation, &mut out);
                set(&mut self.columns, column, out);
            }
            None => {
                let mut out = [0.0];
                self.apply(instruction.operation, &mut out);
                let [single] = out;
                set(&mut self.same, value, single);
            }
        }
    }

    fn apply(&self, operation: Operation, out: &mut [f64]) {
        match operation {
            Operation::Constant(bits) => out.fill(f64::from_bits(bits)),
            Operation::Input(_) => {}
            Operation::Unary(operation, a) => operation::unary(operation, self.values(a), out),
            Operation::Binary(operation, a, b) => operation::binary(operation, self.values(a), self.values(b), out),
            Operation::Select(a, b, c) => operation::select(self.values(a), self.values(b), self.values(c), out),
            Operation::Table(table, a) => {
                if let Some(table) = self.program.tables.get(table) {
                    operation::map(self.values(a), out, |x| table.at(x));
                }
            }
        }
    }
}
