//! P0501: a figure for a part above the figure for its whole.

use std::collections::BTreeMap;

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};

use super::figure::{Figure, Topic};
use super::wholes::{Part, TooSmall};
use super::{Input, listed};
use crate::index::name_of;

/// A part and the whole that it does not fit into.
type Misfit<'a> = (&'a Figure<'a>, TooSmall<'a>);

/// Holds each dated figure against the wholes around it and the parts inside it; of several that do not fit the nearest is
/// named. A whole that is below many figures for one part is told of once.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut misfits: Vec<Misfit<'_>> = Vec::new();
    for part in input.figures {
        let Some(held) = held(part) else { continue };
        let small = input.wholes.around(part.topic).iter().find_map(|whole| input.wholes.too_small(&held, *whole));
        misfits.extend(small.map(|small| (part, small)));
    }
    for whole in input.figures {
        let inside = input.wholes.inside(whole.topic).iter();
        misfits.extend(inside.filter_map(|part| input.wholes.too_large(*part, whole)));
    }
    let mut by_whole: BTreeMap<(&Reference, Topic<'_>), Vec<&Misfit<'_>>> = BTreeMap::new();
    for misfit in &misfits {
        by_whole.entry((&misfit.1.whole.reference, misfit.0.topic)).or_default().push(misfit);
    }
    by_whole.into_values().filter_map(|misfits| report(input.case, misfits)).collect()
}

fn held<'a>(figure: &Figure<'a>) -> Option<Part<'a>> {
    let (stated_low, tolerant_low) = (figure.exact.low, figure.tolerant.low);
    let (topic, voices) = (Some(figure.topic), figure.voices().collect());
    Some(Part { topic, days: figure.days()?, voices, stated_low, tolerant_low })
}

/// The whole with the lowest of its misfits, and the others in short.
fn report(case: &Case, mut misfits: Vec<&Misfit<'_>>) -> Option<Diagnostic> {
    misfits.sort_by_key(|(part, _)| (part.tolerant.low, &part.reference));
    misfits.dedup_by_key(|(part, _)| &part.reference);
    let ((part, small), others) = misfits.split_first()?;
    let whole = small.whole;
    let message = format!("a part is larger than its whole: {} against {}", part.named(), whole.named());
    let mut diagnostic = Diagnostic::new(codes::P0501, part.cell(), message)
        .saying(format!("the part: {}", part.label(case)))
        .also(whole.high_cell(), format!("the whole: {}", whole.label(case)))
        .note(relation(case, part.topic, whole.topic))
        .note(small.reason)
        .help("look both up: one may speak of another time, place or population, or has lost or gained a digit")
        .about(part.reference.clone())
        .about(whole.reference.clone());
    if !others.is_empty() {
        let named: Vec<String> = others.iter().map(|(part, _)| part.named()).collect();
        diagnostic = diagnostic.note(format!("above it as well: {}", listed(&named)));
        diagnostic.rows.extend(others.iter().map(|(part, _)| part.reference.clone()));
    }
    Some(diagnostic)
}

/// Why the one is a part of the other, in words.
fn relation(case: &Case, part: Topic<'_>, whole: Topic<'_>) -> String {
    let place = |code: &str| name_of(case, &Reference::new(Kind::Place, code));
    let mut reasons = Vec::new();
    if part.place != whole.place {
        reasons.push(format!("{} lies in {}", place(part.place), place(whole.place)));
    }
    if part.measure != whole.measure {
        reasons.push(format!("`{}` is a part of `{}` in measures.toml", part.measure, whole.measure));
    }
    if part.population != whole.population {
        reasons.push(format!("“{}” are some of all", part.population));
    }
    if reasons.is_empty() {
        reasons.push("the time of the one lies within that of the other".to_owned());
    }
    reasons.join("; ")
}
