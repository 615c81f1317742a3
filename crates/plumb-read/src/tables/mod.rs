//! The records of each table, a group of tables a file.
//!
//! Most fields are what the cell of the same name says; [`fields!`] writes those out. What needs more than that (figures,
//! grades, ends of links, FollowTheMoney schemata) stands beside it in words.

mod evidence;
mod law;
mod people;

/// Implements [`crate::table::Record`] for records whose fields are cells: `field: accessor`, where the accessor is a
/// method of [`crate::row::Row`], with `["column"]` where the column has another name than the field.
macro_rules! fields {
    ($record:ident { $($field:ident: $accessor:ident $([$column:literal])?),+ $(,)? }) => {
        impl $crate::table::Record for $record {
            const KIND: plumb_core::reference::Kind = plumb_core::reference::Kind::$record;

            fn from_row(row: &mut $crate::row::Row, _: &mut $crate::context::Context<'_>) -> Option<Self> {
                $(let $field = row.$accessor($crate::tables::column!($field $(, $column)?))?;)+
                Some(Self { $($field,)+ row: row.location() })
            }
        }
    };
}

/// The column of a field: its own name unless another is given.
macro_rules! column {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident, $column:literal) => {
        $column
    };
}

use {column, fields};
