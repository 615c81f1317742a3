//! Options of `plumb weigh` and of what can be weighed beside a case.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::FindingFormat;

/// Options of `plumb weigh`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true, subcommand_negates_reqs = true)]
#[command(group = ArgGroup::new("of one world").args(["xmile", "sobol"]))]
pub(crate) struct Weigh {
    /// Something else than the claims of a case
    #[command(subcommand)]
    pub(crate) what: Option<Weighing>,
    /// Folder of the case, with a model.toml
    #[arg(required = true)]
    pub(crate) case: Option<PathBuf>,
    /// How to write the estimates
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
    /// Write a drawing of the reported figures, the years and the flow of money to a file as well
    #[arg(long, value_name = "FILE", conflicts_with = "sobol")]
    pub(crate) svg: Option<PathBuf>,
    /// Write the deterministic skeleton of the model as XMILE to a file as well: its equations as stocks, flows and auxiliaries
    /// over time, with the medians of the estimates, for other programs
    #[arg(long, value_name = "FILE")]
    pub(crate) xmile: Option<PathBuf>,
    /// Instead of the estimates, what part of a figure's variance each quantity causes: first-order and total Sobol indices, Shapley
    /// effects. The figure is an output of the model, or a quantity: `workers[RU,2017]`
    #[arg(long, value_name = "FIGURE")]
    pub(crate) sobol: Option<String>,
    /// The scenario that the skeleton, or the figure, is taken under
    #[arg(long, value_name = "ID", requires = "of one world")]
    pub(crate) scenario: Option<String>,
}

/// What can be weighed.
#[derive(Debug, Subcommand)]
pub(crate) enum Weighing {
    /// Count a hidden population from 2 to 10 lists that overlap: a panel of estimators, never one number
    Count(Count),
    /// Run a model of stocks and flows in XMILE, as other programs write them: its variables over time
    Xmile(Xmile),
}

/// Options of `plumb weigh xmile`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 all was read and run, 1 something was left out (said on standard error) or the model cannot run, 2 wrong usage, 3 the file cannot be read."
)]
pub(crate) struct Xmile {
    /// XMILE 1.0 file of base level: stocks, flows, auxiliaries, graphical functions
    pub(crate) file: PathBuf,
    /// The rule that steps are taken by, in place of the one that the file names
    #[arg(long, value_enum)]
    pub(crate) method: Option<StepRule>,
    /// How to write the run
    #[arg(long, value_enum, default_value_t = XmileFormat::Table)]
    pub(crate) format: XmileFormat,
    /// Write the model, as it was understood, to this file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
}

/// Rules of integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StepRule {
    /// Euler's
    Euler,
    /// Runge and Kutta's of fourth order
    Rk4,
}

/// Formats of `plumb weigh xmile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum XmileFormat {
    /// For people: a row a time, a column a variable, six digits
    Table,
    /// For spreadsheets: the same with all digits
    Csv,
    /// One JSON document
    Json,
}

/// Options of `plumb weigh count`.
#[derive(Args, Debug)]
pub(crate) struct Count {
    /// CSV file: a column of 0 and 1 for each list, and a column `count`; without counts each row is a person
    pub(crate) table: PathBuf,
    /// Fit a model of your choice as well, such as that of a published study; may be given more than once. Lists that act
    /// together stand between colons, `permits:press, rescue`, or by number in brackets, `[12,3]`; models of people or lists
    /// that differ have the names of the field: `M0`, `Mt`, `Mb`, `Mbh`, `Mh Darroch`, `Mth Chao (LB)`
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Vec<String>,
    /// Seed of the bootstrap and the sampler; the same seed gives the same panel
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How to write the panel
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
}
