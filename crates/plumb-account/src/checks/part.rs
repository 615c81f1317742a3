//! P0501: a figure for a part above the figure for its whole.

use std::collections::BTreeSet;

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};

use super::Input;
use super::figure::{Figure, Topic};
use super::wholes::{Part, TooSmall};
use crate::index::name_of;

/// Holds each dated figure against the wholes around it and the parts inside it; of several that do not fit the nearest is
/// named.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for part in input.figures {
        let Some(held) = held(part) else { continue };
        let small = input.wholes.around(part.topic).iter().find_map(|whole| input.wholes.too_small(&held, *whole));
        found.extend(small.map(|small| (part, small)));
    }
    for whole in input.figures {
        let inside = input.wholes.inside(whole.topic).iter();
        found.extend(inside.filter_map(|part| input.wholes.too_large(*part, whole)));
    }
    found.retain(|(part, small)| told.insert((&part.reference, &small.whole.reference)));
    found.iter().map(|(part, small)| report(input.case, part, small)).collect()
}

fn held<'a>(figure: &Figure<'a>) -> Option<Part<'a>> {
    let (stated_low, tolerant_low) = (figure.exact.low, figure.tolerant.low);
    Some(Part { days: figure.days()?, voices: figure.voices().collect(), stated_low, tolerant_low })
}

fn report(case: &Case, part: &Figure<'_>, small: &TooSmall<'_>) -> Diagnostic {
    let whole = small.whole;
    let message = format!("a part is larger than its whole: {} against {}", part.named(), whole.named());
    Diagnostic::new(codes::P0501, part.cell(), message)
        .saying(format!("the part: {}", part.label(case)))
        .also(whole.high_cell(), format!("the whole: {}", whole.label(case)))
        .note(relation(case, part.topic, whole.topic))
        .note(small.reason)
        .help("look both up: one may speak of another time, place or population, or has lost or gained a digit")
        .about(part.reference.clone())
        .about(whole.reference.clone())
}

/// Why the one is a part of the other, in words.
pub(super) fn relation(case: &Case, part: Topic<'_>, whole: Topic<'_>) -> String {
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
    reasons.join("; ")
}
