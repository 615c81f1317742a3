//! Options of `plumb read`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::FindingFormat;

/// Options of `plumb read`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 all was read, 1 some documents could not be (each is named with what to do), 2 wrong usage, 3 the case failed.\nProposals and decisions are kept in the hidden folder .proposals of the case. Nothing enters the case without a decision."
)]
pub(crate) struct Read {
    /// Documents, or folders of them: text, Markdown, HTML, PDF, DOCX, EML, CSV, XLSX
    #[arg(required_unless_present = "decide")]
    pub(crate) documents: Vec<PathBuf>,
    /// Folder of the case
    #[arg(long, default_value = ".")]
    pub(crate) case: PathBuf,
    /// Decide about proposals: one key each in a terminal, one letter a line from a pipe
    #[arg(long)]
    pub(crate) decide: bool,
    /// Read unchanged documents again too, with the names that the case has now
    #[arg(long, conflicts_with = "decide")]
    pub(crate) again: bool,
    /// The source of the case that the document is, by its id in sources.csv
    #[arg(long, value_name = "ID", requires = "decide", conflicts_with_all = ["publisher", "title", "date", "url", "kind"])]
    pub(crate) source: Option<String>,
    /// Who published the document, for a new source
    #[arg(long, requires = "decide")]
    pub(crate) publisher: Option<String>,
    /// Its title
    #[arg(long, requires = "publisher")]
    pub(crate) title: Option<String>,
    /// When it was published, as exact as known: 2017, 2017-12, 2017-12-22
    #[arg(long, requires = "publisher")]
    pub(crate) date: Option<String>,
    /// Its address
    #[arg(long, requires = "publisher")]
    pub(crate) url: Option<String>,
    /// What sort of source it is: news, ngo-report, official …
    #[arg(long, requires = "publisher")]
    pub(crate) kind: Option<String>,
    /// Who decides [default: the name of this user]
    #[arg(long, requires = "decide")]
    pub(crate) who: Option<String>,
    /// The day that counts as today, instead of that of the clock
    #[arg(long, value_name = "YYYY-MM-DD", requires = "decide")]
    pub(crate) as_of: Option<Date>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = FindingFormat::Text, conflicts_with = "decide")]
    pub(crate) format: FindingFormat,
    #[command(flatten)]
    pub(crate) bounds: Bounds,
}

/// What a document may cost.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Largest document, in MiB; the default is a hundred times the longest report
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    pub(crate) largest: u64,
    /// Memory for reading one document, in MiB; the default is what a laptop of 2015 can spare (Linux and Windows)
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    pub(crate) memory: u64,
    /// Time for reading one document, in seconds; a report of 100 pages takes one or two
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) seconds: u64,
}

/// Options of the process that reads one document.
#[derive(Args, Debug)]
pub(crate) struct ReadDocument {
    /// The document
    pub(crate) path: PathBuf,
    /// Name to call it by
    #[arg(long)]
    pub(crate) name: String,
    /// Most bytes
    #[arg(long)]
    pub(crate) bytes: u64,
    /// Write the picture of this page instead, from 1
    #[arg(long, value_name = "PAGE")]
    pub(crate) picture: Option<u32>,
}
