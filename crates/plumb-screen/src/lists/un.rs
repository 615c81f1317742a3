//! The United Nations Security Council's consolidated list, as XML.

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::report::{Cause, Loss};
use super::xml::{self, Node};
use super::{Input, Reading};

/// The authority as sanctions name it.
const AUTHORITY: &str = "United Nations Security Council";

/// The two parts of the list, and the schema of each. "Entities" are companies, ministries and armed groups.
const PARTS: [(&str, &str); 2] = [("INDIVIDUAL", "Person"), ("ENTITY", "Organization")];

/// Reads a file of the list.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let names = PARTS.map(|(name, _)| name);
    xml::records(file, &names, reading, |node, reading| match PARTS.iter().find(|(name, _)| *name == node.name) {
        Some((_, schema)) => entry(&node, schema, reading),
        None => reading.stated(node.attribute("dateGenerated"), Order::DayFirst),
    });
}

fn entry(node: &Node, schema: &str, reading: &mut Reading<'_>) {
    let number = node.text("DATAID");
    if number.is_empty() {
        return reading.problem(Loss::Record, Some(node.text("REFERENCE_NUMBER")), Cause::NoId);
    }
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema) else { return };
    subject(&mut entry.subject, node);
    for document in node.all("INDIVIDUAL_DOCUMENT") {
        self::document(&mut entry, document);
    }
    entry.sanction(AUTHORITY, "", |sanction| {
        sanction.add("program", node.text("UN_LIST_TYPE"));
        sanction.add("unscId", node.text("REFERENCE_NUMBER"));
        sanction.add("authorityId", number);
        sanction.date("listingDate", node.text("LISTED_ON"), Order::DayFirst);
    });
    entry.last_change = last_change(node).map(|day| format!("{day}T00:00:00"));
    reading.give(entry);
}

/// The latest day on which an entry was listed or changed; of one that never changed the list has an empty day.
fn last_change(node: &Node) -> Option<&str> {
    let changed = node.path("LAST_DAY_UPDATED/VALUE").into_iter().map(|value| value.text.trim());
    changed.chain([node.text("LISTED_ON")]).filter_map(day).max()
}

/// The day that a text begins with, written year first.
fn day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let is_form =
        |(place, byte): (usize, u8)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    day.bytes().enumerate().all(is_form).then_some(day)
}

fn subject(subject: &mut Draft, node: &Node) {
    subject.add("name", &node.texts(&["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"]).join(" "));
    for name in node.all("NAME_ORIGINAL_SCRIPT") {
        subject.add("name", &name.text);
    }
    let values = |path: &'static str| node.path(path).into_iter().map(|value| value.text.as_str());
    values("TITLE/VALUE").for_each(|title| subject.add_first(&["title"], title));
    values("DESIGNATION/VALUE").for_each(|position| subject.add_first(&["position"], position));
    values("NATIONALITY/VALUE").for_each(|country| subject.country("nationality", country));
    if subject.has("gender") {
        subject.gender(node.text("GENDER"));
    }
    for child in &node.children {
        match child.name.as_str() {
            "INDIVIDUAL_ALIAS" | "ENTITY_ALIAS" => alias(subject, child),
            "INDIVIDUAL_ADDRESS" | "ENTITY_ADDRESS" => address(subject, child),
            "INDIVIDUAL_DATE_OF_BIRTH" => birth_date(subject, child),
            "INDIVIDUAL_PLACE_OF_BIRTH" => {
                subject.add("birthPlace", &child.texts(&["CITY", "STATE_PROVINCE", "COUNTRY"]).join(", "));
                subject.country("birthCountry", child.text("COUNTRY"));
                subject.note(child.text("NOTE"));
            }
            "COMMENTS1" => subject.note(&child.text),
            _ => {}
        }
    }
}

/// Low quality aliases are weak; former names are told apart where the list does.
fn alias(subject: &mut Draft, node: &Node) {
    let property = match node.text("QUALITY") {
        "Low" => "weakAlias",
        "f.k.a." => "previousName",
        _ => "alias",
    };
    // some cells hold several names
    subject.add_all(property, node.text("ALIAS_NAME").split(';'));
    if subject.has("birthDate") {
        subject.date("birthDate", node.text("DATE_OF_BIRTH"), Order::DayFirst);
        subject.add("birthPlace", &node.texts(&["CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"]).join(", "));
    }
    subject.note(node.text("NOTE"));
}

fn address(subject: &mut Draft, node: &Node) {
    subject.add("address", &node.texts(&["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"]).join(", "));
    subject.country("country", node.text("COUNTRY"));
    subject.note(node.text("NOTE"));
}

fn birth_date(subject: &mut Draft, node: &Node) {
    let range = node.texts(&["FROM_YEAR", "TO_YEAR"]).join(" to ");
    let date = [node.text("DATE"), node.text("YEAR"), &range].into_iter().find(|text| !text.is_empty());
    let about = if node.text("TYPE_OF_DATE") == "APPROXIMATELY" { "circa " } else { "" };
    if let Some(date) = date {
        subject.date("birthDate", &format!("{about}{date}"), Order::DayFirst);
    }
    subject.note(node.text("NOTE"));
}

fn document(entry: &mut Entry, node: &Node) {
    let kind = node.texts(&["TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2"]).join(", ");
    let number = node.text("NUMBER");
    if number.is_empty() {
        return entry.subject.note(node.text("NOTE"));
    }
    entry.document(&kind, number, |document| {
        let country = node.texts(&["ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"]);
        document.country("country", country.first().copied().unwrap_or_default());
        document.date("startDate", node.text("DATE_OF_ISSUE"), Order::DayFirst);
        document.note(node.text("NOTE"));
    });
}
