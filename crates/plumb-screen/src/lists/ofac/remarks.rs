//! OFAC's remarks: semicolon-separated statements, each known by how it begins.

use super::links::Links;
use crate::lists::dates::Order;
use crate::lists::entry::Entry;
use crate::lists::report::{Cause, Loss};

/// What a statement of this beginning tells.
#[derive(Clone, Copy)]
enum Says {
    /// A value of the first of these properties that the schema has.
    Value(&'static [&'static str]),
    /// A date.
    Date(&'static [&'static str]),
    /// A country.
    Country(&'static [&'static str]),
    /// A document with a number, perhaps a country in brackets and dates.
    Document,
    /// What the sanction forbids or warns of.
    Provision,
    /// Another entry.
    Link,
    /// `XBT 1A…`
    Wallet,
    /// A name.
    Name(&'static str),
    /// A gender.
    Gender,
}

use Says::{Country, Date, Document, Gender, Link, Name, Provision, Value, Wallet};

/// Beginnings, the longer before the shorter that they contain.
const BEGINNINGS: &[(&str, Says)] = &[
    ("DOB", Date(&["birthDate"])),
    ("POB", Value(&["birthPlace"])),
    ("nationality", Country(&["nationality", "country"])),
    ("citizen", Country(&["citizenship", "country"])),
    ("Gender", Gender),
    ("a.k.a.", Name("weakAlias")),
    ("f.k.a.", Name("previousName")),
    ("n.k.a.", Name("alias")),
    ("Linked To:", Link),
    ("Passport", Document),
    ("Diplomatic Passport", Document),
    ("National ID No.", Document),
    ("Cedula No.", Document),
    ("Identification Number IMO", Value(&["imoNumber"])),
    ("Company Number IMO", Value(&["imoNumber"])),
    ("Vessel Registration Identification IMO", Value(&["imoNumber"])),
    ("Identification Number", Document),
    ("National Foreign ID Number", Document),
    ("Birth Certificate Number", Document),
    ("Driver's License No.", Document),
    ("Residency Number", Document),
    ("Residency Permit", Document),
    ("Citizen's Card Number", Document),
    ("Personal ID Card", Document),
    ("Stateless Person ID Card", Document),
    ("Kenyan ID No.", Document),
    ("Turkish Identification Number", Document),
    ("British National Overseas Passport", Document),
    ("Bosnian Personal ID No.", Document),
    ("Tarjeta de Identidad", Document),
    ("Cartilla de Servicio Militar Nacional", Document),
    ("D.N.I.", Document),
    ("C.U.R.P.", Document),
    ("I.F.E.", Document),
    ("C.U.I.T.", Value(&["taxNumber"])),
    ("C.U.I.", Document),
    ("C.U.I.P.", Document),
    ("SSN", Value(&["socialSecurityNumber", "idNumber"])),
    ("MMSI", Value(&["mmsi"])),
    ("Tax ID No.", Value(&["taxNumber"])),
    ("NIT #", Value(&["taxNumber"])),
    ("R.F.C.", Value(&["taxNumber"])),
    ("RUC #", Value(&["taxNumber"])),
    ("RTN", Value(&["taxNumber"])),
    ("RIF #", Value(&["taxNumber"])),
    ("V.A.T. Number", Value(&["vatCode"])),
    ("Registration Number", Value(&["registrationNumber"])),
    ("Registration ID", Value(&["registrationNumber"])),
    ("Business Registration Number", Value(&["registrationNumber"])),
    ("Business Registration Document #", Value(&["registrationNumber"])),
    ("Business Number", Value(&["registrationNumber"])),
    ("Company Number", Value(&["registrationNumber"])),
    ("C.R. No.", Value(&["registrationNumber"])),
    ("Commercial Registry Number", Value(&["registrationNumber"])),
    ("Chamber of Commerce Number", Value(&["registrationNumber"])),
    ("Certificate of Incorporation Number", Value(&["registrationNumber"])),
    ("Public Registration Number", Value(&["registrationNumber"])),
    ("Central Registration System Number", Value(&["registrationNumber"])),
    ("Economic Register Number (CBLS)", Value(&["registrationNumber"])),
    ("Enterprise Number", Value(&["registrationNumber"])),
    ("Folio Mercantil No.", Value(&["registrationNumber"])),
    ("Matricula Mercantil No", Value(&["registrationNumber"])),
    ("Trade License No.", Value(&["licenseNumber"])),
    ("License", Value(&["licenseNumber"])),
    ("Unified Social Credit Code (USCC)", Value(&["uscCode"])),
    ("Legal Entity Number", Value(&["leiCode"])),
    ("Government Gazette Number", Value(&["okpoCode"])),
    ("D-U-N-S Number", Value(&["dunsCode"])),
    ("SWIFT/BIC", Value(&["swiftBic"])),
    ("Email Address", Value(&["email"])),
    ("EMAIL", Value(&["email"])),
    ("Phone Number", Value(&["phone"])),
    ("Telephone", Value(&["phone"])),
    ("PHONE", Value(&["phone"])),
    ("FAX", Value(&["phone"])),
    ("Aircraft Tail Number", Value(&["registrationNumber"])),
    ("Aircraft Manufacturer's Serial Number (MSN)", Value(&["serialNumber"])),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", Value(&["serialNumber"])),
    ("Aircraft Mode S Transponder Code", Value(&["icaoCode"])),
    ("Aircraft Model", Value(&["model"])),
    ("Aircraft Manufacture Date", Date(&["buildDate"])),
    ("Vessel Year of Build", Date(&["buildDate"])),
    ("Former Vessel Flag", Country(&["pastFlags"])),
    ("Vessel Flag", Country(&["flag"])),
    ("Vessel Call Sign", Value(&["callSign"])),
    ("Vessel Type", Value(&["type"])),
    ("Other Vessel Type", Value(&["type"])),
    ("Former Vessel Type", Value(&["pastTypes"])),
    ("Organization Established Date", Date(&["incorporationDate"])),
    ("Organization Type:", Value(&["sector"])),
    ("Nationality of Registration", Country(&["jurisdiction", "country"])),
    ("Digital Currency Address -", Wallet),
    ("Equity Ticker", Value(&["ticker"])),
    ("Secondary sanctions risk:", Provision),
    ("Additional Sanctions Information -", Provision),
    ("Transactions Prohibited For", Provision),
];

/// Adds what the remarks of an entry say. What no beginning is known for becomes a note, word for word.
pub(super) fn fill(entry: &mut Entry, remarks: &str, links: &Links) {
    for statement in statements(remarks) {
        self::statement(entry, statement, links);
    }
}

/// Adds what one statement says.
pub(in crate::lists) fn statement(entry: &mut Entry, statement: &str, links: &Links) {
    let bare = statement.strip_prefix("alt. ").unwrap_or(statement);
    let said = BEGINNINGS.iter().find_map(|(beginning, says)| {
        let rest = bare.strip_prefix(beginning)?;
        let ends = rest.is_empty() || rest.starts_with([' ', '\'', ':']) || beginning.ends_with([':', '-', '#']);
        ends.then(|| (*beginning, rest.trim().trim_start_matches(':').trim(), *says))
    });
    match (said, bare.strip_prefix("Website")) {
        (Some((beginning, value, says)), _) => tell(entry, beginning, value, says, links),
        (None, Some(address)) => entry.subject.website(address),
        (None, None) => entry.subject.note(bare),
    }
}

/// The statements: separated by semicolons outside brackets; the full stop that ends the remarks belongs to none.
fn statements(remarks: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let split = remarks.split(move |letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ';' && depth == 0
    });
    split.map(|statement| without_stop(statement.trim())).filter(|statement| !statement.is_empty()).collect()
}

/// Without the full stop at the end, unless it is that of an abbreviation such as `LTD.` or `S.A.`, which a second stop
/// would follow; one stop too few does not matter to a name.
fn without_stop(statement: &str) -> &str {
    statement.strip_suffix('.').unwrap_or(statement).trim()
}

fn tell(entry: &mut Entry, beginning: &str, value: &str, says: Says, links: &Links) {
    let subject = &mut entry.subject;
    let property = |names: &'static [&'static str]| names.iter().copied().find(|name| subject.has(name));
    match says {
        Value(names) => match property(names) {
            Some(name) => number(entry, name, value),
            None => subject.note(&format!("{beginning} {value}")),
        },
        Date(names) => match property(names) {
            Some(name) => subject.date(name, value, Order::DayFirst),
            None => subject.note(&format!("{beginning} {value}")),
        },
        Country(names) => match property(names) {
            Some(name) => subject.country(name, value),
            None => subject.note(&format!("{beginning} {value}")),
        },
        Name(name) => subject.add(name, value.trim_matches(['\'', '"'])),
        Gender => subject.gender(value),
        Document => document(entry, beginning, value),
        Provision => {
            let sanction = entry.others.iter_mut().find(|other| other.entity.schema().name == "Sanction");
            if let Some(sanction) = sanction {
                sanction.add("provisions", &format!("{beginning} {value}"));
            }
        }
        Link => link(entry, value, links),
        Wallet => match value.split_once(' ') {
            Some((currency, address)) => entry.wallet(currency, address.trim()),
            None => subject.note(&format!("{beginning} {value}")),
        },
    }
}

/// A number, with the country of its register in brackets where there is one. Russian numbers go where Russian numbers go.
fn number(entry: &mut Entry, property: &str, value: &str) {
    let (number, country) = split_country(value);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let property = match (property, country, digits) {
        ("taxNumber", Some("Russia"), 10 | 12) => "innCode",
        ("registrationNumber", Some("Russia"), 13 | 15) => "ogrnCode",
        _ => property,
    };
    entry.subject.add(property, number);
    if let Some(country) = country {
        entry.subject.country("country", country);
    }
}

fn document(entry: &mut Entry, kind: &str, value: &str) {
    let (value, expires) = cut_at(value, " expires ");
    let (value, issued) = cut_at(value, " issued ");
    let (number, country) = split_country(value);
    entry.document(kind.trim_end_matches([':', '#', '.']), number, |document| {
        document.country("country", country.unwrap_or_default());
        document.date("startDate", issued.unwrap_or_default(), Order::DayFirst);
        document.date("endDate", expires.unwrap_or_default(), Order::DayFirst);
    });
}

fn cut_at<'v>(value: &'v str, word: &str) -> (&'v str, Option<&'v str>) {
    value.split_once(word).map_or((value, None), |(before, after)| (before, Some(after)))
}

/// `8006421 (Iran)` → number and country. What is in brackets and no country is part of the number.
fn split_country(value: &str) -> (&str, Option<&str>) {
    let split = value.strip_suffix(')').and_then(|value| value.rsplit_once('('));
    match split {
        Some((number, country)) if crate::lists::countries::code(country).is_some() => (number.trim(), Some(country)),
        _ => (value, None),
    }
}

/// OFAC links without saying how; the relation stays unknown.
fn link(entry: &mut Entry, name: &str, links: &Links) {
    match links.find(name) {
        Ok((id, _)) if id == entry.subject.entity.id() => {}
        Ok(other) => entry.link("UnknownLink", other, "Linked To", false),
        Err(found) => {
            entry.subject.note(&format!("Linked To: {name}"));
            entry
                .subject
                .problems
                .push((Loss::Nothing, Cause::Link { name: crate::lists::report::shown(name), found }));
        }
    }
}
