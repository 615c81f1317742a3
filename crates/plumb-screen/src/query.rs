//! A query by example: values as people and programs write them, made into an entity that can be held against lists.
//!
//! ```
//! let mut query = plumb_screen::Query::new("ours-1", "Person").unwrap();
//! query.add("name", "Kim Chol");
//! query.add("birthDate", "3 May 1961");
//! query.add("nationality", "Korea, North");
//! assert_eq!(query.entity().properties()["birthDate"], ["1961-05-03"]);
//! assert_eq!(query.entity().properties()["nationality"], ["kp"]);
//! ```

use plumb_core::ftm::Entity;

use crate::lists::{Cause, Draft, split_cell};

/// An entity in the making.
#[derive(Debug)]
pub struct Query {
    draft: Draft,
}

impl Query {
    /// A query for entities of a schema. `None` when there is no such schema, or only others may inherit from it.
    pub fn new(id: impl Into<String>, schema: &str) -> Option<Self> {
        Draft::new(id.into(), schema).map(|draft| Self { draft })
    }

    /// Adds a value, read by the type of its property: dates with the day first where they have no year first, countries by code or
    /// name. What cannot be taken is among the [problems](Self::problems); an empty value is nothing.
    pub fn add(&mut self, property: &str, value: &str) {
        if self.draft.has(property) { self.draft.take(property, value) } else { self.draft.add(property, value) }
    }

    /// Adds the values of a cell, separated by semicolons; one that holds a semicolon itself is quoted.
    pub fn add_cell(&mut self, property: &str, cell: &str) {
        for value in split_cell(cell) {
            self.add(property, &value);
        }
    }

    /// Whether it has a name to go by.
    pub fn is_named(&self) -> bool {
        self.draft.is_named()
    }

    /// What could not be taken, or was taken otherwise than it was written.
    pub fn problems(&self) -> impl Iterator<Item = &Cause> {
        self.draft.problems.iter().map(|(_, cause)| cause)
    }

    /// The entity.
    pub fn entity(&self) -> &Entity {
        &self.draft.entity
    }
}
