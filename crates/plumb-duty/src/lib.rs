//! Duties and answers: where each bearer of a duty stands on a given day.
//!
//! The engine is never more certain than the evidence. A date known only to the month may lie on either side of a
//! deadline, and is reported so; a bearer without an answer is "no answer known to the case", not "did nothing"; an
//! answer of which only others tell is shown as reported.

mod calendar;
mod contradicted;
mod end;
pub mod indicators;
mod judge;
pub mod owed;
mod position;
pub mod questionnaire;
mod standing;

pub use calendar::calendar;
pub use contradicted::{Against, against};
pub use end::follows;
pub use judge::timeliness;
pub use position::{Position, positions};
pub use standing::Standing;
