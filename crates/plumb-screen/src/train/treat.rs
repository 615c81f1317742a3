//! Treatments: the ways in which one name is written twice, done to names on purpose.

use plumb_names::Role;

use super::random::Random;

/// A change of one letter: left out, doubled, replaced, or swapped with its neighbour. The first letter of a word is spared, as slips spare it.
pub fn slip(text: &str, random: &mut Random) -> String {
    const LETTERS: &[char] = &['a', 'e', 'i', 'o', 'u', 'n', 'r', 's', 't', 'l', 'h', 'k', 'm'];
    let mut letters: Vec<char> = text.chars().collect();
    let inside = |place: usize| {
        place > 0
            && letters.get(place).is_some_and(|letter| letter.is_alphabetic())
            && letters.get(place - 1).is_some_and(|letter| letter.is_alphabetic())
    };
    let places: Vec<usize> = (0..letters.len()).filter(|place| inside(*place)).collect();
    let Some(place) = random.pick(&places).copied() else { return text.to_owned() };
    let replacement = random.pick(LETTERS).copied().unwrap_or('a');
    match random.below(4) {
        0 => {
            letters.remove(place);
        }
        1 => letters.insert(place, replacement),
        2 => letters.iter_mut().skip(place).take(1).for_each(|letter| *letter = replacement),
        _ => {
            if places.contains(&(place + 1)) {
                letters.swap(place, place + 1);
            }
        }
    }
    letters.into_iter().collect()
}

/// The words in another order: the last first, with or without a comma, or the first last.
pub fn reordered(text: &str, random: &mut Random) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((last, first)) = words.split_last().filter(|(_, first)| !first.is_empty()) else { return text.to_owned() };
    match random.below(3) {
        0 => format!("{last}, {}", first.join(" ")),
        1 => format!("{last} {}", first.join(" ")),
        _ => words.iter().skip(1).chain(words.first()).copied().collect::<Vec<_>>().join(" "),
    }
}

/// One word fewer, where there are three at least; neither the first nor the last.
pub fn shortened(text: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 2 {
        words.remove(1 + random.below(words.len() - 2));
    }
    words.join(" ")
}

/// The place of a given name: behind the comma, or any but the last.
pub fn given_place(text: &str, random: &mut Random) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.iter().position(|word| word.ends_with(',')).filter(|comma| comma + 1 < words.len()) {
        Some(comma) => comma + 1 + random.below(words.len() - comma - 1),
        None => random.below(words.len().saturating_sub(1)),
    }
}

/// One given name as its first letter, with or without a dot.
pub fn with_initial(text: &str, random: &mut Random) -> String {
    let place = given_place(text, random);
    let initial = text.split_whitespace().nth(place).and_then(|word| word.chars().next());
    match initial.filter(|_| text.split_whitespace().nth(1).is_some()) {
        Some(letter) if random.percent(50) => with_word(text, place, &format!("{letter}.")),
        Some(letter) => with_word(text, place, &letter.to_string()),
        None => text.to_owned(),
    }
}

/// The first letters of the words that are no legal forms and no links between others: of three words at least.
pub fn acronym(text: &str) -> Option<String> {
    let name = plumb_names::analyse(text, plumb_names::Kind::Organisation);
    let counted = |part: &&plumb_names::Part| !matches!(part.role, Role::Stop | Role::LegalForm | Role::Number);
    let words = name.parts.iter().filter(counted).flat_map(plumb_names::Part::words);
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    (letters.len() >= 3).then(|| letters.to_uppercase())
}

/// Capitals, hyphens for spaces or spaces for hyphens: nothing that changes the name.
pub fn restyled(text: &str, random: &mut Random) -> String {
    match random.below(3) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        _ => text.replace('-', " "),
    }
}

/// The same with one word replaced.
pub fn with_word(text: &str, place: usize, replacement: &str) -> String {
    let words = text.split_whitespace().enumerate();
    words.map(|(at, word)| if at == place { replacement } else { word }).collect::<Vec<_>>().join(" ")
}

/// Legal forms and business words that stand for each other in registers and on lists; of each row any two.
const INTERCHANGEABLE: &[&[&str]] = &[
    &["limited", "ltd", "ltd."],
    &["company", "co", "co."],
    &["corporation", "corp", "corp."],
    &["incorporated", "inc", "inc."],
    &["limited liability company", "llc", "l.l.c.", "ooo", "ООО"],
    &["joint stock company", "jsc", "ao", "АО"],
    &["public joint stock company", "pjsc", "pao", "ПАО"],
    &["private limited", "pvt ltd", "pvt. ltd.", "private ltd"],
    &["international", "intl", "int'l"],
    &["and", "&"],
    &["brothers", "bros"],
    &["general trading", "gen. trading"],
    &["s.a.", "sa", "sociedad anonima"],
    &["gmbh", "gesellschaft mit beschrankter haftung"],
    &["public limited company", "plc", "p.l.c."],
];

/// A legal form or business word written in another way, or nothing if there is none.
pub fn legal_form_rewritten(text: &str, random: &mut Random) -> Option<String> {
    let padded = format!(" {} ", text.to_lowercase().replace(',', ""));
    let held: Vec<(&[&str], &str)> = INTERCHANGEABLE
        .iter()
        .flat_map(|row| row.iter().map(move |form| (*row, *form)))
        .filter(|(_, form)| padded.contains(&format!(" {form} ")))
        .collect();
    let (row, form) = random.pick(&held)?;
    let others: Vec<&str> = row.iter().copied().filter(|other| other != form).collect();
    let other = random.pick(&others)?;
    Some(padded.replace(&format!(" {form} "), &format!(" {other} ")).trim().to_owned())
}

/// Without the legal form at its end, or nothing if there is none or hardly more than it.
pub fn legal_form_dropped(text: &str) -> Option<String> {
    let name = plumb_names::analyse(text, plumb_names::Kind::Organisation);
    let last = name.parts.last().filter(|part| part.role == Role::LegalForm && name.parts.len() > 2)?;
    let front = text.get(..usize::try_from(last.start).ok()?)?;
    Some(front.trim_end_matches([' ', ',', '(']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treatments_keep_their_promises() {
        let mut random = Random::new(1);
        for _ in 0..200 {
            let slipped = slip("Kim Chol", &mut random);
            assert!(slipped.starts_with('K') && strsim::osa_distance(&slipped, "Kim Chol") <= 1, "{slipped}");
            let mut sorted: Vec<String> =
                reordered("A B C", &mut random).replace(',', "").split(' ').map(str::to_owned).collect();
            sorted.sort();
            assert_eq!(sorted, ["A", "B", "C"]);
            assert_eq!(shortened("A B C", &mut random), "A C");
            assert!(with_initial("Ivan Petrov", &mut random).ends_with(" Petrov"));
        }
        let rewritten = legal_form_rewritten("Chilsong Trading Limited", &mut random).unwrap();
        assert!(rewritten.starts_with("chilsong trading ltd"), "{rewritten}");
        assert_eq!(legal_form_dropped("Chilsong Trading Ltd."), Some("Chilsong Trading".to_owned()));
        assert_eq!(with_word("A B", 1, "C"), "A C");
        for text in ["", " ", "김", "---", "a"] {
            let treated = [slip(text, &mut random), reordered(text, &mut random), with_initial(text, &mut random)];
            assert!(treated.iter().all(|treated| treated.len() < 8), "{treated:?}");
        }
    }
}
