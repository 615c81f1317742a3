//! Names in Cyrillic beside Latin letters by several systems, and two systems beside each other: what passports, the press and libraries write.

use super::corpus::{NameGroup, Part, part_of};
use super::pairs::Pair;
use super::random::Random;

/// Pairs that are made for each of the two groups.
const PAIRS: usize = 2500;

/// Letters as BGN/PCGN, ISO 9, German and French write them; what a system shares with the one before it is left out.
const SYSTEMS: [&[(char, &str)]; 4] = [
    &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "yo"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "kh"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shch"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ],
    &[
        ('ё', "ë"),
        ('ж', "ž"),
        ('й', "j"),
        ('х', "h"),
        ('ц', "c"),
        ('ч', "č"),
        ('ш', "š"),
        ('щ', "ŝ"),
        ('ъ', "ʺ"),
        ('ь', "ʹ"),
        ('э', "è"),
        ('ю', "û"),
        ('я', "â"),
    ],
    &[
        ('в', "w"),
        ('ё', "jo"),
        ('ж', "sch"),
        ('з', "s"),
        ('й', "i"),
        ('х', "ch"),
        ('ц', "z"),
        ('ч', "tsch"),
        ('ш', "sch"),
        ('щ', "schtsch"),
        ('ю', "ju"),
        ('я', "ja"),
    ],
    &[
        ('ё', "io"),
        ('ж', "j"),
        ('й', "ï"),
        ('у', "ou"),
        ('ч', "tch"),
        ('ш', "ch"),
        ('щ', "chtch"),
        ('ю', "iou"),
        ('я', "ia"),
    ],
];

/// Names of firms in Russian and in English; what stands in braces is their own word.
const FIRMS: [(&str, &str); 10] = [
    ("Торговая компания «{}»", "{} Trading Company"),
    ("Строительная компания «{}»", "{} Construction Company"),
    ("ООО «{}»", "{} LLC"),
    ("Общество с ограниченной ответственностью «{}»", "{} Limited Liability Company"),
    ("АО «{}»", "JSC {}"),
    ("ООО «Транспортная компания {}»", "{} Transport Company LLC"),
    ("Рыболовная компания {}", "{} Fishing Company"),
    ("Инвестиционная группа «{}»", "{} Investment Group"),
    ("Торговый дом «{}»", "Trading House {}"),
    ("{}", "{}"),
];

/// The pairs, all of one bearer.
pub fn pairs(groups: &[NameGroup]) -> Vec<Pair> {
    let cyrillic = |form: &&String| {
        let letters = form.chars().count();
        (4..=14).contains(&letters) && form.chars().all(|letter| matches!(letter, 'а'..='я' | 'ё'))
    };
    let mut random = Random::new(9);
    let mut pairs = Vec::new();
    for part in [Part::Train, Part::Check] {
        let groups = groups.iter().filter(|group| part_of(&group.id) == part);
        let names: Vec<&String> = groups.filter_map(|group| group.variants.iter().find(cyrillic)).collect();
        let count = if part == Part::Train { PAIRS } else { PAIRS / 4 };
        for _ in 0..count {
            let (Some(given), Some(family)) = (random.pick(&names), random.pick(&names)) else { break };
            let name = format!("{given} {family}");
            let (one, two) = (random.below(SYSTEMS.len()), random.below(SYSTEMS.len()));
            let (left, right) = (written(&name, one), written(&name, two));
            let pair = |schema, left: &str, right: &str, group| Pair {
                schema,
                left: left.to_owned(),
                right: right.to_owned(),
                same: true,
                group,
                part,
            };
            pairs.push(pair("Person", &name, &left, "Cyrillic by a system"));
            if left != right {
                pairs.push(pair("Person", &left, &right, "two systems"));
            }
            if let Some((russian, english)) = random.pick(&FIRMS) {
                let (russian, english) = (russian.replace("{}", family), english.replace("{}", &written(family, one)));
                pairs.push(pair("Company", &russian, &english, "firm in two languages"));
            }
        }
    }
    pairs
}

/// A name as a system writes it.
fn written(name: &str, system: usize) -> String {
    let systems = [SYSTEMS.get(system), SYSTEMS.first()];
    let letter = |letter: char| {
        systems.iter().flatten().find_map(|table| table.iter().find(|(from, _)| *from == letter)).map(|(_, to)| *to)
    };
    name.chars().map(|from| letter(from).map_or_else(|| from.to_string(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn systems_write_as_they_say() {
        let all: Vec<String> = (0..4).map(|system| written("щукин жуков", system)).collect();
        assert_eq!(all, ["shchukin zhukov", "ŝukin žukov", "schtschukin schukow", "chtchoukin joukov"]);
    }
}
