//! Splitting a person's name into a Korean or Chinese family and given name, in every way that the spelling allows.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mandarin::{self, System};
use crate::name::{Part, Reading, Role};
use crate::script::Script;
use crate::syllable::{Language, Meeting, Syllable};
use crate::tokens::Token;
use crate::word::{Divisions, Word};
use crate::{cantonese, han, korean};

/// Most readings that are kept of one name.
const MOST_READINGS: usize = 8;
/// Cantonese ones are kept besides: few words divide into its syllables in more ways than one.
const MOST_CANTONESE: usize = 2;
/// Korean given names have one to three syllables (three are rare, and purely Korean); Chinese one or two.
const LONGEST_GIVEN: usize = 3;
/// Syllables of a given name that are written as one word in letters: of words with three nearly all are foreign (Nielsen).
const LONGEST_WORD: usize = 2;
/// Compound family names of China, in simplified characters. Korean ones stand in the table of Korean family names.
const COMPOUND: [&str; 20] = [
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文",
    "长孙", "鲜于", "独孤", "西门", "端木", "百里",
];

struct Surnames {
    korean: FxHashMap<&'static str, Vec<Syllable>>,
    korean_all: Vec<Syllable>,
    korean_compound: Vec<&'static str>,
    chinese: FxHashMap<&'static str, Syllable>,
    /// The same by the spellings of dialects alone, which need not be told from pinyin.
    dialect: FxHashMap<&'static str, Syllable>,
    /// Compound family names in pinyin.
    chinese_compound: FxHashMap<String, Vec<Syllable>>,
}

static SURNAMES: LazyLock<Surnames> = LazyLock::new(|| {
    let mut surnames = Surnames {
        korean: FxHashMap::default(),
        korean_all: Vec::new(),
        korean_compound: Vec::new(),
        chinese: FxHashMap::default(),
        dialect: FxHashMap::default(),
        chinese_compound: FxHashMap::default(),
    };
    for row in crate::tables::rows(include_str!("../data/korean_surnames.tsv")) {
        let [hangul, spellings] = row.as_slice() else { continue };
        let syllables: Vec<Syllable> = hangul.chars().filter_map(korean::syllable_of).collect();
        if let [one] = syllables.as_slice() {
            surnames.korean_all.push(*one);
        } else {
            surnames.korean_compound.push(hangul);
        }
        for spelling in spellings.split(' ') {
            let entry = surnames.korean.entry(spelling).or_default();
            if entry.len() == syllables.len() {
                entry.iter_mut().zip(&syllables).for_each(|(old, new)| *old = old.or(*new));
            } else {
                entry.clone_from(&syllables);
            }
        }
    }
    for name in COMPOUND {
        let read: Vec<_> = name.chars().filter_map(han::reading).collect();
        let pinyin = read.iter().map(|reading| reading.pinyin).collect();
        let mandarin = |reading: &&han::Reading| mandarin::syllable(reading.pinyin, System::Pinyin);
        surnames.chinese_compound.insert(pinyin, read.iter().filter_map(mandarin).collect());
    }
    for row in crate::tables::rows(include_str!("../data/chinese_surnames.tsv")) {
        let [pinyin, spellings] = row.as_slice() else { continue };
        let Some(syllable) = mandarin::syllable(pinyin, System::Pinyin) else { continue };
        for spelling in spellings.split(' ').chain([*pinyin]) {
            let entry = surnames.chinese.entry(spelling).or_default();
            *entry = entry.or(syllable);
        }
        for spelling in spellings.split(' ').filter(|spelling| spelling != pinyin) {
            let entry = surnames.dialect.entry(spelling).or_default();
            *entry = entry.or(syllable);
        }
    }
    surnames
});

/// The sets of one Hangul or Han character.
pub(crate) fn character(character: char) -> Option<Syllable> {
    korean::syllable_of(character).or_else(|| han::reading(character).map(|reading| reading.syllable))
}

/// Every way to read the words of a person as family and given name.
pub(crate) fn readings(tokens: &[Token], parts: &[Part]) -> Vec<Reading> {
    let mut names: Vec<&Token> = tokens.iter().filter(|token| is_name(token, parts)).collect();
    leave_out_foreign(&mut names);
    let Some(first) = names.first() else { return Vec::new() };
    if names.len() > 5 || names.iter().any(|token| token.word.script != first.word.script) {
        return Vec::new();
    }
    // most names have no family name in any of these languages
    if matches!(first.word.script, Script::Latin | Script::Cyrillic)
        && ![names.first(), names.last()].into_iter().flatten().any(|token| token.word.families().are_any)
    {
        return Vec::new();
    }
    let mut found = match first.word.script {
        Script::Hangul => {
            let mut found = by_character(&names);
            found.extend(heard(&names));
            found
        }
        Script::Han => by_character(&names),
        Script::Latin => in_latin(&names),
        Script::Cyrillic => {
            let mut found = by_word(&names, |families| &families.korean, Word::korean);
            found.extend(by_word(&names, |families| &families.palladius, Word::mandarin));
            found
        }
        _ => Vec::new(),
    };
    found.truncate(MOST_READINGS);
    if first.word.script == Script::Latin {
        in_dialects(&names, &mut found);
    }
    found
}

/// Korean, and Mandarin by pinyin or else by Wade–Giles.
fn in_latin(names: &[&Token]) -> Vec<Reading> {
    let mut found = by_word(names, |families| &families.korean, Word::korean);
    let mut chinese = by_word(names, |families| &families.chinese, Word::mandarin);
    // a hyphen in the given name is usual in Taiwan, and seldom seen in pinyin
    if chinese.is_empty() || names.iter().any(|token| token.hyphen) {
        chinese.extend(by_word(names, |families| &families.chinese, Word::wade));
    }
    found.extend(chinese.into_iter().filter(|reading| reading.syllables.len() <= 4));
    found
}

/// Cantonese, and what is spelled as another dialect as the Mandarin that it may be.
fn in_dialects(names: &[&Token], found: &mut Vec<Reading>) {
    let cantonese = by_word(names, |families| &families.cantonese, Word::cantonese);
    found.extend(cantonese.into_iter().take(MOST_CANTONESE));
    let dialects = by_word(names, |families| &families.dialect, Word::dialects);
    // of one syllable there would be too many
    let is_long = |reading: &Reading| reading.syllables.len() > usize::from(reading.family) + 1;
    found.extend(dialects.into_iter().filter(is_long).take(MOST_CANTONESE));
}

/// A Western name beside a Chinese one is not among its syllables: Eric Chan Kwok-ki.
fn leave_out_foreign(names: &mut Vec<&Token>) {
    // a slip of a syllable is no syllable, and seldom a usual name
    let is_foreign = |token: &&&Token| !token.hyphen && token.word.is_foreign() && token.word.is_usual();
    let beside_three = names.len() > 3 && names.iter().filter(is_foreign).count() == 1;
    if beside_three {
        names.retain(|token| !is_foreign(&token));
    }
}

fn is_name(token: &Token, parts: &[Part]) -> bool {
    let part = parts.iter().find(|part| usize::try_from(part.start) == Ok(token.start));
    part.is_none_or(|part| part.role != Role::Honorific)
}

/// Hangul and Han: a syllable a character, the family name first.
fn by_character(names: &[&Token]) -> Vec<Reading> {
    let mut syllables = Vec::new();
    let mut letters = String::new();
    for token in names {
        let mut place = token.start;
        // Characters of the folded word: each is three bytes here as in the text, or the word was not composed.
        let width = (token.end - token.start) / token.word.folded.chars().count().max(1);
        for letter in token.word.folded.chars() {
            let Some(syllable) = character(letter) else { return Vec::new() };
            let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            syllables.push(syllable.at(at(place), at(place + width)));
            letters.push(letter);
            place += width;
        }
    }
    if !(2..=5).contains(&syllables.len()) {
        return Vec::new();
    }
    let is_compound =
        COMPOUND.iter().chain(&SURNAMES.korean_compound).any(|name| letters.starts_with(name)) && syllables.len() >= 3;
    let spaced = names.first().map_or(1, |token| token.word.folded.chars().count());
    let mut found = Vec::new();
    for family in [1, 2] {
        let given = syllables.len().saturating_sub(family);
        let divided = match names.len() {
            1 => family == 1 || is_compound,
            // what is written after a whole name is no part of it; longer words are foreign: 이고르 세친 (Igor Sechin)
            _ => {
                spaced == family && (family == 1 || is_compound) || spaced > 2 && family == 1 && given <= LONGEST_GIVEN
            }
        };
        let known = family == 2 || given < LONGEST_GIVEN || is_korean_family(&letters);
        if divided && known && (1..=LONGEST_GIVEN).contains(&given) {
            found.push(Reading { family: if family == 1 { 1 } else { 2 }, syllables: syllables.clone() });
        }
    }
    found
}

/// Whether what is written in Hangul begins with a Korean family name; all of Han may. Three syllables of a given name are too rare beside others:
/// 존 스미스 (John Smith).
fn is_korean_family(letters: &str) -> bool {
    let first = letters.chars().next().and_then(korean::syllable_of);
    first.is_none_or(|first| {
        SURNAMES.korean_all.iter().any(|name| name.meets(&first, Language::Korean) == Meeting::Same)
    })
}

/// A Chinese name as Koreans hear it, family name first: 시진핑 is xi-jin-ping.
fn heard(names: &[&Token]) -> Vec<Reading> {
    let [one] = names else { return Vec::new() };
    let place = u32::try_from(one.start).unwrap_or(u32::MAX);
    let shift =
        |syllable: Syllable| syllable.at(syllable.start.saturating_add(place), syllable.end.saturating_add(place));
    mandarin::divisions(&one.word.folded, System::Hangul)
        .into_iter()
        .filter(|division| (2..=3).contains(&division.len()))
        .map(|division| Reading { family: 1, syllables: division.into_iter().map(shift).collect() })
        .collect()
}

/// Latin and Cyrillic: one word is a family name, first or last; the others divide into the syllables of a given name.
fn by_word(names: &[&Token], family_of: fn(&Families) -> &[Syllable], divide: fn(&Word) -> &Divisions) -> Vec<Reading> {
    let mut found = Vec::new();
    let last = names.len().saturating_sub(1);
    if last == 0 || last > LONGEST_GIVEN {
        return found;
    }
    // A comma tells which word is the family name.
    let places: &[usize] = if names.first().is_some_and(|token| token.comma) { &[0] } else { &[0, last] };
    for place in places.iter().copied() {
        let Some(token) = names.get(place) else { continue };
        // A hyphen ties the word to its neighbour: Jong-un Kim, not Jong - un Kim.
        let tied = token.hyphen || names.get(place + 1).is_some_and(|next| next.hyphen);
        let family = family_of(token.word.families());
        if family.is_empty() || (tied && last > 1) {
            continue;
        }
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let family: Vec<_> = family.iter().map(|syllable| syllable.at(at(token.start), at(token.end))).collect();
        let given = names.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, token)| *token);
        for syllables in given_names(given, divide) {
            let family_length = if family.len() == 1 { 1 } else { 2 };
            found.push(Reading { family: family_length, syllables: family.iter().copied().chain(syllables).collect() });
        }
    }
    found
}

/// Every way to divide the words of a given name.
fn given_names<'a>(words: impl Iterator<Item = &'a Token>, divide: fn(&Word) -> &Divisions) -> Vec<Vec<Syllable>> {
    let mut found: Vec<Vec<Syllable>> = vec![Vec::new()];
    for token in words {
        let divisions = divide(&token.word);
        let place = u32::try_from(token.start).unwrap_or(u32::MAX);
        let shift =
            |syllable: &Syllable| syllable.at(syllable.start.saturating_add(place), syllable.end.saturating_add(place));
        found = found
            .iter()
            .flat_map(|before| {
                divisions
                    .iter()
                    .filter(|more| more.len() <= LONGEST_WORD)
                    .map(move |more| before.iter().copied().chain(more.iter().map(shift)).collect::<Vec<_>>())
            })
            .filter(|syllables| syllables.len() <= LONGEST_GIVEN)
            .take(MOST_READINGS)
            .collect();
    }
    found.retain(|syllables| !syllables.is_empty());
    found
}

/// What a word is as a family name, in each language; nothing where it is none.
#[derive(Debug)]
pub(crate) struct Families {
    are_any: bool,
    korean: Vec<Syllable>,
    chinese: Vec<Syllable>,
    palladius: Vec<Syllable>,
    /// As Hong Kong spells it: one of the spellings that are known, so that not every short word becomes one.
    cantonese: Vec<Syllable>,
    /// In Mandarin, as it is spelled in another dialect.
    dialect: Vec<Syllable>,
}

impl Families {
    pub(crate) fn of(word: &Word) -> Self {
        let spelled = word.spelled.as_str();
        let palladius = mandarin::syllable(spelled, System::Palladius).filter(is_chinese_family);
        let cantonese = SURNAMES.chinese.get(spelled).and_then(|_| cantonese::syllable(spelled));
        let (korean, chinese) = (korean_family(word), chinese_family(spelled));
        Self {
            are_any: !korean.is_empty() || !chinese.is_empty() || palladius.is_some() || cantonese.is_some(),
            korean,
            chinese,
            palladius: palladius.into_iter().collect(),
            cantonese: cantonese.into_iter().collect(),
            dialect: SURNAMES.dialect.get(spelled).copied().into_iter().collect(),
        }
    }
}

fn korean_family(word: &Word) -> Vec<Syllable> {
    // with a breve the word is spelled by a system, in which ch is no aspirate: Chŏn is Jeon
    let is_marked = word.spelled.len() > word.folded.len();
    if let Some(syllables) = SURNAMES.korean.get(word.spelled.as_str()).filter(|_| !is_marked) {
        return syllables.clone();
    }
    if word.spelled.chars().count() > korean::LONGEST_SYLLABLE {
        return Vec::new();
    }
    let known = |syllable: &Syllable| {
        SURNAMES.korean_all.iter().any(|name| name.meets(syllable, Language::Korean) == Meeting::Same)
    };
    word.korean().iter().find(|division| division.len() == 1 && division.iter().all(known)).cloned().unwrap_or_default()
}

fn chinese_family(word: &str) -> Vec<Syllable> {
    if let Some(compound) = SURNAMES.chinese_compound.get(word) {
        return compound.clone();
    }
    let listed = SURNAMES.chinese.get(word).copied();
    listed.or_else(|| mandarin::syllable(word, System::Wade).filter(is_chinese_family)).into_iter().collect()
}

fn is_chinese_family(syllable: &Syllable) -> bool {
    SURNAMES.chinese.values().any(|name| name.meets(syllable, Language::Mandarin) == Meeting::Same)
}
