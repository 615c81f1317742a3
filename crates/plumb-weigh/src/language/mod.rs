//! The expression language of models: text → tree → checked units → columns of numbers.
//!
//! [`parse`] reads a [`Formula`]; [`check_units`] and [`check_assignment`] hold its units together; [`expand`] writes sums
//! over places and years out; [`to_terms`] gives the form in which claims are reconciled;
//! [`Program`] computes definitions for many draws at once.
//! The language has no statements, no loops and no state: a formula cannot do anything but have a value.

mod check;
mod error;
mod evaluate;
mod expand;
mod fault;
mod formula;
mod function;
mod lexer;
mod machine;
mod measure;
mod operation;
mod order;
mod parser;
mod print;
mod program;
mod table;
mod terms;

pub use check::{check_assignment, check_units};
pub(crate) use error::nearest;
pub use error::{Cause, LanguageError};
pub use evaluate::{ColumnError, Evaluation};
pub(crate) use evaluate::{chosen, without};
pub use expand::{Binding, Indices, expand, free_indices};
pub(crate) use fault::Faults;
pub use fault::{Failure, Fault};
pub use formula::{Comparison, Fold, Formula, Index, Kind, Part, Span, full_name};
pub use function::Function;
pub use lexer::{Dialect, LONGEST, canonical};
pub(crate) use machine::{LANES, Layout, Machine};
pub use measure::Measure;
pub(crate) use operation::Values;
pub use parser::{parse, parse_identity, parse_in};
pub(crate) use print::quoted;
pub(crate) use program::Value;
pub use program::{Definition, Input, Program, Source};
pub use table::{Shape, Table, TableError};
pub use terms::to_terms;
