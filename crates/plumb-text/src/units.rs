//! The unit of a figure that no word beside it names: shared with a neighbour, named elsewhere, or assumed.

use std::ops::Range;

use crate::line::Line;
use crate::quantity::{Counted, is_money};
use crate::sentence::Reason;
use crate::terms::{LONGEST_WORD, Sense};

/// A unit, its words, and how it was come by.
pub(crate) type Settled = (String, Option<Range<usize>>, Reason);

/// A noun that a number counts stands at most so many bytes before it.
const NOUN_REACH: usize = 240;

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
        let shared = last.filter(|(last, (unit, ..))| {
            (self.goes_on(last, figure) || self.pays_on(last, unit, figure)) && figure.is_plain()
                || self.is_other_end(last, figure)
        });
        if let Some((_, (unit, words, _))) = shared {
            return Some((unit.clone(), words.clone(), Reason::UnitShared));
        }
        // "visas … two thirds of the 9,700": a share counts no noun, so that it keeps none from the next figure
        let is_count = |(_, (unit, ..)): &(&Counted, &Settled)| unit != "share";
        let floor = last.filter(is_count).map_or(0, |(last, _)| last.range.end);
        let (counted, is_number_of) = self.counted_before(floor, figure.range.start);
        if let Some((unit, words)) = counted.filter(|_| figure.is_plain() || is_number_of && self.is_told(figure)) {
            return Some((unit, Some(words), Reason::UnitElsewhere));
        }
        if !figure.is_plain() {
            return None;
        }
        let is_label = self.follows_a_name(figure);
        (!is_label).then(|| ("persons".to_owned(), None, Reason::UnitAssumed))
    }

    /// "Flight KOR 272", "Highway 61", "Boeing 737": a bare number right behind a capital word inside a sentence is a name.
    fn follows_a_name(&self, figure: &Counted) -> bool {
        let before = self.text.get(..figure.range.start).unwrap_or_default().trim_end();
        let letters = || before.chars().rev().take(LONGEST_WORD).take_while(|one| one.is_alphanumeric());
        let is_first = letters().map(char::len_utf8).sum::<usize>() == before.len();
        !figure.is_figure && !is_first && letters().last().is_some_and(char::is_uppercase)
    }

    /// Whether a figure counts what the one before it does: in a list, or as the other end of a change, "jumped to 7,000 in
    /// 2019 from 2,600 in 2018".
    fn goes_on(&self, last: &Counted, figure: &Counted) -> bool {
        self.is_listed(last, figure) || self.is_other_end(last, figure)
    }

    /// "rose from 41 in 2016 to 97 in 2022": the other end of a change, however small.
    pub(crate) fn is_other_end(&self, last: &Counted, figure: &Counted) -> bool {
        let between = last.range.end..figure.range.start;
        let from = |at: usize| self.is(at, &Sense::From) || self.is(at, &Sense::Link);
        let mut items = self.items_in(&between);
        between.len() <= LIST && items.any(|at| from(at) && self.changes(at))
    }

    /// "were promised 55,000 rubles a month but received less than 12,000": a sum behind a word of pay is money too.
    fn pays_on(&self, last: &Counted, unit: &str, figure: &Counted) -> bool {
        let between = last.range.end..figure.range.start;
        let pays = |sense: &Sense| matches!(sense, Sense::Cue(cue) if matches!(cue.as_str(), "wage" | "net" | "deduct" | "receive"));
        let is_between = |one: &Range<usize>| between.start <= one.start && one.end <= between.end;
        let mut words = self.context.iter().filter(|one| is_between(&one.range));
        is_money(unit) && between.len() <= LIST && words.any(|one| one.senses.iter().any(pays))
    }

    /// Whether a word of change or of being stands right before a figure: "the number of firms fell to 12".
    fn is_told(&self, figure: &Counted) -> bool {
        let before = self.items.partition_point(|item| item.range.end <= figure.range.start).checked_sub(1);
        let links = |at: usize| self.is(at, &Sense::From) || self.is(at, &Sense::Link);
        before.is_some_and(|at| links(at) && self.changes(at) || self.is(at, &Sense::Thing) || self.word(at) == "at")
    }

    /// Whether two figures stand in one list: little between them, and a joining word or comma in it.
    pub(crate) fn is_listed(&self, one: &Counted, two: &Counted) -> bool {
        let between = one.range.end..two.range.start;
        // what stands over a tag is no neighbour
        let gap = self.text.get(between.clone()).unwrap_or_default();
        if between.len() > LIST || gap.contains(['<', '>', '{', '}']) {
            return false;
        }
        let joins = self.items_in(&between).any(|at| self.is(at, &Sense::Join) || self.is(at, &Sense::Link));
        joins || gap.contains([',', '，', '、', '/'])
    }

    /// The counted noun before a byte: the one that "the number of" names, else the last; and whether such words stand there.
    fn counted_before(&self, floor: usize, end: usize) -> (Option<(String, Range<usize>)>, bool) {
        let before = self.items_in(&(floor.max(end.saturating_sub(NOUN_REACH))..end));
        let number_of = before.clone().rfind(|at| self.is(*at, &Sense::NumberOf));
        let noun = |at: usize| {
            let (last, unit) = self.compound(at, self.counted(at)?);
            Some((unit, self.span(last, last + 1)))
        };
        if let Some(first) = number_of {
            return ((first..before.end).find_map(noun), true);
        }
        // of "permits issued to workers fell" the permits are counted: a noun behind a preposition only where no other is
        let free = before.clone().rev().filter(|at| !self.is_preposed(*at)).find_map(noun);
        (free.or_else(|| before.rev().find_map(noun)), false)
    }

    /// Whether a preposition stands before a noun, over an adjective or two: "to North Korean workers".
    fn is_preposed(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        let gap = self.gap(before);
        let is_phrase = gap.split_whitespace().count() <= 2 && !gap.contains(|one: char| one.is_ascii_punctuation());
        is_phrase && self.is(before, &Sense::Placing)
    }

    /// The positions of the items that lie in a range.
    fn items_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.items.partition_point(|item| item.range.start < range.start);
        first..self.items.partition_point(|item| item.range.end <= range.end).max(first)
    }
}

impl Counted {
    /// A number that can stand without a noun: thousands set apart or scaled, or three digits and more.
    fn is_plain(&self) -> bool {
        self.is_figure || self.low >= rust_decimal::Decimal::ONE_HUNDRED
    }
}
