//! Persons whose given names are a letter apart and two: Mary and Mark, Daniel and Daniela. A slip looks the same, but makes no other name.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Corpus, NameGroup, part_of};
use super::pairs::Pair;
use super::random::Random;
use crate::score::profile::kind_of;
use plumb_names::{Kind, Level, Scratch, Uniform};

/// Pairs that are made: a fifth of those with slips, for names that are told apart by a letter are met less often than slips.
const PAIRS: usize = 1500;
/// Groups with fewer forms are of names that few bear; of those, too, some are misspellings of others.
const FEWEST_FORMS: usize = 8;
/// Shorter names are a letter away from anything.
const SHORTEST: usize = 4;

/// The pairs, all of two bearers. Names that stand together in any group are spellings of one and left out.
pub fn pairs(corpus: &Corpus) -> Vec<Pair> {
    let near = near(&corpus.groups);
    let surnames: Vec<String> = corpus
        .records
        .iter()
        .filter(|record| kind_of(record.entity.schema()) == Kind::Person)
        .filter_map(|record| {
            record.entity.properties().get("name")?.first()?.split([',', ' ']).next().map(str::to_owned)
        })
        .filter(|surname| surname.len() >= SHORTEST)
        .collect();
    let mut random = Random::new(29);
    let mut pairs = Vec::new();
    for _ in 0..PAIRS {
        let (Some((one, two)), Some(surname)) = (random.pick(&near), random.pick(&surnames)) else { break };
        let (left, right) = (format!("{one} {surname}"), format!("{two} {surname}"));
        pairs.push(Pair { schema: "Person", left, right, same: false, group: "near name", part: part_of(one) });
    }
    pairs
}

/// Latin forms of two groups that share what is left when one letter is left out of each.
fn near(groups: &[NameGroup]) -> Vec<(&str, &str)> {
    let latin = |form: &&String| form.len() >= SHORTEST && form.bytes().all(|letter| letter.is_ascii_lowercase());
    let mut together: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for form in group.variants.iter().filter(latin) {
            together.entry(form).or_default().insert(number);
        }
    }
    let known = groups.iter().filter(|group| group.variants.len() >= FEWEST_FORMS);
    let first: BTreeSet<&str> =
        known.filter_map(|group| group.variants.iter().find(latin)).map(String::as_str).collect();
    let mut by_rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for form in &first {
        let rests: BTreeSet<String> = (0..form.len())
            .map(|at| form.bytes().enumerate().filter(|(place, _)| *place != at).map(|(_, b)| char::from(b)).collect())
            .collect();
        for rest in rests.into_iter().chain([(*form).to_owned()]) {
            by_rest.entry(rest).or_default().push(form);
        }
    }
    let mut scratch = Scratch::default();
    // seldom names stand in the groups as their misspellings do: what cannot be told from a slip teaches nothing
    let mut known_apart = |one: &str, two: &str| {
        let name = |form: &str| plumb_names::analyse(form, Kind::Person);
        let comparison = plumb_names::compare(&name(one), &name(two), &Uniform, &mut scratch);
        comparison.pieces.iter().all(|piece| piece.level == Level::KnownApart)
    };
    let apart = |one: &str, two: &str| {
        let (one_groups, two_groups) = (together.get(one), together.get(two));
        one_groups.zip(two_groups).is_some_and(|(one, two)| one.is_disjoint(two))
    };
    let all =
        by_rest.values().flat_map(|forms| forms.windows(2)).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    let near: BTreeSet<(&str, &str)> = all.filter(|(one, two)| apart(one, two) && known_apart(one, two)).collect();
    near.into_iter().collect()
}
