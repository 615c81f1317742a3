//! Documents → proposed claims and events → a person's decisions → the tables of a case.
//!
//! [`propose`] reads the prose of a document and gives [`Proposal`]s: rows that `claims.csv` and `events.csv` might have, each anchored to the
//! words that carry it, with a confidence and its reasons. [`Desk`] turns a decision into a [`Change`] of the files of the
//! case, and back. Both are pure: files in, files out. A change is made only if the case that it leads to reads without a
//! new error. [`disk`] keeps what was read and decided in the hidden folder `.proposals` of the case.
//!
//! Nothing enters a case without a person's decision.

mod decide;
pub mod disk;
mod draft;
mod event;
mod log;
mod proposal;
mod readout;
mod source;
mod table;

pub use decide::{Change, Desk, Refusal};
pub use draft::{Draft, Kind, UnknownField};
pub use log::{Entry, Log, LogError, Row, State, Verdict};
pub use proposal::{Proposal, propose};
pub use readout::{Readout, ReadoutError, Record};
pub use source::{Citation, SourceDetails};
pub use table::TableError;
