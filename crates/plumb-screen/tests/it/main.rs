//! Scoring and the index as a caller sees them.

#![expect(clippy::unwrap_used, reason = "a test that fails here says where")]

mod index;
mod known_answers;
mod score;
mod treatments;

use plumb_core::ftm::Entity;
use plumb_screen::Record;
use plumb_screen::score::Profile;

/// An entity of a schema with these properties.
fn entity(id: &str, schema: &str, properties: &[(&str, &str)]) -> Entity {
    let entity = Entity::new(id.to_owned(), schema).unwrap();
    properties.iter().fold(entity, |entity, (name, value)| entity.with(name, value))
}

fn record(id: &str, schema: &str, properties: &[(&str, &str)]) -> Record {
    Record::new(entity(id, schema, properties), "example")
}

fn profile(schema: &str, properties: &[(&str, &str)]) -> Profile {
    Profile::of(&entity("query", schema, properties))
}
