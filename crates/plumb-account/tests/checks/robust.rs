//! Whatever the rows say, the checks come to an end, in the same way each time, and soon.

use plumb_account::Account;
use plumb_read::{Folder, read};
use proptest::prelude::*;

fn compile(files: &[(&str, String)]) -> Account {
    let measures = ("measures.toml", include_str!("measures.toml").to_owned());
    let folder: Folder = files.iter().cloned().chain([measures]).collect();
    let reading = read(&folder);
    Account::compile(reading.case, reading.diagnostics, None)
}

/// Values that make trouble: far apart, round, open, reversed, impossible, empty.
fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(choices)
}

const MEASURES: &[&str] = &["workers_present", "permit_holders", "entries", "entries_study", "wage_gross", "nothing"];
const PLACES: &[&str] = &["RU", "RU-PRI", "WORLD", "EU", "loop1", "loop2", "group", "XX", ""];
const PERIODS: &[&str] =
    &["", "2017", "2017-12", "../2020", "2018/", "-0044", "9999-12-31", "198X", "2019/2017", "2017~"];
const QUALIFIERS: &[&str] = &["exact", "about", "range", "at least", "at most", "none", "undisclosed", "odd"];
const NUMBERS: &[&str] =
    &["", "0", "13", "13221", "13212", "30023", "11490", "18533", "0.5", "-7", "79228162514264337593543950335"];

prop_compose! {
    fn claim()(
        measure in cell(MEASURES), place in cell(PLACES), period in cell(PERIODS), qualifier in cell(QUALIFIERS),
        low in cell(NUMBERS), best in cell(NUMBERS), high in cell(NUMBERS), unit in cell(&["persons", "entries", "share", "?"]),
        who in 0..3, status in cell(&["", "derived", "weak", "verify"]), tail in "\\PC{0,8}",
    ) -> String {
        let tail = tail.replace('"', "");
        format!("{measure},{place},{period},{qualifier},{low},{best},{high},{unit},Speaker {who},o{who},s{who},{status},\"{tail}\"")
    }
}

prop_compose! {
    fn duty()(
        instrument in cell(&["UNSCR 2397", "UNSCR 2379", ""]), bearers in cell(&["", "RU", "RU;RU;KP"]),
        trigger in cell(PERIODS), deadline in cell(PERIODS), ends in cell(PERIODS),
    ) -> String {
        format!("{instrument},8,all,{bearers},Report,{trigger},{deadline},{ends},s1")
    }
}

fn table(header: &str, rows: &[String]) -> String {
    rows.iter().enumerate().fold(format!("id,{header}\n"), |mut text, (number, row)| {
        text.push_str(&format!("r{number},{row}\n"));
        text
    })
}

fn case(claims: &[String], duties: &[String]) -> Account {
    let header = "measure,place,period,qualifier,low,best,high,unit,said_by,origin,source,status,note";
    let bearers = "instrument,paragraph,bearer,bearers,duty,trigger,deadline,ends,source";
    compile(&[
        ("claims.csv", table(header, claims)),
        ("duties.csv", table(bearers, duties)),
        ("sources.csv", "id,publisher\ns0,A\ns1,B\ns2,C\n".to_owned()),
        ("origins.csv", "id,name\no0,A\no1,B\no2,C\n".to_owned()),
        (
            "places.csv",
            "id,name,kind,within,members\nloop1,L,zone,loop2,\nloop2,M,zone,loop1,\ngroup,G,group,,RU;loop1;group\n"
                .to_owned(),
        ),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn arbitrary_rows_are_checked_to_the_end(
        claims in prop::collection::vec(claim(), 0..60),
        duties in prop::collection::vec(duty(), 0..6),
    ) {
        let account = case(&claims, &duties);
        let again = case(&claims, &duties);
        prop_assert_eq!(&account.diagnostics, &again.diagnostics);
        for found in &account.diagnostics {
            prop_assert!(!found.message.is_empty() && !found.labels.is_empty());
        }
    }
}

/// A way to lay out claims: its name, and the row of each number.
type Layout = (&'static str, fn(usize) -> String);

/// Ten thousand claims each, laid out so that comparing every pair would take minutes.
#[test]
fn ten_thousand_claims_are_checked() {
    let layouts: [Layout; 3] = [
        ("spread", |n| {
            format!(
                "workers_present,{},{},about,,{},,persons,Speaker {},o0,s1,,",
                ["RU", "RU-PRI", "WORLD"][n % 3],
                1900 + n % 120,
                1_000 + n * 7_919 % 90_000,
                n % 50
            )
        }),
        ("one time", |n| {
            format!("workers_present,{},2017,exact,,{},,persons,S,o0,s1,,", ["RU", "RU-PRI"][n % 2], 1_001 + n)
        }),
        ("one number", |n| {
            format!("workers_present,RU,2017,exact,,{},,persons,S,o{},s1,,", [13, 13_221][n % 2], n % 3)
        }),
    ];
    for (name, row) in layouts {
        let claims: Vec<String> = (0..10_000).map(row).collect();
        let header = "measure,place,period,qualifier,low,best,high,unit,said_by,origin,source,status,note";
        let folder: Folder = [
            ("claims.csv", table(header, &claims)),
            ("sources.csv", "id,publisher\ns1,B\n".to_owned()),
            ("origins.csv", "id,name\no0,A\no1,B\no2,C\n".to_owned()),
            ("measures.toml", include_str!("measures.toml").to_owned()),
        ]
        .into_iter()
        .collect();
        let case = read(&folder).case;
        assert_eq!(case.claims.len(), 10_000, "{name}");
        let index = plumb_account::index::Index::of(&case);
        let as_of = jiff::civil::date(2026, 11, 24);
        let context = plumb_account::checks::Context { case: &case, index: &index, positions: &[], as_of };
        assert!(plumb_account::checks::all(&context).len() < 10_000, "{name}: more complaints than claims");
    }
}
