//! The real lists: how many records come out of each, what is refused, and that known entries are whole.

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
    Some(read)
}

#[test]
fn ofac_files_of_one_day_fit_together() {
    let files = ["sdn", "alt", "add", "sdn_comments"].map(|name| format!("ofac-sdn/full-2021-07/{name}.csv.zst"));
    let Some(read) = real(Format::OfacCsv, "ofac-sdn", &files.each_ref().map(String::as_str)) else { return };
    assert_eq!(read.report.entries, 8_976);
}

#[test]
fn ofac_files_of_different_days_are_joined_and_orphans_told() {
    let files = ["ofac-sdn/sdn_2024-07-02.csv.zst", "ofac-sdn/alt_2024-01.csv.zst", "ofac-sdn/add_2024-01.csv.zst"];
    let Some(read) = real(Format::OfacCsv, "ofac-sdn", &files) else { return };
    assert_eq!(read.report.entries, 15_443);
    let kim = read.named("KIM, Yong Chol");
    assert_eq!(values(kim, "birthDate"), ["1947", "1946"]);
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
fn the_un_list_is_whole() {
    let Some(read) = real(Format::UnXml, "un-sc", &["un-sc/UN_consolidated_2026-02-27.xml.zst"]) else { return };
    let schemata = read.schemata();
    assert_eq!((schemata["Person"], schemata["Organization"], schemata["Sanction"]), (730, 273, 1_003));
    assert_eq!(read.report.stated_date.as_deref(), Some("2026-02-27"));
}

#[test]
fn the_eu_regulation_on_the_dprk_is_whole() {
    let Some(read) = real(Format::EuJournalCsv, "eu-fsf", &["eu-journal/consolidated/32017R1509.csv.zst"]) else {
        return;
    };
    assert_eq!(read.schemata()["Sanction"], 326);
}

#[test]
fn the_part_of_the_screening_list_is_read_to_its_cut_end() {
    let Some(read) = real(Format::CslCsv, "us-csl", &["us-csl/csl_part_2023-11.csv.zst"]) else { return };
    assert_eq!((read.report.entries, read.schemata()["Sanction"]), (4_219, 4_226));
    assert_eq!(read.report.refused(), 1, "the last row is cut");
}
