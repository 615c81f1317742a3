//! The case: typed records, each with the place in the file that it came from.
//!
//! Records are what the tables say, checked for shape only; [`crate::lower`] turns them into statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::location::RowLocation;
use crate::measure::Measure;
use crate::place::Gazetteer;
use crate::reference::{Kind, Reference};

pub mod model;
mod records;
mod settings;
mod step;

pub use model::Model;
pub use records::{
    Actor, Answer, Claim, Defect, Duty, Event, Indicator, Link, Observation, Origin, Response, Rule, Sign, Site,
    Source, Status, Wage,
};
pub use settings::{Accepted, Grade, Headline, RELATION_KINDS, Relation, Section, Settings, TraceQuestion};
pub use step::{NoStep, Step, StepLength};

/// Records of one table by id, in the order of the file.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<T>,
    index: BTreeMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), index: BTreeMap::new() }
    }
}

impl<T> Table<T> {
    /// Adds a record. Gives it back when the id is taken: the first one stays.
    pub fn insert(&mut self, id: &str, record: T) -> Result<(), T> {
        if self.index.contains_key(id) {
            return Err(record);
        }
        self.index.insert(id.to_owned(), self.rows.len());
        self.rows.push(record);
        Ok(())
    }

    /// The record of this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.index.get(id).and_then(|position| self.rows.get(*position))
    }

    /// The records in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// A case as read from its folder.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// `case.toml`.
    pub settings: Settings,
    /// `measures.toml`.
    pub measures: BTreeMap<String, Measure>,
    /// Built-in places and those of `places.csv`.
    pub places: Gazetteer,
    /// `sources.csv`.
    pub sources: Table<Source>,
    /// `origins.csv`.
    pub origins: Table<Origin>,
    /// `claims.csv`.
    pub claims: Table<Claim>,
    /// `actors.csv`.
    pub actors: Table<Actor>,
    /// `links.csv`.
    pub links: Table<Link>,
    /// `sites.csv`.
    pub sites: Table<Site>,
    /// `events.csv`.
    pub events: Table<Event>,
    /// `duties.csv`.
    pub duties: Table<Duty>,
    /// `answers.csv`.
    pub answers: Table<Answer>,
    /// `indicators.csv`.
    pub indicators: Table<Indicator>,
    /// `signs.csv`.
    pub signs: Table<Sign>,
    /// `questionnaire.csv`.
    pub responses: Table<Response>,
    /// `rules.csv`.
    pub rules: Table<Rule>,
    /// `series.csv`.
    pub observations: Table<Observation>,
    /// `defects.csv`.
    pub defects: Table<Defect>,
    /// `model.toml`, if the case has one.
    pub model: Option<Model>,
    /// `wages.csv`.
    pub wages: Table<Wage>,
    /// `account.md`, parsed.
    pub prose: Vec<Section>,
    /// The text of each file that was read, for pointing into it.
    pub files: BTreeMap<Arc<str>, Arc<str>>,
    /// SHA-256 of each file that was read, copies included, as 64 hexadecimal digits.
    pub hashes: BTreeMap<Arc<str>, String>,
}

impl Case {
    /// How many records a table has.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Source => self.sources.len(),
            Kind::Origin => self.origins.len(),
            Kind::Claim => self.claims.len(),
            Kind::Actor => self.actors.len(),
            Kind::Link => self.links.len(),
            Kind::Site => self.sites.len(),
            Kind::Event => self.events.len(),
            Kind::Duty => self.duties.len(),
            Kind::Answer => self.answers.len(),
            Kind::Indicator => self.indicators.len(),
            Kind::Sign => self.signs.len(),
            Kind::Response => self.responses.len(),
            Kind::Rule => self.rules.len(),
            Kind::Observation => self.observations.len(),
            Kind::Defect => self.defects.len(),
            Kind::Wage => self.wages.len(),
            Kind::Place => self.places.own().count(),
            Kind::Measure => self.measures.len(),
        }
    }

    /// Where the record stands in the files, if it is in the case. Places and measures have no row here.
    pub fn row(&self, reference: &Reference) -> Option<&RowLocation> {
        let id = reference.id.as_str();
        match reference.kind {
            Kind::Source => self.sources.get(id).map(|record| &record.row),
            Kind::Origin => self.origins.get(id).map(|record| &record.row),
            Kind::Claim => self.claims.get(id).map(|record| &record.row),
            Kind::Actor => self.actors.get(id).map(|record| &record.row),
            Kind::Link => self.links.get(id).map(|record| &record.row),
            Kind::Site => self.sites.get(id).map(|record| &record.row),
            Kind::Event => self.events.get(id).map(|record| &record.row),
            Kind::Duty => self.duties.get(id).map(|record| &record.row),
            Kind::Answer => self.answers.get(id).map(|record| &record.row),
            Kind::Indicator => self.indicators.get(id).map(|record| &record.row),
            Kind::Sign => self.signs.get(id).map(|record| &record.row),
            Kind::Response => self.responses.get(id).map(|record| &record.row),
            Kind::Rule => self.rules.get(id).map(|record| &record.row),
            Kind::Observation => self.observations.get(id).map(|record| &record.row),
            Kind::Defect => self.defects.get(id).map(|record| &record.row),
            Kind::Wage => self.wages.get(id).map(|record| &record.row),
            Kind::Place | Kind::Measure => None,
        }
    }
}
