//! The commands, one a file. Each returns how it ended; what failed outside the case is an error.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod duties;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod indicators;
pub(crate) mod lists;
pub(crate) mod new;
pub(crate) mod owed;
pub(crate) mod read;
pub(crate) mod refer;
pub(crate) mod review;
pub(crate) mod screen;
pub(crate) mod serve;
pub(crate) mod trace;
pub(crate) mod weigh;
pub(crate) mod why;

/// The result of a command.
pub(crate) type Outcome = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
