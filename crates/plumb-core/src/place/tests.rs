//! What the tables hold, and the laws of containment.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

fn place(code: &str) -> &'static PlaceInfo {
    lookup(code).unwrap_or_else(|| panic!("no place {code}"))
}

fn own(code: &str, within: &str, members: &[&str]) -> PlaceInfo {
    PlaceInfo {
        within: (!within.is_empty()).then(|| within.to_owned().into()),
        members: members.iter().map(|member| Text::Owned((*member).to_owned())).collect(),
        ..PlaceInfo::new(code.to_owned(), code.to_owned(), PlaceKind::Region)
    }
}

fn suggested(places: &Gazetteer, word: &str) -> Vec<String> {
    places.suggest(word).into_iter().map(|place| place.code.to_string()).collect()
}

#[test]
fn tables_are_whole() {
    assert_eq!(
        PLACES.lines().next(),
        Some("code\tkind\talpha3\tname\tofficial\tregion\tsubregion\tru\tko\tzh\talso\tmembers")
    );
    assert_eq!(SUBDIVISIONS.lines().next(), Some("code\twithin\tname\tru\tko\tzh"));
    assert!(PLACES.lines().all(|line| line.split('\t').count() == 12));
    assert!(SUBDIVISIONS.lines().all(|line| line.split('\t').count() == 6));
    assert!(PLACES.lines().skip(1).all(|line| PlaceKind::from_word(line.split('\t').nth(1).unwrap()).is_some()));
    let codes: BTreeSet<_> = all().map(|place| place.code.as_ref()).collect();
    assert_eq!(codes.len(), all().len(), "a code stands twice");
    assert!(all().all(|place| !place.name.is_empty() && place.name.trim() == place.name && !place.name.contains('†')));
    let references = all().flat_map(|place| place.within.iter().chain(&place.members));
    assert!(references.into_iter().all(|code| codes.contains(code.as_ref())));
}

#[test]
fn countries_are_those_of_the_standard() {
    let countries: Vec<_> = all().filter(|place| place.kind == PlaceKind::Country).collect();
    assert_eq!(countries.len(), 249 + 1, "ISO 3166-1 and Kosovo");
    let alpha3: BTreeSet<_> = countries.iter().filter_map(|place| place.alpha3.as_deref()).collect();
    assert_eq!(alpha3.len(), countries.len());
    assert!(countries.iter().all(|place| place.code.len() == 2 && place.names.len() == LANGUAGES.len()));
    let korea = place("KP");
    assert_eq!((korea.alpha3.as_deref(), korea.name.as_ref()), (Some("PRK"), "North Korea"));
    assert_eq!(
        ["ru", "ko", "zh", "fr"].map(|language| korea.name_in(language)),
        ["КНДР", "북한", "朝鲜", "North Korea"]
    );
    assert_eq!((korea.region.as_deref(), korea.subregion.as_deref()), (Some("Asia"), Some("Eastern Asia")));
}

#[test]
fn subdivisions_are_those_of_the_standard() {
    assert_eq!(subdivisions("RU").count(), 83, "and none that the standard has elsewhere");
    assert!(subdivisions("RU").all(|place| place.names.len() == LANGUAGES.len()));
    assert_eq!(place("RU-SPE").name_in("ru"), "Санкт-Петербург");
    assert_eq!((place("MY-13").name.as_ref(), place("CN-JL").name.as_ref()), ("Sarawak", "Jilin"));
    assert_eq!(place("UA-43").within.as_deref(), Some("UA"));
    assert_eq!(place("GB-ABE").within.as_deref(), Some("GB-SCT"));
    assert_eq!(subdivisions("ZZ").count() + subdivisions("").count(), 0);
    assert!(all().filter(|place| place.kind == PlaceKind::Subdivision).count() > 5000);
    assert!(lookup("CN-HK").is_none() && lookup("ru").is_none() && lookup("").is_none());
}

#[test]
fn others_have_their_kinds() {
    let kinds = ["WORLD", "EU", "UN", "ZZ", "SU", "XK"].map(|code| place(code).kind);
    let expected = [
        PlaceKind::Group,
        PlaceKind::Group,
        PlaceKind::Body,
        PlaceKind::Unknown,
        PlaceKind::Former,
        PlaceKind::Country,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(place("EU").members.len(), 27);
    assert!(
        PlaceKind::ALL.iter().all(|(kind, word)| PlaceKind::from_word(word) == Some(*kind) && kind.as_str() == *word)
    );
}

#[test]
fn built_in_places_contain_each_other_as_on_the_map() {
    let places = Gazetteer::default();
    for (outer, inner) in
        [("WORLD", "KP"), ("WORLD", "EU"), ("WORLD", "SU"), ("EU", "PL"), ("EU", "PL-14"), ("GB", "GB-ABE")]
    {
        assert!(places.contains(outer, inner), "{outer} {inner}");
        assert!(!places.contains(inner, outer), "{inner} {outer}");
    }
    assert!(!places.contains("WORLD", "UN") && !places.contains("SU", "RU") && !places.contains("CN", "HK"));
    assert!(!places.contains("WORLD", "Atlantis") && places.contains("Atlantis", "Atlantis"));
    assert_eq!(places.path("GB-ABE"), ["GB", "GB-SCT", "GB-ABE"]);
    assert_eq!(places.path("Atlantis"), [""; 0]);
    assert_eq!(
        ["RU-AMU", "SU", "EU", "UN", "ZZ", "?"].map(|code| places.country_of(code)),
        [Some("RU"), Some("SU"), None, None, None, None]
    );
}

#[test]
fn case_places_lie_over_the_built_in_ones() {
    let group = PlaceInfo { kind: PlaceKind::Group, ..own("far-east", "RU", &["RU-PRI", "RU-AMU"]) };
    let places = Gazetteer::new([own("port", "RU-PRI", &[]), group, own("camp", "port", &[])]);
    assert_eq!(places.own().count(), 3);
    assert_eq!(places.path("camp"), ["RU", "RU-PRI", "port", "camp"]);
    let containers: Vec<_> = places.containers("camp").into_iter().collect();
    assert_eq!(containers, ["RU", "RU-PRI", "WORLD", "far-east", "port"]);
    assert_eq!(places.country_of("far-east"), Some("RU"));
    assert!(!places.contains("far-east", "RU-MOW"));
}

#[test]
fn places_in_a_circle_are_answered() {
    let places = Gazetteer::new([own("a", "b", &[]), own("b", "a", &[]), own("c", "b", &[]), own("d", "", &["d"])]);
    assert!(places.contains("a", "b") && places.contains("b", "a") && places.contains("a", "c"));
    assert!(["a", "b", "d"].iter().all(|code| places.is_circular(code)));
    assert!(!places.is_circular("c") && !places.is_circular("RU"));
    assert_eq!(places.path("c"), ["a", "b", "c"]);
    assert_eq!(places.country_of("c"), None);
}

#[test]
fn suggestions_understand_names_and_slips() {
    let places =
        Gazetteer::new([PlaceInfo { names: vec![("ru".into(), "Уфа".into())], ..own("ufa", "RU-BA", &[]) }]);
    let cases = [
        ("Russia", "RU"),
        ("ru", "RU"),
        ("PRK", "KP"),
        ("DPRK", "KP"),
        ("UK", "GB"),
        ("북한", "KP"),
        ("Rusia", "RU"),
        ("Democratic Peoples Republic of Korea", "KP"),
        ("Primorskij Krai", "RU-PRI"),
        ("St Petersburg", "RU-SPE"),
        ("CN-HK", "HK"),
        ("уфа", "ufa"),
        ("ALL", "WORLD"),
    ];
    for (word, code) in cases {
        assert_eq!(suggested(&places, word).first().map(String::as_str), Some(code), "{word}");
    }
    assert_eq!(suggested(&places, "Moscow"), ["RU-MOW"], "one that is named outright leaves no doubt");
    assert!(suggested(&places, "qqqqqqqq").is_empty() && suggested(&places, " ").is_empty());
}

/// Any built-in code.
fn built_in() -> impl Strategy<Value = &'static str> {
    any::<Index>().prop_map(|index| index.get(&BUILT_IN.places).code.as_ref())
}

/// A case whose places lie anywhere, in each other too.
fn case() -> impl Strategy<Value = Gazetteer> {
    const CODES: [&str; 12] = ["a", "b", "c", "d", "e", "RU", "RU-PRI", "EU", "WORLD", "UN", "nowhere", ""];
    let row = (select(&CODES[..]), select(&CODES[..]), prop::collection::vec(select(&CODES[..]), 0..3));
    prop::collection::vec(row, 0..6)
        .prop_map(|rows| Gazetteer::new(rows.into_iter().map(|(code, within, members)| own(code, within, &members))))
}

proptest! {
    #[test]
    fn containment_is_an_order_on_built_in_places(one in built_in(), other in built_in()) {
        let places = Gazetteer::default();
        prop_assert!(places.contains(one, one));
        prop_assert!(!places.is_circular(one));
        for outer in places.containers(one) {
            prop_assert!(places.is_known(outer));
            prop_assert!(!places.contains(one, outer));
            prop_assert!(places.containers(outer).is_subset(&places.containers(one)));
        }
        prop_assert!(one == other || !(places.contains(one, other) && places.contains(other, one)));
    }

    #[test]
    fn containment_is_transitive_whatever_a_case_says(places in case(), code in "[a-e]") {
        for outer in places.containers(&code) {
            prop_assert!(places.contains(outer, &code));
            prop_assert!(places.containers(outer).is_subset(&places.containers(&code)));
        }
        let path = places.path(&code);
        prop_assert_eq!(path.last().copied(), places.is_known(&code).then_some(code.as_str()));
        prop_assert_eq!(path.iter().collect::<BTreeSet<_>>().len(), path.len());
    }

    #[test]
    fn any_text_is_answered(code in any::<String>(), other in ".*") {
        let places = Gazetteer::new([own(&code, &other, &[&code, &other])]);
        prop_assert!(places.is_known(&code) && places.suggest(&other).len() <= 3);
        prop_assert!(other.is_empty() || places.contains(&other, &code));
        prop_assert!(places.country_of(&other).is_none_or(|country| places.contains(country, &other)));
        prop_assert!(subdivisions(&other).count() <= all().len());
    }

    #[test]
    fn one_slip_in_a_long_name_is_forgiven(code in built_in(), at in any::<Index>()) {
        let name: Vec<char> = lookup(code).map(|place| place.name.chars().collect()).unwrap_or_default();
        prop_assume!((8..=60).contains(&name.len()));
        let skip = at.index(name.len());
        let slip: String = name.iter().enumerate().filter(|(place, _)| *place != skip).map(|(_, letter)| letter).collect();
        // a lost last letter after a space takes the space with it: two slips
        prop_assume!(slip.trim() == slip);
        prop_assert!(!Gazetteer::default().suggest(&slip).is_empty());
    }
}
