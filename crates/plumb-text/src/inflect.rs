//! The forms of names: Russian cases, Korean particles. Chinese and English names stand as they are.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::terms::is_boundary;

/// Syllables of the longest ending in the table.
const LONGEST_ENDING: usize = 5;

/// Longer names are titles of companies, printed as they are.
const MOST_WORDS: usize = 4;

/// How many cases Russian has: nominative, genitive, dative, accusative, instrumental, prepositional.
const CASES: usize = 6;

const KOREAN: &str = include_str!("../data/korean_endings.txt");

/// All forms in which a name may stand, itself first.
pub(crate) fn forms(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let words: Vec<&str> = name.split_whitespace().collect();
    let cyrillic = name.chars().any(|letter| ('\u{400}'..='\u{52f}').contains(&letter));
    if !cyrillic || words.len() > MOST_WORDS || name.contains(['"', '«', '(', '/']) {
        return all;
    }
    let declined: Vec<[Vec<String>; CASES]> = words.iter().map(|word| decline(word)).collect();
    for case in 0..CASES {
        // "Северной Кореи": every word; "Ким Чен Ына": only the last; "заводом Россия": only the first
        for pick in [|_: usize, _: usize| true, |index, last| index == last, |index, _| index == 0] {
            let last = words.len().saturating_sub(1);
            let mut variants = vec![String::new()];
            for (index, (word, cases)) in words.iter().zip(&declined).enumerate() {
                let plain = [(*word).to_owned()];
                let choices =
                    if pick(index, last) { cases.get(case).map_or(&plain[..], Vec::as_slice) } else { &plain };
                let gap = if index == 0 { "" } else { " " };
                variants = variants
                    .iter()
                    .flat_map(|head| choices.iter().map(move |tail| format!("{head}{gap}{tail}")))
                    .collect();
            }
            all.append(&mut variants);
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Endings by the ending of the nominative, case by case; several forms of one case are parted by `|`. After Zaliznyak's
/// classes of declension, reduced to what names need; stress and fleeting vowels are left out.
const DECLENSIONS: [(&str, [&str; CASES]); 19] = [
    // adjectives
    ("кий", ["кий", "кого", "кому", "кий|кого", "ким", "ком"]),
    ("гий", ["гий", "гого", "гому", "гий|гого", "гим", "гом"]),
    ("ный", ["ный", "ного", "ному", "ный|ного", "ным", "ном"]),
    ("ой", ["ой", "ого", "ому", "ой|ого", "ым|им", "ом"]),
    ("ая", ["ая", "ой", "ой", "ую", "ой", "ой"]),
    ("ое", ["ое", "ого", "ому", "ое", "ым|им", "ом"]),
    ("ые", ["ые", "ых", "ым", "ые|ых", "ыми", "ых"]),
    ("кие", ["кие", "ких", "ким", "кие|ких", "кими", "ких"]),
    // nouns
    ("ия", ["ия", "ии", "ии", "ию", "ией", "ии"]),
    ("ие", ["ие", "ия", "ию", "ие", "ием", "ии"]),
    ("ка", ["ка", "ки", "ке", "ку", "кой", "ке"]),
    ("га", ["га", "ги", "ге", "гу", "гой", "ге"]),
    ("ша", ["ша", "ши", "ше", "шу", "шей", "ше"]),
    ("а", ["а", "ы", "е", "у", "ой", "е"]),
    ("я", ["я", "и", "е", "ю", "ей", "е"]),
    ("й", ["й", "я", "ю", "й|я", "ем", "е"]),
    ("ь", ["ь", "я|и", "ю|и", "ь|я", "ем|ью", "е|и"]),
    ("ы", ["ы", "ов", "ам", "ы|ов", "ами", "ах"]),
    ("ец", ["ец", "ца", "цу", "ца", "цем", "це"]),
];

/// The case forms of one word. Abbreviations, numbers and words in other letters do not change.
fn decline(word: &str) -> [Vec<String>; CASES] {
    let same = || [(); CASES].map(|()| vec![word.to_owned()]);
    let russian = word.chars().all(|letter| {
        ('а'..='я').contains(&letter) || ('А'..='Я').contains(&letter) || matches!(letter, 'ё' | 'Ё' | '-')
    });
    let length = word.chars().count();
    let abbreviation = length <= 6 && word.chars().all(char::is_uppercase);
    if !russian || abbreviation || length < 2 {
        return same();
    }
    if let Some((ending, cases)) = DECLENSIONS.iter().find(|(ending, _)| word.ends_with(ending)) {
        let stem = word.strip_suffix(ending).unwrap_or(word);
        return cases.map(|forms| forms.split('|').map(|form| format!("{stem}{form}")).collect());
    }
    match word.chars().last() {
        Some('о' | 'е' | 'и' | 'у' | 'э' | 'ю' | 'ё') | None => same(),
        Some(last) => {
            let instrumental = if matches!(last, 'ж' | 'ш' | 'ч' | 'щ' | 'ц') { "ем" } else { "ом" };
            // surnames in -ов, -ев, -ин take an adjective's instrumental: "с Лавровым"
            let surname = ["ов", "ев", "ин", "ын"].iter().any(|ending| word.ends_with(ending));
            let form = |ending: &str| format!("{word}{ending}");
            let mut with = vec![form(instrumental)];
            with.extend(surname.then(|| form("ым")));
            [vec![form("")], vec![form("а")], vec![form("у")], vec![form(""), form("а")], with, vec![form("е")]]
        }
    }
}

/// Whether a name may begin at this byte of a folded sentence.
pub(crate) fn may_begin(folded: &str, at: usize) -> bool {
    is_boundary(folded, at) || korean_prefix(folded.get(..at).unwrap_or_default())
}

/// 駐, 對, 在, 訪 and the like stand before a country in one word: `주러시아`, `대북한`.
fn korean_prefix(before: &str) -> bool {
    let mut letters = before.chars().rev();
    let is_prefix = letters.next().is_some_and(|one| matches!(one, '주' | '대' | '재' | '방' | '친' | '반' | '탈'));
    is_prefix && !letters.next().is_some_and(is_syllable)
}

/// Whether a name may end at this byte: at the end of a word or, in Korean, before a particle or a noun that joins names.
pub(crate) fn may_end(folded: &str, at: usize) -> bool {
    if is_boundary(folded, at) {
        return true;
    }
    let rest = folded.get(at..).unwrap_or_default();
    let tail_length: usize = rest.chars().take_while(|one| is_syllable(*one)).map(char::len_utf8).sum();
    let tail = rest.get(..tail_length).unwrap_or_default();
    !tail.is_empty() && is_korean_tail(tail)
}

/// Particles and suffixes, and the nouns that join names.
struct KoreanEndings {
    closing: BTreeSet<&'static str>,
    joining: Vec<&'static str>,
}

static KOREAN_ENDINGS: LazyLock<KoreanEndings> = LazyLock::new(|| {
    let words = || KOREAN.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let closing = words().map(|word| word.trim_end_matches('+')).collect();
    KoreanEndings { closing, joining: words().filter_map(|word| word.strip_suffix('+')).collect() }
});

/// Up to two endings in a row: `인들이`, `에서는`, `노동자는`.
fn is_korean_tail(tail: &str) -> bool {
    let endings = &*KOREAN_ENDINGS;
    let closes =
        |rest: &str| endings.closing.contains(rest) || endings.joining.iter().any(|noun| rest.starts_with(noun));
    let splits = tail.char_indices().skip(1).map(|(at, _)| tail.split_at(at));
    closes(tail) || splits.take(LONGEST_ENDING).any(|(first, rest)| endings.closing.contains(first) && closes(rest))
}

fn is_syllable(character: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&character)
}
