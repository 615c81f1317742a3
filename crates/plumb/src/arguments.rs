//! The command line: commands and their options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Holds names, figures and texts against the evidence.
#[derive(Debug, Parser)]
#[command(name = "plumb", version, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 the case has errors (--strict: or warnings), 2 wrong usage, 3 a file or port failed.\nData goes to standard output, all else to standard error."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compile a case into its account: a web site that opens from disk
    Build(Build),
    /// Say what is wrong with a case, and where
    Check(Check),
    /// Show where a figure comes from, down to the words of its sources
    Why(Why),
    /// Write the case in another format
    Export(Export),
    /// Show the account on this machine, fresh after each change, with full-text search
    Serve(Serve),
    /// Make a small documented case to start from
    New(New),
    /// Explain a diagnostic code, or list all codes
    Explain(Explain),
}

/// What commands that compile a case share.
#[derive(Args, Debug)]
pub struct CaseOptions {
    /// Folder of the case
    pub case: PathBuf,
    /// The day that "overdue" is measured against, instead of that in case.toml
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
}

/// Options of `plumb build`.
#[derive(Args, Debug)]
pub struct Build {
    #[command(flatten)]
    pub case: CaseOptions,
    /// Folder to write the site to [default: account/NAME-OF-THE-CASE]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Open the account in the browser
    #[arg(long)]
    pub open: bool,
}

/// Options of `plumb check`.
#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    pub case: CaseOptions,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Show also what case.toml accepts, and notes
    #[arg(long)]
    pub all: bool,
}

/// Formats of `plumb check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

/// Options of `plumb why`.
#[derive(Args, Debug)]
pub struct Why {
    /// A record (c062, actor:genco), or a finding: range MEASURE PLACE PERIOD, sum CLAIM CLAIM, standing DUTY STATE …
    #[arg(required = true)]
    pub figure: Vec<String>,
    /// Folder of the case
    #[arg(long, default_value = ".")]
    pub case: PathBuf,
    /// The day that "overdue" is measured against
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// How to write the derivation
    #[arg(long, value_enum, default_value_t = WhyFormat::Text)]
    pub format: WhyFormat,
}

/// Formats of `plumb why`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhyFormat {
    /// A tree for people
    Text,
    /// One JSON document
    Json,
}

/// Options of `plumb export`.
#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    pub case: CaseOptions,
    /// ftm: FollowTheMoney JSON lines; sqlite: one file for Datasette; json: the whole account; csv: one table a file
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// File to write, or folder for csv [default: NAME-OF-THE-CASE with the ending of the format]
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// Formats of `plumb export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// FollowTheMoney JSON lines
    Ftm,
    /// One SQLite file
    Sqlite,
    /// One JSON document
    Json,
    /// A folder of CSV files
    Csv,
}

/// Options of `plumb serve`.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub case: CaseOptions,
    /// Port on the loopback address; 0 takes a free one
    #[arg(long, default_value_t = 4173)]
    pub port: u16,
}

/// Options of `plumb new`.
#[derive(Args, Debug)]
pub struct New {
    /// Folder to make; it must not exist yet, or be empty
    pub directory: PathBuf,
}

/// Options of `plumb explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// A code such as P0407; without one, all codes are listed
    pub code: Option<String>,
}
