//! Korean: syllable arithmetic, and reading the many ways of writing its syllables in Latin and Cyrillic letters.
//!
//! The spellings stand in `data/korean_spelling.tsv`. Syllables: The Unicode Standard §3.12. Kontsevich's system and the
//! DPRK's differ in which jamo a letter may stand for, never in how a syllable is built, so that one reader serves all.

use std::sync::LazyLock;

use crate::divide::{self, Limits};
use crate::syllable::Syllable;

const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const CODAS: &str = "-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// Revised Romanisation of 2000, initials, vowels and codas in Unicode order.
const REVISED: [&[&str]; 3] = [
    &["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"],
    &[
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
        "eu", "ui", "i",
    ],
    &[
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
        "t", "t", "k", "t", "p", "t",
    ],
];

const NIEUN: u32 = 1 << 2;
const RIEUL: u32 = 1 << 5;
const SILENT: u32 = 1 << 11;
/// ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ, and ㅟ ㅢ which count as i: before them an initial ㄹ or ㄴ falls silent.
const I_LIKE: u32 = 1 << 2 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 12 | 1 << 17 | 1 << 20;

/// The longest Korean given names and places have fewer characters; ambiguity beyond so many ways is not met in names.
const LIMITS: Limits = Limits { longest: 28, divisions: 6, steps: 600 };

/// The exact syllable of a Hangul character, with its spelling under the initial-sound rule of the other Korea.
pub(crate) fn syllable_of(character: char) -> Option<Syllable> {
    let index = u32::from(character).checked_sub(0xac00).filter(|index| *index < 11172)?;
    Some(initial_sound(Syllable::korean(1 << (index / 588), 1 << (index % 588 / 28), 1 << (index % 28))))
}

/// Revised Romanisation of one Hangul syllable, without the sound changes between syllables.
pub(crate) fn revised(character: char) -> Option<[&'static str; 3]> {
    let index = usize::try_from(u32::from(character).checked_sub(0xac00).filter(|index| *index < 11172)?).ok()?;
    let places = [index / 588, index % 588 / 28, index % 28];
    let mut spelling = [""; 3];
    for ((slot, table), place) in spelling.iter_mut().zip(REVISED).zip(places) {
        *slot = table.get(place)?;
    }
    Some(spelling)
}

/// 리/이, 로/노, 녀/여: South Korea drops or changes ㄹ and ㄴ at the beginning, North Korea does not.
pub(crate) fn initial_sound(mut syllable: Syllable) -> Syllable {
    if syllable.initial & (RIEUL | NIEUN) != 0 && syllable.vowel & I_LIKE != 0 {
        syllable.initial |= SILENT;
    }
    if syllable.initial & RIEUL != 0 && syllable.vowel & !I_LIKE != 0 {
        syllable.initial |= NIEUN;
    }
    syllable
}

/// Spellings of one place by their first byte, longest first; those that write nothing stand under 0.
struct Spelling(Vec<Vec<(&'static str, u32)>>);

impl Spelling {
    /// The rows of one place of the table.
    fn of(place: &str, jamo: &str) -> Self {
        let mut lists = vec![Vec::new(); 256];
        for row in crate::tables::rows(include_str!("../data/korean_spelling.tsv")) {
            let [row_place, spelling, letters, ..] = row.as_slice() else { continue };
            let spelling = if *spelling == "-" { "" } else { spelling };
            let first = usize::from(spelling.bytes().next().unwrap_or(0));
            if let Some(list) = lists.get_mut(first).filter(|_| *row_place == place) {
                list.push((spelling, bits(letters, jamo)));
            }
        }
        for list in &mut lists {
            list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        }
        Spelling(lists)
    }

    /// What the text may begin with, longest first, nothing written last.
    fn prefixes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, u32)> + 'a {
        let list = |byte: u8| self.0.get(usize::from(byte)).into_iter().flatten().copied();
        let written =
            text.bytes().next().map(list).into_iter().flatten().filter(|(spelling, _)| text.starts_with(spelling));
        written.chain(list(0))
    }
}

struct Spellings {
    initials: Spelling,
    vowels: Spelling,
    closed: Spelling,
    codas: Spelling,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| Spellings {
    initials: Spelling::of("initial", INITIALS),
    vowels: Spelling::of("vowel", VOWELS),
    closed: Spelling::of("closed", VOWELS),
    codas: Spelling::of("coda", CODAS),
});

fn bits(letters: &str, jamo: &str) -> u32 {
    letters
        .chars()
        .filter_map(|letter| jamo.chars().position(|other| other == letter))
        .fold(0, |bits, place| bits | 1 << place)
}

/// Every way to read a word (lower case, apostrophes kept, ŏ and ŭ as eo and eu) as Korean syllables; offsets are bytes in `word`.
pub(crate) fn divisions(word: &str) -> Vec<Vec<Syllable>> {
    divide::divisions(word, LIMITS, &beginnings)
}

/// The syllables that a text may begin with.
fn beginnings(text: &str, take: &mut dyn FnMut(Syllable)) {
    for (initial, initial_bits) in SPELLINGS.initials.prefixes(text) {
        let Some(after) = text.get(initial.len()..) else { continue };
        // The longest vowel first; a shorter leaves a syllable that begins with a vowel: Da-ye, Do-il.
        for (vowel, vowel_bits) in SPELLINGS.vowels.prefixes(after) {
            let open = Syllable::korean(initial_bits, vowel_bits, 0);
            close(text, initial.len() + vowel.len(), (open, vowel), take);
        }
    }
}

/// The same syllable with every coda that may follow its initial and vowel.
fn close(text: &str, begin: usize, (open, spelling): (Syllable, &str), take: &mut dyn FnMut(Syllable)) {
    let Some(rest) = text.get(begin..) else { return };
    let closed = SPELLINGS.closed.prefixes(spelling).find(|(written, _)| *written == spelling);
    let closed = closed.map_or(open.vowel, |(_, bits)| bits);
    for (coda, coda_bits) in SPELLINGS.codas.prefixes(rest) {
        let vowel = if coda.is_empty() { open.vowel } else { closed };
        let end = u32::try_from(begin + coda.len()).unwrap_or(u32::MAX);
        take(initial_sound(Syllable::korean(open.initial, vowel, coda_bits)).at(0, end));
    }
}
