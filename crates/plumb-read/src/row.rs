//! One row: its cells checked against the columns of its table, ready to become a record.

use std::sync::Arc;

use plumb_core::case::{Grade, Status};
use plumb_core::date::{PartialDate, Period};
use plumb_core::location::{Cell, Location, RowLocation};
use plumb_core::reference::Reference;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::cells::Value;
use crate::spec::Table;

/// A row whose required cells are all in order.
///
/// Its accessors give `Some` of what a field of a record holds, so that a record is made by asking for each field in
/// turn. A required value that is not there gives `None`; that cannot happen for a row that passed the checks.
pub(crate) struct Row {
    /// Its table.
    pub(crate) table: &'static Table,
    /// A value for each column of the table, where the row has one.
    pub(crate) values: Vec<Option<Value>>,
    /// Positions of columns whose cells were filled, but could not be read.
    pub(crate) spoiled: Vec<usize>,
    /// How many diagnostics there were before it.
    pub(crate) before: usize,
    /// Where it stands.
    pub(crate) location: RowLocation,
    /// The record that it becomes.
    pub(crate) reference: Reference,
}

impl Row {
    /// Where it stands.
    pub(crate) fn location(&self) -> RowLocation {
        self.location.clone()
    }

    /// Where the cell of a column stands.
    pub(crate) fn cell(&self, column: &str) -> Location {
        self.location.cell(column)
    }

    /// Whether a cell was filled, but could not be read, which has been reported.
    pub(crate) fn is_spoiled(&self, column: &str) -> bool {
        self.table.position(column).is_some_and(|position| self.spoiled.contains(&position))
    }

    fn value(&mut self, column: &str) -> Option<Value> {
        let position = self.table.position(column)?;
        self.values.get_mut(position)?.take()
    }

    /// Words; empty when there are none.
    pub(crate) fn text(&mut self, column: &str) -> Option<String> {
        match self.value(column) {
            Some(Value::Text(text)) => Some(text),
            _ => Some(String::new()),
        }
    }

    /// The items of a list.
    pub(crate) fn list(&mut self, column: &str) -> Option<Vec<String>> {
        match self.value(column) {
            Some(Value::List(items)) => Some(items),
            _ => Some(Vec::new()),
        }
    }

    /// A number, where there is one.
    pub(crate) fn number(&mut self, column: &str) -> Option<Option<Decimal>> {
        match self.value(column) {
            Some(Value::Number(number)) => Some(Some(number)),
            _ => Some(None),
        }
    }

    /// A date, where there is one.
    pub(crate) fn date(&mut self, column: &str) -> Option<Option<PartialDate>> {
        match self.value(column) {
            Some(Value::Date(date)) => Some(Some(date)),
            _ => Some(None),
        }
    }

    /// A date of a required column.
    pub(crate) fn required_date(&mut self, column: &str) -> Option<PartialDate> {
        self.date(column).flatten()
    }

    /// A period, where there is one.
    pub(crate) fn period(&mut self, column: &str) -> Option<Option<Period>> {
        match self.value(column) {
            Some(Value::Period(period)) => Some(Some(period)),
            _ => Some(None),
        }
    }

    /// A period of a required column.
    pub(crate) fn required_period(&mut self, column: &str) -> Option<Period> {
        self.period(column).flatten()
    }

    /// A unit of a required column.
    pub(crate) fn required_unit(&mut self, column: &str) -> Option<Unit> {
        match self.value(column) {
            Some(Value::Unit(unit)) => Some(unit),
            _ => None,
        }
    }

    /// The grade of the column `reliability`, where there is one.
    pub(crate) fn grade(&mut self, column: &str) -> Option<Option<Grade>> {
        self.text(column).map(|letter| Grade::from_letter(&letter))
    }

    /// The status of a figure; one that is not said is "stated".
    pub(crate) fn status(&mut self, column: &str) -> Option<Status> {
        self.text(column).map(|word| Status::from_word(&word).unwrap_or_default())
    }
}

/// The place of a row in its file, with the cells that belong to known columns.
pub(crate) fn locate(file: &Arc<str>, line: u32, cells: Vec<Cell>) -> RowLocation {
    RowLocation { file: file.clone(), line, cells: cells.into() }
}
