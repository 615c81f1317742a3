//! The spelling habits of many languages made one (`data/spelling.tsv`): the key of a word, and what is left of it without vowels.

use std::sync::LazyLock;

use compact_str::CompactString;

use crate::hash;
use crate::name::{Forms, Part};
use crate::script::Script;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    First,
    Last,
    AfterVowel,
}

#[derive(Clone, Copy)]
struct Habit {
    place: Place,
    from: &'static str,
    to: &'static str,
}

/// Habits by the first two letters of what they replace, see [`place_of`]; longest first, particular places before `any`. Of most pairs of
/// letters there is none.
static HABITS: LazyLock<Vec<Vec<Habit>>> = LazyLock::new(|| {
    let mut habits: Vec<Habit> = Vec::new();
    for row in crate::tables::rows(include_str!("../data/spelling.tsv")) {
        let (Some(place), Some(from)) = (row.first(), row.get(1)) else { continue };
        let place = match *place {
            "first" => Place::First,
            "last" => Place::Last,
            "vowel" => Place::AfterVowel,
            _ => Place::Any,
        };
        habits.push(Habit { place, from, to: row.get(2).copied().unwrap_or("") });
    }
    habits.sort_by_key(|habit| (std::cmp::Reverse(habit.from.len()), habit.place == Place::Any));
    let begins = |habit: &&Habit, pair: usize| match habit.from.as_bytes() {
        [one] => pair / NEXT == place_of(*one, None) / NEXT,
        [one, next, ..] => pair == place_of(*one, Some(*next)),
        [] => false,
    };
    (0..LETTERS * NEXT).map(|pair| habits.iter().filter(|habit| begins(habit, pair)).copied().collect()).collect()
});

const LETTERS: usize = 26;
/// A letter, or anything else or nothing.
const NEXT: usize = LETTERS + 1;

/// Where the habits of a letter before another stand; nowhere for what is no letter.
fn place_of(letter: u8, next: Option<u8>) -> usize {
    let number = |letter: u8| usize::from(letter.wrapping_sub(b'a'));
    number(letter) * NEXT + next.map_or(LETTERS, number).min(LETTERS)
}

pub(crate) fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The key of a word in plain Latin letters: one spelling for what languages write in several ways.
pub(crate) fn key(latin: &str) -> CompactString {
    let habits = &*HABITS;
    // a habit makes two letters of one at most
    let mut text = String::with_capacity(2 * latin.len());
    let mut at = 0;
    while let Some(letter) = latin.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some(habit) = habit_at(habits, latin.as_bytes(), at, &text) {
            for letter in habit.to.chars() {
                push_single(&mut text, letter);
            }
            at += habit.from.len();
        } else {
            push_single(&mut text, letter);
            at += letter.len_utf8();
        }
    }
    if text.is_empty() { latin.into() } else { text.into() }
}

/// Double letters are a matter of spelling in most languages; digits are not letters.
fn push_single(text: &mut String, letter: char) {
    if letter.is_ascii_digit() || !text.ends_with(letter) {
        text.push(letter);
    }
}

fn habit_at(habits: &'static [Vec<Habit>], word: &[u8], at: usize, before: &str) -> Option<&'static Habit> {
    let rest = word.get(at..)?;
    habits.get(place_of(*rest.first()?, rest.get(1).copied()))?.iter().find(|habit| {
        // so short that going over them is quicker than a call
        let from = habit.from.as_bytes();
        rest.len() >= from.len()
            && rest.iter().zip(from).all(|(one, other)| one == other)
            && match habit.place {
                Place::Any => true,
                Place::First => at == 0,
                Place::Last => at > 0 && rest.len() == from.len(),
                Place::AfterVowel => before.bytes().next_back().is_some_and(is_vowel),
            }
    })
}

/// The consonants of a key. An initial vowel counts, as one letter whichever it is.
pub(crate) fn consonants(key: &str) -> CompactString {
    let consonant = |(place, letter): (usize, char)| {
        if u8::try_from(letter).is_ok_and(is_vowel) { (place == 0).then_some('a') } else { Some(letter) }
    };
    key.chars().enumerate().filter_map(consonant).collect()
}

/// Consonants by manner and place of articulation, voice and length left out, nasals one before a consonant or at the end:
/// what survives when a name is written down by ear in Hangul, kana or Han and read back. Classes are numbers from 1 to 9.
fn sounds(key: &str) -> impl Iterator<Item = u8> {
    let letters = key.as_bytes();
    // Two of one class are one sound only where no vowel stands between them: Potanin keeps both of its n.
    let (mut last, mut vowel_between) = (None, false);
    letters.iter().enumerate().filter_map(move |(place, byte)| {
        let next = letters.get(place + 1).copied();
        let class = match byte {
            b'b' | b'p' | b'f' | b'v' => 1,
            b't' | b'd' => 2,
            b'k' | b'g' => 3,
            b'c' | b'j' | b's' | b'z' => 4,
            b'h' if next.is_none() || place > 0 => return None,
            b'h' => 5,
            b'r' | b'l' => 6,
            b'm' if next.is_some_and(is_vowel) => 7,
            b'm' | b'n' => 8,
            _ if place == 0 => 9,
            _ => {
                vowel_between = true;
                return None;
            }
        };
        let is_new = vowel_between || last != Some(class);
        (last, vowel_between) = (Some(class), false);
        is_new.then_some(class)
    })
}

/// Hashes of the consonants of a key, taken in one after the other.
#[derive(Default)]
struct Skeleton {
    count: usize,
    consonants: u64,
    /// Without a vowel at the beginning.
    body: u64,
    /// As Arabic writes them: w and y are vowels unless they begin the word, p and v have no letter of their own, and a last h is none.
    abjad: u64,
    /// An h that is not the last, if another letter follows.
    has_open_h: bool,
}

impl Skeleton {
    /// The bytes of a letter that is not ASCII count as so many consonants.
    fn of(key: &str) -> Self {
        let mut skeleton = Self::default();
        for (place, byte) in key.bytes().enumerate() {
            if !is_vowel(byte) {
                skeleton.take(byte, false);
            } else if place == 0 {
                skeleton.take(b'a', true);
            }
        }
        skeleton
    }

    fn take(&mut self, letter: u8, is_vowel: bool) {
        self.consonants = hash::step(self.consonants, letter);
        if !is_vowel {
            self.body = hash::step(self.body, letter);
        }
        if std::mem::take(&mut self.has_open_h) {
            self.abjad = hash::step(self.abjad, b'h');
        }
        let is_first = self.count == 0;
        match letter {
            b'v' if !is_first => {}
            b'h' if !is_first => self.has_open_h = true,
            b'p' => self.abjad = hash::step(self.abjad, b'b'),
            b'g' => self.abjad = hash::step(self.abjad, b'j'),
            _ => self.abjad = hash::step(self.abjad, letter),
        }
        self.count += 1;
    }
}

/// Whether a script is written without vowels.
pub(crate) fn leaves_vowels_open(script: Script) -> bool {
    matches!(script, Script::Arabic | Script::Hebrew)
}

/// Sounds that are kept of one part: 16 of four bits each.
const MOST_SOUNDS: u8 = 16;

/// The sounds of a key without nasals, with g behind n and what is said twice: packed as [`pack`] does.
pub(crate) fn obstruents(key: &str) -> u64 {
    const NASAL: u8 = 7;
    let key = key.replace("ng", "n");
    let mut last = 0;
    pack(sounds(&key).filter(|class| *class < NASAL && std::mem::replace(&mut last, *class) != *class)).0
}

/// The classes of [`sounds`], four bits each, the first lowest, and how many there are.
fn pack(sounds: impl Iterator<Item = u8>) -> (u64, u8) {
    let sounds = (0..MOST_SOUNDS).zip(sounds);
    sounds.fold((0, 0), |(packed, _), (place, class)| (packed | u64::from(class) << (4 * place), place + 1))
}

/// The sounds of a part, and from three on also with each one left out: what is one sound apart shares one of these.
pub(crate) fn sounds_around(forms: &Forms) -> impl Iterator<Item = u64> {
    let (sound, count) = (forms.sound, u32::from(forms.sound_count));
    let without = move |place: u32| {
        let below = (1u64 << (4 * place)) - 1;
        sound & below | sound >> 4 & !below
    };
    std::iter::once(sound).chain((0..count).filter(move |_| count >= 3).map(without))
}

/// Hashes and summaries of a part's forms.
pub(crate) fn forms(folded: &str, latin: &str, key: &str, script: Script) -> Forms {
    let mut forms = Forms { folded: hash::hash(folded), ..Forms::default() };
    forms.latin = if latin == folded { forms.folded } else { hash::hash(latin) };
    forms.key = if key == latin { forms.latin } else { hash::hash(key) };
    let begins = usize::from(key.bytes().next().is_some_and(is_vowel));
    let Skeleton { count, consonants, body, abjad, .. } = Skeleton::of(key);
    let (sound, sound_count) = pack(sounds(key));
    Forms {
        key_power: hash::power(key.len()),
        consonant_count: u8::try_from(count).unwrap_or(u8::MAX),
        consonants,
        body,
        body_power: hash::power(count - begins),
        abjad,
        sound_count,
        sound,
        vowels_open: leaves_vowels_open(script),
        by_ear: script.is_unspaced(),
        ends_in_vowel: key.bytes().next_back().is_some_and(is_vowel),
        letters: key.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, byte| bits | 1 << (byte - b'a')),
        ..forms
    }
}

/// How Arabic may write a word in Latin letters besides [`Forms::abjad`]: v with the letter for f (لافروف, Lavrov), g with that for q, as it is
/// said from Libya to the Gulf (القذافي, Gaddafi), and the c of Turkish with that for j (رجب, Recep).
pub(crate) fn other_abjads(part: &Part) -> impl Iterator<Item = u64> {
    let latin = Some(&*part.latin).filter(|_| part.script == Script::Latin);
    let is_turkish = |word: &&str| word.contains('c') && !word.contains("ch") && !word.contains("ck");
    let by_key = [('v', "f"), ('g', "k")].into_iter().filter(|_| !part.forms.vowels_open);
    let keys =
        by_key.filter(|(letter, _)| part.key.contains(*letter)).map(|(letter, other)| part.key.replace(letter, other));
    keys.chain(latin.filter(is_turkish).map(|word| key(&word.replace('c', "dzh")).into()))
        .map(|key| Skeleton::of(&key).abjad)
}
