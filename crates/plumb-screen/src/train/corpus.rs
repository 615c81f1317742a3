//! What weights are learnt from: entities of lists, groups of name variants, and names of a register.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::Record;
use crate::score::Profile;

/// Variants of one personal name, as Wikidata has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameGroup {
    /// The Wikidata id.
    pub id: String,
    /// The variants, in the order of the file.
    pub variants: Vec<String>,
}

/// All that training reads.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Entities of lists that a name can be held against.
    pub records: Vec<Record>,
    /// Groups of variants of personal names.
    pub groups: Vec<NameGroup>,
    /// Names of companies that are on no list.
    pub companies: Vec<String>,
}

/// Which part an entity falls in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Weights are learnt from it.
    Train,
    /// Figures are reported on it.
    Check,
}

/// The part of an entity or name: a fifth is for checking. Everything derived from it falls in the same part.
pub fn part_of(id: &str) -> Part {
    let first = Sha256::digest(format!("final part {id}")).first().copied().unwrap_or_default();
    if first % 5 == 0 { Part::Check } else { Part::Train }
}

impl NameGroup {
    /// Reads a line of the form `a, b, c => Q1`.
    pub fn read(line: &str) -> Option<Self> {
        let (variants, id) = line.rsplit_once("=>")?;
        let variants =
            variants.split(',').map(|variant| variant.trim().to_owned()).filter(|variant| !variant.is_empty());
        Some(Self { id: id.trim().to_owned(), variants: variants.collect() })
    }
}

impl Corpus {
    /// The share of names of persons, or of others if that is greater, that hold each part. Only parts that are common enough to matter
    /// are given; all others are as rare as the table can say.
    pub fn shares(&self) -> BTreeMap<String, f64> {
        let (mut persons, mut others) = (Count::default(), Count::default());
        for record in &self.records {
            let count = if record.entity.schema().is_a("Person") { &mut persons } else { &mut others };
            for known_as in Profile::of(&record.entity).names {
                count.add(&known_as.name);
            }
        }
        for company in &self.companies {
            others.add(&plumb_names::analyse(company, plumb_names::Kind::Organisation));
        }
        let mut shares = persons.shares(LEAST_PERSONS);
        for (key, share) in others.shares(LEAST_OTHERS) {
            let held = shares.entry(key).or_insert(share);
            *held = held.max(share);
        }
        shares
    }
}

/// Parts that fewer names hold are left out of the table of rarities: they would make it large and say little more than "rare".
const LEAST_PERSONS: u32 = 3;
const LEAST_OTHERS: u32 = 6;

#[derive(Default)]
struct Count {
    names: u32,
    parts: BTreeMap<String, u32>,
}

impl Count {
    fn add(&mut self, name: &plumb_names::Name) {
        self.names += 1;
        let mut keys: Vec<&str> = name.parts.iter().map(|part| &*part.key).filter(|key| !key.is_empty()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *self.parts.entry(key.to_owned()).or_default() += 1;
        }
    }

    fn shares(self, least: u32) -> BTreeMap<String, f64> {
        let names = f64::from(self.names.max(1));
        let common = self.parts.into_iter().filter(|(_, count)| *count >= least);
        common.map(|(key, count)| (key, f64::from(count) / names)).collect()
    }
}
