//! A name as bytes, for an index on disk.
//!
//! Words are kept apart from the names that they stand in, each once and with all that follows from its letters: a search reads a hundred
//! names, many words stand in several of them, and what need not be worked out again is copied.

use compact_str::CompactString;

use crate::hash;
use crate::name::{Forms, Kind, Name, Part, Reading, Role, Status};
use crate::script::Script;
use crate::syllable::Syllable;
use crate::variants::Groups;

/// The bytes are not a name that this version wrote.
#[derive(Debug, thiserror::Error)]
#[error("not a stored name; build the index again with this version")]
pub struct BadBytes;

impl Name {
    /// Appends the name as bytes. `place_of` keeps the bytes of a word and says where. Only the version that wrote a name can read it: keep a
    /// version beside it.
    pub fn put(&self, out: &mut Vec<u8>, mut place_of: impl FnMut(Vec<u8>) -> u32) {
        let parts = u8::try_from(self.parts.len()).unwrap_or(u8::MAX);
        out.extend([self.kind as u8, self.status as u8, parts]);
        for part in self.parts.iter().take(parts.into()) {
            for number in [place_of(word(part)), part.start, part.end] {
                out.extend(number.to_le_bytes());
            }
            out.extend([part.syllables.0, part.syllables.1].iter().flat_map(|place| place.to_le_bytes()));
        }
        put_text(out, &self.acronym);
        put_syllables(out, &self.syllables);
        for reading in &self.readings {
            out.push(reading.family);
            put_syllables(out, &reading.syllables);
        }
    }

    /// Reads what [`Name::put`] wrote, given a way to the bytes of a word, which others may follow.
    ///
    /// # Errors
    /// If the bytes of the name or of a word are cut, damaged or of another version. Never panics.
    pub fn read<'w>(bytes: &[u8], word: impl Fn(u32) -> Option<&'w [u8]>) -> Result<Name, BadBytes> {
        read(bytes, word).ok_or(BadBytes)
    }
}

fn read<'w>(bytes: &[u8], word: impl Fn(u32) -> Option<&'w [u8]>) -> Option<Name> {
    let mut bytes = Bytes(bytes);
    let [kind, status, count] = bytes.take()?;
    let mut parts = Vec::with_capacity(count.into());
    for _ in 0..count {
        let word = word(bytes.number()?)?;
        let span = (bytes.number()?, bytes.number()?);
        let syllables = (u16::from_le_bytes(bytes.take()?), u16::from_le_bytes(bytes.take()?));
        parts.push(read_part(word, span, syllables)?);
    }
    let acronym = bytes.text()?;
    let syllables = bytes.syllables()?;
    let mut readings = Vec::new();
    while !bytes.0.is_empty() {
        let [family] = bytes.take()?;
        readings.push(Reading { family, syllables: bytes.syllables()? });
    }
    let (kind, status) = (*Kind::ALL.get(usize::from(kind))?, *Status::ALL.get(usize::from(status))?);
    Some(Name { kind, status, parts, readings, syllables, acronym })
}

/// Bits of the byte that says yes or no to several things.
const HAS_VARIANTS: u8 = 1;
const HAS_NICKNAMES: u8 = 2;
const ENDS_IN_VOWEL: u8 = 4;
/// The consonants begin with a vowel, see [`Forms::body`].
const BEGINS_WITH_VOWEL: u8 = 8;
const LATIN_IS_FOLDED: u8 = 16;
const KEY_IS_LATIN: u8 = 32;

/// A part without its place: the same for the word wherever it does the same.
fn word(part: &Part) -> Vec<u8> {
    let forms = &part.forms;
    let begins = part.key.bytes().next().is_some_and(crate::spelling::is_vowel);
    let (latin_is_folded, key_is_latin) = (part.latin == part.folded, part.key == part.latin);
    let flags = [
        (part.has_variants, HAS_VARIANTS),
        (part.has_nicknames, HAS_NICKNAMES),
        (forms.ends_in_vowel, ENDS_IN_VOWEL),
        (begins, BEGINS_WITH_VOWEL),
        (latin_is_folded, LATIN_IS_FOLDED),
        (key_is_latin, KEY_IS_LATIN),
    ];
    let flags = flags.iter().filter(|(is, _)| *is).fold(0, |flags, (_, flag)| flags | flag);
    let mut out = vec![part.script as u8, part.role as u8, flags, forms.consonant_count, forms.sound_count];
    out.extend(part.concept.to_le_bytes());
    out.extend(forms.letters.to_le_bytes());
    let hashes = [forms.folded, forms.latin, forms.key, forms.consonants, forms.body, forms.abjad, forms.sound];
    out.extend(hashes.iter().flat_map(|hash| hash.to_le_bytes()));
    put_text(&mut out, &part.folded);
    for (text, _) in [(&part.latin, latin_is_folded), (&part.key, key_is_latin)].iter().filter(|(_, again)| !again) {
        put_text(&mut out, text);
    }
    if part.has_variants {
        out.extend(forms.group_bits.to_le_bytes());
        out.extend(u32::try_from(part.splits.len()).unwrap_or(0).to_le_bytes());
        let halves = part.splits.iter().flat_map(|(first, second)| [first, second]);
        for groups in std::iter::once(&part.groups).chain(halves) {
            out.extend(groups.numbers().into_iter().flat_map(u32::to_le_bytes));
        }
    }
    out
}

fn read_part(word: &[u8], (start, end): (u32, u32), syllables: (u16, u16)) -> Option<Part> {
    let mut bytes = Bytes(word);
    let [script, role, flags, consonant_count, sound_count] = bytes.take()?;
    let (concept, letters) = (bytes.number()?, bytes.number()?);
    let [folded, latin, key, consonants, body, abjad, sound] = bytes.hashes()?;
    let is = |flag: u8| flags & flag != 0;
    let script = *Script::ALL.get(usize::from(script))?;
    let texts = {
        let folded = bytes.text()?;
        let latin = if is(LATIN_IS_FOLDED) { folded.clone() } else { bytes.text()? };
        let key = if is(KEY_IS_LATIN) { latin.clone() } else { bytes.text()? };
        (folded, latin, key)
    };
    let mut part = Part {
        start,
        end,
        script,
        role: *Role::ALL.get(usize::from(role))?,
        forms: Forms {
            folded,
            latin,
            key,
            key_power: hash::power(texts.2.len()),
            consonants,
            consonant_count,
            body,
            body_power: hash::power(usize::from(consonant_count).saturating_sub(is(BEGINS_WITH_VOWEL).into())),
            abjad,
            sound,
            sound_count,
            vowels_open: crate::spelling::leaves_vowels_open(script),
            by_ear: script.is_unspaced(),
            ends_in_vowel: is(ENDS_IN_VOWEL),
            letters,
            group_bits: 0,
        },
        folded: texts.0,
        latin: texts.1,
        key: texts.2,
        concept,
        has_variants: is(HAS_VARIANTS),
        has_nicknames: is(HAS_NICKNAMES),
        groups: Groups::default(),
        splits: Vec::new(),
        syllables,
    };
    if part.has_variants {
        part.forms.group_bits = u64::from_le_bytes(bytes.take()?);
        let splits = bytes.number()?;
        let mut groups = || Some(Groups::of_numbers([bytes.number()?, bytes.number()?]));
        part.groups = groups()?;
        part.splits = (0..splits).map_while(|_| Some((groups()?, groups()?))).collect();
    }
    Some(part)
}

/// Which sets of a syllable stand in the bytes, behind its place; most have those of one language.
const KOREAN: u8 = 1;
const MANDARIN: u8 = 2;
const CANTONESE: u8 = 4;
const HAN: u8 = 8;

/// Their number, and each. A name of [`crate::LONGEST`] letters has fewer than fit two bytes.
fn put_syllables(out: &mut Vec<u8>, syllables: &[Syllable]) {
    let count = u16::try_from(syllables.len()).unwrap_or(u16::MAX);
    out.extend(count.to_le_bytes());
    for syllable in syllables.iter().take(count.into()) {
        let sets = [
            (syllable.is_korean(), KOREAN),
            (syllable.is_mandarin(), MANDARIN),
            (syllable.is_cantonese(), CANTONESE),
            (syllable.han != 0, HAN),
        ];
        out.push(sets.iter().filter(|(is, _)| *is).fold(0, |sets, (_, set)| sets | set));
        let mut numbers = vec![syllable.start, syllable.end];
        if syllable.is_korean() {
            numbers.extend([syllable.initial, syllable.vowel, syllable.coda]);
        }
        out.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
        for (initial, end) in [
            (syllable.mandarin_initial, syllable.mandarin_final),
            (syllable.cantonese_initial, syllable.cantonese_final),
        ] {
            if initial != 0 {
                out.extend(initial.to_le_bytes());
                out.extend(end.to_le_bytes());
            }
        }
        if syllable.han != 0 {
            out.extend(syllable.han.to_le_bytes());
        }
    }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    // words are cut at [`crate::LONGEST`] characters
    out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(text.as_bytes());
}

/// Bytes that are read from the front.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn hashes<const N: usize>(&mut self) -> Option<[u64; N]> {
        let mut hashes = [0; N];
        for hash in &mut hashes {
            *hash = u64::from_le_bytes(self.take()?);
        }
        Some(hashes)
    }

    fn syllables(&mut self) -> Option<Vec<Syllable>> {
        let count = u16::from_le_bytes(self.take()?);
        (0..count).map(|_| self.syllable()).collect()
    }

    fn syllable(&mut self) -> Option<Syllable> {
        let [sets] = self.take()?;
        let has = |set: u8| sets & set != 0;
        let mut syllable = Syllable::default().at(self.number()?, self.number()?);
        if has(KOREAN) {
            (syllable.initial, syllable.vowel, syllable.coda) = (self.number()?, self.number()?, self.number()?);
        }
        if has(MANDARIN) {
            syllable.mandarin_initial = self.number()?;
            syllable.mandarin_final = u64::from_le_bytes(self.take()?);
        }
        if has(CANTONESE) {
            syllable.cantonese_initial = self.number()?;
            syllable.cantonese_final = u64::from_le_bytes(self.take()?);
        }
        if has(HAN) {
            syllable.han = self.number()?;
        }
        Some(syllable)
    }

    fn text(&mut self) -> Option<CompactString> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        CompactString::from_utf8(text).ok()
    }
}
