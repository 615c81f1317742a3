//! The real case through the program.

use std::path::Path;

use crate::support::{World, files, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

#[test]
fn it_has_no_error_and_no_warning_that_nobody_has_looked_at() {
    let check = World::new().run(&["check", &case(), "--strict"]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn it_builds_twice_to_the_same_bytes_with_a_page_for_every_claim() {
    let world = World::new();
    for out in ["one", "two"] {
        let build = world.run(&["build", &case(), "--out", out]);
        assert_eq!(build.code, 0, "{}", build.stderr);
    }
    let site = files(&world.path("one"));
    assert!(site == files(&world.path("two")));
    for number in 1..=301 {
        assert!(site.contains_key(Path::new(&format!("claims/c{number:03}.html"))), "c{number:03}");
    }
}

#[test]
fn every_raw_row_has_been_carried_over() {
    let raw = root().join("../shared/case");
    if !raw.is_dir() {
        eprintln!("skipped: the raw material is not beside the project");
        return;
    }
    let pairs = [
        ("claims.csv", "claims.csv"),
        ("sources.csv", "sources.csv"),
        ("actors.csv", "actors.csv"),
        ("links.csv", "links.csv"),
        ("events.csv", "events.csv"),
        ("obligations.csv", "duties.csv"),
        ("state_reports.csv", "answers.csv"),
        ("worksites.csv", "sites.csv"),
        ("indicators.csv", "indicators.csv"),
        ("due_diligence_signs.csv", "signs.csv"),
        ("labour_rules.csv", "rules.csv"),
        ("defects.csv", "defects.csv"),
    ];
    let rows = |path: &Path| std::fs::read_to_string(path).unwrap().lines().count();
    for (from, to) in pairs {
        // the case may know more than the raw material
        assert!(rows(&raw.join(from)) <= rows(&root().join("cases/dprk-labour").join(to)), "{from} → {to}");
    }
}

#[test]
fn headline_figures_lead_to_their_sources() {
    let world = World::new();
    let why = world.run(&["why", "range", "revenue", "WORLD", "2012/2023", "--case", &case()]);
    assert_eq!(why.code, 0, "{}", why.stderr);
    for words in ["ngo-inhl-2012", "noland-2015", "$1.2–2.3 bn a year", "source:cbs-2015-10"] {
        assert!(why.stdout.contains(words), "{words}\n{}", why.stdout);
    }
}
