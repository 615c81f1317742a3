//! The commands, one a file. Each returns how it ended; what failed outside the case is an error.

use std::path::Path;

use plumb_account::Account;
use plumb_core::diagnostic::Severity;

use crate::render::text;
use crate::terminal;

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod duties;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod indicators;
pub(crate) mod lists;
pub(crate) mod new;
pub(crate) mod owed;
pub(crate) mod read;
pub(crate) mod refer;
pub(crate) mod review;
pub(crate) mod screen;
pub(crate) mod serve;
pub(crate) mod trace;
pub(crate) mod weigh;
pub(crate) mod why;

/// The result of a command.
pub(crate) type Outcome = Result<crate::exit::Exit, Box<dyn std::error::Error>>;

/// Shows the errors of a case on standard error, as their records are missing from what is written, and what only weighing finds and nobody
/// has accepted.
fn tell_errors(account: &Account, folder: &Path) {
    let errors = account.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let weighed = account.weighing_diagnostics().iter().filter(|one| one.accepted.is_none());
    for diagnostic in errors.chain(weighed) {
        terminal::tell(&text::diagnostic(&account.case, folder, diagnostic, terminal::colour()));
    }
}
