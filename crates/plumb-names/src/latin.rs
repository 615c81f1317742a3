//! Other scripts in Latin letters, by the ordinary system of each (`data/letters.tsv`): what passports and newspapers write, without marks.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::script::Script;
use crate::{han, korean};

/// Single letters, and pairs that are read as one (marked + in the file).
struct Letters {
    single: FxHashMap<char, &'static str>,
    pairs: FxHashMap<(char, char), &'static str>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut letters = Letters { single: FxHashMap::default(), pairs: FxHashMap::default() };
    for row in crate::tables::rows(include_str!("../data/letters.tsv")) {
        let [from, to] = row.as_slice() else { continue };
        match from.strip_prefix('+') {
            Some(pair) => {
                let mut both = pair.chars();
                letters.pairs.extend(both.next().zip(both.next()).map(|pair| (pair, *to)));
            }
            None => letters.single.extend(from.chars().map(|letter| (letter, *to))),
        }
    }
    letters
});

/// A word (already folded) in plain Latin letters; empty if the script is not read. `written` keeps й, ё and the like.
pub(crate) fn romanise<'w>(folded: &'w str, written: &str, script: Script) -> Cow<'w, str> {
    let is_plain = || folded.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if script == Script::Latin && written.len() <= folded.len() && is_plain() {
        return Cow::Borrowed(folded);
    }
    let latin = match script {
        Script::Latin if written.len() > folded.len() && is_marked(folded, written) => {
            written.chars().filter(char::is_ascii_alphanumeric).collect()
        }
        Script::Latin | Script::Digit => folded.chars().filter(char::is_ascii_alphanumeric).collect(),
        Script::Cyrillic => by_letter(written),
        // an o that begins a word is said vo
        Script::Armenian if folded.starts_with('ո') && !folded.starts_with("ու") => {
            format!("v{}", by_letter(folded))
        }
        Script::Greek | Script::Arabic | Script::Hebrew | Script::Georgian | Script::Armenian => by_letter(folded),
        Script::Devanagari => devanagari(folded),
        Script::Kana => kana(folded),
        // Revised Romanisation, syllable by syllable.
        Script::Hangul => folded.chars().filter_map(korean::revised).flatten().collect(),
        Script::Han => folded.chars().filter_map(han::reading).map(|reading| reading.pinyin).collect(),
        Script::Other => String::new(),
    };
    Cow::Owned(latin)
}

/// Whether the word has marks that stand for a sound, as `written` gives them: sh for š, and the letters are else the same.
fn is_marked(folded: &str, written: &str) -> bool {
    let plain = |text: &str| text.replace("sh", "s").replace("ch", "c").replace("zh", "z").replace("dj", "d");
    plain(written) == plain(folded)
}

fn single(letter: char) -> &'static str {
    LETTERS.single.get(&letter).copied().unwrap_or("")
}

fn by_letter(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let pair = letters.peek().and_then(|next| LETTERS.pairs.get(&(letter, *next)));
        if let Some(latin) = pair {
            text.push_str(latin);
            letters.next();
        } else {
            text.push_str(single(letter));
        }
    }
    text
}

/// What stands between the consonants of Devanagari.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vowel {
    /// A sign or letter of its own.
    Written,
    /// The a that every consonant has for which nothing else is written.
    Inherent,
    /// The sign that takes it away.
    Taken,
}

/// Consonants with the vowel that follows each. Hindi does not say the inherent a at the end of a word, unless two consonants stand before it,
/// nor between a vowel and a consonant and a consonant and a vowel (Ohala, Aspects of Hindi Phonology, 1983): मनमोहन is Manmohan.
fn devanagari(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |at: usize| match letters.get(at + 1) {
        Some('\u{93e}'..='\u{94c}') => Vowel::Written,
        Some('\u{94d}') => Vowel::Taken,
        _ => Vowel::Inherent,
    };
    let is_consonant = |at: usize| letters.get(at).is_some_and(|letter| matches!(letter, 'क'..='ह'));
    let is_last = |at: usize| at + 1 == letters.len();
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        text.push_str(single(*letter));
        if !is_consonant(at) || vowel(at) != Vowel::Inherent {
            continue;
        }
        let behind_vowel = at > 0 && letters.get(at - 1) != Some(&'\u{94d}');
        let before_syllable = is_consonant(at + 1)
            && (vowel(at + 1) == Vowel::Written || vowel(at + 1) == Vowel::Inherent && !is_last(at + 1));
        let silent = behind_vowel && (is_last(at) || before_syllable);
        if !silent {
            text.push('a');
        }
    }
    text
}

/// Katakana arrive as Hiragana; long marks are not written.
fn kana(word: &str) -> String {
    let mut text = String::new();
    let mut doubled = false;
    for letter in word.chars() {
        let sound = single(letter);
        match letter {
            'っ' => doubled = true,
            'ゃ' | 'ゅ' | 'ょ' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' => join_small(&mut text, sound),
            _ => {
                if doubled && let Some(first) = sound.chars().next() {
                    text.push(if first == 'c' { 't' } else { first });
                }
                doubled = false;
                text.push_str(sound);
            }
        }
    }
    text
}

/// き + ゃ is kya, し + ゃ is sha, ふ + ぁ is fa: the small vowel replaces the one before it.
fn join_small(text: &mut String, small: &str) {
    text.pop();
    let palatal = text.ends_with("sh") || text.ends_with("ch") || text.ends_with('j');
    text.push_str(if palatal { small.trim_start_matches('y') } else { small });
}
