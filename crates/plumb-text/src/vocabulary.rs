//! What a case gives a reader: the names of its actors, places, sites, instruments and speakers, and the measures it has.

use plumb_core::case::Case;

use crate::{Entry, EntryKind, Gazetteer, GazetteerError, Reader, Rules, RulesError, built_in_entries};

/// Why a case makes no reader.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// The rules cannot be used.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The names cannot be searched.
    #[error(transparent)]
    Names(#[from] GazetteerError),
}

/// A name of a speaker has at most so many words: what is longer describes an origin rather than naming anybody.
const MOST_WORDS_OF_A_SPEAKER: usize = 5;

impl Reader {
    /// A reader for a case: the built-in rules for the measures that the case has; the built-in names and those of the
    /// case.
    ///
    /// # Errors
    /// When the names of the case are more than an automaton holds.
    pub fn for_case(case: &Case) -> Result<Self, VocabularyError> {
        let rules = Rules::built_in()?.with_measures(|measure| case.measures.contains_key(measure));
        let hidden = |entry: &Entry| case.places.own().any(|place| place.code == entry.id);
        let entries = built_in_entries().into_iter().filter(|entry| !hidden(entry)).chain(case_entries(case));
        Ok(Self::new(rules, Gazetteer::new(entries)?)?)
    }
}

/// The names of a case. Actors, sites and places go by their ids, instruments by their words in `duties.csv`, speakers by
/// their name: publishers of sources and whoever first made a figure.
pub fn case_entries(case: &Case) -> Vec<Entry> {
    let actors = case.actors.iter().map(|actor| {
        let names = std::iter::once(&actor.name).chain(&actor.aliases);
        Entry::new(&actor.id, EntryKind::Actor, names.flat_map(|name| spellings(name)))
    });
    let places = case.places.own().map(Entry::of_place);
    let sites = case.sites.iter().map(|site| Entry::new(&site.id, EntryKind::Site, spellings(&site.name)));
    actors.chain(places).chain(sites).chain(instruments(case)).chain(speakers(case)).collect()
}

/// A name, and the names that it has in brackets: `Zenit Arena (Krestovsky Stadium, Saint Petersburg Stadium)` is three. A
/// bracket in small letters tells what the name is rather than another name.
fn spellings(name: &str) -> Vec<String> {
    let Some((head, rest)) = name.split_once(" (") else { return vec![name.to_owned()] };
    let inside = rest.split(')').next().unwrap_or_default();
    let others = inside.split([',', ';']).map(str::trim).filter(|other| is_name(other));
    std::iter::once(head).chain(others).map(str::to_owned).collect()
}

fn is_name(words: &str) -> bool {
    words.chars().count() > 2
        && words.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
}

/// Instruments of duties, each once: as the table has them, and without what stands in brackets.
fn instruments(case: &Case) -> impl Iterator<Item = Entry> {
    let mut names: Vec<&str> = case.duties.iter().map(|duty| duty.instrument.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| {
        let head = name.split(" (").next().unwrap_or(name);
        Entry::new(name, EntryKind::Instrument, [name, head])
    })
}

/// Publishers and makers of figures, each once, without what is said of them after a comma, a stroke or in brackets.
fn speakers(case: &Case) -> impl Iterator<Item = Entry> {
    let publishers = case.sources.iter().map(|source| source.publisher.as_str());
    let origins = case.origins.iter().map(|origin| origin.name.as_str());
    let name = |words: &str| {
        let name = words.split([',', '(', '/', ';']).next().unwrap_or_default();
        name.split(" via ").next().unwrap_or_default().trim().to_owned()
    };
    let mut names: Vec<String> = publishers.chain(origins).map(name).collect();
    names.retain(|name| is_name(name) && name.split_whitespace().count() <= MOST_WORDS_OF_A_SPEAKER);
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| Entry::new(name.clone(), EntryKind::Speaker, [name]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_brackets_are_names_of_their_own() {
        assert_eq!(
            spellings("Zenit Arena (Krestovsky Stadium, Zenith)"),
            ["Zenit Arena", "Krestovsky Stadium", "Zenith"]
        );
        assert_eq!(spellings("Ministry of Labor (of the north)"), ["Ministry of Labor"]);
        assert_eq!(spellings("Rungrado"), ["Rungrado"]);
    }
}
