//! Sites, events, and the places that links lead to.

use std::collections::BTreeSet;

use plumb_core::case::{Case, Event, Site};
use plumb_core::lower::end;
use plumb_core::place::PlaceKind;
use plumb_core::reference::Kind;
use plumb_core::statement::Value;

use super::{Entity, country, other_id, remark, sourced};

/// The longest name of an event; a longer sentence stands whole in the summary.
const LONGEST_NAME: usize = 384;

/// A site as the work that is done there.
pub(super) fn site(case: &Case, site: &Site) -> Option<Entity> {
    let entity = Entity::new(other_id(case, "site", &site.id), "Project")?
        .with("name", &site.name)
        .with("address", &address(case, &site.place))
        .with_some("country", country(case, &site.place).as_deref())
        .with_period("notes", site.period)
        .with("status", &site.status)
        .with("notes", &remark("Workers", &site.workers))
        .with("notes", &remark("Reported", &site.incidents))
        .with("notes", &site.note);
    Some(sourced(case, entity, &site.source))
}

/// An event.
pub(super) fn event(case: &Case, event: &Event) -> Option<Entity> {
    let long = event.summary.chars().count() > LONGEST_NAME;
    let entity = Entity::new(other_id(case, "event", &event.id), "Event")?
        .with("name", &event.summary)
        .with_some("summary", long.then_some(event.summary.as_str()))
        .with_date("date", "notes", Some(event.date))
        .with("location", &address(case, &event.place))
        .with_some("country", country(case, &event.place).as_deref())
        .with("keywords", &event.kind)
        .with("notes", &remark("To be checked", &event.verify))
        .with("notes", &event.note);
    Some(sourced(case, entity, &event.source))
}

/// The places that links lead from or to, in order of code.
pub(super) fn territories(case: &Case) -> Vec<Entity> {
    let nodes = case.links.iter().flat_map(|link| [end(&link.from), end(&link.to)]);
    let codes: BTreeSet<String> = nodes
        .filter_map(|node| match node {
            Value::Reference(reference) if reference.kind == Kind::Place => Some(reference.id),
            _ => None,
        })
        .collect();
    codes.iter().filter_map(|code| territory(case, code)).collect()
}

fn territory(case: &Case, code: &str) -> Option<Entity> {
    let place = case.places.get(code)?;
    let in_iso = matches!(place.kind, PlaceKind::Country | PlaceKind::Subdivision);
    let entity = Entity::new(other_id(case, "place", code), "Territory")?
        .with("name", &place.name)
        .with_some("country", country(case, code).as_deref())
        .with_some("territoryCode", in_iso.then(|| code.to_ascii_lowercase()).as_deref());
    Some(place.names.iter().fold(entity, |entity, (_, name)| entity.with("alias", name)))
}

/// The names of a place and of what it lies in, the smallest first.
fn address(case: &Case, place: &str) -> String {
    let path = case.places.path(place);
    let names = path.iter().rev().filter_map(|code| case.places.get(code)).map(|place| place.name.as_ref());
    names.collect::<Vec<_>>().join(", ")
}
