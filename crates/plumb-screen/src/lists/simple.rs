//! OpenSanctions' `targets.simple.csv`: one row a target, several values in a cell separated by semicolons.

use super::dates::Order;
use super::entry::Draft;
use super::report::{Cause, Loss, shown};
use super::table::{COMMA, Header, rows, split_cell};
use super::{Input, Reading};
use crate::Record;

/// Reads a file. The ids are those of OpenSanctions, which are the same in its other files.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let mut header = None;
    rows(file, COMMA, reading, |row, reading| {
        let Some(header) = &header else {
            header = Header::expect(row, &["id", "schema", "name"], reading);
            return;
        };
        if !header.fits(row, reading) {
            return;
        }
        target(&|column| header.cell(row, column), reading);
    });
}

fn target<'r>(cell: &impl Fn(&str) -> &'r str, reading: &mut Reading<'_>) {
    let (id, schema) = (cell("id"), cell("schema"));
    if id.is_empty() {
        return reading.problem(Loss::Record, None, Cause::NoId);
    }
    let Some(mut draft) = Draft::new(id.to_owned(), schema) else {
        return reading.problem(Loss::Record, Some(id), Cause::NoSchema(shown(schema)));
    };
    draft.add("name", cell("name"));
    fill(&mut draft, cell);
    if !draft.is_named() {
        return reading.problem(Loss::Record, Some(id), Cause::NoName);
    }
    if !reading.ids.insert(id.to_owned()) {
        return reading.problem(Loss::Record, Some(id), Cause::SameId);
    }
    let sanctions = split_cell(cell("sanctions"));
    if !sanctions.is_empty() {
        draft.add("topics", "sanction");
    }
    let moment = |column: &str| Some(cell(column).to_owned()).filter(|moment| !moment.is_empty());
    let (first_seen, last_seen, last_change) = (moment("first_seen"), moment("last_seen"), moment("last_change"));
    let mut datasets = split_cell(cell("dataset"));
    if datasets.is_empty() {
        datasets.push(reading.list.name.clone());
    }
    reading.report.entries += 1;
    let drafts = std::iter::once(draft).chain(sanction_drafts(id, &sanctions));
    for draft in drafts {
        for (loss, cause) in draft.problems {
            reading.problem(loss, Some(id), cause);
        }
        let record = Record::new(draft.entity, &reading.list.name);
        let (first_seen, last_seen, last_change) = (first_seen.clone(), last_seen.clone(), last_change.clone());
        reading.pass(Record { datasets: datasets.clone(), first_seen, last_seen, last_change, ..record });
    }
}

fn fill<'r>(draft: &mut Draft, cell: &impl Fn(&str) -> &'r str) {
    for (column, properties) in [
        ("aliases", ["alias"]),
        ("addresses", ["address"]),
        ("phones", ["phone"]),
        ("emails", ["email"]),
        ("program_ids", ["programId"]),
    ] {
        for value in &split_cell(cell(column)) {
            draft.add_first(&properties, value);
        }
    }
    for date in &split_cell(cell("birth_date")) {
        match ["birthDate", "incorporationDate", "buildDate"].into_iter().find(|property| draft.has(property)) {
            Some(property) => draft.date(property, date, Order::DayFirst),
            None => draft.note(date),
        }
    }
    for code in &split_cell(cell("countries")) {
        draft.country("country", code);
    }
    for number in &split_cell(cell("identifiers")) {
        let is_imo = number.to_uppercase().starts_with("IMO");
        let properties: &[&str] =
            if is_imo { &["imoNumber", "idNumber"] } else { &["idNumber", "registrationNumber", "publicKey"] };
        draft.add_first(properties, number);
    }
}

/// The sanctions, of which the file tells no more than a line each.
fn sanction_drafts(id: &str, sanctions: &[String]) -> Vec<Draft> {
    let numbered = sanctions.iter().zip(1..);
    numbered
        .filter_map(|(words, number)| {
            let own = plumb_core::ftm::entity::id(&[id, "sanction", &format!("{number}")]);
            let mut sanction = Draft::new(own, "Sanction")?;
            sanction.add("entity", id);
            sanction.add("program", words);
            Some(sanction)
        })
        .collect()
}
