//! `plumb indicators` through the program: both formats, wrong subjects, and a questionnaire from question to statement.

use serde_json::Value;

use crate::support::{World, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

#[test]
fn all_eleven_stand_there_and_nothing_is_a_verdict() {
    let run = World::new().run(&["indicators", &case(), "site:zenit-arena", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = found.get("indicators").and_then(Value::as_array).unwrap();
    assert_eq!(rows.len(), 11);
    let weight = |weight: &str| rows.iter().filter(|row| row.get("weight").is_some_and(|own| own == weight)).count();
    assert_eq!((weight("reported"), weight("unknown")), (1, 10));
    assert!(found.get("note").is_some_and(|note| note.to_string().contains("Nothing here finds forced labour")));
    let why = World::new().run(&["why", "indicators", "site:zenit-arena", "--case", &case()]);
    assert!(
        why.stdout.contains("excessive overtime: reported") && why.stdout.contains("deception: unknown"),
        "{}",
        why.stdout
    );
}

#[test]
fn both_readings_stand_side_by_side() {
    let world = World::new();
    let text = world.run(&["indicators", &case(), "North Korean workers in Russia"]).stdout;
    assert!(
        text.contains("against: Workers are volunteers") && text.contains("(NKDB, and the tests of the UN"),
        "{text}"
    );
    assert!(text.contains("menace of any penalty: indicators that bear on it: abuse of vulnerability"), "{text}");
    let all = world.run(&["indicators", &case()]).stdout;
    assert!(all.contains("Subjects\n  group:dprk-workers-ru  North Korean workers in Russia\n"), "{all}");
    assert_eq!(world.run(&["indicators", &case(), "zenit-arena"]).code, 0);
    let wrong = world.run(&["indicators", &case(), "site:zenit-arenas"]);
    assert!(wrong.code != 0 && wrong.stderr.contains("did you mean `site:zenit-arena`?"), "{}", wrong.stderr);
}

#[test]
fn a_questionnaire_is_asked_filled_and_kept() {
    let world = World::with_case();
    let asked = world.run(&["indicators", "case", "Harbour Cannery", "--questionnaire"]);
    assert_eq!(asked.code, 0, "{}", asked.stderr);
    let questions = asked.stdout.lines().count() - 1;
    assert!(questions >= 11 && asked.stdout.contains("q-harbour-cannery-01,Harbour Cannery,"), "{}", asked.stdout);
    world.write("case/questionnaire.csv", &asked.stdout);
    let before = world.run(&["check", "case", "--strict"]);
    assert_eq!(before.code, 0, "unanswered questions are no fault: {}{}", before.stdout, before.stderr);

    let passports = "retention of identity documents";
    let filled: String = (asked.stdout.lines())
        .map(|line| match line.split_once(passports) {
            Some((head, rest)) => {
                let question = rest.trim_end_matches(',');
                format!("{head}{passports}{question},not seen,Each holds his own,herald-2025-02-03,2026-03-02,\r\n")
            }
            None => format!("{line}\r\n"),
        })
        .collect();
    world.write("case/questionnaire.csv", &filled);
    let after = world.run(&["indicators", "case", "Harbour Cannery"]);
    assert!(after.stdout.contains("reported against: 1 against"), "{}{}", after.stdout, after.stderr);
    assert!(after.stdout.contains("against: Each holds his own"), "{}", after.stdout);
    let built = world.run(&["build", "case", "--out", "site"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let page = world.read("site/indicators/indicators+Harbour+Cannery.html");
    assert!(page.contains("Due-diligence questionnaire") && page.contains("Each holds his own"), "{page}");

    world.write("case/questionnaire.csv", filled.replace(",not seen,", ",no,").replace("2026-03-02", "2.3.2026"));
    let wrong = world.run(&["check", "case"]);
    let told = format!("{}{}", wrong.stdout, wrong.stderr);
    assert!(
        wrong.code == 1 && told.contains("questionnaire.csv:") && told.contains("write one of: seen, not seen"),
        "{told}"
    );
    assert!(told.contains("write 2026-03-02 or 2026-02-03") || told.contains("write 2026-03-02"), "{told}");
    assert_ne!(world.run(&["indicators", "case", "--questionnaire"]).code, 0, "for nobody");
}
