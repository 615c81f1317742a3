//! Options of `plumb serve`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

/// Options of `plumb serve`.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Folder of the case to show, and whose actors are screened against; without one, the lists alone
    pub(crate) case: Option<PathBuf>,
    /// The day that "overdue" is measured against, instead of that in case.toml
    #[arg(long, value_name = "YYYY-MM-DD", requires = "case")]
    pub(crate) as_of: Option<Date>,
    /// Lists to screen against, by their short names [default: all that are kept]
    #[arg(long = "list", value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) lists: Vec<String>,
    /// Folder of the lists [default: `PLUMB_LISTS`, or the folder for data of this user]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Let claims be accepted, corrected and rejected in the browser; only for whoever has the address that is printed
    #[arg(long, requires = "case")]
    pub(crate) edit: bool,
    /// Port on the loopback address; 0 takes a free one
    #[arg(long, default_value_t = 4173)]
    pub(crate) port: u16,
}
