//! How a word sounds that was written down by ear: Hangul, kana and Han hold foreign words in syllables, put vowels between consonants and
//! leave out what their language has not. Compared are consonants by class and vowels by nearness, with a price for each difference.
//!
//! After the national rules for loan words (Korea: 외래어 표기법 of 1986; Japan: 外来語の表記 of 1991; China: the syllable tables of Xinhua).

use crate::name::Part;
use crate::script::Script;
use crate::spelling::is_vowel;
use crate::{han, korean};

/// A vowel or a class of consonants, and what it costs to leave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Phone {
    sound: Sound,
    /// Of consonants that come in pairs; nothing where a script does not tell them apart, as Han.
    voiced: Option<bool>,
    loss: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    /// b p f v
    Lip,
    /// t d
    Tooth,
    /// k g
    Back,
    /// s z sh ch j
    Hiss,
    H,
    /// l r
    Liquid,
    M,
    N,
    A,
    E,
    I,
    O,
    U,
    /// ㅓ and ㅡ, the e of pinyin: what other languages' vowels become where there is no nearer one.
    Open,
}

use Sound::{A, Back, E, H, Hiss, I, Lip, Liquid, M, N, O, Open, Tooth, U};

/// A consonant that is heard in every language.
const CONSONANT: u8 = 4;
/// A vowel between consonants.
const VOWEL: u8 = 2;
/// What some languages leave out: the second of two vowels, r before a consonant, h.
const FAINT: u8 = 1;
/// What a script must write though nothing was heard.
const FILLING: u8 = 0;

/// Longest word that is listened to.
const LONGEST: usize = 32;

/// What words must have to sound alike: at most so many hundredths of the whole apart, of so much at least.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) hundredths: u32,
    pub(crate) least: u32,
}

/// How alike two words sound, one of which was written by ear.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Likeness {
    /// What it costs to take one for the other.
    price: u32,
    /// What all of the shorter costs.
    whole: u32,
}

impl Likeness {
    /// Nothing for words beyond the limit, for such as are in no script that is listened to, or too long.
    pub(crate) fn of(one: &Part, other: &Part, limit: Limit) -> Option<Self> {
        Self::of_run(one, std::slice::from_ref(other), limit)
    }

    /// The same of a word and several that it may be, written together.
    pub(crate) fn of_run(one: &Part, run: &[Part], limit: Limit) -> Option<Self> {
        let (one, mut other) = (Phones::of(one)?, Phones::default());
        for part in run {
            other.extend(Phones::of(part)?.all()?.iter().copied());
        }
        let (one, other) = (one.all()?, other.all()?);
        let whole = |phones: &[Phone]| phones.iter().map(|phone| u32::from(phone.loss)).sum::<u32>();
        let whole = whole(one).min(whole(other));
        let price = if whole < limit.least { None } else { align(one, other, whole * limit.hundredths / 100) }?;
        Some(Self { price, whole })
    }

    /// Whether at most so many hundredths of the whole are apart.
    pub(crate) fn is_within(self, hundredths: u32) -> bool {
        self.price * 100 <= self.whole * hundredths
    }
}

/// The phones of a word, in place: words are listened to again and again.
struct Phones {
    heard: [Phone; LONGEST],
    count: usize,
}

impl Default for Phones {
    fn default() -> Self {
        Self { heard: [phone(H, FILLING); LONGEST], count: 0 }
    }
}

impl Phones {
    /// Those of a part, if it has any.
    fn of(part: &Part) -> Option<Self> {
        let mut phones = Self::default();
        match part.script {
            Script::Hangul => hangul(&part.folded, &mut phones),
            Script::Han => han(&part.folded, &mut phones),
            Script::Kana => kana(&part.latin, &mut phones),
            Script::Latin | Script::Cyrillic | Script::Greek => letters(&part.key, &mut phones),
            _ => return None,
        }
        (phones.count > 0).then_some(phones)
    }

    fn push(&mut self, phone: Phone) {
        if let Some(place) = self.heard.get_mut(self.count) {
            *place = phone;
        }
        self.count += 1;
    }

    fn extend(&mut self, phones: impl IntoIterator<Item = Phone>) {
        phones.into_iter().for_each(|phone| self.push(phone));
    }

    /// All of them; nothing if there are more than are listened to.
    fn all(&self) -> Option<&[Phone]> {
        self.heard.get(..self.count)
    }

    fn last(&self) -> Option<&Phone> {
        self.heard.get(self.count.checked_sub(1)?)
    }
}

fn phone(sound: Sound, loss: u8) -> Phone {
    Phone { sound, voiced: None, loss }
}

/// A consonant as a letter of Latin, of Revised Romanisation or of romanised kana writes it.
fn written(letter: u8, loss: u8) -> Option<Phone> {
    let voiced = match letter {
        b'b' | b'v' | b'd' | b'g' | b'z' | b'j' => Some(true),
        b'p' | b'f' | b't' | b'k' | b's' | b'c' => Some(false),
        _ => None,
    };
    consonant(letter).map(|sound| Phone { sound, voiced, loss })
}

fn consonant(letter: u8) -> Option<Sound> {
    Some(match letter {
        b'b' | b'p' | b'f' | b'v' | b'w' => Lip,
        b't' | b'd' => Tooth,
        b'k' | b'g' | b'q' => Back,
        b's' | b'z' | b'c' | b'j' | b'x' => Hiss,
        b'h' => H,
        b'l' | b'r' => Liquid,
        b'm' => M,
        b'n' => N,
        _ => return None,
    })
}

fn vowel(letter: u8) -> Option<Sound> {
    Some(match letter {
        b'a' => A,
        b'e' => E,
        b'i' | b'y' => I,
        b'o' => O,
        b'u' => U,
        _ => return None,
    })
}

/// A word by its key.
fn letters(key: &str, phones: &mut Phones) {
    let bytes = key.as_bytes();
    for (place, letter) in bytes.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| bytes.get(before));
        let next = bytes.get(place + 1);
        if let Some(sound) = vowel(*letter) {
            let second = before.is_some_and(|before| is_vowel(*before));
            let silent = *letter == b'e' && next.is_none();
            phones.push(phone(sound, if second || silent { FAINT } else { VOWEL }));
        } else if let Some(sound) = consonant(*letter) {
            // ch, sh: one sound
            if sound == H && before.is_some_and(|before| matches!(before, b'c' | b's')) {
                continue;
            }
            let open = next.is_some_and(|next| is_vowel(*next));
            // ts and ng are one sound in most languages
            let in_affricate = *letter == b't' && matches!(next, Some(b's' | b'c'));
            let in_nasal = *letter == b'g' && before == Some(&b'n');
            let faint = sound == H && place > 0 || *letter == b'r' && !open || in_affricate || in_nasal;
            phones.extend(written(*letter, if faint { FAINT } else { CONSONANT }));
        }
    }
}

fn hangul(word: &str, phones: &mut Phones) {
    for letter in word.chars() {
        let Some([initial, vowels, coda]) = korean::revised(letter) else { continue };
        let sound = initial.bytes().next().and_then(consonant);
        // a consonant that ends one syllable and begins the next is one: l is written so between vowels, and what is doubled in Latin letters
        let doubled = phones.last().is_some_and(|last| Some(last.sound) == sound);
        phones.extend(sound.filter(|_| !doubled).map(|sound| phone(sound, if sound == H { VOWEL } else { CONSONANT })));
        let after_hiss = sound == Some(Hiss);
        phones.extend(korean_vowels(vowels).iter().map(|(sound, loss)| {
            let filling = after_hiss && matches!(sound, I | U) && coda.is_empty();
            phone(*sound, if filling { FAINT.min(*loss) } else { *loss })
        }));
        match coda {
            "" => {}
            "ng" => phones.extend([phone(N, CONSONANT), phone(Back, FILLING)]),
            coda => phones.extend(coda.bytes().next().and_then(consonant).map(|sound| phone(sound, CONSONANT))),
        }
    }
}

/// A vowel of Revised Romanisation.
fn korean_vowels(written: &str) -> &'static [(Sound, u8)] {
    match written {
        "a" => &[(A, VOWEL)],
        "ae" | "e" => &[(E, VOWEL)],
        "ya" => &[(I, FAINT), (A, VOWEL)],
        "yae" | "ye" => &[(I, FAINT), (E, VOWEL)],
        "eo" => &[(Open, VOWEL)],
        "yeo" => &[(I, FAINT), (Open, VOWEL)],
        "o" => &[(O, VOWEL)],
        "wa" => &[(U, FAINT), (A, VOWEL)],
        "wae" | "oe" | "we" => &[(U, FAINT), (E, VOWEL)],
        "yo" => &[(I, FAINT), (O, VOWEL)],
        "u" => &[(U, VOWEL)],
        "wo" => &[(U, FAINT), (Open, VOWEL)],
        "wi" => &[(U, FAINT), (I, VOWEL)],
        "yu" => &[(I, FAINT), (U, VOWEL)],
        "eu" => &[(Open, FILLING)],
        "ui" | "i" => &[(I, VOWEL)],
        _ => &[],
    }
}

fn kana(romanised: &str, phones: &mut Phones) {
    let bytes = romanised.as_bytes();
    for (place, letter) in bytes.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let next = bytes.get(place + 1).copied();
        if let Some(sound) = vowel(letter) {
            phones.push(phone(sound, kana_vowel(letter, before)));
            continue;
        }
        let same = before == Some(letter) || letter == b'h' && matches!(before, Some(b'c' | b's'));
        let loss = match letter {
            b't' if matches!(next, Some(b's' | b'c')) => FAINT,
            b'h' => VOWEL,
            _ => CONSONANT,
        };
        phones.extend(written(letter, loss).filter(|_| !same));
        if letter == b'n' && next.is_none_or(|next| vowel(next).is_none()) {
            phones.push(phone(Back, FILLING));
        }
    }
}

/// What a vowel of kana costs to leave out: u fills a syllable, o does behind t and d, i sometimes.
fn kana_vowel(letter: u8, before: Option<u8>) -> u8 {
    let behind_vowel = before.is_none_or(is_vowel);
    match letter {
        b'u' if !behind_vowel => FILLING,
        b'o' if matches!(before, Some(b't' | b'd')) => FILLING,
        b'i' if matches!(before, Some(b'h' | b'j' | b'k' | b'g')) => FAINT,
        b'y' => FAINT,
        _ if behind_vowel => FAINT,
        _ => VOWEL,
    }
}

fn han(word: &str, phones: &mut Phones) {
    for reading in word.chars().filter_map(han::reading) {
        let plain = crate::normal::fold(reading.pinyin);
        pinyin(&plain, phones);
    }
}

/// One syllable of pinyin without its tone.
fn pinyin(syllable: &str, phones: &mut Phones) {
    if syllable == "er" {
        return phones.push(phone(Liquid, FAINT));
    }
    let bytes = syllable.as_bytes();
    let initials = bytes.iter().take_while(|letter| vowel(**letter).is_none() || **letter == b'y').count();
    let initial = bytes.first().copied().filter(|_| initials > 0);
    match initial {
        Some(b'y') => phones.push(phone(I, FAINT)),
        Some(b'w') => phones.push(phone(Lip, FAINT)),
        Some(b'h') => phones.push(phone(H, VOWEL)),
        letter => phones.extend(letter.and_then(consonant).map(|sound| phone(sound, CONSONANT))),
    }
    let last = bytes.get(initials..).unwrap_or_default();
    let filling = match (initial.and_then(consonant), last) {
        (Some(Hiss), b"i") | (Some(Back | Tooth | Liquid | Hiss), b"e") | (Some(Lip | M), b"u") => Some(FILLING),
        (Some(Tooth | Back | Hiss), b"u") | (Some(Liquid), b"i") => Some(FAINT),
        _ => None,
    };
    for (place, letter) in last.iter().enumerate() {
        match letter {
            b'n' => phones.extend([phone(N, VOWEL), phone(Back, FILLING)]),
            b'g' => {}
            b'e' => phones.push(phone(Open, filling.unwrap_or(VOWEL))),
            letter => {
                let loss = if place > 0 { FAINT } else { VOWEL };
                phones.extend(vowel(*letter).map(|sound| phone(sound, filling.unwrap_or(loss))));
            }
        }
    }
}

/// What it costs to hear one as the other.
fn change(one: Phone, other: Phone) -> u8 {
    let filling = |one: Phone, other: Phone| one.loss == FILLING && other.loss >= VOWEL;
    let voice = one.voiced.zip(other.voiced).is_some_and(|(one, other)| one != other);
    change_of_sound(one.sound, other.sound) + u8::from(voice) + u8::from(filling(one, other) || filling(other, one))
}

fn change_of_sound(one: Sound, other: Sound) -> u8 {
    if one == other {
        return 0;
    }
    match (one, other) {
        (Open, A | E | O | U) | (A | E | O | U, Open) => 0,
        (Open | E, I) | (I, Open | E) | (A, E | O) | (E | O, A) | (O, U) | (U, O) => 1,
        (A | E | I | O | U, A | E | I | O | U)
        | (M, N)
        | (N, M)
        | (H, Back)
        | (Back, H)
        | (Lip, U)
        | (U, Lip)
        | (Tooth, Hiss)
        | (Hiss, Tooth) => 2,
        _ => 2 * CONSONANT,
    }
}

/// The least price of an alignment (Needleman and Wunsch 1970), if it is at most so much: given up as soon as it cannot be.
fn align(one: &[Phone], other: &[Phone], most: u32) -> Option<u32> {
    let mut row = [0u32; LONGEST + 1];
    for (place, phone) in other.iter().enumerate() {
        *row.get_mut(place + 1)? = row.get(place)? + u32::from(phone.loss);
    }
    for left in one {
        let mut before = *row.first()?;
        let mut least = before + u32::from(left.loss);
        *row.first_mut()? = least;
        for (place, right) in other.iter().enumerate() {
            let changed = before + u32::from(change(*left, *right));
            before = *row.get(place + 1)?;
            let left_out = before + u32::from(left.loss);
            let added = row.get(place)? + u32::from(right.loss);
            let here = changed.min(left_out).min(added);
            *row.get_mut(place + 1)? = here;
            least = least.min(here);
        }
        if least > most {
            return None;
        }
    }
    row.get(other.len()).copied().filter(|price| *price <= most)
}
