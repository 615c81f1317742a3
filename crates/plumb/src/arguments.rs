//! The command line: commands and their options.

mod read;
mod review;
mod screen;
mod serve;
mod weigh;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use read::{Bounds, Read, ReadDocument};
pub(crate) use review::{Review, ReviewFormat};
pub(crate) use screen::{AddList, Compare, ListStatus, Listing, Lists, PairFormat, Screen, ScreenFormat, UpdateLists};
pub(crate) use serve::Serve;
pub(crate) use weigh::{Count, StepRule, Weigh, Weighing, Xmile, XmileFormat};

/// Holds names, figures and texts against the evidence.
#[derive(Debug, Parser)]
#[command(name = "plumb", version, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 the case has errors (--strict: or warnings), 2 wrong usage, 3 a file or port failed.\nData goes to standard output, all else to standard error."
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
    /// Trace who is bound to whom: paths with their evidence, where the money goes, who owns whom
    Trace(Trace),
    /// Weigh the claims of a case against one another, count a population from lists that overlap, or run a model
    Weigh(Weigh),
    /// Read documents: claims proposed from their words, for a person to accept, correct or reject
    Read(Read),
    /// Read one document and write it as JSON: what `read` starts a process for
    #[command(hide = true)]
    ReadDocument(ReadDocument),
    /// Hold a text against a case: what each of its statements rests on, and what speaks against it
    Review(Review),
    /// Hold a name, a list of names or a case's actors against official lists
    Screen(Screen),
    /// Score pairs of names, with reasons: for tuning, audits and benchmarks
    Compare(Compare),
    /// Keep official lists on this machine: sanctions and trade controls to hold names against
    Lists(Lists),
    /// Reckon what workers are owed, with interest, by the rules of a case
    Owed(Owed),
    /// Draft a referral to a body, filled from a case, with its gaps
    Refer(Refer),
    /// Where each bearer of each duty stands on a day, what is overdue, what comes next
    Duties(Duties),
    /// Show the signs of forced labour about a site, an employer or a cohort, or write a questionnaire for a supplier
    Indicators(Indicators),
    /// Make a small documented case to start from
    New(New),
    /// Explain a diagnostic code, or list all codes
    Explain(Explain),
}

/// What commands that compile a case share.
#[derive(Args, Debug)]
pub(crate) struct CaseOptions {
    /// Folder of the case
    pub(crate) case: PathBuf,
    /// The day that "overdue" is measured against, instead of that in case.toml
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
}

/// Options of `plumb build`.
#[derive(Args, Debug)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// Folder to write the site to [default: account/NAME-OF-THE-CASE]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Count warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Open the account in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

/// Options of `plumb check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Count warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show also what case.toml accepts, and notes
    #[arg(long)]
    pub(crate) all: bool,
}

/// Formats of `plumb check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

/// Options of `plumb why`.
#[derive(Args, Debug)]
pub(crate) struct Why {
    /// A record (c062, actor:genco), or a finding: range MEASURE PLACE PERIOD, sum CLAIM CLAIM, standing DUTY STATE …
    #[arg(required = true)]
    pub(crate) figure: Vec<String>,
    /// Folder of the case
    #[arg(long, default_value = ".")]
    pub(crate) case: PathBuf,
    /// The day that "overdue" is measured against
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// How to write the derivation
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
}

/// Formats of findings: for people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}

/// Options of `plumb export`.
#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// ftm: FollowTheMoney JSON lines; sqlite: one file for Datasette; json: the whole account; csv: one table a file
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// File to write, or folder for csv [default: NAME-OF-THE-CASE with the ending of the format]
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}

/// Formats of `plumb export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// FollowTheMoney JSON lines
    Ftm,
    /// One SQLite file
    Sqlite,
    /// One JSON document
    Json,
    /// A folder of CSV files
    Csv,
}

/// Options of `plumb trace`.
#[derive(Args, Debug)]
pub(crate) struct Trace {
    /// Where to begin: an id (genco, site:zenit-arena, group:dprk-workers) or a name
    pub(crate) from: String,
    /// Where to end; without it, what leads in and out of FROM and who owns it
    pub(crate) to: Option<String>,
    /// Folder of the case [default: the current folder, unless --bods or --ftm is given]
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// Beneficial ownership statements (BODS 0.2 to 0.4) to read instead of a case
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "case")]
    pub(crate) bods: Vec<PathBuf>,
    /// `FollowTheMoney` entities, one a line, to read instead of a case
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "case")]
    pub(crate) ftm: Vec<PathBuf>,
    /// Count these as blocked in ownership tests, beside those that a list names
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub(crate) blocked: Vec<String>,
    /// The day to stand on: later links are left out, and holdings of that day count
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// How many paths to show
    #[arg(long, default_value_t = plumb_account::trace::BEST)]
    pub(crate) best: usize,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
    /// Write the drawing of the paths, or of what leads in and out, to a file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    /// Write the drawing of who owns FROM, in layers with the shares, to a file as well
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    pub(crate) owners_svg: Option<PathBuf>,
}

/// Options of `plumb owed`.
#[derive(Args, Debug)]
pub(crate) struct Owed {
    /// CSV file of pay records, shaped like wages.csv; without it those of the case
    pub(crate) records: Option<PathBuf>,
    /// Folder of the case with the rules and rates
    #[arg(long, default_value = ".")]
    pub(crate) case: PathBuf,
    /// The day up to which interest runs, instead of that in case.toml
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// Show the totals in this currency too, at the rate that the case has for that day
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// How to write what is owed
    #[arg(long, value_enum, default_value_t = OwedFormat::Text)]
    pub(crate) format: OwedFormat,
    /// Write an example of a file of pay records and stop
    #[arg(long, exclusive = true)]
    pub(crate) new: bool,
}

/// Formats of `plumb owed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OwedFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A statement that an advocate can attach: one page, prints well
    Html,
    /// The arithmetic for a spreadsheet, a row a step
    Csv,
}

/// Options of `plumb refer`.
#[derive(Args, Debug)]
pub(crate) struct Refer {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// Whom to refer it to: un-special-procedures, ilo, us-cbp, msmt
    #[arg(long, value_name = "BODY", value_parser = body())]
    pub(crate) to: String,
    /// Keep people whom the case marks as victims; without it they are left out
    #[arg(long)]
    pub(crate) with_victims: bool,
    /// How to write it: text is Markdown
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
}

/// The words for bodies, as the argument parser wants them.
fn body() -> clap::builder::PossibleValuesParser {
    plumb_account::referral::demands().iter().map(|demand| demand.id.as_str()).collect::<Vec<_>>().into()
}

/// Options of `plumb duties`.
#[derive(Args, Debug)]
pub(crate) struct Duties {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// Only what is overdue
    #[arg(long)]
    pub(crate) overdue: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t = DutiesFormat::Text)]
    pub(crate) format: DutiesFormat,
}

/// Formats of `plumb duties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DutiesFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A calendar of the deadlines to come (iCalendar, RFC 5545)
    Ics,
}

/// Options of `plumb indicators`.
#[derive(Args, Debug)]
pub(crate) struct Indicators {
    #[command(flatten)]
    pub(crate) case: CaseOptions,
    /// Site, employer or cohort: the id of an actor, site:ID, group:NAME, or its words; without one, all together
    pub(crate) subject: Option<String>,
    /// Write the questions for this supplier as CSV, to be filled and kept as questionnaire.csv in the case
    #[arg(long)]
    pub(crate) questionnaire: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
}

/// Options of `plumb new`.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// Folder to make; it must not exist yet, or be empty
    pub(crate) directory: PathBuf,
}

/// Options of `plumb explain`.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A code such as P0407; without one, all codes are listed
    pub(crate) code: Option<String>,
}
