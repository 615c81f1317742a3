//! Names held against official lists: candidates, scored and explained.

pub mod lists;
pub mod record;

pub use record::Record;
