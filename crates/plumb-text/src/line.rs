//! A sentence as the rules see it: numerals and words of grammar in order, with context and names beside them.

use std::ops::Range;

use crate::Language;
use crate::gazetteer::Named;
use crate::numeral::Numeral;
use crate::terms::{Found, Sense};

/// A numeral or a word of grammar.
#[derive(Clone, Debug)]
pub(crate) struct Item<'r> {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind<'r>,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'r> {
    /// Digits.
    Numeral(Numeral),
    /// A word of the rules.
    Word(&'r [Sense]),
}

/// A sentence with what was found in it. Ranges are within the sentence.
pub(crate) struct Line<'r> {
    pub(crate) text: &'r str,
    pub(crate) folded: &'r str,
    pub(crate) language: Language,
    pub(crate) items: Vec<Item<'r>>,
    pub(crate) context: Vec<Found<'r>>,
    pub(crate) names: Vec<Named<'r>>,
}

impl<'r> Line<'r> {
    /// Numerals and words in one row; of a numeral and a word in one place the numeral stays.
    pub(crate) fn merge(numerals: Vec<Numeral>, words: Vec<Found<'r>>) -> Vec<Item<'r>> {
        let mut items: Vec<Item<'r>> = Vec::with_capacity(numerals.len() + words.len());
        let mut numerals = numerals.into_iter().peekable();
        for word in words {
            while let Some(numeral) = numerals.next_if(|numeral| numeral.range.start < word.range.end) {
                let overlaps = numeral.range.end > word.range.start;
                items.push(Item { range: numeral.range.clone(), kind: Kind::Numeral(numeral) });
                if overlaps {
                    break;
                }
            }
            if items.last().is_none_or(|last| last.range.end <= word.range.start) {
                items.push(Item { range: word.range, kind: Kind::Word(word.senses) });
            }
        }
        items.extend(numerals.map(|numeral| Item { range: numeral.range.clone(), kind: Kind::Numeral(numeral) }));
        items
    }

    /// The numeral at a position.
    pub(crate) fn numeral(&self, at: usize) -> Option<&Numeral> {
        match &self.items.get(at)?.kind {
            Kind::Numeral(numeral) => Some(numeral),
            Kind::Word(_) => None,
        }
    }

    /// What a word at a position means, if it has a sense that `pick` takes.
    pub(crate) fn sense<T>(&self, at: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<T> {
        match &self.items.get(at)?.kind {
            Kind::Word(senses) => senses.iter().find_map(pick),
            Kind::Numeral(_) => None,
        }
    }

    /// Whether a word at a position has this sense.
    pub(crate) fn is(&self, at: usize, sense: &Sense) -> bool {
        self.sense(at, |one| (one == sense).then_some(())).is_some()
    }

    /// The position before, if there is one.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|before| *before < self.items.len())
    }

    /// The bytes of the items `from..to`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.items.get(from).map_or(0, |item| item.range.start);
        let end = to.checked_sub(1).and_then(|last| self.items.get(last)).map_or(start, |item| item.range.end);
        start..end.max(start)
    }

    /// The text between the item at a position and the next one.
    pub(crate) fn gap(&self, at: usize) -> &'r str {
        let (Some(one), Some(two)) = (self.items.get(at), self.items.get(at + 1)) else { return "\u{0}" };
        self.text.get(one.range.end..two.range.start).unwrap_or_default()
    }

    /// Whether only white space (or a hyphen) parts the item at a position from the next one.
    pub(crate) fn touches(&self, at: usize) -> bool {
        self.gap(at).chars().all(|one| one.is_whitespace() || one == '-' || crate::fold::is_invisible(one))
    }

    /// Whether nothing parts the item at a position from the next one.
    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.gap(at).chars().all(crate::fold::is_invisible)
    }

    /// The folded text of a range.
    pub(crate) fn words(&self, range: Range<usize>) -> &'r str {
        self.folded.get(range).unwrap_or_default()
    }

    /// The folded text of the item at a position.
    pub(crate) fn word(&self, at: usize) -> &'r str {
        self.items.get(at).map_or("", |item| self.words(item.range.clone()))
    }
}
