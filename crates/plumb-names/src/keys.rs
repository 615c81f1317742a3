//! Blocking keys: two names that can compare well share at least one.

use crate::hash::{hash, mix};
use crate::lexicon;
use crate::name::{Name, Part, Role};
use crate::spelling;
use crate::syllable::Syllable;

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
    let counted = counted(name);
    let mut found = Vec::new();
    for (place, part) in counted.iter().enumerate() {
        let mut keys = Vec::new();
        part_keys(part, &mut keys);
        found.extend(keys.into_iter().map(|key| (u8::try_from(place).ok(), key)));
    }
    found.extend(whole_keys(name, &counted).into_iter().map(|key| (None, key)));
    found
}

fn whole_keys(name: &Name, counted: &[&Part]) -> Vec<Key> {
    let mut keys = Vec::new();
    for part in name.parts.iter().filter(|part| part.role == Role::Number && part.key.len() >= LONG_NUMBER) {
        push(&mut keys, KeyKind::Written, &part.key);
    }
    for length in [2, 3] {
        for run in name.parts.windows(length) {
            let joined: String = run.iter().map(|part| &*part.key).collect();
            push(&mut keys, KeyKind::Consonants, &spelling::consonants(&joined));
        }
    }
    for reading in &name.readings {
        syllable_keys(&reading.syllables, &mut keys);
    }
    if name.readings.is_empty() || name.kind != crate::Kind::Person {
        for part in counted {
            syllable_keys(name.part_syllables(part), &mut keys);
        }
        let run: Vec<Syllable> = counted.iter().flat_map(|part| name.part_syllables(part)).copied().collect();
        syllable_keys(&run, &mut keys);
    }
    concept_keys(name, &mut keys);
    keys
}

/// The words that tell the bearer from others; all words that mean something where none does.
fn counted(name: &Name) -> Vec<&Part> {
    let of = |wanted: fn(Role) -> bool| name.parts.iter().filter(|part| wanted(part.role)).collect::<Vec<_>>();
    let distinctive = of(|role| role.is_distinctive() && role != Role::Number);
    if distinctive.is_empty() { of(|role| matches!(role, Role::Generic | Role::Location)) } else { distinctive }
}

fn push(keys: &mut Vec<Key>, kind: KeyKind, text: &str) {
    if !text.is_empty() {
        keys.push(Key::new(kind, mix(hash(text) ^ (kind as u64 + 1))));
    }
}

fn part_keys(part: &Part, keys: &mut Vec<Key>) {
    let halves = part.splits.iter().flat_map(|(first, second)| first.iter().chain(second.iter()));
    for group in part.groups.iter().chain(halves) {
        keys.push(Key::new(KeyKind::Variant, mix(u64::from(group) ^ 0x7a << 32)));
    }
    if part.has_nicknames {
        let forms = lexicon::nicknames(part.forms.key).iter().chain([&part.forms.key]);
        keys.extend(forms.map(|form| Key::new(KeyKind::Variant, mix(*form))));
    }
    if part.latin.is_empty() {
        return push(keys, KeyKind::Written, &part.folded);
    }
    push(keys, KeyKind::Consonants, &spelling::consonants(&part.key));
    for other in spelling::other_keys(part) {
        push(keys, KeyKind::Consonants, &spelling::consonants(&other));
    }
    keys.push(Key::new(KeyKind::Consonants, mix(part.forms.abjad ^ 0xab)));
    if part.forms.sound_count >= 2 {
        keys.extend(
            spelling::sounds_around(&part.forms).map(|sound| Key::new(KeyKind::Sound, mix(sound ^ 0x50 << 56))),
        );
    }
    if (FEWEST_ACRONYM..=LONGEST_ACRONYM).contains(&part.latin.len()) {
        push(keys, KeyKind::Acronym, &part.latin);
    }
    if (SHORTEST_DELETION - 1..=LONGEST_DELETION).contains(&part.key.len()) && part.key.is_ascii() {
        // a word of three letters is what is left of one of four
        push(keys, KeyKind::Deletion, &part.key);
        if part.key.len() < SHORTEST_DELETION {
            return;
        }
        for left_out in 0..part.key.len() {
            let rest: String = part
                .key
                .bytes()
                .enumerate()
                .filter(|(at, _)| *at != left_out)
                .map(|(_, byte)| char::from(byte))
                .collect();
            push(keys, KeyKind::Deletion, &rest);
        }
    }
}

/// Classes of Korean initials and codas that spellings confuse; vowels are left out.
fn korean_classes(syllable: &Syllable) -> Vec<u8> {
    const INITIALS: [u32; 7] = [0x8003, 0x824, 0x10018, 0x40, 0x20180, 0x600, 0x7000];
    const CODAS: [u32; 6] = [0x0900_0207 & !1, 1, 0x0020_0010, 0x100, 0x1_0000, 0x0402_0000];
    let mut found = Vec::new();
    let initials = INITIALS.iter().copied().chain([0x40000]);
    for (i, initial) in initials.enumerate().filter(|(_, bits)| bits & syllable.initial != 0) {
        let _ = initial;
        for (c, _) in CODAS.iter().enumerate().filter(|(_, bits)| *bits & syllable.coda != 0) {
            found.push(u8::try_from(i * 8 + c + 1).unwrap_or(0));
        }
    }
    found
}

/// Classes of Mandarin initials that Wade–Giles and Palladius confuse, with the coda: none, n or ng.
fn mandarin_classes(syllable: &Syllable) -> Vec<u8> {
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
    let mut found = Vec::new();
    for (i, _) in INITIALS.iter().enumerate().filter(|(_, bits)| *bits & syllable.mandarin_initial != 0) {
        for (c, _) in [N, NG, !(N | NG)].iter().enumerate().filter(|(_, bits)| *bits & syllable.mandarin_final != 0) {
            found.push(u8::try_from(100 + i * 4 + c).unwrap_or(0));
        }
    }
    found
}

/// Cantonese initials that spellings confuse, with the coda.
fn cantonese_classes(syllable: &Syllable) -> Vec<u8> {
    let initials = crate::cantonese::INITIAL_CLASSES.iter().enumerate();
    let mut found = Vec::new();
    for (i, _) in initials.filter(|(_, bits)| *bits & syllable.cantonese_initial != 0) {
        let codas = crate::cantonese::coda_classes(syllable.cantonese_final);
        found.extend(codas.filter_map(|coda| u8::try_from(160 + i * 7 + coda).ok()));
    }
    found
}

/// Most keys that one sequence may give; characters with many readings would multiply without end.
const MOST_SEQUENCES: usize = 32;

fn syllable_keys(syllables: &[Syllable], keys: &mut Vec<Key>) {
    if syllables.len() < 2 || syllables.len() > 8 {
        return;
    }
    for classes in [korean_classes as fn(&Syllable) -> Vec<u8>, mandarin_classes, cantonese_classes] {
        let mut sequences: Vec<u64> = vec![0];
        for syllable in syllables {
            let next = classes(syllable);
            sequences = sequences
                .iter()
                .flat_map(|before| next.iter().map(move |class| mix(before ^ u64::from(*class))))
                .take(MOST_SEQUENCES)
                .collect();
        }
        keys.extend(sequences.into_iter().filter(|hash| *hash != 0).map(|hash| Key::new(KeyKind::Syllables, hash)));
    }
}

fn concept_keys(name: &Name, keys: &mut Vec<Key>) {
    let concepts: Vec<u32> = name
        .parts
        .iter()
        .filter(|part| part.concept != 0 && !matches!(part.role, Role::LegalForm | Role::Stop))
        .map(|part| part.concept)
        .collect();
    // Office 39 has no other word
    if name.parts.iter().all(|part| part.role == Role::Number || !part.role.is_distinctive()) {
        let numbers = || name.parts.iter().filter(|part| part.role == Role::Number);
        let with =
            |concept: &u32| numbers().map(move |part| mix(part.forms.key ^ u64::from(*concept))).collect::<Vec<_>>();
        keys.extend(concepts.iter().flat_map(with).map(|hash| Key::new(KeyKind::Concepts, hash)));
        // nor has the Workers' Party
        if let [only] = concepts.as_slice() {
            keys.push(Key::new(KeyKind::Concepts, mix(u64::from(*only))));
        }
    }
    let telling = name.parts.iter().filter(|part| part.concept != 0 && part.role == Role::Name);
    keys.extend(telling.map(|part| Key::new(KeyKind::Concepts, mix(u64::from(part.concept)))));
    for pair in concepts.windows(2) {
        if let [first, second] = pair {
            let both = u64::from(*first.min(second)) << 32 | u64::from(*first.max(second));
            keys.push(Key::new(KeyKind::Concepts, mix(both)));
        }
    }
    acronym_keys(name, keys);
}

/// An acronym by its letters, and by its consonants where it may be made of beginnings of words: KOMID is found by k, m, d and Korea
/// Mining Development Trading Corporation by each row of first letters from three on.
fn acronym_keys(name: &Name, keys: &mut Vec<Key>) {
    push(keys, KeyKind::Acronym, &name.acronym);
    push(keys, KeyKind::Acronym, name.short_acronym().unwrap_or_default());
    for length in FEWEST_ACRONYM..=name.acronym.len().min(MOST_INITIALS) {
        let letters = name.acronym.get(..length).unwrap_or_default();
        push(keys, KeyKind::AcronymConsonants, &spelling::consonants(letters));
    }
    let mut words = name.parts.iter().filter(|part| !matches!(part.role, Role::LegalForm | Role::Stop));
    if let (Some(word), None, true) = (words.next(), words.next(), name.kind != crate::Kind::Person)
        && (FEWEST_ACRONYM..=LONGEST_ACRONYM).contains(&word.latin.len())
    {
        push(keys, KeyKind::AcronymConsonants, &spelling::consonants(&word.latin));
    }
}
