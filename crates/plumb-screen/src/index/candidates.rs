//! Which records of one index or of several are worth comparing with a query: those that have rare things in common with it.

use std::ops::Range;

use plumb_core::ftm;

use super::blocking;
use super::bytes::{Reader, u64_at};
use super::file::Section;
use super::{Filters, Index};
use crate::hash::place_of_hash;
use crate::score::Profile;
use crate::score::profile::compatible;

/// An index to be searched, and which of its records count. Several are searched as one index of all their records would be.
#[derive(Clone, Debug)]
pub struct Searched<'a> {
    /// The index.
    pub index: &'a Index,
    /// Which of its records count.
    pub filters: Filters<'a>,
}

/// A record of one of the indexes that are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The place of its index among them.
    pub(crate) source: usize,
    /// Its number in that index.
    pub(crate) record: u32,
}

/// Room for weighing records, kept between searches.
#[derive(Debug, Default)]
pub(crate) struct Scales {
    /// Of each record of all indexes what speaks for it.
    sums: Vec<Sum>,
    /// The places of those that something speaks for.
    touched: Vec<u32>,
}

/// A further key of a thing that has been seen already counts a tenth: enough to put the nearest of those first that share some key.
const REPEATED: u32 = 10;
/// Postings that one query may read. A key under which more stand says little, and rarer keys are read first.
const POSTINGS_BUDGET: usize = 100_000;
/// Records with less than this part of the greatest weight are not compared: a treated name keeps well over half of its keys' weight. The
/// benchmark `recall` finds the entry of 0.9957 of treated names with it, of 0.9964 with a quarter, which takes a quarter more time, and of 0.9938
/// with a third; 0.995 is asked for.
const LEAST_SHARE: [u32; 2] = [2, 7];
/// A weight of one bit. Whole numbers are added up faster than fractions, and alike on every machine.
const BIT: f32 = 512.0;

/// The least weight that is worth comparing where the greatest is so much.
fn least_of(greatest: u32) -> u32 {
    let [part, of] = LEAST_SHARE;
    // a weight has twenty bits
    greatest * part / of
}

/// The records under one key, in all indexes.
#[derive(Clone)]
struct List {
    /// What the key is a sign of.
    of: (u16, Option<u8>),
    /// Its bytes: a posting takes one or two, near enough for a weight and a budget.
    length: usize,
    /// How much the key tells, see [`BIT`].
    weight: u32,
    /// Its places among the postings.
    postings: Range<usize>,
}

/// The posting lists of a query.
struct Lists<'a> {
    /// By what their keys are signs of; of one thing the rarest list first.
    lists: Vec<List>,
    /// The records of an index, as a range of the places of all, and those among them that stand under a key.
    postings: Vec<(Range<usize>, Reader<'a>)>,
}

/// Records that are worth comparing with a query, the likeliest first, at most so many.
///
/// Each thing that a record has in common with the query (a part of a name, a whole name, an identifier) counts with the bits of its rarest
/// key. Things are looked for from the rarest on, up to a budget, and until the rest cannot bring up anything worth comparing.
pub(crate) fn candidates(
    searched: &[Searched<'_>],
    query: &Profile,
    limit: usize,
    scales: &mut Scales,
) -> Vec<Candidate> {
    let ranges = ranges(searched);
    let all = ranges.last().map_or(0, |range| range.end);
    scales.sums.resize(scales.sums.len().max(all), Sum::default());
    let lists = Lists::of(searched, &ranges, query, all);
    scales.weigh(&lists);
    let schemata: Vec<bool> = ftm::schemata().map(|schema| compatible(schema, query.schema)).collect();
    let filters: Vec<_> = searched.iter().map(|one| one.index.filter(&one.filters)).collect();
    let candidate = |place: u32| {
        let source = ranges.partition_point(|range| range.end <= place as usize);
        let first = ranges.get(source)?.start;
        Some(Candidate { source, record: u32::try_from(place as usize - first).ok()? })
    };
    best(scales.drain(), limit, |place| {
        let candidate = candidate(place)?;
        let (index, filter) = (searched.get(candidate.source)?.index, filters.get(candidate.source)?);
        let fits = schemata.get(index.schema_place(candidate.record)?)?;
        let counts = |(facts, _)| filter.admits(candidate.record, &facts);
        (*fits && (filter.is_open() || index.facts(candidate.record).is_some_and(counts))).then_some(candidate)
    })
}

/// The places that the records of each index have among those of all.
fn ranges(searched: &[Searched<'_>]) -> Vec<Range<usize>> {
    let mut end = 0;
    let range = |one: &Searched<'_>| {
        let start = end;
        end += one.index.len() as usize;
        start..end
    };
    searched.iter().map(range).collect()
}

impl<'a> Lists<'a> {
    fn of(searched: &[Searched<'a>], ranges: &[Range<usize>], query: &Profile, records: usize) -> Self {
        let (mut lists, mut postings) = (Vec::new(), Vec::new());
        let mut keys: Vec<Keys<'a>> = searched.iter().map(|one| Keys::of(one.index)).collect();
        for sign in blocking::signs(query) {
            let (start, mut length) = (postings.len(), 0);
            for (keys, range) in keys.iter_mut().zip(ranges) {
                if let Some(reader) = keys.postings(sign.key) {
                    length += reader.rest().len();
                    postings.push((range.clone(), reader));
                }
            }
            if postings.len() > start {
                lists.push(List {
                    of: sign.of,
                    length,
                    weight: weight(length, records),
                    postings: start..postings.len(),
                });
            }
        }
        lists.sort_by_key(|list| (list.of, list.length));
        Self { lists, postings }
    }

    /// The lists by thing: the thing with the rarest list first.
    fn things(&self) -> Vec<&[List]> {
        let mut things: Vec<&[List]> = self.lists.chunk_by(|one, two| one.of == two.of).collect();
        things.sort_by_key(|lists| lists.first().map_or(0, |list| list.length));
        things
    }
}

/// How much a key tells under which so many bytes of postings stand, of an index of so many records.
#[expect(clippy::cast_precision_loss, reason = "a weight needs no more")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from half a bit to some fifty")]
fn weight(length: usize, records: usize) -> u32 {
    let bits = libm::log2f(records as f32 * 2.0 / (length as f32).max(1.0)).max(0.5);
    (bits * BIT) as u32
}

/// What speaks for a record: twenty bits of weight, and twelve for the number of the last thing that did. Four bytes, because a search touches
/// tens of thousands of records, and the fewer bytes these fill the more of them are at hand.
#[derive(Clone, Copy, Debug, Default)]
struct Sum(u32);

impl Sum {
    /// Things that are told from each other. A query of hundreds of names has more; what else there is counts as the last.
    const MOST_THINGS: u32 = 0xfff;
    const MOST_WEIGHT: u32 = 0xf_ffff;

    fn weight(self) -> u32 {
        self.0 >> 12
    }

    fn thing(self) -> u32 {
        self.0 & Self::MOST_THINGS
    }

    fn with(self, weight: u32, thing: u32) -> Self {
        let more = if self.thing() == thing { weight / REPEATED } else { weight };
        Self((self.weight() + more).min(Self::MOST_WEIGHT) << 12 | thing)
    }
}

impl Scales {
    /// Adds up what speaks for each record.
    fn weigh(&mut self, lists: &Lists<'_>) {
        let things = lists.things();
        let most = |lists: &[List]| lists.first().map_or(0, |list| list.weight);
        let mut rest: u32 = things.iter().map(|lists| most(lists)).sum();
        let (mut budget, mut top) = (POSTINGS_BUDGET, 0);
        for (number, thing) in (1..).zip(things) {
            if rest < least_of(top) {
                return;
            }
            rest -= most(thing);
            for list in thing {
                if list.length > budget {
                    break;
                }
                budget -= list.length;
                for (range, reader) in lists.postings.get(list.postings.clone()).unwrap_or_default() {
                    top = top.max(self.add(range.clone(), *reader, list.weight, Sum::MOST_THINGS.min(number)));
                }
            }
        }
    }

    /// Adds the weight of a key to the records of an index that stand under it; the greatest weight that one of them has then.
    fn add(&mut self, range: Range<usize>, reader: Reader<'_>, weight: u32, thing: u32) -> u32 {
        let first = u32::try_from(range.start).unwrap_or(u32::MAX);
        let sums = self.sums.get_mut(range).unwrap_or_default();
        let known = self.touched.len();
        // room for all that may be new: whether a record is, no processor can guess, and a wrong guess costs more than a store
        self.touched.resize(known + reader.rest().len(), 0);
        let touched = self.touched.get_mut(known..).unwrap_or_default();
        let (mut new, mut top) = (0, 0);
        for record in reader.ascending() {
            let (Some(sum), Some(place)) = (sums.get_mut(record as usize), touched.get_mut(new)) else { break };
            *place = first + record;
            new += usize::from(sum.thing() == 0);
            *sum = sum.with(weight, thing);
            top = top.max(sum.weight());
        }
        self.touched.truncate(known + new);
        top
    }

    /// The weights of the records that something speaks for. Nothing does afterwards.
    fn drain(&mut self) -> Vec<Weighed> {
        let sums = &mut self.sums;
        let mut weight = |place: u32| sums.get_mut(place as usize).map(std::mem::take).unwrap_or_default().weight();
        self.touched.drain(..).map(|place| Weighed::new(weight(place), place)).collect()
    }
}

/// A weight and the place that has it, as one number: of equal weights the first place is the greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weighed(u64);

impl Weighed {
    fn new(weight: u32, place: u32) -> Self {
        Self(u64::from(weight) << 32 | u64::from(!place))
    }

    fn weight(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "the low half")]
    fn place(self) -> u32 {
        !(self.0 as u32)
    }
}

/// Those of greatest weight that are admitted, at most so many. Only as many are put in order as are looked at.
fn best(mut found: Vec<Weighed>, limit: usize, admit: impl Fn(u32) -> Option<Candidate>) -> Vec<Candidate> {
    let greater = |one: &Weighed, two: &Weighed| two.cmp(one);
    let mut kept = Vec::with_capacity(limit.min(found.len()));
    let (mut rest, mut top) = (found.as_mut_slice(), None);
    while kept.len() < limit && !rest.is_empty() {
        let size = (limit - kept.len()).max(16);
        if size < rest.len() {
            rest.select_nth_unstable_by(size, greater);
        }
        let (front, back) = rest.split_at_mut(size.min(rest.len()));
        front.sort_unstable_by(greater);
        for weighed in front.iter() {
            let Some(candidate) = admit(weighed.place()) else { continue };
            if weighed.weight() < least_of(*top.get_or_insert(weighed.weight())) {
                return kept;
            }
            kept.push(candidate);
        }
        rest = back;
    }
    kept.truncate(limit);
    kept
}

/// The keys of an index, asked for in order.
struct Keys<'a> {
    index: &'a Index,
    hashes: &'a [u8],
    /// The last that was asked for, and the place of the first that is not below it.
    last: Option<(u64, usize)>,
}

impl<'a> Keys<'a> {
    fn of(index: &'a Index) -> Self {
        Self { index, hashes: index.file.section(Section::Keys), last: None }
    }

    /// The records under a key.
    fn postings(&mut self, key: u64) -> Option<Reader<'a>> {
        let at = |place: usize| u64_at(self.hashes, place);
        let place = match self.last {
            // keys of one word for several kinds of entities are neighbours
            Some((last, from)) if last >> 32 == key >> 32 => {
                (from..self.hashes.len() / 8).find(|place| at(*place).is_none_or(|found| found >= key))?
            }
            _ => place_of_hash(self.hashes.len() / 8, key, |place| at(place).unwrap_or(u64::MAX)),
        };
        self.last = Some((key, place));
        let found = at(place)? == key;
        found.then(|| self.index.file.entry(Section::KeyPlaces, Section::Postings, place).map(Reader::new))?
    }
}
