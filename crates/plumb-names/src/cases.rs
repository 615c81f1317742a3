//! Russian names of persons in another case than the first, as they are copied from sentences: Евгения Касперского, Алексею Навальному.

use crate::draft::Draft;
use crate::name::Role;
use crate::normal::fold;
use crate::script::{Script, script_of};
use crate::variants;

/// An ending in a case and what it is in the first case, and whether no usual name ends so in the first case.
type Ending = (&'static str, &'static str, bool);

/// Cases with their endings, the longest first of those that end alike.
const CASES: [&[Ending]; 5] = [MEN_GENITIVE, MEN_DATIVE, MEN_INSTRUMENTAL, WOMEN, WOMEN_ACCUSATIVE];

const MEN_GENITIVE: &[Ending] = &[
    ("кого", "кий", true),
    ("гого", "гий", true),
    ("хого", "хий", true),
    ("ого", "ый", true),
    ("его", "ий", true),
    ("ича", "ич", true),
    ("ия", "ий", false),
    ("ея", "ей", false),
    ("ая", "ай", false),
    ("я", "ь", false),
    ("а", "", false),
];

const MEN_DATIVE: &[Ending] = &[
    ("кому", "кий", true),
    ("гому", "гий", true),
    ("хому", "хий", true),
    ("ому", "ый", true),
    ("ему", "ий", true),
    ("ичу", "ич", true),
    ("ову", "ов", true),
    ("еву", "ев", true),
    ("ину", "ин", true),
    ("ию", "ий", false),
    ("ею", "ей", false),
    ("аю", "ай", false),
    ("ю", "ь", false),
    ("у", "", false),
];

const MEN_INSTRUMENTAL: &[Ending] = &[
    ("ским", "ский", true),
    ("цким", "цкий", true),
    ("овым", "ов", true),
    ("евым", "ев", true),
    ("иным", "ин", true),
    ("ичем", "ич", true),
    ("ким", "кий", false),
    ("ым", "ый", false),
    ("ием", "ий", false),
    ("еем", "ей", false),
    ("аем", "ай", false),
    ("ем", "ь", false),
    ("ом", "", false),
];

/// The genitive, dative and instrumental of women, which are one in family names.
const WOMEN: &[Ending] = &[
    ("овой", "ова", true),
    ("евой", "ева", true),
    ("иной", "ина", true),
    ("ской", "ская", true),
    ("цкой", "цкая", true),
    ("вны", "вна", true),
    ("вне", "вна", true),
    ("вной", "вна", true),
    ("ией", "ия", false),
    ("ии", "ия", false),
    ("ьи", "ья", false),
    ("ги", "га", false),
    ("ки", "ка", false),
    ("хи", "ха", false),
    ("ой", "а", false),
    ("ей", "я", false),
    ("ы", "а", false),
    ("и", "я", false),
    ("е", "а", false),
];

const WOMEN_ACCUSATIVE: &[Ending] = &[
    ("ову", "ова", true),
    ("еву", "ева", true),
    ("ину", "ина", true),
    ("скую", "ская", true),
    ("цкую", "цкая", true),
    ("вну", "вна", true),
    ("ию", "ия", false),
    ("ю", "я", false),
    ("у", "а", false),
];

/// Words of a name: a family name, a given name and a patronymic.
const MOST_WORDS: usize = 3;
/// Letters before an ending: Ким is no instrumental.
const SHORTEST_STEM: usize = 2;

/// What a name may be in the first case; nothing if it may stand in it. A word must end as no usual name does, and of several another must lead to
/// a usual name by the same case: the woman Александра Петрова is not the genitive of a man. Анну Иванову may be several.
///
/// ```
/// use plumb_names::nominatives;
/// assert_eq!(nominatives("Евгения Касперского"), ["Евгений Касперский"]);
/// assert!(nominatives("Александра Петрова").is_empty());
/// ```
pub fn nominatives(text: &str) -> Vec<String> {
    if !text.ends_with(|letter| script_of(letter) == Some(Script::Cyrillic)) {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS + 1).collect();
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let in_case = |case: &&[Ending]| words.iter().map(|word| first_case(word, case)).collect::<Option<Vec<_>>>();
    let told = CASES.iter().filter_map(in_case).filter_map(|found| {
        let usual = found.iter().filter(|(word, _)| is_usual(word)).count();
        let is_sure = found.iter().any(|(_, sure)| *sure) && (usual > 0 || found.len() == 1);
        let name: Vec<String> = found.into_iter().map(|(word, _)| word).collect();
        is_sure.then(|| (usual, name.join(" ")))
    });
    let told: Vec<(usize, String)> = told.collect();
    let most = told.iter().map(|(usual, _)| *usual).max();
    told.into_iter().filter(|(usual, _)| Some(*usual) == most).map(|(_, name)| name).collect()
}

/// A word in the first case, and whether it stood in this one for sure; nothing if it cannot.
fn first_case(word: &str, case: &[Ending]) -> Option<(String, bool)> {
    let small = word.to_lowercase();
    let (ending, first, sure) = case.iter().find(|(ending, ..)| small.ends_with(ending))?;
    // capitals have as many bytes as small letters
    let stem = word.get(..word.len().checked_sub(ending.len())?)?;
    (stem.chars().count() >= SHORTEST_STEM).then(|| (format!("{stem}{first}"), *sure))
}

fn is_usual(word: &str) -> bool {
    variants::is_usual(&Draft::of_letters(&fold(word), Script::Cyrillic, Role::Name).part)
}

#[cfg(test)]
mod tests {
    use super::nominatives;

    #[test]
    fn cases_lead_to_the_first() {
        for (text, first) in [
            ("Касперского", "Касперский"),
            ("Евгения Валентиновича Касперского", "Евгений Валентинович Касперский"),
            ("Алексею Навальному", "Алексей Навальный"),
            ("Владимиру Владимировичу Путину", "Владимир Владимирович Путин"),
            ("Сергеем Лавровым", "Сергей Лавров"),
            ("Анны Политковской", "Анна Политковская"),
        ] {
            assert_eq!(nominatives(text), [first], "{text}");
        }
        assert_eq!(nominatives("Анну Иванову"), ["Анн Иванов", "Анна Иванова"]);
        for text in
            ["Ким Чен Ын", "Иван Крамской", "Александра Петрова", "Владимир Путин", "Дмитрий Медведев", "Kaspersky", ""]
        {
            assert_eq!(nominatives(text), [""; 0], "{text}");
        }
    }
}
