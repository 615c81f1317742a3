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

#[test]
fn the_same_file_read_otherwise_is_another_version() {
    let world = World::new();
    world.write("x.csv", "A,B\nKim Chol Su,Mozart\n");
    for (column, found) in [("A", "nothing found"), ("B", "potential match")] {
        let columns = format!("name={column}");
        let added = world.run(&["lists", "add", "x.csv", "--name", "own", "--columns", &columns, "--store", "store"]);
        assert_eq!(added.code, 0, "{}", added.stderr);
        let screened = world.run(&["screen", "Mozart", "--store", "store"]);
        assert!(screened.stdout.contains(found), "{column}: {}", screened.stdout);
    }
}

#[test]
fn additions_at_once_wait_for_one_another() {
    let world = World::new();
    let names = |letter: char| (0..3000).map(|number| format!("{letter}{number} Trading\n")).collect::<String>();
    for letter in ['a', 'b', 'c', 'd'] {
        world.write(&format!("{letter}.csv"), format!("name\n{}", names(letter)));
    }
    std::thread::scope(|scope| {
        for letter in ['a', 'b', 'c', 'd'] {
            let world = &world;
            scope.spawn(move || {
                let file = format!("{letter}.csv");
                let added =
                    world.run(&["lists", "add", &file, "--name", "own", "--format", "table", "--store", "store"]);
                assert_eq!(added.code, 0, "{}", added.stderr);
            });
        }
    });
    let versions = std::fs::read_dir(world.path("store/own/versions")).unwrap();
    for version in versions.map(|version| version.unwrap().path()) {
        assert_eq!(std::fs::read_dir(version.join("files")).unwrap().count(), 1);
    }
}

#[test]
fn a_name_for_all_lists_is_no_name_of_one() {
    let world = World::new();
    world.write("own.csv", "name\nMozart\n");
    let refused = world.run(&["lists", "add", "own.csv", "--name", "default", "--format", "table", "--store", "store"]);
    assert_eq!((refused.code, refused.stderr.contains("all lists together")), (3, true), "{}", refused.stderr);
    world.write("broken.xml", "<CONSOLIDATED_LIST>");
    world.run(&["lists", "add", "broken.xml", "--name", "un", "--format", "un-xml", "--store", "store"]);
    assert!(!world.path("store/un").exists(), "a refused list leaves nothing");
}

#[test]
fn without_room_for_an_index_a_list_is_searched_all_the_same() {
    let world = World::new();
    world.write("own.csv", "name,dob\nKim Chol Su,1961\n");
    world.run(&["lists", "add", "own.csv", "--name", "own", "--store", "store"]);
    let version = std::fs::read_dir(world.path("store/own/versions")).unwrap().next().unwrap().unwrap().path();
    // a folder stands where the index would: as little can be written as on a full disk
    std::fs::create_dir_all(version.join("index/taken")).unwrap();
    let found = world.run(&["screen", "Kim Chol Su", "--store", "store"]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    assert!(found.stderr.contains("warning: the index of own is built again each time"), "{}", found.stderr);
}

#[test]
fn a_damaged_list_does_not_hide_the_others() {
    let world = World::new();
    world.write("own.csv", "name,dob\nKim Chol Su,1961\n");
    for name in ["one", "two"] {
        world.run(&["lists", "add", "own.csv", "--name", name, "--store", "store"]);
    }
    world.write("store/one/current", "junk");
    let status = world.run(&["lists", "status", "--store", "store"]);
    assert_eq!((status.code, status.stdout.contains("\ntwo")), (3, true), "{}", status.stdout);
    world.write("store/two/current", "junk");
    assert_eq!(world.run(&["lists", "status", "--store", "store"]).stdout, "");
}
