//! An index of the records of a list, in one file: built once for each version of the list, memory-mapped, swapped in whole.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use plumb_core::ftm::Entity;
//! use plumb_screen::index::{Builder, Filters, Workspace};
//! use plumb_screen::score::{Profile, Scorer, THRESHOLD};
//! use plumb_screen::Record;
//!
//! let person = |id: &str, name| Entity::new(id.to_owned(), "Person").map(|person| person.with("name", name));
//! let mut builder = Builder::default();
//! builder.add(&Record::new(person("listed-1", "Ivan Petrov").unwrap(), "example"))?;
//! let index = builder.in_memory()?;
//! let query = Profile::of(&person("ours-1", "Petrov, Ivan").unwrap());
//! let (scorer, mut workspace) = (Scorer::built_in()?, Workspace::default());
//! let matches = index.search(&scorer, &query, THRESHOLD, 5, &Filters::default(), &mut workspace);
//! assert_eq!(index.id(matches[0].record), Some("listed-1"));
//! # Ok(())
//! # }
//! ```

mod blocking;
mod build;
mod bytes;
mod candidates;
mod entry;
mod facts;
mod file;
mod filters;
mod search;
mod text;

use std::path::Path;

use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::Record;
use crate::hash::place_of_hash;
use bytes::{Reader, u32_at, u64_at};
use entry::Facts;
use file::{IndexFile, Section};

pub use build::Builder;
pub use candidates::Searched;
pub use facts::RecordFacts;
pub use file::{IndexError, VERSION};
pub use filters::Filters;
pub use plumb_names::fold;
pub use search::{Match, Ranking, Wanted, Workspace, rank};
pub use text::{Found, WordMatch};

/// An index, open to be searched. Shared freely between threads.
#[derive(Debug)]
pub struct Index {
    file: IndexFile,
    count: u32,
    datasets: Vec<String>,
    topics: Vec<String>,
}

/// A link between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The property that makes it.
    pub property: &'a str,
    /// Whether the property is the other record's.
    pub reverse: bool,
    /// The number of the other record.
    pub record: u32,
}

impl Index {
    /// Opens an index. One that is damaged or of another version is refused.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Self::of(IndexFile::open(path)?)
    }

    pub(crate) fn of(file: IndexFile) -> Result<Self, IndexError> {
        let mut reader = Reader::new(file.section(Section::Summary));
        let texts = |reader: &mut Reader<'_>| -> Option<Vec<String>> {
            let count = reader.size()?;
            (0..count).map(|_| reader.text().map(str::to_owned)).collect()
        };
        let summary = reader.small().zip(texts(&mut reader)).zip(texts(&mut reader));
        let Some(((count, datasets), topics)) = summary else { return Err(file.damaged("summary")) };
        Ok(Self { file, count, datasets, topics })
    }

    /// Checks every byte against the checksums that were written with it. Opening does so itself for files up to 128 MiB.
    pub fn verify(&self) -> Result<(), IndexError> {
        self.file.verify()
    }

    /// How many records it holds; their numbers run from 0.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Bytes of the file.
    pub fn size(&self) -> usize {
        self.file.size()
    }

    /// SHA-256 of the records that it was made from, in their order.
    pub fn inputs(&self) -> &[u8; 32] {
        self.file.inputs()
    }

    /// The datasets of its records.
    pub fn datasets(&self) -> &[String] {
        &self.datasets
    }

    /// A record as JSON, in the shape of yente's entity: `id`, `caption`, `schema`, `properties`, `datasets`, `referents`, `first_seen`,
    /// `last_seen`, `last_change`.
    pub fn record(&self, record: u32) -> Option<&str> {
        std::str::from_utf8(self.file.entry(Section::RecordPlaces, Section::Records, record as usize)?).ok()
    }

    /// The id of a record.
    pub fn id(&self, record: u32) -> Option<&str> {
        self.facts(record).map(|(facts, _)| facts.id)
    }

    /// The number of the record with this id, or that this id was merged into.
    pub fn record_of(&self, id: &str) -> Option<u32> {
        /// A hash of eight bytes and a number of four.
        const ROW: usize = 12;
        let (ids, hash) = (self.file.section(Section::Ids), xxh3_64(id.as_bytes()));
        let row = |place: usize| ids.get(place * ROW..(place + 1) * ROW);
        let hash_at = |place| row(place).and_then(|row| u64_at(row, 0));
        let place = place_of_hash(ids.len() / ROW, hash, |place| hash_at(place).unwrap_or(u64::MAX));
        if hash_at(place)? == hash { u32_at(row(place)?, 2) } else { None }
    }

    /// The records that a record is linked with, in both directions, by property.
    pub fn links(&self, record: u32) -> Vec<Link<'_>> {
        let mut links = Vec::new();
        let Some(entry) = self.file.entry(Section::LinkPlaces, Section::Links, record as usize) else { return links };
        let mut reader = Reader::new(entry);
        while let Some(property) = reader.text() {
            let (Some(reverse), Some(record)) = (reader.byte(), reader.small()) else { break };
            links.push(Link { property, reverse: reverse == 1, record });
        }
        links
    }

    /// The place of a record's schema among all.
    fn schema_place(&self, record: u32) -> Option<usize> {
        entry::schema_place_of(self.file.entry(Section::ProfilePlaces, Section::Profiles, record as usize)?)
    }

    /// The bytes of a word of names, and those behind it.
    fn name_word(&self, place: u32) -> Option<&[u8]> {
        self.file.section(Section::NameWords).get(place as usize..)
    }

    pub(crate) fn facts(&self, record: u32) -> Option<(Facts<'_>, Reader<'_>)> {
        entry::facts(self.file.entry(Section::ProfilePlaces, Section::Profiles, record as usize)?)
    }
}

/// A record in the shape of yente's entity.
fn json_of(record: &Record) -> String {
    let entity = &record.entity;
    let properties: Map<String, Value> =
        entity.properties().iter().map(|(name, values)| ((*name).to_owned(), json!(values))).collect();
    json!({
        "id": entity.id(),
        "caption": record.caption,
        "schema": entity.schema().name,
        "properties": properties,
        "datasets": record.datasets,
        "referents": record.referents,
        "first_seen": record.first_seen,
        "last_seen": record.last_seen,
        "last_change": record.last_change,
    })
    .to_string()
}
