//! Han characters: simplified form, Korean, Mandarin and Cantonese readings, from Unihan (`data/han.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mandarin::{self, System};
use crate::syllable::Syllable;

/// What is known of a character.
pub(crate) struct Reading {
    pub syllable: Syllable,
    pub pinyin: &'static str,
}

static READINGS: LazyLock<FxHashMap<char, Reading>> = LazyLock::new(|| {
    crate::tables::rows(include_str!("../data/han.tsv"))
        .filter_map(|row| {
            let character = row.first()?.chars().next()?;
            let korean = row.get(2)?.chars().filter_map(crate::korean::syllable_of);
            let pinyin = row.get(3)?;
            let mandarin = pinyin.split(' ').filter_map(|word| mandarin::syllable(word, System::Pinyin));
            let cantonese = row.get(4).copied().unwrap_or("").split(' ').filter_map(crate::cantonese::reading);
            let mut syllable = korean.chain(mandarin).chain(cantonese).fold(Syllable::default(), Syllable::or);
            syllable.han = u32::from(simplified(character));
            let reading = Reading { syllable, pinyin: pinyin.split(' ').next().unwrap_or("") };
            Some((character, reading))
        })
        .collect()
});

/// The readings of a character, if Unihan has any.
pub(crate) fn reading(character: char) -> Option<&'static Reading> {
    READINGS.get(&character)
}

/// Characters that have another, simplified form. Apart from the readings, which take long to make and which most programs never need.
static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let simplified =
        |line: &str| match (line.chars().next(), line.split('\t').nth(1).and_then(|cell| cell.chars().next())) {
            (Some(character), Some(simplified)) if character != simplified => Some((character, simplified)),
            _ => None,
        };
    include_str!("../data/han.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(simplified).collect()
});

/// The simplified form, or the character itself.
pub(crate) fn simplified(character: char) -> char {
    SIMPLIFIED.get(&character).copied().unwrap_or(character)
}
