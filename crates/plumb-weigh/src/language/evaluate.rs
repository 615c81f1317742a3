//! A program over columns of draws.

use thiserror::Error;

use super::fault::{Fault, Faults};
use super::machine::{LANES, Layout, Machine};
use super::program::Program;

/// What a program gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Each output with one finite number for each draw in [`draws`](Self::draws).
    pub columns: Vec<(String, Vec<f64>)>,
    /// The draws that went through without fault, by their places in the columns that were given.
    pub draws: Vec<usize>,
    /// What went wrong in the others.
    pub faults: Vec<Fault>,
}

/// A column that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{input}` has {found} numbers where {expected} are expected")]
pub struct ColumnError {
    /// The input; empty when whole columns are missing or too many.
    pub input: String,
    /// How many numbers there are.
    pub found: usize,
    /// How many there should be.
    pub expected: usize,
}

impl Program {
    /// Computes all outputs for each draw. `columns` holds the inputs in their order: `draws` numbers for an input that
    /// differs between draws, one number for any other.
    ///
    /// ```
    /// use plumb_weigh::language::{parse, Definition, Input, Program, Source};
    /// let definition = |name: &str, text: &str| Definition { name: name.to_owned(), formula: parse(text).unwrap() };
    /// let source = Source {
    ///     inputs: vec![Input::per_draw("workers"), Input::constant("pay")],
    ///     definitions: vec![definition("half", "yearly / 2"), definition("yearly", "12 * workers * pay")],
    ///     ..Source::default()
    /// };
    /// let program = Program::compile(&source).unwrap();
    /// assert_eq!(program.order(), ["yearly", "half"]);
    /// let found = program.evaluate(&[&[10.0, 20.0], &[500.0]], 2).unwrap();
    /// assert_eq!(found.columns[0], ("half".to_owned(), vec![30_000.0, 60_000.0]));
    /// ```
    pub fn evaluate(&self, columns: &[&[f64]], draws: usize) -> Result<Evaluation, ColumnError> {
        self.check_columns(columns, draws)?;
        let layout = Layout::full(self);
        let mut out: Vec<Vec<f64>> = self.outputs.iter().map(|_| vec![0.0; draws]).collect();
        let mut faults = Faults::default();
        for start in (0..draws).step_by(LANES) {
            let lanes = LANES.min(draws - start);
            let mut machine = Machine::new(self, &layout, lanes);
            machine.give(columns, start);
            machine.run_fixed();
            for ((_, value), column) in self.outputs.iter().zip(&mut out) {
                machine.values(*value).write_to(column.get_mut(start..start + lanes).unwrap_or_default());
            }
            for lane in 0..lanes {
                let bad = self.outputs.iter().find(|(_, value)| !machine.values(*value).at(lane).is_finite());
                if let Some((_, value)) = bad {
                    faults.add(&machine, *value, lane, start + lane, None);
                }
            }
        }
        let kept = without(draws, &faults.draws);
        let columns = self.outputs.iter().zip(out);
        let columns = columns.map(|((name, _), column)| (name.clone(), chosen(column, &kept)));
        Ok(Evaluation { columns: columns.collect(), draws: kept, faults: faults.list() })
    }

    pub(crate) fn check_columns(&self, columns: &[&[f64]], draws: usize) -> Result<(), ColumnError> {
        if columns.len() != self.inputs.len() {
            return Err(ColumnError { input: String::new(), found: columns.len(), expected: self.inputs.len() });
        }
        for (input, column) in self.inputs.iter().zip(columns) {
            let expected = if input.per_draw { draws } else { 1 };
            if column.len() != expected {
                return Err(ColumnError { input: input.name.clone(), found: column.len(), expected });
            }
        }
        Ok(())
    }
}

impl Machine<'_> {
    /// Takes the part of the input columns that belongs to the block from `start` on.
    pub(crate) fn give(&mut self, columns: &[&[f64]], start: usize) {
        for (place, (input, column)) in self.program.inputs.iter().zip(columns).enumerate() {
            if input.per_draw {
                let block = column.get(start..).unwrap_or_default();
                self.input_mut(place).iter_mut().zip(block).for_each(|(own, given)| *own = *given);
            } else {
                self.set_same(place, column.first().copied().unwrap_or(f64::NAN));
            }
        }
    }
}

/// The places up to `count` without those at fault, which rise.
pub(crate) fn without(count: usize, at_fault: &[usize]) -> Vec<usize> {
    let mut faults = at_fault.iter().copied().peekable();
    (0..count).filter(|draw| faults.next_if_eq(draw).is_none()).collect()
}

/// The entries of a column at these places.
pub(crate) fn chosen(column: Vec<f64>, places: &[usize]) -> Vec<f64> {
    if places.len() == column.len() {
        return column;
    }
    places.iter().filter_map(|place| column.get(*place).copied()).collect()
}
