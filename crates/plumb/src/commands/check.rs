//! `plumb check`: what is wrong with a case, and where.

use plumb_core::diagnostic::{Diagnostic, Severity};

use super::Outcome;
use crate::arguments::{Check, CheckFormat};
use crate::render::summary::Summary;
use crate::render::{json, sarif, text};
use crate::{load, terminal};

/// Runs the command.
pub(crate) fn run(options: &Check) -> Outcome {
    let account = load::from_options(&options.case)?;
    let found = &account.diagnostics;
    let summary = Summary::of(found);
    match options.format {
        CheckFormat::Json => terminal::data(&format!("{:#}\n", json::document(found)))?,
        CheckFormat::Sarif => {
            terminal::data(&format!("{:#}\n", sarif::log(&options.case.case.display().to_string(), found)))?;
        }
        CheckFormat::Text => {
            let colour = terminal::colour();
            for diagnostic in found.iter().filter(|one| options.all || stands(one)) {
                terminal::data(&format!(
                    "{}\n\n",
                    text::diagnostic(&account.case, &options.case.case, diagnostic, colour)
                ))?;
            }
            let hidden = found.iter().filter(|one| !stands(one)).count();
            let hint = if options.all || hidden == 0 { "" } else { "; --all shows notes and what is accepted" };
            terminal::tell(&format!("{summary}{hint}; `plumb explain CODE` says more"));
        }
    }
    Ok(summary.exit(options.strict))
}

/// What a reader must act on: errors, and warnings that nobody has accepted.
fn stands(diagnostic: &Diagnostic) -> bool {
    match diagnostic.severity {
        Severity::Error => true,
        Severity::Warning => diagnostic.accepted.is_none(),
        Severity::Note => false,
    }
}
