//! Names held against official lists: candidates, scored and explained. Files come in as readers and bytes; only
//! [`Index::open`](index::Index::open) touches the system.

pub mod decisions;
mod hash;
pub mod index;
pub mod lists;
pub mod query;
pub mod record;
pub mod score;
pub mod train;

pub use query::Query;
pub use record::Record;
