//! The US Consolidated Screening List of the International Trade Administration, as CSV: lists of three departments in one
//! table.

use super::Input;
use super::Reading;
use super::dates::Order;
use super::entry::{Draft, Entry};
use super::gathering::Gathering;
use super::ofac;
use super::report::{Cause, Loss};
use super::table::{COMMA, Header, rows};

/// Reads a file.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let mut header = None;
    let mut entries = Gathering::default();
    rows(file, COMMA, reading, |row, reading| {
        let Some(header) = &header else {
            header = Header::expect(row, &["_id", "source", "name", "programs"], reading);
            return;
        };
        if row.get(0) == Some("_id") {
            let cause = Cause::Mended("a second header, left out: the file was pasted together".to_owned());
            return reading.problem(Loss::Nothing, None, cause);
        }
        if !header.fits(row, reading) {
            return;
        }
        let cell = |column: &str| header.cell(row, column);
        if cell("_id").is_empty() {
            return reading.problem(Loss::Record, None, Cause::NoId);
        }
        let kind = cell("type");
        // the lists of the Department of Commerce do not say what an entry is
        let schema = if kind.is_empty() { "LegalEntity" } else { ofac::schema(kind) };
        // who is on several lists has a row for each
        let entry = entries.entry(cell("_id"), reading, |reading| Entry::new(&reading.list.name, cell("_id"), schema));
        if let Some(entry) = entry {
            subject(&mut entry.subject, &cell);
            listing(entry, &cell);
        }
    });
    entries.give(reading);
}

/// The values of a cell, separated by semicolons.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|value| !value.is_empty())
}

fn subject<'r>(subject: &mut Draft, cell: &impl Fn(&str) -> &'r str) {
    subject.add("name", cell("name"));
    subject.add_all("alias", values(cell("alt_names")));
    subject.add_all("address", values(cell("addresses")));
    for address in values(cell("addresses")) {
        // an address ends with the code of its country
        let code = address.rsplit(", ").next().filter(|code| code.len() == 2);
        subject.country("country", code.unwrap_or_default());
    }
    values(cell("nationalities")).for_each(|country| subject.country_first(&["nationality", "country"], country));
    values(cell("citizenships")).for_each(|country| subject.country_first(&["citizenship", "country"], country));
    values(cell("dates_of_birth")).for_each(|date| subject.date_first(&["birthDate"], date));
    values(cell("places_of_birth")).for_each(|place| subject.add_first(&["birthPlace"], place));
    subject.add_first(&["position"], cell("title"));
    for (column, property) in [
        ("call_sign", "callSign"),
        ("vessel_type", "type"),
        ("gross_tonnage", "tonnage"),
        ("gross_registered_tonnage", "grossRegisteredTonnage"),
    ] {
        subject.add_first(&[property], cell(column));
    }
    subject.country_first(&["flag"], cell("vessel_flag"));
    if !cell("vessel_owner").is_empty() {
        subject.note(&format!("Owner: {}", cell("vessel_owner")));
    }
    subject.note(cell("remarks"));
}

/// The sanction, with the conditions of an export licence where the list sets them, and the identifiers.
fn listing<'r>(entry: &mut Entry, cell: &impl Fn(&str) -> &'r str) {
    let source = cell("source");
    let exports = source.contains("Bureau of Industry") || source.contains("DTC");
    let topic = if exports { "export.control" } else { "sanction" };
    entry.listing(topic, source, "us", |sanction| {
        sanction.add_all("program", values(cell("programs")));
        sanction.add("authorityId", cell("entity_number"));
        for (column, words) in [("license_requirement", "License requirement"), ("license_policy", "License policy")] {
            if !cell(column).is_empty() {
                sanction.add("provisions", &format!("{words}: {}", cell(column)));
            }
        }
        sanction.add("recordId", cell("federal_register_notice"));
        sanction.date("startDate", cell("start_date"), Order::MonthFirst);
        sanction.date("endDate", cell("end_date"), Order::MonthFirst);
        sanction.add_all("sourceUrl", [cell("source_information_url")]);
    });
    for identifier in values(cell("ids")) {
        ofac::remarks::statement(entry, &as_remark(identifier), &ofac::links::Links::default());
    }
}

/// `Passport, A123, IR` as OFAC's remarks have it: `Passport A123 (IR)`.
fn as_remark(identifier: &str) -> String {
    let parts: Vec<&str> = identifier.split(", ").map(str::trim).collect();
    match parts.as_slice() {
        [kind, number @ .., country] if country.len() == 2 && !number.is_empty() => {
            format!("{kind} {} ({country})", number.join(", "))
        }
        parts => parts.join(" "),
    }
}
