//! Broken lists: whatever comes in, no reader may panic, and what is lost is told with its place.

use std::io::Cursor;
use std::path::Path;

use plumb_screen::lists::{Format, Input, List, Loss, detect};
use proptest::prelude::*;

use crate::samples;
use crate::support::{Read, read, values};

/// Reads bytes that may not even be an archive.
fn read_bytes(format: Format, name: &str, bytes: Vec<u8>) -> Option<Read> {
    let input = Input::new(name, Cursor::new(bytes)).ok()?;
    Some(read(format, &List::named("x"), vec![input]))
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn every_reader_survives_the_corpus() {
    let files = corpus();
    assert!(files.len() > 15, "the corpus was found");
    for (name, bytes) in files {
        let _format = detect(&bytes, &name);
        for format in Format::all() {
            let Some(read) = read_bytes(format, &name, bytes.clone()) else { continue };
            for problem in &read.report.problems {
                assert_eq!(problem.file, name);
                assert!(!problem.to_string().is_empty() && !problem.cause.hint().is_empty());
            }
        }
    }
}

#[test]
fn what_is_lost_is_told_with_its_place() {
    for (name, format, loss, line, said) in [
        ("entity_bomb.xml", Format::UnXml, Loss::Rest, 2, "DTD"),
        ("external_entity.xml", Format::OfacXml, Loss::Rest, 1, "DTD"),
        ("unknown_entity.xml", Format::OfacXml, Loss::Rest, 1, "`&nbsp;`"),
        ("crossed_tags.xml", Format::OfacXml, Loss::Rest, 1, "lastName"),
        ("cut.xml", Format::UnXml, Loss::Rest, 2, "ends inside"),
        ("attribute_twice.xml", Format::EuXml, Loss::Rest, 1, "duplicated"),
        ("odd_remarks.csv", Format::OfacCsv, Loss::Row, 2, "3 cells"),
        ("odd_remarks.csv", Format::OfacCsv, Loss::Record, 3, "twice"),
        ("odd_remarks.csv", Format::OfacCsv, Loss::Row, 4, "no id"),
        ("wrong_columns.csv", Format::Table, Loss::Rest, 1, "no column name"),
        ("wrong_columns.csv", Format::EuJournalCsv, Loss::Rest, 1, "programKey"),
        ("nul.csv", Format::Table, Loss::Record, 3, "no name"),
        ("nul.csv", Format::Table, Loss::Record, 4, "3 cells"),
        ("mixed_encodings.csv", Format::Table, Loss::Nothing, 2, "windows-1252"),
        ("lines.json", Format::FtmLines, Loss::Record, 2, "twice"),
        ("lines.json", Format::FtmLines, Loss::Record, 3, "no schema `Nothing`"),
        ("lines.json", Format::FtmLines, Loss::Record, 7, "EOF"),
    ] {
        let (_, bytes) = corpus().into_iter().find(|(known, _)| known == name).unwrap();
        let report = read_bytes(format, name, bytes).unwrap().report;
        let told = report
            .problems
            .iter()
            .any(|problem| problem.loss == loss && problem.line == Some(line) && problem.to_string().contains(said));
        assert!(told, "{name} as {format}: {:#?}", report.problems);
    }
}

#[test]
fn no_text_of_another_file_comes_in() {
    let (_, bytes) = corpus().into_iter().find(|(name, _)| name == "external_entity.xml").unwrap();
    assert!(read_bytes(Format::OfacXml, "x", bytes).unwrap().records.is_empty());
}

#[test]
fn a_bad_record_does_not_stop_the_rest() {
    let (_, bytes) = corpus().into_iter().find(|(name, _)| name == "lines.json").unwrap();
    let read = read_bytes(Format::FtmLines, "x", bytes).unwrap();
    assert_eq!(read.report.entries, 2);
    let mixed = corpus().into_iter().find(|(name, _)| name == "mixed_encodings.csv").unwrap().1;
    let read = read_bytes(Format::Table, "x", mixed).unwrap();
    assert_eq!(values(read.named("Café Pyongyang"), "country"), ["kp"]);
    assert_eq!(read.named("Ким Чол").entity.schema().name, "LegalEntity");
}

#[test]
fn long_names_are_cut_and_said_to_be() {
    let name = "조".repeat(100_000);
    let person = format!("{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"]}}}}");
    let un = format!(
        "<CONSOLIDATED_LIST><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>{name}</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>"
    );
    for (format, text) in [
        (Format::FtmLines, person),
        (Format::UnXml, un),
        (Format::Table, format!("name,dob\n{name},1950\n")),
        (Format::OfacCsv, format!("1,\"{name}\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n")),
    ] {
        let read = read_bytes(format, "x", text.into_bytes()).unwrap();
        assert_eq!((read.report.entries, read.losses()[3]), (1, 1), "{format}: {:#?}", read.report.problems);
        assert!(values(&read.records[0], "name")[0].chars().count() == 384);
    }
}

#[test]
fn depth_and_width_of_a_record_have_limits() {
    let deep = format!("<sdnList><sdnEntry>{}", "<a>".repeat(100_000));
    let wide = format!("<sdnList><sdnEntry>{}", "<a/>".repeat(200_000));
    let attributes: String = (0..500).map(|number| format!(" a{number}=\"x\"")).collect();
    let many = format!("<sdnList><sdnEntry{attributes}/></sdnList>");
    let json = "[".repeat(100_000);
    for (format, text, said) in [
        (Format::OfacXml, deep, "deeper"),
        (Format::OfacXml, wide, "elements"),
        (Format::OfacXml, many, "attributes"),
        (Format::FtmLines, json, "recursion limit"),
    ] {
        let report = read_bytes(format, "x", text.into_bytes()).unwrap().report;
        assert!(report.problems[0].to_string().contains(said), "{:?}", report.problems[0]);
    }
}

#[test]
fn a_list_cut_anywhere_loses_only_what_is_cut() {
    for (name, text, format) in samples::all() {
        let whole = read_bytes(format, name, text.into()).unwrap().report.entries;
        for length in (0..text.len()).step_by(7) {
            let Some(read) = read_bytes(format, name, text.as_bytes()[..length].to_vec()) else { continue };
            assert!(read.report.entries <= whole, "{name} cut at {length}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_on_changed_bytes(sample in 0_usize..14, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let (name, text, format) = samples::all().nth(sample).unwrap();
        let mut bytes = text.as_bytes().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _read = read_bytes(format, name, bytes);
    }

    #[test]
    fn no_reader_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _format = detect(&bytes, "a.csv");
        for format in Format::all() {
            let _read = read_bytes(format, "x", bytes.clone());
        }
    }
}
