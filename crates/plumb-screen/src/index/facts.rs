//! What is known of a record without reading it whole, for filters and for counting.

use plumb_core::ftm::Schema;

use super::Index;
use super::entry::Numbers;

/// Facts about a record.
#[derive(Clone, Debug)]
pub struct RecordFacts<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its schema.
    pub schema: &'static Schema,
    /// The datasets that it stands in.
    pub datasets: Vec<&'a str>,
    /// Its topics, such as `sanction`.
    pub topics: Vec<&'a str>,
    /// Codes of the countries that it is tied to; empty for what no name is held against.
    pub countries: Vec<&'a str>,
    /// When its entry last changed; empty when its list does not say.
    pub last_change: &'a str,
}

impl Index {
    /// Whether any record says when its entry changed: where none does, a search of what has changed finds nothing.
    pub fn tells_changes(&self) -> bool {
        (0..self.len()).any(|record| self.facts(record).is_some_and(|(facts, _)| !facts.last_change.is_empty()))
    }

    /// The facts about a record.
    pub fn record_facts(&self, record: u32) -> Option<RecordFacts<'_>> {
        let (facts, _) = self.facts(record)?;
        Some(RecordFacts {
            id: facts.id,
            schema: facts.schema,
            datasets: named(facts.datasets, &self.datasets),
            topics: named(facts.topics, &self.topics),
            countries: facts.countries.iter().collect(),
            last_change: facts.last_change,
        })
    }
}

/// The texts at these places.
fn named<'a>(places: Numbers<'_>, all: &'a [String]) -> Vec<&'a str> {
    places.iter().filter_map(|place| all.get(place as usize)).map(String::as_str).collect()
}
