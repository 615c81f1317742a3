//! Names that are on no list beside the entries that blocking brings up for them: what screening meets nearly always.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Corpus, part_of};
use super::pairs::{Pair, schema_of};
use super::random::Random;
use crate::score::profile::{KnownAs, kind_of};
use plumb_core::ftm;
use plumb_names::{Kind, Role};

/// The group of such pairs.
pub const GROUP: &str = "clean name and list";
/// Names that are drawn of each kind.
const NAMES: usize = 6000;
/// Names of entries that are taken for each: the ones whose common keys are rarest, as an index ranks them. Where there is a false alert it
/// is nearly always among the first few.
const NEIGHBOURS: usize = 25;
/// Keys that more names hold say too little to bring up a neighbour.
const COMMONEST: usize = 2000;

/// The pairs of a corpus, all of two bearers. A register name whose words are those of an entry, legal forms apart, is left out: it may be
/// on the list.
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
        let kind = ftm::schema(schema).map_or(Kind::Entity, kind_of);
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for key in KnownAs::new(name, kind, false).keys {
            let Some(numbers) = self.by_key.get(&key).filter(|numbers| numbers.len() <= COMMONEST) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            let rarity = libm::log2(self.names.len() as f64 / numbers.len() as f64);
            for number in numbers {
                *shared.entry(*number).or_default() += rarity;
            }
        }
        let mut ranked: Vec<(usize, f64)> = shared.into_iter().collect();
        ranked.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        let listed = ranked.iter().filter_map(|(number, _)| self.names.get(*number));
        let own = words(name, kind);
        let listed = listed.filter(|(other, text)| *other == schema && own != words(text, kind)).take(NEIGHBOURS);
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

/// The words of a name that are no legal forms and no links between others.
fn words(text: &str, kind: Kind) -> BTreeSet<String> {
    let told = |part: &&plumb_names::Part| !matches!(part.role, Role::LegalForm | Role::Stop);
    plumb_names::analyse(text, kind).parts.iter().filter(told).map(|part| part.key.to_string()).collect()
}
