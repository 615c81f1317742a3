//! Han characters as Japanese names read them: whether a word in Latin letters, kana or Cyrillic can be divided into readings of the characters,
//! each in its turn.
//!
//! Both are compared in one spelling, see [`crate::kunrei`]. Readings stand in `data/japanese_readings.tsv` and `data/japanese_names.tsv`.

use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::agree::Agreement;
use crate::comparison::{Level, Rule};
use crate::hash;
use crate::kunrei::{self, Word, is_length};
use crate::lexicon;
use crate::name::{Kind, Name, Part, Role};
use crate::script::Script;
use crate::variants;

/// Characters, at most: family and given name of three each, or the words of a firm.
const MOST_CHARACTERS: usize = 12;
/// Letters that must agree: shorter readings are shared by dozens of characters (Ko, Sei, Shi).
const FEWEST_LETTERS: usize = 4;
/// The same of persons and two characters or more, beside whose given name their family name stands: Aki, Mao.
const FEWEST_OF_PERSON: usize = 3;
/// Characters and letters of a whole name from which on it is read as Japanese though its letters can be Korean or Chinese as well: Mao Komatsu.
/// Korean and Chinese names in letters that Japanese has are shorter.
const FEWEST_SURE: (usize, usize) = (3, 8);

/// A way to read a character, or a word that begins with it.
#[derive(Debug)]
struct Reading {
    /// The characters behind the first that it reads as well: of 服部 is all read in one, hattori.
    rest: Vec<char>,
    /// By Kunrei, with long vowels as kana write them.
    letters: CompactString,
}

/// What begins with a character.
#[derive(Debug, Default)]
struct Row {
    readings: Vec<Reading>,
    /// The first letters of the readings, a bit each.
    initials: u32,
}

static READINGS: LazyLock<FxHashMap<char, Row>> = LazyLock::new(|| {
    let mut rows: FxHashMap<char, Row> = FxHashMap::default();
    let tables = [include_str!("../data/japanese_readings.tsv"), include_str!("../data/japanese_names.tsv")];
    for row in tables.into_iter().flat_map(crate::tables::rows) {
        let [written, spellings] = row.as_slice() else { continue };
        let written = lexicon::simplify((*written).to_owned());
        let mut characters = written.chars();
        let Some(first) = characters.next() else { continue };
        let rest: Vec<char> = characters.collect();
        let reading = |spelling: &str| Reading { rest: rest.clone(), letters: kunrei::kunrei(spelling).into() };
        let row = rows.entry(first).or_default();
        row.readings.extend(spellings.split(' ').map(reading));
        row.initials = row.readings.iter().fold(0, |bits, reading| bits | initial(&reading.letters));
    }
    rows
});

/// The first letter of a word by Kunrei, as a bit; nothing of one that begins otherwise.
fn initial(letters: &str) -> u32 {
    let first = letters.bytes().next().filter(u8::is_ascii_lowercase);
    first.map_or(0, |first| 1 << (first - b'a'))
}

/// The ways to read what begins with a character.
fn readings(character: char) -> &'static [Reading] {
    READINGS.get(&character).map_or(&[], |row| &row.readings)
}

/// A part in Han beside one in letters that can be its Japanese reading: 東洋, Toyo.
pub(crate) fn parts(kind: Kind, l: &Part, r: &Part) -> Option<Agreement> {
    run(kind, l, std::slice::from_ref(r))
}

/// The same of a part and several in a row: 田中角栄, Kakuei Tanaka.
pub(crate) fn run(kind: Kind, one: &Part, run: &[Part]) -> Option<Agreement> {
    let one = std::slice::from_ref(one);
    let (han, words) = sides(one, run).or_else(|| sides(run, one))?;
    let is_person = matches!(kind, Kind::Person | Kind::Entity);
    let fewest = if is_person && han.len() > 1 { FEWEST_OF_PERSON } else { FEWEST_LETTERS };
    reads(&han, words, fewest).then_some((Level::Syllables, Rule::Japanese))
}

/// Whether two names of persons are surely one by Japanese readings.
pub(crate) fn are_surely_one(left: &Name, right: &Name) -> bool {
    let sides = sides(&left.parts, &right.parts).or_else(|| sides(&right.parts, &left.parts));
    let (characters, letters) = FEWEST_SURE;
    sides.is_some_and(|(han, words)| han.len() >= characters && reads(&han, words, letters))
}

/// The characters of parts that are all in Han, and other parts that can spell how they are read.
fn sides<'a>(han: &[Part], words: &'a [Part]) -> Option<(Vec<char>, &'a [Part])> {
    let may_be = |part: &Part| !matches!(part.role, Role::Number | Role::Initial | Role::Relation | Role::LegalForm);
    let are = han.iter().all(|part| part.script == Script::Han) && words.iter().all(|part| is_lettered(part.script));
    if !are || !han.iter().chain(words).all(may_be) {
        return None;
    }
    let characters: Vec<char> = han.iter().flat_map(|part| part.folded.chars()).take(MOST_CHARACTERS + 1).collect();
    (characters.len() <= MOST_CHARACTERS).then_some((characters, words))
}

/// Whether a script spells how a word is read.
fn is_lettered(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Kana | Script::Cyrillic)
}

/// Whether characters can be read as words with at least so many letters, of two in either order.
fn reads(characters: &[char], words: &[Part], fewest: usize) -> bool {
    if words.len() > characters.len() || !may_read(characters, words) {
        return false;
    }
    let Some(mut words) = words.iter().map(Spelled::of).collect::<Option<Vec<_>>>() else { return false };
    if words.iter().map(|spelled| spelled.word.letters().len()).sum::<usize>() < fewest {
        return false;
    }
    // of one word alone the table of variants tells by itself
    if let [only] = &*words {
        return divides(characters, only.word.letters());
    }
    in_order(characters, &words)
        || words.len() == 2 && {
            words.reverse();
            in_order(characters, &words)
        }
}

/// Whether a word that can come first begins as the first character is read, and none has a letter that Japanese has not: of most pairs not so.
fn may_read(characters: &[char], words: &[Part]) -> bool {
    const L: u32 = 1 << (b'l' - b'a');
    let initials = characters.first().and_then(|first| READINGS.get(first)).map_or(0, |row| row.initials);
    let begins = |part: &Part| initial(kunrei::beginning(&part.latin)) & initials != 0;
    let first_few = if words.len() == 2 { words } else { words.get(..1).unwrap_or_default() };
    words.iter().all(|part| part.forms.letters & L == 0) && first_few.iter().any(begins)
}

/// A part that spells how characters are read.
struct Spelled<'a> {
    word: Word,
    part: &'a Part,
}

impl<'a> Spelled<'a> {
    fn of(part: &'a Part) -> Option<Self> {
        Some(Self { word: Word::of(&part.latin)?, part })
    }

    /// Whether it spells these, one of several words of a name, by readings or by the table of variants: 真人, Makoto. A single
    /// character of the table is as often Korean or Chinese.
    fn spells(&self, characters: &[char]) -> bool {
        let is_variant = || {
            let text: String = characters.iter().collect();
            variants::share(variants::groups_of(hash::hash(&text)), self.part.groups)
        };
        divides(characters, self.word.letters()) || characters.len() > 1 && is_variant()
    }
}

/// Whether each word can be a reading of the next few characters.
fn in_order(characters: &[char], words: &[Spelled<'_>]) -> bool {
    match words {
        [] => characters.is_empty(),
        [only] => only.spells(characters),
        [first, rest @ ..] => (1..characters.len()).any(|count| {
            let (here, behind) = characters.split_at(count);
            behind.len() >= rest.len() && first.spells(here) && in_order(behind, rest)
        }),
    }
}

/// Whether the letters can be divided into readings of the characters. Kept is at which places of the word a reading of the first so many
/// characters can end, a bit for each.
fn divides(characters: &[char], word: &[u8]) -> bool {
    let mut ends = [0u64; MOST_CHARACTERS + 1];
    if let Some(start) = ends.first_mut() {
        *start = 1;
    }
    for (place, character) in characters.iter().enumerate() {
        let Some(begins) = ends.get(place).copied().filter(|begins| *begins != 0) else { continue };
        let behind = characters.get(place + 1..).unwrap_or_default();
        for reading in readings(*character).iter().filter(|reading| behind.starts_with(&reading.rest)) {
            let is_last = behind.len() == reading.rest.len();
            let found = reading.ends(word, begins, is_last);
            if let Some(ends) = ends.get_mut(place + 1 + reading.rest.len()) {
                *ends |= found;
            }
        }
    }
    ends.get(characters.len()).is_some_and(|ends| ends >> word.len() & 1 == 1)
}

impl Reading {
    /// Where the reading can end in a word that begins at one of these places, a bit for each.
    fn ends(&self, word: &[u8], mut begins: u64, is_last: bool) -> u64 {
        let mut ends = 0;
        while begins != 0 {
            let at = begins.trailing_zeros();
            begins &= begins - 1;
            ends |= usize::try_from(at).map_or(0, |at| self.ends_from(word, at, is_last));
        }
        ends
    }

    fn ends_from(&self, word: &[u8], at: usize, is_last: bool) -> u64 {
        let letters = self.letters.as_bytes();
        let Some((first, rest)) = letters.split_first() else { return 0 };
        let mut ends = 0;
        for first in initials(*first, rest.first().copied(), at == 0) {
            let Some(begun) = follow(word, at, &[first]) else { continue };
            // Yokoo may be written Yoko, but none leaves out more than one vowel
            let end = follow(word, begun, rest).filter(|end| *end > at || letters.len() == 1);
            ends |= end.map_or(0, |end| 1 << end);
            // nichi and hon: Nippon
            let stem = rest.len().checked_sub(2).and_then(|length| rest.split_at_checked(length));
            if let Some((stem, b"ti" | b"tu" | b"ki" | b"ku")) = stem
                && !is_last
                && let Some(end) = follow(word, begun, stem)
                && is_doubled(word, end)
            {
                ends |= 1 << (end + 1);
            }
        }
        ends
    }
}

/// What a reading may begin with: behind another its first consonant may be voiced, and h become p.
fn initials(first: u8, next: Option<u8>, is_first: bool) -> impl Iterator<Item = u8> {
    let voiced = match first {
        b'k' => b"g".as_slice(),
        b's' => b"z",
        b't' if matches!(next, Some(b'i' | b'u' | b'y')) => b"z",
        b't' => b"d",
        b'h' => b"bp",
        _ => b"",
    };
    std::iter::once(first).chain(voiced.iter().copied().filter(move |_| !is_first))
}

/// Where these letters end in a word from a place on, if it has them there. What is the length of a vowel is not written.
fn follow(word: &[u8], mut at: usize, letters: &[u8]) -> Option<usize> {
    for letter in letters {
        let before = at.checked_sub(1).and_then(|before| word.get(before)).copied();
        if is_length(before, *letter) {
            continue;
        }
        if word.get(at) != Some(letter) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn is_doubled(word: &[u8], at: usize) -> bool {
    matches!(word.get(at..at + 2), Some([one @ (b'k' | b's' | b't' | b'p'), other]) if one == other)
}

/// Readings of a stretch of characters under which a name in them is looked for, at most.
const MOST_KEPT: usize = 8;
/// Sum of places in the tables beyond which a reading is hardly among the commonest: it saves most of the work.
const MOST_RANK: usize = 6;
/// Characters of a family or given name, or of a word of a firm, at most.
const LONGEST_STRETCH: usize = 3;

/// The commonest readings, by Hepburn, of what can be a family or given name or a word of a name in Han: of the whole, and of both sides of
/// each division.
pub(crate) fn commonest_readings(folded: &str, take: &mut dyn FnMut(&str)) {
    let characters: Vec<char> = folded.chars().take(MOST_CHARACTERS).collect();
    let count = characters.len();
    let (longest, shortest) = (count.min(LONGEST_STRETCH), count.saturating_sub(LONGEST_STRETCH).max(1));
    let mut give = |texts: &[(usize, String)]| texts.iter().for_each(|(_, text)| take(&kunrei::hepburn(text)));
    let fronts = commonest(characters.get(..longest).unwrap_or_default());
    fronts.iter().skip(shortest).for_each(|texts| give(texts));
    for front in shortest..=longest.min(count.saturating_sub(1)) {
        give(commonest(characters.get(front..).unwrap_or_default()).last().map_or(&[], Vec::as_slice));
    }
}

/// For each number of characters from none on the commonest readings of the first so many, by Kunrei: those whose parts stand foremost in the
/// tables, with the sum of their places there.
fn commonest(characters: &[char]) -> Vec<Vec<(usize, String)>> {
    let mut begun: Vec<Vec<(usize, String)>> = vec![Vec::new(); characters.len() + 1];
    if let Some(start) = begun.first_mut() {
        start.push((0, String::new()));
    }
    for (place, character) in characters.iter().enumerate() {
        let Some((before, after)) = begun.split_at_mut_checked(place + 1) else { break };
        let before = before.last().map_or(&[][..], Vec::as_slice);
        let behind = characters.get(place + 1..).unwrap_or_default();
        for (rank, reading) in readings(*character).iter().enumerate().filter(|(_, one)| behind.starts_with(&one.rest))
        {
            // a word that is read in one is hardly read otherwise
            let rank = if reading.rest.is_empty() { rank } else { 0 };
            let Some(ends) = after.get_mut(reading.rest.len()) else { continue };
            for (rank_before, text) in before.iter().filter(|(rank_before, _)| rank_before + rank < MOST_RANK) {
                joined(text, &reading.letters, &mut |more, text| ends.push((rank_before + rank + more, text)));
            }
        }
        if let Some(ends) = after.first_mut() {
            ends.sort_unstable();
            ends.dedup_by(|one, other| one.1 == other.1);
            ends.truncate(MOST_KEPT);
        }
    }
    begun
}

/// A reading behind others, as it is and with what changes where they meet, which is less common.
fn joined(before: &str, letters: &str, take: &mut dyn FnMut(usize, String)) {
    take(0, [before, letters].concat());
    let Some((first, rest)) = letters.as_bytes().split_first() else { return };
    let behind = letters.get(1..).unwrap_or_default();
    for voiced in initials(*first, rest.first().copied(), before.is_empty()).skip(1).filter(|voiced| *voiced != b'p') {
        take(1, [before, char::from(voiced).encode_utf8(&mut [0; 4]), behind].concat());
    }
    let stem = ["ti", "tu", "ki", "ku"].iter().find_map(|end| before.strip_suffix(end));
    if let (Some(stem), b'k' | b's' | b't' | b'h') = (stem, *first) {
        let doubled = match first {
            b'h' => "pp",
            b'k' => "kk",
            b's' => "ss",
            _ => "tt",
        };
        take(1, [stem, doubled, behind].concat());
    }
}

#[cfg(test)]
mod tests {
    use super::{commonest_readings, divides};
    use crate::kunrei::Word;
    use crate::lexicon::simplify;

    fn reads(han: &str, latin: &str) -> bool {
        let characters: Vec<char> = simplify(han.to_owned()).chars().collect();
        Word::of(latin).is_some_and(|word| divides(&characters, word.letters()))
    }

    #[test]
    fn characters_are_read_in_turn() {
        for (han, latin) in [
            ("田中", "tanaka"),
            ("山田", "yamada"),
            ("山川", "yamakawa"),
            ("本多", "honda"),
            ("服部", "hattori"),
            ("長谷川", "hasegawa"),
            ("佐々木", "sasaki"),
            ("渡邊", "watanabe"),
            ("大野", "ohno"),
            ("大野", "ono"),
            ("佐藤", "satoh"),
            ("土屋", "tsuchiya"),
            ("土屋", "tutiya"),
            ("土屋", "tsutiya"),
            ("日本", "nippon"),
            ("北海道", "hokkaido"),
            ("日光", "nikko"),
            ("難波", "namba"),
            ("横尾", "yokoo"),
            ("横尾", "yoko"),
            ("井上", "inoue"),
            ("角栄", "kakuei"),
            ("智津夫", "chizuo"),
        ] {
            assert!(reads(han, latin), "{han} {latin}");
        }
    }

    #[test]
    fn other_words_are_no_readings() {
        for (han, latin) in [
            ("田中", "nakata"),
            ("田中", "tanakada"),
            ("田中", "tana"),
            ("山田", "zamada"),
            ("宮本桜", "miyamoto"),
            ("太郎", "jiro"),
            ("田中", "smith"),
            ("田中", ""),
        ] {
            assert!(!reads(han, latin), "{han} {latin}");
        }
    }

    #[test]
    fn a_name_is_looked_for_by_its_halves() {
        let mut found = Vec::new();
        commonest_readings(&simplify("田中角栄".to_owned()), &mut |reading| found.push(reading.to_owned()));
        for half in ["tanaka", "kakuei"] {
            assert!(found.iter().any(|reading| reading == half), "{half}: {found:?}");
        }
        commonest_readings("", &mut |_| found.clear());
        assert!(!found.is_empty(), "no characters have no readings");
    }
}
