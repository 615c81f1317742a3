//! `plumb trace` through the program: the real case, files of others, wrong input.

use insta::assert_snapshot;

use crate::support::{World, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

/// Runs a trace on the real case; the transcript names the case as a reader would.
fn trace(arguments: &[&str]) -> String {
    let case = case();
    let transcript = World::new().run(&[&["trace"], arguments, &["--case", &case]].concat());
    transcript.text().replace(&case, "cases/dprk-labour")
}

#[test]
fn no_source_seen_traces_a_workers_pay_to_a_weapon() {
    for weapons in ["mid", "komid", "dept53"] {
        for workers in ["group:dprk-workers", "group:dprk-workers-ru"] {
            let found = trace(&[workers, weapons]);
            assert!(found.contains("No source seen traces the money from North Korean workers"), "{found}");
        }
    }
    assert_snapshot!(trace(&["dprk-workers", "komid"]));
}

#[test]
fn a_path_has_its_steps_their_sources_and_the_weakest_link() {
    assert_snapshot!(trace(&["jong-song-hwa", "mid"]));
}

#[test]
fn an_actor_has_what_leads_in_and_out_and_what_rules_say() {
    assert_snapshot!(trace(&["Korea Daesong Bank"]));
}

#[test]
fn machines_get_the_same_as_json_and_a_drawing_without_scripts() {
    let world = World::new();
    let case = case();
    let json = world.run(&["trace", "dprk-workers", "komid", "--case", &case, "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(found["money"]["gap"]["between"][0]["id"], "office39");
    assert_eq!(found["money"]["gap"]["reached"][0]["name"], "Office 39");
    assert_eq!(world.run(&["trace", "office39", "--case", &case, "--svg", "ego.svg"]).code, 0);
    let drawing = world.read("ego.svg");
    assert!(drawing.contains("Korea Daesong Bank") && !drawing.contains("<script"), "{drawing}");
    assert_eq!(world.run(&["trace", "daesong-bank", "--case", &case, "--owners-svg", "owners.svg"]).code, 0);
    let owners = world.read("owners.svg");
    assert!(owners.contains("Who owns Korea Daesong Bank") && owners.contains("Office 39"), "{owners}");
}

#[test]
fn derivations_answer_for_traces_and_ownership() {
    let world = World::new();
    let why = |key: &str| world.run(&["why", key, "--case", &case()]);
    let gap = why("money group:dprk-workers komid");
    assert!(gap.stdout.contains("The sources follow it as far as Office 39."), "{}", gap.stdout);
    let path = why("path jong-song-hwa mid");
    assert!(path.stdout.contains("[link:l08]") && path.stdout.contains("source:"), "{}", path.stdout);
    assert!(why("ownership daesong-bank").stdout.contains("US 50 percent rule"));
}

#[test]
fn what_is_not_there_is_said_with_the_nearest_name() {
    assert_snapshot!(trace(&["dprk-workers", "kmid"]));
}

#[test]
fn a_question_about_nobody_is_pointed_at() {
    let world = World::with_case();
    world.append("case/case.toml", "\n[[trace]]\nquestion = \"Who?\"\nfrom = [\"nobody-at-all\"]\nto = []\n");
    let check = world.run(&["check", "case"]);
    assert_eq!(check.code, 1);
    let words = format!("{}{}", check.stdout, check.stderr);
    assert!(words.contains("asks about `nobody-at-all`") && words.contains("needs both `from` and `to`"), "{words}");
    assert_eq!(world.run(&["build", "case", "--out", "site"]).code, 1);
    assert!(world.read("site/traces.html").contains("The case asks no question here."));
}

const STATEMENTS: &str = r#"[
 {"statementId":"s1","recordId":"mill","recordType":"entity","recordDetails":{"name":"Mill Ltd"}},
 {"statementId":"s2","recordId":"hold","recordType":"entity","recordDetails":{"name":"Hold Ltd"}},
 {"statementId":"s3","recordId":"ann","recordType":"person","recordDetails":{"names":[{"fullName":"Ann Example"}]}},
 {"statementId":"s4","recordId":"r1","recordType":"relationship","recordDetails":{"subject":"hold","interestedParty":"ann",
  "interests":[{"type":"shareholding","directOrIndirect":"direct","share":{"minimum":50,"maximum":75}}]}},
 {"statementId":"s5","recordId":"r2","recordType":"relationship","recordDetails":{"subject":"mill","interestedParty":"hold",
  "interests":[{"type":"shareholding","share":{"exact":60}}]}},
 {"statementId":"s6","recordId":"r3","recordType":"relationship","recordDetails":{"subject":"mill","interestedParty":"mill",
  "interests":[{"type":"shareholding","share":{"exact":40}}]}},
 {"statementId":"s7","recordId":"r4","recordType":"relationship","recordDetails":{"interests":[]}}
]"#;

#[test]
fn ownership_statements_are_tested_with_the_sums_shown_and_bad_ones_named() {
    let world = World::new();
    world.write("owners.json", STATEMENTS);
    let test = ["trace", "mill", "--bods", "owners.json", "--blocked", "Ann Example", "--as-of", "2026-01-01"];
    assert_snapshot!(world.run(&test).text());
    assert_eq!(world.run(&["trace", "mill", "--bods", "none.json"]).code, 3);
}

#[test]
fn relations_of_followthemoney_are_traced() {
    let world = World::new();
    let lines = "{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann\"],\"topics\":[\"sanction\"]}}\n\
                 {\"id\":\"c\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Mill\"]}}\n\
                 {\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p\"],\"asset\":[\"c\"],\"percentage\":[\"51 %\"]}}\n";
    world.write("owners.ftm.json", lines);
    assert_snapshot!(world.run(&["trace", "Mill", "--ftm", "owners.ftm.json"]).text());
}
