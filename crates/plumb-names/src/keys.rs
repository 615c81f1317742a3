//! Blocking keys: two names that can compare well share at least one.

use compact_str::CompactString;

use crate::hash::{self, mix};
use crate::inflection;
use crate::japanese;
use crate::lexicon;
use crate::name::{Name, Part, Role};
use crate::script::Script;
use crate::spelling;
use crate::syllable::Syllable;
use crate::systems;

/// What a key was made from; an index may weigh or drop kinds that are too common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum KeyKind {
    /// The consonants of a part: covers spelling habits, vowels, Arabic without vowels.
    Consonants,
    /// A key with one letter left out: covers one edit (both sides), and most pairs of two.
    Deletion,
    /// The syllables of a whole Korean or Chinese name by classes that no romanisation divides.
    Syllables,
    /// A part by the sound of its consonants: covers what is written by ear.
    Sound,
    /// A word that means the same in every language, with its neighbour.
    Concepts,
    /// The acronym of an organisation, or a word that may be one.
    Acronym,
    /// The consonants of what may be an acronym made of beginnings of words.
    AcronymConsonants,
    /// A group of the table of variants, or a long form of a nickname.
    Variant,
    /// The letters of a part whose script is not read.
    Written,
}

/// A blocking key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it was made from.
    pub kind: KeyKind,
    /// Equal for names that may compare well; spread evenly over 64 bits.
    pub hash: u64,
}

impl Key {
    fn new(kind: KeyKind, hash: u64) -> Self {
        Self { kind, hash }
    }

    /// The key of a text that has this hash.
    fn of(kind: KeyKind, text: u64) -> Self {
        Self::new(kind, mix(text ^ (kind as u64 + 1)))
    }
}

/// Shortest key whose deletions are made, the shortest that [`crate::compare`] forgives an edit.
const SHORTEST_DELETION: usize = 4;
/// Letters of a word that may be an acronym; the same in [`crate::compare`].
const FEWEST_ACRONYM: usize = 3;
const LONGEST_ACRONYM: usize = 12;
/// Words of which an acronym takes beginnings.
const MOST_INITIALS: usize = 6;
/// Digits from which a number tells its bearer apart as a word does: registration marks, factories, street numbers.
const LONG_NUMBER: usize = 3;
/// Longest key whose deletions are made: longer ones are found by their consonants or other parts.
const LONGEST_DELETION: usize = 24;
/// Names of so few parts are also looked for by their letters as written.
const FEW_PARTS: usize = 2;

/// The blocking keys of a name, sorted and each once.
pub fn keys(name: &Name) -> Vec<Key> {
    let mut keys: Vec<Key> = keys_by_part(name).into_iter().map(|(_, key)| key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The blocking keys of a name, each with the number of the part that it was made from, counted among those that tell the bearer from
/// others; none if it was made from several. Keys of one part stand or fall together.
pub fn keys_by_part(name: &Name) -> Vec<(Option<u8>, Key)> {
    let mut found = Vec::with_capacity(EXPECTED * name.parts.len());
    each_key(name, &mut |part, key| found.push((part, key)));
    found
}

/// Takes each key of [`keys_by_part`].
pub fn each_key(name: &Name, take: &mut dyn FnMut(Option<u8>, Key)) {
    let is_short = counted(name).count() <= FEW_PARTS;
    for (place, part) in counted(name).enumerate() {
        let place = u8::try_from(place).ok();
        part_keys(part, &mut |key| take(place, key));
        // a slip may tear a pair of letters that a spelling habit reads as one: Tajco, Tamjco. Longer names are found by their other parts
        if is_short && part.script == Script::Latin && part.forms.latin != part.forms.key {
            deletion_keys(&part.latin, part.forms.latin, &mut |key| take(place, key));
        }
    }
    whole_keys(name, &mut |key| take(None, key));
}

/// Whether two names have a key in common of the commonest kind, which can be told without making any.
pub fn share_consonants(left: &Name, right: &Name) -> bool {
    let told = |part: &&Part| !part.latin.is_empty() && part.forms.consonant_count > 0;
    counted(left).filter(told).any(|l| counted(right).filter(told).any(|r| l.forms.consonants == r.forms.consonants))
}

/// Most parts give fewer keys.
const EXPECTED: usize = 24;

fn whole_keys(name: &Name, push: &mut dyn FnMut(Key)) {
    for part in name.parts.iter().filter(|part| part.role == Role::Number && part.key.len() >= LONG_NUMBER) {
        push_text(push, KeyKind::Written, &part.key);
    }
    for length in [2, 3] {
        for run in name.parts.windows(length) {
            run_key(run, push);
        }
    }
    for reading in &name.readings {
        syllable_keys(&reading.syllables, push);
    }
    if name.kind == crate::Kind::Person {
        korean_in_kana(name, push);
    }
    if name.readings.is_empty() || name.kind != crate::Kind::Person {
        let mut run: Vec<Syllable> = Vec::new();
        for part in counted(name) {
            let syllables = name.part_syllables(part);
            syllable_keys(syllables, push);
            run.extend_from_slice(syllables);
        }
        syllable_keys(&run, push);
    }
    concept_keys(name, push);
}

/// A Korean name in Hangul or kana by the consonants that are the same in both: what kana makes of the ends of syllables hangs on what follows.
fn korean_in_kana(name: &Name, push: &mut dyn FnMut(Key)) {
    let are = |script: Script| name.parts.iter().all(|part| part.script == script);
    if are(Script::Kana) || are(Script::Hangul) && !name.readings.is_empty() {
        let joined: String = name.parts.iter().map(|part| &*part.key).collect();
        push(Key::new(KeyKind::Sound, mix(spelling::obstruents(&joined) ^ 0x6b << 56)));
    }
}

/// The consonants of parts in a row, as if they were written together.
fn run_key(run: &[Part], push: &mut dyn FnMut(Key)) {
    let Some((first, rest)) = run.split_first() else { return };
    if first.key.is_empty() {
        let joined: String = run.iter().map(|part| &*part.key).collect();
        return push_text(push, KeyKind::Consonants, &spelling::consonants(&joined));
    }
    let join = |before, part: &Part| hash::join(before, part.forms.body, part.forms.body_power);
    push(Key::of(KeyKind::Consonants, rest.iter().fold(first.forms.consonants, join)));
}

/// The words that tell the bearer from others; all words that mean something where none does.
fn counted(name: &Name) -> impl Iterator<Item = &Part> {
    let tells = |role: Role| role.is_distinctive() && role != Role::Number;
    let any_tells = name.parts.iter().any(|part| tells(part.role));
    name.parts.iter().filter(move |part| {
        if any_tells { tells(part.role) } else { matches!(part.role, Role::Generic | Role::Location) }
    })
}

fn push_text(push: &mut dyn FnMut(Key), kind: KeyKind, text: &str) {
    if !text.is_empty() {
        push(Key::of(kind, hash::hash(text)));
    }
}

fn part_keys(part: &Part, push: &mut dyn FnMut(Key)) {
    let halves = part.splits.iter().flat_map(|(first, second)| first.iter().chain(second.iter()));
    for group in part.groups.iter().chain(halves) {
        push(Key::new(KeyKind::Variant, mix(u64::from(group) ^ 0x7a << 32)));
    }
    if part.has_nicknames {
        let forms = lexicon::nicknames(part.forms.key).iter().chain([&part.forms.key]);
        forms.for_each(|form| push(Key::new(KeyKind::Variant, mix(*form))));
    }
    if part.latin.is_empty() {
        return push_text(push, KeyKind::Written, &part.folded);
    }
    if part.script == Script::Han {
        japanese_keys(part, push);
    }
    if part.forms.consonant_count > 0 {
        push(Key::of(KeyKind::Consonants, part.forms.consonants));
    }
    for other in systems::far_keys(part) {
        push_text(push, KeyKind::Consonants, &spelling::consonants(&other));
    }
    if let Some(place) = inflection::place_in(part) {
        push_text(push, KeyKind::Consonants, &spelling::consonants(place));
    }
    for abjad in std::iter::once(part.forms.abjad).chain(spelling::other_abjads(part)) {
        push(Key::new(KeyKind::Consonants, mix(abjad ^ 0xab)));
    }
    if part.forms.sound_count >= 2 {
        spelling::sounds_around(&part.forms).for_each(|sound| push(Key::new(KeyKind::Sound, mix(sound ^ 0x50 << 56))));
    }
    if (FEWEST_ACRONYM..=LONGEST_ACRONYM).contains(&part.latin.len()) {
        push(Key::of(KeyKind::Acronym, part.forms.latin));
    }
    deletion_keys(&part.key, part.forms.key, push);
}

/// The consonants of what a word in Han may be read as in Japanese; one consonant alone tells nothing.
fn japanese_keys(part: &Part, push: &mut dyn FnMut(Key)) {
    let mut found: Vec<CompactString> = Vec::new();
    japanese::commonest_readings(&part.folded, &mut |reading| {
        found.push(spelling::consonants(&spelling::key(reading)));
    });
    found.sort_unstable();
    found.dedup();
    found.iter().filter(|consonants| consonants.len() >= 2).for_each(|text| push_text(push, KeyKind::Consonants, text));
}

/// A word whose hash is known, and what is left of it when each letter is left out.
fn deletion_keys(word: &str, hash: u64, push: &mut dyn FnMut(Key)) {
    // a word of three letters is what is left of one of four
    if (SHORTEST_DELETION - 1..=LONGEST_DELETION).contains(&word.len()) && word.is_ascii() {
        push(Key::of(KeyKind::Deletion, hash));
        if word.len() >= SHORTEST_DELETION {
            hash::without_each(word, hash).for_each(|rest| push(Key::of(KeyKind::Deletion, rest)));
        }
    }
}

/// Classes that a syllable may be in, of those that no spelling divides.
type Classes = dyn Fn(&Syllable, &mut dyn FnMut(u8));

/// Classes of Korean initials and codas that spellings confuse; vowels are left out.
fn korean_classes(syllable: &Syllable, take: &mut dyn FnMut(u8)) {
    const INITIALS: [u32; 8] = [0x8003, 0x824, 0x10018, 0x40, 0x20180, 0x600, 0x7000, 0x40000];
    const CODAS: [u32; 6] = [0x0900_0207 & !1, 1, 0x0020_0010, 0x100, 0x1_0000, 0x0402_0000];
    for (i, _) in (0..).zip(INITIALS).filter(|(_, bits)| bits & syllable.initial != 0) {
        (0..).zip(CODAS).filter(|(_, bits)| bits & syllable.coda != 0).for_each(|(c, _)| take(i * 8 + c + 1));
    }
}

/// Classes of Mandarin initials that Wade–Giles and Palladius confuse, with the coda: none, n or ng.
fn mandarin_classes(syllable: &Syllable, take: &mut dyn FnMut(u8)) {
    // b p; m; f; d t; n; l; g k; h; j q zh ch z c; x sh s; r; none. Bits in the order of the table of initials.
    const INITIALS: [u32; 12] = [
        0x6,
        0x8,
        0x10,
        0x60,
        0x80,
        0x100,
        0x600,
        0x800,
        0x1000 | 0x2000 | 0x8000 | 0x1_0000 | 0x8_0000 | 0x10_0000,
        0x4000 | 0x2_0000 | 0x20_0000,
        0x4_0000,
        0x1,
    ];
    const N: u64 = 1 << 7 | 1 << 8 | 1 << 18 | 1 << 19 | 1 << 28 | 1 << 29 | 1 << 34 | 1 << 35;
    const NG: u64 = 1 << 9 | 1 << 10 | 1 << 11 | 1 << 20 | 1 << 21 | 1 << 22 | 1 << 30 | 1 << 31;
    const CODAS: [u64; 3] = [N, NG, !(N | NG)];
    for (i, _) in (0..).zip(INITIALS).filter(|(_, bits)| bits & syllable.mandarin_initial != 0) {
        let codas = (0..).zip(CODAS).filter(|(_, bits)| bits & syllable.mandarin_final != 0);
        codas.for_each(|(c, _)| take(100 + i * 4 + c));
    }
}

/// Cantonese initials that spellings confuse, with the coda.
fn cantonese_classes(syllable: &Syllable, take: &mut dyn FnMut(u8)) {
    let initials = (0..).zip(crate::cantonese::INITIAL_CLASSES);
    for (i, _) in initials.filter(|(_, bits)| bits & syllable.cantonese_initial != 0) {
        crate::cantonese::coda_classes(syllable.cantonese_final).for_each(|coda| take(160 + i * 7 + coda));
    }
}

/// Most keys that one sequence may give; characters with many readings would multiply without end.
const MOST_SEQUENCES: usize = 32;

fn syllable_keys(syllables: &[Syllable], push: &mut dyn FnMut(Key)) {
    if syllables.len() < 2 || syllables.len() > 8 {
        return;
    }
    let languages: [&Classes; 3] = [&korean_classes, &mandarin_classes, &cantonese_classes];
    for classes in languages {
        let (mut sequences, mut count) = ([0u64; MOST_SEQUENCES], 1);
        for syllable in syllables {
            let (mut next, mut found) = ([0; MOST_SEQUENCES], 0);
            for before in sequences.iter().take(count) {
                classes(syllable, &mut |class| {
                    if let Some(place) = next.get_mut(found) {
                        (*place, found) = (mix(before ^ u64::from(class)), found + 1);
                    }
                });
            }
            (sequences, count) = (next, found);
        }
        let hashes = sequences.into_iter().take(count).filter(|hash| *hash != 0);
        hashes.for_each(|hash| push(Key::new(KeyKind::Syllables, hash)));
    }
}

fn concept_keys(name: &Name, push: &mut dyn FnMut(Key)) {
    let concepts = || {
        let parts = name.parts.iter().filter(|part| !matches!(part.role, Role::LegalForm | Role::Stop));
        parts.map(|part| part.concept).filter(|concept| *concept != 0)
    };
    // Office 39 has no other word
    if name.parts.iter().all(|part| part.role == Role::Number || !part.role.is_distinctive()) {
        for number in name.parts.iter().filter(|part| part.role == Role::Number) {
            concepts()
                .for_each(|concept| push(Key::new(KeyKind::Concepts, mix(number.forms.key ^ u64::from(concept)))));
        }
        // nor has the Workers' Party
        if let (Some(only), None) = (concepts().next(), concepts().nth(1)) {
            push(Key::new(KeyKind::Concepts, mix(u64::from(only))));
        }
    }
    for part in name.parts.iter().filter(|part| part.concept != 0 && part.role == Role::Name) {
        push(Key::new(KeyKind::Concepts, mix(u64::from(part.concept))));
    }
    for (first, second) in concepts().zip(concepts().skip(1)) {
        let both = u64::from(first.min(second)) << 32 | u64::from(first.max(second));
        push(Key::new(KeyKind::Concepts, mix(both)));
    }
    acronym_keys(name, push);
}

/// An acronym by its letters, and by its consonants where it may be made of beginnings of words: KOMID is found by k, m, d and Korea
/// Mining Development Trading Corporation by each row of first letters from three on.
fn acronym_keys(name: &Name, push: &mut dyn FnMut(Key)) {
    push_text(push, KeyKind::Acronym, &name.acronym);
    push_text(push, KeyKind::Acronym, name.short_acronym().unwrap_or_default());
    for length in FEWEST_ACRONYM..=name.acronym.len().min(MOST_INITIALS) {
        let letters = name.acronym.get(..length).unwrap_or_default();
        push_text(push, KeyKind::AcronymConsonants, &spelling::consonants(letters));
    }
    let mut words = name.parts.iter().filter(|part| !matches!(part.role, Role::LegalForm | Role::Stop));
    if let (Some(word), None, true) = (words.next(), words.next(), name.kind != crate::Kind::Person)
        && (FEWEST_ACRONYM..=LONGEST_ACRONYM).contains(&word.latin.len())
    {
        push_text(push, KeyKind::AcronymConsonants, &spelling::consonants(&word.latin));
    }
}
