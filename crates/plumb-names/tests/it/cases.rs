//! The tables in `tests/data`: name, name, kind, expected, why.
//!
//! `same` means that every distinctive part agrees (in any order, or as an acronym, or that one side has fewer parts), `near` that one part is a near miss, `different`
//! anything else.

use plumb_names::{Kind, Outcome, Scratch, Uniform, analyse, compare};

fn kind(word: &str) -> Kind {
    match word {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        "address" => Kind::Address,
        "entity" => Kind::Entity,
        other => panic!("unknown kind {other}"),
    }
}

fn verdict(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::SameOrder | Outcome::OtherOrder | Outcome::OneShorter | Outcome::Acronym => "same",
        Outcome::NearMiss => "near",
        _ => "different",
    }
}

fn run(file: &str, text: &str) {
    let mut scratch = Scratch::default();
    let mut failures = Vec::new();
    let mut count = 0;
    for (line, row) in text.lines().enumerate().filter(|(_, row)| !row.starts_with('#') && !row.is_empty()) {
        let cells: Vec<&str> = row.split('\t').collect();
        assert!(cells.len() >= 5, "{file}:{}: five columns are needed", line + 1);
        count += 1;
        let kind = kind(cells[2]);
        let (left, right) = (analyse(cells[0], kind), analyse(cells[1], kind));
        let outcome = compare(&left, &right, &Uniform, &mut scratch).outcome;
        if verdict(outcome) != cells[3] {
            failures.push(format!(
                "{file}:{}: {} / {}: {outcome:?}, expected {} ({})",
                line + 1,
                cells[0],
                cells[1],
                cells[3],
                cells[4]
            ));
        }
    }
    println!("{file}: {} of {count} as expected", count - failures.len());
    assert!(count > 0 && failures.is_empty(), "{}", failures.join("\n"));
}

macro_rules! table {
    ($name:ident, $file:literal) => {
        #[test]
        fn $name() {
            run($file, include_str!(concat!("../data/", $file)));
        }
    };
}

table!(korean, "korean.tsv");
table!(chinese_and_japanese, "chinese_japanese.tsv");
table!(slavic_and_greek, "slavic_greek.tsv");
table!(arabic_and_hebrew, "arabic_hebrew.tsv");
table!(writing, "writing.tsv");
table!(organisations, "organisations.tsv");
table!(vessels_and_addresses, "vessels_addresses.tsv");
