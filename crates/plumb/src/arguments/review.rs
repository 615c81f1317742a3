//! Options of `plumb review`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Bounds;

/// Options of `plumb review`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 the text was reviewed, whatever the verdicts; 2 wrong usage; 3 the text or the case failed."
)]
pub(crate) struct Review {
    /// The text: plain text, Markdown, HTML, PDF, DOCX, EML
    pub(crate) text: PathBuf,
    /// Folder of the case
    #[arg(long, default_value = ".")]
    pub(crate) case: PathBuf,
    /// The day that the account is of, instead of that in case.toml
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    pub(crate) format: ReviewFormat,
    /// Write it to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Who publishes the review (claimreview)
    #[arg(long, value_name = "NAME", required_if_eq("format", "claimreview"))]
    pub(crate) author: Option<String>,
    /// The day of publication (claimreview)
    #[arg(long, value_name = "YYYY-MM-DD", required_if_eq("format", "claimreview"))]
    pub(crate) date: Option<Date>,
    /// Web address of the review (claimreview)
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Web address of the text (claimreview, annotations)
    #[arg(long, value_name = "URL")]
    pub(crate) text_url: Option<String>,
    /// Who wrote the text (claimreview)
    #[arg(long, value_name = "NAME")]
    pub(crate) text_author: Option<String>,
    #[command(flatten)]
    pub(crate) bounds: Bounds,
}

/// Formats of `plumb review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// Reviews as fact-checking networks read them: `ClaimReview` of schema.org, JSON-LD
    #[value(name = "claimreview")]
    ClaimReview,
    /// W3C Web Annotations as JSON-LD
    Annotations,
    /// One page: the text on the left, the evidence on the right; needs no script
    Html,
}
