//! Simulation: uncertain parameters through a model, and what would have been under other rules.
//!
//! A [`Plan`] names parameters with their forms, correlations between them, and scenarios that put other forms in their
//! place. [`run`] draws every parameter as a column keyed by (seed, name), hands the columns to a model, and summarises
//! what comes back: means and quantiles, each with its Monte-Carlo standard error, and for each scenario the difference to
//! the base draw by draw. All scenarios run on the same draws, so a difference holds what the scenario changes and no noise.
//!
//! One more parameter, scenario or independent group of correlations leaves all other draws as they were.
//!
//! ```
//! use plumb_weigh::form::Form;
//! use plumb_weigh::simulate::{Columns, Parameter, Plan, Scenario, run};
//!
//! let plan = Plan {
//!     parameters: vec![
//!         Parameter::new("workers", Form::lognormal_from_interval(50_000.0, 150_000.0, 0.9)?),
//!         Parameter::new("share_taken", Form::beta_from_interval(0.7, 0.9, 0.9)?),
//!     ],
//!     scenarios: vec![Scenario::new("full pay", vec![Parameter::new("share_taken", Form::point(0.0)?)])],
//!     ..Plan::default()
//! };
//! let results = run(&plan, |inputs: &Columns| {
//!     let revenue = inputs.map_rows(&["workers", "share_taken"], |row| row.iter().product::<f64>() * 4_800.0);
//!     Columns::from_iter([("revenue".to_owned(), revenue)])
//! })?;
//! assert!(results.faults.is_empty());
//! let lost = results.scenarios[0].outcomes[0].difference.as_ref().unwrap();
//! assert!(lost.mean.value < 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod columns;
mod draw;
mod fault;
mod plan;
mod run;
mod summary;

pub use columns::Columns;
pub use fault::{Fault, SimulationError};
pub use plan::{Correlation, MOST_DRAWS, Parameter, Plan, Scenario, Settings};
pub(crate) use run::check;
pub use run::{Outcome, Results, ScenarioResult, run};
pub use summary::{Convergence, Estimate, Quantile, Summary, summarise};
