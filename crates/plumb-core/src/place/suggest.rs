//! Which place may have been meant by a word.

use std::sync::LazyLock;

use super::{PlaceInfo, PlaceKind, all};

/// So many suggestions still help; more are a list to search in.
const MOST: usize = 3;

/// A longer word is a sentence that slipped into the column.
const LONGEST: usize = 60;

/// One letter in four may be wrong: `Rusia`, `St Petersburg`, but nothing that is not alike at sight.
const LETTERS_PER_SLIP: usize = 4;

/// A name or code of a place, folded.
struct Label {
    folded: String,
    length: usize,
    letters: u64,
}

impl Label {
    fn new(text: &str) -> Self {
        let folded = text.trim().to_lowercase();
        let (length, letters) = (folded.chars().count(), letters(&folded));
        Self { folded, length, letters }
    }

    /// How many slips of the hand lie between two labels, if they are at most `limit`.
    fn distance(&self, other: &Self, limit: usize) -> Option<usize> {
        // one slip takes away at most one letter of a word; this spares most words the exact count
        let missing = (self.letters & !other.letters).count_ones().max((other.letters & !self.letters).count_ones());
        if self.length.abs_diff(other.length) > limit || missing as usize > limit {
            return None;
        }
        Some(strsim::osa_distance(&self.folded, &other.folded)).filter(|distance| *distance <= limit)
    }
}

/// The set of letters of a word, one bit each; different letters may share a bit.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % u64::BITS))
}

fn labels(place: &PlaceInfo) -> impl Iterator<Item = Label> {
    let names = place.names.iter().map(|(_, name)| name);
    let codes = [Some(&place.code), place.alpha3.as_ref(), place.official.as_ref()];
    codes.into_iter().flatten().chain([&place.name]).chain(names).chain(&place.also).map(|text| Label::new(text))
}

/// Every label of every built-in place.
static INDEX: LazyLock<Vec<(Label, &'static PlaceInfo)>> =
    LazyLock::new(|| all().flat_map(|place| labels(place).map(move |label| (label, place))).collect());

/// The places nearest to a word: those that it names, else those that it nearly names.
pub(super) fn nearest<'a>(word: &str, own: impl Iterator<Item = &'a PlaceInfo>) -> Vec<&'a PlaceInfo> {
    let word = Label::new(word);
    if word.length == 0 || word.length > LONGEST {
        return Vec::new();
    }
    let limit = word.length / LETTERS_PER_SLIP;
    let own = own.flat_map(|place| labels(place).map(move |label| (label, place)));
    let own = own.filter_map(|(label, place)| Some((word.distance(&label, limit)?, place)));
    let built_in = INDEX.iter().filter_map(|(label, place)| Some((word.distance(label, limit)?, *place)));
    let mut found: Vec<(usize, &PlaceInfo)> = own.chain(built_in).collect();
    found.sort_by_key(|(distance, place)| (*distance, place.kind == PlaceKind::Subdivision, place.code.clone()));
    let best = found.first().map_or(0, |(distance, _)| *distance);
    let mut places: Vec<&PlaceInfo> = Vec::new();
    for (distance, place) in found {
        if (best > 0 || distance == 0) && places.iter().all(|known| known.code != place.code) {
            places.push(place);
        }
    }
    places.truncate(MOST);
    places
}
