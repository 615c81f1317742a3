//! A listed entity: what it is, and what its list says about the entry.

use plumb_core::ftm::Entity;

/// An entity of a list with the facts about its entry that are not properties of the entity.
#[derive(Clone, Debug)]
pub struct Record {
    /// The entity with its FollowTheMoney properties.
    pub entity: Entity,
    /// The name to show, where the list gives one.
    pub caption: Option<String>,
    /// The lists that it stands on, by their short names.
    pub datasets: Vec<String>,
    /// Ids of records that were merged into this one.
    pub referents: Vec<String>,
    /// When it was first on the list, as `2023-04-20T18:00:25`.
    pub first_seen: Option<String>,
    /// When it was last on the list.
    pub last_seen: Option<String>,
    /// When its entry last changed.
    pub last_change: Option<String>,
}

impl Record {
    /// A record of one list that says no more than the entity.
    pub fn new(entity: Entity, dataset: &str) -> Self {
        Self {
            entity,
            caption: None,
            datasets: vec![dataset.to_owned()],
            referents: Vec::new(),
            first_seen: None,
            last_seen: None,
            last_change: None,
        }
    }

    /// Whether it is a thing that a name can be held against: a person, body, vessel …, not a relation or a sanction.
    pub fn is_matchable(&self) -> bool {
        self.entity.schema().matchable
    }
}
