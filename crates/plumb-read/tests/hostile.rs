//! Whatever the bytes are, reading ends, points and keeps what is in order.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::path::Path;

use plumb_core::case::Case;
use plumb_core::reference::{Kind, Reference};
use plumb_read::{Folder, Reading, new_case, read};
use proptest::prelude::*;

const FILES: [&str; 18] = [
    "account.md",
    "actors.csv",
    "answers.csv",
    "case.toml",
    "claims.csv",
    "defects.csv",
    "duties.csv",
    "events.csv",
    "indicators.csv",
    "links.csv",
    "measures.toml",
    "origins.csv",
    "places.csv",
    "rules.csv",
    "series.csv",
    "signs.csv",
    "sites.csv",
    "sources.csv",
];

/// Every diagnostic points into the text of its file, and none is without words.
fn assert_points(reading: &Reading) {
    for diagnostic in &reading.diagnostics {
        assert!(!diagnostic.message.is_empty() && !diagnostic.labels.is_empty());
        for label in &diagnostic.labels {
            let at = &label.location;
            let Some(text) = reading.case.files.get(&at.file).filter(|_| at.line > 0) else { continue };
            let line = text.split('\n').nth(at.line as usize - 1);
            let width = line.unwrap_or_else(|| panic!("{diagnostic:?}")).chars().count();
            assert!(at.column as usize <= width + 1 && (at.column + at.length) as usize <= width + 2, "{diagnostic:?}");
        }
    }
}

/// No record names one that the case does not have.
fn assert_whole(case: &Case) {
    for claim in &case.claims {
        assert!(case.sources.get(&claim.source).is_some() && case.origins.get(&claim.origin).is_some());
        assert!(case.measures.contains_key(&claim.measure) && case.places.is_known(&claim.place));
    }
    for actor in &case.actors {
        assert!(case.sources.get(&actor.source).is_some());
        assert!(actor.event.is_empty() || case.events.get(&actor.event).is_some());
    }
    for link in &case.links {
        assert!(case.settings.relations.contains_key(&link.relation));
    }
    for site in &case.sites {
        assert!(site.claims.iter().all(|claim| case.claims.get(claim).is_some()));
        assert!(site.actors.iter().all(|actor| case.actors.get(actor).is_some()));
    }
    for duty in &case.duties {
        assert!(duty.event.is_empty() || case.events.get(&duty.event).is_some());
        assert!(duty.bearers.iter().all(|state| case.places.is_known(state)));
    }
    for answer in &case.answers {
        assert!(answer.duties.iter().all(|duty| case.duties.get(duty).is_some()));
    }
    for defect in &case.defects {
        assert!(case.sources.get(&defect.source).is_some());
        assert!(defect.claims.iter().all(|claim| case.claims.get(claim).is_some()));
    }
    for place in case.places.own() {
        assert!(!case.places.is_circular(&place.code));
        assert!(place.within.as_ref().is_none_or(|within| case.places.is_known(within)));
    }
}

/// A stream of numbers, the same in each run (splitmix64, Steele 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as usize % limit.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Changes a byte, a few bytes or a cell.
fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    match chance.below(5) {
        0 => bytes[at] = *chance.pick(b"\"\n,;\r\0\xFF{}[]#=a9/-. "),
        1 => drop(bytes.remove(at)),
        2 => bytes.insert(at, *chance.pick(b"\"\n,;\r\0\xFF|:x")),
        3 => bytes.truncate(at),
        _ => {
            let words =
                ["", "\"", "..", "-1", "1e999", "99999999999999999999999999999", "2017/", "c1;c1", "a,b", "\u{202e}x"];
            let end =
                bytes[at..].iter().position(|byte| b",\n".contains(byte)).map_or(bytes.len(), |length| at + length);
            bytes.splice(at..end, chance.pick(&words).bytes());
        }
    }
}

fn mutated(folder: &Folder, seed: u64) -> (Folder, String) {
    let mut chance = Chance(seed);
    let names: Vec<&String> = folder.files.keys().filter(|name| !name.ends_with("README.md")).collect();
    let name = (*chance.pick(&names)).clone();
    let mut folder = folder.clone();
    let bytes = folder.files.get_mut(&name).unwrap();
    for _ in 0..=chance.below(3) {
        if !bytes.is_empty() {
            mutate(bytes, &mut chance);
        }
    }
    (folder, name)
}

const KINDS: [Kind; 14] = [
    Kind::Source,
    Kind::Origin,
    Kind::Claim,
    Kind::Actor,
    Kind::Link,
    Kind::Site,
    Kind::Event,
    Kind::Duty,
    Kind::Answer,
    Kind::Indicator,
    Kind::Sign,
    Kind::Rule,
    Kind::Observation,
    Kind::Defect,
];

/// Ids of a table of the first case or the real one, in no order.
fn ids(case: &Case, kind: Kind) -> BTreeSet<String> {
    fn of<T>(table: &plumb_core::case::Table<T>) -> BTreeSet<String> {
        table.ids().map(str::to_owned).collect()
    }
    match kind {
        Kind::Source => of(&case.sources),
        Kind::Origin => of(&case.origins),
        Kind::Claim => of(&case.claims),
        Kind::Actor => of(&case.actors),
        Kind::Link => of(&case.links),
        Kind::Site => of(&case.sites),
        Kind::Event => of(&case.events),
        Kind::Duty => of(&case.duties),
        Kind::Answer => of(&case.answers),
        Kind::Indicator => of(&case.indicators),
        Kind::Sign => of(&case.signs),
        Kind::Rule => of(&case.rules),
        Kind::Observation => of(&case.observations),
        _ => of(&case.defects),
    }
}

/// Whether the row of a record stands in the changed file as it stood before, under the same header.
fn is_untouched(before: &Reading, after: &Reading, reference: &Reference) -> bool {
    let row = before.case.row(reference).unwrap();
    let (old, new) = (&before.case.files[&row.file], &after.case.files[&row.file]);
    let line = old.split('\n').nth(row.line as usize - 1).unwrap();
    old.split('\n').next() == new.split('\n').next() && new.split('\n').any(|one| one == line)
}

/// A record whose row was not touched is there, or a diagnostic names it.
fn assert_survivors(before: &Reading, after: &Reading, changed: &str) {
    let named: BTreeSet<&Reference> = after.diagnostics.iter().flat_map(|one| &one.rows).collect();
    for kind in KINDS {
        let kept = ids(&after.case, kind);
        for id in ids(&before.case, kind).into_iter().filter(|id| !kept.contains(id)) {
            let reference = Reference::new(kind, id);
            let own_file = &*before.case.row(&reference).unwrap().file == changed;
            let touched = own_file && !is_untouched(before, after, &reference);
            let shown =
                || after.diagnostics.iter().map(|one| format!("{} {}", one.code, one.message)).collect::<Vec<_>>();
            assert!(touched || named.contains(&reference), "{reference} is lost without a word: {:?}", shown());
        }
    }
}

fn check_mutations(folder: &Folder, seeds: std::ops::Range<u64>) {
    let before = read(folder);
    for seed in seeds {
        let (mutated, name) = mutated(folder, seed);
        let after = read(&mutated);
        assert_points(&after);
        assert_whole(&after.case);
        assert_survivors(&before, &after, &name);
    }
}

#[test]
fn mutations_of_the_first_case_are_borne() {
    check_mutations(&new_case("Test"), 0..200);
}

#[test]
fn mutations_of_the_real_case_are_borne() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/dprk-labour");
    if path.is_dir() {
        check_mutations(&Folder::from_disk(&path), 0..3);
    } else {
        eprintln!("skipped: no case in {}", path.display());
    }
}

#[test]
fn one_bad_cell_costs_one_row_at_most() {
    let folder = new_case("Test");
    let text = String::from_utf8(folder.files["claims.csv"].clone()).unwrap();
    for bad in ["\"", "\"\"x", "x\"y", ",", "\u{0}", "\u{FFFD}"] {
        let mut folder = folder.clone();
        let (head, tail) = text.split_once("c2,").unwrap();
        folder.files.insert("claims.csv".into(), format!("{head}c2,{bad}{tail}").into_bytes());
        let reading = read(&folder);
        assert!(!reading.diagnostics.is_empty(), "{bad:?}");
        assert!(reading.case.claims.get("c1").is_some() && reading.case.claims.get("c3").is_some(), "{bad:?}");
    }
}

#[test]
fn the_same_folder_gives_the_same_reading() {
    let folder = mutated(&new_case("Test"), 7).0;
    assert_eq!(format!("{:?}", read(&folder).diagnostics), format!("{:?}", read(&folder).diagnostics));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_any_file_are_borne(file in prop::sample::select(&FILES[..]), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut folder = new_case("Test");
        folder.files.insert(file.to_owned(), bytes);
        let reading = read(&folder);
        assert_points(&reading);
        assert_whole(&reading.case);
    }

    #[test]
    fn any_cells_under_a_right_header_are_borne(file in prop::sample::select(&FILES[..]), cells in "[a-z0-9,;:/\"\n{}=~.-]{0,120}") {
        let mut folder = new_case("Test");
        let bytes = folder.files.get_mut(file).unwrap();
        bytes.extend_from_slice(cells.as_bytes());
        let reading = read(&folder);
        assert_points(&reading);
        assert_whole(&reading.case);
    }
}

#[test]
fn suggestions_are_rationed() {
    let mut folder = new_case("Test");
    let claims = String::from_utf8(folder.files["claims.csv"].clone()).unwrap();
    let row = claims.lines().nth(1).unwrap();
    let rows: Vec<String> =
        (0..1000).map(|id| row.replace("c1,", &format!("n{id},")).replace("ministry-2025", "ministry-2026")).collect();
    folder.files.insert("claims.csv".into(), format!("{claims}{}\n", rows.join("\n")).into_bytes());
    let reading = read(&folder);
    let suggested = reading.diagnostics.iter().filter(|one| one.help == "did you mean `ministry-2025`?").count();
    assert_eq!((reading.diagnostics.len(), suggested), (1000, 200));
}
