//! The account as tables: one definition of every table, column and reference for SQLite, JSON, CSV and their documentation.

use plumb_account::Account;
use rust_decimal::Decimal;

mod builder;
mod duties;
mod evidence;
mod findings;
mod places;
mod world;

pub(crate) use findings::markdown;

/// Version of the tables, of the JSON document and of the SQLite file. It rises when a name or a meaning changes; a new
/// table or column does not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// A table with its rows.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// The table whose rows its rows belong to; JSON puts them inside those. The first column then refers to it.
    pub within: Option<Within>,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its rows in a fixed order, each with one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// Where the rows of a table belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// The table that they belong to.
    pub table: &'static str,
    /// What they are called there.
    pub field: &'static str,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: ColumnKind,
    /// What it means.
    pub about: &'static str,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// The name of the row, unique in its table.
    Key,
    /// Words.
    Text,
    /// A date in ISO 8601: YYYY-MM-DD.
    Day,
    /// A whole number made by the program: a count, a position, a line.
    Integer,
    /// A decimal number of the evidence, exact.
    Number,
    /// The key of a row of this table.
    To(&'static str),
}

/// What stands in one row of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known. Missing is not zero.
    Empty,
    /// Words, a day or a key.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    Number(Decimal),
}

impl Cell {
    /// Its text as CSV and the exact columns of SQLite write it; empty for an empty cell.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// All tables of an account, in a fixed order. Tables without rows are there too.
pub fn all(account: &Account) -> Vec<Table> {
    let mut tables = vec![findings::meta(account)];
    tables.extend(evidence::tables(account));
    tables.extend(world::tables(account));
    tables.extend(duties::tables(account));
    tables.extend(findings::tables(account));
    tables
}
