//! Contradictions: claims about one measure, place, population and time that cannot all be true.
//!
//! Two claims contradict each other when their origins differ, their periods overlap and their numbers have nothing in
//! common even after rounding is allowed for ([`Quantity::tolerant_bounds`]). Flows, which add up over time, are rivals
//! only where their periods are the same; a part of a year says nothing against the whole year.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::{Case, Claim};
use plumb_core::date::{Bound, Period};
use plumb_core::measure::Measure;
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

struct Rival<'a> {
    claim: &'a Claim,
    period: Period,
    quantity: Quantity,
}

fn of_strand(case: &Case, strand: &Strand) -> Vec<Contradiction> {
    let Some(measure) = case.measures.get(&strand.measure) else { return Vec::new() };
    let rivals: Vec<Rival<'_>> = (strand.claims.iter())
        .filter_map(|id| case.claims.get(id))
        .filter_map(|claim| {
            let quantity = comparable(claim, &measure.unit).ok()?;
            Some(Rival { claim, period: claim.period?, quantity })
        })
        .collect();
    let mut pairs = Vec::new();
    for (position, one) in rivals.iter().enumerate() {
        for two in rivals.iter().skip(position + 1) {
            if contradict(measure, one, two) {
                pairs.push((one.claim.id.as_str(), two.claim.id.as_str()));
            }
        }
    }
    let by_id: BTreeMap<&str, &Rival<'_>> = rivals.iter().map(|rival| (rival.claim.id.as_str(), rival)).collect();
    components(&pairs).into_iter().filter_map(|ids| assemble(strand, &by_id, &ids, &pairs)).collect()
}

fn contradict(measure: &Measure, one: &Rival<'_>, two: &Rival<'_>) -> bool {
    let same_time = if measure.adds_over_time {
        one.period.contains(&two.period) && two.period.contains(&one.period)
    } else {
        one.period.overlaps(&two.period)
    };
    one.claim.origin != two.claim.origin && same_time && disjoint(&one.quantity, &two.quantity)
}

/// Whether two quantities have no number in common, rounding allowed for.
pub fn disjoint(one: &Quantity, two: &Quantity) -> bool {
    let below = |first: &Quantity, second: &Quantity| match (first.tolerant_bounds().1, second.tolerant_bounds().0) {
        (Some(high), Some(low)) => high < low,
        _ => false,
    };
    below(one, two) || below(two, one)
}

/// Claims that hang together through contradictions.
fn components<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<BTreeSet<&'a str>> {
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for (one, two) in pairs {
        let (touched, mut rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.contains(one) || group.contains(two));
        let mut merged: BTreeSet<&str> = touched.into_iter().flatten().collect();
        merged.extend([*one, *two]);
        rest.push(merged);
        groups = rest;
    }
    groups
}

fn assemble(
    strand: &Strand,
    by_id: &BTreeMap<&str, &Rival<'_>>,
    ids: &BTreeSet<&str>,
    pairs: &[(&str, &str)],
) -> Option<Contradiction> {
    let mut rivals: Vec<&Rival<'_>> = ids.iter().filter_map(|id| by_id.get(id).copied()).collect();
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
            .filter(|(one, _)| ids.contains(one))
            .map(|(one, two)| ((*one).to_owned(), (*two).to_owned()))
            .collect(),
        factor: highest.checked_div(lowest).map(|factor| factor.round_dp(1).normalize()),
    })
}

/// The smallest period that covers all of them.
fn span(periods: impl Iterator<Item = Period>) -> Option<Period> {
    periods.reduce(|one, two| {
        let start = match (one.earliest(), two.earliest()) {
            (Some(first), Some(second)) => {
                if first <= second {
                    one.start
                } else {
                    two.start
                }
            }
            _ => Bound::Open,
        };
        let end = match (one.latest(), two.latest()) {
            (Some(first), Some(second)) => {
                if first >= second {
                    one.end
                } else {
                    two.end
                }
            }
            _ => Bound::Open,
        };
        Period { start, end }
    })
}
