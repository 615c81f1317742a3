//! `plumb duties` and `plumb refer` through the program: each format once, a wrong input each.

use serde_json::Value;

use crate::support::{World, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn russia_is_contradicted_late_years_are_due_and_nobody_is_two_things() {
    let run = World::new().run(&["duties", &case(), "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let all = json(&run.stdout);
    let positions = all.get("positions").and_then(Value::as_array).unwrap();
    let of =
        |key: &str| positions.iter().filter(|one| one.get("key").is_some_and(|own| own == key)).collect::<Vec<_>>();
    for (key, standing) in [
        ("standing o10 RU", "contradicted by other evidence"),
        ("standing o10 QA", "done in part"),
        ("standing o10 PL", "answered in time"),
        ("standing o10 MN", "no answer known"),
        ("standing o14", "mandate ended"),
        ("standing o26", "not yet due"),
        ("standing o41", "superseded"),
    ] {
        let found = of(key);
        assert_eq!(found.len(), 1, "{key}");
        assert!(found.iter().all(|one| one.get("standing").is_some_and(|own| own == standing)), "{key}: {found:?}");
    }
    let russia = of("standing o10 RU");
    assert!(russia.iter().all(|one| one.get("reported") == Some(&Value::Bool(true))));
    let against = serde_json::json!(["c157", "c158", "c159"]);
    assert!(russia.iter().all(|one| one.get("against") == Some(&against)), "{russia:?}");
    assert!(russia.iter().all(|one| one.get("deadline_rule").is_some_and(|rule| rule == "trigger + 24 months")));
}

#[test]
fn the_day_decides_and_words_say_why() {
    let world = World::new();
    let text = |day: &str| world.run(&["duties", &case(), "--as-of", day]).stdout;
    assert!(text("2019-12-22").contains("due 2019-12-22\n  Russia: not yet due"), "on its last day");
    let later = text("2026-11-24");
    assert!(
        later.contains("753 + 3,067 + 1,975 = 5,795 visas of the same time, against 511 said to remain"),
        "{later}"
    );
    let why = world.run(&["why", "standing", "o10", "RU", "--case", &case()]);
    assert!(why.stdout.contains("contradicted by other evidence, as reported") && why.stdout.contains("c158"));
    let overdue = world.run(&["duties", &case(), "--overdue"]).stdout;
    assert!(overdue.contains("Mongolia: no answer known") && !overdue.contains("Poland: answered"), "{overdue}");
}

#[test]
fn deadlines_to_come_are_a_calendar() {
    let calendar = World::new().run(&["duties", &case(), "--format", "ics"]).stdout;
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "RFC 5545, section 3.1");
    for line in ["UID:o26@dprk-labour.plumb", "DTSTAMP:20261124T000000Z", "DTSTART;VALUE=DATE:20271214"] {
        assert!(calendar.contains(&format!("{line}\r\n")), "{line}\n{calendar}");
    }
}

#[test]
fn a_deadline_that_cannot_be_counted_is_named_with_its_place() {
    let world = World::with_case();
    let duties = "id,instrument,bearer,bearers,duty,trigger,deadline,source\n\
                  d1,Agreement,all,RU,Report,2017-12-22,15 months after adoption,herald-2025-02-03\n\
                  d2,Agreement,all,RU,Report,,trigger + 15 months,herald-2025-02-03\n";
    world.write("case/duties.csv", duties);
    let check = world.run(&["check", "case"]);
    let told = format!("{}{}", check.stdout, check.stderr);
    assert_eq!(check.code, 1, "{told}");
    for words in ["P0611", "duties.csv:2:", "write trigger + 15 months", "duties.csv:3:", "`trigger` is empty"] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let stands = world.run(&["duties", "case"]);
    assert_eq!(stands.code, 0, "the rest goes on: {}", stands.stderr);
    assert_ne!(world.run(&["duties", "case", "--as-of", "yesterday"]).code, 0);
}

#[test]
fn a_referral_is_a_draft_that_names_its_gaps() {
    let world = World::new();
    let text = world.run(&["refer", &case(), "--to", "us-cbp"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(text.stdout.contains("A draft.") && text.stdout.contains("## Still open"), "{}", text.stdout);
    let pack = world.run(&["refer", &case(), "--to", "us-cbp", "--format", "json"]);
    let items = json(&pack.stdout).get("items").and_then(Value::as_array).map(Vec::len);
    assert!(items.is_some_and(|items| items > 3), "{}", pack.stdout);
    let wrong = world.run(&["refer", &case(), "--to", "nobody"]);
    assert!(wrong.code != 0 && wrong.stderr.contains("us-cbp"), "{}", wrong.stderr);
}
