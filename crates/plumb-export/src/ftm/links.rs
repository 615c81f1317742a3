//! Links as edges.

use plumb_account::index::name_of;
use plumb_core::case::{Case, Link, Site};
use plumb_core::ftm::{self, Schema};
use plumb_core::lower::end;
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::Value;

use super::{Entity, actor_id, other_id, remark, sourced};

/// The edge that says no more than that there is something between the two.
const UNKNOWN: &str = "UnknownLink";

/// The edges of all links, and of the actors named in connection with sites.
pub(super) fn entities(case: &Case) -> Vec<Entity> {
    let links = case.links.iter().filter_map(|link| edge(case, link));
    let sites = case.sites.iter().flat_map(|site| connections(case, site));
    links.chain(sites).collect()
}

/// An entity at the end of a link.
struct End {
    id: String,
    schema: &'static Schema,
}

/// The entity that an end of a link is. A group of people is none.
fn end_of(case: &Case, text: &str) -> Option<End> {
    let Value::Reference(reference) = end(text) else { return None };
    let id = &reference.id;
    let (id, schema) = match reference.kind {
        Kind::Actor => (actor_id(case, id), case.actors.get(id)?.schema.as_str()),
        Kind::Site => (other_id(case, "site", &case.sites.get(id)?.id), "Project"),
        Kind::Place => (other_id(case, "place", &case.places.get(id)?.code), "Territory"),
        _ => return None,
    };
    ftm::schema(schema).filter(|schema| !schema.abstract_).map(|schema| End { id, schema })
}

fn edge(case: &Case, link: &Link) -> Option<Entity> {
    let (from, to) = (end_of(case, &link.from)?, end_of(case, &link.to)?);
    if from.id == to.id {
        // the other model refuses an edge from an entity to itself
        return None;
    }
    let relation = case.settings.relations.get(&link.relation);
    let schema = relation.map(|relation| relation.schema.as_str()).filter(|schema| accepts(schema, &from, &to));
    let entity = between(other_id(case, "link", &link.id), schema.unwrap_or(UNKNOWN), &from, &to)?
        .with("role", relation.map_or(&link.relation, |relation| &relation.verb))
        .with("summary", &name_of(case, &Reference::new(Kind::Link, link.id.clone())))
        .with_period("description", link.period)
        .with("description", &remark("Basis", &link.basis))
        .with("description", &remark("To be checked", &link.verify))
        .with("description", &link.note);
    Some(sourced(case, entity, &link.source))
}

/// Whether a schema is an edge that may lie between the two.
fn accepts(schema: &str, from: &End, to: &End) -> bool {
    let fits = |schema: &Schema, property: &str, end: &End| {
        let range = schema.property(property).and_then(|property| property.range);
        range.is_some_and(|range| end.schema.is_a(range))
    };
    ftm::schema(schema).is_some_and(|schema| {
        schema.edge.is_some_and(|edge| fits(schema, edge.source, from) && fits(schema, edge.target, to))
    })
}

fn between(id: String, schema: &str, from: &End, to: &End) -> Option<Entity> {
    let entity = Entity::new(id, schema)?;
    let edge = entity.schema().edge?;
    Some(entity.with(edge.source, &from.id).with(edge.target, &to.id))
}

/// The actors named in connection with a site.
fn connections<'a>(case: &'a Case, site: &'a Site) -> impl Iterator<Item = Entity> + 'a {
    site.actors.iter().filter_map(move |actor| {
        let (from, to) = (end_of(case, actor)?, end_of(case, &format!("site:{}", site.id))?);
        let id = super::entity::id(&[&case.settings.id, "", "site", &site.id, "", actor]);
        let entity = between(id, UNKNOWN, &from, &to)?
            .with("role", "named in connection with the site")
            .with_period("description", site.period);
        Some(sourced(case, entity, &site.source))
    })
}
