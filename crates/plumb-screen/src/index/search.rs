//! Searching an index by example: candidates by blocking, then the full score of each.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Index;
use super::blocking::{self, NameKeys};
use super::bytes::{Reader, u64_at};
use super::entry::{self, Facts, Numbers};
use super::file::Section;
use crate::hash::place_of_hash;
use crate::score::{Profile, Score, Scorer};

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

/// A record that may be the one that was asked for.
#[derive(Clone, Debug)]
pub struct Match {
    /// The number of the record in its index.
    pub record: u32,
    /// How strongly the two look like one, and why.
    pub score: Score,
}

/// What a search is to give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Records that are compared in full, at most.
    pub candidates: usize,
    /// The score from which a record is given, 0 to 1.
    pub least: f64,
    /// The score from which a record counts as a potential match, 0 to 1.
    pub threshold: f64,
    /// Records that are given, at most.
    pub limit: usize,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The records, best first; equal scores in the order of their ids.
    pub matches: Vec<Match>,
    /// How many potential matches there were among the candidates, also beyond the limit.
    pub total: usize,
}

/// Room for one thread's searches, kept between them.
#[derive(Debug, Default)]
pub struct Workspace {
    /// Of each record, how much speaks for it, and the number of the last thing that did.
    weights: Vec<(f32, u32)>,
    touched: Vec<u32>,
    names: plumb_names::Scratch,
}

/// How much a further key of a thing counts that has been seen already: enough to put the nearest of those first that share some key.
const REPEATED: f32 = 0.1;

/// The records under one key.
#[derive(Clone, Copy)]
struct List<'a> {
    /// Its bytes: a posting takes one or two, near enough for a weight and a budget.
    length: usize,
    /// How much the key tells, in bits.
    weight: f32,
    reader: Reader<'a>,
}

impl<'a> List<'a> {
    fn new(reader: Reader<'a>, records: u32) -> Self {
        let length = reader.rest().len();
        #[expect(clippy::cast_precision_loss, reason = "a weight needs no more")]
        let weight = libm::log2f(records as f32 * 2.0 / (length as f32).max(1.0)).max(0.5);
        Self { length, weight, reader }
    }
}

/// Candidates that are compared in full for each result that is asked for: yente fetches ten for each, and never fewer than fifty here.
const CANDIDATES_PER_RESULT: usize = 10;
const FEWEST_CANDIDATES: usize = 50;
/// Postings that one query may read. A key under which more stand says little, and rarer keys are read first.
const POSTINGS_BUDGET: usize = 100_000;

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

    /// Records that are worth comparing with a query, the likeliest first, at most so many.
    ///
    /// Each thing that a record has in common with the query (a part of a name, a whole name, an identifier) counts with the bits of its
    /// rarest key. Things are looked for from the rarest on, up to a budget, and until the rest cannot bring up anything worth comparing.
    pub fn candidates(
        &self,
        query: &Profile,
        limit: usize,
        filters: &Filters<'_>,
        workspace: &mut Workspace,
    ) -> Vec<u32> {
        let filter = self.filter(filters);
        self.weigh(&self.things(query), workspace);
        let weights = &mut workspace.weights;
        let mut found: Vec<(f32, Reverse<u32>)> = Vec::with_capacity(workspace.touched.len());
        for record in workspace.touched.drain(..) {
            let (weight, _) = weights.get_mut(record as usize).map(std::mem::take).unwrap_or_default();
            found.push((weight, Reverse(record)));
        }
        best(found, limit, |record| {
            self.facts(record).is_some_and(|(facts, _)| {
                crate::score::profile::compatible(facts.schema, query.schema) && filter.admits(record, &facts)
            })
        })
    }

    /// The posting lists of a query, by what their keys are signs of: the rarest list first, and the thing with the rarest.
    fn things(&self, query: &Profile) -> Vec<Vec<List<'_>>> {
        let mut lists: Vec<_> = blocking::signs(query)
            .into_iter()
            .filter_map(|sign| self.postings(sign.key).map(|reader| (sign.of, List::new(reader, self.count))))
            .collect();
        lists.sort_by_key(|(of, list)| (*of, list.length));
        let mut things: Vec<Vec<List<'_>>> = lists
            .chunk_by(|one, two| one.0 == two.0)
            .map(|lists| lists.iter().map(|(_, list)| *list).collect())
            .collect();
        things.sort_by_key(|lists| lists.first().map_or(0, |list| list.length));
        things
    }

    /// Adds up what speaks for each record.
    fn weigh(&self, things: &[Vec<List<'_>>], workspace: &mut Workspace) {
        let Workspace { weights, touched, .. } = workspace;
        weights.resize(weights.len().max(self.count as usize), (0.0, 0));
        let most = |lists: &Vec<List<'_>>| lists.first().map_or(0.0, |list| list.weight);
        let mut rest: f32 = things.iter().map(most).sum();
        let (mut budget, mut top) = (POSTINGS_BUDGET, 0.0f32);
        for (number, lists) in (1..).zip(things) {
            if rest < top * LEAST_SHARE {
                return;
            }
            rest -= most(lists);
            for list in lists {
                if list.length > budget {
                    break;
                }
                budget -= list.length;
                for record in list.reader.ascending() {
                    let Some((weight, last)) = weights.get_mut(record as usize) else { continue };
                    if *last == 0 {
                        touched.push(record);
                    }
                    *weight += if *last == number { list.weight * REPEATED } else { list.weight };
                    *last = number;
                    top = top.max(*weight);
                }
            }
        }
    }

    /// The records that look like the query, from `threshold` on (0 to 1), best first and at most `limit`. Equal scores stand in the
    /// order of their ids.
    pub fn search(
        &self,
        scorer: &Scorer,
        query: &Profile,
        threshold: f64,
        limit: usize,
        filters: &Filters<'_>,
        workspace: &mut Workspace,
    ) -> Vec<Match> {
        let candidates = limit.saturating_mul(CANDIDATES_PER_RESULT).max(FEWEST_CANDIDATES);
        let wanted = Wanted { candidates, least: threshold, threshold, limit };
        self.rank(scorer, query, &wanted, filters, workspace).matches
    }

    /// As [`search`](Self::search), with a word for each of its numbers.
    pub fn rank(
        &self,
        scorer: &Scorer,
        query: &Profile,
        wanted: &Wanted,
        filters: &Filters<'_>,
        workspace: &mut Workspace,
    ) -> Ranking {
        let keys = NameKeys::of(query);
        let candidates = self.candidates(query, wanted.candidates, filters, workspace);
        let names = &mut workspace.names;
        let mut found: Vec<(f64, u32, Profile)> = Vec::new();
        for record in candidates {
            let Some(profile) = self.profile(record, query, &keys) else { continue };
            let score = scorer.score(query, &profile, names);
            if score >= wanted.least {
                found.push((score, record, profile));
            }
        }
        let total = found.iter().filter(|(score, ..)| *score >= wanted.threshold).count();
        let id = |record| self.facts(record).map(|(facts, _)| facts.id).unwrap_or_default();
        found.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| id(one.1).cmp(id(two.1))));
        found.truncate(wanted.limit);
        let explained = found
            .into_iter()
            .map(|(_, record, profile)| Match { record, score: scorer.explain(query, &profile, names) });
        Ranking { matches: explained.collect(), total }
    }

    /// What scoring needs of a record beside a query, with those of its names that have one of these keys.
    pub(crate) fn profile(&self, record: u32, query: &Profile, keys: &NameKeys) -> Option<Profile> {
        let (facts, rest) = self.facts(record)?;
        entry::profile(&facts, rest, query, keys)
    }

    fn postings(&self, key: u64) -> Option<Reader<'_>> {
        let keys = self.file.section(Section::Keys);
        let place = place_of_hash(keys.len() / 8, key, |place| u64_at(keys, place).unwrap_or(u64::MAX));
        let found = u64_at(keys, place)? == key;
        found.then(|| self.file.entry(Section::KeyPlaces, Section::Postings, place).map(Reader::new))?
    }
}

/// Records with less than this share of the greatest weight are not compared. A treated name keeps well over half of its keys' weight; the
/// benchmark `recall` holds this against a full scan.
const LEAST_SHARE: f32 = 0.25;

/// The records of greatest weight that are admitted, at most so many. Only as many are put in order as are looked at.
fn best(mut found: Vec<(f32, Reverse<u32>)>, limit: usize, admits: impl Fn(u32) -> bool) -> Vec<u32> {
    let greater =
        |one: &(f32, Reverse<u32>), two: &(f32, Reverse<u32>)| two.0.total_cmp(&one.0).then(two.1.cmp(&one.1));
    let mut kept = Vec::with_capacity(limit.min(found.len()));
    let (mut rest, mut top) = (found.as_mut_slice(), None);
    while kept.len() < limit && !rest.is_empty() {
        let size = (limit - kept.len()).max(16);
        if size < rest.len() {
            rest.select_nth_unstable_by(size, greater);
        }
        let (front, back) = rest.split_at_mut(size.min(rest.len()));
        front.sort_unstable_by(greater);
        for (weight, Reverse(record)) in front.iter().filter(|(_, Reverse(record))| admits(*record)) {
            if *weight < *top.get_or_insert(*weight) * LEAST_SHARE {
                return kept;
            }
            kept.push(*record);
        }
        rest = back;
    }
    kept.truncate(limit);
    kept
}
