//! The body of `/match`: entities by example, as callers write them.

use plumb_core::ftm::{self, Schema};
use plumb_names::Reader;
use plumb_screen::Query;
use plumb_screen::score::Profile;
use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::parameters::shortened;
use super::scorer;

/// Queries in one request, as in yente.
pub(crate) const MOST_QUERIES: usize = 100;

/// The schema that stands for anything.
pub(crate) const ANYTHING: &str = "Thing";

/// Values of one property that are read: an index reads no more either, and each name costs time.
const MOST_VALUES: usize = 256;

/// An entity by example.
#[derive(Debug)]
pub(crate) struct Example {
    /// The id that the caller gave; it is only repeated.
    pub(crate) id: Option<String>,
    /// What kind of entity it is.
    pub(crate) schema: &'static Schema,
    /// Its properties as they were understood.
    pub(crate) properties: Map<String, Value>,
    /// It as scoring needs it.
    pub(crate) profile: Profile,
    /// What of it could not be used.
    pub(crate) problems: Vec<String>,
}

/// A batch of examples, in the order of their keys.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) examples: Vec<(String, Example)>,
    /// What beside the examples could not be used.
    pub(crate) problems: Vec<String>,
}

/// Reads a body.
pub(crate) fn batch(body: &[u8], reader: &mut Reader) -> Result<Batch, Fault> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::Invalid(vec![Fault::invalid("missing", &["body"], "Field required", &Value::Null)]));
    }
    let body: Value = serde_json::from_slice(body).map_err(|error| {
        let context = json!({ "error": error.to_string() });
        let place = ["body", &error.column().to_string()];
        Fault::Invalid(vec![Fault::invalid("json_invalid", &place, "JSON decode error", &context)])
    })?;
    let Value::Object(body) = body else {
        let message = "Input should be a valid dictionary or object to extract fields from";
        return Err(Fault::Invalid(vec![Fault::invalid("model_attributes_type", &["body"], message, &Value::Null)]));
    };
    let faults = faults(&body);
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let settings = object(&body, "config").into_iter().flat_map(Map::keys);
    let mut problems = scorer::check_settings(settings)?;
    if object(&body, "weights").is_some_and(|weights| !weights.is_empty()) {
        problems.push("weights are not used: they are learnt from data".to_owned());
    }
    let queries =
        object(&body, "queries").into_iter().flatten().filter(|(_, query)| !query.is_null()).collect::<Vec<_>>();
    if queries.len() > MOST_QUERIES {
        return Err(Fault::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    if queries.is_empty() {
        return Err(Fault::bad("No queries provided."));
    }
    let read = |(key, query): (&String, &Value)| Ok((key.clone(), Example::read(query, reader)?));
    let examples = queries.into_iter().map(read).collect::<Result<_, Fault>>()?;
    Ok(Batch { examples, problems })
}

fn object<'a>(body: &'a Map<String, Value>, key: &str) -> Option<&'a Map<String, Value>> {
    body.get(key).and_then(Value::as_object)
}

/// What does not have the form that it must have.
fn faults(body: &Map<String, Value>) -> Vec<Value> {
    let mut faults = Vec::new();
    let dictionary = |place: &[&str], value: &Value| {
        Fault::invalid("dict_type", place, "Input should be a valid dictionary", &json!(shortened(&value.to_string())))
    };
    for key in ["weights", "config"] {
        faults.extend(body.get(key).filter(|value| !value.is_object()).map(|value| dictionary(&["body", key], value)));
    }
    let missing = |place: &[&str]| Fault::invalid("missing", place, "Field required", &Value::Null);
    match body.get("queries") {
        None => faults.push(missing(&["body", "queries"])),
        Some(Value::Object(queries)) => {
            for (key, query) in queries.iter().filter(|(_, query)| !query.is_null()) {
                let place = |field: &'static str| ["body", "queries", key.as_str(), field];
                let Some(query) = query.as_object() else {
                    faults.push(dictionary(&["body", "queries", key], query));
                    continue;
                };
                match query.get("schema") {
                    Some(Value::String(_)) => {}
                    Some(_) => {
                        let message = "Input should be a valid string";
                        faults.push(Fault::invalid("string_type", &place("schema"), message, &Value::Null));
                    }
                    None => faults.push(missing(&place("schema"))),
                }
                match query.get("properties") {
                    Some(Value::Object(_)) => {}
                    Some(other) => faults.push(dictionary(&place("properties"), other)),
                    None => faults.push(missing(&place("properties"))),
                }
            }
        }
        Some(other) => faults.push(dictionary(&["body", "queries"], other)),
    }
    // one entry a query is enough, and an answer need not be longer than its request
    faults.truncate(MOST_QUERIES);
    faults
}

impl Example {
    fn read(query: &Value, reader: &mut Reader) -> Result<Self, Fault> {
        let text = |key: &str| query.get(key).and_then(Value::as_str);
        let properties = query.get("properties").and_then(Value::as_object);
        let pairs = properties.into_iter().flatten().map(|(name, values)| (name.as_str(), texts(values)));
        Ok(Self { id: text("id").map(str::to_owned), ..Self::new(text("schema").unwrap_or_default(), pairs, reader)? })
    }

    /// An example of a schema with these values.
    pub(crate) fn new<'a>(
        schema: &str,
        values: impl Iterator<Item = (&'a str, Vec<String>)>,
        reader: &mut Reader,
    ) -> Result<Self, Fault> {
        let parse = |why: String| Fault::bad(format!("Cannot parse example entity: {why}"));
        let known = ftm::schema(schema).ok_or_else(|| parse(format!("Unknown schema: '{}'", shortened(schema))))?;
        if known.name != ANYTHING && !known.matchable {
            return Err(parse(format!("Non-matchable schema for query: {}", known.name)));
        }
        let Some(mut query) = Query::new("query", concrete(known).name) else {
            return Err(parse(format!("Unknown schema: '{}'", known.name)));
        };
        let mut problems = Vec::new();
        for (name, values) in values {
            if known.property(name).is_none_or(|property| property.stub) {
                problems.push(format!("{} has no property {}", known.name, shortened(name)));
                continue;
            }
            if values.len() > MOST_VALUES {
                problems.push(format!("of {name} only {MOST_VALUES} values are read"));
            }
            values.iter().take(MOST_VALUES).for_each(|value| query.add(name, value));
        }
        problems.extend(query.problems().map(ToString::to_string));
        let entity = query.entity();
        let values: Vec<(&str, &[String])> =
            entity.properties().iter().map(|(name, values)| (*name, values.as_slice())).collect();
        let properties = values.iter().map(|(name, values)| ((*name).to_owned(), json!(values))).collect();
        let profile = Profile::new_with(reader, known, &values);
        problems.extend(profile.caution());
        Ok(Self { id: None, schema: known, properties, profile, problems })
    }
}

/// The values of a property: a text or number, or several. What else JSON can hold is no value.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().filter(|value| !value.is_array()).flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

/// The schema itself, or the first that inherits from it if no entity may be of it.
fn concrete(schema: &'static Schema) -> &'static Schema {
    let fits = |other: &&'static Schema| !other.abstract_ && other.matchable && other.is_a(schema.name);
    if schema.abstract_ { ftm::schemata().find(fits).unwrap_or(schema) } else { schema }
}
