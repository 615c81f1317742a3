//! The records of each table, a group of tables a file.
//!
//! Most fields are what the cell of the same name says; [`fields!`] writes those out. What needs more than that (figures,
//! grades, ends of links, FollowTheMoney schemata) stands beside it in words.

mod evidence;
pub(crate) mod law;
mod people;

/// Implements [`crate::table::Record`] for records whose fields are cells, of the column of the same name or of the one
/// given in brackets. The types of the fields say what is taken out of the cells.
macro_rules! fields {
    ($record:ident { $($field:ident $([$column:literal])?),+ $(,)? }) => {
        impl $crate::table::Record for $record {
            const KIND: plumb_core::reference::Kind = plumb_core::reference::Kind::$record;

            fn from_row(row: &mut $crate::row::Row, _: &mut $crate::context::Context<'_>) -> Option<Self> {
                Some(Self {
                    $($field: row.take($crate::tables::column!($field $(, $column)?))?,)+
                    row: row.location(),
                })
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
