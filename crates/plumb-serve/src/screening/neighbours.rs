//! `/entities`: one record, its neighbours nested into it, or page by page.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plumb_core::ftm::{PropertyKind, Schema};
use serde_json::{Map, Value, json};

use super::dataset::Dataset;
use super::desk::{Screening, Work};
use super::fault::Fault;
use super::parameters::Parameters;
use super::{entity, page};

/// Neighbours that are nested into one record at most: the reach of paging.
const MOST_NESTED: usize = 9999;

/// A record in its dataset.
struct Root<'w> {
    dataset: &'w Dataset,
    record: u32,
    schema: &'static Schema,
}

/// The record of an id, in the first dataset that has it; `path` is where it moved to if the id was merged into another.
fn root<'w>(work: &'w Work, id: &str, path: &str) -> Result<Root<'w>, Fault> {
    let held = |dataset: &'w std::sync::Arc<Dataset>| {
        let record = dataset.index.record_of(id)?;
        let facts = dataset.index.record_facts(record)?;
        Some((&**dataset, record, facts.schema, facts.id == id))
    };
    // a record of its own goes before one that the id was merged into
    let mut found = work.datasets.iter().filter_map(held).collect::<Vec<_>>();
    found.sort_by_key(|(.., own)| !own);
    let Some((dataset, record, schema, own)) = found.into_iter().next() else {
        return Err(Fault::missing("No such entity!"));
    };
    if own {
        return Ok(Root { dataset, record, schema });
    }
    // a hash of the id led here; only an id that the record names was merged into it
    let merged = entity::entity(dataset, record).filter(|entity| is_referent(entity, id));
    match merged.and_then(|_| dataset.index.id(record)) {
        Some(canonical) => Err(Fault::Moved(format!("/entities/{}{path}", encoded(canonical)))),
        None => Err(Fault::missing("No such entity!")),
    }
}

fn is_referent(entity: &Map<String, Value>, id: &str) -> bool {
    entity.get("referents").and_then(Value::as_array).is_some_and(|ids| ids.iter().any(|one| one == id))
}

/// An id as a part of a path.
fn encoded(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Answers `/entities/{id}`.
pub(crate) async fn one(
    State(screening): State<Screening>,
    Path(id): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let mut parameters = Parameters::of_request(&parts);
    let nested = parameters.flag("nested").unwrap_or(true);
    let warnings = parameters.finish()?;
    let found = screening.work(move |work| {
        let root = root(work, &id, "")?;
        Ok(if nested { root.nested() } else { entity::entity(root.dataset, root.record).unwrap_or_default() })
    });
    Ok(warnings.onto(Json(Value::Object(found.await?)).into_response()))
}

/// Answers `/entities/{id}/adjacent`.
pub(crate) async fn adjacent(
    State(screening): State<Screening>,
    Path(id): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let (paging, warnings) = Paging::read(&parts)?;
    let found = screening.work(move |work| {
        let root = root(work, &id, "/adjacent")?;
        let mut neighbours = root.neighbours();
        let adjacent: Map<String, Value> =
            neighbours.iter_mut().map(|(property, all)| ((*property).to_owned(), root.page(all, &paging))).collect();
        let entity = entity::entity(root.dataset, root.record).unwrap_or_default();
        Ok(json!({ "entity": entity, "adjacent": adjacent }))
    });
    Ok(warnings.onto(Json(found.await?).into_response()))
}

/// Answers `/entities/{id}/adjacent/{property}`.
pub(crate) async fn adjacent_by_property(
    State(screening): State<Screening>,
    Path((id, property)): Path<(String, String)>,
    parts: Parts,
) -> Result<Response, Fault> {
    let (paging, warnings) = Paging::read(&parts)?;
    let found = screening.work(move |work| {
        let root = root(work, &id, &format!("/adjacent/{}", encoded(&property)))?;
        let known = root.schema.property(&property).filter(|known| known.kind == PropertyKind::Entity);
        let known = known.ok_or_else(|| Fault::missing("No such property!"))?;
        let mut all = root.neighbours().remove(known.name).unwrap_or_default();
        Ok(root.page(&mut all, &paging))
    });
    Ok(warnings.onto(Json(found.await?).into_response()))
}

/// A page of neighbours.
struct Paging {
    limit: usize,
    offset: usize,
    sort: Vec<(String, bool)>,
}

impl Paging {
    fn read(parts: &Parts) -> Result<(Self, super::parameters::Warnings), Fault> {
        let mut parameters = Parameters::of_request(parts);
        let (limit, offset) = page::read(&mut parameters);
        let sort = page::sort(&mut parameters);
        Ok((Self { limit, offset, sort }, parameters.finish()?))
    }
}

impl Root<'_> {
    /// The neighbours by the property of this record that leads to them, its own or the reverse of theirs.
    fn neighbours(&self) -> BTreeMap<&'static str, Vec<u32>> {
        neighbours(self.dataset, self.record, self.schema)
    }

    /// The record with its neighbours in the place of their ids.
    fn nested(&self) -> Map<String, Value> {
        let mut root = entity::entity(self.dataset, self.record).unwrap_or_default();
        let mut left = MOST_NESTED;
        for (property, mut records) in self.neighbours() {
            records.truncate(left);
            left -= records.len();
            let known: Vec<&str> = records.iter().filter_map(|record| self.dataset.index.id(*record)).collect();
            // an id that no record has stays an id
            let unknown: Vec<Value> =
                entity::values(&root, property).filter(|id| !known.contains(id)).map(|id| json!(id)).collect();
            let nested = records.iter().filter_map(|record| self.neighbour(*record)).map(Value::Object);
            let values: Vec<Value> = nested.chain(unknown).collect();
            if let Some(Value::Object(properties)) = root.get_mut("properties") {
                properties.insert(property.to_owned(), Value::Array(values));
            }
        }
        root
    }

    /// A neighbour. If it is a relation its other end is nested into it, and nothing beyond; the root itself is left out.
    fn neighbour(&self, record: u32) -> Option<Map<String, Value>> {
        let mut entity = entity::entity(self.dataset, record)?;
        let schema = entity::schema_of(&entity)?;
        let (root, is_edge) = (self.dataset.index.id(self.record)?.to_owned(), schema.edge.is_some());
        let Some(Value::Object(properties)) = entity.get_mut("properties") else { return Some(entity) };
        for property in schema.properties().filter(|property| property.kind == PropertyKind::Entity) {
            let Some(Value::Array(values)) = properties.get_mut(property.name) else { continue };
            values.retain(|value| *value != root);
            if is_edge {
                for value in values.iter_mut() {
                    let far = value.as_str().and_then(|id| self.dataset.index.record_of(id));
                    if let Some(far) = far.and_then(|far| entity::entity(self.dataset, far)) {
                        *value = Value::Object(far);
                    }
                }
            }
            if values.is_empty() {
                properties.remove(property.name);
            }
        }
        Some(entity)
    }

    /// A page of neighbours; the far ends of relations are complete.
    fn page(&self, all: &mut Vec<u32>, paging: &Paging) -> Value {
        let total = json!({ "value": all.len(), "relation": "eq" });
        for (field, descending) in paging.sort.iter().rev() {
            let key = |record: &u32| {
                let entity = entity::entity(self.dataset, *record)?;
                entity::field(&entity, field)?.into_iter().min()
            };
            let mut keyed: Vec<(Option<String>, u32)> = all.iter().map(|record| (key(record), *record)).collect();
            keyed.sort_by(|(one, _), (two, _)| page::compared(one.as_ref(), two.as_ref(), *descending));
            *all = keyed.into_iter().map(|(_, record)| record).collect();
        }
        let page = all.iter().skip(paging.offset).take(paging.limit);
        let results: Vec<Value> = page.filter_map(|record| self.neighbour(*record)).map(Value::Object).collect();
        json!({ "results": results, "total": total, "limit": paging.limit, "offset": paging.offset })
    }
}

fn neighbours(dataset: &Dataset, record: u32, schema: &'static Schema) -> BTreeMap<&'static str, Vec<u32>> {
    let mut neighbours: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
    for link in dataset.index.links(record) {
        let property = if link.reverse {
            let theirs = dataset.index.record_facts(link.record).and_then(|facts| facts.schema.property(link.property));
            theirs.and_then(|theirs| theirs.reverse).and_then(|reverse| schema.property(reverse.name))
        } else {
            schema.property(link.property)
        };
        if let Some(property) = property.filter(|_| link.record != record) {
            let records = neighbours.entry(property.name).or_default();
            if !records.contains(&link.record) {
                records.push(link.record);
            }
        }
    }
    neighbours
}
