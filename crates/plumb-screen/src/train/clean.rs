//! Names that are on no list beside the entries that blocking brings up for them: what screening meets nearly always.

use std::collections::BTreeMap;

use super::corpus::{Corpus, part_of};
use super::pairs::{Pair, same_parts, schema_of};
use super::random::Random;
use crate::score::profile::{KnownAs, kind_of};
use plumb_core::ftm;

/// The group of such pairs.
pub const GROUP: &str = "clean name and list";
/// Names that are drawn of each kind.
const NAMES: usize = 6000;
/// Entries that are taken for each: the ones with the most keys in common.
const NEIGHBOURS: usize = 5;
/// Keys that more names hold say too little to bring up a neighbour.
const COMMONEST: usize = 400;

/// The pairs of a corpus, all of two bearers. A register name whose parts are those of an entry is left out: it may be on the list.
pub fn pairs(corpus: &Corpus) -> Vec<Pair> {
    let mut random = Random::new(41);
    let step = (corpus.companies.len() / NAMES).max(1);
    // not the names that other pairs are made from
    let companies = corpus.companies.iter().skip(step / 2).step_by(step).map(|name| ("Company", name.clone()));
    let latin = |text: &&String| text.chars().all(|letter| letter.is_ascii_alphabetic()) && text.len() > 2;
    let parts: Vec<&String> = corpus.groups.iter().filter_map(|group| group.variants.iter().find(latin)).collect();
    let mut person = || Some(format!("{} {}", random.pick(&parts)?, random.pick(&parts)?));
    let persons: Vec<String> = (0..NAMES).filter_map(|_| person()).collect();
    let clean = companies.chain(persons.into_iter().map(|name| ("Person", name)));
    let listed = Listed::new(corpus);
    clean.flat_map(|(schema, name)| listed.neighbours(schema, &name)).collect()
}

/// The names of the lists under their keys.
struct Listed<'a> {
    names: Vec<(&'static str, &'a str)>,
    by_key: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Listed<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        let mut listed = Self { names: Vec::new(), by_key: BTreeMap::new() };
        for record in &corpus.records {
            let schema = record.entity.schema();
            for name in
                ["name", "alias"].iter().filter_map(|property| record.entity.properties().get(property)).flatten()
            {
                for key in KnownAs::new(name, kind_of(schema), false).keys {
                    listed.by_key.entry(key).or_default().push(listed.names.len());
                }
                listed.names.push((schema_of(schema), name));
            }
        }
        listed
    }

    fn neighbours(&self, schema: &'static str, name: &str) -> Vec<Pair> {
        let kind = ftm::schema(schema).map_or(plumb_names::Kind::Entity, kind_of);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for key in KnownAs::new(name, kind, false).keys {
            for number in self.by_key.get(&key).filter(|numbers| numbers.len() <= COMMONEST).into_iter().flatten() {
                *shared.entry(*number).or_default() += 1;
            }
        }
        let mut ranked: Vec<(usize, usize)> = shared.into_iter().map(|(number, count)| (count, number)).collect();
        ranked.sort_unstable_by(|one, two| two.cmp(one));
        let listed = ranked.iter().filter_map(|(_, number)| self.names.get(*number));
        let listed = listed.filter(|(other, text)| *other == schema && !same_parts(name, text)).take(NEIGHBOURS);
        let pair = |right: &str| Pair {
            schema,
            left: name.to_owned(),
            right: right.to_owned(),
            same: false,
            group: GROUP,
            part: part_of(name),
        };
        listed.map(|(_, text)| pair(text)).collect()
    }
}
