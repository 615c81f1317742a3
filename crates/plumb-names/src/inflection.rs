//! Forms of words that the tables of organisations hold once: endings of Slavic adjectives and nouns, and what Arabic writes together with a
//! word.

use crate::name::Part;
use crate::script::{Script, script_of};

/// Behind a stem in the tables it stands for every ending.
const OPEN: char = '~';

/// Endings of Russian, Ukrainian, Belarusian and Bulgarian adjectives and nouns, folded.
const ENDINGS: [&str; 56] = [
    "", "а", "е", "и", "і", "о", "у", "ы", "ь", "ю", "я", "ае", "аи", "ам", "ами", "ах", "ая", "ев", "его", "ее", "еи",
    "ем", "ему", "ею", "ие", "ии", "им", "ими", "их", "ию", "ия", "іи", "іх", "іі", "ів", "ов", "ого", "ое", "оі",
    "ои", "ом", "ому", "ою", "ую", "ые", "ыи", "ым", "ыми", "ых", "ью", "юю", "ям", "ями", "ях", "яя", "ага",
];

/// Letters that a stem must have: shorter ones begin too many words.
const SHORTEST_STEM: usize = 2;

/// What Arabic writes together with a word before it: "and", "with", "for" and the article. Nothing first, then the longest.
const PREFIXES: [&str; 9] = ["", "وال", "بال", "ولل", "لل", "ال", "و", "ل", "ب"];
/// Letters of an Arabic word behind a prefix of one letter, which begins many words by chance.
const SHORTEST_BEHIND_LETTER: usize = 4;

/// Whether a word of the tables is one that other forms lead to.
pub(crate) fn is_base(word: &str) -> bool {
    word.ends_with(OPEN) || word.chars().all(|letter| script_of(letter) == Some(Script::Arabic))
}

/// The base of a word, as `find` knows it; nothing if the word is its own.
pub(crate) fn base<T>(folded: &str, script: Script, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    match script {
        Script::Cyrillic => cyrillic(folded, find),
        Script::Arabic => arabic(folded, find),
        _ => None,
    }
}

fn cyrillic<T>(folded: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    let places = folded.char_indices().map(|(place, _)| place).chain([folded.len()]);
    let mut places: Vec<usize> = places.skip(SHORTEST_STEM).collect();
    places.reverse();
    // the longest stem with an ending: of "горн" and "горнодобывающ" the second
    places.into_iter().take(LONGEST_ENDING + 1).find_map(|place| {
        let (stem, ending) = folded.split_at_checked(place)?;
        ENDINGS.contains(&ending).then(|| find(&format!("{stem}{OPEN}")))?
    })
}

/// Letters of the longest ending.
const LONGEST_ENDING: usize = 3;

fn arabic<T>(folded: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    PREFIXES.into_iter().find_map(|prefix| {
        let rest = folded.strip_prefix(prefix)?;
        let letters = rest.chars().count();
        if letters < SHORTEST_STEM || prefix.chars().count() == 1 && letters < SHORTEST_BEHIND_LETTER {
            return None;
        }
        let masculine = rest.strip_suffix('ه').unwrap_or(rest);
        let as_it_is = || find(rest).filter(|_| !prefix.is_empty());
        find(&format!("{rest}{OPEN}"))
            .or_else(|| find(&format!("{masculine}{OPEN}")))
            .or_else(as_it_is)
            .or_else(|| find(&format!("ال{rest}")).filter(|_| prefix != "ال"))
    })
}

/// The key of the place that a Russian adjective is made from, as far as it is left in the adjective; nothing if the word is none.
pub(crate) fn place_in(part: &Part) -> Option<&str> {
    const ENDINGS: [&str; 6] = ["skogo", "skaia", "skoie", "skoe", "ski", "ska"];
    const SHORTEST: usize = 3;
    const SK: u32 = 1 << (b's' - b'a') | 1 << (b'k' - b'a');
    // of most words it is plain that they are none
    if part.forms.letters & SK != SK {
        return None;
    }
    // Romanovsky and Jablonska are names, Romanovskiy may be an adjective
    let is_name = ["sky", "ski", "ska"].iter().any(|ending| part.latin.ends_with(ending));
    let is_adjective = part.script == Script::Cyrillic || !is_name;
    let stem = ENDINGS.iter().find_map(|ending| part.key.strip_suffix(ending))?;
    (is_adjective && stem.len() >= SHORTEST).then_some(stem)
}

/// Endings that lists write in Latin letters, by what the stem ends in.
const HARD: [&str; 4] = ["ый", "ая", "ое", "ого"];
const BEHIND_K: [&str; 4] = ["ий", "ая", "ое", "ого"];
const NOUNS: [&str; 5] = ["", "а", "я", "е", "ь"];

/// A phrase of the tables in the forms in which it is looked for in Latin letters. Of a place only adjectives are: it has its own name there.
pub(crate) fn forms(phrase: &str, is_place: bool) -> Vec<String> {
    let Some(stem) = phrase.strip_suffix(OPEN) else { return vec![phrase.to_owned()] };
    let ends = |endings: &[&str]| endings.iter().any(|end| stem.ends_with(end));
    let endings: &[&str] = match is_place {
        _ if ends(&["ск", "цк", "щ"]) => &BEHIND_K,
        _ if ends(&["н", "ов", "ев"]) => &HARD,
        true => &[],
        false => &NOUNS,
    };
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{base, forms};
    use crate::script::Script;

    #[test]
    fn forms_lead_to_the_word_of_the_table() {
        let words = ["харковськ~", "железн~", "تجاره", "دولي~"];
        let find = |word: &str| words.into_iter().find(|known| *known == word);
        assert_eq!(base("харковськии", Script::Cyrillic, find), Some("харковськ~"));
        assert_eq!(base("железными", Script::Cyrillic, find), Some("железн~"));
        assert_eq!(base("железнов", Script::Cyrillic, find), Some("железн~"));
        assert_eq!(base("железняк", Script::Cyrillic, find), None);
        assert_eq!(base("للتجاره", Script::Arabic, find), Some("تجاره"));
        assert_eq!(base("الدوليه", Script::Arabic, find), Some("دولي~"));
        assert_eq!((base("تجاره", Script::Arabic, find), base("والد", Script::Arabic, find)), (None, None));
    }

    #[test]
    fn a_stem_is_written_out_for_latin_letters() {
        assert!(forms("горн~", false).contains(&"горный".to_owned()));
        assert!(forms("казан~", true).contains(&"казаный".to_owned()) && forms("москв~", true).is_empty());
    }
}
