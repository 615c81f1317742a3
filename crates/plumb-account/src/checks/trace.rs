//! P0301: a question for a trace that names an end which no link, actor or site of the case has.

use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;

use super::Input;
use crate::trace::graph_of;

/// Looks up the ends of each question.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    if input.case.settings.traces.is_empty() {
        return Vec::new();
    }
    let graph = graph_of(input.case);
    let mut found = Vec::new();
    for asked in &input.case.settings.traces {
        let report =
            |message: String| Diagnostic::new(codes::P0301, asked.location.clone(), message).saying("this trace");
        for end in asked.from.iter().chain(&asked.to).filter(|end| graph.find(end).is_none()) {
            let message =
                format!("“{}” asks about `{}`, which nothing here has as its id", asked.question, end.escape_debug());
            let help = match graph.resolve(end) {
                Ok(node) => format!("write its id: `{}`", graph.id(node)),
                Err(_) => "write the id of an actor, or `site:…`, `place:…`, `group:…` as a link has it".to_owned(),
            };
            found.push(report(message).help(help));
        }
        if asked.from.is_empty() || asked.to.is_empty() {
            let message = format!("“{}” needs both `from` and `to`", asked.question);
            found.push(report(message).help("name where the trace begins and where it may end"));
        }
    }
    found
}
