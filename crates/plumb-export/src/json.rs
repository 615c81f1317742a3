//! JSON: the whole account as one document.
//!
//! The document is an object with `meta` (an object of facts) and one list a table; a row is an object with every column in the
//! order of the table, `null` where nothing is known. Rows that belong to a row of another table stand inside it, as a list
//! under the name that [`tables::Within`] gives. Numbers of the evidence are JSON numbers with exactly the stated digits.

use std::collections::BTreeMap;

use plumb_account::Account;
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::ExportError;
use crate::tables::{self, Cell, ColumnKind, Table};

/// The document, indented, with a line end.
///
/// # Errors
/// Only when the JSON writer refuses, which is a fault of the program.
pub fn document(account: &Account) -> Result<Vec<u8>, ExportError> {
    let tables = tables::all(account);
    let mut bytes = serde_json::to_vec_pretty(&Document { tables: &tables })?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Document<'a> {
    tables: &'a [Table],
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for table in self.tables.iter().filter(|table| table.within.is_none()) {
            if table.name == "meta" {
                map.serialize_entry(table.name, &Facts { table })?;
            } else {
                map.serialize_entry(table.name, &self.rows(table))?;
            }
        }
        map.end()
    }
}

impl Document<'_> {
    fn rows<'a>(&'a self, table: &'a Table) -> Vec<Row<'a>> {
        let inner: Vec<Inner<'_>> = self.tables.iter().filter_map(|inner| Inner::of(inner, table.name)).collect();
        let rows = table.rows.iter().map(|cells| {
            let key = cells.first().map(Cell::text).unwrap_or_default();
            let lists = inner.iter().map(|list| (list.field, list.of_row(&key))).collect();
            Row { table, cells, lists }
        });
        rows.collect()
    }
}

/// The table `meta`: two columns, name and value.
struct Facts<'a> {
    table: &'a Table,
}

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.table.rows.iter().filter_map(|row| match row.as_slice() {
            [name, value] => Some((name.text(), Value(value))),
            _ => None,
        });
        serializer.collect_map(facts)
    }
}

/// A table whose rows stand inside those of another.
struct Inner<'a> {
    field: &'static str,
    table: &'a Table,
    by_parent: BTreeMap<String, Vec<&'a [Cell]>>,
}

impl<'a> Inner<'a> {
    fn of(table: &'a Table, parent: &str) -> Option<Self> {
        let within = table.within.filter(|within| within.table == parent)?;
        let mut by_parent: BTreeMap<String, Vec<&[Cell]>> = BTreeMap::new();
        for row in &table.rows {
            let key = row.first().map(Cell::text).unwrap_or_default();
            by_parent.entry(key).or_default().push(row);
        }
        Some(Self { field: within.field, table, by_parent })
    }

    fn of_row(&self, key: &str) -> Vec<Item<'a>> {
        let rows = self.by_parent.get(key).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|cells| Item { table: self.table, cells }).collect()
    }
}

struct Row<'a> {
    table: &'a Table,
    cells: &'a [Cell],
    lists: Vec<(&'static str, Vec<Item<'a>>)>,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.table.columns.iter().zip(self.cells) {
            map.serialize_entry(column.name, &Value(cell))?;
        }
        for (field, items) in &self.lists {
            map.serialize_entry(field, items)?;
        }
        map.end()
    }
}

/// A row inside another: without its parent and its position, and a bare value when one column is left.
struct Item<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let left: Vec<_> = self.table.columns.iter().zip(self.cells).skip(2).collect();
        if let [(_, only)] = left.as_slice() {
            return Value(only).serialize(serializer);
        }
        serializer.collect_map(left.into_iter().map(|(column, cell)| (column.name, Value(cell))))
    }
}

struct Value<'a>(&'a Cell);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            // serde_json would write a float; the digits of the evidence must stay as they are
            Cell::Number(number) => {
                RawValue::from_string(number.to_string()).map_err(S::Error::custom)?.serialize(serializer)
            }
        }
    }
}

/// The reference of all tables and columns as Markdown, for the documentation.
pub fn reference(account: &Account) -> String {
    let tables = tables::all(account);
    let mut text = String::new();
    for table in &tables {
        text.push_str(&format!("\n### {}\n\n{}", table.name, table.about));
        if let Some(within) = table.within {
            text.push_str(&format!(" In JSON: the list `{}` in each of `{}`.", within.field, within.table));
        }
        text.push_str("\n\n| column | what stands in it | meaning |\n| --- | --- | --- |\n");
        for column in &table.columns {
            text.push_str(&format!("| `{}` | {} | {} |\n", column.name, kind_words(column.kind), column.about));
        }
    }
    text
}

fn kind_words(kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Key => "key".to_owned(),
        ColumnKind::Text => "words".to_owned(),
        ColumnKind::Day => "day, YYYY-MM-DD".to_owned(),
        ColumnKind::Integer => "whole number".to_owned(),
        ColumnKind::Number => "decimal number".to_owned(),
        ColumnKind::To(table) => format!("key of {table}"),
    }
}
