//! What a score promises: bounds, symmetry, monotony, and reasons.

use plumb_names::Scratch;
use plumb_screen::score::{Profile, Score, Scorer, THRESHOLD};
use proptest::prelude::*;

use super::profile;

fn explain(query: &Profile, candidate: &Profile) -> Score {
    Scorer::built_in().unwrap().explain(query, candidate, &mut Scratch::default())
}

pub(crate) fn score(schema: &str, left: &[(&str, &str)], right: &[(&str, &str)]) -> f64 {
    explain(&profile(schema, left), &profile(schema, right)).score
}

#[test]
fn names_alone_decide_where_there_is_nothing_else() {
    let same = |left, right| score("Person", &[("name", left)], &[("name", right)]);
    for (left, right) in [
        ("Kim Jong Un", "Kim Jong Un"),
        ("Kim Jong Un", "KIM JONG-UN"),
        ("Kim Jong Un", "김정은"),
        ("Ким Чен Ын", "Kim Jong Un"),
        ("Ivan Petrov", "Petrov, Ivan"),
        ("Vladimir Ivanov", "Владимир Иванов"),
        ("习近平", "Xi Jinping"),
        ("金正恩", "Kim Jong Un"),
        ("이재명", "Lee Jae-myung"),
        ("박근혜", "Park Geun-hye"),
    ] {
        assert!(same(left, right) >= THRESHOLD, "{left} {right} {}", same(left, right));
    }
    for (left, right) in [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Kim Yong-chol", "Kim Yong-chun"),
        ("김정은", "Kim Jong Il"),
        ("SALMAN BIN MUHAMMAD AL-RAWI", "MUHAMMAD BIN SALMAN AL-RAWI"),
        ("Ivan Petrov", "Boris Petrov"),
    ] {
        assert!(same(left, right) < THRESHOLD, "{left} {right} {}", same(left, right));
    }
}

#[test]
fn what_was_once_scored_wrongly_stays_right() {
    let named = |schema, left, right| score(schema, &[("name", left)], &[("name", right)]);
    for (schema, left, right) in [
        ("Person", "John Smith", "Jon Smith"),
        ("Person", "L. Zakharov", "Lavrentiy Zakharov"),
        ("Company", "KOMID", "Korea Mining Development Trading Corporation"),
        ("Company", "SPM Extrusion Private Limited", "SPM Extrusion Pvt. Ltd."),
        ("Company", "2nd Academy of Natural Sciences", "Second Academy of Natural Sciences"),
        ("Company", "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU PSB LIZING", "PSB LIZING OOO"),
        ("Company", "Oaktree Phokenix Feeder Fund", "Oaktree Phoenix Feeder Fund"),
    ] {
        assert!(named(schema, left, right) >= THRESHOLD, "{left} {right} {}", named(schema, left, right));
    }
    for (schema, left, right) in [
        ("Company", "ФСБ", "AL-SHABAAB"),
        ("Company", "МВД", "NOVIN"),
        ("Company", "CTL Limited", "Capital Trade Links Limited"),
        ("Person", "Zakharov A", "Lavrentiy Zakharov"),
        ("Person", "A. Petrov", "Ivan Petrov"),
        ("Person", "John Smith", "Jane Smith"),
    ] {
        assert!(named(schema, left, right) < THRESHOLD, "{left} {right} {}", named(schema, left, right));
    }
    // a country that agrees does not make up for a given name that differs
    let korean =
        |left, right| score("Person", &[("name", left), ("country", "kp")], &[("name", right), ("country", "kp")]);
    for (left, right) in
        [("Kim Chol Su", "Kim Kang Jin"), ("Kim Jong Un", "Kim Jong Il"), ("Ri Yong Ho", "Pak Yong Ho")]
    {
        assert!(korean(left, right) < THRESHOLD, "{left} {right} {}", korean(left, right));
    }
}

#[test]
fn names_of_the_same_words_are_equal_and_names_that_share_nothing_are_not_held_alike() {
    let company =
        |left, right| explain(&profile("Company", &[("name", left)]), &profile("Company", &[("name", right)]));
    for (left, right) in
        [("Fund V", "fund v"), ("Trading Company", "TRADING COMPANY"), ("Bâle Énergie", "bale energie")]
    {
        assert_eq!(company(left, right).bits.to_bits(), company(left, left).bits.to_bits(), "{left} {right}");
    }
    assert!(company("Fund VII", "Fund VIII").score < THRESHOLD);
    // exhaustive comparison, without keys: nothing that agrees is never evidence for
    let scorer = Scorer::built_in().unwrap();
    let full = |left, right| {
        let [left, right] = [left, right].map(|name| profile("Person", &[("name", name)]));
        scorer.score_fully(&left, &right, &mut Scratch::default())
    };
    for (left, right) in [("Kim Jong Un", "Ivan Petrov"), ("김정은", "Petrov"), ("---", "Ivan"), ("Иван", "Kim Chol")]
    {
        assert!(full(left, right) < 0.01, "{left} {right} {}", full(left, right));
    }
}

#[test]
fn a_score_that_is_asked_for_from_a_bound_on_is_the_score() {
    let scorer = Scorer::built_in().unwrap();
    let names = [
        "Kim Jong Un",
        "KIM, Jong Un",
        "Kim Jong Il",
        "김정은",
        "James Martin",
        "Martin",
        "Jon Martin",
        "Ivan Petrov",
        "Petrov, Ivan Ivanovich",
        "Mary Moore",
        "Trading Company",
        "Energy Income Fund",
    ];
    let mut scratch = Scratch::default();
    for schema in ["Person", "Company", "LegalEntity"] {
        // with and without a date, which can lift a pair above what its names can
        for dates in [&[][..], &[("birthDate", "1984-01-08")]] {
            let profiles = names.map(|name| profile(schema, &[&[("name", name)], dates].concat()));
            for (left, right) in profiles.iter().flat_map(|left| profiles.iter().map(move |right| (left, right))) {
                let score = scorer.explain(left, right, &mut scratch).score;
                for least in [0.0, 0.3, THRESHOLD, 0.99] {
                    let from = scorer.score_from(least, left, right, &mut scratch);
                    assert_eq!(from, Some(score).filter(|score| *score >= least), "{left:?} {right:?}");
                }
            }
        }
    }
}

#[test]
fn schemata_that_cannot_be_one_score_nothing() {
    let score = explain(&profile("Person", &[("name", "Kim Chol")]), &profile("Vessel", &[("name", "Kim Chol")]));
    assert!(score.score == 0.0 && score.features[0].why_not.is_some());
    let company = profile("Company", &[("name", "Chilsong Trading")]);
    assert!(explain(&company, &profile("LegalEntity", &[("name", "Chilsong Trading")])).score >= THRESHOLD);
}

#[test]
fn a_date_that_is_off_by_a_year_is_no_proof_and_one_that_is_far_off_is() {
    let born = |date| {
        score(
            "Person",
            &[("name", "Ri Chol Jin"), ("birthDate", "1961-03-04")],
            &[("name", "Ri Chol Jin"), ("birthDate", date)],
        )
    };
    assert!(born("1961-03-04") > born("1961") && born("1961") > born("1985-11-23"));
    assert!(
        born("1962-03-04") >= THRESHOLD && born("1961-04-03") >= THRESHOLD,
        "{} {}",
        born("1962-03-04"),
        born("1961-04-03")
    );
    assert!(born("1985-11-23") < THRESHOLD, "{}", born("1985-11-23"));
}

#[test]
fn a_checked_number_outweighs_a_name_that_changed() {
    let vessel = |name, imo| vec![("name", name), ("imoNumber", imo)];
    assert!(score("Vessel", &vessel("CHONG CHON GANG", "IMO 9074729"), &vessel("STAR 7", "9074729")) >= THRESHOLD);
    assert!(score("Vessel", &vessel("KUM UN SAN 3", "9074729"), &vessel("KUM UN SAN 3", "8133530")) < THRESHOLD);
}

#[test]
fn every_feature_gives_its_reasons() {
    let query = profile("Person", &[("name", "Kim Jong Un"), ("birthDate", "1984-01-08"), ("nationality", "kp")]);
    let candidate = profile("Person", &[("name", "Kim Jong Il"), ("birthDate", "1941-02-16"), ("nationality", "kp")]);
    let score = explain(&query, &candidate);
    let features: Vec<&str> = score.features.iter().map(|feature| feature.feature).collect();
    assert_eq!(features, ["name", "date", "country"]);
    let name = &score.features[0];
    assert!(
        name.why_not.is_some() && name.pieces.iter().any(|piece| piece.query.is_some() && piece.level != "exact"),
        "{name:?}"
    );
    assert!(score.features[1].why_not.as_ref().unwrap().contains("1984-01-08"));
    let sum: f64 = score.features.iter().map(|feature| feature.bits).sum();
    assert!((sum - score.bits).abs() < 1e-9);
    assert!(serde_json::to_value(&score).unwrap()["features"][0]["pieces"].is_array());
}

fn any_profile() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let name = prop_oneof!["[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}", "(김|박|이)(정|영|철)(은|일|수)", "\\PC{0,30}"];
    let date = prop_oneof![Just(String::new()), "19[4-9][0-9]-0[1-9]-1[0-9]"];
    let country = prop_oneof![Just(String::new()), Just("kp".to_owned()), Just("ru".to_owned())];
    (name, date, country)
        .prop_map(|(name, date, country)| vec![("name", name), ("birthDate", date), ("country", country)])
}

fn of(properties: &[(&'static str, String)]) -> Profile {
    let properties: Vec<(&str, &str)> = properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
    profile("Person", &properties)
}

proptest! {
    #[test]
    fn a_score_is_a_symmetric_share(left in any_profile(), right in any_profile()) {
        let (one, two) = (of(&left), of(&right));
        let score = explain(&one, &two);
        prop_assert!((0.0..=1.0).contains(&score.score) && (0.0..=1.0).contains(&score.probability));
        let mirrored = explain(&two, &one);
        prop_assert!((score.bits - mirrored.bits).abs() < 1e-6, "{} {}", score.bits, mirrored.bits);
    }

    #[test]
    fn an_agreeing_identifier_never_lowers_a_score(left in any_profile(), right in any_profile(), others in prop::collection::vec("[A-Z][0-9]{6,8}", 0..3)) {
        let with = |properties: &[(&'static str, String)], passport: Option<&str>, other: Option<&String>| {
            let mut all = properties.to_vec();
            all.extend(passport.map(|passport| ("passportNumber", passport.to_owned())));
            all.extend(other.map(|other| ("idNumber", other.clone())));
            of(&all)
        };
        let (one, two) = (others.first(), others.get(1));
        let before = explain(&with(&left, None, one), &with(&right, None, two)).bits;
        let after = explain(&with(&left, Some("654217342"), one), &with(&right, Some("654217342"), two)).bits;
        prop_assert!(after >= before, "{before} {after}");
    }
}
