//! Counting the hidden: the size of a population from lists that overlap.

mod cells;
mod existence;
mod glm;
mod interval;
mod linear;
mod loglinear;
mod model;
mod parse;
mod refusal;
mod special;
mod table;
mod table_error;

pub use interval::{Estimate, Interval, IntervalMethod};
pub use loglinear::{LoglinearFit, fit};
pub use model::Model;
pub use refusal::{Drift, Refusal};
pub use table::{CaptureTable, ListSet, MOST_LISTS, MOST_PEOPLE};
pub use table_error::{TableError, TableProblem};
