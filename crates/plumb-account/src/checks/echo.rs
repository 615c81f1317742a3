//! P0407 by another sign: two origins that agree in several figures, as a copy agrees with its original.

use std::collections::BTreeMap;

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};

use super::figure::{Figure, significant_digits};
use super::voice::{Content, content};
use super::{Input, SHOWN};

/// Significant digits that two origins must share in two figures or more: chance gives four once in nine thousand.
const DIGITS: usize = 4;

/// How many origins may give one figure before it is common knowledge and no sign of copying.
const COMMON: usize = 8;

/// The first figure of each origin by what it says.
type Contents<'f, 'a> = BTreeMap<Content<'a>, BTreeMap<&'a str, &'f Figure<'a>>>;

/// Two origins with the figures that they share, one of each.
type Shared<'f, 'a> = BTreeMap<(&'a str, &'a str), Vec<(&'f Figure<'a>, &'f Figure<'a>)>>;

/// Counts what each two origins share. Their times may differ: who copies a figure often moves it to the present.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut contents = Contents::new();
    for figure in input.figures.iter().filter(|figure| !figure.origin.is_empty()) {
        contents.entry(content(figure)).or_default().entry(figure.origin).or_insert(figure);
    }
    let mut shared = Shared::new();
    for origins in contents.values().filter(|origins| (2..=COMMON).contains(&origins.len())) {
        for (one, figure) in origins {
            for (two, other) in origins.range(*one..).skip(1) {
                shared.entry((one, two)).or_default().push((figure, other));
            }
        }
    }
    (shared.iter()).filter(|(_, pairs)| is_telling(pairs)).filter_map(|(_, pairs)| report(input.case, pairs)).collect()
}

fn is_telling(pairs: &[(&Figure<'_>, &Figure<'_>)]) -> bool {
    let digits = |figure: &Figure<'_>| {
        let (low, best, high) = figure.quantity.numbers();
        [low, best, high].into_iter().flatten().map(significant_digits).sum::<usize>()
    };
    pairs.len() > 1 && pairs.iter().map(|(figure, _)| digits(figure)).sum::<usize>() >= DIGITS
}

fn report(case: &Case, pairs: &[(&Figure<'_>, &Figure<'_>)]) -> Option<Diagnostic> {
    let (first, _) = pairs.first()?;
    let (one, two) = pairs.first().map(|(one, two)| (one.origin, two.origin))?;
    let (earlier, later) = if made(case, one) <= made(case, two) { (one, two) } else { (two, one) };
    let message = format!("`{earlier}` and `{later}` agree in {} figures: is one the echo of the other?", pairs.len());
    let mut diagnostic = Diagnostic::new(codes::P0407, first.row.cell("origin"), message).saying(first.label(case));
    for figure in pairs.iter().flat_map(|(one, two)| [one, two]).skip(1).take(SHOWN) {
        diagnostic = diagnostic.also(figure.cell(), figure.label(case));
    }
    for (one, two) in pairs {
        diagnostic = diagnostic.about(one.reference.clone()).about(two.reference.clone());
    }
    Some(
        diagnostic
            .note("every origin counts as a voice of its own; a report told twice is still one")
            .help("find out what the later one rests on; give the claims one origin, or accept this with the reason")
            .about(Reference::new(Kind::Origin, earlier))
            .about(Reference::new(Kind::Origin, later)),
    )
}

/// When an origin was made, as far as it is told; what is undated comes last.
fn made(case: &Case, origin: &str) -> (bool, Option<plumb_core::date::PartialDate>) {
    let date = case.origins.get(origin).and_then(|origin| origin.date);
    (date.is_none(), date)
}
