//! A table without a fixed layout: what its columns hold is told by the caller, or guessed from their names.

use std::io::BufRead as _;

use csv::StringRecord;
use plumb_core::ftm::{self, PropertyKind};
use sha2::{Digest as _, Sha256};

use super::dates::Order;
use super::entry::{Draft, Entry};
use super::report::{Cause, Loss, shown};
use super::table::{Dialect, Header, rows, split_cell};
use super::{Input, Reading};

/// Names of columns that are obvious, in small letters and digits only, and what they hold. Names of FollowTheMoney's own
/// properties need not stand here.
const OBVIOUS: &[(&str, &str)] = &[
    ("fullname", "name"),
    ("entityname", "name"),
    ("companyname", "name"),
    ("company", "name"),
    ("supplier", "name"),
    ("suppliername", "name"),
    ("legalname", "name"),
    ("vesselname", "name"),
    ("names", "name"),
    ("nameen", "name"),
    ("englishname", "name"),
    ("entity", "name"),
    ("title", "name"),
    ("aliases", "alias"),
    ("aka", "alias"),
    ("alsoknownas", "alias"),
    ("altnames", "alias"),
    ("alternativenames", "alias"),
    ("othernames", "alias"),
    ("fka", "previousName"),
    ("formername", "previousName"),
    ("dob", "birthDate"),
    ("dateofbirth", "birthDate"),
    ("birthdate", "birthDate"),
    ("birthday", "birthDate"),
    ("born", "birthDate"),
    ("forename", "firstName"),
    ("forenames", "firstName"),
    ("givenname", "firstName"),
    ("givennames", "firstName"),
    ("surname", "lastName"),
    ("familyname", "lastName"),
    ("patronymic", "fatherName"),
    ("nom", "name"),
    ("nombre", "name"),
    ("наименование", "name"),
    ("фио", "name"),
    ("имя", "firstName"),
    ("отчество", "fatherName"),
    ("фамилия", "lastName"),
    ("датарождения", "birthDate"),
    ("гражданство", "nationality"),
    ("страна", "country"),
    ("이름", "name"),
    ("성명", "name"),
    ("생년월일", "birthDate"),
    ("국적", "nationality"),
    ("姓名", "name"),
    ("名称", "name"),
    ("出生日期", "birthDate"),
    ("国籍", "nationality"),
    ("geburtsdatum", "birthDate"),
    ("staatsangehörigkeit", "nationality"),
    ("datedenaissance", "birthDate"),
    ("nationalité", "nationality"),
    ("passportnumbers", "passportNumber"),
    ("pob", "birthPlace"),
    ("placeofbirth", "birthPlace"),
    ("birthplace", "birthPlace"),
    ("sex", "gender"),
    ("citizenship", "nationality"),
    ("countries", "country"),
    ("countrycode", "country"),
    ("addresses", "address"),
    ("streetaddress", "address"),
    ("passport", "passportNumber"),
    ("passportno", "passportNumber"),
    ("idno", "idNumber"),
    ("nationalid", "idNumber"),
    ("registrationno", "registrationNumber"),
    ("companynumber", "registrationNumber"),
    ("inn", "innCode"),
    ("ogrn", "ogrnCode"),
    ("lei", "leiCode"),
    ("imo", "imoNumber"),
    ("imono", "imoNumber"),
    ("url", "website"),
    ("telephone", "phone"),
    ("comments", "notes"),
    ("remarks", "notes"),
    ("note", "notes"),
    ("identifier", "id"),
    ("uid", "id"),
    ("entitynumber", "id"),
    ("type", "schema"),
    ("entitytype", "schema"),
    ("kind", "schema"),
    ("programme", "program"),
    ("programs", "program"),
    ("reasons", "reason"),
    ("listed", "listingDate"),
    ("listedon", "listingDate"),
    ("dateoflisting", "listingDate"),
];

/// What a mapping may name besides properties of the entity: its number in the list, its schema, and its sanction.
const SPECIAL: [&str; 5] = ["id", "schema", "program", "reason", "listingDate"];

/// The parts of a person's name, in the order in which they make one where no column has the whole.
const NAME_PARTS: [&str; 5] = ["firstName", "secondName", "middleName", "fatherName", "lastName"];

/// Most columns that are told as not read.
const MOST_UNREAD: usize = 50;

/// Property and place of its column.
type Mapping = Vec<(String, usize)>;

/// Reads a file.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let delimiter = match file.fill_buf() {
        Ok(line) => delimiter(line),
        Err(error) => return reading.problem(Loss::Rest, None, Cause::Input(error.to_string())),
    };
    let mut table: Option<(Header, Mapping, &'static str)> = None;
    rows(file, Dialect { delimiter, quoting: true }, reading, |row, reading| {
        if let Some((header, mapping, schema)) = &table {
            if header.fits(row, reading) {
                entry(row, mapping, schema, reading);
            }
            return;
        }
        if let Some(mapping) = mapping(row, reading) {
            let schema = assumed(&mapping);
            if !mapping.iter().any(|(property, _)| property == "schema") {
                let cause = Cause::Assumed(format!("no column tells what the entries are; taken as {schema}"));
                reading.problem(Loss::Nothing, None, cause);
                strangers(&mapping, schema, reading);
            }
            table = Some((Header::new(row), mapping, schema));
        } else {
            // one complaint is enough: without a column of names no row can be read
            table = Some((Header::new(row), Vec::new(), ""));
        }
    });
}

/// What the entries of a table are when no column tells: people, if a column is for what only people have; vessels, if one is for the number of
/// a ship; else people or bodies.
fn assumed(mapping: &Mapping) -> &'static str {
    let has = |schema: &str, property: &str| {
        ftm::schema(schema).and_then(|schema| schema.property(property)).is_some_and(|known| !known.stub)
    };
    let personal =
        |property: &str| has("Person", property) && !has("LegalEntity", property) && !has("Company", property);
    let any = |is: &dyn Fn(&str) -> bool| mapping.iter().any(|(property, _)| is(property));
    if any(&personal) {
        "Person"
    } else if any(&|property| property == "imoNumber") {
        "Vessel"
    } else {
        "LegalEntity"
    }
}

/// Tells of the columns for what entries of this schema have not: they speak in no comparison.
fn strangers(mapping: &Mapping, schema: &str, reading: &mut Reading<'_>) {
    let Some(known) = ftm::schema(schema) else { return };
    let lacks = |property: &str| known.property(property).is_none_or(|property| property.stub);
    for (property, _) in mapping.iter().filter(|(property, _)| !SPECIAL.contains(&property.as_str()) && lacks(property))
    {
        let cause = Cause::Assumed(format!("{schema} has no {property}: this column is only kept as a note"));
        reading.problem(Loss::Nothing, None, cause);
    }
}

/// The sign that the first line has most of, of those that separate cells.
fn delimiter(line: &[u8]) -> u8 {
    let count = |sign: u8| line.iter().take_while(|byte| **byte != b'\n').filter(|byte| **byte == sign).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The columns by the properties that they hold: as the caller says, or else as their names tell. `None`, and a complaint,
/// without a column of names.
fn mapping(row: &StringRecord, reading: &mut Reading<'_>) -> Option<Mapping> {
    let header = Header::new(row);
    let place = |column: &str| header.names().position(|name| name.eq_ignore_ascii_case(column.trim()));
    let mut mapping = Mapping::new();
    let told = reading.list.columns.clone();
    for (property, column) in &told {
        match place(column) {
            _ if !is_known(property) => {
                reading.problem(
                    Loss::Value,
                    None,
                    Cause::Assumed(format!("nothing has a property `{property}`; column {column} is not read")),
                );
            }
            Some(place) => mapping.push((property.clone(), place)),
            None => reading.problem(Loss::Value, None, Cause::NoColumn(column.clone())),
        }
    }
    for (place, name) in header.names().enumerate() {
        let free = !mapping.iter().any(|(_, taken)| *taken == place);
        if let Some(property) = guess(name).filter(|property| free && !told.iter().any(|(told, _)| told == property)) {
            mapping.push((property.to_owned(), place));
            reading.problem(
                Loss::Nothing,
                None,
                Cause::Assumed(format!("column `{}` was taken as {property}", shown(name))),
            );
        }
    }
    if mapping.iter().any(|(property, _)| property == "name" || property == "lastName") {
        unread(&header, &mapping, reading);
        return Some(mapping);
    }
    reading.problem(Loss::Rest, None, Cause::NoColumn("name".to_owned()));
    None
}

/// Tells which columns are not read: one that holds a date of birth under another name must not be missed in silence.
fn unread(header: &Header, mapping: &Mapping, reading: &mut Reading<'_>) {
    let taken = |place: usize| mapping.iter().any(|(_, taken)| *taken == place);
    let names = header.names().enumerate().filter(|(place, name)| !name.is_empty() && !taken(*place));
    let names: Vec<String> = names.map(|(_, name)| format!("`{}`", shown(name))).take(MOST_UNREAD).collect();
    if !names.is_empty() {
        let cause = Cause::Assumed(format!("not read, because they name no property: {}", names.join(", ")));
        reading.problem(Loss::Nothing, None, cause);
    }
}

/// Whether any schema of things has the property.
fn is_known(property: &str) -> bool {
    SPECIAL.contains(&property)
        || ftm::schemata().any(|schema| schema.property(property).is_some_and(|known| !known.stub))
}

fn guess(column: &str) -> Option<&'static str> {
    let folded: String =
        column.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let obvious = OBVIOUS.iter().find(|(name, _)| *name == folded).map(|(_, property)| *property);
    let special = || SPECIAL.into_iter().find(|name| name.to_lowercase() == folded);
    let own = || {
        let schemata = ["Person", "Company", "Vessel"].into_iter().filter_map(ftm::schema);
        schemata
            .flat_map(|schema| schema.properties())
            .find(|known| {
                let fits = !known.stub && !known.deprecated && known.kind != PropertyKind::Entity;
                fits && known.name.to_lowercase() == folded
            })
            .map(|known| known.name)
    };
    // FollowTheMoney has properties `title` and `type`, but a column of that name is seldom meant for them
    let meant = obvious.filter(|_| ["title", "type"].contains(&folded.as_str()));
    meant.or_else(special).or_else(own).or(obvious)
}

/// The schema that a word stands for.
fn schema_of(word: &str, otherwise: &str) -> String {
    match word.trim().to_lowercase().as_str() {
        "" => otherwise.to_owned(),
        "person" | "individual" | "people" | "p" | "i" => "Person".to_owned(),
        "vessel" | "ship" => "Vessel".to_owned(),
        "aircraft" | "airplane" => "Airplane".to_owned(),
        "company" | "business" => "Company".to_owned(),
        "organisation" | "organization" | "entity" | "body" => "Organization".to_owned(),
        _ => word.trim().to_owned(),
    }
}

fn entry(row: &StringRecord, mapping: &Mapping, otherwise: &str, reading: &mut Reading<'_>) {
    if mapping.is_empty() {
        return;
    }
    let cell = |wanted: &str| {
        let place = mapping.iter().find(|(property, _)| property == wanted).map(|(_, place)| *place);
        place.and_then(|place| row.get(place)).map_or("", str::trim)
    };
    let number = match cell("id") {
        "" => hash(row),
        id => id.to_owned(),
    };
    let number = if reading.list.keeps_repeats { reading.numbered(number) } else { number };
    let schema = schema_of(cell("schema"), otherwise);
    let Some(mut entry) = Entry::new(&reading.list.name, &number, &schema) else {
        return reading.problem(Loss::Record, Some(&number), Cause::NoSchema(shown(&schema)));
    };
    for (property, place) in mapping.iter().filter(|(property, _)| !SPECIAL.contains(&property.as_str())) {
        fill(&mut entry.subject, property, row.get(*place).unwrap_or_default());
    }
    if cell("name").is_empty() {
        let parts = NAME_PARTS.map(cell);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        entry.subject.add("name", &parts.join(" "));
    }
    let measure = ["program", "reason", "listingDate"].map(cell);
    if measure.iter().any(|cell| !cell.is_empty()) {
        let [program, reason, date] = measure;
        let authority = reading.list.name.clone();
        entry.sanction(&authority, "", |sanction| {
            sanction.add_all("program", split_cell(program).iter().map(String::as_str));
            sanction.add("reason", reason);
            sanction.date("listingDate", date, Order::DayFirst);
        });
    }
    reading.give(entry);
}

/// The values of a cell. Names are not split: a semicolon in one is as likely a slip as a separator.
fn fill(subject: &mut Draft, property: &str, cell: &str) {
    let values = if property == "name" { vec![cell.to_owned()] } else { split_cell(cell) };
    for value in &values {
        if subject.has(property) {
            subject.take(property, value);
        } else {
            subject.note(&format!("{property}: {value}"));
        }
    }
}

/// A number for a row that has none: it stays the same when rows before it come and go.
fn hash(row: &StringRecord) -> String {
    let mut hash = Sha256::new();
    for cell in row {
        hash.update(cell.trim().as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
