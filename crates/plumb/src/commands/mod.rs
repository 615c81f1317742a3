//! The commands, one a file. Each returns how it ended; what failed outside the case is an error.

pub mod build;
pub mod check;
pub mod explain;
pub mod export;
pub mod new;
pub mod serve;
pub mod why;

/// The result of a command.
pub type Outcome = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
