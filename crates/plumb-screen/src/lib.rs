//! Names held against official lists: candidates, scored and explained.

pub mod decisions;
pub mod lists;
pub mod record;
pub mod score;
pub mod store;

pub use record::Record;
