//! P0603: a designation before the event that it cites as its ground.

use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;

use super::Input;

/// Compares the date of each designation with that of its event, as far as both are known.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let too_early = input.case.actors.iter().filter_map(|actor| {
        let (designated, event) = (actor.designated?, input.case.events.get(&actor.event)?);
        (designated.latest() < event.date.earliest()).then(|| {
            let message =
                format!("`{}` was designated on {designated}, before `{}` of {}", actor.id, event.id, event.date);
            Diagnostic::new(codes::P0603, actor.row.cell("designated"), message)
                .saying("the designation")
                .also(event.row.cell("date"), "the event that it cites as its ground")
                .note("what has not happened yet cannot be the ground of a designation")
                .help("correct one of the dates, or name the right event")
                .about(actor.reference())
                .about(event.reference())
        })
    });
    too_early.collect()
}
