//! Counting the hidden: the size of a population from lists that overlap.
//!
//! Who is on two lists shows how much each list misses. A [`CaptureTable`] counts people by the lists they are on; each
//! estimator adds those who are on none, under assumptions of its own that no table can prove. So [`panel()`] runs all
//! that apply and shows them side by side: two lists and people seen once and twice by formula ([`TwoLists`],
//! [`Sightings`]), log-linear models ([`fit`], [`stepwise()`], [`closed`]), the average over decomposable graphs
//! ([`averaging()`]) and latent classes ([`latent_classes`]). Intervals come from standard errors, profile likelihood
//! ([`profile()`]) and a bootstrap that selects the model anew ([`bootstrap()`]). A fit without a maximum, or with more
//! than one, is refused with its reason ([`Refusal`]); the panel warns where its rows disagree, and tries every estimator
//! on people whose number is known.
//!
//! ```
//! use plumb_weigh::count::{CaptureTable, Method, PanelOptions, panel};
//! let text = "permits,press,rescue,count\n1,0,0,247\n0,1,0,49\n0,0,1,60\n1,1,0,142\n1,0,1,112\n0,1,1,4\n1,1,1,12\n";
//! let table = CaptureTable::parse(text).expect("a good table");
//! let found = panel(&table, &PanelOptions { check: false, replicates: None, ..PanelOptions::default() })?;
//! let independent = found.rows.iter().find(|row| row.method == Method::Independence).expect("always a row");
//! assert!(independent.answer.estimate().is_some_and(|estimate| estimate.population > 626.0));
//! # Ok::<(), plumb_weigh::count::Refusal>(())
//! ```

mod answer;
mod asked;
mod averaging;
mod bootstrap;
mod cells;
mod check;
mod columns;
mod existence;
mod formulas;
mod glm;
mod graphs;
mod heterogeneity;
mod interval;
mod latent;
mod lattice;
mod linear;
mod loglinear;
mod method;
mod model;
mod panel;
mod parse;
mod posterior;
mod profile;
mod refusal;
mod sampling;
mod special;
mod stepwise;
mod table;
mod table_error;
mod terms;
mod warning;

pub use answer::Answer;
pub use asked::{Asked, Quality, asked};
pub use averaging::{Averaging, AveragingOptions, GraphWeight, SizePrior, averaging};
pub use bootstrap::{Bootstrap, BootstrapOptions, Selected, bootstrap};
pub use check::{CheckRow, CheckSummary, ListCheck};
pub use formulas::{PairEstimate, Sightings, TwoLists, pairwise};
pub use heterogeneity::{ClosedFit, ClosedModel, Shape, closed};
pub use interval::{Estimate, Interval, IntervalMethod};
pub use latent::{LatentFit, LatentOptions, latent_classes};
pub use loglinear::{LoglinearFit, fit};
pub use method::{ALL_ASSUME, Kind, Method, MethodOptions};
pub use model::Model;
pub use panel::{Panel, PanelOptions, Row, panel};
pub use profile::{Profile, profile};
pub use refusal::{Drift, Refusal};
pub use stepwise::{STEPWISE_THRESHOLD, stepwise};
pub use table::{CaptureTable, ListSet, MOST_LISTS, MOST_PEOPLE};
pub use table_error::{TableError, TableProblem};
pub use warning::{PanelWarning, Warning};
