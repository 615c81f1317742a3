//! OpenSanctions' transcription of the EU's Official Journal: one CSV file a regulation, one row for each entity in each legal
//! context. Rows that print the same entity become one record with several sanctions.

use csv::StringRecord;
use sha2::{Digest as _, Sha256};

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::gathering::Gathering;
use super::report::{Cause, Loss};
use super::table::{COMMA, Header, rows, split_cell};
use super::told::parts;
use super::{Input, Reading};

/// The authority as sanctions name it.
const AUTHORITY: &str = "Council of the European Union";

/// Columns of the entity that are names, numbers or words as they stand.
const PLAIN: [&str; 30] = [
    "name",
    "alias",
    "weakAlias",
    "previousName",
    "birthPlace",
    "position",
    "passportNumber",
    "appearance",
    "ethnicity",
    "fatherName",
    "motherName",
    "legalForm",
    "sector",
    "registrationNumber",
    "taxNumber",
    "idNumber",
    "innCode",
    "ogrnCode",
    "kppCode",
    "okpoCode",
    "leiCode",
    "swiftBic",
    "ticker",
    "imoNumber",
    "mmsi",
    "address",
    "phone",
    "email",
    "website",
    "notes",
];

/// Columns that hold countries.
const COUNTRIES: [&str; 4] = ["country", "nationality", "jurisdiction", "flag"];

/// Columns that hold dates.
const DATES: [&str; 2] = ["birthDate", "incorporationDate"];

/// Columns of numbers, behind which the acts print who issued them and when: `M408665 (Tunisian passport, issued on 4.10.2000)`.
const NUMBERS: [&str; 4] = ["passportNumber", "registrationNumber", "taxNumber", "idNumber"];

/// What tells one entity from another when the same name stands twice.
const IDENTITY: [&str; 6] = ["schema", "name", "birthDate", "imoNumber", "registrationNumber", "passportNumber"];

/// Reads the files together: the same entity may stand under several regulations.
pub(super) fn read(files: Vec<Input>, reading: &mut Reading<'_>) {
    let mut entries = Gathering::default();
    for mut file in files {
        reading.enter(&file);
        let mut header = None;
        rows(&mut file, COMMA, reading, |row, reading| {
            let Some(header) = &header else {
                header = Header::expect(row, &["programKey", "schema", "name"], reading);
                return;
            };
            if !header.fits(row, reading) {
                return;
            }
            let key = identity(header, row);
            let entry = entries.entry(&key, reading, |reading| start(&key, header, row, reading));
            if let Some(entry) = entry {
                fill(entry, header, row);
            }
        });
        reading.leave(&file);
    }
    entries.give(reading);
}

/// A short hash of what the journal prints of an entity's identity; the journal gives no number that stays.
fn identity(header: &Header, row: &StringRecord) -> String {
    let mut hash = Sha256::new();
    for column in IDENTITY {
        hash.update(header.cell(row, column).to_lowercase().as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn start(key: &str, header: &Header, row: &StringRecord, reading: &mut Reading<'_>) -> Option<Entry> {
    let schema = header.cell(row, "schema");
    let entry = Entry::new(&reading.list.name, key, schema);
    if entry.is_none() {
        reading.problem(Loss::Record, Some(header.cell(row, "name")), Cause::NoSchema(super::report::shown(schema)));
    }
    entry
}

/// The values of a cell: counted as the act prints them, `(a) 3.3.1965, (b) 1.1.1965`, or separated by semicolons.
fn values(cell: &str) -> Vec<String> {
    parts(cell).into_iter().flat_map(split_cell).collect()
}

/// A number without what stands in brackets behind it, which is kept as a note: together they would equal no number that is asked for.
fn number(subject: &mut Draft, column: &str, value: &str) {
    let alone = value.split_once(" (").map(|(number, _)| number.trim());
    match alone.filter(|number| number.contains(|sign: char| sign.is_ascii_digit())) {
        Some(number) => {
            subject.add_first(&[column], number);
            subject.note(&format!("{column}: {value}"));
        }
        None => subject.add_first(&[column], value),
    }
}

fn fill(entry: &mut Entry, header: &Header, row: &StringRecord) {
    let subject = &mut entry.subject;
    for column in PLAIN {
        let cell = header.cell(row, column);
        match column {
            "name" => subject.add("name", cell),
            _ => values(cell).iter().for_each(|value| match column {
                "website" => subject.website(value),
                _ if NUMBERS.contains(&column) => number(subject, column, value),
                _ => subject.add_first(&[column], value),
            }),
        }
    }
    for column in COUNTRIES {
        for value in &values(header.cell(row, column)) {
            subject.country(column, value);
        }
    }
    for column in DATES {
        for value in &values(header.cell(row, column)) {
            subject.date(column, value, Order::DayFirst);
        }
    }
    if subject.has("gender") {
        subject.gender(header.cell(row, "gender"));
    }
    entry.sanction(AUTHORITY, "eu", |sanction| {
        sanction.add("program", header.cell(row, "programKey"));
        sanction.add("programId", header.cell(row, "programKey"));
        sanction.add("provisions", header.cell(row, "measure"));
        sanction.add("reason", header.cell(row, "reason"));
        sanction.add("authorityId", header.cell(row, "recordId"));
        let act = ["amendedCelex", "celex"].iter().map(|column| header.cell(row, column)).find(|act| !act.is_empty());
        let annex = header.cell(row, "annex");
        let annex = if annex.is_empty() { String::new() } else { format!(", annex {annex}") };
        sanction.add("recordId", &format!("{}{annex}", act.unwrap_or_default()));
        sanction.date("startDate", header.cell(row, "startDate"), Order::DayFirst);
    });
}
