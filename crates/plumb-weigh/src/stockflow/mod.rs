//! Stocks and flows through time: workers present, sent and returned; what is earned and handed over.
//!
//! A [`Model`] holds stocks, flows, auxiliaries and graphical functions. [`Simulation::compile`] makes it ready, with the
//! variables that draws differ in; [`Simulation::run`] computes all draws, block by block. The same model and columns give
//! the same bytes; scenarios are models that differ in one formula and are run on the same columns.

mod arrays;
mod error;
mod functions;
mod limits;
mod model;
mod run;
mod simulation;
mod states;

pub use error::{ModelError, RunError};
pub use model::{Method, Model, Role, Variable};
pub use run::{Run, Save};
pub use simulation::Simulation;
