//! The expression language of models: text → tree → checked units → columns of numbers.
//!
//! [`parse`] reads a [`Formula`]; [`check_units`] and [`check_assignment`] hold its units together; [`expand`] writes sums
//! over places and years out; [`to_terms`] gives the form in which claims are reconciled.
//! The language has no statements, no loops and no state: a formula cannot do anything but have a value.

mod check;
mod error;
mod expand;
mod formula;
mod function;
mod lexer;
mod measure;
mod parser;
mod print;
mod terms;

pub use check::{check_assignment, check_units};
pub use error::{Cause, LanguageError};
pub use expand::{Binding, Indices, expand, free_indices};
pub use formula::{Comparison, Fold, Formula, Index, Kind, Part, Span, full_name};
pub use function::Function;
pub use lexer::{Dialect, LONGEST, canonical};
pub use measure::Measure;
pub use parser::{parse, parse_identity, parse_in};
pub use terms::to_terms;
