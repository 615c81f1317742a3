//! FollowTheMoney lines: who can act becomes an actor, what joins two of them a link, and a bad line is left out alone.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::path::Path;

use plumb_core::diagnostic::Severity;
use plumb_read::{Folder, Reading, new_case, read};

const LINES: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Jo One"],"alias":["J. O."],"country":["ru"]}}
{"id":"c1","schema":"Company","caption":"Firm","properties":{"jurisdiction":["kp"]}}
{"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"startDate":["2017-12-22T00:00:00"]}}
{"id":"a1","schema":"Address","properties":{"full":["Somewhere"]}}
"#;

/// The first case with FollowTheMoney lines that stand for one of its sources.
fn with(lines: &str) -> Folder {
    let mut folder = new_case("Test");
    let settings = String::from_utf8(folder.files["case.toml"].clone()).unwrap();
    let settings = format!("{settings}\n[ftm]\n\"people.ftm.json\" = \"ministry-2025\"\n");
    folder.files.insert("case.toml".into(), settings.into_bytes());
    folder.files.insert("people.ftm.json".into(), lines.as_bytes().to_vec());
    folder
}

fn shown(reading: &Reading) -> Vec<String> {
    let bad = reading.diagnostics.iter().filter(|one| one.severity != Severity::Note);
    bad.map(|one| format!("{} {}", one.code, one.location().unwrap())).collect()
}

#[test]
fn entities_become_actors_and_links() {
    let reading = read(&with(LINES));
    assert_eq!(shown(&reading), Vec::<String>::new());
    let person = reading.case.actors.get("p1").unwrap();
    assert_eq!(
        (person.name.as_str(), person.country.as_str(), person.source.as_str()),
        ("Jo One", "RU", "ministry-2025")
    );
    assert_eq!(person.aliases, ["J. O."]);
    assert_eq!(reading.case.actors.get("c1").unwrap().name, "Firm");
    let link = reading.case.links.get("o1").unwrap();
    assert_eq!((link.from.as_str(), link.relation.as_str(), link.to.as_str()), ("p1", "ownership", "c1"));
    assert_eq!(link.period.unwrap().to_string(), "2017-12-22/");
    assert_eq!(reading.case.settings.relations["ownership"].verb, "owns");
    assert!(reading.diagnostics.iter().any(|one| one.message.ends_with("1 Address")), "{:?}", reading.diagnostics);
}

#[test]
fn a_bad_line_is_left_out_alone() {
    let bad = [
        ("{\"id\": \"x\", \"schema\": ", "P0111 people.ftm.json:1:"),
        ("[]", "P0111 people.ftm.json:1:"),
        ("{\"id\":\"x\",\"schema\":\"Compnay\"}", "P0212 people.ftm.json:1:1"),
        ("{\"id\":\"../x\",\"schema\":\"Person\"}", "P0111 people.ftm.json:1:1"),
        ("{\"id\":\"x\",\"schema\":\"Person\"}", "P0111 people.ftm.json:1:1"),
        ("{\"id\":\"x\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p1\"]}}", "P0111 people.ftm.json:1:1"),
        (
            "{\"id\":\"x\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p1\"],\"asset\":[\"no\"]}}",
            "P0301 people.ftm.json:1:1",
        ),
        ("{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Jo\"]}}", "P0107 people.ftm.json:2:1"),
    ];
    for (line, place) in bad {
        let reading = read(&with(&format!("{line}\n{LINES}")));
        let shown = shown(&reading);
        assert!(shown.len() == 1 && shown[0].starts_with(place), "{line}: {shown:?}");
        assert!(reading.case.actors.get("c1").is_some() && reading.case.links.get("o1").is_some(), "{line}");
    }
}

#[test]
fn a_file_must_stand_for_a_source() {
    let mut folder = new_case("Test");
    folder.files.insert("people.ftm.json".into(), LINES.as_bytes().to_vec());
    assert_eq!(shown(&read(&folder)), ["P0110 people.ftm.json"]);
    let mut folder = with(LINES);
    folder.files.remove("people.ftm.json");
    assert!(shown(&read(&folder))[0].starts_with("P0110 case.toml:"));
}

#[test]
fn samples_of_other_tools_are_read() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ftm-samples");
    for (name, actors, links) in
        [("yente_zala.ftm.json", 17, 21), ("nk_donations.ijson", 95, 290), ("yente_t1.ftm.json", 6, 0)]
    {
        let Ok(lines) = std::fs::read_to_string(samples.join(name)) else {
            eprintln!("skipped: no samples in {}", samples.display());
            return;
        };
        let reading = read(&with(&lines));
        let (before, now) = (read(&new_case("Test")).case, &reading.case);
        let (found, joined) = (now.actors.len() - before.actors.len(), now.links.len() - before.links.len());
        assert_eq!((found, joined, shown(&reading)), (actors, links, Vec::new()), "{name}");
    }
}
