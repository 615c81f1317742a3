//! Names of firms given twice: short forms made of first letters, and what stands behind a name in full and says it again.

use compact_str::CompactString;

use crate::latin;
use crate::name::{Part, Role};
use crate::script::Script;

/// A name that is given in full and then short, "Joint Stock Company Planar (JSC Planar)", is one name.
pub(crate) fn leave_out_repeated(parts: &mut Vec<Part>) {
    let same = |one: &Part, other: &Part| match one.role {
        Role::Number | Role::Stop => false,
        Role::LegalForm => one.concept == other.concept,
        _ => one.folded == other.folded,
    };
    let repeated: Vec<bool> =
        parts.iter().enumerate().map(|(at, part)| parts.iter().take(at).any(|other| same(part, other))).collect();
    if !repeated.contains(&true) {
        return;
    }
    let mut repeated = repeated.into_iter();
    parts.retain(|_| !repeated.next().unwrap_or(false));
}

/// A name that is given in full and then by its first letters, "International Business Machines (IBM)", is the name in full.
pub(crate) fn leave_out_acronym(parts: &mut Vec<Part>) {
    let is_short = |part: &Part| part.role == Role::Name && part.concept == 0 && (3..=12).contains(&part.latin.len());
    let Some(at) = parts.iter().rposition(|part| part.role != Role::LegalForm).filter(|at| *at >= 3) else { return };
    let Some(short) = parts.get(at).filter(|part| is_short(part)) else { return };
    let before = parts.get(..at).unwrap_or_default();
    if acronym(before) == short.latin || are_letters_of(&short.latin, before) {
        parts.remove(at);
    }
}

/// Whether letters are the first ones of all words that count, with those of some that do not: MOIS, Iranian Ministry of Intelligence and Security.
fn are_letters_of(letters: &str, parts: &[Part]) -> bool {
    let mut left = letters.chars().peekable();
    let mut counted = 0;
    for part in parts {
        let may_miss = matches!(part.role, Role::Stop | Role::LegalForm | Role::Number | Role::Location);
        let text = if part.script == Script::Latin { &*part.folded } else { &*part.latin };
        for first in text.split(' ').filter_map(|word| word.chars().next()) {
            let is_next = left.next_if_eq(&first).is_some();
            counted += usize::from(is_next && !may_miss);
            if !is_next && !may_miss {
                return false;
            }
        }
    }
    counted >= FEWEST_WORDS && left.next().is_none()
}

/// Words of a name whose first letters stand for it: of two they are chance.
const FEWEST_WORDS: usize = 3;

/// First letters of the words of an organisation, legal form and stop words left out. What is written in syllables is shortened to
/// syllables, and not to the first letters of how they are romanised.
pub(crate) fn acronym(parts: &[Part]) -> CompactString {
    if parts.iter().any(|part| matches!(part.script, Script::Hangul | Script::Han)) {
        return CompactString::default();
    }
    let counted = |part: &&Part| !matches!(part.role, Role::Stop | Role::LegalForm | Role::Number);
    let mut letters = CompactString::default();
    for part in parts.iter().filter(counted) {
        if part.script == Script::Cyrillic {
            let first = part.folded.split(' ').filter_map(|word| word.get(..word.chars().next()?.len_utf8()));
            first.for_each(|letter| letters.push_str(&latin::romanise(letter, letter, Script::Cyrillic)));
        } else {
            letters.extend(part.words().filter_map(|word| word.chars().next()));
        }
    }
    if letters.len() >= 3 { letters } else { CompactString::default() }
}
