//! `plumb compare` as transcripts.

use serde_json::Value;

use crate::support::{Transcript, World};

/// Compares the pairs of a file of these bytes.
fn compare(bytes: impl AsRef<[u8]>, format: &str) -> Transcript {
    let world = World::new();
    world.write("pairs.csv", bytes);
    world.run(&["compare", "pairs.csv", "--format", format])
}

fn answers(transcript: &Transcript) -> Vec<Value> {
    let rows: Value = serde_json::from_str(&transcript.stdout).unwrap();
    rows.as_array().unwrap().clone()
}

#[test]
fn pairs_are_answered_in_order_and_bad_rows_in_their_place() {
    let world = World::new();
    let pairs = "name2,schema,name1,birthDate1,label\n김정은,Person,Kim Jong Un,1984,1\n,Person,Kim,,0\nA,Persn,B,,0\nKim,Person\n";
    world.write("pairs.csv", pairs);
    let found = world.run(&["compare", "pairs.csv", "--format", "json"]);
    assert_eq!(found.code, 1);
    let rows = answers(&found);
    let numbers: Vec<u64> = rows.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!((rows[0]["match"].as_bool(), rows[1]["score"].is_null()), (Some(true), true));
    assert!(!rows[0]["explanation"]["features"].as_array().unwrap().is_empty());
    let columns: Vec<Option<&str>> = rows.iter().map(|row| row["error"]["column"].as_str()).collect();
    assert_eq!(columns, [None, Some("name2"), Some("schema"), None]);
    for (format, lines) in [("jsonl", 4), ("csv", 5)] {
        assert_eq!(world.run(&["compare", "pairs.csv", "--format", format]).stdout.lines().count(), lines);
    }
    world.write("wrong.csv", "a,b\n1,2\n");
    let wrong = world.run(&["compare", "wrong.csv"]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.stderr.contains("wrong.csv, line 1: there is no column `schema`"), "{}", wrong.stderr);
}

#[test]
fn one_table_in_many_dialects_has_one_answer() {
    let plain = "schema,name1,name2\nPerson,\"Kim, Chol Su\",김철수\nCompany,Samjong Trading,Samjong Trading Co\n";
    let expected = compare(plain, "json");
    assert_eq!((expected.code, expected.stderr.as_str()), (0, ""));
    for row in answers(&expected) {
        assert!(row["score"].is_f64() && row["probability"].is_f64() && row["match"].is_boolean(), "{row}");
        assert!(row["explanation"]["features"][0]["feature"] == "name", "{row}");
    }
    let body = plain.split_once('\n').unwrap().1;
    let fields = |sign: &str| plain.replace(", ", "\u{1}").replace(',', sign).replace('\u{1}', ", ");
    let wide = |text: &str| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let tables: [(&str, Vec<u8>); 8] = [
        ("byte order mark", format!("\u{feff}{plain}").into()),
        ("mark and quotes", format!("\u{feff}\"schema\",\"name1\",\"name2\"\n{body}").into()),
        ("semicolons", fields(";").into()),
        ("tabs", fields("\t").into()),
        ("Windows line ends", plain.replace('\n', "\r\n").into()),
        ("no last line end", plain.trim_end().into()),
        ("small letters", plain.replace("Person", "person").replace("schema", " Schema ").into()),
        ("UTF-16", wide(plain)),
    ];
    let without_schema = |transcript: &Transcript| transcript.stdout.replace("\"person\"", "\"Person\"");
    for (what, bytes) in tables {
        let found = compare(bytes, "json");
        assert_eq!((found.code, found.stderr.as_str()), (0, ""), "{what}");
        assert_eq!(without_schema(&found), expected.stdout, "{what}");
    }
}

#[test]
fn columns_that_are_not_known_are_passed_over_with_one_note() {
    let found = compare("id,label,schema,name1,name2\n9,1,Person,Kim Chol,Kim Chol\n8,0,Person,Kim,Ri\n", "json");
    assert_eq!((found.code, answers(&found).len()), (0, 2));
    assert_eq!(found.stderr, "pairs.csv: not read, because they name no property: id, label\n");
}

#[test]
fn tables_without_pairs_are_told_apart() {
    let none = compare("schema,name1,name2\n", "json");
    assert_eq!((none.code, answers(&none).len(), none.stderr.as_str()), (0, 0, ""));
    for (bytes, told) in [
        ("", "pairs.csv, line 1: the table is empty"),
        ("\n\n", "pairs.csv, line 1: the table is empty"),
        ("name1\nKim\n", "pairs.csv, line 1: there is no column `schema`"),
        ("schema,name1,name2,Name2\n", "pairs.csv, line 1: there are two columns `name2`"),
    ] {
        let found = compare(bytes, "json");
        assert_eq!((found.code, found.stdout.as_str()), (3, ""), "{bytes:?}");
        assert!(found.stderr.contains(told), "{bytes:?}: {}", found.stderr);
    }
}
