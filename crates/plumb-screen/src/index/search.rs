//! Searching by example: candidates by blocking, then the full score of each.

use super::blocking::NameKeys;
use super::candidates::{Candidate, Scales, Searched, candidates};
use super::entry::{self, Reading};
use super::{Filters, Index};
use crate::score::{Profile, Score, Scorer};

/// A record that may be the one that was asked for.
#[derive(Clone, Debug)]
pub struct Match {
    /// The place of its index among those that were searched: 0 where there was one.
    pub source: usize,
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

impl Wanted {
    /// So many records from a score on.
    pub fn new(threshold: f64, limit: usize) -> Self {
        let candidates = limit.saturating_mul(CANDIDATES_PER_RESULT).max(FEWEST_CANDIDATES);
        Self { candidates, least: threshold, threshold, limit }
    }
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The records, best first; equal scores in the order of the indexes, then of their ids.
    pub matches: Vec<Match>,
    /// How many potential matches there were among the candidates, also beyond the limit.
    pub total: usize,
}

/// Room for one thread's searches, kept between them.
#[derive(Debug, Default)]
pub struct Workspace {
    scales: Scales,
    names: plumb_names::Scratch,
}

/// Candidates that are compared in full for each result that is asked for: yente fetches ten for each, and never fewer than fifty here.
const CANDIDATES_PER_RESULT: usize = 10;
const FEWEST_CANDIDATES: usize = 50;

/// The records of one index or several that look like the query. Several indexes give what one of all their records would.
pub fn rank(
    searched: &[Searched<'_>],
    scorer: &Scorer,
    query: &Profile,
    wanted: &Wanted,
    workspace: &mut Workspace,
) -> Ranking {
    let keys = NameKeys::of(query);
    let Workspace { scales, names } = workspace;
    let mut found: Vec<(f64, Candidate)> = Vec::new();
    let index = |candidate: Candidate| searched.get(candidate.source).map(|one| one.index);
    let profile = |candidate, texts| index(candidate)?.profile(candidate.record, query, &keys, texts);
    for candidate in candidates(searched, query, wanted.candidates, scales) {
        let Some(profile) = profile(candidate, false) else { continue };
        if let Some(score) = scorer.score_from(wanted.least, query, &profile, names) {
            found.push((score, candidate));
        }
    }
    let total = found.iter().filter(|(score, ..)| *score >= wanted.threshold).count();
    let place = |of: Candidate| (of.source, index(of).and_then(|index| index.id(of.record)));
    found.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| place(one.1).cmp(&place(two.1))));
    found.truncate(wanted.limit);
    let explained = found.into_iter().filter_map(|(_, candidate)| {
        let score = scorer.explain(query, &profile(candidate, true)?, names);
        Some(Match { source: candidate.source, record: candidate.record, score })
    });
    Ranking { matches: explained.collect(), total }
}

impl Index {
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
        let searched = [Searched { index: self, filters: filters.clone() }];
        rank(&searched, scorer, query, &Wanted::new(threshold, limit), workspace).matches
    }

    /// Records that are worth comparing with a query, the likeliest first, at most so many.
    pub fn candidates(
        &self,
        query: &Profile,
        limit: usize,
        filters: &Filters<'_>,
        workspace: &mut Workspace,
    ) -> Vec<u32> {
        let searched = [Searched { index: self, filters: filters.clone() }];
        let found = candidates(&searched, query, limit, &mut workspace.scales);
        found.into_iter().map(|candidate| candidate.record).collect()
    }

    /// What scoring needs of a record beside a query, with those of its names that have one of these keys; their texts are for explaining.
    fn profile(&self, record: u32, query: &Profile, keys: &NameKeys, texts: bool) -> Option<Profile> {
        let (facts, rest) = self.facts(record)?;
        entry::profile(&facts, rest, &Reading { query, keys, word: |place| self.name_word(place), texts })
    }
}
