//! One row: its cells checked against the columns of its table, ready to become a record.

use std::sync::Arc;

use plumb_core::band::Band;
use plumb_core::case::{Grade, Status};
use plumb_core::date::{PartialDate, Period};
use plumb_core::due::Due;
use plumb_core::location::{Cell, Location, RowLocation};
use plumb_core::reference::Reference;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::cells::Value;
use crate::spec::Table;

/// A row whose required cells are all in order. A record is made of it by taking each field in turn.
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

    /// What a field of a record holds, taken out of the cell of a column.
    ///
    /// `None` when a field that cannot be empty has no value; that does not happen in a row that passed the checks.
    pub(crate) fn take<T: FromCell>(&mut self, column: &str) -> Option<T> {
        let value = self.table.position(column).and_then(|position| self.values.get_mut(position)?.take());
        T::from_cell(value)
    }
}

/// What the fields of records are made of.
pub(crate) trait FromCell: Sized {
    /// The field, from the value of its cell if there is one.
    fn from_cell(value: Option<Value>) -> Option<Self>;
}

/// Fields that are empty where there is no value.
impl FromCell for String {
    fn from_cell(value: Option<Value>) -> Option<Self> {
        match value {
            Some(Value::Text(text)) => Some(text),
            _ => Some(Self::new()),
        }
    }
}

impl FromCell for Vec<String> {
    fn from_cell(value: Option<Value>) -> Option<Self> {
        match value {
            Some(Value::List(items)) => Some(items),
            _ => Some(Self::new()),
        }
    }
}

/// A status that is not said is "stated".
impl FromCell for Status {
    fn from_cell(value: Option<Value>) -> Option<Self> {
        String::from_cell(value).map(|word| Self::from_word(&word).unwrap_or_default())
    }
}

impl FromCell for Option<Grade> {
    fn from_cell(value: Option<Value>) -> Option<Self> {
        String::from_cell(value).map(|letter| Grade::from_letter(&letter))
    }
}

/// Values that a row may lack, as `Option`, or must have.
macro_rules! values {
    ($($type:ident: $variant:ident),+) => {
        $(
            impl FromCell for $type {
                fn from_cell(value: Option<Value>) -> Option<Self> {
                    match value {
                        Some(Value::$variant(value)) => Some(value),
                        _ => None,
                    }
                }
            }

            impl FromCell for Option<$type> {
                fn from_cell(value: Option<Value>) -> Option<Self> {
                    Some($type::from_cell(value))
                }
            }
        )+
    };
}

values!(Decimal: Number, Band: Band, PartialDate: Date, Due: Due, Period: Period, Unit: Unit);

/// The place of a row in its file, with the cells that belong to known columns.
pub(crate) fn locate(file: &Arc<str>, line: u32, cells: Vec<Cell>) -> RowLocation {
    RowLocation { file: file.clone(), line, cells: cells.into() }
}
