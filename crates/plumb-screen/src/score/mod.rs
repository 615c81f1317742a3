//! How strongly two entities look like one: evidence for and against, feature by feature, added up in bits.

pub mod address;
pub mod checks;
pub mod date;
pub mod fact;
pub mod identifier;
pub mod level;
