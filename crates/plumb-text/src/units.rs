//! The unit of a figure that no word beside it names: shared with a neighbour, named elsewhere, or assumed.

use std::ops::Range;

use crate::line::{Item, Line};
use crate::quantity::Counted;
use crate::sentence::Reason;
use crate::terms::Sense;

/// A unit, its words, and how it was come by.
pub(crate) type Settled = (String, Option<Range<usize>>, Reason);

/// Neighbours in a list stand at most so many bytes apart.
const LIST: usize = 48;

impl Line<'_> {
    /// The unit of each figure; `None` for bare numbers that seem to count nothing.
    pub(crate) fn settle_units(&self, figures: &[Counted]) -> Vec<Option<Settled>> {
        let mut settled: Vec<Option<Settled>> = Vec::with_capacity(figures.len());
        for (index, figure) in figures.iter().enumerate() {
            let unit = match &figure.unit {
                Some((unit, words)) => Some((unit.clone(), Some(words.clone()), Reason::UnitNamed)),
                None => self.missing_unit(figures, index, &settled),
            };
            settled.push(unit);
        }
        settled
    }

    fn missing_unit(&self, figures: &[Counted], index: usize, settled: &[Option<Settled>]) -> Option<Settled> {
        let figure = figures.get(index)?;
        let next = figures.get(index + 1).filter(|next| self.is_listed(figure, next));
        if let Some((unit, words)) = next.and_then(|next| next.unit.clone()) {
            return Some((unit, Some(words), Reason::UnitShared));
        }
        let last = index.checked_sub(1).and_then(|last| figures.get(last).zip(settled.get(last)?.as_ref()));
        if let Some((_, (unit, words, _))) = last.filter(|(last, _)| self.is_listed(last, figure) && figure.is_plain())
        {
            return Some((unit.clone(), words.clone(), Reason::UnitShared));
        }
        if !figure.is_plain() {
            return None;
        }
        let floor = last.map_or(0, |(last, _)| last.range.end);
        if let Some((unit, words)) = self.counted_before(floor, figure.range.start) {
            return Some((unit, Some(words), Reason::UnitElsewhere));
        }
        let is_label = self.follows_a_name(figure);
        (!is_label).then(|| ("persons".to_owned(), None, Reason::UnitAssumed))
    }

    /// "Flight KOR 272", "Highway 61", "Boeing 737": a bare number right behind a capital word inside a sentence is a name.
    fn follows_a_name(&self, figure: &Counted) -> bool {
        let before = self.text.get(..figure.range.start).unwrap_or_default().trim_end();
        let word = before.rsplit(|one: char| !one.is_alphanumeric()).next().unwrap_or_default();
        let is_first = word.len() == before.len();
        !figure.is_figure && !is_first && word.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether two figures stand in one list: little between them, and a joining word or comma in it.
    pub(crate) fn is_listed(&self, one: &Counted, two: &Counted) -> bool {
        let between = one.range.end..two.range.start;
        if between.len() > LIST {
            return false;
        }
        let joins = self.items.iter().enumerate().any(|(at, item)| {
            item.range.start >= between.start
                && item.range.end <= between.end
                && (self.is(at, &Sense::Join) || self.is(at, &Sense::Link))
        });
        joins || self.text.get(between).is_some_and(|gap| gap.contains([',', '，', '、', '/']))
    }

    /// The counted noun before a byte: the one that "the number of" names, else the last.
    fn counted_before(&self, floor: usize, end: usize) -> Option<(String, Range<usize>)> {
        let between = |item: &Item<'_>| item.range.start >= floor && item.range.end <= end;
        let number_of = (0..self.items.len())
            .rfind(|at| self.is(*at, &Sense::NumberOf) && self.items.get(*at).is_some_and(between));
        let from = number_of.unwrap_or(0);
        let mut nouns = self.items.iter().enumerate().skip(from).filter(|(_, item)| between(item));
        let noun = |(at, item): (usize, &Item<'_>)| {
            let atom =
                self.sense(at, |sense| if let Sense::Counted(atom) = sense { Some(atom.clone()) } else { None })?;
            Some((crate::quantity::plural(&atom), item.range.clone()))
        };
        if number_of.is_some() { nouns.find_map(noun) } else { nouns.rev().find_map(noun) }
    }
}

impl Counted {
    /// A number that can stand without a noun: thousands set apart or scaled, or three digits and more.
    fn is_plain(&self) -> bool {
        self.is_figure || self.low >= rust_decimal::Decimal::ONE_HUNDRED
    }
}
