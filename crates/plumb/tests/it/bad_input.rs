//! Bad input through the program: diagnostics that point, never a panic, and the rest of the case still builds.

use insta::assert_snapshot;

use crate::support::World;

/// Appends a broken row, and shows that it is pointed at while the rest is built.
fn broken_row(row: &str) -> String {
    let world = World::with_case();
    world.append("case/claims.csv", row);
    let check = world.run(&["check", "case"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    let build = world.run(&["build", "case", "--out", "site"]);
    assert_eq!(build.code, 1, "errors make the exit code non-zero");
    assert!(world.path("site/claims/c1.html").exists(), "the good rows are built");
    check.text()
}

#[test]
fn a_row_with_a_wrong_number_of_cells() {
    assert_snapshot!(broken_row("c901,workers_present,RU"));
}

#[test]
fn a_cell_that_tries_to_steer_the_terminal() {
    let text = broken_row("c902,\u{1b}[2Jevil\u{202e},RU,2017,exact,,5,,persons,,,,X,o1,s1,,,,");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn files_that_are_not_tables_at_all() {
    for bytes in [&b"\xff\xfe\x00\x00"[..], b"\0\0\0\0", b"\"", b"id\n\"\"\"", &[0x80; 4096], "PK\u{3}\u{4}".as_bytes()]
    {
        for table in ["claims.csv", "sources.csv", "actors.csv", "case.toml", "measures.toml", "account.md"] {
            let world = World::with_case();
            world.write(&format!("case/{table}"), bytes);
            let check = world.run(&["check", "case"]);
            assert!(check.code == 0 || check.code == 1, "{table}: {}\n{}", check.code, check.stderr);
            let build = world.run(&["build", "case", "--out", "site"]);
            assert!(build.code == 0 || build.code == 1, "{table}: {}\n{}", build.code, build.stderr);
            assert!(world.path("site/index.html").exists(), "{table}");
        }
    }
}

#[test]
fn an_empty_folder_is_a_case_without_anything() {
    let world = World::new();
    std::fs::create_dir(world.path("empty")).unwrap();
    assert_snapshot!(world.run(&["check", "empty"]).text());
    assert_eq!(world.run(&["build", "empty", "--out", "site"]).code, 1);
    assert!(world.path("site/index.html").exists());
}

#[test]
fn a_spreadsheet_export_is_understood() {
    let world = World::with_case();
    let plain = world.read("case/sources.csv");
    world.write("case/sources.csv", format!("\u{feff}{}", plain.replace('\n', "\r\n")));
    let check = world.run(&["check", "case", "--strict"]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn a_key_as_long_as_a_book_does_not_stop_the_build() {
    let world = World::with_case();
    world.append("case/account.md", &format!("{{{{sum {}c2}}}}", "c1 ".repeat(400)));
    let build = world.run(&["build", "case", "--out", "site", "--strict"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    assert!(world.path("site/index.html").exists());
}

#[test]
fn ids_that_differ_by_capitals_are_one_id() {
    let row = "C1,workers_present,exampleland,2024,exact,,5,,persons,,,,X,union-estimate-2025,herald-2025-02-03,,,,";
    assert!(broken_row(row).contains("the id `C1` stands twice, capitals or not"));
}

#[test]
fn measures_that_contain_each_other_end() {
    let world = World::with_case();
    let measures = world.read("case/measures.toml");
    let circular = measures.replacen("[workers_present]", "[workers_present]\npart_of = [\"all_present\"]", 1)
        + "\n[all_present]\nlabel = \"All\"\ndefinition = \"All.\"\ngroup = \"people\"\nnature = \"stock\"\nunit = \"persons\"\n\
           population = \"all\"\nover_places = \"adds\"\nover_time = \"does not add\"\npart_of = [\"workers_present\"]\n";
    world.write("case/measures.toml", circular);
    let build = world.run(&["build", "case", "--out", "site"]);
    assert!(build.code == 0 || build.code == 1, "{}", build.stderr);
    assert!(world.path("site/claims/c1.html").exists());
}

#[test]
fn a_case_in_korean_is_read_searched_and_written() {
    let world = World::with_case();
    let row = "k1,workers_present,exampleland,2024,about,,30000,,persons,3만여 명,조선 노동자,,조선중앙통신,union-estimate-2025,herald-2025-02-03,제3항,,,한국어 메모";
    world.append("case/claims.csv", row);
    assert_eq!(world.run(&["build", "case", "--out", "site", "--strict"]).code, 0);
    assert!(world.read("site/claims/k1.html").contains("조선중앙통신"));
    let why = world.run(&["why", "k1", "--case", "case"]);
    assert!(why.stdout.contains("words: 3만여 명"), "{}", why.stdout);
}
