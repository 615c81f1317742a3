//! One edit of the first case that brings each diagnostic forth, at the words at fault, and one beside it that does not.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use plumb_core::case::Case;
use plumb_core::diagnostic::{Diagnostic, Severity};
use plumb_core::location::Location;
use plumb_read::{Folder, Reading, new_case, read};

/// Replaces words in a file of the first case; they must stand in it.
fn edited(edits: &[(&str, &str, &str)]) -> Folder {
    let mut folder = new_case("Test");
    for (file, from, to) in edits {
        let text = String::from_utf8(folder.files[*file].clone()).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        folder.files.insert((*file).to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    folder
}

/// The words that a place in a file points at.
fn words_at<'a>(case: &'a Case, location: &Location) -> &'a str {
    let Some(text) = case.files.get(&location.file) else { return "" };
    let Some(line) = text.split('\n').nth(location.line.saturating_sub(1) as usize) else { return "" };
    let at = |column: u32| line.char_indices().nth(column as usize).map_or(line.len(), |(at, _)| at);
    let start = location.column.saturating_sub(1);
    if location.line == 0 { "" } else { &line[at(start)..at(start + location.length)] }
}

/// Code, words at fault and advice of what is wrong, apart from notes and from what follows from a row that was left out.
fn found(reading: &Reading) -> Vec<(&str, &str, &str)> {
    let own = |one: &&Diagnostic| one.severity != Severity::Note && !one.message.contains("its own row was left out");
    let mut found = Vec::new();
    for one in reading.diagnostics.iter().filter(own) {
        let words = one.location().map_or("", |at| words_at(&reading.case, at));
        found.push((one.code.id(), words, one.help.as_str()));
    }
    found
}

/// A file, words in it, what to put in their place; the code, the words at fault, and a part of the advice.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Each of these edits gives exactly one diagnostic.
const FAULTS: &[Fault] = &[
    // Tables.
    ("actors.csv", "Example Recruiting Ltd", "\"Example Recruiting Ltd", "P0103", "\"", "close it"),
    ("actors.csv", "recruiter,,", "\"a \"b\" c\",,", "P0103", "\"", "double each quote"),
    ("claims.csv", ",Made-up example", ",Made-up, example", "P0103", " example", "in quotes"),
    ("claims.csv", ",,Made-up example", "", "P0103", "\"1,204 seasonal workers\"", "missing cells"),
    ("claims.csv", "subject,population", "subject,subject", "P0103", "subject", "remove the other"),
    ("claims.csv", "population", "populaton", "P0104", "populaton", "did you mean `population`?"),
    ("links.csv", "l2", "l1", "P0107", "l1", "an id of its own"),
    ("places.csv", "\nexampleland,", "\nRU,Russia,,state,,,,,\nexampleland,", "P0107", "RU", "another id"),
    ("claims.csv", "Ministry of Labour of Exampleland", "", "P0106", "", "makes the claim"),
    ("signs.csv", "s1", "s 1", "P0108", "s 1", "the letters a to z"),
    // Settings.
    ("case.toml", "language = \"en\"", "language = en", "P0109", "en", "quotes"),
    ("case.toml", "language", "langauge", "P0110", "langauge", "did you mean `language`?"),
    ("case.toml", "title = ", "# ", "P0110", "[case]", "title"),
    ("case.toml", "title = \"Test\"", "title = 5", "P0110", "5", "as a text"),
    ("case.toml", "schema = \"Ownership\"", "", "P0110", "[relations.owns]", "UnknownLink"),
    // Values.
    ("answers.csv", ",1377,", ",many,", "P0201", "many", "such as 30023"),
    ("claims.csv", ",1204,", ",\"1,204\",", "P0202", "1,204", "write 1204"),
    ("claims.csv", "2024-12-31", "31.12.2024", "P0203", "31.12.2024", "write 2024-12-31"),
    ("sources.csv", "2025-01-20", "5/6/2025", "P0203", "5/6/2025", "2025-06-05 or 2025-05-06"),
    ("sources.csv", "2025-01-20", "2024/2025", "P0203", "2024/2025", "write one date here"),
    ("duties.csv", "2025-01-31", "2025-02-30", "P0204", "2025-02-30", "correct the day"),
    ("links.csv", "2021/..", "2021/2019", "P0205", "2021/2019", "write 2019/2021"),
    ("claims.csv", "exact,,1204", "at least,,1204", "P0206", "", "move the number from `best` to `low`"),
    ("claims.csv", "exact,,1204", "exact,1000,1204", "P0206", "1000", "leave the cell empty"),
    ("claims.csv", "exact,,1204,", "range,1300,,1204", "P0206", "1300", "low must not exceed"),
    ("claims.csv", "exact", "exactly", "P0207", "exactly", "did you mean `exact`?"),
    ("case.toml", "news = \"C\"", "news = \"G\"", "P0207", "\"G\"", "write one of: A, B"),
    ("measures.toml", "\"stock\"", "\"stok\"", "P0207", "\"stok\"", "did you mean `stock`?"),
    ("claims.csv", "persons", "person/monht", "P0208", "person/monht", "did you mean `month`?"),
    (
        "claims.csv",
        "1204,,persons",
        "1204,,share",
        "P0209",
        "share",
        "choose a measure of this unit: `deduction_share`",
    ),
    ("series.csv", "USD/person/month", "USD/month", "P0209", "USD/month", "USD/person/month"),
    (
        "sources.csv",
        "https://example.org/herald/union",
        "example.org/u",
        "P0210",
        "example.org/u",
        "write https://example.org/u",
    ),
    ("actors.csv", "Company", "Compnay", "P0212", "Compnay", "did you mean `Company`?"),
    ("case.toml", "\"Ownership\"", "\"Company\"", "P0212", "\"Company\"", "Directorship"),
    ("claims.csv", "0.3", "1.3", "P0213", "1.3", "correct the number"),
    ("claims.csv", "1204", "-1204", "P0213", "-1204", "correct the number"),
    ("answers.csv", "1377", "-1377", "P0213", "-1377", "`before` and `after`"),
    // References.
    (
        "claims.csv",
        "union-estimate-2025,",
        "union-estimate-2052,",
        "P0301",
        "union-estimate-2052",
        "did you mean `union-estimate-2025`?",
    ),
    ("sites.csv", "c1;c2", "c1;c9", "P0301", "c9", "did you mean `c1`?"),
    ("links.csv", "site:harbour", "site:harbor", "P0301", "site:harbor", "did you mean `harbour`?"),
    ("links.csv", "site:harbour", "port:harbour", "P0301", "port:harbour", "group:NAME"),
    ("claims.csv", "workers_present", "worker_present", "P0302", "worker_present", "did you mean `workers_present`?"),
    ("rules.csv", "exampleland", "Russia", "P0303", "Russia", "did you mean `RU` (Russia)"),
    ("places.csv", ",state,,", ",state,exampleland-harbour,", "P0304", "exampleland-harbour", "larger one"),
    ("links.csv", "recruits_for", "recruits_form", "P0305", "recruits_form", "did you mean `recruits_for`?"),
    // Evidence.
    ("claims.csv", "herald-2025-02-03", "", "P0401", "", "name the source"),
    ("claims.csv", "1,204 seasonal", "1,240 seasonal", "P0403", "\"1,240 seasonal workers\"", "exact words"),
    (
        "sources.csv",
        "ministry-report.txt",
        "ministry-reprot.txt",
        "P0405",
        "documents/ministry-reprot.txt",
        "did you mean",
    ),
    // Prose.
    (
        "account.md",
        "{#taken}",
        "{#token}",
        "P0703",
        "## What is taken {#token}",
        "did you mean `## What is taken {#taken}`?",
    ),
    ("account.md", "## The answer", "Words.\n\n## The answer", "P0703", "Words.", "under a heading"),
];

#[test]
fn each_fault_is_found_at_its_words() {
    let mut wrong = Vec::new();
    for (file, from, to, code, words, advice) in FAULTS.iter().copied() {
        let reading = read(&edited(&[(file, from, to)]));
        let found = found(&reading);
        let right =
            matches!(found.as_slice(), [(one, at, help)] if *one == code && *at == words && help.contains(advice));
        if !right {
            wrong.push(format!(
                "{file}: {from:?} to {to:?}: wanted {code} at {words:?} ({advice})\n    found {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Edits beside those above that are in order.
const SOUND: &[(&str, &str, &str)] = &[
    ("actors.csv", "Example Recruiting Ltd (made up)", "\"Example Recruiting\nLtd, of \"\"here\"\"\""),
    ("claims.csv", ",Made-up example", ",\"Made-up, example\""),
    ("claims.csv", "id,measure", " id , \"measure\""),
    ("claims.csv", "c1,workers_present", "\n,,,,\nc1 , workers_present"),
    ("case.toml", "language = \"en\"", "language = 'en' # English"),
    ("answers.csv", ",1377,", ",1377.0,"),
    ("claims.csv", "2024-12-31", "2024-12~"),
    ("links.csv", "2021/..", "/2019"),
    ("claims.csv", "exact,,1204,", "range,1200,,1300"),
    ("claims.csv", "exact,,1204,", "undisclosed,,,"),
    ("claims.csv", "0.3,share", "30,percent"),
    ("claims.csv", "0.3", "1"),
    ("series.csv", "USD/person/month", "RUB/person/year"),
    ("series.csv", ",,400,,", ",range,400,450,"),
    ("series.csv", ",,400,,", ",at most,400,,"),
    ("sources.csv", "https://example.org/herald/union", ""),
    ("sites.csv", "c1;c2", " c1 ; ; c2;"),
    ("links.csv", "jo-example,owns", "actor:jo-example,owns"),
    ("links.csv", "site:harbour", "group:workers from abroad"),
    ("links.csv", "site:harbour", "place:RU-PRI"),
    ("rules.csv", "exampleland", "EU"),
    ("places.csv", ",zone,exampleland", ",zone,RU"),
    ("claims.csv", "1,204 seasonal workers", "1,204 seasonal   workers … harbour"),
    ("account.md", "## The answer", "# The case\n\n## The answer"),
];

#[test]
fn what_is_in_order_is_let_be() {
    let wrong: Vec<String> = (SOUND.iter())
        .map(|(file, from, to)| (from, to, read(&edited(&[(file, from, to)]))))
        .filter(|(.., reading)| !reading.diagnostics.is_empty())
        .map(|(from, to, reading)| format!("{from:?} to {to:?} gives {:?}", found(&reading)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A first case with one file more, less or otherwise.
fn with(file: &str, bytes: Option<&[u8]>) -> Folder {
    let mut folder = new_case("Test");
    match bytes {
        Some(bytes) => folder.files.insert(file.to_owned(), bytes.to_vec()),
        None => folder.files.remove(file),
    };
    folder
}

#[test]
fn files_at_fault_are_named() {
    let cases: [(&str, Option<&[u8]>, &str, &str); 14] = [
        ("case.toml", None, "P0101 case.toml", "plumb new"),
        ("sources.csv", None, "P0101 sources.csv", "the case needs `sources.csv`"),
        ("measures.toml", None, "P0101 measures.toml", "the case needs"),
        ("account.md", None, "P0703 account.md", "write it"),
        ("sources.csv", Some(b"PK\x03\x04rest"), "P0101 sources.csv", "P0102 sources.csv"),
        ("signs.csv", Some(b"\xFF\xFEi\0d\0,\0s\0i\0g\0n\0,\0s\0o\0u\0r\0c\0e\0"), "P0102 signs.csv", "UTF-8"),
        ("signs.csv", Some(b"id,sign,source\ns1,caf\xE9,ministry-2025\n"), "P0102 signs.csv:2:7", "CSV UTF-8"),
        ("signs.csv", Some(b"id,sign,source\ns1,ca\0,ministry-2025\n"), "P0102 signs.csv:2:6", "CSV UTF-8"),
        ("signs.csv", Some(b"\n\n"), "P0105 signs.csv", "write its header"),
        ("signs.csv", Some(b"id,sign\ns1,x\n"), "P0105 signs.csv:1:1", "add a column `source`"),
        ("claim.csv", Some(b"id\n"), "P0112 claim.csv", "did you mean `claims.csv`?"),
        ("Claims.xlsx", Some(b"PK"), "P0112 Claims.xlsx", "save it as `claims.csv`"),
        ("settings.toml", Some(b""), "P0112 settings.toml", "rename it"),
        ("notes.txt", Some(b"\xFF"), "", ""),
    ];
    for (file, bytes, place, advice) in cases {
        let reading = read(&with(file, bytes));
        let shown: Vec<String> = (reading.diagnostics.iter())
            .map(|one| format!("{} {}: {} ({})", one.code, one.location().unwrap(), one.message, one.help))
            .collect();
        let all = shown.join("\n");
        assert!(all.contains(place) && all.contains(advice), "{file}: wanted {place} ({advice}) in\n{all}");
        assert!(shown.len() <= 2, "{file}: too many\n{all}");
        assert_eq!(shown.is_empty(), place.is_empty(), "{file}\n{all}");
    }
}

#[test]
fn a_copy_that_changed_is_found_at_its_hash() {
    let reading = read(&edited(&[("documents/ministry-report.txt", "1,377", "1,378")]));
    let [(code, words, _)] = found(&reading)[..] else { panic!("{:?}", found(&reading)) };
    assert_eq!((code, words.len()), ("P0404", 64));
    assert!(read(&edited(&[("sources.csv", words, "")])).diagnostics.is_empty());
    assert_eq!(found(&read(&edited(&[("sources.csv", words, &words[1..])])))[0].0, "P0211");
    let upper = words.to_uppercase();
    assert!(read(&edited(&[("sources.csv", words, &upper)])).diagnostics.is_empty());
}

#[test]
fn a_cell_as_large_as_a_document_is_left_empty() {
    let long = "x".repeat(70_000);
    let reading = read(&edited(&[("signs.csv", "Made-up example", &long)]));
    assert_eq!(found(&reading)[0].0, "P0113");
    assert_eq!(reading.case.signs.len(), 1);
    let fitting = "x".repeat(60_000);
    assert!(read(&edited(&[("signs.csv", "Made-up example", &fitting)])).diagnostics.is_empty());
}

#[test]
fn quotations_from_other_formats_are_noted() {
    let mut folder = edited(&[("sources.csv", "documents/ministry-report.txt", "documents/ministry-report.pdf")]);
    let copy = folder.files.remove("documents/ministry-report.txt").unwrap();
    folder.files.insert("documents/ministry-report.pdf".into(), copy);
    let reading = read(&folder);
    assert_eq!(found(&reading), []);
    assert_eq!(
        reading.diagnostics.iter().map(|one| (one.code.id(), one.severity)).collect::<Vec<_>>(),
        [("P0403", Severity::Note)]
    );
}

#[test]
fn what_cites_a_row_that_was_left_out_is_told_at_once() {
    let reading = read(&edited(&[("sources.csv", "Example Herald (made up)", "")]));
    let codes: Vec<&str> = reading.diagnostics.iter().map(|one| one.code.id()).collect();
    assert_eq!(codes, ["P0301", "P0106"]);
    assert!(reading.diagnostics[0].rows.len() > 5 && reading.diagnostics[0].labels.len() == 6);
    assert_eq!((reading.case.claims.len(), reading.case.actors.len()), (2, 0));
}

#[test]
fn a_semicolon_or_tab_between_cells_is_understood() {
    for between in [";", "\t"] {
        let table = "id,sign,theme,from,source,note\ns1,\"a, b\",pay,,ministry-2025,\n".replace(',', between);
        let reading = read(&with("signs.csv", Some(format!("\u{FEFF}{}", table.replace('\n', "\r\n")).as_bytes())));
        assert_eq!(found(&reading), []);
        assert_eq!(reading.case.signs.iter().map(|sign| sign.source.as_str()).collect::<Vec<_>>(), ["ministry-2025"]);
    }
}
