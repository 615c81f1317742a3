//! OFAC's advanced XML: `sdn_advanced.xml` and `cons_advanced.xml`.
//!
//! Nearly everything in it is a reference to something that stands before: value sets, places and documents before the
//! parties, relations and sanctions after them. So the parties are held until the end.

use std::collections::BTreeMap;

use super::links::Links;
use super::{AUTHORITY, remarks};
use crate::lists::dates::Order;
use crate::lists::entry::{self, Draft, Entry};
use crate::lists::report::{Cause, Loss};
use crate::lists::xml::{self, Node};
use crate::lists::{Input, Reading, relations};

/// What parties refer to.
#[derive(Default)]
struct Context {
    /// Words of the value sets by set and number: `("Country", "11060")` → `Afghanistan`.
    words: BTreeMap<(String, String), String>,
    /// Lines of an address, and its country.
    places: BTreeMap<String, (Vec<String>, String)>,
    /// Documents by the identity that they are of.
    documents: BTreeMap<String, Vec<Node>>,
    parties: Vec<(String, Entry, Option<u64>)>,
    /// Where in `parties` a profile stands.
    profiles: BTreeMap<String, usize>,
}

/// Reads a file.
pub(in crate::lists) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let names = [
        "DateOfIssue",
        "ReferenceValueSets",
        "Location",
        "IDRegDocument",
        "DistinctParty",
        "ProfileRelationship",
        "SanctionsEntry",
    ];
    let mut context = Context::default();
    xml::records(file, &names, reading, |node, reading| match node.name.as_str() {
        "DateOfIssue" => reading.stated(&day(&node), Order::DayFirst),
        "ReferenceValueSets" => context.value_sets(&node),
        "Location" => context.place(&node),
        "IDRegDocument" => context.documents.entry(node.attribute("IdentityID").to_owned()).or_default().push(node),
        "DistinctParty" => party(&node, &mut context, reading),
        "ProfileRelationship" => relation(&node, &mut context),
        "SanctionsEntry" => sanction(&node, &mut context),
        _ => {}
    });
    for (_, entry, line) in context.parties {
        reading.line = line;
        reading.give(entry);
    }
}

/// A date in three elements, without the parts that are not known.
fn day(node: &Node) -> String {
    node.texts(&["Year", "Month", "Day"]).join("-")
}

impl Context {
    fn value_sets(&mut self, sets: &Node) {
        for value in sets.children.iter().flat_map(|set| &set.children) {
            let words = value.text.trim().to_owned();
            self.words.insert((value.name.clone(), value.attribute("ID").to_owned()), words);
        }
    }

    fn word(&self, set: &str, number: &str) -> &str {
        self.words.get(&(set.to_owned(), number.to_owned())).map_or("", String::as_str)
    }

    fn place(&mut self, node: &Node) {
        let values = node.path("LocationPart/LocationPartValue/Value");
        let lines = values.into_iter().map(|value| value.text.trim().to_owned()).filter(|line| !line.is_empty());
        let country = node.all("LocationCountry").next().map_or("", |country| country.attribute("CountryID"));
        let country = self.word("Country", country).to_owned();
        self.places.insert(node.attribute("ID").to_owned(), (lines.collect(), country));
    }
}

fn party(node: &Node, context: &mut Context, reading: &mut Reading<'_>) {
    let number = node.attribute("FixedRef");
    let Some(profile) = node.all("Profile").next().filter(|_| !number.is_empty()) else {
        return reading.problem(Loss::Record, Some(number), Cause::NoId);
    };
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema(profile, context)) else { return };
    for identity in profile.all("Identity") {
        names(&mut entry.subject, identity, context);
    }
    profile.all("Feature").for_each(|feature| self::feature(&mut entry, feature, context));
    for identity in profile.all("Identity") {
        for document in context.documents.remove(identity.attribute("ID")).unwrap_or_default() {
            remarks::statement(&mut entry, &document_words(&document, context), &Links::default());
        }
    }
    entry.subject.note(node.text("Comment"));
    context.profiles.insert(profile.attribute("ID").to_owned(), context.parties.len());
    context.parties.push((entry::id(&reading.list.name, number), entry, reading.line));
}

/// Subtypes name vessels and aircraft; persons and bodies are told apart by features that only one of them has, if the value
/// sets do not say.
fn schema(profile: &Node, context: &Context) -> &'static str {
    let subtype = profile.attribute("PartySubTypeID");
    match (context.word("PartySubType", subtype), subtype) {
        ("Vessel", _) => "Vessel",
        ("Aircraft", _) => "Airplane",
        // the subtypes of persons and of bodies are both called "Unknown"
        (_, "4") => "Person",
        _ => "Organization",
    }
}

/// Names are in parts; family names go first, as in OFAC's other formats.
fn names(subject: &mut Draft, identity: &Node, context: &Context) {
    let groups = identity.path("NamePartGroups/MasterNamePartGroup/NamePartGroup");
    let kinds: BTreeMap<&str, &str> = groups
        .into_iter()
        .map(|group| (group.attribute("ID"), context.word("NamePartType", group.attribute("NamePartTypeID"))))
        .collect();
    for alias in identity.all("Alias") {
        let kind = context.word("AliasType", alias.attribute("AliasTypeID"));
        let property = match (alias.attribute("LowQuality"), alias.attribute("Primary"), kind) {
            ("true", ..) => "weakAlias",
            (_, "true", _) => "name",
            (_, _, "F.K.A.") => "previousName",
            _ => "alias",
        };
        for name in alias.all("DocumentedName") {
            let parts = name.path("DocumentedNamePart/NamePartValue");
            let is_family = |part: &&Node| kinds.get(part.attribute("NamePartGroupID")) == Some(&"Last Name");
            let (family, given): (Vec<&Node>, Vec<&Node>) = parts.into_iter().partition(is_family);
            let join = |parts: Vec<&Node>| parts.iter().map(|part| part.text.trim()).collect::<Vec<_>>().join(" ");
            let sides = [join(family), join(given)];
            subject.add(property, &sides.into_iter().filter(|side| !side.is_empty()).collect::<Vec<_>>().join(", "));
        }
    }
}

/// A feature says what a remark of the CSV says.
fn feature(entry: &mut Entry, node: &Node, context: &Context) {
    let kind = context.word("FeatureType", node.attribute("FeatureTypeID"));
    for version in node.all("FeatureVersion") {
        for place in version.all("VersionLocation") {
            let Some((lines, country)) = context.places.get(place.attribute("LocationID")) else { continue };
            location(entry, kind, lines, country);
        }
        let words = version.all("VersionDetail").map(|detail| {
            let known = context.word("DetailReference", detail.attribute("DetailReferenceID"));
            if detail.text.trim().is_empty() { known } else { detail.text.trim() }
        });
        let mut values: Vec<String> = words.filter(|value| !value.is_empty()).map(str::to_owned).collect();
        values.extend(version.all("DatePeriod").map(period).filter(|date| !date.is_empty()));
        for value in values {
            let beginning = match kind {
                "Birthdate" => "DOB",
                "Place of Birth" => "POB",
                "Title" => return entry.subject.add_first(&["position"], &value),
                other => other,
            };
            remarks::statement(entry, &format!("{beginning} {value}"), &Links::default());
        }
    }
}

fn location(entry: &mut Entry, kind: &str, lines: &[String], country: &str) {
    let whole = lines.iter().map(String::as_str).chain([country]).filter(|line| !line.is_empty());
    let whole = whole.collect::<Vec<_>>().join(", ");
    match kind {
        "Location" => {
            entry.subject.add("address", &whole);
            entry.subject.country("country", country);
        }
        "Nationality Country" => entry.subject.country_first(&["nationality", "country"], country),
        "Citizenship Country" => entry.subject.country_first(&["citizenship", "country"], country),
        "Place of Birth" => entry.subject.add_first(&["birthPlace"], &whole),
        "Vessel Flag" => entry.subject.country_first(&["flag"], country),
        other => entry.subject.note(&format!("{other}: {whole}")),
    }
}

/// A period as words: one date, or a range, with "circa" where it is approximate.
fn period(node: &Node) -> String {
    let sides: Vec<&Node> = node.path("Start/From").into_iter().chain(node.path("End/To")).collect();
    let mut dates: Vec<String> = sides.into_iter().map(day).filter(|date| !date.is_empty()).collect();
    dates.dedup();
    // the whole of a year is written as its first and last day
    if let [from, to] = dates.as_slice()
        && let (Some(year), Some(same)) = (from.strip_suffix("-1-1"), to.strip_suffix("-12-31"))
        && year == same
    {
        dates = vec![year.to_owned()];
    }
    let about = node.all("Start").any(|start| start.attribute("Approximate") == "true");
    format!("{}{}", if about { "circa " } else { "" }, dates.join(" to ")).trim_end_matches("circa ").to_owned()
}

fn document_words(node: &Node, context: &Context) -> String {
    let mut words =
        format!("{} {}", context.word("IDRegDocType", node.attribute("IDRegDocTypeID")), node.text("IDRegistrationNo"));
    let country = context.word("Country", node.attribute("IssuedBy-CountryID"));
    if !country.is_empty() {
        words.push_str(&format!(" ({country})"));
    }
    for date in node.all("DocumentDate") {
        let kind = context.word("IDRegDocDateType", date.attribute("IDRegDocDateTypeID"));
        let verb = if kind.starts_with("Issue") { "issued" } else { "expires" };
        let periods = date.all("DatePeriod").map(period).filter(|day| !day.is_empty());
        periods.for_each(|day| words.push_str(&format!(" {verb} {day}")));
    }
    words
}

/// A relation between two profiles; the list has a word for each.
fn relation(node: &Node, context: &mut Context) {
    let place = |attribute: &str| context.profiles.get(node.attribute(attribute)).copied();
    let (Some(from), Some(to)) = (place("From-ProfileID"), place("To-ProfileID")) else { return };
    let words = context.word("RelationType", node.attribute("RelationTypeID")).to_owned();
    let Some((id, other, _)) = context.parties.get(to) else { return };
    let (id, schema) = (id.clone(), other.subject.entity.schema().name);
    let (relation, turned) = relations::of(&words);
    if let Some((_, entry, _)) = context.parties.get_mut(from) {
        entry.link(relation, (&id, schema), &words, turned);
    }
}

fn sanction(node: &Node, context: &mut Context) {
    let Some(place) = context.profiles.get(node.attribute("ProfileID")).copied() else { return };
    let programmes: Vec<String> = node
        .all("SanctionsMeasure")
        .filter(|measure| matches!(context.word("SanctionsType", measure.attribute("SanctionsTypeID")), "Program" | ""))
        .map(|measure| measure.text("Comment").to_owned())
        .collect();
    let list = context.word("List", node.attribute("ListID")).to_owned();
    let Some((_, entry, _)) = context.parties.get_mut(place) else { return };
    entry.sanction(AUTHORITY, "us", |sanction| {
        sanction.add_all("program", programmes.iter().map(String::as_str));
        sanction.add("recordId", &list);
        if let Some(date) = node.path("EntryEvent/Date").first() {
            sanction.date("listingDate", &day(date), Order::DayFirst);
        }
    });
}
