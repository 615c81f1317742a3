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
