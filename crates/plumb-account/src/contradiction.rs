//! Contradictions: claims about one measure, place, population and time that cannot all be true.
//!
//! Two claims contradict each other when their origins differ, their periods overlap and their numbers have nothing in
//! common even after rounding is allowed for ([`Quantity::tolerant_bounds`]). Flows, which grow with time, are rivals only
//! where their periods are the same; a part of a year says nothing against the whole year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plumb_core::case::{Case, Claim};
use plumb_core::date::{Bound, Period};
use plumb_core::measure::{Measure, Nature};
use plumb_core::quantity::Quantity;
use rust_decimal::Decimal;

use crate::key::RangeKey;
use crate::ledger::{Ledger, Strand};
use crate::range::comparable;

/// Claims that cannot all be true.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// What it is about; the period spans that of its claims.
    pub key: RangeKey,
    /// Ids of the claims, the lowest first.
    pub claims: Vec<String>,
    /// Pairs of claims that exclude each other.
    pub pairs: Vec<(String, String)>,
    /// Origins behind the claims.
    pub origins: usize,
    /// By what factor the highest stands above the lowest; `None` when the lowest is zero.
    pub factor: Option<Decimal>,
}

impl Contradiction {
    /// All contradictions, the strongest first: the more origins speak, then the wider they are apart.
    pub fn all(case: &Case, ledger: &Ledger) -> Vec<Self> {
        let mut found: Vec<Self> = ledger.strands().flat_map(|strand| of_strand(case, strand)).collect();
        found.sort_by(|one, two| {
            let weight = |item: &Self| (item.origins, item.factor.is_none(), item.factor);
            weight(two).cmp(&weight(one)).then_with(|| one.key.cmp(&two.key))
        });
        found
    }
}

/// Pairs that are kept of one strand: ten thousand are more than a reader will look at, and a strand of ten thousand
/// claims about one day has fifty million. All of them count for what hangs together.
const PAIRS: usize = 10_000;

struct Rival<'a> {
    claim: &'a Claim,
    period: Period,
    quantity: Quantity,
    /// Rounding allowed for.
    ends: (Option<Decimal>, Option<Decimal>),
    /// First and last day; an open side reaches the end of time.
    days: (Date, Date),
}

fn of_strand(case: &Case, strand: &Strand) -> Vec<Contradiction> {
    let Some(measure) = case.measures.get(&strand.measure) else { return Vec::new() };
    let mut rivals: Vec<Rival<'_>> = (strand.claims.iter())
        .filter_map(|id| case.claims.get(id))
        .filter_map(|claim| {
            let (quantity, period) = (comparable(claim, &measure.unit).ok()?, claim.period?);
            let days = (period.earliest().unwrap_or(Date::MIN), period.latest().unwrap_or(Date::MAX));
            Some(Rival { claim, period, ends: quantity.tolerant_bounds(), quantity, days })
        })
        .collect();
    rivals.sort_by(|one, two| (one.days, &one.claim.id).cmp(&(two.days, &two.claim.id)));
    let mut groups = Groups::of(rivals.len());
    let mut pairs = Vec::new();
    for (first, one) in rivals.iter().enumerate() {
        // in order of the first day: whoever begins after the last day of this one has no day in common with it
        let at_the_time = rivals.iter().enumerate().skip(first + 1).take_while(|(_, two)| two.days.0 <= one.days.1);
        for (second, _) in at_the_time.filter(|(_, two)| contradict(measure, one, two)) {
            groups.join(first, second);
            if pairs.len() < PAIRS {
                pairs.push((first, second));
            }
        }
    }
    groups.sets().iter().filter_map(|members| assemble(strand, &rivals, members, &pairs)).collect()
}

fn contradict(measure: &Measure, one: &Rival<'_>, two: &Rival<'_>) -> bool {
    let grows = measure.adds_over_time || measure.nature == Nature::Flow;
    let same_time = if grows { one.days == two.days } else { one.days.0 <= two.days.1 && two.days.0 <= one.days.1 };
    let apart = below(one.ends, two.ends) || below(two.ends, one.ends);
    same_time && apart && one.claim.origin != two.claim.origin
}

/// Whether two quantities have no number in common, rounding allowed for.
pub fn disjoint(one: &Quantity, two: &Quantity) -> bool {
    let (one, two) = (one.tolerant_bounds(), two.tolerant_bounds());
    below(one, two) || below(two, one)
}

type Ends = (Option<Decimal>, Option<Decimal>);

fn below(one: Ends, two: Ends) -> bool {
    one.1.zip(two.0).is_some_and(|(high, low)| high < low)
}

/// Sets of numbers that are joined pair by pair: each number points to another of its set, the last of them to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut member: usize) -> usize {
        while let Some(next) = self.0.get(member).copied().filter(|next| *next != member) {
            // halve the way for the next time
            let after = self.0.get(next).copied().unwrap_or(next);
            if let Some(place) = self.0.get_mut(member) {
                *place = after;
            }
            member = after;
        }
        member
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        if let Some(place) = self.0.get_mut(one.max(two)) {
            *place = one.min(two);
        }
    }

    /// The sets with more than one member.
    fn sets(mut self) -> Vec<BTreeSet<usize>> {
        let mut sets: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for member in 0..self.0.len() {
            let root = self.root(member);
            sets.entry(root).or_default().insert(member);
        }
        sets.into_values().filter(|set| set.len() > 1).collect()
    }
}

fn assemble(
    strand: &Strand,
    all: &[Rival<'_>],
    members: &BTreeSet<usize>,
    pairs: &[(usize, usize)],
) -> Option<Contradiction> {
    let mut rivals: Vec<&Rival<'_>> = members.iter().filter_map(|member| all.get(*member)).collect();
    rivals.sort_by_key(|rival| (rival.quantity.middle(), rival.claim.id.clone()));
    let period = span(rivals.iter().map(|rival| rival.period))?;
    let ends = |rival: &Rival<'_>| rival.quantity.bounds();
    let lowest = rivals.iter().filter_map(|rival| ends(rival).1.or(ends(rival).0)).min()?;
    let highest = rivals.iter().filter_map(|rival| ends(rival).0.or(ends(rival).1)).max()?;
    Some(Contradiction {
        key: RangeKey {
            measure: strand.measure.clone(),
            place: strand.place.clone(),
            period,
            population: strand.population.clone(),
        },
        origins: rivals.iter().map(|rival| &rival.claim.origin).collect::<BTreeSet<_>>().len(),
        claims: rivals.iter().map(|rival| rival.claim.id.clone()).collect(),
        pairs: (pairs.iter())
            .filter(|(one, _)| members.contains(one))
            .filter_map(|(one, two)| Some((all.get(*one)?.claim.id.clone(), all.get(*two)?.claim.id.clone())))
            .collect(),
        factor: highest.checked_div(lowest).map(|factor| factor.round_dp(1).normalize()),
    })
}

/// The smallest period that covers all of them. Of two dates that begin or end on one day the coarser is kept, so that
/// 2017 and December 2017 span "2017".
fn span(periods: impl Iterator<Item = Period>) -> Option<Period> {
    let precision = |bound: Bound| match bound {
        Bound::Date(date) => Some(date.precision()),
        Bound::Open | Bound::Unknown => None,
    };
    periods.reduce(|one, two| Period {
        start: match (one.earliest(), two.earliest()) {
            (Some(first), Some(second)) if (first, precision(one.start)) <= (second, precision(two.start)) => one.start,
            (Some(_), Some(_)) => two.start,
            _ => Bound::Open,
        },
        end: match (one.latest(), two.latest()) {
            (Some(first), Some(second)) if (second, precision(one.end)) <= (first, precision(two.end)) => one.end,
            (Some(_), Some(_)) => two.end,
            _ => Bound::Open,
        },
    })
}
