//! The words of `data/words.toml`, and where they stand in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

/// Words by cue, and the happenings that cues make up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    cue: BTreeMap<String, Vec<String>>,
    /// What may happen.
    pub(crate) happening: Vec<Happening>,
}

/// Something that happens, known by its cues.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happening {
    /// Its name for readers.
    pub(crate) id: String,
    /// The cues, all of which must be there.
    pub(crate) cues: Vec<String>,
    /// It begins or ends only once: another day contradicts it.
    #[serde(default)]
    pub(crate) once: bool,
    /// A text may tell it without a date.
    #[serde(default)]
    pub(crate) undated: bool,
}

const FILE: &str = include_str!("../data/words.toml");

impl Words {
    /// The words compiled in; none if the file is broken, which a test excludes.
    pub(crate) fn built_in() -> Self {
        toml::from_str(FILE).unwrap_or(Self { cue: BTreeMap::new(), happening: Vec::new() })
    }

    /// Where a cue first stands in a text, in bytes.
    pub(crate) fn find(&self, cue: &str, text: &str) -> Option<Range<usize>> {
        let lower = lower(text);
        let words = self.cue.get(cue)?;
        words.iter().filter_map(|word| find_word(word, &lower)).min_by_key(|range| range.start)
    }

    /// Whether a cue stands in a text.
    pub(crate) fn has(&self, cue: &str, text: &str) -> bool {
        self.find(cue, text).is_some()
    }
}

/// With a capital at its head.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// In lower case, byte for byte in its place: a letter whose lower case is longer or shorter stays as it is.
fn lower(text: &str) -> String {
    let fold = |letter: char| letter.to_lowercase().next().filter(|low| low.len_utf8() == letter.len_utf8());
    text.chars().map(|letter| fold(letter).unwrap_or(letter)).collect()
}

/// The first place of a word; parts with a `*` may go on, parts are parted by white space.
fn find_word(word: &str, text: &str) -> Option<Range<usize>> {
    let mut parts = word.split(' ');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let stem = first.trim_end_matches('*');
    let mut places = text.match_indices(stem).map(|(at, _)| at);
    places.find_map(|at| {
        let begins = glued(stem) || !text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric);
        let mut end = end_of_part(first, text, at)?;
        for part in &rest {
            let gap = text.get(end..)?.len() - text.get(end..)?.trim_start().len();
            let next = end + gap;
            let fits = gap > 0 && text.get(next..)?.starts_with(part.trim_end_matches('*'));
            end = if fits { end_of_part(part, text, next)? } else { return None };
        }
        begins.then_some(at..end)
    })
}

/// Where a part that begins at a byte ends, if it ends as it must.
fn end_of_part(part: &str, text: &str, at: usize) -> Option<usize> {
    let stem = part.trim_end_matches('*');
    let end = at + stem.len();
    let after = text.get(end..)?;
    let more = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
    if part.ends_with('*') { Some(end + more) } else { (more == 0 || glued(stem)).then_some(end) }
}

/// Whether words of this script stand without gaps between them, or with particles glued to them.
fn glued(word: &str) -> bool {
    word.chars().next().is_some_and(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_happening_has_words() {
        let words = Words::built_in();
        assert!(!words.happening.is_empty());
        for cue in words.happening.iter().flat_map(|happening| &happening.cues) {
            assert!(words.cue.contains_key(cue), "{cue}");
        }
    }

    #[test]
    fn words_are_found_whole_or_by_their_stem() {
        let words = Words::built_in();
        assert_eq!(words.find("labour", "The Workers' pay"), Some(4..11));
        assert!(!words.has("war", "a warm award") && words.has("war", "the Korean War."));
        assert!(
            words.has("sanction", "обход санкций")
                && words.has("visa", "학생비자를")
                && words.has("majority", "大部分在")
        );
        assert!(words.has("test", "первое ядерное испытание") || words.has("test", "испытания"));
    }
}
