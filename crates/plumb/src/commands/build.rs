//! `plumb build`: compile a case and write its account as a site.

use std::path::{Path, PathBuf};

use plumb_core::case::Case;

use super::Outcome;
use crate::arguments::Build;
use crate::render::summary::Summary;
use crate::{load, terminal, write};

/// Runs the command. The path of the front page goes to standard output.
pub(crate) fn run(options: &Build) -> Outcome {
    let account = load::from_options(&options.case)?;
    super::tell_errors(&account, &options.case.case);
    let out = options.out.clone().unwrap_or_else(|| default_folder(&account.case, &options.case.case));
    write::site(&plumb_page::site(&account), &out)?;
    let front = out.join("index.html");
    let summary = Summary::of(account.all_diagnostics());
    let but = if account.weighing_diagnostics().is_empty() { "" } else { ", but for those that only weighing finds" };
    terminal::tell(&format!("{summary}; `plumb check {}` shows them{but}", options.case.case.display()));
    terminal::data(&format!("{}\n", front.display()))?;
    if options.open {
        open(&front);
    }
    Ok(summary.exit(options.strict))
}

fn default_folder(case: &Case, folder: &Path) -> PathBuf {
    let name = folder.canonicalize().ok().and_then(|path| path.file_name().map(PathBuf::from));
    let own = (!case.settings.id.is_empty()).then(|| PathBuf::from(&case.settings.id));
    Path::new("account").join(own.or(name).unwrap_or_else(|| PathBuf::from("case")))
}

/// Hands the page to the desktop; without one, the path on standard output is enough.
fn open(page: &Path) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if std::process::Command::new(program).arg(page).spawn().is_err() {
        terminal::tell(&format!("hint: no `{program}` here; open the page by hand"));
    }
}
