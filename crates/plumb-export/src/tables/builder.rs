//! Builds a table column by column: each call names a column, says what it means, and takes its cell from a record.

use jiff::civil::Date;
use plumb_core::date::{PartialDate, Period};
use plumb_core::quantity::Quantity;
use rust_decimal::Decimal;

use super::{Cell, Column, ColumnKind, Table, Within};

/// A table in the making.
pub(super) struct Builder<R> {
    records: Vec<R>,
    table: Table,
}

fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn day(date: Option<Date>) -> Cell {
    date.map_or(Cell::Empty, |date| Cell::Text(date.to_string()))
}

impl<R> Builder<R> {
    /// A table of these records, one row each.
    pub(super) fn new(name: &'static str, about: &'static str, records: impl IntoIterator<Item = R>) -> Self {
        let records: Vec<R> = records.into_iter().collect();
        let rows = vec![Vec::new(); records.len()];
        Self { records, table: Table { name, about, within: None, columns: Vec::new(), rows } }
    }

    /// The rows belong to rows of `table` and are called `field` there.
    pub(super) fn within(mut self, table: &'static str, field: &'static str) -> Self {
        self.table.within = Some(Within { table, field });
        self
    }

    /// The finished table.
    pub(super) fn done(self) -> Table {
        self.table
    }

    fn column(mut self, name: &'static str, kind: ColumnKind, about: &'static str, value: impl Fn(&R) -> Cell) -> Self {
        self.table.columns.push(Column { name, kind, about });
        for (record, row) in self.records.iter().zip(&mut self.table.rows) {
            row.push(value(record));
        }
        self
    }

    /// The key of the row.
    pub(super) fn key(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> String) -> Self {
        self.column(name, ColumnKind::Key, about, |record| cell(&value(record)))
    }

    /// Words; empty words are an empty cell.
    pub(super) fn text<T: AsRef<str>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T) -> Self {
        self.column(name, ColumnKind::Text, about, |record| cell(value(record).as_ref()))
    }

    /// The key of a row of `table`.
    pub(super) fn to<T: AsRef<str>>(
        self,
        name: &'static str,
        table: &'static str,
        about: &'static str,
        value: impl Fn(&R) -> T,
    ) -> Self {
        self.column(name, ColumnKind::To(table), about, |record| cell(value(record).as_ref()))
    }

    /// A whole number.
    pub(super) fn integer(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> Option<usize>) -> Self {
        let whole = |record: &R| value(record).and_then(|number| i64::try_from(number).ok());
        self.column(name, ColumnKind::Integer, about, |record| whole(record).map_or(Cell::Empty, Cell::Integer))
    }

    /// A number of the evidence.
    pub(super) fn number(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> Option<Decimal>) -> Self {
        self.column(name, ColumnKind::Number, about, |record| value(record).map_or(Cell::Empty, Cell::Number))
    }

    /// A partial date as it was written, and the first and last day that it can mean.
    pub(super) fn date(
        self,
        [name, start, end]: [&'static str; 3],
        about: &'static str,
        value: impl Fn(&R) -> Option<PartialDate>,
    ) -> Self {
        self.text(name, about, |record| value(record).map(|date| date.to_string()).unwrap_or_default())
            .column(start, ColumnKind::Day, "The first day that it can mean.", |record| {
                day(value(record).map(PartialDate::earliest))
            })
            .column(end, ColumnKind::Day, "The last day that it can mean.", |record| {
                day(value(record).map(PartialDate::latest))
            })
    }

    /// A period as it was written, and its first and last day; an open or unknown side has none.
    pub(super) fn period(self, about: &'static str, value: impl Fn(&R) -> Option<Period>) -> Self {
        self.text("period", about, |record| value(record).map(|period| period.to_string()).unwrap_or_default())
            .column("period_start", ColumnKind::Day, "Its first day; empty when open or not known.", |record| {
                day(value(record).and_then(|period| period.earliest()))
            })
            .column("period_end", ColumnKind::Day, "Its last day; empty when open or not known.", |record| {
                day(value(record).and_then(|period| period.latest()))
            })
    }

    /// A quantity: qualifier, numbers, unit, and the figure as pages write it.
    pub(super) fn quantity(self, value: impl Fn(&R) -> &Quantity) -> Self {
        self.text(
            "qualifier",
            "How the number is meant: exact, about, range, at least, at most, undisclosed, none.",
            |record| value(record).qualifier().as_str(),
        )
        .number("low", "Lower end as stated.", |record| value(record).numbers().0)
        .number("best", "The number as stated.", |record| value(record).numbers().1)
        .number("high", "Upper end as stated.", |record| value(record).numbers().2)
        .text("unit", "Unit of the numbers.", |record| value(record).unit().to_string())
        .text("figure", "The figure as it is written for readers.", |record| value(record).figure().to_string())
    }
}

/// A table of what each parent has several of: one row a value, in the order of parents and values.
pub(super) fn list<T>(
    name: &'static str,
    about: &'static str,
    parents: impl IntoIterator<Item = (String, Vec<T>)>,
) -> Builder<(String, usize, T)> {
    let mut records = Vec::new();
    for (key, values) in parents {
        records.extend(values.into_iter().enumerate().map(|(index, value)| (key.clone(), index + 1, value)));
    }
    Builder::new(name, about, records)
}

impl<T> Builder<(String, usize, T)> {
    /// The two columns that every list has: whose it is, and its position there.
    pub(super) fn of(self, parent: &'static str, table: &'static str, field: &'static str) -> Self {
        self.within(table, field).to(parent, table, "Whose it is.", |(key, ..)| key.clone()).integer(
            "position",
            "Its position in the list, from 1.",
            |(_, position, _)| Some(*position),
        )
    }
}
