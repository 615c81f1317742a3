//! The United Kingdom's lists: OFSI's consolidated list (CSV), and the UK Sanctions List (CSV and XML).
//!
//! All three say the same in different wrappings: rows of named fields, several rows a designation. The fields are told by
//! their names without spaces and signs (`Name non-latin script`, `NameNonLatinScript`), so one reader serves all.

use csv::StringRecord;

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::report::{Cause, Loss};
use super::table::{COMMA, Header, rows, split_cell};
use super::xml::{self, Node};
use super::{Input, Reading};

/// The authority as sanctions name it.
const AUTHORITY: &str = "United Kingdom, Office of Financial Sanctions Implementation";

/// A row: field and value.
type Row = Vec<(String, String)>;

/// Reads a CSV file of either list. A line with the date of the list stands before the header; rows of one designation
/// need not stand together, so the list is held until its end.
pub(super) fn read_csv(file: &mut Input, reading: &mut Reading<'_>) {
    let mut header: Option<Header> = None;
    let mut designations: Vec<(String, Option<u64>, Vec<Row>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    rows(file, COMMA, reading, |row, reading| {
        let Some(header) = &header else {
            header = row.iter().any(|cell| fold(cell) == "name6").then(|| Header::new(row));
            if header.is_none() {
                stated(row, reading);
            }
            return;
        };
        if !header.fits(row, reading) {
            return;
        }
        let cells = row.iter().map(|cell| cell.trim().to_owned());
        let fields: Row = header.names().map(fold).zip(cells).filter(|(_, cell)| !cell.is_empty()).collect();
        let number = ["uniqueid", "groupid"].iter().map(|name| get(&fields, name)).find(|number| !number.is_empty());
        let Some(number) = number.map(str::to_owned) else {
            return reading.problem(Loss::Row, None, Cause::NoId);
        };
        let place = *places.entry(number.clone()).or_insert(designations.len());
        match designations.get_mut(place) {
            Some((_, _, rows)) => rows.push(fields),
            None => designations.push((number, reading.line, vec![fields])),
        }
    });
    if header.is_none() && reading.report.is_whole() {
        reading.problem(Loss::Rest, None, Cause::NoColumn("Name 6".to_owned()));
    }
    for (number, line, rows) in designations {
        reading.line = line;
        entry(&number, &rows, reading);
    }
}

/// The date of the list, from a line before the header.
fn stated(row: &StringRecord, reading: &mut Reading<'_>) {
    let mut cells = row.iter().flat_map(|cell| cell.split(": "));
    let date = cells.find(|cell| cell.contains(|letter: char| letter.is_ascii_digit()));
    reading.stated(date.unwrap_or_default(), Order::DayFirst);
}

/// Reads the XML of the UK Sanctions List: each element that has only texts in it is a row.
pub(super) fn read_xml(file: &mut Input, reading: &mut Reading<'_>) {
    xml::records(file, &["Designation", "DateGenerated"], reading, |node, reading| match node.name.as_str() {
        "Designation" => {
            let mut rows = Vec::new();
            collect(&node, &mut rows);
            let number = node.texts(&["UniqueID", "OFSIGroupID"]).first().map(|number| (*number).to_owned());
            match number {
                Some(number) => entry(&number, &rows, reading),
                None => reading.problem(Loss::Record, None, Cause::NoId),
            }
        }
        _ => reading.stated(&node.text, Order::DayFirst),
    });
}

fn collect(node: &Node, rows: &mut Vec<Row>) {
    let leaves = node.children.iter().filter(|child| child.children.is_empty() && !child.text.trim().is_empty());
    let row: Row = leaves.map(|leaf| (fold(&leaf.name), leaf.text.trim().to_owned())).collect();
    if !row.is_empty() {
        rows.push(row);
    }
    node.children.iter().for_each(|child| collect(child, rows));
}

/// A field's name in small letters and digits only.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn get<'r>(row: &'r Row, field: &str) -> &'r str {
    row.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
}

fn entry(number: &str, rows: &[Row], reading: &mut Reading<'_>) {
    let first = |fields: &[&str]| {
        let values = rows.iter().flat_map(|row| fields.iter().map(|field| get(row, field)));
        values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
    };
    let kind = first(&["individualentityship", "designationtypeindividualentityship", "designationtype", "grouptype"]);
    let schema = match kind.to_lowercase().as_str() {
        "individual" => "Person",
        "ship" => "Vessel",
        _ => "Organization",
    };
    let Some(mut entry) = Entry::new(&reading.list.name, number, schema) else { return };
    for row in rows {
        names(&mut entry.subject, row);
        address(&mut entry.subject, row);
        for (field, value) in row {
            tell(&mut entry.subject, field, value);
        }
        documents(&mut entry, row);
    }
    entry.sanction(AUTHORITY, "gb", |sanction| {
        sanction.add("program", first(&["regimename", "regime"]));
        sanction.add("authorityId", number);
        sanction.add("unscId", first(&["unreferencenumber"]));
        sanction.add("provisions", first(&["sanctionsimposed"]));
        sanction.add("reason", first(&["ukstatementofreasons"]));
        let listed = first(&["datedesignated", "uksanctionslistdatedesignated", "listedon"]);
        sanction.date("listingDate", listed, Order::DayFirst);
    });
    let changed = super::dates::parse(first(&["lastupdated"]), Order::DayFirst);
    entry.last_change = changed.and_then(|date| date.values.first().map(|day| format!("{day}T00:00:00")));
    reading.give(entry);
}

/// Names stand in six parts, the family name last.
fn names(subject: &mut Draft, row: &Row) {
    let parts = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|field| get(row, field));
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let kind = [get(row, "nametype"), get(row, "aliastype")].concat().to_lowercase();
    let strength = [get(row, "aliasstrength"), get(row, "aliasquality")].concat().to_lowercase();
    let property = match (kind.as_str(), strength.as_str()) {
        _ if strength.contains("low") || strength.contains("weak") => "weakAlias",
        ("fka", _) => "previousName",
        (primary, _) if primary.starts_with("primary name") && !primary.contains("variation") => "name",
        ("", _) if !subject.is_named() => "name",
        _ => "alias",
    };
    subject.add(property, &name);
    subject.add("alias", get(row, "namenonlatinscript"));
}

fn address(subject: &mut Draft, row: &Row) {
    let numbered = |prefix: &str| (1..=6).map(|number| get(row, &format!("{prefix}{number}"))).collect::<Vec<_>>();
    let lines = numbered("addressline").into_iter().chain(numbered("address"));
    let country = [get(row, "addresscountry"), get(row, "country")].concat();
    let code = [get(row, "addresspostalcode"), get(row, "postzipcode")].concat();
    let parts = lines.chain([code.as_str(), country.as_str()]).filter(|part| !part.is_empty());
    subject.add("address", &parts.collect::<Vec<_>>().join(", "));
    subject.country("country", &country);
}

/// The fields that say one thing whatever row they stand in.
fn tell(subject: &mut Draft, field: &str, value: &str) {
    match field {
        "dob" => each_numbered(value, |date| subject.birth(date)),
        "nationality" | "nationalityies" => {
            each_numbered(value, |country| subject.country_first(&["nationality", "country"], country));
        }
        "title" => subject.add_first(&["title"], value),
        "position" => each_numbered(value, |position| subject.add_first(&["position"], position)),
        "gender" => subject.gender(value),
        "townofbirth" => each_numbered(value, |town| subject.add_first(&["birthPlace"], town)),
        "countryofbirth" => each_numbered(value, |country| subject.country_first(&["birthCountry"], country)),
        "otherinformation" => subject.note(value),
        "phonenumber" => each_numbered(value, |phone| subject.add_first(&["phone"], phone)),
        "emailaddress" => each_numbered(value, |email| subject.add_first(&["email"], email)),
        "website" => subject.website(value),
        "typeofentity" => subject.add_first(&["legalForm"], value),
        "parentcompany" => subject.note(&format!("Parent company: {value}")),
        "subsidiaries" => subject.note(&format!("Subsidiaries: {value}")),
        "businessregistrationnumbers" | "businessregistrationnumber" => {
            each_numbered(value, |number| subject.add_first(&["registrationNumber"], number));
        }
        "imonumber" => subject.add_first(&["imoNumber"], value),
        "currentowneroperators" | "currentowneroperator" => subject.note(&format!("Owner or operator: {value}")),
        "currentbelievedflagofship" => subject.country_first(&["flag"], value),
        "previousflags" | "previousflag" => {
            each_numbered(value, |country| subject.country_first(&["pastFlags"], country));
        }
        "typeofship" => subject.add_first(&["type"], value),
        "tonnageofship" => subject.add_first(&["tonnage"], value),
        "yearbuilt" => subject.date_first(&["buildDate"], value),
        _ => {}
    }
}

fn documents(entry: &mut Entry, row: &Row) {
    let pairs = [
        ("Passport", "passportnumber", ["passportdetails", "passportadditionalinformation"]),
        ("National identifier", "nationalidentificationnumber", ["nationalidentificationdetails", ""]),
        ("National identifier", "nationalidentifiernumber", ["nationalidentifieradditionalinformation", ""]),
    ];
    for (kind, number, details) in pairs {
        let details = details.map(|field| get(row, field)).concat();
        each_numbered(get(row, number), |number| {
            entry.document(kind, number, |document| document.note(&details));
        });
    }
}

/// Several values of a field are numbered, `(1) … (2) …`, or separated by semicolons.
fn each_numbered(value: &str, mut take: impl FnMut(&str)) {
    let mut marked = value.to_owned();
    for number in 1..=30 {
        marked = marked.replace(&format!("({number})"), ";");
    }
    split_cell(&marked)
        .iter()
        .map(|one| one.trim_end_matches(['.', ',']))
        .filter(|one| !one.is_empty())
        .for_each(&mut take);
}
