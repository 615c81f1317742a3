//! Which records of an index count in a search.

use std::collections::BTreeSet;

use super::Index;
use super::entry::{Facts, Numbers};

/// Which records of an index count. Empty lists admit everything.
#[derive(Clone, Debug, Default)]
pub struct Filters<'a> {
    /// Only records of one of these datasets.
    pub datasets: &'a [&'a str],
    /// None that is in one of these datasets only.
    pub without_datasets: &'a [&'a str],
    /// Only records of this schema or one that inherits from it.
    pub schema: Option<&'a str>,
    /// None of these schemata or of one that inherits from them.
    pub without_schemata: &'a [&'a str],
    /// Only records with one of these topics.
    pub topics: &'a [&'a str],
    /// Only records with one of these countries.
    pub countries: &'a [&'a str],
    /// Only records whose entry changed later than this ISO date or moment; records that do not say when they changed are left out.
    pub changed_since: Option<&'a str>,
    /// None with these ids, also where they were merged into another.
    pub without_ids: &'a [&'a str],
}

/// Filters in the numbers of one index.
pub(crate) struct Filter<'a> {
    asked: &'a Filters<'a>,
    datasets: Option<Vec<u32>>,
    without_datasets: Vec<u32>,
    topics: Option<Vec<u32>>,
    without: BTreeSet<u32>,
}

impl Filter<'_> {
    /// Whether every record counts, so that none need be looked at.
    pub(crate) fn is_open(&self) -> bool {
        let asked = self.asked;
        let lists = [asked.datasets, asked.without_datasets, asked.without_schemata, asked.topics, asked.countries];
        lists.iter().all(|list| list.is_empty())
            && asked.schema.is_none()
            && asked.changed_since.is_none()
            && self.without.is_empty()
    }

    /// Whether a record counts.
    pub(crate) fn admits(&self, record: u32, facts: &Facts<'_>) -> bool {
        let asked = self.asked;
        let any = |wanted: &Option<Vec<u32>>, has: Numbers<'_>| {
            wanted.as_ref().is_none_or(|wanted| has.iter().any(|number| wanted.contains(&number)))
        };
        let kept = || facts.datasets.iter().any(|number| !self.without_datasets.contains(&number));
        any(&self.datasets, facts.datasets)
            && (self.without_datasets.is_empty() || kept())
            && any(&self.topics, facts.topics)
            && asked.schema.is_none_or(|schema| facts.schema.is_a(schema))
            && !asked.without_schemata.iter().any(|schema| facts.schema.is_a(schema))
            && (asked.countries.is_empty() || facts.countries.iter().any(|country| asked.countries.contains(&country)))
            && asked.changed_since.is_none_or(|since| facts.last_change > since)
            && !self.without.contains(&record)
    }
}

impl Index {
    pub(crate) fn filter<'a>(&self, asked: &'a Filters<'a>) -> Filter<'a> {
        let numbers = |names: &[&str], all: &[String]| -> Vec<u32> {
            let place =
                |name: &&str| all.iter().position(|other| other == *name).and_then(|place| u32::try_from(place).ok());
            names.iter().filter_map(place).collect()
        };
        let wanted = |names: &[&str], all: &[String]| (!names.is_empty()).then(|| numbers(names, all));
        Filter {
            asked,
            datasets: wanted(asked.datasets, &self.datasets),
            without_datasets: numbers(asked.without_datasets, &self.datasets),
            topics: wanted(asked.topics, &self.topics),
            without: asked.without_ids.iter().filter_map(|id| self.record_of(id)).collect(),
        }
    }
}
