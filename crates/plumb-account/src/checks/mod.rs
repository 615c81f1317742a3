//! The checks: what is wrong with a case that only shows when its records are held against each other.
//!
//! Each check is a function from the case to diagnostics, in the file of its topic; all of them are listed in [`all`].

use jiff::civil::Date;
use plumb_core::case::{Accepted, Case};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_duty::Position;

use crate::index::Index;

/// What a check may look at.
pub struct Context<'a> {
    /// The case.
    pub case: &'a Case,
    /// Who mentions whom.
    pub index: &'a Index,
    /// Where the bearers of duties stand.
    pub positions: &'a [Position],
    /// The day that "overdue" is measured against.
    pub as_of: Date,
}

type Check = fn(&Context<'_>) -> Vec<Diagnostic>;

/// Every check, in the order of the codes.
const CHECKS: &[Check] = &[];

/// Runs every check.
pub fn all(context: &Context<'_>) -> Vec<Diagnostic> {
    CHECKS.iter().flat_map(|check| check(context)).collect()
}

/// Marks the diagnostics that `case.toml` accepts, reports acceptances that nothing needs, and puts all in order.
pub fn settle(case: &Case, diagnostics: &mut Vec<Diagnostic>) {
    for accepted in &case.settings.accepted {
        let mut used = false;
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| fits(accepted, diagnostic)) {
            diagnostic.accepted = Some(accepted.reason.clone());
            used = true;
        }
        if !used {
            diagnostics.push(
                Diagnostic::new(
                    codes::P0801,
                    accepted.location.clone(),
                    format!("`{}` does not occur here", accepted.code),
                )
                .help("take the entry out of case.toml, or correct its code and rows"),
            );
        }
    }
    diagnostics.sort_by(|one, two| (one.location(), one.code).cmp(&(two.location(), two.code)));
}

fn fits(accepted: &Accepted, diagnostic: &Diagnostic) -> bool {
    accepted.code == diagnostic.code.id()
        && accepted.rows.iter().all(|id| diagnostic.rows.iter().any(|row| row.id == *id))
}
