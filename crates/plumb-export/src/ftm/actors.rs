//! Actors and the official lists that name them.

use plumb_core::case::{Actor, Case};
use plumb_core::place::PlaceKind;

use super::{Entity, actor_id, country, remark, sourced};

/// The entity of an actor, and one sanction for each list that names it. None when its schema is not known.
pub(super) fn entities(case: &Case, actor: &Actor) -> Vec<Entity> {
    let Some(entity) = entity(case, actor) else { return Vec::new() };
    let sanctions = actor.lists.iter().filter_map(|list| sanction(case, actor, list));
    std::iter::once(entity).chain(sanctions).collect()
}

fn entity(case: &Case, actor: &Actor) -> Option<Entity> {
    let mut entity = Entity::new(actor_id(case, &actor.id), &actor.schema)?
        .with("name", &actor.name)
        .with_some("country", country(case, &actor.country).as_deref())
        .with("notes", &remark("Part in the case", &actor.role))
        .with("notes", &remark("Reported", &actor.reason))
        .with("notes", &remark("To be checked", &actor.verify));
    // a person's part is an office or a job; that of a company is not
    if entity.schema().is_a("Person") {
        entity = entity.with("position", &actor.role);
    }
    if actor.status == "designated" {
        entity = entity.with("topics", "sanction");
    }
    for alias in &actor.aliases {
        entity = entity.with(if is_weak(alias) { "weakAlias" } else { "alias" }, alias);
    }
    for list in &actor.lists {
        entity = entity.with("program", list);
    }
    let sources = std::iter::once(&actor.source).chain(&actor.other_sources);
    Some(sources.fold(entity, |entity, source| sourced(case, entity, source)))
}

/// Acronyms of up to five letters are shared by many; FollowTheMoney keeps such names out of the search for matches.
fn is_weak(alias: &str) -> bool {
    alias.len() <= 5 && alias.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// What `LIST:ENTRY` says. The date of the case is that of the first designation; with several lists nobody can tell whose it is.
fn sanction(case: &Case, actor: &Actor, list: &str) -> Option<Entity> {
    let (authority, entry) = list.split_once(':').unwrap_or((list, ""));
    let place = case.places.get(authority.trim());
    let name = place.map_or_else(|| authority.trim().to_owned(), |place| place.name.to_string());
    let state = place.filter(|place| place.kind == PlaceKind::Country);
    let id = super::entity::id(&[&case.settings.id, "", "list", &actor.id, list]);
    let entity = Entity::new(id, "Sanction")?
        .with("entity", &actor_id(case, &actor.id))
        .with("authority", &name)
        .with("program", list)
        .with("recordId", entry)
        .with_some("unscId", (authority == "UN").then_some(entry))
        .with_some("country", state.and_then(|state| country(case, &state.code)).as_deref());
    let entity = if actor.lists.len() == 1 {
        entity.with_date("startDate", "description", actor.designated)
    } else {
        let first = actor.designated.map(|date| date.to_string()).unwrap_or_default();
        entity.with("description", &remark("First designation by any list", &first))
    };
    Some(sourced(case, entity, &actor.source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_acronyms_are_weak_names() {
        assert!(is_weak("MOP") && is_weak("KKBC"));
        assert!(!is_weak("Cholsan") && !is_weak("조선") && !is_weak("OFFICE39"));
    }
}
