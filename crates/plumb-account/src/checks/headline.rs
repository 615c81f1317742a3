//! P0704: a question of the front page that no claim answers.

use plumb_core::case::Headline;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};

use super::{Input, listed};
use crate::index::name_of;
use crate::key::RangeKey;
use crate::range::Range;

/// Asks for the range of each headline.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    input.case.settings.headlines.iter().filter_map(|headline| unanswered(input, headline)).collect()
}

fn unanswered(input: &Input<'_>, headline: &Headline) -> Option<Diagnostic> {
    let Headline { measure, place, population, period, location, .. } = headline;
    let report = |message: String| Diagnostic::new(codes::P0704, location.clone(), message).saying("this headline");
    let Some(period) = *period else {
        let help = "give it the period that is asked about: period = \"2017-12\"";
        return Some(report(format!("“{}” has no period, so it cannot be answered", headline.question)).help(help));
    };
    let (measure, place, population) = (measure.clone(), place.clone(), population.clone());
    let range = Range::of(input.case, RangeKey { measure, place, period, population })?;
    if !range.is_empty() {
        return None;
    }
    let name = |kind, id: &str| name_of(input.case, &Reference::new(kind, id));
    let (measure, place) = (name(Kind::Measure, &headline.measure), name(Kind::Place, &headline.place));
    let left_out: Vec<String> = range.left_out.iter().map(|(id, reason)| format!("`{id}` is {reason}")).collect();
    let mut diagnostic = report(format!("no claim answers “{}”", headline.question))
        .help("add a claim, ask about another time or population, or take the question out");
    if left_out.is_empty() {
        let whom =
            if headline.population.is_empty() { String::new() } else { format!(", “{}”", headline.population) };
        diagnostic = diagnostic.note(format!("there is none about {measure}, {place}, {period}{whom}"));
    } else {
        diagnostic = diagnostic.note(format!("left out: {}", listed(&left_out)));
    }
    diagnostic.rows.extend(range.left_out.iter().map(|(id, _)| Reference::new(Kind::Claim, id.as_str())));
    Some(diagnostic)
}
