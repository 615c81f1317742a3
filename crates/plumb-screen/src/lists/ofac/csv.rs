//! OFAC's CSV family: primary names, aliases, addresses and comments, without headers, told apart by their columns.
//!
//! The layouts are those of OFAC's "SDN data formats" (`dat_spec.txt`): 12 columns of names, 5 of aliases, 6 of addresses,
//! 2 of remarks that did not fit into the primary file. `-0-` is null.

use std::collections::{BTreeMap, BTreeSet};

use ::csv::StringRecord;

use super::links::Links;
use super::remarks;
use super::{AUTHORITY, programmes, schema};
use crate::lists::entry::{self, Entry};
use crate::lists::report::{Cause, Loss};
use crate::lists::table::{COMMA, rows};
use crate::lists::{Input, Reading};

/// OFAC cuts remarks at 1,000 characters and goes on in the comments file. What is shorter was not cut: the files are of
/// different days. Some characters are lost to quotation marks and spaces at the end.
const CUT_REMARKS: usize = 900;

/// A row and where it stands.
struct Row {
    file: String,
    line: Option<u64>,
    cells: Vec<String>,
}

impl Row {
    /// A cell, empty where it is null.
    fn cell(&self, place: usize) -> &str {
        let cell = self.cells.get(place).map_or("", |cell| cell.trim());
        if cell == "-0-" { "" } else { cell }
    }
}

/// The rows of all files; those that belong to an entry by its number.
#[derive(Default)]
struct Family {
    primary: Vec<Row>,
    aliases: BTreeMap<String, Vec<Row>>,
    addresses: BTreeMap<String, Vec<Row>>,
    comments: BTreeMap<String, Vec<Row>>,
}

/// Reads the files together.
pub(in crate::lists) fn read(files: Vec<Input>, reading: &mut Reading<'_>) {
    let mut family = Family::default();
    for mut file in files {
        reading.enter(&file);
        collect(&mut file, &mut family, reading);
        reading.leave(&file);
    }
    orphans(&mut family, reading);
    let links = names(&family, &reading.list.name);
    for row in std::mem::take(&mut family.primary) {
        reading.file = row.file.clone();
        reading.line = row.line;
        if let Some(entry) = entry(&row, &mut family, &links, reading) {
            reading.give(entry);
        }
    }
}

/// Sorts the rows of a file by their number of columns; the first row decides, so that a row with a comma too many is
/// refused and not taken for a row of another file.
fn collect(file: &mut Input, family: &mut Family, reading: &mut Reading<'_>) {
    let mut columns = None;
    rows(file, COMMA, reading, |row, reading| {
        // the mark that ended files in DOS
        if row.len() == 1 && row.get(0).is_some_and(|cell| matches!(cell.trim(), "\u{1a}" | "")) {
            return;
        }
        let expected = *columns.get_or_insert(row.len());
        let is_number = row.get(0).is_some_and(|cell| cell.trim().parse::<u64>().is_ok());
        if row.len() != expected {
            return reading.problem(Loss::Row, row.get(0), Cause::Cells { found: row.len(), expected });
        }
        if !is_number {
            return reading.problem(Loss::Row, row.get(0), Cause::NoId);
        }
        let row = keep(row, reading);
        let number = row.cell(0).to_owned();
        match expected {
            12 => family.primary.push(row),
            5 => family.aliases.entry(number).or_default().push(row),
            6 => family.addresses.entry(number).or_default().push(row),
            2 => family.comments.entry(number).or_default().push(row),
            _ => reading.problem(Loss::Row, Some(&number), Cause::NotOfFormat("one of OFAC's four tables".to_owned())),
        }
    });
}

fn keep(row: &StringRecord, reading: &Reading<'_>) -> Row {
    Row { file: reading.file.clone(), line: reading.line, cells: row.iter().map(str::to_owned).collect() }
}

/// Reports and drops the rows that belong to no entry.
fn orphans(family: &mut Family, reading: &mut Reading<'_>) {
    let known: BTreeSet<&str> = family.primary.iter().map(|row| row.cell(0)).collect();
    for rows in [&family.aliases, &family.addresses, &family.comments] {
        for row in rows.iter().filter(|(number, _)| !known.contains(number.as_str())).flat_map(|(_, rows)| rows) {
            reading.file = row.file.clone();
            reading.line = row.line;
            reading.problem(Loss::Row, None, Cause::Orphan(row.cell(0).to_owned()));
        }
    }
}

/// Who has which name, so that `Linked To:` can be followed.
fn names(family: &Family, dataset: &str) -> Links {
    let mut links = Links::default();
    for row in &family.primary {
        let id = entry::id(dataset, row.cell(0));
        links.name(row.cell(1), &id, schema(row.cell(2)));
        for alias in family.aliases.get(row.cell(0)).into_iter().flatten() {
            links.alias(alias.cell(3), &id, schema(row.cell(2)));
        }
    }
    links
}

fn entry(row: &Row, family: &mut Family, links: &Links, reading: &mut Reading<'_>) -> Option<Entry> {
    let (number, kind) = (row.cell(0), row.cell(2));
    let mut entry = Entry::new(&reading.list.name, number, schema(kind))?;
    let subject = &mut entry.subject;
    subject.add("name", row.cell(1));
    for alias in family.aliases.remove(number).unwrap_or_default() {
        subject.add(if alias.cell(2) == "fka" { "previousName" } else { "alias" }, alias.cell(3));
        subject.note(alias.cell(4));
    }
    for address in family.addresses.remove(number).unwrap_or_default() {
        let lines = [address.cell(2), address.cell(3), address.cell(4)];
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        subject.add("address", &lines.join(", "));
        subject.country("country", address.cell(4));
        subject.note(address.cell(5));
    }
    vessel(subject, row);
    subject.add_first(&["position", "notes"], row.cell(4));
    entry.sanction(AUTHORITY, "us", |sanction| {
        sanction.add("authorityId", number);
        sanction.add_all("program", programmes(row.cell(3)));
    });
    let text = remarks_of(row, family.comments.remove(number), reading);
    remarks::fill(&mut entry, &text, links);
    Some(entry)
}

fn vessel(subject: &mut crate::lists::entry::Draft, row: &Row) {
    for (place, property) in [(5, "callSign"), (6, "type"), (7, "tonnage"), (8, "grossRegisteredTonnage")] {
        subject.add_first(&[property], row.cell(place));
    }
    if !row.cell(9).is_empty() {
        if subject.has("flag") { subject.country("flag", row.cell(9)) } else { subject.country("country", row.cell(9)) }
    }
    if !row.cell(10).is_empty() {
        subject.note(&format!("Owner: {}", row.cell(10)));
    }
}

/// The remarks with what overflowed into the comments file.
fn remarks_of(row: &Row, comments: Option<Vec<Row>>, reading: &mut Reading<'_>) -> String {
    let mut text = row.cell(11).to_owned();
    for comment in comments.unwrap_or_default() {
        if text.len() < CUT_REMARKS {
            (reading.file, reading.line) = (comment.file.clone(), comment.line);
            let cause = Cause::NotOfFormat(
                "of the same day as the names: it goes on with remarks that were not cut".to_owned(),
            );
            reading.problem(Loss::Row, Some(row.cell(0)), cause);
            (reading.file, reading.line) = (row.file.clone(), row.line);
        } else {
            text.push_str(comment.cell(1));
        }
    }
    text
}
