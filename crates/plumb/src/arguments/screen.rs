//! Options of `plumb screen`, `plumb compare` and `plumb lists`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::FindingFormat;

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
    /// Only entries that changed on this day or later; those that do not say when they changed are left out
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
