//! Names that are looked for: actors, places, peoples, sites and instruments, in any script, inflected.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;
use plumb_core::place::{self, PlaceInfo, PlaceKind};

use crate::fold::fold;
use crate::inflect;

/// What a name of the gazetteer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A person, company, body or ship.
    Actor,
    /// A place; the id is its code.
    Place,
    /// A people or origin, adjective or noun; the id is the code of its place.
    Nationality,
    /// A site of work.
    Site,
    /// A resolution, act or treaty with a name of its own.
    Instrument,
    /// Somebody who is quoted: a publisher, an office, a study. It takes no part in what is told.
    Speaker,
}

/// Something with names to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What a mention will carry.
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its names in any language and script, in the nominative. Inflected forms are made from them.
    pub names: Vec<String>,
}

impl Entry {
    /// An entry with its names.
    pub fn new(id: impl Into<String>, kind: EntryKind, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { id: id.into(), kind, names: names.into_iter().map(Into::into).collect() }
    }

    /// The entry of a place: all its names, its official one and its abbreviations.
    pub fn of_place(place: &PlaceInfo) -> Self {
        let own = [Some(&place.name), place.official.as_ref()].into_iter().flatten();
        let other = place.names.iter().map(|(_, name)| name);
        let names = own.chain(other).chain(&place.also).map(|name| name.to_string());
        // the UN speaks and acts; nobody works in it as in a country
        let kind = if place.kind == PlaceKind::Body { EntryKind::Speaker } else { EntryKind::Place };
        Self::new(place.code.to_string(), kind, names)
    }
}

/// Why names make no gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these names cannot be searched: {0}; split the list")]
pub struct GazetteerError(String);

/// Shorter names stand in too many words to say anything: one Chinese character, one syllable, one letter.
const SHORTEST: usize = 2;

/// Names in capitals up to this length are abbreviations, and `US` is not `us`.
const LONGEST_ABBREVIATION: usize = 6;

/// Names to look for, as one automaton.
pub struct Gazetteer {
    entries: Vec<(String, EntryKind)>,
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    /// By the automaton's values.
    forms: Vec<Vec<Form>>,
}

/// One spelling of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    entry: u32,
    letters: Letters,
}

/// What the first letters must be like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letters {
    /// As they come.
    Any,
    /// The first is a capital.
    Capital,
    /// All are capitals.
    Capitals,
}

/// A name where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named<'g> {
    pub(crate) range: Range<usize>,
    pub(crate) id: &'g str,
    pub(crate) kind: EntryKind,
}

const PLACES: &str = include_str!("../data/places.tsv");

/// Countries, former states, groups and bodies of `plumb-core`, the subdivisions that are known in other languages, and
/// their peoples. A caller adds the places of a case and its actors.
pub fn built_in_entries() -> Vec<Entry> {
    // subdivisions known by one English word only would find themselves in every "Central" and "Northern"
    let is_name = |place: &&PlaceInfo| {
        place.kind != PlaceKind::Unknown && (place.kind != PlaceKind::Subdivision || !place.names.is_empty())
    };
    let places = place::all().filter(is_name).map(Entry::of_place);
    let more = PLACES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let (code, kind, names) = (cells.next()?, cells.next()?, cells.next()?);
        let kind = match kind {
            "people" => EntryKind::Nationality,
            "body" => EntryKind::Speaker,
            _ => EntryKind::Place,
        };
        Some(Entry::new(code, kind, names.split(';')))
    });
    places.chain(more).collect()
}

impl Gazetteer {
    /// A gazetteer of these entries. Names of one letter are left out.
    ///
    /// # Errors
    /// When the names are more than an automaton holds (16 million).
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Result<Self, GazetteerError> {
        let mut known: Vec<(String, EntryKind)> = Vec::new();
        // names of one thing may come in several entries
        let mut numbers: BTreeMap<(String, EntryKind), u32> = BTreeMap::new();
        let mut patterns: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        for entry in entries {
            let next = u32::try_from(known.len()).map_err(|_| GazetteerError("too many entries".to_owned()))?;
            let number = *numbers.entry((entry.id.clone(), entry.kind)).or_insert(next);
            if number == next {
                known.push((entry.id, entry.kind));
            }
            for name in &entry.names {
                let letters = Letters::asked_by(name);
                for form in inflect::forms(name) {
                    let pattern = fold(form.trim());
                    if pattern.chars().count() >= SHORTEST {
                        patterns.entry(pattern).or_default().push(Form { entry: number, letters });
                    }
                }
            }
        }
        let automaton = (!patterns.is_empty())
            .then(|| DoubleArrayAhoCorasick::with_values(patterns.keys().zip(0_u32..)))
            .transpose()
            .map_err(|cause| GazetteerError(cause.to_string()))?;
        let mut forms: Vec<Vec<Form>> = patterns.into_values().collect();
        for one in &mut forms {
            one.sort_unstable();
            one.dedup_by_key(|form| form.entry);
        }
        Ok(Self { entries: known, automaton, forms })
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The names in a sentence, given as it is and folded: the longest of those that begin first; of one range several,
    /// if it names several entries.
    pub(crate) fn find(&self, sentence: &str, folded: &str) -> Vec<Named<'_>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(Range<usize>, u32)> = Vec::new();
        for one in automaton.find_overlapping_iter(folded) {
            let range = one.start()..one.end();
            if inflect::may_begin(folded, range.start) && inflect::may_end(folded, range.end) {
                let words = sentence.get(range.clone()).unwrap_or_default();
                let forms = self.forms.get(one.value() as usize).into_iter().flatten();
                found.extend(forms.filter(|form| form.letters.allow(words)).map(|form| (range.clone(), form.entry)));
            }
        }
        found.sort_unstable_by_key(|(range, entry)| (range.start, usize::MAX - range.end, *entry));
        let mut last = 0..0;
        found.retain(|(range, _)| {
            let keep = *range == last || range.start >= last.end;
            if keep {
                last = range.clone();
            }
            keep
        });
        let named = |(range, entry): (Range<usize>, u32)| {
            let (id, kind) = self.entries.get(entry as usize)?;
            Some(Named { range, id, kind: *kind })
        };
        found.into_iter().filter_map(named).collect()
    }
}

impl Letters {
    fn asked_by(name: &str) -> Self {
        let mut letters = name.chars().filter(|letter| letter.is_alphabetic());
        if !letters.next().is_some_and(char::is_uppercase) {
            return Self::Any;
        }
        let length = 1 + letters.clone().count();
        if length <= LONGEST_ABBREVIATION && letters.all(char::is_uppercase) { Self::Capitals } else { Self::Capital }
    }

    fn allow(self, words: &str) -> bool {
        let mut letters = words.chars().filter(|letter| letter.is_alphabetic());
        match self {
            Self::Any => true,
            Self::Capital => letters.next().is_some_and(char::is_uppercase),
            Self::Capitals => letters.all(char::is_uppercase),
        }
    }
}
