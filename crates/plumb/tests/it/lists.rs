//! `plumb lists` as transcripts.

use insta::assert_snapshot;

use crate::support::World;

const TABLE: &str = "Name,DOB,Nationality,Programme\n\
                     KIM Yong Chol,circa 1947,\"Korea, North\",DPRK\n\
                     RI Je Son,1938,DPRK,DPRK\n\
                     ,1950,DPRK,DPRK\n";

fn add(world: &World, file: &str) -> crate::support::Transcript {
    world.run(&[
        "lists",
        "add",
        file,
        "--name",
        "own",
        "--date",
        "2026-10-01",
        "--store",
        "store",
        "--as-of",
        "2026-11-26",
    ])
}

#[test]
fn a_table_is_added_and_its_status_shown() {
    let world = World::new();
    world.write("own.csv", TABLE);
    assert_snapshot!(add(&world, "own.csv").text());
    assert_snapshot!(world.run(&["lists", "status", "--store", "store", "--as-of", "2026-11-26"]).text());
    let json = world.run(&["lists", "status", "--store", "store", "--as-of", "2026-11-26", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let list = &status["lists"][0];
    assert_eq!((list["name"].as_str(), list["age_days"].as_i64()), (Some("own"), Some(56)));
    assert_eq!((list["entries"].as_u64(), list["refused"].as_u64()), (Some(2), Some(1)));
    assert_eq!(list["index_built"], false);
}

#[test]
fn a_broken_list_is_refused_and_the_last_good_one_stays() {
    let world = World::new();
    world.write("own.csv", TABLE);
    assert_eq!(add(&world, "own.csv").code, 1);
    world.write("broken.xml", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>");
    assert_snapshot!(add(&world, "broken.xml").text());
    world.write("bomb.xml", "<!DOCTYPE l [<!ENTITY a \"aaaa\">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>");
    assert_snapshot!(add(&world, "bomb.xml").text());
    world.write("nothing.bin", [0, 1, 2, 3]);
    assert_snapshot!(add(&world, "nothing.bin").text());
    assert_eq!(add(&world, "missing.csv").code, 3);
    let status = world.run(&["lists", "status", "--store", "store", "--as-of", "2026-11-26"]);
    assert!(status.stdout.contains("own") && status.stdout.contains("2026-10-01"), "{}", status.stdout);
    assert!(!world.path("store/own/adding").exists(), "nothing is left of what was refused");
}

#[test]
fn columns_are_taken_as_told() {
    let world = World::new();
    world.write("own.tsv", "who\tborn on\nKIM Yong Chol\t1947\n");
    let arguments = ["lists", "add", "own.tsv", "--name", "own", "--store", "store", "--as-of", "2026-11-26"];
    assert_snapshot!(world.run(&arguments).text());
    let told = [&arguments[..], &["--columns", "name=who,birthDate=born on"]].concat();
    assert_snapshot!(world.run(&told).text());
    assert_eq!(world.run(&[&arguments[..], &["--columns", "who"]].concat()).code, 2);
}

#[test]
fn nothing_is_fetched_unless_a_list_is_known() {
    let world = World::new();
    assert_snapshot!(world.run(&["lists", "update", "nonsense", "--store", "store"]).text());
    assert_snapshot!(world.run(&["lists", "update", "--store", "store"]).text());
    assert_snapshot!(world.run(&["lists", "status", "--store", "store"]).text());
}

#[test]
fn without_curl_the_old_version_stays() {
    let world = World::new();
    world.write("un.xml", "<CONSOLIDATED_LIST dateGenerated=\"2026-02-27\"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>RI</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>");
    let add = world.run(&["lists", "add", "un.xml", "--name", "un-sc", "--store", "store", "--as-of", "2026-11-26"]);
    assert_eq!(add.code, 0, "{}", add.stderr);
    let update = world.run_with(&["lists", "update", "--store", "store"], &[("PATH", "")]);
    assert_snapshot!(update.text());
}
