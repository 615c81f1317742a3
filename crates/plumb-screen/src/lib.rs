//! Names held against official lists: candidates, scored and explained.

pub mod decisions;
pub mod index;
pub mod lists;
pub mod record;
pub mod score;
pub mod store;
pub mod train;

pub use record::Record;
