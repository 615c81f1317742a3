//! Words in Latin letters read by another system than that of English: the keys that they have besides their own.

use compact_str::CompactString;

use crate::agree::VOWELS;
use crate::kunrei;
use crate::name::Part;
use crate::script::Script;
use crate::spelling::{is_vowel, key};

/// A way to read Latin letters.
struct System {
    /// Whether a word has what this system reads otherwise.
    has: fn(&Part) -> bool,
    /// The word as English would write what it sounds like.
    read: fn(&str) -> String,
    /// Consonants that a key may gain or lose by it.
    changes: u32,
    /// The scripts of words that it may stand beside. Within one script, names are copied letter by letter, and Juan is no Huan.
    beside: fn(Script) -> bool,
    /// Whether it changes more than one letter, so that deletions of letters do not bring the two together.
    is_far: bool,
}

const SYSTEMS: [System; 11] = [
    // ISO 9 and Latin Slavic languages: Hruščëva, Cvetkov
    System {
        has: is_slavic,
        read: |word| each(word, slavic),
        changes: letters(b"cdhjkstz"),
        beside: |_| true,
        is_far: true,
    },
    // Turkish: Recep, Реджеп
    System {
        has: |part| has(part, b'c') && !part.latin.contains("ch"),
        read: |word| word.replace('c', "dzh"),
        changes: letters(b"cdhjks"),
        beside: is_cyrillic,
        is_far: true,
    },
    // Somali, whose x is h: Maxamed
    System {
        has: is_somali,
        read: |word| word.replace('x', "h"),
        changes: letters(b"hksx"),
        beside: is_latin,
        is_far: true,
    },
    // German: Kusnezow
    System {
        has: |part| has(part, b'z'),
        read: |word| each(word, german),
        changes: letters(b"stz"),
        beside: |_| true,
        is_far: true,
    },
    // French: Cherif. Shorter words with ch are as often Chinese or Korean: Chan, Shan
    System {
        has: is_french,
        read: |word| word.replace("ch", "sh"),
        changes: letters(b"chs"),
        beside: |_| true,
        is_far: true,
    },
    // Arabic and Persian, whose j is a consonant behind vowels too: Majid, Nejad
    System {
        has: |part| has(part, b'j'),
        read: |word| word.replace('j', "dzh"),
        changes: letters(b"j"),
        beside: |_| true,
        is_far: true,
    },
    // Belarusian: Tsikhanouskaya, Uladzimir
    System {
        has: is_belarusian,
        read: belarusian,
        changes: letters(b"dlstvz"),
        beside: is_slavic_script,
        is_far: true,
    },
    // Ukrainian and Belarusian, whose г is h: Serhii, Bohdan
    System {
        has: is_ukrainian,
        read: |word| each(word, ukrainian),
        changes: letters(b"gh"),
        beside: is_slavic_script,
        is_far: false,
    },
    // Spanish: Jorge, Хорхе
    System {
        has: |part| has(part, b'j') || has(part, b'g'),
        read: |word| each(word, spanish),
        changes: letters(b"ghj"),
        beside: is_cyrillic,
        is_far: false,
    },
    // Kunrei's spelling of Japanese beside Hepburn's: Tutiya, Tsuchiya
    System {
        has: |part| kunrei::is_hepburn(&part.latin),
        read: kunrei::kunrei,
        changes: letters(b"cdfhjstz"),
        beside: |script| script == Script::Latin,
        is_far: true,
    },
    // Japanese, whose Cyrillic writes ti for chi and si for shi: Chihiro, Тихиро
    System { has: is_japanese, read: japanese, changes: letters(b"cdhjstz"), beside: is_cyrillic, is_far: true },
];

/// A bit for each of these letters.
const fn letters(of: &[u8]) -> u32 {
    let (mut bits, mut rest) = (0, of);
    while let [letter, others @ ..] = rest {
        (bits, rest) = (bits | 1 << (*letter - b'a'), others);
    }
    bits
}

fn is_slavic_script(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic)
}

fn is_latin(script: Script) -> bool {
    script == Script::Latin
}

fn is_cyrillic(script: Script) -> bool {
    script == Script::Cyrillic
}

/// The keys that a word in Latin letters has besides its own, where it is a name from another script or language than English, and under which
/// it must be looked for.
pub(crate) fn far_keys(part: &Part) -> impl Iterator<Item = CompactString> {
    keys(part, |system| system.is_far)
}

/// The keys besides its own that a word may have beside another. Each system changes few letters: one whose key has other consonants is not
/// looked at closer.
pub(crate) fn other_keys(part: &Part, other: &Part) -> impl Iterator<Item = CompactString> {
    let (changed, script) = (part.forms.letters ^ other.forms.letters, other.script);
    keys(part, move |system| changed & !(VOWELS | system.changes) == 0 && (system.beside)(script))
}

fn keys(part: &Part, wanted: impl Fn(&System) -> bool) -> impl Iterator<Item = CompactString> {
    let systems =
        SYSTEMS.iter().filter(move |system| part.script == Script::Latin && wanted(system) && (system.has)(part));
    systems.map(|system| key(&(system.read)(&part.latin))).filter(|key| *key != part.key)
}

/// Whether two words differ by no more than what two systems change: read by one each they may be one.
pub(crate) fn may_join(l: &Part, r: &Part) -> bool {
    let of_any = SYSTEMS.iter().fold(VOWELS, |bits, system| bits | system.changes);
    (l.forms.letters ^ r.forms.letters) & !of_any == 0
        && l.key.len().abs_diff(r.key.len()) <= 3
        && l.forms.consonant_count.abs_diff(r.forms.consonant_count) <= 2
}

fn has(part: &Part, letter: u8) -> bool {
    part.latin.as_bytes().contains(&letter)
}

fn is_slavic(part: &Part) -> bool {
    has(part, b'c') || is_marked(part)
}

/// Marks are read as their sounds.
fn is_marked(part: &Part) -> bool {
    part.latin.len() > part.folded.len()
}

fn is_french(part: &Part) -> bool {
    const SHORTEST: usize = 5;
    part.latin.len() >= SHORTEST && part.latin.contains("ch")
}

/// Has an x within; one at the beginning may be Chinese (Xi, Xu) unless a or o follows.
fn is_somali(part: &Part) -> bool {
    part.latin.starts_with("xa")
        || part.latin.starts_with("xo")
        || part.latin.bytes().skip(1).any(|letter| letter == b'x')
}

fn is_belarusian(part: &Part) -> bool {
    let is_sign = |letters: &[u8]| {
        matches!(letters, [b'o' | b'a' | b'e' | b'i', b'u', ..] | [b'd', b'z', ..] | [b't', b's', b'i' | b'e'])
    };
    let word = part.latin.as_bytes();
    // pairs at the end stand in no three
    part.latin.starts_with("ul")
        || word.windows(3).any(is_sign)
        || word.len().checked_sub(2).and_then(|last| word.get(last..)).is_some_and(is_sign)
}

fn is_ukrainian(part: &Part) -> bool {
    const SHORTEST: usize = 5;
    part.latin.len() >= SHORTEST && has(part, b'h')
}

/// Words whose syllables end in vowels or n: Shinzo, Chihiro.
fn is_japanese(part: &Part) -> bool {
    let word = &*part.latin;
    let foreign = |letter: char| matches!(letter, 'c' | 'l' | 'q' | 'v' | 'x');
    let bytes = word.as_bytes();
    let ends_open = bytes.last().is_some_and(|last| is_vowel(*last) || *last == b'n');
    (has(part, b'j') || word.contains("ch") || word.contains("sh"))
        && ends_open
        && !word.replace("ch", "t").contains(foreign)
        && bytes
            .windows(3)
            .all(|three| three.iter().any(|letter| is_vowel(*letter) || *letter == b'y') || is_one_sound(three))
}

/// Three consonants of which two are one: nch, tch, nsh, nts.
fn is_one_sound(three: &[u8]) -> bool {
    matches!(three, b"nch" | b"tch" | b"nsh" | b"ssh" | b"nts")
}

/// Reads letter by letter: what a letter between its neighbours becomes, empty if it stays.
fn each(latin: &str, letter: fn(u8, Option<u8>, Option<u8>) -> &'static str) -> String {
    let mut text = String::with_capacity(latin.len() + 4);
    let bytes = latin.as_bytes();
    for (place, byte) in bytes.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        match letter(*byte, before, bytes.get(place + 1).copied()) {
            "" => text.push(char::from(*byte)),
            other => text.push_str(other),
        }
    }
    text
}

/// c is ц, but not in ch, cz and ck; at the end behind i it is the ć of South Slavic family names.
fn slavic(letter: u8, before: Option<u8>, next: Option<u8>) -> &'static str {
    let alone = !matches!(next, Some(b'h' | b'z' | b'k' | b'c')) && before != Some(b's');
    match letter {
        b'c' if next.is_none() && before == Some(b'i') => "ch",
        b'c' if alone => "ts",
        _ => "",
    }
}

/// z is ц, and s before a vowel or a voiced consonant is з, but not at the beginning and not doubled.
fn german(letter: u8, before: Option<u8>, next: Option<u8>) -> &'static str {
    match letter {
        b'z' if !matches!(before, Some(b't' | b's' | b'c')) && next != Some(b'h') => "ts",
        b's' if before.is_some_and(|before| before != b's')
            && next.is_some_and(|next| is_vowel(next) || matches!(next, b'b' | b'd' | b'g' | b'm' | b'n' | b'l')) =>
        {
            "z"
        }
        _ => "",
    }
}

/// h is г, but not behind a letter with which it is one sound, nor at the end.
fn ukrainian(letter: u8, before: Option<u8>, next: Option<u8>) -> &'static str {
    let alone = !matches!(before, Some(b'c' | b'd' | b'g' | b'k' | b'p' | b's' | b't' | b'z')) && next.is_some();
    if letter == b'h' && alone { "g" } else { "" }
}

/// j is х, and so is g before e and i: Jiménez, Ángel.
fn spanish(letter: u8, _: Option<u8>, next: Option<u8>) -> &'static str {
    match letter {
        b'j' => "h",
        b'g' if matches!(next, Some(b'e' | b'i')) => "h",
        _ => "",
    }
}

/// Russian writes в for ў, and plain т and д before и and е: Tikhanovskaya, Vladimir.
fn belarusian(latin: &str) -> String {
    let text = latin.replace("tsi", "ti").replace("tse", "te").replace("dz", "d");
    let text = if text.starts_with("ul") { text.replacen("ul", "vl", 1) } else { text };
    each(&text, |letter, before, next| {
        let after_vowel = before.is_some_and(|before| matches!(before, b'a' | b'e' | b'i' | b'o'));
        let closed = next.is_none_or(|next| !is_vowel(next));
        if letter == b'u' && after_vowel && closed { "v" } else { "" }
    })
}

/// By Polivanov: ti for chi, tia for cha, si for shi, dzi for ji.
fn japanese(latin: &str) -> String {
    latin.replace("sh", "s").replace("ch", "t").replace('j', "dz")
}
