//! Counting how often pairs of one entity and pairs of two show each level of agreement: Fellegi and Sunter's m and u.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use super::random::Random;
use crate::score::address::{self, AddressLevel};
use crate::score::date::{self, DateLevel};
use crate::score::fact::{self, CountryLevel, GenderLevel};
use crate::score::identifier::{self, IdentifierLevel};
use crate::score::level::Level;
use crate::score::model::Weight;
use crate::score::profile::{Profile, compatible};

/// Counts of one feature: for each level, pairs of one entity and pairs of two.
type Counts = Vec<[u64; 2]>;

/// Half a pair is added to each count, so that what was never seen is rare and not impossible (Jeffreys' prior).
const PRIOR: f64 = 0.5;
/// Pairs of different entities that are looked at for each entity: enough to see what happens once in a hundred thousand.
const NEGATIVES_PER_RECORD: usize = 20;

/// The weights of all levels of all features but names, and how many pairs they were counted on.
pub fn weights(corpus: &Corpus) -> (BTreeMap<String, BTreeMap<String, Weight>>, [u64; 2]) {
    let profiles: Vec<Profile> = corpus.records.iter().map(|record| Profile::of(&record.entity)).collect();
    let mut tally = Tally::default();
    for (one, two) in joined(corpus) {
        if let (Some(one), Some(two)) = (profiles.get(one), profiles.get(two)) {
            tally.add(one, two, 0);
        }
    }
    let mut random = Random::new(7);
    for one in &profiles {
        for _ in 0..NEGATIVES_PER_RECORD {
            if let Some(two) = random.pick(&profiles).filter(|two| !std::ptr::eq(one, *two) && !same_name(one, two)) {
                tally.add(one, two, 1);
            }
        }
    }
    tally.finish()
}

/// Entities on two lists, by number: those whose name no other entity of either list bears. Names are what joins them, so that their
/// dates, countries and numbers agree or not as lists do agree about one entity.
fn joined(corpus: &Corpus) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (number, record) in corpus.records.iter().enumerate() {
        for name in record.entity.properties().get("name").into_iter().flatten() {
            let mut words: Vec<String> =
                name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
            words.retain(|word| !word.is_empty());
            words.sort();
            if words.len() > 1 {
                by_name.entry(words).or_default().push(number);
            }
        }
    }
    let datasets = |number: &usize| corpus.records.get(*number).map(|record| &record.datasets);
    let pair = |numbers: &Vec<usize>| match numbers.as_slice() {
        [one, two] if one != two && datasets(one) != datasets(two) => Some((*one, *two)),
        _ => None,
    };
    by_name.values().filter_map(pair).collect()
}

fn same_name(one: &Profile, two: &Profile) -> bool {
    one.names.iter().any(|name| two.names.iter().any(|other| name.text.eq_ignore_ascii_case(&other.text)))
}

struct Tally {
    dates: Counts,
    countries: Counts,
    genders: Counts,
    identifiers: Counts,
    addresses: Counts,
    pairs: [u64; 2],
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            dates: empty::<DateLevel>(),
            countries: empty::<CountryLevel>(),
            genders: empty::<GenderLevel>(),
            identifiers: empty::<IdentifierLevel>(),
            addresses: empty::<AddressLevel>(),
            pairs: [0, 0],
        }
    }
}

impl Tally {
    /// Counts a pair; `class` is 0 for one entity, 1 for two.
    fn add(&mut self, one: &Profile, two: &Profile, class: usize) {
        if !compatible(one.schema, two.schema) {
            return;
        }
        count(&mut self.dates, date::best(&one.dates, &two.dates).map(|(level, ..)| level), class);
        count(&mut self.countries, fact::countries(&one.countries, &two.countries).map(|(level, ..)| level), class);
        count(&mut self.genders, fact::genders(&one.genders, &two.genders).map(|(level, ..)| level), class);
        count(
            &mut self.identifiers,
            identifier::best(&one.identifiers, &two.identifiers).map(|(level, ..)| level),
            class,
        );
        count(&mut self.addresses, address::best(&one.addresses, &two.addresses).map(|(level, ..)| level), class);
        self.pairs.iter_mut().skip(class).take(1).for_each(|pairs| *pairs += 1);
    }

    fn finish(self) -> (BTreeMap<String, BTreeMap<String, Weight>>, [u64; 2]) {
        let features = [
            weigh::<DateLevel>(&self.dates),
            weigh::<CountryLevel>(&self.countries),
            weigh::<GenderLevel>(&self.genders),
            weigh::<IdentifierLevel>(&self.identifiers),
            weigh::<AddressLevel>(&self.addresses),
        ];
        (features.into_iter().collect(), self.pairs)
    }
}

fn empty<L: Level>() -> Counts {
    vec![[0, 0]; L::ALL.len()]
}

fn count<L: Level>(counts: &mut Counts, level: Option<L>, class: usize) {
    let cell = level.and_then(|level| counts.get_mut(level.place())).and_then(|classes| classes.get_mut(class));
    if let Some(cell) = cell {
        *cell += 1;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn weigh<L: Level>(counts: &Counts) -> (String, BTreeMap<String, Weight>) {
    let total = |class: usize| {
        counts.iter().filter_map(|classes| classes.get(class)).sum::<u64>() as f64 + PRIOR * counts.len() as f64
    };
    let totals = [total(0), total(1)];
    let weight = |[positives, negatives]: [u64; 2]| Weight {
        m: rounded((positives as f64 + PRIOR) / totals[0]),
        u: rounded((negatives as f64 + PRIOR) / totals[1]),
        positives,
        negatives,
    };
    let levels = L::ALL.iter().zip(counts).map(|(level, classes)| (level.name().to_owned(), weight(*classes)));
    (L::FEATURE.to_owned(), levels.collect())
}

/// To eight decimals: more would only make the file harder to read.
pub(crate) fn rounded(number: f64) -> f64 {
    (number * 1e8).round() / 1e8
}
