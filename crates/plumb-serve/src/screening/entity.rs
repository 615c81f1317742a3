//! A record as the API shows it.

use plumb_core::ftm::{self, PropertyKind, Schema};
use serde_json::{Map, Value, json};

use super::dataset::{Dataset, name_of};
use super::labels;

/// A record of a dataset as a JSON object. `None` only if the index is damaged.
pub(crate) fn entity(dataset: &Dataset, record: u32) -> Option<Map<String, Value>> {
    let mut entity: Map<String, Value> = serde_json::from_str(dataset.index.record(record)?).ok()?;
    let schema = entity.get("schema").and_then(Value::as_str).and_then(ftm::schema)?;
    if entity.get("caption").is_none_or(Value::is_null) {
        entity.insert("caption".to_owned(), json!(caption(schema, &entity)));
    }
    let target = values(&entity, "topics").any(labels::is_risk);
    entity.insert("target".to_owned(), json!(target));
    if let Some(Value::Array(datasets)) = entity.get_mut("datasets") {
        for name in datasets.iter_mut() {
            *name = json!(name_of(name.as_str().unwrap_or_default()));
        }
        if !datasets.iter().any(|name| *name == dataset.name) {
            datasets.push(json!(dataset.name));
        }
    }
    for time in ["first_seen", "last_seen", "last_change"] {
        if let Some(Value::String(text)) = entity.get_mut(time) {
            *text = to_the_second(text);
        }
    }
    Some(entity)
}

/// A moment as clients expect it, `2023-04-20T18:00:25`: no zone, no fractions, midnight where only the day is known.
pub(crate) fn to_the_second(text: &str) -> String {
    const MIDNIGHT: &str = "0000-00-00T00:00:00";
    let start = text.get(..MIDNIGHT.len().min(text.len())).unwrap_or(text);
    let rest = MIDNIGHT.get(start.len()..).unwrap_or_default();
    if start.len() >= "0000-00-00".len() { format!("{start}{rest}") } else { start.to_owned() }
}

/// The texts of a property.
pub(crate) fn values<'a>(entity: &'a Map<String, Value>, property: &str) -> impl Iterator<Item = &'a str> {
    let values = entity.get("properties").and_then(|properties| properties.get(property));
    values.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The schema of an entity.
pub(crate) fn schema_of(entity: &Map<String, Value>) -> Option<&'static Schema> {
    entity.get("schema").and_then(Value::as_str).and_then(ftm::schema)
}

/// The name of an entity when its list states none to show: of the first caption property that has values the first in Latin letters, else the first. Lists give their
/// primary name first.
pub(crate) fn caption(schema: &Schema, entity: &Map<String, Value>) -> String {
    caption_of(schema, |property| values(entity, property).map(str::to_owned).collect())
}

/// The same, given a way to the values of a property.
pub(crate) fn caption_of(schema: &Schema, values: impl Fn(&str) -> Vec<String>) -> String {
    let is_latin = |text: &String| text.chars().any(|one| one.is_ascii_alphabetic());
    let pick = |property: &&str| {
        let mut values = values(property);
        let place = values.iter().position(is_latin).unwrap_or_default();
        (place < values.len()).then(|| values.swap_remove(place))
    };
    schema.caption.iter().find_map(pick).unwrap_or_else(|| schema.label.to_owned())
}

/// The values of a field by the name that filters, facets and sorting have for it: `properties.birthDate`, a group such as
/// `countries`, or a key of the entity itself. `None` when there is no such field.
pub(crate) fn field(entity: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let own = |key: &str| entity.get(key).and_then(Value::as_str).map(str::to_owned).into_iter().collect();
    if let Some(property) = name.strip_prefix("properties.") {
        return Some(values(entity, property).map(str::to_owned).collect());
    }
    match name {
        "id" | "entity_id" | "canonical_id" => Some(own("id")),
        "caption" | "schema" | "first_seen" | "last_seen" | "last_change" => Some(own(name)),
        "datasets" | "referents" => {
            let values = entity.get(name).and_then(Value::as_array).into_iter().flatten();
            Some(values.filter_map(Value::as_str).map(str::to_owned).collect())
        }
        "target" => entity.get(name).map(|target| vec![target.to_string()]),
        group => labels::group(group).map(|kind| of_kind(entity, kind)),
    }
}

/// All values of a type. Dates stand also as their month and year, so that a year finds its days.
fn of_kind(entity: &Map<String, Value>, kind: PropertyKind) -> Vec<String> {
    let Some(schema) = schema_of(entity) else { return Vec::new() };
    let properties = schema.properties().filter(|property| property.kind == kind);
    let mut found: Vec<String> = properties.flat_map(|it| values(entity, it.name)).map(str::to_owned).collect();
    if kind == PropertyKind::Date {
        let shorter = |text: &String| [4, 7].map(|length| text.get(..length).map(str::to_owned));
        let coarse: Vec<String> = found.iter().flat_map(shorter).flatten().collect();
        found.extend(coarse);
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_of_one_length() {
        for text in ["2023-04-20T18:00:25Z", "2023-04-20T18:00:25", "2023-04-20"] {
            assert_eq!(to_the_second(text).len(), 19, "{text}");
        }
        assert_eq!(to_the_second("2023-04-20"), "2023-04-20T00:00:00");
        assert_eq!(to_the_second("2023"), "2023");
    }
}
