//! OFAC's plain XML: `sdn.xml` and `consolidated.xml`.
//!
//! Its identifiers and remarks say what the remarks of the CSV say, in the same words; so they are put into these words and
//! read by the same reader.

use super::links::Links;
use super::{AUTHORITY, remarks, schema};
use crate::lists::dates::Order;
use crate::lists::entry::{self, Draft, Entry};
use crate::lists::report::{Cause, Loss};
use crate::lists::xml::{self, Node};
use crate::lists::{Input, Reading};

/// Reads a file. Entries are held until its end, because remarks name entries that come later.
pub(in crate::lists) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let (mut entries, mut links) = (Vec::new(), Links::default());
    xml::records(file, &["sdnEntry", "publshInformation"], reading, |node, reading| match node.name.as_str() {
        "publshInformation" => reading.stated(node.text("Publish_Date"), Order::MonthFirst),
        "sdnEntry" if node.text("uid").is_empty() => reading.problem(Loss::Record, None, Cause::NoId),
        "sdnEntry" => {
            let (id, schema) = (entry::id(&reading.list.name, node.text("uid")), schema(node.text("sdnType")));
            links.name(&name(&node), &id, schema);
            node.path("akaList/aka").into_iter().for_each(|alias| links.alias(&name(alias), &id, schema));
            entries.push((node, reading.line));
        }
        _ => {}
    });
    for (node, line) in entries {
        reading.line = line;
        entry(&node, &links, reading);
    }
}

/// As the CSV writes it: family name, comma, given names.
fn name(node: &Node) -> String {
    node.texts(&["lastName", "firstName"]).join(", ")
}

fn entry(node: &Node, links: &Links, reading: &mut Reading<'_>) {
    let number = node.text("uid");
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema(node.text("sdnType"))) else { return };
    subject(&mut entry.subject, node);
    entry.sanction(AUTHORITY, "us", |sanction| {
        sanction.add("authorityId", number);
        sanction.add_all("program", node.path("programList/program").into_iter().map(|program| program.text.as_str()));
    });
    for identifier in node.path("idList/id") {
        remarks::statement(&mut entry, &as_remark(identifier), links);
    }
    // the XML puts links into brackets
    let text = node.text("remarks").replace("(Linked To:", ";Linked To:");
    let unbracketed = text.split(';').map(|part| {
        let is_link = part.trim_start().starts_with("Linked To:");
        if is_link { part.trim().trim_end_matches('.').trim_end_matches(')') } else { part }
    });
    let text = unbracketed.collect::<Vec<_>>().join(";");
    remarks::fill(&mut entry, &text, links);
    reading.give(entry);
}

fn subject(subject: &mut Draft, node: &Node) {
    subject.add("name", &name(node));
    for alias in node.path("akaList/aka") {
        let property = match (alias.text("category"), alias.text("type")) {
            ("weak", _) => "weakAlias",
            (_, "f.k.a.") => "previousName",
            _ => "alias",
        };
        subject.add(property, &name(alias));
    }
    for address in node.path("addressList/address") {
        let parts = ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"];
        subject.add("address", &address.texts(&parts).join(", "));
        subject.country("country", address.text("country"));
    }
    let texts = |path: &str| node.path(path).into_iter().map(|node| node.text.trim().to_owned()).collect::<Vec<_>>();
    for country in texts("nationalityList/nationality/country") {
        subject.country_first(&["nationality", "country"], &country);
    }
    for country in texts("citizenshipList/citizenship/country") {
        subject.country_first(&["citizenship", "country"], &country);
    }
    for date in texts("dateOfBirthList/dateOfBirthItem/dateOfBirth") {
        subject.date_first(&["birthDate"], &date);
    }
    for place in texts("placeOfBirthList/placeOfBirthItem/placeOfBirth") {
        subject.add_first(&["birthPlace"], &place);
    }
    subject.add_first(&["position"], node.text("title"));
    for vessel in node.all("vesselInfo") {
        vessel_info(subject, vessel);
    }
}

fn vessel_info(subject: &mut Draft, vessel: &Node) {
    for (name, property) in [
        ("callSign", "callSign"),
        ("vesselType", "type"),
        ("tonnage", "tonnage"),
        ("grossRegisteredTonnage", "grossRegisteredTonnage"),
    ] {
        subject.add_first(&[property], vessel.text(name));
    }
    subject.country_first(&["flag"], vessel.text("vesselFlag"));
    if !vessel.text("vesselOwner").is_empty() {
        subject.note(&format!("Owner: {}", vessel.text("vesselOwner")));
    }
}

/// An identifier as a remark: `Passport A123 (Iran) issued 07 Dec 2011 expires 07 Dec 2016`.
fn as_remark(node: &Node) -> String {
    let mut remark = node.texts(&["idType", "idNumber"]).join(" ");
    for (name, before, after) in
        [("idCountry", " (", ")"), ("issueDate", " issued ", ""), ("expirationDate", " expires ", "")]
    {
        if !node.text(name).is_empty() {
            remark.push_str(&format!("{before}{}{after}", node.text(name)));
        }
    }
    remark
}
