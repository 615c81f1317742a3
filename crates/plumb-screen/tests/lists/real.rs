//! The real lists: how many records come out of each, what is refused, and that known entries are whole.
//!
//! The counts are those of `../shared/data/README.md`, which were taken independently of these readers. `SHOW_LISTS=1`
//! prints every problem of every list.

use plumb_screen::lists::{Format, List};

use crate::support::{Read, read, shared, values};

fn real(format: Format, name: &str, paths: &[&str]) -> Option<Read> {
    let read = read(format, &List::named(name), shared(paths)?);
    if std::env::var_os("SHOW_LISTS").is_some() {
        for problem in &read.report.problems {
            eprintln!("{problem}");
        }
        eprintln!("{name}: entries {}, {:?}, {:?}", read.report.entries, read.schemata(), read.losses());
    }
    assert!(read.report.problems.iter().all(|problem| problem.line.is_some()), "every problem has its line");
    Some(read)
}

/// How many records of a schema there are.
fn count(read: &Read, schema: &str) -> usize {
    read.schemata().get(schema).copied().unwrap_or(0)
}

#[test]
fn ofac_files_of_one_day_fit_together() {
    let files = ["sdn", "alt", "add", "sdn_comments"].map(|name| format!("ofac-sdn/full-2021-07/{name}.csv.zst"));
    let Some(read) = real(Format::OfacCsv, "ofac-sdn", &files.each_ref().map(String::as_str)) else { return };
    assert_eq!((read.report.entries, read.report.refused()), (8_976, 0));
    let komid = read.named("KOREA MINING DEVELOPMENT TRADING CORPORATION");
    assert_eq!((komid.entity.id(), values(komid, "weakAlias")), ("ofac-sdn-9345", vec!["KOMID"]));
    assert!(values(komid, "alias").contains(&"CHANGGWANG SINYONG CORPORATION"), "{:?}", values(komid, "alias"));
    assert_eq!(values(komid, "country"), ["kp", "cn", "ru", "ir", "sy"], "it has offices abroad");
    let sanction = read.of("ofac-sdn-9345", "Sanction")[0];
    assert_eq!(values(sanction, "program"), ["NPWMD", "DPRK2"]);
    assert!(values(sanction, "provisions")[0].starts_with("Secondary sanctions risk:"));
}

#[test]
fn ofac_files_of_different_days_are_joined_and_orphans_told() {
    let files = ["ofac-sdn/sdn_2024-07-02.csv.zst", "ofac-sdn/alt_2024-01.csv.zst", "ofac-sdn/add_2024-01.csv.zst"];
    let Some(read) = real(Format::OfacCsv, "ofac-sdn", &files) else { return };
    let [persons, bodies, vessels, aircraft] =
        ["Person", "Organization", "Vessel", "Airplane"].map(|schema| count(&read, schema));
    assert_eq!((persons, bodies, vessels, aircraft), (6_927, 7_270, 872, 374));
    // aliases and addresses that there are, without those that have their entry
    assert_eq!(read.losses()[..3], [0, 0, (17_091 + 18_990) - (17_008 + 18_720)]);
    let kim = read.named("KIM, Yong Chol");
    assert_eq!(values(kim, "birthDate"), ["1947", "1946"]);
    assert_eq!(values(kim, "birthPlace"), ["Pyongan-Pukto, North Korea"]);
    assert_eq!(read.named("CHILSONG TRADING CORPORATION").entity.id(), "ofac-sdn-39500");
    let o = read.named("O, Kuk-Ryol");
    let commission = read.named("NATIONAL DEFENSE COMMISSION");
    assert_eq!(values(read.of(o.entity.id(), "UnknownLink")[0], "object"), [commission.entity.id()]);
    let programmes = read.records.iter().filter(|record| {
        record.entity.schema().name == "Sanction"
            && values(record, "program").iter().any(|name| name.starts_with("DPRK"))
    });
    assert_eq!(programmes.count(), 489);
}

#[test]
fn the_un_list_is_whole() {
    let Some(read) = real(Format::UnXml, "un-sc", &["un-sc/UN_consolidated_2026-02-27.xml.zst"]) else { return };
    assert_eq!(["Person", "Organization", "Sanction"].map(|schema| count(&read, schema)), [730, 273, 1_003]);
    assert_eq!((read.report.refused(), read.report.stated_date.as_deref()), (0, Some("2026-02-27")));
    let of_programme = |schema: &str| {
        let subjects = read.records.iter().filter(|record| record.entity.schema().name == schema);
        let listed = subjects.filter(|record| {
            read.of(record.entity.id(), "Sanction").iter().any(|sanction| values(sanction, "program") == ["DPRK"])
        });
        listed.count()
    };
    assert_eq!((of_programme("Person"), of_programme("Organization")), (80, 75));
    let komid = read.named("KOREA MINING DEVELOPMENT TRADING CORPORATION");
    let sanction = read.of(komid.entity.id(), "Sanction")[0];
    assert_eq!((values(sanction, "unscId"), values(sanction, "listingDate")), (vec!["KPe.001"], vec!["2009-04-24"]));
    assert!(values(read.named("KIM KWANG-IL"), "topics").contains(&"sanction"));
}

#[test]
fn the_eu_regulation_on_the_dprk_is_whole() {
    let Some(read) = real(Format::EuJournalCsv, "eu-fsf", &["eu-journal/consolidated/32017R1509.csv.zst"]) else {
        return;
    };
    assert_eq!((read.report.refused(), count(&read, "Sanction"), count(&read, "Person")), (0, 326, 157));
    let pak = read.named("PAK In Su");
    assert_eq!((values(pak, "birthDate"), values(pak, "alias")), (vec!["1957-05-22"], vec!["Daniel Pak", "박인수"]));
    assert_eq!(values(read.named("RUNG RA 2"), "imoNumber"), ["9020534"]);
    assert_eq!(values(read.of(pak.entity.id(), "Sanction")[0], "startDate"), ["2018-01-22"]);
}

#[test]
fn the_part_of_the_screening_list_is_read_to_its_cut_end() {
    let Some(read) = real(Format::CslCsv, "us-csl", &["us-csl/csl_part_2023-11.csv.zst"]) else { return };
    // 7 entries stand on two of its lists; the row at the end is cut
    assert_eq!((read.report.entries, count(&read, "Sanction"), read.report.refused()), (4_219, 4_226, 1));
    assert_eq!(values(read.named("China Telecom Corporation Limited"), "uscCode"), ["9111000071093019X7"]);
}

#[test]
fn ftm_samples_are_read() {
    for (path, records) in [
        ("nk_donations.ijson", 474),
        ("yente_parteispenden.ftm.json", 475),
        ("yente_t1.ftm.json", 7),
        ("yente_zala.ftm.json", 91),
    ] {
        let Some(read) = real(Format::FtmLines, "own", &[&format!("ftm-samples/{path}")]) else { return };
        assert_eq!((read.records.len(), read.report.refused()), (records, 0), "{path}");
    }
}

#[test]
fn a_table_of_another_origin_is_read_by_guessing() {
    let Some(read) = real(Format::Table, "dpl", &["us-csl/bis_denied_persons.txt.zst"]) else { return };
    assert_eq!(read.report.entries + read.report.refused(), 546);
}
