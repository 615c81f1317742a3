//! Switzerland's list (State Secretariat for Economic Affairs), as XML.
//!
//! Targets refer to sanctions sets, which stand before them, and to places, which may stand after them; so targets are held
//! until the end of the file.

use std::collections::BTreeMap;

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::report::{Cause, Loss};
use super::xml::{self, Node};
use super::{Input, Reading};

/// The authority as sanctions name it.
const AUTHORITY: &str = "Switzerland, State Secretariat for Economic Affairs";

/// What targets refer to.
#[derive(Default)]
struct Context {
    /// Title of a sanctions set and key of its programme.
    sets: BTreeMap<String, (String, String)>,
    places: BTreeMap<String, Node>,
    /// Schema and first name of each target.
    targets: BTreeMap<String, &'static str>,
}

/// Reads a file of the list.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let mut context = Context::default();
    let mut targets = Vec::new();
    xml::records(file, &["program", "place", "target"], reading, |node, reading| match node.name.as_str() {
        "program" => sets(&node, &mut context),
        "place" => {
            context.places.insert(node.attribute("ssid").to_owned(), node);
        }
        "target" => {
            context.targets.insert(node.attribute("ssid").to_owned(), schema(&node));
            targets.push((node, reading.line));
        }
        _ => reading.stated(node.attribute("date"), Order::DayFirst),
    });
    for (target, line) in targets {
        reading.line = line;
        entry(&target, &context, reading);
    }
}

/// The sets of a programme, in English where the list has it.
fn sets(program: &Node, context: &mut Context) {
    let english = |name: &'static str| {
        program
            .all(name)
            .find(|node| matches!(node.attribute("lang"), "eng" | "en" | ""))
            .or_else(|| program.all(name).next())
    };
    let key = english("program-key").map_or("", |node| node.text.trim()).to_owned();
    for set in program.all("sanctions-set") {
        let known = context.sets.contains_key(set.attribute("ssid"));
        if !known || matches!(set.attribute("lang"), "eng" | "en") {
            context.sets.insert(set.attribute("ssid").to_owned(), (set.text.trim().to_owned(), key.clone()));
        }
    }
}

fn schema(target: &Node) -> &'static str {
    for child in &target.children {
        match child.name.as_str() {
            "individual" => return "Person",
            "entity" => return "Organization",
            "object" if child.attribute("object-type") == "vessel" => return "Vessel",
            "object" if child.attribute("object-type") == "aircraft" => return "Airplane",
            _ => {}
        }
    }
    "LegalEntity"
}

fn entry(target: &Node, context: &Context, reading: &mut Reading<'_>) {
    let number = target.attribute("ssid");
    if number.is_empty() {
        return reading.problem(Loss::Record, None, Cause::NoId);
    }
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema(target)) else { return };
    let bodies =
        target.children.iter().filter(|child| matches!(child.name.as_str(), "individual" | "entity" | "object"));
    for body in bodies {
        if entry.subject.has("gender") {
            entry.subject.gender(body.attribute("sex"));
        }
        for identity in body.all("identity") {
            self::identity(&mut entry, identity, context);
        }
        body.all("justification").chain(body.all("other-information")).for_each(|node| entry.subject.note(&node.text));
        for relation in body.all("relation") {
            self::relation(&mut entry, relation, context, reading);
        }
    }
    sanctions(&mut entry, target, context);
    reading.give(entry);
}

fn identity(entry: &mut Entry, node: &Node, context: &Context) {
    let main = node.attribute("main") == "true";
    for child in &node.children {
        match child.name.as_str() {
            "name" => name(&mut entry.subject, child, main),
            "nationality" => {
                child
                    .all("country")
                    .for_each(|node| entry.subject.country_first(&["nationality", "country"], country(node)));
            }
            "day-month-year" => birth(&mut entry.subject, child),
            "place-of-birth" => {
                let place = context.places.get(child.attribute("place-id"));
                entry.subject.add_first(&["birthPlace"], &place.map(place_text).unwrap_or_default());
            }
            "address" => address(&mut entry.subject, child, context),
            "identification-document" => document(entry, child),
            _ => {}
        }
    }
}

/// The parts of a name in their order, and each spelling variant as an alias.
fn name(subject: &mut Draft, node: &Node, main: bool) {
    let mut parts: Vec<&Node> = node.all("name-part").collect();
    parts.sort_by_key(|part| part.attribute("order").parse::<u32>().unwrap_or(u32::MAX));
    let whole =
        parts.iter().map(|part| part.text("value")).filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ");
    let property = match (node.attribute("name-type"), node.attribute("quality")) {
        (_, "low") => "weakAlias",
        ("primary-name", _) if main => "name",
        ("formerly-known-as", _) => "previousName",
        _ => "alias",
    };
    subject.add(property, &whole);
    let mut variants: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for variant in parts.iter().flat_map(|part| part.all("spelling-variant")) {
        variants.entry(variant.attribute("order")).or_default().push(variant.text.trim());
    }
    for parts in variants.values() {
        subject.add("alias", &parts.join(" "));
    }
}

fn birth(subject: &mut Draft, node: &Node) {
    let date = ["year", "month", "day"].map(|part| node.attribute(part));
    let date = date.into_iter().take_while(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let about = if matches!(node.attribute("quality"), "circa" | "approximately" | "low") { "circa " } else { "" };
    if !date.is_empty() {
        subject.date_first(&["birthDate", "incorporationDate", "buildDate"], &format!("{about}{date}"));
    }
}

fn country(node: &Node) -> &str {
    let code = node.attribute("iso-code");
    if code.is_empty() { node.text.trim() } else { code }
}

fn place_text(place: &Node) -> String {
    place.texts(&["location", "area", "country"]).join(", ")
}

fn address(subject: &mut Draft, node: &Node, context: &Context) {
    let place = context.places.get(node.attribute("place-id"));
    let details = node.texts(&["c-o", "address-details", "p-o-box", "zip-code"]).into_iter().map(str::to_owned);
    subject.add("address", &details.chain(place.map(place_text)).collect::<Vec<_>>().join(", "));
    place.into_iter().flat_map(|place| place.all("country")).for_each(|node| subject.country("country", country(node)));
    subject.note(node.text("remark"));
}

fn document(entry: &mut Entry, node: &Node) {
    let kind = node.attribute("document-type");
    let issuer = node.all("issuer").next();
    let issuer = issuer.map(|node| [node.attribute("code"), node.text.trim()]);
    let issuer =
        issuer.and_then(|names| names.into_iter().find(|name| !name.is_empty())).unwrap_or_default().to_owned();
    if entry.subject.has("imoNumber") && kind.to_lowercase().contains("imo") {
        return entry.subject.add("imoNumber", node.text("number"));
    }
    entry.document(kind, node.text("number"), |document| {
        document.country("country", &issuer);
        document.date("startDate", node.text("date-of-issue"), Order::DayFirst);
        document.date("endDate", node.text("expiry-date"), Order::DayFirst);
        document.note(node.text("remark"));
    });
}

/// A relation to another target; of one that is not in the list, a note.
fn relation(entry: &mut Entry, node: &Node, context: &Context, reading: &Reading<'_>) {
    let (target, kind) = (node.attribute("target-id"), node.attribute("relation-type"));
    let Some(schema) = context.targets.get(target) else {
        entry.subject.note(&format!("{kind}: {target}"));
        return;
    };
    let id = super::entry::id(&reading.list.name, target);
    let (relation, turned) = super::relations::of(kind);
    entry.link(relation, (&id, schema), kind, turned);
}

/// One sanction for each set; when it was listed stands in the modifications.
fn sanctions(entry: &mut Entry, target: &Node, context: &Context) {
    let attribute = target.attribute("sanctions-set-id");
    let nodes = target.all("sanctions-set-id").map(|node| node.text.trim());
    let sets: Vec<&str> = attribute.split_whitespace().chain(nodes).collect();
    let listed = target.all("modification").find(|node| node.attribute("modification-type") == "listed");
    let date = listed.map(|node| ["enactment-date", "effective-date"].map(|name| node.attribute(name)));
    let date = date.and_then(|dates| dates.into_iter().find(|date| !date.is_empty())).unwrap_or_default();
    for set in if sets.is_empty() { vec![""] } else { sets } {
        entry.sanction(AUTHORITY, "ch", |sanction| {
            sanction.add("authorityId", target.attribute("ssid"));
            if let Some((title, key)) = context.sets.get(set) {
                sanction.add("program", title);
                sanction.add("programId", key);
            }
            sanction.date("listingDate", date, Order::DayFirst);
        });
    }
    let last = target.all("modification").map(|node| node.attribute("effective-date")).max().unwrap_or_default();
    entry.last_change = Some(last).filter(|day| day.len() == 10).map(|day| format!("{day}T00:00:00"));
}
