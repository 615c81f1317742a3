//! Each command as a transcript.

use insta::assert_snapshot;

use crate::support::{World, files};

#[test]
fn a_new_case_builds_and_has_nothing_to_complain_about() {
    let world = World::with_case();
    assert_snapshot!(world.run(&["check", "case", "--all", "--strict"]).text());
    let build = world.run(&["build", "case", "--out", "site", "--strict"]);
    assert_snapshot!(build.text());
    assert!(world.read("site/index.html").contains("</html>"));
}

#[test]
fn a_new_case_is_not_written_over_anything() {
    let world = World::with_case();
    let again = world.run(&["new", "case"]);
    assert_eq!((again.code, again.stdout.as_str()), (3, ""));
    assert!(again.stderr.contains("not empty"), "{}", again.stderr);
}

#[test]
fn a_build_never_replaces_a_folder_of_somebody_else() {
    let world = World::with_case();
    world.write("mine/letter.txt", "do not lose me");
    let build = world.run(&["build", "case", "--out", "mine"]);
    assert_eq!(build.code, 3, "{}", build.stderr);
    assert_eq!(world.read("mine/letter.txt"), "do not lose me");
}

#[test]
fn a_second_build_replaces_the_first_whole() {
    let world = World::with_case();
    assert_eq!(world.run(&["build", "case", "--out", "site"]).code, 0);
    world.write("site/stale.html", "left over");
    assert_eq!(world.run(&["build", "case", "--out", "site"]).code, 0);
    assert!(!world.path("site/stale.html").exists());
    let left: Vec<String> = (std::fs::read_dir(world.path(".")).unwrap())
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("plumb-"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing is left beside the site");
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let world = World::with_case();
    assert_eq!(world.run(&["build", "case", "--out", "one"]).code, 0);
    assert_eq!(world.run(&["build", "case", "--out", "two"]).code, 0);
    assert!(files(&world.path("one")) == files(&world.path("two")));
}

#[test]
fn why_goes_down_to_the_source() {
    let world = World::with_case();
    assert_snapshot!(world.run(&["why", "c1", "--case", "case"]).text());
    let json = world.run(&["why", "c1", "--case", "case", "--format", "json"]);
    let tree: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(tree["key"], "claim:c1");
    assert!(tree["rests_on"][0]["key"].as_str().unwrap().starts_with("statement:"));
    assert!(tree["rests_on"][0]["rests_on"][0]["key"].as_str().unwrap().starts_with("source:"));
}

#[test]
fn why_says_what_can_be_asked_when_the_figure_is_unknown() {
    let world = World::with_case();
    assert_snapshot!(world.run(&["why", "c999", "--case", "case"]).text());
    assert_snapshot!(world.run(&["why", "claim:c11", "--case", "case"]).text());
}

#[test]
fn explain_knows_every_code_and_guesses_a_near_one() {
    let world = World::new();
    let list = world.run(&["explain"]);
    assert_eq!(list.code, 0);
    for line in list.stdout.lines() {
        let code = line.split_whitespace().next().unwrap();
        assert_eq!(world.run(&["explain", code]).code, 0, "{code}");
    }
    assert_snapshot!(world.run(&["explain", "P040"]).text());
}

#[test]
fn a_folder_that_is_not_there_is_said_to_be_so() {
    let world = World::new();
    assert_snapshot!(world.run(&["check", "nowhere"]).text());
}

#[test]
fn machines_get_json_and_sarif() {
    let world = World::with_case();
    world.append("case/claims.csv", "c900,no_such_measure,RU,2017,exact,,1,,persons,,,,X,o1,s1,,,,");
    let json = world.run(&["check", "case", "--format", "json"]);
    assert_eq!(json.code, 1);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let first = &document["diagnostics"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!(first["labels"][0]["file"], "claims.csv");
    let sarif: serde_json::Value =
        serde_json::from_str(&world.run(&["check", "case", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], first["code"]);
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], first["labels"][0]["line"]);
}

#[test]
fn every_export_is_written_and_is_the_same_twice() {
    let world = World::with_case();
    for (format, out) in [("ftm", "a.json"), ("sqlite", "a.sqlite"), ("json", "b.json"), ("csv", "tables")] {
        let export = world.run(&["export", "case", "--format", format, "--out", out]);
        assert_eq!(export.code, 0, "{}", export.stderr);
        assert!(!export.stdout.is_empty());
        let again = format!("again-{out}");
        assert_eq!(world.run(&["export", "case", "--format", format, "--out", &again]).code, 0);
        let bytes = |name: &str| {
            let path = world.path(name);
            if path.is_dir() { files(&path).into_values().collect() } else { vec![std::fs::read(path).unwrap()] }
        };
        assert!(bytes(out) == bytes(&again), "{format}");
    }
}

#[test]
fn the_command_that_a_derivation_page_names_works() {
    let world = World::with_case();
    assert_eq!(world.run(&["build", "case", "--out", "site"]).code, 0);
    let pages = files(&world.path("site/why"));
    let page = String::from_utf8(pages.into_values().next().unwrap()).unwrap();
    let (_, rest) = page.split_once("plumb why &quot;").unwrap();
    let (key, rest) = rest.split_once("&quot;").unwrap();
    assert!(rest.starts_with(" --case CASE"), "{rest}");
    assert_eq!(world.run(&["why", key, "--case", "case"]).code, 0);
}
