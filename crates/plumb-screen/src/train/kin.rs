//! Bodies of one list that share the word that tells them apart and have each another business: Mansudae Overseas Projects and Mansudae
//! Art Studio. A list that gives both an entry says that they are two.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Corpus, part_of};
use super::pairs::{Pair, schema_of};
use plumb_names::{Kind, Role};

/// Entries with the same word that are paired with each: groups of a hundred branches must not outweigh all others.
const MOST_KIN: usize = 8;

/// What tells a body apart, and the words of its business.
struct Body<'a> {
    id: &'a str,
    name: &'a str,
    businesses: BTreeSet<u32>,
}

/// The pairs of a corpus, all of two bearers.
pub fn pairs(corpus: &Corpus) -> Vec<Pair> {
    let mut families: BTreeMap<(&str, BTreeSet<String>), Vec<Body<'_>>> = BTreeMap::new();
    for record in corpus.records.iter().filter(|record| schema_of(record.entity.schema()) == "Company") {
        let names = record.entity.properties().get("name").and_then(|names| names.first());
        let (Some(name), Some(list)) = (names, record.datasets.first()) else { continue };
        let read = plumb_names::analyse(name, Kind::Organisation);
        let telling =
            read.parts.iter().filter(|part| part.role.is_distinctive()).map(|part| part.key.to_string()).collect();
        let businesses = read.parts.iter().filter(|part| part.role == Role::Generic).map(|part| part.concept);
        let body = Body { id: record.entity.id(), name, businesses: businesses.collect() };
        families.entry((list, telling)).or_default().push(body);
    }
    families.retain(|(_, telling), _| !telling.is_empty());
    families
        .values()
        .flat_map(|family| family.iter().enumerate().flat_map(|(place, one)| kin(one, family, place)))
        .collect()
}

fn kin<'a>(one: &'a Body<'a>, family: &'a [Body<'a>], place: usize) -> impl Iterator<Item = Pair> + 'a {
    let others = family.iter().skip(place + 1).take(MOST_KIN);
    let others =
        others.filter(|two| !one.businesses.is_subset(&two.businesses) && !two.businesses.is_subset(&one.businesses));
    others.map(|two| Pair {
        schema: "Company",
        left: one.name.to_owned(),
        right: two.name.to_owned(),
        same: false,
        group: "kin on a list",
        part: part_of(one.id),
    })
}
