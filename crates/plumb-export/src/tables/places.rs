//! The places that the case speaks of, with all that they lie in and all members of its groups.

use std::collections::BTreeSet;

use plumb_account::Account;
use plumb_core::case::Case;
use plumb_core::lower::end;
use plumb_core::place::PlaceInfo;
use plumb_core::reference::Kind;
use plumb_core::statement::Value;
use rust_decimal::Decimal;

use super::Table;
use super::builder::{Builder, list};

pub(super) fn tables(account: &Account) -> Vec<Table> {
    let case = &account.case;
    let places: Vec<&PlaceInfo> = codes(account).iter().filter_map(|code| case.places.get(code)).collect();
    vec![table(&places), names(&places), members(&places)]
}

/// The codes that some row of the tables may refer to, in order.
fn codes(account: &Account) -> BTreeSet<String> {
    let case = &account.case;
    let mut codes = BTreeSet::new();
    for code in account.index.places().chain(case.places.own().map(|place| place.code.as_ref())) {
        enter(case, code, &mut codes);
    }
    for link in &case.links {
        for node in [end(&link.from), end(&link.to)] {
            match node {
                Value::Reference(reference) if reference.kind == Kind::Place => enter(case, &reference.id, &mut codes),
                _ => {}
            }
        }
    }
    for position in &account.positions {
        enter(case, &position.bearer, &mut codes);
    }
    codes
}

/// Enters a place with what it lies in and, for a group, its members. Each is entered once, so circles end.
fn enter(case: &Case, code: &str, codes: &mut BTreeSet<String>) {
    let Some(place) = case.places.get(code) else { return };
    if codes.insert(code.to_owned()) {
        for other in place.within.iter().chain(&place.members) {
            enter(case, other, codes);
        }
    }
}

fn degrees(number: f64) -> Option<Decimal> {
    number.to_string().parse().ok()
}

fn table(places: &[&PlaceInfo]) -> Table {
    Builder::new("places", "Places that the case speaks of, and what they lie in.", places)
        .key("id", "ISO 3166 code, a group, or a name of the case.", |row| row.code.to_string())
        .text("name", "What it is called in English.", |row| &row.name)
        .text("kind", "country, subdivision, group, former, body, unknown, state, region, city, zone.", |row| {
            row.kind.as_str()
        })
        .to("within", "places", "The place that it lies in.", |row| row.within.as_deref().unwrap_or_default())
        .number("latitude", "Degrees north.", |row| row.position.and_then(|(latitude, _)| degrees(latitude)))
        .number("longitude", "Degrees east.", |row| row.position.and_then(|(_, longitude)| degrees(longitude)))
        .done()
}

fn names(places: &[&PlaceInfo]) -> Table {
    let rows = places.iter().map(|place| (place.code.to_string(), place.names.clone()));
    list("place_names", "Names of places in other languages.", rows)
        .of("place", "places", "names")
        .text("language", "Code of the language (BCP 47).", |(.., (language, _))| language.to_string())
        .text("name", "The name.", |(.., (_, name))| name.to_string())
        .done()
}

fn members(places: &[&PlaceInfo]) -> Table {
    let rows = places.iter().map(|place| (place.code.to_string(), place.members.clone()));
    list("place_members", "Members of groups.", rows)
        .of("place", "places", "members")
        .to("member", "places", "The member.", |(.., member)| member.to_string())
        .done()
}
