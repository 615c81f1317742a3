//! Cantonese: reading the spellings of Hong Kong and Macau as sets of syllables. They stand in `data/cantonese_spelling.tsv`; which syllables
//! there are follows from the readings of Han characters.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::divide::{self, Limits};
use crate::syllable::Syllable;
use crate::trie::Trie;

/// Of jyutping, the longest first.
const INITIALS: [&str; 20] =
    ["gw", "kw", "ng", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "w", "z", "c", "s", "j", "-"];
const FINALS: [&str; 53] = [
    "aa", "aai", "aau", "aam", "aan", "aang", "aap", "aat", "aak", "ai", "au", "am", "an", "ang", "ap", "at", "ak",
    "e", "ei", "eng", "ek", "eoi", "eon", "eot", "i", "iu", "im", "in", "ing", "ip", "it", "ik", "o", "oi", "ou", "on",
    "ong", "ot", "ok", "oe", "oeng", "oek", "u", "ui", "un", "ung", "ut", "uk", "yu", "yun", "yut", "m", "ng",
];
/// Initials that spellings confuse, as bits of [`INITIALS`]: gw kw g k; ng and none; b p; m; f; d t; n l; h; w; z c; s; j.
pub(crate) const INITIAL_CLASSES: [u32; 12] =
    [0x1803, 0x8_0004, 0x18, 0x20, 0x40, 0x180, 0x600, 0x2000, 0x4000, 0x1_8000, 0x2_0000, 0x4_0000];

/// The bit of no initial: marks what is not spelled as Mandarin though it is not Cantonese either.
pub(crate) const NO_INITIAL: u32 = 1 << 31;

/// The codas of a set of finals, by number: none, m, n, ng, p, t, k.
pub(crate) fn coda_classes(finals: u64) -> impl Iterator<Item = u8> {
    const CODAS: [fn(&str) -> bool; 6] = [
        |end| end.ends_with('m'),
        |end| end.ends_with('n'),
        |end| end.ends_with("ng"),
        |end| end.ends_with('p'),
        |end| end.ends_with('t'),
        |end| end.ends_with('k'),
    ];
    let coda = |end: &str| CODAS.iter().position(|is| is(end)).map_or(0, |place| place + 1);
    let present = FINALS.iter().enumerate().filter(move |(place, _)| finals >> place & 1 == 1);
    let bits = present.fold(0u8, |bits, (_, end)| bits | 1 << coda(end));
    (0..7).filter(move |coda| bits >> coda & 1 == 1)
}

/// Two syllables of a given name have fewer characters; ambiguity beyond so many ways is not met in names.
const LIMITS: Limits = Limits { longest: 14, divisions: 3, steps: 200 };

static SYLLABLES: LazyLock<Trie<Syllable>> = LazyLock::new(|| {
    let rows: Vec<Vec<&str>> = crate::tables::rows(include_str!("../data/cantonese_spelling.tsv")).collect();
    let of = |place: &'static str| {
        rows.iter().filter(move |row| row.first() == Some(&place)).filter_map(|row| Some((*row.get(1)?, *row.get(2)?)))
    };
    let known: FxHashSet<&str> = include_str!("../data/han.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(4))
        .flat_map(|jyutping| jyutping.split(' '))
        .collect();
    let mut syllables: FxHashMap<String, Syllable> = FxHashMap::default();
    let mut add = |spelling: String, initial: &str, end: &str| {
        let jyutping = format!("{}{end}", initial.trim_start_matches('-'));
        if known.contains(jyutping.as_str())
            && let Some(syllable) = reading(&jyutping)
        {
            let entry = syllables.entry(spelling).or_default();
            *entry = entry.or(syllable);
        }
    };
    for (initial, initials) in of("initial") {
        for (end, ends) in of("final") {
            let spelling = format!("{}{end}", initial.trim_start_matches('-'));
            for one in initials.split(' ') {
                ends.split(' ').for_each(|other| add(spelling.clone(), one, other));
            }
        }
    }
    for (whole, sound) in of("whole") {
        let (initial, end) = sound.split_once(' ').unwrap_or_default();
        add(whole.to_owned(), initial, end);
    }
    Trie::new(syllables.iter().map(|(spelling, syllable)| (spelling.as_str(), *syllable)))
});

/// The exact syllable of a reading in jyutping without its tone.
pub(crate) fn reading(jyutping: &str) -> Option<Syllable> {
    INITIALS.iter().zip(0..).find_map(|(initial, place)| {
        let end = if *initial == "-" { jyutping } else { jyutping.strip_prefix(initial)? };
        let found = FINALS.iter().position(|other| *other == end)?;
        Some(Syllable { cantonese_initial: 1 << place, cantonese_final: 1 << found, ..Syllable::default() })
    })
}

/// The sets that one written syllable may stand for.
pub(crate) fn syllable(spelling: &str) -> Option<Syllable> {
    SYLLABLES.get(spelling)
}

/// Every way to read a word as Cantonese syllables; offsets are bytes in `word`.
pub(crate) fn divisions(word: &str) -> Vec<Vec<Syllable>> {
    let syllables = &*SYLLABLES;
    divide::divisions(
        word,
        LIMITS,
        |at| syllables.ends(word, at),
        |text, take| {
            for (end, syllable) in syllables.prefixes(text) {
                if !take(syllable.at(0, u32::try_from(end).unwrap_or(u32::MAX))) {
                    return;
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{reading, syllable};

    #[test]
    fn spellings_meet_readings() {
        for (spelling, jyutping) in [
            ("chan", "can"),
            ("ng", "ng"),
            ("keung", "koeng"),
            ("kwok", "gwok"),
            ("tsang", "zang"),
            ("yuen", "jyun"),
            ("au", "au"),
        ] {
            let (one, other) = (syllable(spelling), reading(jyutping));
            let meets = one.zip(other).is_some_and(|(one, other)| {
                one.cantonese_initial & other.cantonese_initial != 0 && one.cantonese_final & other.cantonese_final != 0
            });
            assert!(meets, "{spelling} {jyutping}: {one:?} {other:?}");
        }
        assert_eq!(syllable("smith"), None);
    }
}
