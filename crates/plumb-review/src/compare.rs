//! How a claim stands to a stated figure, and what many claims together make of it.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::quantity::{Qualifier, Quantity};
use rust_decimal::Decimal;

use crate::Verdict;

/// How a claim stands to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// It says the same.
    States,
    /// It is a range that ends at the figure.
    EndsAt,
    /// It is a range with the figure inside.
    Contains,
    /// It is open on a side and leaves room for the figure.
    Allows,
    /// All of it lies below.
    Below,
    /// All of it lies above.
    Above,
}

/// Two ends, `None` where open.
type Ends = (Option<Decimal>, Option<Decimal>);

/// A claim whose ends lie within this factor is one figure and no range. The model of the first case takes "about" for a fifth
/// either way; what is closer together than that cannot be told apart.
const ONE_FIGURE: Decimal = Decimal::from_parts(12, 0, 0, false, 1);

/// A round figure may be off by half of its last digit, but never by more than this part: 100,000 is 90,000 to 110,000 and not
/// 50,000 to 150,000. Prose that means "between 50,000 and 150,000" does not say "100,000".
const LOOSEST: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The ends of a quantity with its rounding. A claim has some when it says "about"; a text always has.
fn ends(quantity: &Quantity, is_text: bool) -> Ends {
    let (low, high) = quantity.bounds();
    if !is_text && quantity.qualifier() != Qualifier::About {
        return (low, high);
    }
    let slack = |value: Decimal| {
        let about = Quantity::new(Qualifier::About, (None, Some(value), None), quantity.unit().clone());
        let tolerant = about.ok().and_then(|about| about.tolerant_bounds().1).unwrap_or(value);
        tolerant.saturating_sub(value).abs().min(value.abs() * LOOSEST)
    };
    (low.map(|value| value.saturating_sub(slack(value))), high.map(|value| value.saturating_add(slack(value))))
}

/// How a claim stands to the figure of a text. `None` when the claim gives no number. Both are in one unit.
///
/// "Up to 90 %" is a statement about the upper end: it is held against the upper ends of claims. "At least" likewise.
pub(crate) fn relation(stated: &Quantity, claim: &Quantity) -> Option<Relation> {
    let (low, high) = claim.bounds();
    let one_sided = match stated.qualifier() {
        Qualifier::AtMost => high.or(low),
        Qualifier::AtLeast => low.or(high),
        _ => None,
    };
    let number = stated.bounds().0.or(stated.bounds().1)?;
    let point = || Quantity::exact(number, stated.unit().clone());
    if let Some(end) = one_sided {
        return Some(against_end(stated.qualifier(), ends(&point(), true), (low, high), end));
    }
    let ((from, to), (least, most)) = (ends(stated, true), ends(claim, false));
    // ends that only touch by their rounding have nothing in common
    let touches = |rounded: Decimal, own: Option<Decimal>, end: Decimal| rounded == end && own != Some(end);
    let (own_low, own_high) = stated.bounds();
    match (least, most) {
        (None, None) => None,
        (Some(least), _) if to.is_some_and(|to| to < least || touches(to, own_high, least)) => Some(Relation::Above),
        (_, Some(most)) if from.is_some_and(|from| from > most || touches(from, own_low, most)) => {
            Some(Relation::Below)
        }
        (Some(_), Some(_)) => Some(within(from, to, low?, high?)),
        _ => Some(Relation::Allows),
    }
}

/// A closed claim that has something in common with the figure.
fn within(from: Option<Decimal>, to: Option<Decimal>, low: Decimal, high: Decimal) -> Relation {
    let reached = |end: Decimal| from.is_none_or(|from| from <= end) && to.is_none_or(|to| end <= to);
    match high <= low.saturating_mul(ONE_FIGURE) || (reached(low) && reached(high)) {
        true => Relation::States,
        false if reached(low) || reached(high) => Relation::EndsAt,
        false => Relation::Contains,
    }
}

/// A figure that is itself an end, held against the same end of a claim.
fn against_end(qualifier: Qualifier, (from, to): Ends, (low, high): Ends, end: Decimal) -> Relation {
    let at_most = qualifier == Qualifier::AtMost;
    let (from, to) = (from.unwrap_or(end), to.unwrap_or(end));
    match () {
        () if from <= end && end <= to => Relation::States,
        () if at_most && low.is_some_and(|low| low > to) => Relation::Above,
        () if at_most && end > to => {
            if high.is_none() {
                Relation::Allows
            } else {
                Relation::Contains
            }
        }
        () if !at_most && high.is_some_and(|high| high < from) => Relation::Below,
        () if !at_most && end < from => {
            if low.is_none() {
                Relation::Allows
            } else {
                Relation::Contains
            }
        }
        () if at_most => Relation::Below,
        () => Relation::Above,
    }
}

/// Why a verdict is at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Ranges end at it.
    EndOfRanges,
    /// Nothing that is claimed goes further.
    Furthest,
    /// One origin alone says it.
    OneOrigin,
}

/// The origins on each side of a figure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides<'a> {
    pub(crate) states: BTreeSet<&'a str>,
    pub(crate) ends: BTreeSet<&'a str>,
    pub(crate) contains: BTreeSet<&'a str>,
    pub(crate) allows: BTreeSet<&'a str>,
    pub(crate) below: BTreeSet<&'a str>,
    pub(crate) above: BTreeSet<&'a str>,
}

impl<'a> Sides<'a> {
    /// Each origin on one side, however many claims it has. An origin that gives a range which ends at the figure, and elsewhere
    /// the figure alone, means the end of its range; one that has it anywhere does not exclude it.
    pub(crate) fn of(relations: impl IntoIterator<Item = (&'a str, Relation)>) -> Self {
        let mut by_origin: BTreeMap<&str, BTreeSet<Relation>> = BTreeMap::new();
        for (origin, relation) in relations {
            by_origin.entry(origin).or_default().insert(relation);
        }
        let mut sides = Self::default();
        let order = [
            Relation::EndsAt,
            Relation::States,
            Relation::Contains,
            Relation::Allows,
            Relation::Below,
            Relation::Above,
        ];
        for (origin, found) in by_origin {
            let side = match order.into_iter().find(|relation| found.contains(relation)) {
                Some(Relation::EndsAt) => &mut sides.ends,
                Some(Relation::States) => &mut sides.states,
                Some(Relation::Contains) => &mut sides.contains,
                Some(Relation::Allows) => &mut sides.allows,
                Some(Relation::Below) => &mut sides.below,
                Some(Relation::Above) => &mut sides.above,
                None => continue,
            };
            side.insert(origin);
        }
        sides
    }

    /// The verdict, `estimated` saying whether the account's own estimate has room for the figure, if it has one.
    pub(crate) fn verdict(&self, estimated: Option<bool>) -> (Verdict, Option<Edge>) {
        let against = self.below.len() + self.above.len();
        let both = !self.below.is_empty() && !self.above.is_empty();
        let (states, ends, contains) = (self.states.len(), self.ends.len(), self.contains.len());
        match (states, ends, contains) {
            // an estimate is no evidence: it may have room for a figure, and contradicts none by itself
            (0, 0, 0) if against == 0 && self.allows.is_empty() && estimated == Some(true) => {
                (Verdict::InsideTheRange, None)
            }
            (0, 0, 0) if against == 0 && self.allows.is_empty() => (Verdict::NotCovered, None),
            (0, 0, 0) if both => (Verdict::Contested, None),
            (0, 0, 0) if against == 0 || estimated == Some(true) => (Verdict::InsideTheRange, None),
            (0, 0, 0) if self.allows.len() >= against => (Verdict::InsideTheRange, None),
            (0, 0, 0) => (Verdict::Contradicted, None),
            (0, _, 0) => (Verdict::AtTheEdge, Some(Edge::EndOfRanges)),
            (0, ..) if both && against > ends + contains => (Verdict::Contested, None),
            (0, ..) => (Verdict::InsideTheRange, None),
            (1, ..) if against == 0 => (Verdict::AtTheEdge, Some(Edge::OneOrigin)),
            _ if states > 1 && states + ends > against => (Verdict::Supported, None),
            _ if both => (Verdict::Contested, None),
            _ => (Verdict::AtTheEdge, Some(Edge::Furthest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persons(qualifier: Qualifier, low: Option<i64>, best: Option<i64>, high: Option<i64>) -> Quantity {
        let numbers = (low.map(Decimal::from), best.map(Decimal::from), high.map(Decimal::from));
        Quantity::new(qualifier, numbers, "persons".parse().unwrap()).unwrap()
    }

    #[test]
    fn figures_stand_to_claims_as_their_numbers_do() {
        let stated = persons(Qualifier::Exact, None, Some(100_000), None);
        let about = |value| persons(Qualifier::About, None, Some(value), None);
        let range = |low, high| persons(Qualifier::Range, Some(low), None, Some(high));
        let of = |claim: &Quantity| relation(&stated, claim).unwrap();
        assert_eq!(of(&about(93_000)), Relation::States);
        assert_eq!(of(&about(147_000)), Relation::Above);
        assert_eq!(of(&range(50_000, 100_000)), Relation::EndsAt);
        assert_eq!(of(&range(50_000, 200_000)), Relation::Contains);
        assert_eq!(of(&persons(Qualifier::AtLeast, Some(50_000), None, None)), Relation::Allows);
        assert_eq!(of(&persons(Qualifier::AtMost, None, None, Some(70_000))), Relation::Below);
        assert_eq!(relation(&persons(Qualifier::Exact, None, Some(60), None), &range(70, 80)), Some(Relation::Above));
        assert_eq!(relation(&persons(Qualifier::Exact, None, Some(60), None), &about(70)), Some(Relation::Above));
        let exact = persons(Qualifier::Exact, None, Some(19_533), None);
        assert_eq!(relation(&exact, &persons(Qualifier::Exact, None, Some(18_533), None)), Some(Relation::Below));
    }

    #[test]
    fn up_to_is_held_against_upper_ends() {
        let stated = persons(Qualifier::AtMost, None, None, Some(90));
        let of = |claim: &Quantity| relation(&stated, claim).unwrap();
        assert_eq!(of(&persons(Qualifier::Range, Some(70), None, Some(90))), Relation::States);
        assert_eq!(of(&persons(Qualifier::AtMost, None, None, Some(70))), Relation::Below);
        assert_eq!(of(&persons(Qualifier::Exact, None, Some(99), None)), Relation::Above);
    }

    #[test]
    fn one_origin_counts_once() {
        use Relation::{Above, Below, EndsAt, States};
        let verdict = |relations: &[(&'static str, Relation)]| Sides::of(relations.iter().copied()).verdict(None);
        assert_eq!(verdict(&[("a", States), ("a", States)]), (Verdict::AtTheEdge, Some(Edge::OneOrigin)));
        assert_eq!(verdict(&[("a", States), ("b", States)]).0, Verdict::Supported);
        assert_eq!(verdict(&[("a", States), ("b", Below), ("c", Above)]).0, Verdict::Contested);
        assert_eq!(
            verdict(&[("a", States), ("a", EndsAt), ("b", Below)]),
            (Verdict::AtTheEdge, Some(Edge::EndOfRanges))
        );
        assert_eq!(verdict(&[("a", Below)]).0, Verdict::Contradicted);
        assert_eq!(verdict(&[]).0, Verdict::NotCovered);
    }
}
