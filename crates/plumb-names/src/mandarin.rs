//! Mandarin: reading pinyin, Wade–Giles and Palladius as sets of syllables. The spellings stand in `data/mandarin_spelling.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::divide::{self, Limits, Take};
use crate::syllable::Syllable;
use crate::trie::Trie;

const INITIALS: [&str; 22] =
    ["-", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"];
const FINALS: [&str; 35] = [
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "i", "ia", "ie", "iao", "iu", "ian",
    "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ueng", "v", "ve", "van",
];
/// `vn` has the bit after the last of `FINALS`.
const VN: usize = 35;
/// Two syllables of a given name have fewer characters; ambiguity beyond so many ways is not met in names.
const LIMITS: Limits = Limits { longest: 24, divisions: 4, steps: 300 };

/// A way of writing Mandarin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Pinyin,
    Wade,
    Palladius,
    /// Mandarin heard and written in Hangul: 시진핑.
    Hangul,
}

type Sets = (u32, u64);

/// The syllables of each system, in the order of [`System`].
static SYLLABLES: LazyLock<[Trie<Sets>; 4]> = LazyLock::new(|| {
    let table = include_str!("../data/mandarin_spelling.tsv");
    let classes = Classes::new();
    [(System::Pinyin, "pinyin"), (System::Wade, "wade"), (System::Palladius, "palladius"), (System::Hangul, "hangul")]
        .map(|(system, name)| {
            let rows: Vec<Vec<&str>> = crate::tables::rows(table).filter(|row| row.first() == Some(&name)).collect();
            let place = |place: &'static str| {
                rows.iter()
                    .filter(move |row| row.get(1) == Some(&place))
                    .filter_map(|row| Some((*row.get(2)?, *row.get(3)?)))
            };
            let mut syllables = FxHashMap::default();
            for (initial, initial_value) in place("initial") {
                for (end, end_value) in place("final") {
                    add(
                        &mut syllables,
                        &classes,
                        format!("{initial}{end}"),
                        (initial_bits(initial_value), final_bits(end_value)),
                    );
                }
            }
            for (whole, value) in place("whole") {
                let (initial, end) = value.split_once(' ').unwrap_or_default();
                // A whole row goes before what the parts would give, but in Hangul several syllables are written alike.
                if system != System::Hangul {
                    syllables.remove(whole);
                }
                add(&mut syllables, &classes, whole.to_owned(), (initial_bits(initial), final_bits(end)));
            }
            Trie::new(syllables.iter().map(|(spelling, sets)| (spelling.as_str(), *sets)))
        })
});

fn syllables_of(system: System) -> Option<&'static Trie<Sets>> {
    SYLLABLES.get(system as usize)
}

/// Which initials go with which finals.
struct Classes {
    allowed: Vec<(u32, u64)>,
}

impl Classes {
    /// By class of initial: enough to tell words that are no Mandarin.
    fn new() -> Self {
        let i_like = final_bits("ia ie iao iu ian in iang ing iong");
        let v_like = final_bits("v ve van vn");
        let u_like = final_bits("ua uo uai ui uan un uang ong");
        let i = final_bits("i");
        let allowed = vec![
            (initial_bits("j q x"), i | i_like | v_like),
            (initial_bits("zh ch sh r z c s"), !(i_like | v_like)),
            (initial_bits("g k h"), !(i | i_like | v_like)),
            (initial_bits("b p m f"), !(v_like | u_like | final_bits("ia iang iong"))),
            (initial_bits("- d t n l"), u64::MAX),
        ];
        Classes { allowed }
    }

    fn hold(&self, (initials, finals): Sets) -> bool {
        self.allowed.iter().any(|(class, allowed)| initials & class != 0 && finals & allowed != 0)
    }
}

/// Keeps a spelling if it can stand for a syllable that Mandarin has.
fn add(syllables: &mut FxHashMap<String, Sets>, classes: &Classes, spelling: String, sets: Sets) {
    if classes.hold(sets) {
        let entry = syllables.entry(spelling).or_default();
        *entry = (entry.0 | sets.0, entry.1 | sets.1);
    }
}

fn initial_bits(names: &str) -> u32 {
    names
        .split(' ')
        .filter_map(|name| INITIALS.iter().position(|other| *other == name))
        .fold(0, |bits, place| bits | 1 << place)
}

fn final_bits(names: &str) -> u64 {
    let place = |name: &str| if name == "vn" { Some(VN) } else { FINALS.iter().position(|other| *other == name) };
    names.split(' ').filter_map(place).fold(0, |bits, place| bits | 1 << place)
}

/// The sets that one written syllable may stand for.
pub(crate) fn syllable(spelling: &str, system: System) -> Option<Syllable> {
    syllables_of(system)?.get(spelling).map(of_sets)
}

fn of_sets((initial, end): Sets) -> Syllable {
    Syllable { mandarin_initial: initial, mandarin_final: end, ..Syllable::default() }
}

/// Every way to read a word as Mandarin syllables in a system; offsets are bytes in `word`.
pub(crate) fn divisions(word: &str, system: System) -> Vec<Vec<Syllable>> {
    let Some(syllables) = syllables_of(system) else { return Vec::new() };
    let ends = ends(word, (syllables, system));
    divide::divisions(word, LIMITS, ends, |text, take| beginnings(text, (syllables, system), take))
}

/// The first of these ways; nothing if there is none.
pub(crate) fn first_division(word: &str, system: System) -> Vec<Syllable> {
    let Some(syllables) = syllables_of(system) else { return Vec::new() };
    let ends = ends(word, (syllables, system));
    divide::first(word, LIMITS, ends, |text, take| beginnings(text, (syllables, system), take))
}

/// Tells where the syllables of a word end that begin at a place, a bit for each.
fn ends(word: &str, (syllables, system): (&Trie<Sets>, System)) -> impl Fn(u32) -> u64 {
    let is_skipped = |byte: u8| system == System::Pinyin && byte == b'\'';
    let skipped = (0..u64::BITS).zip(word.bytes()).filter(|(_, byte)| is_skipped(*byte));
    let skipped = skipped.fold(0u64, |bits, (at, _)| bits | 1 << at);
    move |at| syllables.ends(word, at + u32::from(skipped >> at & 1 == 1))
}

/// The syllables that a text may begin with, longest first.
fn beginnings(text: &str, (syllables, system): (&Trie<Sets>, System), take: &mut Take<'_>) {
    // An apostrophe divides syllables in pinyin (Xi'an) and stands inside them in Wade–Giles.
    let start = usize::from(system == System::Pinyin && text.starts_with('\''));
    let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    for (length, sets) in syllables.prefixes(text.get(start..).unwrap_or_default()) {
        if !take(of_sets(sets).at(place(start), place(start + length))) {
            return;
        }
    }
}
