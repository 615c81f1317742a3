//! Han characters: simplified form, Korean, Mandarin and Cantonese readings, from Unihan (`data/han.tsv`).

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use crate::mandarin::{self, System};
use crate::syllable::Syllable;

/// What is known of a character.
pub(crate) struct Reading {
    pub syllable: Syllable,
    pub pinyin: &'static str,
}

/// A row of the table. It is read when its character is first met: to read them all takes longer than to compare a thousand names.
struct Row {
    line: &'static str,
    reading: OnceLock<Option<Reading>>,
}

static ROWS: LazyLock<FxHashMap<char, Row>> = LazyLock::new(|| {
    let mut rows = FxHashMap::with_capacity_and_hasher(EXPECTED, rustc_hash::FxBuildHasher);
    for line in include_str!("../data/han.tsv").lines().filter(|line| !line.starts_with('#')) {
        rows.extend(line.chars().next().map(|character| (character, Row { line, reading: OnceLock::new() })));
    }
    rows
});

/// Rows of the table, about.
const EXPECTED: usize = 25_000;

/// The readings of a character, if Unihan has any.
pub(crate) fn reading(character: char) -> Option<&'static Reading> {
    let row = ROWS.get(&character)?;
    row.reading.get_or_init(|| read(character, row.line)).as_ref()
}

fn read(character: char, line: &'static str) -> Option<Reading> {
    let mut cells = line.split('\t').skip(2);
    let korean = cells.next()?.chars().filter_map(crate::korean::syllable_of);
    let pinyin = cells.next()?;
    let mandarin = pinyin.split(' ').filter_map(|word| mandarin::syllable(word, System::Pinyin));
    let cantonese = cells.next().unwrap_or("").split(' ').filter_map(crate::cantonese::reading);
    let mut syllable = korean.chain(mandarin).chain(cantonese).fold(Syllable::default(), Syllable::or);
    syllable.han = u32::from(simplified(character));
    Some(Reading { syllable, pinyin: pinyin.split(' ').next().unwrap_or("") })
}

/// The simplified form, or the character itself.
pub(crate) fn simplified(character: char) -> char {
    let form = |row: &Row| row.line.split('\t').nth(1).and_then(|cell| cell.chars().next());
    ROWS.get(&character).and_then(form).unwrap_or(character)
}
