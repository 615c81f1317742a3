//! Korean: syllable arithmetic, and reading the many ways of writing its syllables in Latin and Cyrillic letters.
//!
//! The spellings stand in `data/korean_spelling.tsv`. Syllables: The Unicode Standard §3.12. Kontsevich's system and the
//! DPRK's differ in which jamo a letter may stand for, never in how a syllable is built, so that one reader serves all.

use std::sync::LazyLock;

use crate::divide::{self, Limits, Take};
use crate::syllable::Syllable;
use crate::trie::Trie;

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

/// Letters of the longest syllable: three of initial, vowel and coda each.
pub(crate) const LONGEST_SYLLABLE: usize = 9;

/// The exact syllable of a Hangul character, with its spelling under the initial-sound rule of the other Korea.
pub(crate) fn syllable_of(character: char) -> Option<Syllable> {
    let index = index_of(character)?;
    Some(initial_sound(Syllable::korean(1 << (index / 588), 1 << (index % 588 / 28), 1 << (index % 28))))
}

/// The number of a Hangul syllable in Unicode.
fn index_of(character: char) -> Option<usize> {
    usize::try_from(u32::from(character).checked_sub(0xac00).filter(|index| *index < 11172)?).ok()
}

/// Revised Romanisation of one Hangul syllable, without the sound changes between syllables.
pub(crate) fn revised(character: char) -> Option<[&'static str; 3]> {
    let index = index_of(character)?;
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

/// The spellings of one place of a syllable.
struct Spelling<V> {
    written: Trie<V>,
    /// What it is where nothing is written.
    unwritten: Option<V>,
}

impl<V: Copy + Default> Spelling<V> {
    fn of(rows: &[(&'static str, V)]) -> Self {
        let unwritten = rows.iter().find(|(spelling, _)| *spelling == NOTHING).map(|(_, value)| *value);
        Spelling { written: Trie::new(rows.iter().copied().filter(|(spelling, _)| *spelling != NOTHING)), unwritten }
    }

    /// What the text may begin with, as lengths in bytes: the longest first, nothing written last.
    fn prefixes(&self, text: &str) -> impl Iterator<Item = (usize, V)> {
        self.written.prefixes(text).chain(self.unwritten.map(|value| (0, value)))
    }

    /// Where it may end that begins at one of these places, a bit for each place.
    fn ends(&self, text: &str, mut begins: u64) -> u64 {
        let mut ends = if self.unwritten.is_some() { begins } else { 0 };
        while begins != 0 {
            ends |= self.written.ends(text, begins.trailing_zeros());
            begins &= begins - 1;
        }
        ends
    }
}

struct Spellings {
    initials: Spelling<u32>,
    /// What a vowel may be in an open syllable, and in a closed one.
    vowels: Spelling<(u32, u32)>,
    codas: Spelling<u32>,
    /// Spellings of a syllable as a whole, which go before those of its parts: initial, vowel, coda.
    wholes: Trie<(u32, u32, u32)>,
    /// The syllables that names are made of: for each initial and vowel the codas.
    given: [[u32; 21]; 19],
}

impl Spellings {
    /// Whether a syllable can be one of those that names are made of.
    fn may_be_given(&self, syllable: &Syllable) -> bool {
        let mut rows = places(syllable.initial).filter_map(|initial| self.given.get(initial));
        rows.any(|row| {
            places(syllable.vowel).filter_map(|vowel| row.get(vowel)).any(|codas| codas & syllable.coda != 0)
        })
    }
}

/// How the table writes that nothing is written.
const NOTHING: &str = "-";

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let table: Vec<_> = crate::tables::rows(include_str!("../data/korean_spelling.tsv")).collect();
    let of = |wanted: &'static str, jamo: &'static str| -> Vec<(&'static str, u32)> {
        let row = |row: &Vec<&'static str>| match row.as_slice() {
            [place, spelling, letters, ..] if *place == wanted => Some((*spelling, bits(letters, jamo))),
            _ => None,
        };
        table.iter().filter_map(row).collect()
    };
    let closed = of("closed", VOWELS);
    let vowel = |(spelling, open): (&'static str, u32)| {
        let closed = closed.iter().find(|(other, _)| *other == spelling);
        (spelling, (open, closed.map_or(open, |(_, bits)| *bits)))
    };
    let vowels: Vec<_> = of("vowel", VOWELS).into_iter().map(vowel).collect();
    Spellings {
        initials: Spelling::of(&of("initial", INITIALS)),
        vowels: Spelling::of(&vowels),
        codas: Spelling::of(&of("coda", CODAS)),
        wholes: wholes(&table),
        given: given(&table),
    }
});

/// The places of the bits of a set.
fn places(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = usize::try_from(set.trailing_zeros()).ok().filter(|_| set != 0)?;
        set &= set - 1;
        Some(place)
    })
}

fn wholes(table: &[Vec<&'static str>]) -> Trie<(u32, u32, u32)> {
    let of = |row: &Vec<&'static str>| match row.as_slice() {
        ["whole", spelling, initial, vowel, coda] => {
            Some((*spelling, (bits(initial, INITIALS), bits(vowel, VOWELS), bits(coda, CODAS))))
        }
        _ => None,
    };
    Trie::new(table.iter().filter_map(of))
}

fn given(table: &[Vec<&'static str>]) -> [[u32; 21]; 19] {
    let mut codas = [[0; 21]; 19];
    let rows = table.iter().filter(|row| row.first() == Some(&"given"));
    for index in rows.filter_map(|row| row.get(2)).flat_map(|given| given.chars()).filter_map(index_of) {
        let cell = codas.get_mut(index / 588).and_then(|row: &mut [u32; 21]| row.get_mut(index % 588 / 28));
        if let Some(codas) = cell {
            *codas |= 1 << (index % 28);
        }
    }
    codas
}

fn bits(letters: &str, jamo: &str) -> u32 {
    letters
        .chars()
        .filter_map(|letter| jamo.chars().position(|other| other == letter))
        .fold(0, |bits, place| bits | 1 << place)
}

/// Every way to read a word (lower case, apostrophes kept, ŏ and ŭ as eo and eu) as Korean syllables that names are made of; offsets are bytes
/// in `word`.
pub(crate) fn divisions(word: &str) -> Vec<Vec<Syllable>> {
    let spellings = &*SPELLINGS;
    divide::divisions(
        word,
        LIMITS,
        |at| ends(word, at),
        |text, take| {
            beginnings(text, &mut |syllable| !spellings.may_be_given(&syllable) || take(syllable));
        },
    )
}

/// The first of these ways; nothing if there is none.
pub(crate) fn first_division(word: &str) -> Vec<Syllable> {
    divide::first(word, LIMITS, |at| ends(word, at), beginnings)
}

/// Where the syllables end that begin at a place, a bit for each.
fn ends(word: &str, at: u32) -> u64 {
    let Spellings { initials, vowels, codas, wholes, .. } = &*SPELLINGS;
    wholes.ends(word, at) | codas.ends(word, vowels.ends(word, initials.ends(word, 1 << at)))
}

/// The syllables that a text may begin with.
fn beginnings(text: &str, take: &mut Take<'_>) {
    let spellings = &*SPELLINGS;
    for (length, (initial, vowel, coda)) in spellings.wholes.prefixes(text) {
        let end = u32::try_from(length).unwrap_or(u32::MAX);
        if !take(initial_sound(Syllable::korean(initial, vowel, coda)).at(0, end)) {
            return;
        }
    }
    for (initial_end, initial) in spellings.initials.prefixes(text) {
        // The longest vowel first; a shorter leaves a syllable that begins with a vowel: Da-ye, Do-il.
        for (vowel_length, (open, closed)) in spellings.vowels.prefixes(text.get(initial_end..).unwrap_or_default()) {
            let vowel_end = initial_end + vowel_length;
            for (coda_length, coda) in spellings.codas.prefixes(text.get(vowel_end..).unwrap_or_default()) {
                let vowel = if coda_length == 0 { open } else { closed };
                let end = u32::try_from(vowel_end + coda_length).unwrap_or(u32::MAX);
                if !take(initial_sound(Syllable::korean(initial, vowel, coda)).at(0, end)) {
                    return;
                }
            }
        }
    }
}
