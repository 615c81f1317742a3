//! The account as files of other tools: FollowTheMoney JSON lines, one SQLite file for Datasette, one JSON document, CSV.
//!
//! [`tables`] lays the account out as tables once; SQLite, JSON and CSV are three ways to write them. [`ftm`] speaks of
//! actors, links, sites and events in the words of FollowTheMoney. All of them are pure functions that give bytes; only
//! [`export`] writes, through [`plumb_disk`]. The same account gives the same bytes.

pub mod csv;
mod error;
mod format;
pub mod ftm;
pub mod json;
mod owed;
mod questionnaire;
pub mod search;
pub mod sqlite;
pub mod tables;

pub use error::ExportError;
pub use format::{Format, FormatError, export};
pub use owed::owed_csv;
pub use questionnaire::questionnaire_csv;
