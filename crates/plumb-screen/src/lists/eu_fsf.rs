//! The European Union's consolidated list of financial sanctions, version 1.1 of its formats: XML and CSV.
//!
//! The CSV has one row for each name, birth date, address … of an entity, with columns named after the elements and
//! attributes of the XML (`NameAlias_WholeName`). Its rows are put together into the elements, and read as the XML.

use csv::StringRecord;

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::report::{Cause, Loss};
use super::table::{Dialect, Header, rows};
use super::xml::{self, Node};
use super::{Input, Reading};

/// The authority as sanctions name it.
const AUTHORITY: &str = "Council of the European Union";

/// Reads a file of XML.
pub(super) fn read_xml(file: &mut Input, reading: &mut Reading<'_>) {
    xml::records(file, &["sanctionEntity"], reading, |node, reading| match node.name.as_str() {
        "sanctionEntity" => entry(&node, reading),
        _ => reading.stated(node.attribute("generationDate"), Order::DayFirst),
    });
}

/// Reads a file of CSV. Rows of one entity stand together.
pub(super) fn read_csv(file: &mut Input, reading: &mut Reading<'_>) {
    let mut header = None;
    let mut open: Option<(Node, Option<u64>)> = None;
    rows(file, Dialect { delimiter: b';', quoting: true }, reading, |row, reading| {
        let Some(header) = &header else {
            header = Header::expect(row, &["Entity_LogicalId", "NameAlias_WholeName"], reading);
            return;
        };
        if !header.fits(row, reading) {
            return;
        }
        reading.stated(header.cell(row, "fileGenerationDate"), Order::DayFirst);
        let node = node_of(header, row);
        match &mut open {
            Some((last, _)) if last.attribute("logicalId") == node.attribute("logicalId") => {
                last.children.extend(node.children);
            }
            _ => {
                let line = reading.line;
                close(open.replace((node, line)), reading);
            }
        }
    });
    close(open, reading);
}

fn close(open: Option<(Node, Option<u64>)>, reading: &mut Reading<'_>) {
    if let Some((node, line)) = open {
        let here = std::mem::replace(&mut reading.line, line);
        entry(&node, reading);
        reading.line = here;
    }
}

/// A row as the element that it is a part of: `Entity_Regulation_Programme` is the attribute `programme` of the child
/// `regulation`, `Entity_LogicalId` an attribute of the element itself.
fn node_of(header: &Header, row: &StringRecord) -> Node {
    let mut node = Node { name: "sanctionEntity".to_owned(), ..Node::default() };
    for (column, cell) in header.names().zip(row).filter(|(_, cell)| !cell.trim().is_empty()) {
        let column = ["Regulation", "SubjectType"]
            .into_iter()
            .find_map(|child| {
                column
                    .strip_prefix("Entity_")
                    .filter(|rest| rest.starts_with(child))
                    .map(|rest| if rest == child { "SubjectType_Code" } else { rest })
            })
            .unwrap_or(column);
        let Some((element, attribute)) = column.split_once('_') else { continue };
        let value = (small(attribute), cell.trim().to_owned());
        if element == "Entity" {
            node.attributes.push(value);
            continue;
        }
        let name = if element == "BirthDate" { "birthdate".to_owned() } else { small(element) };
        match node.children.iter_mut().find(|child| child.name == name) {
            Some(child) => child.attributes.push(value),
            None => node.children.push(Node { name, attributes: vec![value], ..Node::default() }),
        }
    }
    node
}

/// With a small first letter.
fn small(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn entry(node: &Node, reading: &mut Reading<'_>) {
    let number = node.attribute("logicalId");
    if number.is_empty() {
        return reading.problem(Loss::Record, Some(node.attribute("euReferenceNumber")), Cause::NoId);
    }
    let is_person = node.all("subjectType").any(|kind| {
        kind.attribute("code").eq_ignore_ascii_case("person") || kind.attribute("classificationCode") == "P"
    });
    let schema = if is_person { "Person" } else { "Organization" };
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema) else { return };
    for child in &node.children {
        match child.name.as_str() {
            "identification" => document(&mut entry, child),
            "regulation" => regulation(&mut entry, child, node),
            _ => part(&mut entry.subject, child),
        }
    }
    entry.subject.note(node.text("remark"));
    entry.subject.note(node.attribute("remark"));
    reading.give(entry);
}

fn part(subject: &mut Draft, node: &Node) {
    match node.name.as_str() {
        "nameAlias" => name(subject, node),
        "citizenship" => {
            let property = if subject.has("nationality") { "nationality" } else { "country" };
            subject.country(property, country(node));
        }
        "birthdate" if subject.has("birthDate") => birth(subject, node),
        "address" => {
            let parts = ["street", "poBox", "zipCode", "city", "region", "place", "countryDescription"];
            subject.add("address", &join(node, &parts));
            subject.country("country", country(node));
            subject.note(node.attribute("contactInfo"));
        }
        _ => {}
    }
}

/// The first name is the one to show; the list marks aliases as weak when they do not identify alone.
fn name(subject: &mut Draft, node: &Node) {
    let whole = node.attribute("wholeName");
    let parts = join(node, &["firstName", "middleName", "lastName"]).replace(", ", " ");
    let first = !subject.is_named();
    let property = if node.attribute("strong") == "false" {
        "weakAlias"
    } else if first {
        "name"
    } else {
        "alias"
    };
    subject.add(property, if whole.is_empty() { &parts } else { whole });
    if subject.has("gender") {
        subject.gender(node.attribute("gender"));
    }
    subject.add_first(&["title"], node.attribute("title"));
    subject.add_first(&["position"], node.attribute("function"));
}

fn birth(subject: &mut Draft, node: &Node) {
    let (year, month, day) = (node.attribute("year"), node.attribute("monthOfYear"), node.attribute("dayOfMonth"));
    let parts = [year, month, day].into_iter().take_while(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let range = [node.attribute("yearRangeFrom"), node.attribute("yearRangeTo")];
    let range = range.into_iter().filter(|year| !year.is_empty()).collect::<Vec<_>>().join(" to ");
    let date = [node.attribute("birthdate"), node.attribute("birthDate"), &parts, &range]
        .into_iter()
        .find(|date| !date.is_empty());
    let circa = if node.attribute("circa") == "true" { "circa " } else { "" };
    if let Some(date) = date {
        subject.date("birthDate", &format!("{circa}{date}"), Order::DayFirst);
    }
    subject.add("birthPlace", &join(node, &["place", "city", "region", "countryDescription"]));
    subject.country("birthCountry", country(node));
}

fn document(entry: &mut Entry, node: &Node) {
    let number =
        [node.attribute("number"), node.attribute("latinNumber")].into_iter().find(|number| !number.is_empty());
    let Some(number) = number else { return };
    let code = [node.attribute("identificationTypeCode"), node.attribute("typeCode")].concat();
    let property = match code.as_str() {
        "imo" => Some("imoNumber"),
        "regnumber" => Some("registrationNumber"),
        "fiscalcode" => Some("taxNumber"),
        "swiftbic" => Some("swiftBic"),
        _ => None,
    };
    if let Some(property) = property.filter(|property| entry.subject.has(property)) {
        return entry.subject.add(property, number);
    }
    let words = [node.attribute("identificationTypeDescription"), node.attribute("typeDescription"), &code];
    let kind = words.into_iter().find(|words| !words.is_empty()).unwrap_or("document");
    entry.document(kind, number, |document| {
        document.country("country", country(node));
        document.date("startDate", node.attribute("issuedDate"), Order::DayFirst);
        document.date("endDate", node.attribute("validTo"), Order::DayFirst);
    });
}

fn regulation(entry: &mut Entry, node: &Node, whole: &Node) {
    let reference = whole.attribute("euReferenceNumber");
    let known = entry.others.iter().any(|other| {
        other
            .entity
            .properties()
            .get("recordId")
            .is_some_and(|ids| ids.iter().any(|id| id == node.attribute("numberTitle")))
    });
    // the CSV repeats the regulation on every row
    if known {
        return;
    }
    entry.sanction(AUTHORITY, "eu", |sanction| {
        sanction.add("program", node.attribute("programme"));
        sanction.add("authorityId", reference);
        sanction.add("unscId", whole.attribute("unitedNationId"));
        sanction.add("recordId", node.attribute("numberTitle"));
        sanction.date("listingDate", node.attribute("publicationDate"), Order::DayFirst);
        sanction.date("startDate", node.attribute("entryIntoForceDate"), Order::DayFirst);
        let url = [node.text("publicationUrl"), node.attribute("publicationUrl")].concat();
        sanction.add("sourceUrl", &url);
        sanction.add("reason", whole.attribute("designationDetails"));
    });
}

/// The country of an element: by its code, `00` standing for unknown.
fn country(node: &Node) -> &str {
    match node.attribute("countryIso2Code") {
        "" | "00" => match node.attribute("countryDescription") {
            "UNKNOWN" => "",
            description => description,
        },
        code => code,
    }
}

fn join(node: &Node, attributes: &[&str]) -> String {
    let values =
        attributes.iter().map(|name| node.attribute(name)).filter(|value| !value.is_empty() && *value != "UNKNOWN");
    values.collect::<Vec<_>>().join(", ")
}
