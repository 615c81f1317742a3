//! Small made-up lists of every format that no real file of is at hand, as their publishers document them.

use std::io::Cursor;

use plumb_screen::lists::{Format, Input, List, detect};

use crate::support::{Read, read, values};

const SAMPLES: [(&str, &str, Format); 14] = [
    ("ofac.csv", include_str!("samples/ofac.csv"), Format::OfacCsv),
    ("ofac.xml", include_str!("samples/ofac.xml"), Format::OfacXml),
    ("ofac_advanced.xml", include_str!("samples/ofac_advanced.xml"), Format::OfacAdvancedXml),
    ("un.xml", include_str!("samples/un.xml"), Format::UnXml),
    ("eu.xml", include_str!("samples/eu.xml"), Format::EuXml),
    ("eu.csv", include_str!("samples/eu.csv"), Format::EuCsv),
    ("eu_journal.csv", include_str!("samples/eu_journal.csv"), Format::EuJournalCsv),
    ("uk_ofsi.csv", include_str!("samples/uk_ofsi.csv"), Format::UkCsv),
    ("uk.csv", include_str!("samples/uk.csv"), Format::UkCsv),
    ("uk.xml", include_str!("samples/uk.xml"), Format::UkXml),
    ("seco.xml", include_str!("samples/seco.xml"), Format::SecoXml),
    ("csl.csv", include_str!("samples/csl.csv"), Format::CslCsv),
    ("targets.simple.csv", include_str!("samples/targets.simple.csv"), Format::TargetsSimple),
    ("targets.nested.json", include_str!("samples/targets.nested.json"), Format::FtmLines),
];

/// Every sample with its name and format, for the tests that break them.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str, Format)> {
    SAMPLES.into_iter()
}

fn sample(name: &str) -> Read {
    let (name, text, format) = all().find(|(known, ..)| *known == name).unwrap();
    let read = read(format, &List::named("x"), vec![Input::new(name, Cursor::new(text)).unwrap()]);
    assert_eq!(read.losses()[..4], [0, 0, 0, 0], "{name}: {:#?}", read.report.problems);
    read
}

#[test]
fn formats_are_told_by_content() {
    for (name, text, format) in all() {
        assert_eq!(detect(text.as_bytes(), name), Some(format), "{name}");
    }
    assert_eq!(detect(b"name,country\nx,y\n", "a.csv"), Some(Format::Table));
    assert_eq!(detect(b"name,country\nx,y\n", "a.bin"), None);
    assert_eq!(detect(b"<html><body>Not found</body></html>", "sdn.xml"), None);
    assert_eq!(detect(b"", "a.csv"), None);
}

/// The samples tell of one person and one company; whatever the format, the same comes out.
#[test]
fn the_same_person_comes_out_of_every_format() {
    for (name, ..) in all() {
        let read = sample(name);
        let person = read.records.iter().find(|record| record.entity.schema().name == "Person");
        let person = person.unwrap_or_else(|| panic!("{name}: nobody"));
        let names: Vec<&str> = ["name", "alias"].into_iter().flat_map(|key| values(person, key)).collect();
        let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert!(folded.iter().any(|name| name.contains("hong") && name.contains("gil dong")), "{name}: {names:?}");
        assert_eq!(values(person, "birthDate"), ["1960-03-05"], "{name}");
        assert!(values(person, "topics").contains(&"sanction"), "{name}");
        let country = [values(person, "nationality"), values(person, "country")].concat();
        assert!(country.contains(&"kp"), "{name}: {country:?}");
        let sanctions = read.of(person.entity.id(), "Sanction");
        assert_eq!(sanctions.len(), 1, "{name}");
        assert!(!values(sanctions[0], "program").is_empty(), "{name}");
    }
}

#[test]
fn passports_and_weak_names_are_kept_apart() {
    for name in ["ofac.xml", "ofac_advanced.xml", "un.xml", "eu.xml", "eu.csv", "uk.csv", "uk.xml", "seco.xml"] {
        let read = sample(name);
        let person = read.records.iter().find(|record| record.entity.schema().name == "Person").unwrap();
        assert_eq!(values(person, "passportNumber"), ["A123456"], "{name}");
        assert_eq!(values(person, "weakAlias"), ["Red Cloud"], "{name}");
        assert_eq!(read.of(person.entity.id(), "Passport").len(), 1, "{name}");
    }
}

#[test]
fn links_lead_from_one_entry_to_the_other() {
    for (name, schema) in [
        ("ofac.csv", "UnknownLink"),
        ("ofac.xml", "UnknownLink"),
        ("ofac_advanced.xml", "Directorship"),
        ("seco.xml", "UnknownLink"),
    ] {
        let read = sample(name);
        let person = read.records.iter().find(|record| record.entity.schema().name == "Person").unwrap();
        let company = read.records.iter().find(|record| record.entity.schema().name == "Organization").unwrap();
        let links = read.of(person.entity.id(), schema);
        assert_eq!(links.len(), 1, "{name}: {:?}", read.schemata());
        let leads = links[0].entity.properties().values().flatten().any(|value| value == company.entity.id());
        assert!(leads, "{name}");
    }
}

#[test]
fn the_formats_of_one_publisher_give_the_same_ids() {
    let ids = |name: &str| -> Vec<String> {
        let matchable = sample(name).records.into_iter().filter(|record| record.is_matchable());
        matchable.map(|record| record.entity.id().to_owned()).collect()
    };
    assert_eq!(ids("ofac.csv"), ["x-101", "x-102"]);
    assert_eq!(ids("ofac.xml"), ids("ofac.csv"));
    assert_eq!(ids("ofac_advanced.xml"), ids("ofac.csv"));
    assert_eq!(ids("eu.csv"), ids("eu.xml"));
    assert_eq!(ids("uk.csv"), ids("uk.xml"));
}

#[test]
fn stated_dates_are_kept() {
    for (name, date) in [
        ("ofac.xml", "2026-07-02"),
        ("ofac_advanced.xml", "2026-07-02"),
        ("un.xml", "2026-02-27"),
        ("eu.xml", "2026-03-01"),
        ("eu.csv", "2026-03-01"),
        ("uk_ofsi.csv", "2026-05-17"),
        ("uk.csv", "2026-01-15"),
        ("uk.xml", "2026-01-15"),
        ("seco.xml", "2026-04-02"),
    ] {
        assert_eq!(sample(name).report.stated_date.as_deref(), Some(date), "{name}");
    }
}

#[test]
fn an_entry_of_the_un_that_never_changed_has_the_day_of_its_listing() {
    let listed = "<LISTED_ON>2016-03-02</LISTED_ON>";
    let changed = |days: &str| {
        let text = include_str!("samples/un.xml")
            .replace(listed, &format!("{listed}<LAST_DAY_UPDATED>{days}</LAST_DAY_UPDATED>"));
        let read = read(Format::UnXml, &List::named("x"), vec![Input::new("x", Cursor::new(text)).unwrap()]);
        read.records.first().unwrap().last_change.clone()
    };
    for (days, day) in [
        ("<VALUE/>", "2016-03-02"),
        ("<VALUE>none</VALUE>", "2016-03-02"),
        ("<VALUE>2020-07-01</VALUE><VALUE>2018-01-01</VALUE>", "2020-07-01"),
    ] {
        assert_eq!(changed(days).as_deref(), Some(format!("{day}T00:00:00").as_str()), "{days}");
    }
}

#[test]
fn packed_and_differently_encoded_lists_are_read() {
    let text = include_str!("samples/un.xml");
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let packed = gzip(text.as_bytes());
    for bytes in [wide, packed] {
        assert_eq!(detect(&bytes, "x"), Some(Format::UnXml));
        let read = read(Format::UnXml, &List::named("x"), vec![Input::new("x", Cursor::new(bytes)).unwrap()]);
        assert_eq!(read.report.entries, 2);
    }
}

#[test]
fn names_to_be_screened_stay_though_their_ids_repeat() {
    let line = |name: &str| format!(r#"{{"id": "7", "schema": "Person", "properties": {{"name": ["{name}"]}}}}"#);
    let lines = [line("Kim Chol"), line("Pak Chol"), line("Ri Chol (a.k.a. Lee Chol)")].join("\n");
    for (keeps_repeats, ids) in [(true, vec!["7", "7-2", "7-3"]), (false, vec!["7"])] {
        let list = List { keeps_repeats, ..List::named("row") };
        let files = vec![Input::new("names.jsonl".to_owned(), Cursor::new(lines.clone())).unwrap()];
        let read = read(Format::FtmLines, &list, files);
        assert_eq!(read.records.iter().map(|record| record.entity.id()).collect::<Vec<_>>(), ids);
        assert_eq!(read.losses().iter().sum::<u64>(), 3 - ids.len() as u64);
        if keeps_repeats {
            assert_eq!(values(read.records.get(2).unwrap(), "alias"), ["Lee Chol"]);
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Acts of the EU count the values of a field, and print who issued a number behind it.
#[test]
fn counted_values_and_numbers_with_remarks_are_read() {
    let text = "programKey,schema,name,birthDate,nationality,passportNumber\n\
                EU-X,Person,Mozart (aliases: Wolferl),\"(a) 27.1.1756, (b) 1757\",\"(a) Austrian; (b) German\",\
                \"(a) M408665 (Austrian passport, issued on 4.10.1770 by the Embassy in Rome, which expired in 1775)\"\n";
    let file = Input::new("act.csv", Cursor::new(text)).unwrap();
    let read = read(Format::EuJournalCsv, &List::named("x"), vec![file]);
    assert_eq!(read.losses()[..4], [0, 0, 0, 0], "{:#?}", read.report.problems);
    let person = read.named("Mozart");
    assert_eq!(values(person, "birthDate"), ["1756-01-27", "1757"]);
    assert_eq!(values(person, "nationality"), ["at", "de"]);
    assert_eq!(values(person, "passportNumber"), ["M408665"]);
    assert_eq!(values(person, "weakAlias"), ["Wolferl"]);
}
