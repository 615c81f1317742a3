//! Names of countries as lists spell them → FollowTheMoney's codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plumb_core::place::{self, PlaceKind};

static SPELLINGS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut spellings = BTreeMap::new();
    for place in place::all().filter(|place| place.kind == PlaceKind::Country) {
        let code = place.code.to_lowercase();
        let names = [Some(&place.code), Some(&place.name), place.official.as_ref(), place.alpha3.as_ref()];
        let names = names.into_iter().flatten().chain(place.names.iter().map(|(_, name)| name)).chain(&place.also);
        for name in names {
            spellings.entry(fold(name)).or_insert_with(|| code.clone());
        }
    }
    for line in include_str!("../../data/countries.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((code, names)) = line.split_once('\t') else { continue };
        for name in names.split(';') {
            spellings.insert(fold(name), code.to_owned());
        }
    }
    spellings
});

/// The code of the country that a list spells so. `None` when it is unknown, or could be two ("Korea").
///
/// Besides names it knows their inversions: `Korea, North`, `Iran (Islamic Republic of)`.
pub(crate) fn code(spelling: &str) -> Option<&'static str> {
    let known = |name: &str| SPELLINGS.get(&fold(name)).map(String::as_str);
    let inverted = || {
        let (last, first) = spelling.split_once(',').or_else(|| spelling.split_once('('))?;
        known(&format!("{} {last}", first.trim_end_matches([')', ' '])))
    };
    // what stands in brackets may be the part that tells two countries apart, so it is left out last
    let bare = || spelling.split_once('(').and_then(|(name, _)| known(name));
    known(spelling).or_else(inverted).or_else(bare).filter(|code| !code.is_empty())
}

/// Small letters and digits with one space between words; articles, "and" and dots do not tell countries apart.
fn fold(name: &str) -> String {
    let plain: String = (name.to_lowercase().chars())
        .filter(|letter| !matches!(letter, '.' | '\'' | '’' | '`'))
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    // AND alone is Andorra
    if words.len() > 1 {
        words.retain(|word| !matches!(*word, "the" | "and"));
    }
    words.into_iter().map(|word| if word == "st" { "saint" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn spellings_of_the_lists_are_known() {
        for (spelling, expected) in [
            ("Korea, North", Some("kp")),
            ("Democratic People's Republic of Korea", Some("kp")),
            ("Democratic People’s Republic of Korea", Some("kp")),
            ("Korea (Democratic People's Republic of)", Some("kp")),
            ("Korea, Democratic People's Republic of", Some("kp")),
            ("Korea, Republic of", Some("kr")),
            ("Korea, South", Some("kr")),
            ("Korea", None),
            ("Iran (Islamic Republic of)", Some("ir")),
            ("Congo, Democratic Republic of the", Some("cd")),
            ("Congo, Republic of the", Some("cg")),
            ("Congo", None),
            ("RUSSIA", Some("ru")),
            ("CN", Some("cn")),
            ("PRK", Some("kp")),
            ("조선", None),
            ("Soviet Union", Some("suhh")),
            ("", None),
            ("(", None),
        ] {
            assert_eq!(code(spelling), expected, "{spelling}");
        }
    }
}
