//! SQLite: the account as one file, made for Datasette and for anyone with a SQLite shell.
//!
//! Each table of [`crate::tables`] becomes a table with keys, references and indexes. A decimal number has two columns: `low`
//! as a floating-point number to sort and add, `low_exact` as the stated digits. `search` is a full-text table whose trigrams
//! find parts of Korean and Chinese words. Views join the names. The same account gives the same bytes: pages have a fixed
//! size, rows a fixed order, nothing bears a time, and `VACUUM` lays the pages out anew at the end.

use plumb_account::Account;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::search;
use crate::tables::{self, Cell, Column, ColumnKind, SCHEMA_VERSION, Table};

/// Written into the header of the file so that `file` and others can tell what it is: "PLMB" in ASCII.
pub const APPLICATION_ID: u32 = 0x504c_4d42;

const VIEWS: &str = include_str!("views.sql");

/// The bytes of the database file.
///
/// # Errors
/// Only when SQLite refuses, which is a fault of the program.
pub fn database(account: &Account) -> Result<Vec<u8>, rusqlite::Error> {
    let mut connection = Connection::open_in_memory()?;
    // a reference of a faulty case may lead nowhere; its row is written all the same, and the diagnostics say so
    connection.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; \
         PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; BEGIN;"
    ))?;
    let tables = tables::all(account);
    for table in &tables {
        connection.execute_batch(&definition(table, &tables))?;
        fill(&connection, table)?;
    }
    search::create(&connection, account)?;
    connection.execute_batch(VIEWS)?;
    connection.execute_batch("COMMIT; VACUUM;")?;
    Ok(connection.serialize("main")?.to_vec())
}

/// The statements that make a table and the indexes of its references.
fn definition(table: &Table, all: &[Table]) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(|column| declaration(column, all)).collect();
    if let (Some(_), [parent, position, ..]) = (table.within, table.columns.as_slice()) {
        parts.push(format!("PRIMARY KEY ({}, {})", quoted(parent.name), quoted(position.name)));
    }
    let name = table.name;
    let mut text = format!("CREATE TABLE {} (\n  {}\n);\n", quoted(name), parts.join(",\n  "));
    for column in table.columns.iter().filter(|column| matches!(column.kind, ColumnKind::To(_))) {
        let index = quoted(&format!("{name}_by_{}", column.name));
        text.push_str(&format!("CREATE INDEX {index} ON {} ({});\n", quoted(name), quoted(column.name)));
    }
    text
}

fn declaration(column: &Column, all: &[Table]) -> String {
    let name = quoted(column.name);
    match column.kind {
        ColumnKind::Key => format!("{name} TEXT PRIMARY KEY NOT NULL"),
        ColumnKind::Text | ColumnKind::Day => format!("{name} TEXT"),
        ColumnKind::Integer => format!("{name} INTEGER"),
        ColumnKind::Number => format!("{name} REAL,\n  {} TEXT", quoted(&format!("{}_exact", column.name))),
        ColumnKind::To(target) => {
            let key = all.iter().find(|table| table.name == target).and_then(|table| table.columns.first());
            let reference = key.map(|key| format!(" REFERENCES {} ({})", quoted(target), quoted(key.name)));
            format!("{name} TEXT{}", reference.unwrap_or_default())
        }
    }
}

/// All names are those of [`crate::tables`]; quoting lets them be words of SQL too.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Of two rows with one key the first stays, as in the case itself.
fn fill(connection: &Connection, table: &Table) -> Result<(), rusqlite::Error> {
    let columns: usize = table.columns.iter().map(|column| if column.kind == ColumnKind::Number { 2 } else { 1 }).sum();
    let marks = vec!["?"; columns].join(", ");
    let mut insert = connection.prepare(&format!("INSERT OR IGNORE INTO {} VALUES ({marks})", quoted(table.name)))?;
    for row in &table.rows {
        let mut values: Vec<Stored<'_>> = Vec::with_capacity(columns);
        for (column, cell) in table.columns.iter().zip(row) {
            values.push(Stored::Plain(cell));
            if column.kind == ColumnKind::Number {
                values.push(Stored::Exact(cell));
            }
        }
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

/// A cell on its way into a column.
enum Stored<'a> {
    /// As it is; a decimal number as floating point.
    Plain(&'a Cell),
    /// The digits of a decimal number.
    Exact(&'a Cell),
}

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Plain(Cell::Empty) | Self::Exact(Cell::Empty) => rusqlite::types::Null.into(),
            Self::Plain(Cell::Text(text)) => text.as_str().into(),
            Self::Plain(Cell::Integer(number)) => (*number).into(),
            Self::Plain(Cell::Number(number)) => number.to_string().parse::<f64>().unwrap_or(f64::NAN).into(),
            Self::Exact(cell) => cell.text().into(),
        })
    }
}
