//! FollowTheMoney: actors, their designations, links, sites and events as entities, one JSON object a line.
//!
//! What becomes what:
//!
//! * an **actor** is an entity of its own schema; a status of `designated` gives the topic `sanction`, no other status gives one;
//! * an entry of an **official list** is a `Sanction` of that actor;
//! * a **link** is the edge that the case names for its relation, where the edge accepts both ends, else an `UnknownLink` that
//!   has the verb as its role;
//! * a **site** is a `Project`: an activity at a place, with a time and people taking part. `RealEstate` would make it a thing
//!   that somebody owns and has no dates, `Address` would lose the time and say that actors reside there. The actors named in
//!   connection with it are `UnknownLink`s, because `ProjectParticipant` says more than "named in connection";
//! * a **place** that a link leads to is a `Territory`;
//! * an **event** is an `Event`.
//!
//! Left out, because FollowTheMoney has no word for them: claims and reference figures with their intervals, measures, origins,
//! duties, answers, indicators, signs, rules, and links to a group of people. JSON, SQLite and CSV carry all of them.

mod actors;
mod links;
mod things;

use std::collections::BTreeSet;

use plumb_account::Account;
use plumb_core::case::Case;
use plumb_core::ftm::entity;

pub use plumb_core::ftm::Entity;

use crate::ExportError;

/// The entities of an account: actors with their designations, sites, events, places, links. No id stands twice.
pub fn entities(account: &Account) -> Vec<Entity> {
    let case = &account.case;
    let actors = case.actors.iter().flat_map(|actor| actors::entities(case, actor));
    let sites = case.sites.iter().filter_map(|site| things::site(case, site));
    let events = case.events.iter().filter_map(|event| things::event(case, event));
    let all = actors.chain(sites).chain(events).chain(things::territories(case)).chain(links::entities(case));
    let mut seen = BTreeSet::new();
    all.filter(|entity| seen.insert(entity.id().to_owned())).collect()
}

/// The entities as JSON lines.
///
/// # Errors
/// Only when the JSON writer refuses, which is a fault of the program.
pub fn lines(account: &Account) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    for entity in entities(account) {
        serde_json::to_writer(&mut bytes, &entity)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The id of an actor: that of the case and its own.
fn actor_id(case: &Case, actor: &str) -> String {
    entity::id(&[&case.settings.id, actor])
}

/// The id of anything else; an empty part makes it unlike that of any actor.
fn other_id(case: &Case, kind: &str, id: &str) -> String {
    entity::id(&[&case.settings.id, "", kind, id])
}

/// The code that FollowTheMoney has for the country that a place is or lies in; groups, bodies and the unknown have none.
fn country(case: &Case, place: &str) -> Option<String> {
    let code = case.places.country_of(place)?;
    let former = [("SU", "suhh"), ("YU", "yucs"), ("CSHH", "cshh"), ("DD", "dd")];
    let known = former.iter().find(|(own, _)| *own == code).map(|(_, theirs)| (*theirs).to_owned());
    known.or_else(|| (code.len() == 2).then(|| code.to_ascii_lowercase()))
}

/// What an entity says about where it was read, and what remains to be checked.
fn sourced(case: &Case, entity: Entity, source: &str) -> Entity {
    match case.sources.get(source) {
        Some(source) => entity.with("sourceUrl", &source.url).with("publisher", &source.publisher),
        None => entity,
    }
}

/// A remark with a word before it that says what it is; nothing for an empty one.
fn remark(word: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{word}: {text}") }
}

#[cfg(test)]
mod tests {
    use plumb_core::case::Settings;

    use super::*;

    #[test]
    fn countries_are_those_of_the_other_model() {
        let case = Case { settings: Settings { id: "case".into(), ..Settings::default() }, ..Case::default() };
        let codes = ["KP", "RU-PRI", "SU", "EU", "UN", "ZZ", "WORLD", "nowhere"].map(|place| country(&case, place));
        let expected = [Some("kp"), Some("ru"), Some("suhh"), None, None, None, None, None];
        assert_eq!(codes, expected.map(|code| code.map(str::to_owned)));
        assert_ne!(actor_id(&case, "event-e1"), other_id(&case, "event", "e1"));
    }
}
