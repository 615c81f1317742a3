//! P0607 to P0610: pay records that overlap, that have more hours than days, or that lack what a reckoning needs.

use plumb_core::case::{Case, Wage};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::figure::group;
use plumb_duty::owed::{Fault, faults};

use super::Input;

/// The faults of the pay records, as the reckoning of wages owed finds them.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    faults(input.case).iter().filter_map(|fault| report(input.case, fault)).collect()
}

fn report(case: &Case, fault: &Fault) -> Option<Diagnostic> {
    let wage = case.wages.get(fault.wage())?;
    let found = match fault {
        Fault::Overlap { first, .. } => overlap(case, wage, first)?,
        Fault::NoStretch { .. } => {
            Diagnostic::new(codes::P0609, wage.row.cell("period"), format!("`{}` has no first and last day", wage.id))
                .saying("left out of what is owed")
                .help("write START/END, at most sixty years apart")
        }
        Fault::TooManyHours { hours, most, .. } => {
            let message = format!("{} hours in a stretch that has {}", group(hours), group(most));
            Diagnostic::new(codes::P0608, wage.row.cell("hours"), message)
                .saying("counts as not on record")
                .help("`hours` is the sum over the stretch for one worker; rest days stand in `rest_hours`")
        }
        Fault::PaidBefore { first, .. } => {
            let message = format!("paid before the work began on {first}");
            Diagnostic::new(codes::P0610, wage.row.cell("paid_on"), message)
                .saying("counts as paid when it was due")
                .help("check both dates")
        }
        Fault::Currency { .. } => {
            let message = match wage.currency.as_str() {
                "" => format!("the amounts of `{}` have no currency", wage.id),
                word => format!("`{word}` is not the code of a currency"),
            };
            Diagnostic::new(codes::P0609, wage.row.cell("currency"), message)
                .saying("its amounts count as not on record")
                .help("write three capital letters, such as RUB or USD")
        }
    };
    Some(found.about(wage.reference()))
}

fn overlap(case: &Case, wage: &Wage, first: &str) -> Option<Diagnostic> {
    let standing = case.wages.get(first)?;
    let message = format!("`{}` and `{first}` are about the same days of {}", wage.id, wage.worker);
    let found = Diagnostic::new(codes::P0607, wage.row.cell("period"), message)
        .saying("left out of what is owed")
        .also(standing.row.cell("period"), "these days stand")
        .help("correct the periods, or give each contract a label of its own in `worker`");
    Some(found.about(standing.reference()))
}
