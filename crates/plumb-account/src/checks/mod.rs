//! The checks: what is wrong with a case that only shows when its records are held against each other.
//!
//! Each check is a function from the case to diagnostics, in the file of its topic; all of them are listed in [`all`].
//! None looks at every pair of figures: each builds the index that its question needs, so that ten thousand claims are
//! checked in a fraction of a second.

use std::collections::BTreeSet;

use jiff::civil::Date;
use plumb_core::case::{Accepted, Case};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_duty::Position;

use crate::index::Index;
use figure::Figure;
use wholes::Wholes;

mod actor;
mod breakdown;
mod citation;
mod difference;
mod duty;
mod echo;
mod figure;
mod headline;
mod indicator;
mod instrument;
mod part;
mod repetition;
mod slip;
mod split;
mod swap;
mod timeline;
mod trace;
mod voice;
mod wages;
mod wholes;

/// Records that one diagnostic points at, at most: the first of a hundred repeats tell as much as all of them.
const SHOWN: usize = 6;

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

/// The same with what several checks need, worked out once.
struct Input<'a> {
    case: &'a Case,
    index: &'a Index,
    positions: &'a [Position],
    as_of: Date,
    figures: &'a [Figure<'a>],
    wholes: &'a Wholes<'a>,
}

type Check = for<'a> fn(&Input<'a>) -> Vec<Diagnostic>;

/// Every check, in the order of the codes.
const CHECKS: &[Check] = &[
    citation::sources,
    repetition::check,
    voice::check,
    echo::check,
    citation::origins,
    citation::twins,
    part::check,
    breakdown::check,
    difference::check,
    swap::check,
    split::check,
    slip::check,
    duty::late,
    duty::silent,
    actor::check,
    duty::reversed,
    duty::disagreeing,
    instrument::check,
    wages::check,
    indicator::unknown,
    indicator::loose,
    duty::idle_evidence,
    duty::replaced,
    duty::contradicted,
    headline::check,
    trace::check,
];

/// Runs every check.
pub fn all(context: &Context<'_>) -> Vec<Diagnostic> {
    let Context { case, index, positions, as_of } = *context;
    let figures = figure::all(case);
    let wholes = Wholes::new(case, &figures);
    let input = Input { case, index, positions, as_of, figures: &figures, wholes: &wholes };
    CHECKS.iter().flat_map(|check| check(&input)).collect()
}

/// Whether only weighing the claims of a case finds diagnostics of a code.
fn is_weighed(case: &Case, code: &str) -> bool {
    case.model.is_some() && code == codes::P0908.id()
}

/// Marks what `case.toml` accepts of what the reader and the checks found, reports acceptances that nothing needs, and puts all in order.
pub fn settle(case: &Case, diagnostics: &mut Vec<Diagnostic>) {
    settle_those(case, diagnostics, |code| !is_weighed(case, code));
}

/// The same of what only weighing found.
pub fn settle_weighed(case: &Case, diagnostics: &mut Vec<Diagnostic>) {
    settle_those(case, diagnostics, |code| is_weighed(case, code));
}

/// Settles what acceptances of these codes concern.
fn settle_those(case: &Case, diagnostics: &mut Vec<Diagnostic>, concerns: impl Fn(&str) -> bool) {
    for accepted in case.settings.accepted.iter().filter(|accepted| concerns(&accepted.code)) {
        let mut idle: BTreeSet<&str> = accepted.rows.iter().map(String::as_str).collect();
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| fits(accepted, diagnostic)) {
            diagnostic.accepted = Some(accepted.reason.clone());
            for row in &diagnostic.rows {
                idle.remove(row.id.as_str());
            }
        }
        if !idle.is_empty() || accepted.rows.is_empty() {
            diagnostics.push(unused(accepted, &idle));
        }
    }
    diagnostics.sort_by(|one, two| (one.location(), one.code).cmp(&(two.location(), two.code)));
}

fn unused(accepted: &Accepted, idle: &BTreeSet<&str>) -> Diagnostic {
    let rows = idle.iter().map(|row| format!("`{row}`")).collect::<Vec<_>>();
    let about = if rows.is_empty() { String::new() } else { format!(" about {}", listed(&rows)) };
    let message = format!("there is no `{}`{about} to accept", accepted.code);
    Diagnostic::new(codes::P0801, accepted.location.clone(), message)
        .saying("accepts nothing")
        .help("take it out of case.toml, or correct its code and rows: an entry names every record of what it accepts")
}

/// Every record that the diagnostic is about must be one that the entry names, so that one entry can cover many of a kind
/// and none by accident.
fn fits(accepted: &Accepted, diagnostic: &Diagnostic) -> bool {
    accepted.code == diagnostic.code.id()
        && !diagnostic.rows.is_empty()
        && diagnostic.rows.iter().all(|row| accepted.rows.contains(&row.id))
}

/// Words in a row: `a, b and c`; after the first few only how many more there are.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if words.len() <= SHOWN => format!("{} and {last}", first.join(", ")),
        _ => {
            let shown: Vec<&str> = words.iter().take(SHOWN).map(String::as_str).collect();
            format!("{} and {} more", shown.join(", "), words.len() - SHOWN)
        }
    }
}
