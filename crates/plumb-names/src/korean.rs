//! Korean: syllable arithmetic, and reading the many ways of writing its syllables in Latin and Cyrillic letters.
//!
//! The spellings stand in `data/korean_spelling.tsv`. Syllables: The Unicode Standard §3.12. Kontsevich's system and the
//! DPRK's differ in which jamo a letter may stand for, never in how a syllable is built, so that one reader serves all.

use std::sync::LazyLock;

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

/// Longest word that is tried, in characters: the longest Korean given names and places have fewer.
const LONGEST_WORD: usize = 28;
/// Most ways of dividing one word that are kept; ambiguity beyond this is not met in names.
const MOST_DIVISIONS: usize = 6;
/// Steps after which a search is given up, so that hostile words cost no more than names.
const MOST_STEPS: u32 = 600;

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
    let mut search = Search { found: Vec::new(), path: Vec::new(), steps: 0 };
    if word.chars().count() <= LONGEST_WORD {
        search.from(word, 0);
    }
    search.found
}

struct Search {
    found: Vec<Vec<Syllable>>,
    path: Vec<Syllable>,
    steps: u32,
}

impl Search {
    fn from(&mut self, word: &str, at: usize) {
        self.steps += 1;
        if self.found.len() >= MOST_DIVISIONS || self.steps > MOST_STEPS {
            return;
        }
        let Some(rest) = word.get(at..).filter(|rest| !rest.is_empty()) else {
            if !self.path.is_empty() {
                self.found.push(self.path.clone());
            }
            return;
        };
        for (initial, initial_bits) in SPELLINGS.initials.prefixes(rest) {
            let Some(after) = rest.get(initial.len()..) else { continue };
            // The longest vowel first; a shorter leaves a syllable that begins with a vowel: Da-ye, Do-il.
            for (vowel, vowel_bits) in SPELLINGS.vowels.prefixes(after) {
                self.close(word, at, at + initial.len() + vowel.len(), (initial_bits, vowel_bits, vowel));
            }
        }
    }

    /// Tries every coda after an initial and a vowel, and goes on behind it.
    fn close(&mut self, word: &str, at: usize, begin: usize, (initial, vowel, spelling): (u32, u32, &str)) {
        let Some(rest) = word.get(begin..) else { return };
        let closed = SPELLINGS
            .closed
            .prefixes(spelling)
            .find(|(written, _)| *written == spelling)
            .map_or(vowel, |(_, bits)| bits);
        for (coda, coda_bits) in SPELLINGS.codas.prefixes(rest) {
            let vowel = if coda.is_empty() { vowel } else { closed };
            let end = begin + coda.len();
            let (from, to) = (u32::try_from(at).unwrap_or(0), u32::try_from(end).unwrap_or(0));
            self.path.push(initial_sound(Syllable::korean(initial, vowel, coda_bits)).at(from, to));
            self.from(word, end);
            self.path.pop();
        }
    }
}
