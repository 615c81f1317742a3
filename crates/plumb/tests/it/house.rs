//! The house of ARCHITECTURE.md holds: every crate has its floor, and every arrow points to a room it may use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

struct Room {
    floor: u32,
    may_use: BTreeSet<String>,
}

/// The table of ARCHITECTURE.md: crate → floor and the crates that it may use.
fn house() -> BTreeMap<String, Room> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut rooms: BTreeMap<String, Room> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [floor, name, _, may_use] = cells.as_slice() else { continue };
        let Ok(floor) = floor.parse() else { continue };
        let may_use = may_use.split('`').filter(|word| word.starts_with("plumb")).map(str::to_owned).collect();
        rooms.insert(name.trim_matches('`').to_owned(), Room { floor, may_use });
    }
    let all: BTreeSet<String> = rooms.keys().cloned().collect();
    if let Some(shell) = rooms.get_mut("plumb") {
        shell.may_use = all;
    }
    rooms
}

#[test]
fn floors_and_arrows_are_those_of_the_architecture() {
    let rooms = house();
    let metadata =
        MetadataCommand::new().current_dir(root()).no_deps().other_options(["--offline".into()]).exec().unwrap();
    let names: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    assert_eq!(
        names,
        rooms.keys().cloned().collect(),
        "every crate has a row in ARCHITECTURE.md, and every row a crate"
    );
    for package in &metadata.packages {
        let room = &rooms[package.name.as_str()];
        for dependency in package.dependencies.iter().filter(|one| one.kind == DependencyKind::Normal) {
            let Some(below) = rooms.get(&dependency.name) else { continue };
            assert!(below.floor < room.floor, "{} → {} does not point down", package.name, dependency.name);
            assert!(room.may_use.contains(&dependency.name), "{} may not use {}", package.name, dependency.name);
        }
    }
}

#[test]
fn files_stay_small_and_say_what_they_are_for() {
    let mut seen = 0;
    let mut folders = vec![root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(text.starts_with("//!"), "{} has no module documentation", path.display());
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
                assert!(code <= 600, "{} has {code} lines: make two rooms of it", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "the sources were found");
}
