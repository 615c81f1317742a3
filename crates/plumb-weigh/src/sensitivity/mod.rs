//! Sensitivity: which parameter drives an output.
//!
//! [`drivers`] says it from draws that are there already, whatever made them: rank correlations, and the output where the
//! parameter is at its low and at its high end (a tornado). [`sobol`] runs the model anew, at chosen points, and says what
//! part of the output's variance each parameter causes, alone and together with others; [`first_order`] says the former from
//! draws that are there already. [`effects`] does both for inputs that depend on one another ([`Copula`]): total indices, and
//! Shapley effects, which divide the variance whatever the dependence.
//!
//! ```
//! use plumb_weigh::form::Form;
//! use plumb_weigh::sensitivity::{LEVELS, SobolSettings, drivers, sobol};
//! use plumb_weigh::simulate::{Columns, Parameter, Plan, run};
//!
//! let parameters = vec![
//!     Parameter::new("workers", Form::lognormal_from_interval(50_000.0, 150_000.0, 0.9)?),
//!     Parameter::new("share_taken", Form::beta_from_interval(0.7, 0.9, 0.9)?),
//! ];
//! let plan = Plan { parameters, ..Plan::default() };
//! let model = |inputs: &Columns| {
//!     let taken = inputs.map_rows(&["workers", "share_taken"], |row| row.iter().product());
//!     Columns::from_iter([("taken".to_owned(), taken)])
//! };
//! let base = run(&plan, model)?.base;
//! let found = drivers(&base.inputs, &base.outputs, LEVELS);
//! assert_eq!(found.outputs[0].drivers[0].input, "workers");
//!
//! let indices = sobol(&plan, model, &SobolSettings::default())?;
//! assert!(indices.outputs[0].inputs[0].first.value > 0.9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bootstrap;
mod copula;
mod drivers;
mod effects;
mod fault;
mod given;
mod points;
mod sobol;

pub use copula::Copula;
pub use drivers::{Conditional, Driver, Drivers, LEVELS, OutputDrivers, drivers};
pub use effects::{Effect, Effects, effects};
pub use fault::{Fault, SensitivityError};
pub use given::{FirstOrder, LEAST_DRAWS, first_order};
pub use points::{MOST_INPUTS, MOST_POINTS};
pub use sobol::{Index, InputIndices, OutputIndices, SobolIndices, SobolSettings, sobol};
