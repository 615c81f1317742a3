//! Names of countries as lists spell them → FollowTheMoney's codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plumb_core::place::{self, PlaceKind};

use super::told::parts;

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

/// Words of doubt about a country; what is doubtful is told in the notes too.
const DOUBT: [&str; 6] = ["possibly", "allegedly", "presumably", "presumed", "assumed", "probably"];

/// The codes of the countries in a field, and whether the list doubts them: `(a) German, (b) Algerian`, `Russian / Ukrainian`,
/// `Iranian and US`, `possibly Palestinian`. `None` when any part of it is unknown: half a field would be another one.
pub(crate) fn codes(field: &str) -> Option<(Vec<&'static str>, bool)> {
    let doubtful = |word: &str| DOUBT.contains(&word.trim_matches(['(', ')']).to_lowercase().as_str());
    let doubt = field.split_whitespace().any(doubtful);
    if let Some(code) = code(field) {
        return Some((vec![code], doubt));
    }
    let known = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().filter(|word| !doubtful(word)).collect();
        code(&words.join(" "))
    };
    let mut codes = Vec::new();
    for part in parts(field) {
        if let Some(code) = known(part) {
            codes.push(code);
            continue;
        }
        let several = part.replace(" and ", ",").replace(" or ", ",").replace(['/', ';'], ",");
        for one in several.split(',') {
            codes.push(known(one)?);
        }
    }
    (!codes.is_empty()).then_some((codes, doubt))
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
    use super::{code, codes};

    #[test]
    fn several_countries_of_a_field_are_known() {
        for (field, expected, doubt) in [
            ("(a) Malaysia, (b) Indonesia", &["my", "id"][..], false),
            ("Russian / Ukrainian", &["ru", "ua"], false),
            ("Iranian and US", &["ir", "us"], false),
            ("Canadian", &["ca"], false),
            ("possibly Palestinian", &["ps"], true),
            ("Syrian (presumed)", &["sy"], true),
            ("Bosnia and Herzegovina", &["ba"], false),
            ("Korea, North", &["kp"], false),
            ("China, Hong Kong Special Administrative Region", &["hk"], false),
            ("Russian, Montenegrin, Honduran", &["ru", "me", "hn"], false),
        ] {
            assert_eq!(codes(field), Some((expected.to_vec(), doubt)), "{field}");
        }
        for field in ["Chad; Congo", "Region: Crimea", "Nowhere and Russia", "", ",", "(a)"] {
            assert_eq!(codes(field), None, "{field}");
        }
    }

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
