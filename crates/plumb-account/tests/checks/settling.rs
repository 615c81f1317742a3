//! `[[accept]]`: what it accepts, what it does not, and the order of diagnostics.

use plumb_core::codes;

use crate::small::{CLAIMS, account, found};

fn case(accept: &str) -> plumb_account::Account {
    let claims = format!(
        "{CLAIMS}a,entries,RU,2024,exact,,13,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n"
    );
    let case = format!("[case]\nid = \"x\"\ntitle = \"X\"\nquestion = \"?\"\nlanguage = \"en\"\n{accept}");
    account(&[("claims.csv", &claims), ("case.toml", &case)])
}

#[test]
fn an_accepted_diagnostic_keeps_its_place_and_gets_its_reason() {
    let account = case("[[accept]]\ncode = \"P0504\"\nrows = [\"a\", \"b\"]\nreason = \"Looked at.\"\n");
    let accepted: Vec<_> = found(&account, codes::P0504).iter().map(|found| found.accepted.as_deref()).collect();
    assert_eq!(accepted, [Some("Looked at.")]);
    assert!(found(&account, codes::P0801).is_empty());
}

#[test]
fn an_entry_that_accepts_nothing_is_reported() {
    for (code, rows) in [("P0504", "\"a\", \"c\""), ("P0505", "\"a\"")] {
        let account = case(&format!("[[accept]]\ncode = \"{code}\"\nrows = [{rows}]\nreason = \"?\"\n"));
        let unused = found(&account, codes::P0801);
        assert_eq!(unused.len(), 1);
        assert!(unused.iter().all(|unused| unused.message.contains(code)), "{unused:?}");
        assert!(found(&account, codes::P0504).iter().all(|found| found.accepted.is_none()));
    }
}

#[test]
fn one_entry_can_cover_several_diagnostics_but_only_whole_ones() {
    let account = case("[[accept]]\ncode = \"P0408\"\nrows = [\"o2\", \"o3\"]\nreason = \"Kept for later.\"\n");
    assert_eq!(found(&account, codes::P0408).iter().filter(|found| found.accepted.is_some()).count(), 2);
    let account = case("[[accept]]\ncode = \"P0504\"\nrows = [\"a\"]\nreason = \"?\"\n");
    assert!(found(&account, codes::P0504).iter().all(|found| found.accepted.is_none()), "b is not named");
}

#[test]
fn diagnostics_are_in_the_order_of_files_and_lines() {
    let account = case("");
    let places: Vec<_> = account.diagnostics.iter().map(|found| (found.location(), found.code)).collect();
    assert!(places.is_sorted());
}
