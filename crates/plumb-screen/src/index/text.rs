//! Text search: the words of names and of other properties, found whole or by their beginning.

use plumb_core::ftm::PropertyKind;

use super::bytes::Reader;
use super::file::Section;
use super::{Filters, Index};

/// Whether values of a type are searched.
pub(crate) fn is_searched(kind: PropertyKind) -> bool {
    !matches!(
        kind,
        PropertyKind::Checksum
            | PropertyKind::Entity
            | PropertyKind::Html
            | PropertyKind::Json
            | PropertyKind::Mimetype
            | PropertyKind::Text
            | PropertyKind::Url
    )
}

/// Longer words are cut: none is typed in full, and one value must not fill the index.
const LONGEST_WORD: usize = 40;
/// A word that begins so many others is taken with the first of them only, in alphabetical order.
const MOST_EXPANSIONS: usize = 1000;
/// A word in a name counts as much as three elsewhere, as in yente's search.
const NAME_WEIGHT: f64 = 3.0;

/// The words of a text, folded as names are; characters of unspaced scripts are words in themselves, so that parts of a name are found.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = plumb_names::fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// How a word is to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordMatch {
    /// As it is.
    Whole,
    /// As it is, or as the beginning of a longer one.
    Begun,
    /// As it is, or with a letter or two otherwise.
    Near,
}

/// A record that text search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The number of the record in its index.
    pub record: u32,
    /// How well it fits; only the order means something.
    pub relevance: f64,
}

impl Index {
    /// Records that hold all words of a text; the last word may be only begun. Best first, then in the order of the index.
    ///
    /// Relevance is the sum over the words of their rarity in bits, three times that for a word in a name. An empty text finds everything.
    pub fn find(&self, text: &str, filters: &Filters<'_>) -> Vec<Found> {
        let filters = self.filter(filters);
        let words = words(text);
        let mut found: Vec<(u32, f64)> = (0..self.len()).map(|record| (record, 0.0)).collect();
        for (place, word) in words.iter().enumerate() {
            let begun = place + 1 == words.len();
            let holding = self.holding(word, begun);
            found = joined(&found, &holding);
        }
        let mut found: Vec<Found> = found
            .into_iter()
            .filter(|(record, _)| {
                self.facts(*record)
                    .is_some_and(|(facts, _)| facts.schema.is_a("Thing") && filters.admits(*record, &facts))
            })
            .map(|(record, relevance)| Found { record, relevance })
            .collect();
        found.sort_by(|one, two| two.relevance.total_cmp(&one.relevance).then(one.record.cmp(&two.record)));
        found
    }

    /// Records that hold a word, in the order of the index; a text of several words finds what holds them all.
    pub fn find_word(&self, text: &str, how: WordMatch, filters: &Filters<'_>) -> Vec<Found> {
        let filters = self.filter(filters);
        let holding = |word: &String| match how {
            WordMatch::Whole => self.holding(word, false),
            WordMatch::Begun => self.holding(word, true),
            WordMatch::Near => self.near(word),
        };
        let found = words(text).iter().map(holding).reduce(|left, right| joined(&left, &right)).unwrap_or_default();
        let admitted = found.into_iter().filter(|(record, _)| {
            self.facts(*record).is_some_and(|(facts, _)| facts.schema.is_a("Thing") && filters.admits(*record, &facts))
        });
        admitted.map(|(record, relevance)| Found { record, relevance }).collect()
    }

    /// The records that hold a word or one that differs from it by few letters: none for a word of two, one up to five, else two, as
    /// search engines do. All words are looked at, which takes milliseconds.
    fn near(&self, word: &str) -> Vec<(u32, f64)> {
        let length = word.chars().count();
        let most = match length {
            0..=2 => 0,
            3..=5 => 1,
            _ => 2,
        };
        let mut all = Vec::new();
        for place in 0.. {
            let Some((found, ..)) = self.word(place) else { break };
            let close = found.chars().count().abs_diff(length) <= most;
            if close && strsim::levenshtein(found, word) <= most {
                all.extend(self.holding(found, false));
            }
        }
        best_of_each(all)
    }

    /// The records that hold a word, or one that begins with it, in order and with their relevance.
    fn holding(&self, word: &str, begun: bool) -> Vec<(u32, f64)> {
        let mut all = Vec::new();
        for place in (self.first_word(word)..).take(MOST_EXPANSIONS) {
            let Some((found, in_names, elsewhere)) = self.word(place) else { break };
            if found != word && !(begun && found.starts_with(word)) {
                break;
            }
            let (in_names, elsewhere): (Vec<u32>, Vec<u32>) =
                (in_names.ascending().collect(), elsewhere.ascending().collect());
            let holders = in_names.len() + elsewhere.len();
            let rarity = libm::log2(f64::from(self.len()) / u32::try_from(holders).map_or(1.0, f64::from)).max(0.1);
            all.extend(in_names.iter().map(|record| (*record, rarity * NAME_WEIGHT)));
            all.extend(elsewhere.iter().map(|record| (*record, rarity)));
        }
        best_of_each(all)
    }

    /// The place of the first word that is not before this one.
    fn first_word(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.file.section(Section::WordPlaces).len() / 8);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.word(middle).is_some_and(|(found, ..)| found < word) { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn word(&self, place: usize) -> Option<(&str, Reader<'_>, Reader<'_>)> {
        let mut reader = Reader::new(self.file.entry(Section::WordPlaces, Section::Words, place)?);
        let word = reader.text()?;
        let in_names = Reader::new(reader.slice()?);
        Some((word, in_names, reader))
    }
}

/// Each record once and in order, with its greatest relevance.
fn best_of_each(mut all: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    all.sort_by(|one, two| one.0.cmp(&two.0).then(two.1.total_cmp(&one.1)));
    all.dedup_by_key(|(record, _)| *record);
    all
}

/// Records in both lists, with their relevances added.
fn joined(left: &[(u32, f64)], right: &[(u32, f64)]) -> Vec<(u32, f64)> {
    let mut right = right.iter().peekable();
    let mut both = Vec::new();
    for (record, relevance) in left {
        while right.next_if(|(other, _)| other < record).is_some() {}
        if let Some((_, more)) = right.next_if(|(other, _)| other == record) {
            both.push((*record, relevance + more));
        }
    }
    both
}
