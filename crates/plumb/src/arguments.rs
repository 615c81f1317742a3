//! The command line: commands and their options.

mod read;
mod review;
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use read::{Bounds, Read, ReadDocument};
pub(crate) use review::{Review, ReviewFormat};
pub(crate) use serve::Serve;

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

/// Options of `plumb weigh`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true, subcommand_negates_reqs = true)]
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
    /// Instead of the estimates, what part of a figure's variance each quantity causes (first-order Sobol indices). The figure
    /// is an output of the model, or a quantity: `workers[RU,2017]`
    #[arg(long, value_name = "FIGURE")]
    pub(crate) sobol: Option<String>,
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
    /// How to write the run
    #[arg(long, value_enum, default_value_t = XmileFormat::Table)]
    pub(crate) format: XmileFormat,
    /// Write the model, as it was understood, to this file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
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
    /// CSV file: a column of 0 and 1 for each list, and a last column `count`
    pub(crate) table: PathBuf,
    /// Seed of the bootstrap and the sampler; the same seed gives the same panel
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How to write the panel
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
}

/// Options of `plumb screen`.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("what").args(["name", "file", "case"]).required(true).multiple(true)))]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 potential matches (or names that could not be read), 2 wrong usage, 3 a list or file failed.\nWithout a name or file, the actors of the case are screened; with one, the case is searched beside the lists."
)]
pub(crate) struct Screen {
    /// Name to screen; with --decide, what the decision is about, as results call it
    pub(crate) name: Option<String>,
    /// File of names: CSV, XLSX, ODS, or FollowTheMoney entities one a line
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    pub(crate) file: Option<PathBuf>,
    /// Case whose actors are screened or searched, and where matches lead on
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// Lists to search: short names of kept lists, or files [default: all that are kept]
    #[arg(long = "list", value_name = "NAME|FILE", num_args = 1.., value_delimiter = ',')]
    pub(crate) lists: Vec<String>,
    /// Folder of the lists [default: `PLUMB_LISTS`, or the folder for data of this user]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// What the name or the file's rows are: Person, Company, Vessel … [default: told by the file; a name can be any]
    #[arg(long)]
    pub(crate) schema: Option<String>,
    /// What the columns of the file hold, as name=Supplier,country=Land [default: guessed from their names, and told]
    #[arg(long, value_name = "PROPERTY=COLUMN", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
    /// Score from which an entry is a potential match
    #[arg(long, default_value_t = plumb_screen::score::THRESHOLD, value_parser = share)]
    pub(crate) threshold: f64,
    /// Results for each name at most
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) limit: u16,
    /// Show near misses too, with what speaks against them
    #[arg(long)]
    pub(crate) near: bool,
    /// Only entries that changed after this day; those that do not say when they changed are left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) changed_since: Option<Date>,
    /// File of decisions [default: decisions.csv in the case]
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Write a decision instead of screening: NAME and this entry are the same, different, or nobody can tell
    #[arg(long, value_name = "ENTRY=same|different|unsure", requires = "name", value_parser = verdict)]
    pub(crate) decide: Option<(String, plumb_screen::decisions::Verdict)>,
    /// Why it was decided so
    #[arg(long, requires = "decide")]
    pub(crate) reason: Option<String>,
    /// Who decided [default: the name of this user]
    #[arg(long, requires = "decide")]
    pub(crate) who: Option<String>,
    /// The day that counts as today, instead of that of the clock
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = ScreenFormat::Table)]
    pub(crate) format: ScreenFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Formats of `plumb screen`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScreenFormat {
    /// For people
    Table,
    /// For spreadsheets: one row a result
    Csv,
    /// One JSON object a name and line
    Jsonl,
    /// One JSON document
    Json,
    /// A report to file: one page
    Html,
}

/// An entry and what was decided about it.
fn verdict(text: &str) -> Result<(String, plumb_screen::decisions::Verdict), String> {
    use plumb_screen::decisions::Verdict;
    let (entry, word) = text.rsplit_once('=').unwrap_or((text, ""));
    let verdict = match word {
        "same" => Verdict::Same,
        "different" => Verdict::Different,
        "unsure" => Verdict::Unsure,
        _ => return Err("write it as ENTRY=same, ENTRY=different or ENTRY=unsure".to_owned()),
    };
    Ok((entry.to_owned(), verdict))
}

/// Options of `plumb compare`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 every row was compared, 1 some rows could not be (each says why in its place), 2 wrong usage, 3 the file failed."
)]
pub(crate) struct Compare {
    /// CSV file, `-` for standard input: columns schema, name1, name2, and more by property, as birthDate1 or country2
    pub(crate) pairs: PathBuf,
    /// Score from which a pair is a potential match
    #[arg(long, default_value_t = plumb_screen::score::THRESHOLD, value_parser = share)]
    pub(crate) threshold: f64,
    /// How to write the answers, one a row and in the order of the rows
    #[arg(long, value_enum, default_value_t = PairFormat::Text)]
    pub(crate) format: PairFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Formats of `plumb compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PairFormat {
    /// For people
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// For spreadsheets
    Csv,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "it must be a number from 0 to 1".to_owned())
}

/// Options of `plumb lists`.
#[derive(Args, Debug)]
pub(crate) struct Lists {
    /// What to do
    #[command(subcommand)]
    pub(crate) what: Listing,
    /// Folder of the lists [default: `PLUMB_LISTS`, or the folder for data of this user]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// The day that counts as today, instead of that of the clock
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
}

/// What can be done with lists.
#[derive(Debug, Subcommand)]
pub(crate) enum Listing {
    /// Add a version of a list from files; the last good version stays if they are refused
    Add(AddList),
    /// Fetch official lists from their publishers with `curl`, and add them
    Update(UpdateLists),
    /// Show which versions are kept, how old they are, and what was refused of them
    Status(ListStatus),
}

/// Options of `plumb lists add`.
#[derive(Args, Debug)]
pub(crate) struct AddList {
    /// Files of the list, plain, .gz or .zst; OFAC's names, aliases, addresses and comments together
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Short name of the list, which its ids begin with: ofac-sdn
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Format of the files [default: told by their content]
    #[arg(long, value_name = "FORMAT", value_parser = format_word())]
    pub(crate) format: Option<String>,
    /// What the list is called
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Date of the list [default: the one that it states]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// For plain tables: what the columns hold, as name=Name,birthDate=DOB [default: guessed from their names]
    #[arg(long, value_name = "PROPERTY=COLUMN", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
}

/// The words for formats, as the argument parser wants them.
fn format_word() -> clap::builder::PossibleValuesParser {
    plumb_screen::lists::Format::all().map(plumb_screen::lists::Format::as_str).collect::<Vec<_>>().into()
}

/// A pair of property and column.
fn column(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(property, column)| (property.trim().to_owned(), column.trim().to_owned()));
    let whole = pair.filter(|(property, column)| !property.is_empty() && !column.is_empty());
    whole.ok_or_else(|| "write it as PROPERTY=COLUMN, such as birthDate=DOB".to_owned())
}

/// Options of `plumb lists update`.
#[derive(Args, Debug)]
pub(crate) struct UpdateLists {
    /// Short names of official lists [default: those that are kept]
    pub(crate) names: Vec<String>,
}

/// Options of `plumb lists status`.
#[derive(Args, Debug)]
pub(crate) struct ListStatus {
    /// How to write it
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
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
