//! P0501 for several parts at once: figures of one voice for separate places that add up to more than the whole.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::figure;
use plumb_core::place::{Gazetteer, PlaceKind};
use plumb_core::reference::{Kind, Reference};
use rust_decimal::Decimal;

use super::figure::{Figure, Topic, Voice};
use super::wholes::{Part, TooSmall, Wholes};
use super::{Input, listed};
use crate::index::name_of;

/// Figures that one voice gives for places, all for one measure, population and time: a breakdown.
///
/// The time must be the very same: only then did somebody mean them to stand beside each other.
type Breakdowns<'a> = BTreeMap<(&'a str, &'a str, Voice<'a>, (Date, Date)), BTreeMap<&'a str, &'a Figure<'a>>>;

/// Adds up every breakdown within each place around it.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for ((_, _, voice, days), places) in breakdowns(input.figures).iter().filter(|(_, places)| places.len() > 1) {
        for (whole, inside) in by_whole(input.wholes, places) {
            let parts = separate(&input.case.places, &inside);
            let Some(part) = sum(&parts, *voice, *days) else { continue };
            let Some(small) = input.wholes.too_small(&part, whole) else { continue };
            let mut ids: Vec<&Reference> = parts.iter().map(|part| &part.reference).collect();
            ids.push(&small.whole.reference);
            // A single part above the whole is told of by itself; an origin and its only source say the same thing twice.
            let by_itself = parts.iter().any(|part| part.exact.low > small.whole.exact.high);
            if !by_itself && told.insert(ids.into_iter().cloned().collect::<Vec<_>>()) {
                found.push(report(input.case, &parts, &part, &small));
            }
        }
    }
    found
}

/// Of several figures for one place the lowest counts; "up to" says nothing about how much there is at least.
fn breakdowns<'a>(figures: &'a [Figure<'a>]) -> Breakdowns<'a> {
    let mut found = Breakdowns::new();
    for figure in figures.iter().filter(|figure| figure.measure.adds_over_places && figure.exact.low > Decimal::MIN) {
        let Some(days) = figure.days() else { continue };
        for voice in figure.voices() {
            let key = (figure.topic.measure, figure.topic.population, voice, days);
            let kept = found.entry(key).or_default().entry(figure.topic.place).or_insert(figure);
            if figure.exact.low < kept.exact.low {
                *kept = figure;
            }
        }
    }
    found
}

/// The parts of a breakdown by the whole that they lie in, where there are two or more.
fn by_whole<'a>(
    wholes: &Wholes<'a>,
    places: &BTreeMap<&'a str, &'a Figure<'a>>,
) -> BTreeMap<Topic<'a>, Vec<&'a Figure<'a>>> {
    let mut found: BTreeMap<Topic<'a>, Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in places.values() {
        for whole in wholes.around(figure.topic) {
            let only_the_place = *whole == (Topic { place: whole.place, ..figure.topic });
            if only_the_place && whole.place != figure.topic.place {
                found.entry(*whole).or_default().push(figure);
            }
        }
    }
    found.retain(|_, inside| inside.len() > 1);
    found
}

/// Parts that have no place in common, the largest first.
fn separate<'a>(places: &Gazetteer, parts: &[&'a Figure<'a>]) -> Vec<&'a Figure<'a>> {
    let mut sorted = parts.to_vec();
    sorted.sort_by_key(|part| (std::cmp::Reverse(part.exact.low), part.topic.place));
    let (mut taken, mut above_taken) = (BTreeSet::new(), BTreeSet::new());
    sorted.retain(|part| {
        let above = touching(places, part.topic.place);
        let free = !above_taken.contains(part.topic.place) && above.iter().all(|place| !taken.contains(place));
        if free {
            taken.insert(part.topic.place);
            above_taken.extend(above);
        }
        free
    });
    sorted
}

/// The places that contain a place or, for a group, any of its members.
fn touching<'a>(places: &'a Gazetteer, code: &'a str) -> BTreeSet<&'a str> {
    let mut found = places.containers(code);
    found.insert(code);
    let mut open = vec![code];
    let mut seen = BTreeSet::from([code]);
    while let Some(group) = open.pop() {
        let group = places.get(group).filter(|place| place.kind == PlaceKind::Group);
        for member in group.into_iter().flat_map(|group| &group.members) {
            found.insert(member);
            found.extend(places.containers(member));
            if seen.insert(member) {
                open.push(member);
            }
        }
    }
    found
}

fn sum<'a>(parts: &[&Figure<'a>], voice: Voice<'a>, days: (Date, Date)) -> Option<Part<'a>> {
    let add =
        |low: fn(&Figure<'_>) -> Decimal| parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(low(part)));
    let (stated_low, tolerant_low) = (add(|part| part.exact.low)?, add(|part| part.tolerant.low)?);
    (parts.len() > 1).then(|| Part { days, topic: None, voices: vec![voice], stated_low, tolerant_low })
}

fn report(case: &Case, parts: &[&Figure<'_>], part: &Part<'_>, small: &TooSmall<'_>) -> Diagnostic {
    let whole = small.whole;
    let sum = figure::interval(Some(part.stated_low), Some(part.stated_low), &whole.measure.unit, true);
    let place = name_of(case, &Reference::new(Kind::Place, whole.topic.place));
    let message = format!("the parts add up to more than their whole: {sum} within {place} against {}", whole.named());
    let named = parts.iter().map(|part| part.named()).collect::<Vec<_>>();
    let mut diagnostic = Diagnostic::new(codes::P0501, whole.high_cell(), message)
        .saying(format!("the whole: {}", whole.label(case)))
        .note(format!("the parts: {}", listed(&named)))
        .note(small.reason)
        .help("look them up: the figures may be of different times, may overlap, or one has lost or gained a digit");
    for part in parts.iter().take(super::SHOWN) {
        diagnostic = diagnostic.also(part.cell(), format!("a part: {}", part.label(case)));
    }
    diagnostic.rows.extend(parts.iter().map(|part| part.reference.clone()));
    diagnostic.about(whole.reference.clone())
}
