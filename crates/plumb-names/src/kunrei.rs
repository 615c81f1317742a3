//! The spelling of Japanese words made one: by Kunrei (cabinet order 1 of 1954), with long vowels short. Passports, Hepburn, Kunrei and Polivanov
//! then write alike: Satoh, Satō and Satou; Tsuchiya, Tutiya and Цутия.

use crate::spelling::is_vowel;

/// Letters of a word, at most: a bit of 64 for each place between them.
const LONGEST: usize = 48;

/// Letters that no word by Kunrei has.
const FOREIGN: &[u8] = b"cfjlqvx";

/// A word by Kunrei with its long vowels short.
pub(crate) struct Word {
    letters: [u8; LONGEST],
    length: usize,
}

impl Word {
    /// Nothing for what is no Japanese, or too long.
    pub(crate) fn of(latin: &str) -> Option<Self> {
        let mut word = Self { letters: [0; LONGEST], length: 0 };
        let mut rest = latin.as_bytes();
        while let Some((letters, length)) = kunrei_of(rest) {
            let next = rest.get(1);
            // Ohno, Satoh
            let is_mark = rest.first() == Some(&b'h')
                && word.letters().last() == Some(&b'o')
                && next.is_none_or(|next| !is_vowel(*next) && *next != b'y');
            rest = rest.get(length..).unwrap_or_default();
            for letter in letters.bytes().filter(|_| !is_mark) {
                if is_length(word.letters().last().copied(), letter) {
                    continue;
                }
                if !letter.is_ascii_lowercase() || FOREIGN.contains(&letter) {
                    return None;
                }
                *word.letters.get_mut(word.length)? = letter;
                word.length += 1;
            }
        }
        Some(word)
    }

    /// By Kunrei.
    pub(crate) fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }
}

/// Whether a letter behind another says no more than that it is long.
pub(crate) fn is_length(before: Option<u8>, letter: u8) -> bool {
    matches!((before, letter), (Some(b'o'), b'o' | b'u') | (Some(b'u'), b'u'))
}

/// How Kunrei writes what is written by Hepburn, by Polivanov or as people type it; long vowels are left.
pub(crate) fn kunrei(latin: &str) -> String {
    let mut text = String::with_capacity(latin.len());
    let mut rest = latin.as_bytes();
    while let Some((letters, length)) = kunrei_of(rest) {
        text.push_str(letters);
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

/// What the first letters of a word become.
pub(crate) fn beginning(latin: &str) -> &'static str {
    match kunrei_of(latin.as_bytes()) {
        // wo and ye are written o and e
        Some(("", length)) => {
            kunrei_of(latin.as_bytes().get(length..).unwrap_or_default()).map_or("", |(letters, _)| letters)
        }
        beginning => beginning.map_or("", |(letters, _)| letters),
    }
}

/// What the first letters become, and how many they are.
fn kunrei_of(rest: &[u8]) -> Option<(&'static str, usize)> {
    Some(match rest {
        [] => return None,
        [b's', b'h', b'i', ..] => ("s", 2),
        [b's', b'h', ..] => ("sy", 2),
        [b'c', b'h', b'i', ..] => ("t", 2),
        [b'c', b'h', ..] => ("ty", 2),
        [b'c', b'c', b'h', ..] | [b't', b's', ..] => ("t", if rest.first() == Some(&b'c') { 1 } else { 2 }),
        [b'd', b'z', ..] => ("z", 2),
        [b'd', b'i' | b'u' | b'y', ..] | [b'j', b'i' | b'y', ..] => ("z", 1),
        [b'j', ..] => ("zy", 1),
        [b'k', b'h', ..] => ("h", 2),
        [b'f', b'u', ..] => ("h", 1),
        [b'm', b'b' | b'm' | b'p', ..] => ("n", 1),
        [b'w', b'o', ..] | [b'y', b'e', ..] => ("", 1),
        [b'y', next, ..] if !is_vowel(*next) => ("i", 1),
        [b'y'] => ("i", 1),
        [first, ..] => (letter(*first), 1),
    })
}

/// Each letter as text.
const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z",
];

/// Fewest syllables of a word that is taken for Japanese by its spelling alone: many languages have words of two such.
const FEWEST_MORAE: usize = 3;

/// Whether a word in Latin letters has the syllables of Japanese, and some that Hepburn writes otherwise than Kunrei.
pub(crate) fn is_hepburn(latin: &str) -> bool {
    // most words end otherwise, or have letters of other languages, and are not worth reading
    let ends_open = latin.bytes().next_back().is_some_and(|last| is_vowel(last) || last == b'n' || last == b'h');
    if !ends_open || latin.bytes().any(|letter| matches!(letter, b'l' | b'q' | b'v' | b'x')) {
        return false;
    }
    let kunrei = kunrei(latin);
    kunrei != latin && morae(kunrei.as_bytes()).is_some_and(|count| count >= FEWEST_MORAE)
}

/// How many morae a word by Kunrei has; nothing if it has letters that are none.
fn morae(mut rest: &[u8]) -> Option<usize> {
    let mut count = 0;
    while let Some(length) = mora(rest)? {
        count += 1;
        rest = rest.get(length..)?;
    }
    Some(count)
}

/// The length of the mora that letters begin with: none at the end of the word, nothing if they begin with none.
#[expect(clippy::option_option, reason = "the end is no fault")]
fn mora(rest: &[u8]) -> Option<Option<usize>> {
    let is_consonant = |letter: &u8| b"kgsztdnhbpmyrw".contains(letter);
    match rest {
        [] => Some(None),
        [vowel, ..] if is_vowel(*vowel) => Some(Some(1)),
        [first, vowel, ..] if is_consonant(first) && is_vowel(*vowel) => Some(Some(2)),
        [first, b'y', vowel, ..] if is_consonant(first) && is_vowel(*vowel) => Some(Some(3)),
        [b'n', ..] => Some(Some(1)),
        [one @ (b'k' | b's' | b't' | b'p'), other, ..] if one == other => Some(Some(1)),
        _ => None,
    }
}

/// What is written by Kunrei as Hepburn writes it.
pub(crate) fn hepburn(kunrei: &str) -> String {
    let mut text = String::with_capacity(2 * kunrei.len());
    let mut rest = kunrei.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let (letters, length) = match (*first, behind.first()) {
            (b's', Some(b'i')) => ("sh", 1),
            (b's', Some(b'y')) => ("sh", 2),
            (b't', Some(b'i')) => ("ch", 1),
            (b't', Some(b'y')) => ("ch", 2),
            (b't', Some(b'u')) => ("ts", 1),
            (b'z', Some(b'i')) => ("j", 1),
            (b'z', Some(b'y')) => ("j", 2),
            (b'h', Some(b'u')) => ("f", 1),
            _ => (letter(*first), 1),
        };
        text.push_str(letters);
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

/// A letter as text.
fn letter(letter: u8) -> &'static str {
    LETTERS.get(usize::from(letter.wrapping_sub(b'a'))).copied().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::{Word, hepburn, is_hepburn, kunrei};

    #[test]
    fn spellings_become_one() {
        for (written, short) in [
            ("tsuchiya", "tutiya"),
            ("shinichi", "siniti"),
            ("syouji", "syozi"),
            ("shoji", "syozi"),
            ("shohji", "syozi"),
            ("fujii", "huzii"),
            ("khudzi", "huzi"),
            ("honma", "honma"),
            ("homma", "honma"),
            ("hotchi", "hotti"),
            ("hocchi", "hotti"),
            ("inouye", "inoe"),
            ("kakuey", "kakuei"),
        ] {
            let word = Word::of(written).map(|word| String::from_utf8_lossy(word.letters()).into_owned());
            assert_eq!(word.as_deref(), Some(short), "{written}");
        }
        assert!(Word::of("lavrov").is_none(), "no Japanese");
        assert_eq!(hepburn(&kunrei("fujishima")), "fujishima");
    }

    #[test]
    fn japanese_words_are_known_by_their_syllables() {
        assert!(["tsuchiya", "shinichi", "hotchiya"].into_iter().all(is_hepburn), "syllables of Japanese");
        assert!(!["tutiya", "tanaka", "shin", "sasha", "shostak", "schmidt", ""].into_iter().any(is_hepburn), "none");
    }
}
