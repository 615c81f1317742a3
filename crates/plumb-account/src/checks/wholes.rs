//! Parts and wholes: which topics contain which, the highest figure for a whole and the lowest for a part at a time.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::measure::{Measure, Nature};
use rust_decimal::Decimal;

use super::figure::{Figure, Topic, Voice, grows_over_time};
use super::timeline::{Days, Timeline, Window};

/// Dated figures by topic, for finding the highest that is stated for a whole and the lowest for a part.
pub(super) struct Wholes<'a> {
    /// The highest first, rounding allowed for.
    highest: BTreeMap<Topic<'a>, Timeline<&'a Figure<'a>>>,
    /// The same of one voice, as stated.
    highest_of_voice: BTreeMap<(Topic<'a>, Voice<'a>), Timeline<&'a Figure<'a>>>,
    /// The lowest first, rounding allowed for; mirrored for measures that grow over time.
    lowest: BTreeMap<Topic<'a>, Timeline<&'a Figure<'a>>>,
    /// Topics that contain a topic.
    around: BTreeMap<Topic<'a>, Vec<Topic<'a>>>,
    /// Topics that a topic contains.
    inside: BTreeMap<Topic<'a>, Vec<Topic<'a>>>,
}

/// A whole that is too small for its part.
pub(super) struct TooSmall<'a> {
    /// The figure for the whole.
    pub(super) whole: &'a Figure<'a>,
    /// Why no other figure saves it.
    pub(super) reason: &'static str,
}

impl<'a> Wholes<'a> {
    /// The index of some figures.
    pub(super) fn new(case: &'a Case, figures: &'a [Figure<'a>]) -> Self {
        let (mut highest, mut lowest) = (Items::<'a, Topic<'a>>::new(), Items::<'a, Topic<'a>>::new());
        for figure in figures {
            let Some(days) = figure.days() else { continue };
            highest.entry(figure.topic).or_default().push((days, figure.tolerant.high, figure));
            lowest.entry(figure.topic).or_default().push((days, -figure.tolerant.low, figure));
        }
        let around: BTreeMap<_, _> = highest.keys().map(|topic| (*topic, around(case, *topic, &highest))).collect();
        let mut inside: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (part, wholes) in &around {
            for whole in wholes {
                inside.entry(*whole).or_default().push(*part);
            }
        }
        let grows = |topic: &Topic<'_>| case.measures.get(topic.measure).is_some_and(grows_over_time);
        let lowest = lowest.into_iter().map(|(topic, items)| {
            (topic, if grows(&topic) { Timeline::mirrored(items) } else { Timeline::new(items) })
        });
        Self {
            highest: highest.into_iter().map(|(topic, items)| (topic, Timeline::new(items))).collect(),
            highest_of_voice: voices(figures, &inside)
                .into_iter()
                .map(|(key, items)| (key, Timeline::new(items)))
                .collect(),
            lowest: lowest.collect(),
            around,
            inside,
        }
    }

    /// The topics with figures that contain a topic, the nearest first.
    pub(super) fn around(&self, topic: Topic<'a>) -> &[Topic<'a>] {
        self.around.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// The topics with figures that a topic contains.
    pub(super) fn inside(&self, topic: Topic<'a>) -> &[Topic<'a>] {
        self.inside.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// The highest figure for a whole, when it has no room for a part.
    ///
    /// Estimates differ, so a single pair proves little. This counts: no figure at all for the whole reaches the part,
    /// rounding allowed for; or none by the very voice that states the part does, as stated, because whoever gives a part
    /// and a whole in one breath means them to fit.
    pub(super) fn too_small(&self, part: &Part<'a>, whole: Topic<'a>) -> Option<TooSmall<'a>> {
        let by_voice = part.voices.iter().find_map(|voice| {
            let whole = highest_at(self.highest_of_voice.get(&(whole, *voice))?, part.days, part.topic == Some(whole))?;
            let reason = "one voice states part and whole, and gives no larger figure for the whole";
            (whole.exact.high < part.stated_low).then_some(TooSmall { whole, reason })
        });
        by_voice.or_else(|| {
            let whole = highest_at(self.highest.get(&whole)?, part.days, part.topic == Some(whole))?;
            let reason = "no figure for the whole at this time is as large as the part, rounding allowed for";
            (whole.tolerant.high < part.tolerant_low).then_some(TooSmall { whole, reason })
        })
    }

    /// The lowest figure for a part, when it is above a whole: no figure for the part, rounding allowed for, fits into it.
    pub(super) fn too_large(&self, part: Topic<'a>, whole: &'a Figure<'a>) -> Option<(&'a Figure<'a>, TooSmall<'a>)> {
        let grows = grows_over_time(whole.measure);
        let days = whole.days()?;
        let timeline = self.lowest.get(&part)?;
        let part = match grows {
            true if part == whole.topic => {
                highest_of(timeline, Window::within(days).strictly(), |part| -part.tolerant.low)?
            }
            true => timeline.highest(Window::within(days))?,
            false => timeline.highest(Window::overlapping(days))?,
        };
        let reason = "no figure for the part at this time is as small as the whole, rounding allowed for";
        let fits = grows_over_time(part.measure) == grows && part.tolerant.low > whole.tolerant.high;
        fits.then_some((part, TooSmall { whole, reason }))
    }
}

/// Figures on their way into timelines.
type Items<'a, K> = BTreeMap<K, Vec<(Days, Decimal, &'a Figure<'a>)>>;

/// Figures for wholes by topic and voice.
fn voices<'a, T>(figures: &'a [Figure<'a>], inside: &BTreeMap<Topic<'a>, T>) -> Items<'a, (Topic<'a>, Voice<'a>)> {
    let mut found = Items::<'a, (Topic<'a>, Voice<'a>)>::new();
    for figure in figures.iter().filter(|figure| inside.contains_key(&figure.topic)) {
        let Some(days) = figure.days() else { continue };
        for voice in figure.voices() {
            found.entry((figure.topic, voice)).or_default().push((days, figure.exact.high, figure));
        }
    }
    found
}

/// The highest figure about a time: one that overlaps it; of what grows over time, one that covers it, and if `longer` not
/// it alone.
fn highest_at<'a>(timeline: &Timeline<&'a Figure<'a>>, days: Days, longer: bool) -> Option<&'a Figure<'a>> {
    let any = timeline.highest(Window::overlapping(days))?;
    match grows_over_time(any.measure) {
        true if longer => highest_of(timeline, Window::covering(days).strictly(), |whole| whole.tolerant.high),
        true => timeline.highest(Window::covering(days)),
        false => Some(any),
    }
}

/// The highest figure of two windows.
fn highest_of<'a>(
    timeline: &Timeline<&'a Figure<'a>>,
    windows: [Window; 2],
    height: fn(&Figure<'_>) -> Decimal,
) -> Option<&'a Figure<'a>> {
    windows.into_iter().filter_map(|window| timeline.highest(window)).max_by_key(|figure| height(figure))
}

/// What is held against a whole: one figure or a sum of several.
pub(super) struct Part<'a> {
    /// What it is about, if it is one figure.
    pub(super) topic: Option<Topic<'a>>,
    /// First and last day.
    pub(super) days: Days,
    /// Who states it.
    pub(super) voices: Vec<Voice<'a>>,
    /// Its lower end as stated.
    pub(super) stated_low: Decimal,
    /// Its lower end with rounding allowed for.
    pub(super) tolerant_low: Decimal,
}

/// The topics with figures that contain a topic, the nearest first: those that differ from it in one respect, then in two.
///
/// A whole is a place around the place, where figures add up over places; a measure that the measure is declared a part
/// of; everyone, where the population is narrower and people or things are counted (pay of a few may be above the average);
/// and the topic itself where figures add up over time, since a longer time is then a whole of a shorter one.
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
    found.retain(|whole| (*whole != topic || own.adds_over_time) && known.contains_key(whole));
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
