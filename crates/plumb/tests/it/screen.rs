//! `plumb screen` as transcripts.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Transcript, World, root};

const LIST: &str = "id,name,aka,dob,nationality,type,programme,listed\n\
    1,KIM Chol Su,김철수,1961-05-03,KP,Person,DPRK,2017-06-02\n\
    2,Samjong Trading Corporation,삼종무역회사,,KP,Company,DPRK,2018-01-24\n\
    3,=HYPERLINK(1),,1970,KP,Person,DPRK,\n";
const DAY: &str = "2026-11-26";

fn world() -> World {
    let world = World::new();
    world.write("own.csv", LIST);
    let add = world.run(&[
        "lists",
        "add",
        "own.csv",
        "--name",
        "own",
        "--date",
        "2026-10-01",
        "--store",
        "store",
        "--as-of",
        DAY,
    ]);
    assert_eq!(add.code, 0, "{}", add.stderr);
    world
}

fn screen(world: &World, arguments: &[&str]) -> Transcript {
    world.run(&[&["screen"], arguments, &["--store", "store", "--as-of", DAY]].concat())
}

fn json(transcript: &Transcript) -> Value {
    serde_json::from_str(&transcript.stdout).unwrap()
}

#[test]
fn a_name_is_found_in_another_script_and_says_why() {
    let world = world();
    let found = screen(&world, &["김철수", "--format", "json"]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    let report = json(&found);
    let result = &report["subjects"][0]["matches"][0];
    assert_eq!(result["entry"], "own-1");
    assert!(result["score"].as_f64().unwrap() >= 0.7);
    assert_eq!(result["listings"][0]["program"], "DPRK");
    assert_eq!(report["lists"][0]["date"], "2026-10-01");
    assert!(world.path("store/own").join("versions").read_dir().unwrap().next().is_some());
    let nothing = screen(&world, &["Wolfgang Amadeus Mozart"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (0, "Wolfgang Amadeus Mozart: nothing found\n"));
}

#[test]
fn a_name_that_cannot_be_read_is_answered_with_caution() {
    let world = world();
    let thai = "ทักษิณ ชินวัตร";
    let said = "has letters that are not read: only what is written the same is found by them";
    let table = screen(&world, &[thai]);
    assert_eq!((table.code, table.stdout), (0, format!("{thai}: nothing found\n  caution: “{thai}” {said}\n")));
    let caution = &json(&screen(&world, &[thai, "--format", "json"]))["subjects"][0]["caution"];
    assert_eq!(caution.as_str(), Some(format!("“{thai}” {said}").as_str()));
    for format in ["csv", "html"] {
        assert!(screen(&world, &[thai, "--format", format]).stdout.contains(said), "{format}");
    }
    let long = screen(&world, &[&"a ".repeat(3000), "--format", "json"]);
    assert!(
        json(&long)["subjects"][0]["caution"].as_str().unwrap().ends_with("the rest was left out"),
        "{}",
        long.stdout
    );
    assert_eq!(json(&screen(&world, &["Թումանյան", "--format", "json"]))["subjects"][0].get("caution"), None);
}

#[test]
fn a_list_is_searched_from_its_file_without_a_store() {
    let world = world();
    let found = world.run(&["screen", "Samjong Trading Corp", "--list", "own.csv", "--store", "none", "--as-of", DAY]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    assert!(found.stdout.contains("own-2"), "{}", found.stdout);
}

#[test]
fn a_table_is_screened_row_by_row_and_its_columns_told() {
    let world = world();
    world.write("suppliers.csv", "Supplier,Country\nSamjong Trading Co.,KP\n\"!!!\",KP\nBäckerei Müller,DE\n");
    let found = screen(&world, &["--file", "suppliers.csv", "--format", "csv"]);
    assert_eq!(found.code, 1);
    assert!(found.stderr.contains("column `Supplier` was taken as name"), "{}", found.stderr);
    assert!(found.stdout.contains("potential match") && found.stdout.contains("nothing found"), "{}", found.stdout);
    let told = screen(&world, &["--file", "suppliers.csv", "--columns", "name=Country", "--format", "jsonl"]);
    assert_eq!(told.stdout.lines().count(), 3, "{}", told.stderr);
}

#[test]
fn rows_that_stand_twice_are_all_screened() {
    let world = world();
    world.write("names.csv", "name\nKim Chol Su\nKim Chol Su\n");
    world.write("numbered.csv", "id,name\n7,Kim Chol Su\n7,Kim Chol Su\n7-2,Mozart\n7,Samjong Trading\n");
    let subjects = |file: &str| -> Vec<String> {
        let found = screen(&world, &["--file", file, "--format", "json"]);
        assert!(!found.stderr.contains("twice"), "{}", found.stderr);
        let report = json(&found);
        let subjects = report["subjects"].as_array().unwrap().iter();
        subjects.map(|subject| subject["subject"].as_str().unwrap().to_owned()).collect()
    };
    let names = subjects("names.csv");
    assert_eq!(names[1], format!("{}-2", names[0]));
    assert_eq!(subjects("numbered.csv"), ["7", "7-2", "7-2-2", "7-3"]);
}

#[test]
fn cells_are_safe_in_spreadsheets() {
    let world = world();
    let found = screen(&world, &["=HYPERLINK(1)", "--format", "csv"]);
    assert!(found.stdout.contains(",'=HYPERLINK(1),") && !found.stdout.contains(",=HYPERLINK"), "{}", found.stdout);
}

#[test]
fn a_decision_is_kept_and_honoured_until_the_entry_changes() {
    let world = world();
    let decide = |more: &[&str]| screen(&world, &[&["Kim Chol Su", "--decisions", "d.csv", "--decide"], more].concat());
    assert_eq!(decide(&["own-9=different", "--who", "A. R."]).code, 3, "no such entry");
    assert_eq!(decide(&["own-1=perhaps", "--who", "A. R."]).code, 2);
    let decided = decide(&["own-1=different", "--who", "A. R.", "--reason", "born 1988"]);
    assert_eq!(decided.code, 0, "{}", decided.stderr);
    let again = screen(&world, &["Kim Chol Su", "--decisions", "d.csv", "--format", "json"]);
    assert_eq!(again.code, 0, "{}", again.stdout);
    assert_eq!(json(&again)["subjects"][0]["settled"][0]["decision"]["reason"], "born 1988");
    world.write("own.csv", LIST.replace("1961-05-03", "1988-01-01"));
    world.run(&["lists", "add", "own.csv", "--name", "own", "--store", "store", "--as-of", DAY]);
    let changed = screen(&world, &["Kim Chol Su", "--decisions", "d.csv", "--format", "json"]);
    assert_eq!(changed.code, 1);
    assert_eq!(json(&changed)["subjects"][0]["matches"][0]["decision"]["stale"], true);
}

#[test]
fn a_match_leads_on_into_the_case() {
    let world = World::new();
    let case = root().join("cases/dprk-labour");
    let case = case.to_str().unwrap();
    let found =
        screen(&world, &["Korea General Corporation for External Construction", "--case", case, "--format", "json"]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    let leads = &json(&found)["subjects"][0]["matches"][0]["leads"];
    assert_eq!(leads["actor"], "genco");
    let path = leads["path"].as_array().unwrap();
    assert!(!path.is_empty() && path.iter().all(|step| !step["record"].as_str().unwrap().is_empty()), "{leads}");
    assert!(leads["says"].as_array().unwrap().len() > 1);
}

#[test]
fn the_report_is_one_page_without_scripts() {
    let world = world();
    world.write("x.csv", "name\n<script>alert(1)</script> Kim Chol Su\nKim Chol Su\n");
    let found = screen(&world, &["--file", "x.csv", "--format", "html", "--near", "--out", "report.html"]);
    assert_eq!((found.code, found.stdout.as_str()), (1, ""), "{}", found.stderr);
    let page = world.read("report.html");
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    for word in ["Potential match", "2026-10-01", DAY, "SHA-256", "x.csv"] {
        assert!(page.contains(word), "{word}");
    }
}

/// Namesakes on a list, to be screened under one name.
fn namesakes() -> World {
    let world = World::new();
    world
        .write("own.csv", "id,name,dob,type\n1,Kim Chol,1950,Person\n2,Kim Chol,1960,Person\n3,Kim Chol,1970,Person\n");
    let add = world.run(&["lists", "add", "own.csv", "--name", "own", "--store", "store", "--as-of", DAY]);
    assert_eq!(add.code, 0, "{}", add.stderr);
    world
}

#[test]
fn decided_entries_hide_no_others_behind_the_limit() {
    let world = namesakes();
    for entry in ["own-1=different", "own-2=different"] {
        let decided = screen(&world, &["Kim Chol", "--decisions", "d.csv", "--decide", entry, "--who", "A. R."]);
        assert_eq!(decided.code, 0, "{}", decided.stderr);
    }
    let found = screen(&world, &["Kim Chol", "--decisions", "d.csv", "--limit", "1", "--format", "json"]);
    assert_eq!(found.code, 1, "{}", found.stdout);
    let subject = &json(&found)["subjects"][0];
    assert_eq!((&subject["matches"][0]["entry"], subject["settled"].as_array().unwrap().len()), (&"own-3".into(), 2));
    assert_eq!(subject.get("beyond"), None);
}

#[test]
fn decisions_that_cannot_be_read_stand_in_the_report() {
    let world = namesakes();
    world
        .write("d.csv", "subject,entry,decision,reason,who,date,entry_state\nKim Chol,own-1,perhaps,,me,2026-11-26,\n");
    let found = json(&screen(&world, &["Kim Chol", "--decisions", "d.csv", "--format", "json"]));
    assert_eq!(found["subjects"][0]["matches"].as_array().unwrap().len(), 3);
    assert!(found["problems"][0].as_str().unwrap().starts_with("`d.csv`, line 2: "), "{}", found["problems"]);
    let read = &found["inputs"][0];
    assert_eq!((&read["path"], read["sha256"].as_str().unwrap().len()), (&"d.csv".into(), 64));
}

#[test]
fn a_list_that_knows_no_changes_is_no_all_clear() {
    let world = namesakes();
    let found = screen(&world, &["Kim Chol", "--changed-since", "2026-01-01", "--format", "json"]);
    let told = "own does not say when its entries changed";
    assert!(
        found.stderr.contains(told) && json(&found)["problems"][0].as_str().unwrap().starts_with(told),
        "{}",
        found.stderr
    );
}

#[test]
fn what_the_limit_leaves_out_is_told() {
    let world = namesakes();
    for format in ["table", "csv", "html"] {
        let found = screen(&world, &["Kim Chol", "--limit", "1", "--format", format]);
        let told = if format == "html" { "2 more are beyond the limit" } else { "and 2 more from the threshold on" };
        assert!(found.stdout.contains(told), "{format}: {}", found.stdout);
        assert!(found.stderr.contains("potential matches open: 1 (and 2 beyond the limit)"), "{}", found.stderr);
    }
    assert_eq!(json(&screen(&world, &["Kim Chol", "--limit", "1", "--format", "json"]))["subjects"][0]["beyond"], 2);
}

#[test]
fn what_could_not_be_screened_stands_in_every_report() {
    let world = world();
    world.write("x.csv", "id,name,type\n1,Mozart,Person\n2,…,Person\n3,,Person\n4,Salieri\n5,Haydn,Banana\n");
    for (format, count, word) in
        [("csv", 4, ",not screened,"), ("jsonl", 4, "\"not_screened\""), ("table", 4, "not screened: ")]
    {
        let found = screen(&world, &["--file", "x.csv", "--format", format]);
        assert_eq!((found.code, found.stdout.matches(word).count()), (1, count), "{format}: {}", found.stdout);
        assert!(found.stderr.ends_with("screened: 1, not screened: 4, lists: 1, potential matches open: 0\n"));
    }
    let page = screen(&world, &["--file", "x.csv", "--format", "html"]).stdout;
    assert!(page.contains("4 rows were not screened") && page.contains("there is no schema `Banana`"), "{page}");
}

#[test]
fn near_misses_do_not_stand_among_potential_matches() {
    let world = world();
    let page = screen(&world, &["KIM Chol Jin", "--near", "--threshold", "0.99", "--format", "html"]).stdout;
    let (_, rest) = page.split_once("<h2>Potential matches</h2>").unwrap();
    assert!(rest.starts_with("<p>None.</p>"), "{rest}");
}

#[test]
fn spreadsheets_are_read_whole_and_within_limits() {
    let world = world();
    let data = root().join("crates/plumb/tests/data/spreadsheets");
    let subjects = |name: &str| {
        let found = screen(&world, &["--file", data.join(name).to_str().unwrap(), "--format", "json"]);
        assert!(found.code < 2, "{name}: {}", found.stderr);
        let report = json(&found);
        let names = report["subjects"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), report["not_screened"].as_array().unwrap().clone())
    };
    // two cells that span a grid of 17 billion
    assert_eq!(subjects("far.xlsx"), (vec!["Kim Chol Su".to_owned()], vec![]));
    let (names, missed) = subjects("sheets.xlsx");
    assert_eq!(names, ["Mozart", "Kim Chol Su"]);
    assert!(missed[0]["not_screened"].as_str().unwrap().contains("“old” is hidden"), "{missed:?}");
    let bomb = screen(&world, &["--file", data.join("bomb.xlsx").to_str().unwrap()]);
    assert_eq!((bomb.code, bomb.stderr.contains("as a zip bomb does")), (3, true), "{}", bomb.stderr);
}

#[test]
fn columns_for_people_tell_that_rows_are_people() {
    let world = world();
    world.write("x.csv", "First Name,Family Name,Citizenship\nChol Su,Kim,North Korean\n");
    let subject = json(&screen(&world, &["--file", "x.csv", "--format", "json"]))["subjects"][0].clone();
    assert_eq!((&subject["schema"], &subject["name"]), (&"Person".into(), &"Chol Su Kim".into()));
    assert_eq!(
        (&subject["properties"]["citizenship"][0], &subject["matches"][0]["entry"]),
        (&"kp".into(), &"own-1".into())
    );
    world.write("z.csv", "성명,생년월일,비고\n김철수,1961-05-03,x\n");
    let korean = screen(&world, &["--file", "z.csv", "--format", "json"]);
    assert!(korean.stderr.contains("not read, because they name no property: `비고`"), "{}", korean.stderr);
    assert_eq!(json(&korean)["subjects"][0]["properties"]["birthDate"][0], "1961-05-03");
    world.write("y.csv", "name,imo\nMozart,9000001\n");
    assert!(screen(&world, &["--file", "y.csv"]).stderr.contains("taken as Vessel"));
}

#[test]
fn a_year_within_a_range_speaks_for_a_match() {
    let world = World::new();
    world.write("own.csv", "id,name,dob,type\n1,Kim Chol Su,1965 to 1970,Person\n");
    world.write("x.csv", "name,dob\nKim Chol Su,1967-03-01\n");
    let found = screen(&world, &["--file", "x.csv", "--list", "own.csv", "--format", "json"]);
    let evidence = json(&found)["subjects"][0]["matches"][0]["evidence"].clone();
    let date = evidence.as_array().unwrap().iter().find(|one| one["feature"] == "date").unwrap();
    assert!(date["bits"].as_f64().unwrap() > 0.0, "{date}");
}

#[test]
fn wrong_input_is_named() {
    let world = world();
    world.write("wrong.csv", "a,b\n1,2\n");
    world.write("broken.xlsx", "no spreadsheet");
    let long = "Kim ".repeat(25_000);
    let hidden = "Kim \u{202e}Chol Su\u{200f}";
    let runs: [(&[&str], i32); 9] = [
        (&["Kim", "--list", "nosuch"], 3),
        (&["Kim", "--list", "onw"], 3),
        (&["--file", "wrong.csv"], 3),
        (&["--file", "broken.xlsx"], 3),
        (&["--file", "missing.csv"], 3),
        (&["Kim", "--schema", "Persn"], 3),
        (&["?!…"], 3),
        (&[], 2),
        (&["Kim", "--threshold", "2"], 2),
    ];
    let mut told = String::new();
    for (arguments, code) in runs {
        let run = screen(&world, arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        told.push_str(&format!("{arguments:?}\n{}\n", run.stderr.lines().next().unwrap_or_default()));
    }
    assert_snapshot!(told);
    assert!(screen(&world, &[&long]).stdout.contains("1000 characters"));
    let found = screen(&world, &[hidden]);
    assert!(found.stdout.contains("own-1") && !found.stdout.contains('\u{202e}'), "{}", found.stdout);
    assert_eq!(world.run(&["screen", "Kim", "--store", "empty"]).code, 3);
}

#[test]
fn the_official_lists_are_screened_when_they_are_there() {
    let shared = root().join("../shared/data/un-sc/UN_consolidated_2026-02-27.xml.zst");
    if !shared.exists() {
        eprintln!("skipped: {} is not there", shared.display());
        return;
    }
    let world = World::new();
    let found =
        world.run(&["screen", "김정식", "--list", shared.to_str().unwrap(), "--format", "json", "--as-of", DAY]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    let report = json(&found);
    assert_eq!(report["lists"][0]["date"], "2026-02-27");
    let names: Vec<&str> =
        report["subjects"][0]["matches"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.iter().any(|name| name.to_uppercase().contains("KIM JONG SIK")), "{names:?}");
}
