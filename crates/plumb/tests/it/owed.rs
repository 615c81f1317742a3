//! `plumb owed` through the program: each format once, an example that can be filled, faults at their place.

use serde_json::Value;

use crate::support::{World, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

const HEAD: &str = "id,worker,place,period,currency,promised,per,hours,paid,evidence\n";

#[test]
fn what_is_owed_in_each_format() {
    let world = World::new();
    world.write("wages.csv", format!("{HEAD}w1,worker 1,RU-MOW,2018-11,USD,600,month,260..300,150,pay book\n"));
    let run = |format: &str| {
        let run = world.run(&["owed", "wages.csv", "--case", &case(), "--format", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        run.stdout
    };
    let text = run("text");
    assert!(text.contains("worker 1, in RUB") && text.contains("2018-11-01 to 2018-11-30"), "{text}");
    let found: Value = serde_json::from_str(&run("json")).unwrap();
    // 150 and 450 dollars at the 62.71 roubles that the case has for that month; more than 450 are owed for the overtime
    assert_eq!(found.pointer("/owed/0/totals/paid/low").and_then(Value::as_str), Some("9406.5"));
    let owed = found.pointer("/owed/0/totals/owed/low").and_then(Value::as_str).unwrap();
    assert!(owed.parse::<f64>().is_ok_and(|owed| owed > 28_219.5), "{owed}");
    assert!(run("html").contains("<!DOCTYPE html>") && run("html").contains("worker 1"));
    let csv = run("csv");
    assert!(
        csv.trim_start_matches('\u{feff}').starts_with("worker,record,first,last,") && csv.contains("\r\n"),
        "{csv}"
    );
}

#[test]
fn faults_are_told_at_their_place_and_the_rest_is_reckoned() {
    let world = World::new();
    let rows =
        "w1,worker 1,RU-MOW,2018-11,USD,600,month,,150,pay book\nw2,worker 2,RU-MOW,2018-11,dollars,600,month,,-5,\n";
    world.write("wages.csv", format!("{HEAD}{rows}"));
    let run = world.run(&["owed", "wages.csv", "--case", &case()]);
    assert!(run.code == 1 && run.stderr.contains("wages.csv:3:28") && run.stderr.contains("P0609"), "{}", run.stderr);
    assert!(run.stdout.contains("worker 1, in RUB"), "{}", run.stdout);
    let example = world.run(&["owed", "--new"]);
    assert!(example.code == 0 && example.stdout.starts_with("id,worker,"), "{}", example.stdout);
    let missing = world.run(&["owed", "nothing.csv", "--case", &case()]);
    assert!(missing.code > 1 && missing.stderr.contains("cannot read nothing.csv"), "{}", missing.stderr);
}
