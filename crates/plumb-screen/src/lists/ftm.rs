//! FollowTheMoney entities, one JSON object a line. Entities nested in properties, as OpenSanctions' nested exports have
//! them, become records of their own, and the property their id.

use std::io::BufRead as _;

use serde_json::{Map, Value};

use super::entry::Draft;
use super::report::{Cause, Loss};
use super::{Input, Reading};
use crate::Record;

/// Deepest nesting of entities in entities. OpenSanctions nests to two.
const DEEPEST: usize = 8;

/// Reads a file of JSON lines.
pub(super) fn read(file: &mut Input, reading: &mut Reading<'_>) {
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        file.next_record();
        reading.line = Some(number);
        match file.read_line(&mut line) {
            Ok(0) => return,
            Ok(_) if line.trim().is_empty() => {}
            Ok(_) => read_line(&line, reading),
            Err(error) => return reading.problem(Loss::Rest, None, Cause::Input(error.to_string())),
        }
    }
}

fn read_line(line: &str, reading: &mut Reading<'_>) {
    match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(object)) => {
            entity(&object, None, 0, reading);
        }
        Ok(_) => reading.problem(Loss::Record, None, Cause::Json("not an object".to_owned())),
        Err(error) => reading.problem(Loss::Record, None, Cause::Json(error.to_string())),
    }
}

/// Gives out an entity after the entities nested in it; returns its id, or nothing if it was refused.
///
/// `back` is the property of the nested entity that leads back to the one around it, which the nesting leaves out. An
/// entity that stands both nested and by itself is given out twice; its values add up.
fn entity(
    object: &Map<String, Value>,
    back: Option<(&str, &str)>,
    depth: usize,
    reading: &mut Reading<'_>,
) -> Option<String> {
    let word = |key: &str| object.get(key).and_then(Value::as_str);
    let Some(id) = word("id").filter(|id| !id.trim().is_empty()) else {
        reading.problem(Loss::Record, None, Cause::NoId);
        return None;
    };
    let numbered = (depth == 0 && reading.list.keeps_repeats).then(|| reading.numbered(id.to_owned()));
    let id = numbered.as_deref().unwrap_or(id);
    let schema = word("schema").unwrap_or_default();
    let Some(mut draft) = Draft::new(id.to_owned(), schema) else {
        reading.problem(Loss::Record, Some(id), Cause::NoSchema(super::report::shown(schema)));
        return None;
    };
    if depth == 0 && !reading.ids.insert(id.to_owned()) {
        reading.problem(Loss::Record, Some(id), Cause::SameId);
        return None;
    }
    if let Some((property, id)) = back {
        draft.add(property, id);
    }
    if let Some(Value::Object(properties)) = object.get("properties") {
        for (property, values) in properties {
            fill(&mut draft, property, values, depth, reading);
        }
    }
    for (loss, cause) in draft.problems {
        reading.problem(loss, Some(id), cause);
    }
    reading.report.entries += u64::from(draft.entity.schema().is_a("Thing") && depth == 0);
    let record = Record::new(draft.entity, &reading.list.name);
    reading.pass(told_around(object, record));
    Some(id.to_owned())
}

/// The record with what stands beside the properties of its entity.
fn told_around(object: &Map<String, Value>, record: Record) -> Record {
    let words = |key: &str| -> Vec<String> {
        let values = object.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let datasets = Some(words("datasets")).filter(|names| !names.is_empty()).unwrap_or_else(|| record.datasets.clone());
    Record {
        caption: text("caption"),
        datasets,
        referents: words("referents"),
        first_seen: text("first_seen"),
        last_seen: text("last_seen"),
        last_change: text("last_change"),
        ..record
    }
}

fn fill(draft: &mut Draft, property: &str, values: &Value, depth: usize, reading: &mut Reading<'_>) {
    // the reverse of a relation is written on the relation itself, which is nested here
    let known = draft.entity.schema().property(property);
    let stub = known.is_some_and(|known| known.stub);
    let back = known.filter(|_| stub).and_then(|known| known.reverse).map(|reverse| reverse.name);
    let own_id = draft.entity.id().to_owned();
    let values = match values {
        Value::Array(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    for value in values {
        match value {
            Value::String(text) if !stub => draft.add(property, text),
            Value::Object(nested) if depth < DEEPEST => {
                let id = entity(nested, back.map(|name| (name, own_id.as_str())), depth + 1, reading);
                if let Some(id) = id.filter(|_| !stub) {
                    draft.add(property, &id);
                }
            }
            Value::Number(number) if !stub => draft.add(property, &number.to_string()),
            Value::String(_) | Value::Number(_) => {}
            _ => {
                let cause = Cause::Json(format!("{property} holds neither text nor an entity"));
                draft.problems.push((Loss::Value, cause));
            }
        }
    }
}
