//! What an index promises: it finds, filters and links, and refuses what is not whole.

use std::fs;

use plumb_screen::Record;
use plumb_screen::index::{Builder, Filters, Index, IndexError, Match, Searched, VERSION, Wanted, Workspace, rank};
use plumb_screen::score::{Scorer, THRESHOLD};

use super::{profile, record};

fn records() -> Vec<Record> {
    let mut petrov = record("p-1", "Person", &[("name", "Ivan Petrov"), ("nationality", "ru"), ("topics", "sanction")]);
    petrov.last_change = Some("2026-03-01T00:00:00".to_owned());
    petrov.referents = vec!["old-1".to_owned()];
    let mut other = record("p-2", "Person", &[("name", "Ivan Petrov"), ("nationality", "by"), ("topics", "role.pep")]);
    other.datasets = vec!["other".to_owned()];
    let company = record(
        "c-1",
        "Company",
        &[("name", "Chilsong Trading Corporation"), ("alias", "칠성무역회사"), ("country", "kp")],
    );
    let owner = record("o-1", "Ownership", &[("owner", "p-1"), ("asset", "c-1")]);
    vec![petrov, other, company, owner]
}

fn builder() -> Builder {
    builder_of(&records())
}

fn builder_of(records: &[Record]) -> Builder {
    let mut builder = Builder::default();
    for record in records {
        builder.add(record).unwrap();
    }
    builder
}

fn bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    builder().write(&mut bytes).unwrap();
    bytes
}

fn ids(index: &Index, name: &str, filters: &Filters<'_>) -> Vec<String> {
    let (scorer, mut workspace) = (Scorer::built_in().unwrap(), Workspace::default());
    let query = profile("LegalEntity", &[("name", name)]);
    let matches = index.search(&scorer, &query, THRESHOLD, 10, filters, &mut workspace);
    matches.iter().map(|found| index.id(found.record).unwrap().to_owned()).collect()
}

/// Names are stored with places in this table: whoever makes it anew must give the index another version.
#[test]
fn a_new_table_of_variants_needs_a_new_version() {
    let table = include_bytes!("../../../plumb-names/data/variants.bin");
    assert_eq!((VERSION, xxhash_rust::xxh3::xxh3_64(table)), (14, 0x3030_0c2c_a9e0_e695));
}

#[test]
fn filters_say_which_records_count() {
    let index = builder().in_memory().unwrap();
    let all = Filters::default();
    assert_eq!(ids(&index, "Petrov, Ivan", &all), ["p-1", "p-2"]);
    assert_eq!(ids(&index, "Nobody Whatever", &all), [""; 0]);
    let cases = [
        (Filters { datasets: &["other"], ..all.clone() }, "p-2"),
        (Filters { without_datasets: &["other"], ..all.clone() }, "p-1"),
        (Filters { topics: &["sanction"], ..all.clone() }, "p-1"),
        (Filters { countries: &["by"], ..all.clone() }, "p-2"),
        (Filters { changed_since: Some("2026-02"), ..all.clone() }, "p-1"),
        (Filters { without_ids: &["old-1"], ..all.clone() }, "p-2"),
    ];
    for (filters, expected) in cases {
        assert_eq!(ids(&index, "Ivan Petrov", &filters), [expected], "{filters:?}");
    }
    for filters in [
        Filters { datasets: &["nowhere"], ..all.clone() },
        Filters { schema: Some("Company"), ..all.clone() },
        Filters { without_schemata: &["LegalEntity"], ..all.clone() },
    ] {
        assert_eq!(ids(&index, "Ivan Petrov", &filters), [""; 0], "{filters:?}");
    }
}

#[test]
fn records_are_found_by_id_word_and_link() {
    let index = builder().in_memory().unwrap();
    assert_eq!((index.record_of("p-1"), index.record_of("old-1"), index.record_of("none")), (Some(0), Some(0), None));
    let json: serde_json::Value = serde_json::from_str(index.record(2).unwrap()).unwrap();
    assert_eq!(json["properties"]["alias"][0], "칠성무역회사");
    let found = |text| index.find(text, &Filters::default()).iter().map(|found| found.record).collect::<Vec<_>>();
    assert_eq!(found("chilsong tra"), [2]);
    assert_eq!(found("PETROV"), [0, 1]);
    assert_eq!(found("petrov chilsong"), [0; 0]);
    assert_eq!(found("").len(), 3);
    let links =
        |record| index.links(record).iter().map(|link| (link.property, link.reverse, link.record)).collect::<Vec<_>>();
    assert_eq!(links(3), [("asset", false, 2), ("owner", false, 0)]);
    assert_eq!(links(0), [("owner", true, 3)]);
}

#[test]
fn the_same_records_give_the_same_bytes_and_a_file_gives_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    let one = folder.path().join("list.index");
    fs::write(&one, bytes()).unwrap();
    assert_eq!(fs::read(&one).unwrap(), bytes());
    let (mapped, memory) = (Index::open(&one).unwrap(), builder().in_memory().unwrap());
    assert_eq!(ids(&mapped, "Ivan Petrov", &Filters::default()), ids(&memory, "Ivan Petrov", &Filters::default()));
    assert_eq!((mapped.len(), mapped.inputs()), (4, memory.inputs()));
}

#[test]
fn a_file_that_is_not_whole_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.index");
    let whole = bytes();
    for place in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x20;
        fs::write(&path, &bytes).unwrap();
        assert!(Index::open(&path).is_err(), "a changed byte at {place} was not seen");
    }
    for length in [0, 3, 24, 40, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(Index::open(&path).is_err(), "{length} bytes were taken for whole");
    }
    let mut older = whole.clone();
    older[8] = 0xfe;
    fs::write(&path, &older).unwrap();
    let error = Index::open(&path).unwrap_err();
    assert!(matches!(error, IndexError::OtherVersion { .. }) && error.to_string().contains("Hint"), "{error}");
    fs::write(&path, "name,alias\nKim Chol,\nand so on and on").unwrap();
    assert!(matches!(Index::open(&path), Err(IndexError::NotAnIndex(_))));
}

#[test]
fn several_indexes_give_what_one_of_all_records_gives() {
    let index = |records: &[Record]| builder_of(records).in_memory().unwrap();
    let (first, second, all) = (index(&records()), index(&others()), index(&[records(), others()].concat()));
    let (scorer, mut workspace) = (Scorer::built_in().unwrap(), Workspace::default());
    let wanted = Wanted::new(0.1, 10);
    let mut scores = |searched: &[Searched<'_>], name: &str| {
        let query = profile("LegalEntity", &[("name", name)]);
        let found = rank(searched, &scorer, &query, &wanted, &mut workspace);
        let id = |found: &Match| searched[found.source].index.id(found.record).unwrap().to_owned();
        (found.matches.iter().map(|found| (id(found), found.score.score)).collect::<Vec<_>>(), found.total)
    };
    let searched = |index| Searched { index, filters: Filters::default() };
    for name in ["Ivan Petrov", "Petrov", "Chilsong General Trading", "칠성무역", "Nobody Whatever"] {
        let one = scores(&[searched(&all)], name);
        assert_eq!(scores(&[searched(&first), searched(&second)], name), one, "{name}");
        assert_eq!(one.0.is_empty(), name == "Nobody Whatever", "{name}");
    }
    let only_first = Filters { datasets: &["nowhere"], ..Filters::default() };
    let narrowed = [searched(&first), Searched { index: &second, filters: only_first }];
    assert_eq!(scores(&narrowed, "Ivan Petrov"), scores(&[searched(&first)], "Ivan Petrov"));
}

fn others() -> Vec<Record> {
    vec![
        record("q-1", "Person", &[("name", "Petrov Ivan Ivanovich")]),
        record("q-2", "Person", &[("name", "Piotr Petrov"), ("nationality", "ru")]),
        record("d-1", "Company", &[("name", "Chilsong General Trading"), ("country", "kp")]),
    ]
}
