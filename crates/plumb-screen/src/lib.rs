//! Names held against official lists: candidates, scored and explained.

pub mod decisions;
pub mod index;
pub mod lists;
pub mod query;
pub mod record;
pub mod score;
pub mod store;
pub mod train;

pub use query::Query;
pub use record::Record;
