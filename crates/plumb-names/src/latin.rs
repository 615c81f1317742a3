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
        Script::Greek | Script::Arabic | Script::Hebrew => by_letter(folded),
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
    let plain = |text: &str| text.replace("sh", "s").replace("ch", "c").replace("zh", "z");
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
