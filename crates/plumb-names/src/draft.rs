//! A part without its place in a name: all that follows from a word, or from a phrase with a meaning, alone.

use compact_str::CompactString;

use crate::korean;
use crate::latin;
use crate::lexicon::Meaning;
use crate::mandarin::{self, System};
use crate::name::{Forms, Part, Role};
use crate::patronymic;
use crate::readings;
use crate::script::Script;
use crate::spelling;
use crate::syllable::Syllable;
use crate::variants::Groups;
use crate::word::Word;

/// A part that stands nowhere yet.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub part: Part,
    pub syllables: Vec<Syllable>,
    /// Behind a name it is a patronymic.
    pub is_patronymic: bool,
}

impl Draft {
    /// A word without a meaning.
    pub(crate) fn of_word(word: &Word, role: Role) -> Self {
        let mut draft = Self::plain((&word.folded, &word.spelled), word.script, role);
        if role != Role::Initial && matches!(word.script, Script::Latin | Script::Cyrillic) {
            draft.syllables = first_division(word);
        }
        draft
    }

    /// Letters that stand for no whole word.
    pub(crate) fn of_letters(folded: &str, script: Script, role: Role) -> Self {
        Self::plain((folded, folded), script, role)
    }

    fn plain((folded, spelled): (&str, &str), script: Script, role: Role) -> Self {
        let latin = latin::romanise(folded, spelled, script);
        let is_patronymic = role == Role::Name && patronymic::is_patronymic(&latin);
        let key = key(folded, &latin, script);
        Self { is_patronymic, ..Self::new(folded, &latin, key, (script, role, 0)) }
    }

    /// A phrase with a meaning.
    pub(crate) fn of_phrase(folded: &str, script: Script, meaning: Meaning) -> Self {
        if let Some(digits) = meaning.number.map(|value| value.to_string()) {
            return Self::new(folded, &digits, digits.as_str().into(), (script, meaning.role, 0));
        }
        let latin = latin::romanise(folded, folded, script);
        let key = key(folded, &latin, script);
        let mut draft = Self::new(folded, &latin, key, (script, meaning.role, meaning.concept));
        // a name may be read in syllables all the same: Huawei is no 华美
        if meaning.role == Role::Name && matches!(script, Script::Latin | Script::Cyrillic) && !folded.contains(' ') {
            draft.syllables = first_division(&Word::spelled(folded, script, folded, folded));
        }
        draft
    }

    fn new(folded: &str, latin: &str, key: CompactString, (script, role, concept): (Script, Role, u32)) -> Self {
        let mut part = Part {
            start: 0,
            end: 0,
            script,
            role,
            has_variants: false,
            has_nicknames: false,
            forms: Forms::default(),
            groups: Groups::default(),
            splits: Vec::new(),
            folded: folded.into(),
            latin: latin.into(),
            // What no table reads compares as written: it is its own key.
            key: if key.is_empty() { folded.into() } else { key },
            concept,
            syllables: (0, 0),
        };
        part.look_up();
        let is_name = (concept == 0 || role == Role::Name) && role != Role::Initial;
        let syllables = if is_name { characters(folded, script) } else { Vec::new() };
        Self { part, syllables, is_patronymic: false }
    }
}

/// The key of a word: made from its letters without marks, since most leave them out.
fn key(folded: &str, latin: &str, script: Script) -> CompactString {
    match script {
        Script::Digit => latin.into(),
        Script::Latin if folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) => spelling::key(folded),
        _ => spelling::key(latin),
    }
}

/// The syllables of Hangul and Han: exact, a character each.
fn characters(folded: &str, script: Script) -> Vec<Syllable> {
    if !matches!(script, Script::Hangul | Script::Han) {
        return Vec::new();
    }
    folded.chars().map(readings::character).collect::<Option<_>>().unwrap_or_default()
}

/// The syllables of a word in Latin or Cyrillic letters: the first way of dividing it.
fn first_division(word: &Word) -> Vec<Syllable> {
    let system = if word.script == Script::Latin { System::Pinyin } else { System::Palladius };
    let mut korean = korean::first_division(&word.spelled);
    let chinese = mandarin::first_division(&word.spelled, system);
    // Guang is one syllable of Chinese before it is two of Korean
    if korean.is_empty() || !chinese.is_empty() && chinese.len() < korean.len() {
        return chinese;
    }
    if korean.len() == chinese.len() {
        korean.iter_mut().zip(chinese).for_each(|(korean, chinese)| *korean = korean.or(chinese));
    }
    korean
}
