//! Reads the data that weights are learnt from and figures are taken on.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use plumb_screen::Record;
use plumb_screen::lists::{self, Format, Input, List, Report};
use plumb_screen::train::corpus::{Corpus, NameGroup};
use sha2::{Digest, Sha256};

/// The lists: short name, format, files.
const LISTS: &[(&str, Format, &[&str])] = &[
    (
        "ofac-sdn",
        Format::OfacCsv,
        &["ofac-sdn/sdn_2024-07-02.csv.zst", "ofac-sdn/alt_2025-12.csv.zst", "ofac-sdn/add_2025-12.csv.zst"],
    ),
    ("ofac-nonsdn", Format::OfacCsv, &["ofac-sdn/nonsdn-2025-12"]),
    ("un-sc", Format::UnXml, &["un-sc/UN_consolidated_2026-02-27.xml.zst"]),
    ("eu-journal", Format::EuJournalCsv, &["eu-journal/consolidated"]),
    ("us-csl", Format::CslCsv, &["us-csl/csl_part_2023-11.csv.zst"]),
];

/// The corpus of a data folder, and the SHA-256 of its files in hex.
pub(crate) fn corpus(folder: &Path) -> Result<(Corpus, String), Box<dyn Error>> {
    let mut hash = Sha256::new();
    let records = records(folder, Some(&mut hash))?;
    let groups = text(&folder.join("rigour-resources/person_names_dev80.txt.zst"), Some(&mut hash))?;
    let register = text(&folder.join("gleif-names/gleif_names.csv.zst"), Some(&mut hash))?;
    let mut companies = Vec::new();
    for row in csv::Reader::from_reader(register.as_bytes()).records() {
        companies.extend(row?.get(1).map(str::to_owned));
    }
    let groups = groups.lines().filter_map(NameGroup::read).collect();
    let records = records.into_iter().filter(Record::is_matchable).collect();
    let inputs = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((Corpus { records, groups, companies }, inputs))
}

/// All records of the lists of a data folder.
pub(crate) fn records(folder: &Path, mut hash: Option<&mut Sha256>) -> Result<Vec<Record>, Box<dyn Error>> {
    let mut records = Vec::new();
    for (name, format, files) in LISTS {
        let mut inputs = Vec::new();
        for path in files.iter().flat_map(|file| expand(&folder.join(file))) {
            if let Some(hash) = hash.as_deref_mut() {
                hash.update(fs::read(&path)?);
            }
            inputs.push(Input::new(path.display().to_string(), File::open(&path)?)?);
        }
        let mut report = Report::default();
        lists::read(*format, &List::named(name), inputs, &mut report, &mut |record| records.push(record));
    }
    Ok(records)
}

/// A folder stands for its files.
fn expand(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn text(path: &Path, hash: Option<&mut Sha256>) -> Result<String, Box<dyn Error>> {
    if let Some(hash) = hash {
        hash.update(fs::read(path)?);
    }
    let mut text = String::new();
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(BufReader::new(File::open(path)?))?;
    decoder.read_to_string(&mut text)?;
    Ok(text)
}
