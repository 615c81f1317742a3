//! Wholes: which topics contain which, and the highest figure for a whole at a time.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::measure::{Measure, Nature};

use super::figure::{Figure, Topic, Voice};
use super::timeline::{Timeline, Window};

/// Dated figures by topic, for finding the highest that is stated for a whole.
pub(super) struct Wholes<'a> {
    case: &'a Case,
    /// By topic, with rounding allowed for.
    by_anyone: BTreeMap<Topic<'a>, Timeline<&'a Figure<'a>>>,
    /// By topic and voice, as stated.
    by_voice: BTreeMap<(Topic<'a>, Voice<'a>), Timeline<&'a Figure<'a>>>,
    /// Which topics contain which.
    around: BTreeMap<Topic<'a>, Vec<Topic<'a>>>,
}

/// A whole that is too small for its part.
pub(super) struct TooSmall<'a> {
    /// The highest figure for the whole.
    pub(super) whole: &'a Figure<'a>,
    /// Whether one voice states part and whole.
    pub(super) one_voice: bool,
}

impl<'a> Wholes<'a> {
    /// The index of some figures.
    pub(super) fn new(case: &'a Case, figures: &'a [Figure<'a>]) -> Self {
        let mut topics: BTreeMap<Topic<'a>, Vec<_>> = BTreeMap::new();
        let mut voices: BTreeMap<(Topic<'a>, Voice<'a>), Vec<_>> = BTreeMap::new();
        for figure in figures {
            let Some(days) = figure.days() else { continue };
            topics.entry(figure.topic).or_default().push((days, figure.tolerant.high, figure));
            for voice in figure.voices() {
                voices.entry((figure.topic, voice)).or_default().push((days, figure.exact.high, figure));
            }
        }
        let by_anyone: BTreeMap<_, _> =
            topics.into_iter().map(|(topic, items)| (topic, Timeline::new(items))).collect();
        let around = by_anyone.keys().map(|topic| (*topic, around(case, *topic, &by_anyone))).collect();
        let by_voice = voices.into_iter().map(|(key, items)| (key, Timeline::new(items))).collect();
        Self { case, by_anyone, by_voice, around }
    }

    /// The topics with figures that contain a topic, the nearest first.
    pub(super) fn around(&self, topic: Topic<'a>) -> &[Topic<'a>] {
        self.around.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// The whole that has no room for a part, if there is one.
    ///
    /// Estimates differ, so only this counts: either no figure at all for the whole, rounding allowed for, reaches the part;
    /// or none by the very voice that states the part does, as stated, because whoever gives a part and a whole in one
    /// breath means them to fit.
    pub(super) fn too_small(&self, part: &Part<'a>, whole: Topic<'a>) -> Option<TooSmall<'a>> {
        let measure = self.case.measures.get(whole.measure)?;
        let window = if measure.adds_over_time { Window::covering(part.days) } else { Window::overlapping(part.days) };
        let by_voice = part.voices.iter().find_map(|voice| {
            let whole = self.by_voice.get(&(whole, *voice))?.highest(window)?;
            (whole.exact.high < part.stated_low).then_some(TooSmall { whole, one_voice: true })
        });
        by_voice.or_else(|| {
            let whole = self.by_anyone.get(&whole)?.highest(window)?;
            (whole.tolerant.high < part.tolerant_low).then_some(TooSmall { whole, one_voice: false })
        })
    }
}

/// What is held against a whole: one figure or a sum of several.
pub(super) struct Part<'a> {
    /// First and last day.
    pub(super) days: (jiff::civil::Date, jiff::civil::Date),
    /// Who states it.
    pub(super) voices: Vec<Voice<'a>>,
    /// Its lower end as stated.
    pub(super) stated_low: rust_decimal::Decimal,
    /// Its lower end with rounding allowed for.
    pub(super) tolerant_low: rust_decimal::Decimal,
}

/// The topics with figures that contain a topic, the nearest first: those that differ from it in one respect, then in two.
///
/// A whole is a place around the place, where figures add up over places; a measure that the measure is declared a part
/// of; everyone, where the population is narrower and people or things are counted (pay of a few may be above the average).
fn around<'a, T>(case: &'a Case, topic: Topic<'a>, known: &BTreeMap<Topic<'a>, T>) -> Vec<Topic<'a>> {
    let Some(own) = case.measures.get(topic.measure) else { return Vec::new() };
    let mut found = Vec::new();
    for measure in ancestors(case, own) {
        let adds = measure.adds_over_places;
        let outer = if adds { case.places.containers(topic.place) } else { BTreeSet::new() };
        let counts = adds || matches!(measure.nature, Nature::Stock | Nature::Flow);
        let everyone = (counts && !topic.population.is_empty()).then_some("");
        for place in [topic.place].into_iter().chain(outer) {
            for population in [topic.population].into_iter().chain(everyone) {
                found.push(Topic { measure: &measure.id, place, population });
            }
        }
    }
    found.retain(|whole| *whole != topic && known.contains_key(whole));
    found.sort_by_key(|whole| {
        let step = |one: &str, two: &str| usize::from(one != two);
        let steps = step(whole.measure, topic.measure) + step(whole.place, topic.place);
        (steps + step(whole.population, topic.population), *whole)
    });
    found
}

/// A measure and all that it is a part of, itself first; measures in a circle are walked once.
fn ancestors<'a>(case: &'a Case, measure: &'a Measure) -> Vec<&'a Measure> {
    let mut found = vec![measure];
    let mut position = 0;
    while let Some(next) = found.get(position).copied() {
        for whole in next.part_of.iter().filter_map(|id| case.measures.get(id)) {
            if found.iter().all(|known| known.id != whole.id) {
                found.push(whole);
            }
        }
        position += 1;
    }
    found
}
