//! Statements of one text that cannot be true together, found by the units and places of their measures.

use plumb_account::range::comparable;
use plumb_core::case::Claim;
use plumb_core::figure::interval;
use plumb_core::measure::{Group, Measure, Nature};
use plumb_core::quantity::Quantity;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::Verdict;
use crate::compare::{Relation, relation};
use crate::evidence::{of_claim, place_name};
use crate::figure::Figure;
use crate::outcome::{Checked, Evidence, Stance, Tension};
use crate::told::Bench;

/// Claims shown beside what statements imply: the highest.
const MOST: usize = 4;

type Stated<'a, 's> = (&'s Checked, &'s Figure<'a>);

/// The highest that is claimed of a measure, with its claim.
struct Highest<'a> {
    claim: &'a Claim,
    value: Decimal,
}

impl<'a> Bench<'a> {
    /// The tensions between the figures of a text.
    pub(crate) fn tensions(&self, figures: &[(Checked, Figure<'a>)]) -> Vec<Tension> {
        let stated = || figures.iter().map(|(checked, figure)| (checked, figure));
        let sums = stated().filter(|(_, figure)| is_sum(figure));
        let heads = |sum| stated().filter(|other| earn(*other, sum)).min_by_key(|other| far(sum, *other));
        let mut found: Vec<Tension> = sums.filter_map(|sum| self.a_head(sum, heads(sum)?)).collect();
        for (at, one) in stated().enumerate() {
            for other in stated().skip(at + 1) {
                found.extend(self.part_and_whole(one, other).or_else(|| self.part_and_whole(other, one)));
            }
        }
        // a figure said twice would tell the same twice
        let mut told = std::collections::BTreeSet::new();
        found.retain(|tension| told.insert(tension.words.clone()));
        found
    }

    /// A sum a year from so many people is a sum a head: it cannot exceed what one of them is paid. The taking is at most the pay times
    /// the share taken.
    fn a_head(&self, money: Stated<'a, '_>, people: Stated<'a, '_>) -> Option<Tension> {
        let ((sum, earned), (count, counted)) = (money, people);
        let unit = earned.quantity.unit().per(counted.quantity.unit())?;
        let implied = earned.quantity.middle()?.checked_div(counted.quantity.middle()?)?;
        let pay = self.highest(Group::Pay, &earned.place, |measure| measure.unit.factor_to(&unit).is_some(), &unit);
        let share_unit: Unit = "share".parse().ok()?;
        let taken = self.highest(Group::Pay, &earned.place, |measure| measure.nature == Nature::Share, &share_unit);
        let top = pay.first()?;
        let part = taken.first().map_or(Decimal::ONE, |share| share.value.min(Decimal::ONE));
        let ceiling = top.value.checked_mul(part)?;
        if implied <= ceiling {
            return None;
        }
        let words = a_head_words(money, people, &unit, (implied, top.value, part))?;
        let evidence: Vec<Evidence> = pay
            .iter()
            .take(MOST)
            .chain(taken.iter().take(1))
            .map(|one| of_claim(self.account, one.claim, Stance::Against))
            .collect();
        Some(Tension { statements: vec![sum.id.clone(), count.id.clone()], words, evidence })
    }

    /// Claims of the measures of a group at a place or within it, the highest first, in a unit.
    fn highest(&self, group: Group, place: &str, fits: impl Fn(&Measure) -> bool, unit: &Unit) -> Vec<Highest<'a>> {
        let case = &self.account.case;
        let claims =
            case.claims.iter().filter(|claim| claim.population.is_empty() && case.places.contains(place, &claim.place));
        let mut found: Vec<Highest<'_>> = claims
            .filter_map(|claim| {
                let measure =
                    case.measures.get(&claim.measure).filter(|measure| measure.group == group && fits(measure))?;
                let quantity = comparable(claim, &measure.unit).ok()?.convert(unit)?;
                let value = quantity.bounds().1.or(quantity.bounds().0)?;
                Some(Highest { claim, value })
            })
            .collect();
        found.sort_by(|one, two| two.value.cmp(&one.value).then_with(|| one.claim.id.cmp(&two.claim.id)));
        found
    }

    /// A part of a place cannot hold more than the whole, nor one place two figures.
    fn part_and_whole(&self, part: Stated<'a, '_>, whole: Stated<'a, '_>) -> Option<Tension> {
        let ((one, inner), (two, outer)) = (part, whole);
        let same_place = inner.place == outer.place;
        let holds = same_place
            || (inner.measure.adds_over_places && self.account.case.places.contains(&outer.place, &inner.place));
        let periods = inner.when.period().zip(outer.when.period());
        let one_time = periods.is_some_and(|(one, two)| one.overlaps(&two));
        if inner.measure.id != outer.measure.id || !holds || !one_time {
            return None;
        }
        let apart = relation(&inner.quantity, &about(&outer.quantity)?)?;
        let is_less = apart == Relation::Below;
        let is_apart = is_less || (same_place && apart == Relation::Above);
        if !is_apart {
            return None;
        }
        let place = |figure: &Figure<'_>| place_name(self.account, &figure.place);
        let words = format!(
            "{} for {} and {} for {} cannot both be true of one time.",
            inner.quantity.figure(),
            place(inner),
            outer.quantity.figure(),
            place(outer)
        );
        Some(Tension { statements: vec![one.id.clone(), two.id.clone()], words, evidence: Vec::new() })
    }
}

fn is_sum(figure: &Figure<'_>) -> bool {
    figure.measure.group == Group::Money && figure.measure.unit.currency().is_some()
}

/// Whether these people, by place and time, may be those who earn a sum.
fn earn((_, people): Stated<'_, '_>, (_, sum): Stated<'_, '_>) -> bool {
    let are_counted = people.measure.nature == Nature::Stock && people.measure.unit.as_str() == "persons";
    are_counted && people.place == sum.place && meet(sum, people)
}

/// How far a head count stands from a sum: in another sentence, contradicted itself, one dated and the other not, then bytes. A sum is held
/// against the nearest head count only, for a text may tell of several years.
fn far((sum, earned): Stated<'_, '_>, (count, counted): Stated<'_, '_>) -> (bool, bool, bool, usize) {
    let dated = |figure: &Figure<'_>| figure.when.period().is_some();
    let is_wrong = count.verdict == Verdict::Contradicted;
    (
        sum.sentence != count.sentence,
        is_wrong,
        dated(earned) != dated(counted),
        sum.range.start.abs_diff(count.range.start),
    )
}

/// What a sum a head comes to, and what it is held against: implied, the highest pay, the highest share of it taken.
fn a_head_words(
    (_, earned): Stated<'_, '_>,
    (_, counted): Stated<'_, '_>,
    unit: &Unit,
    (implied, top, part): (Decimal, Decimal, Decimal),
) -> Option<String> {
    let monthly: Unit = format!("{}/person/month", unit.currency()?).parse().ok()?;
    let write = |value: Decimal| {
        let month = value.checked_mul(unit.factor_to(&monthly)?)?.round_sf(4)?.normalize();
        Some(interval(Some(month), Some(month), &monthly, true))
    };
    let year = implied.round_sf(4)?.normalize();
    Some(format!(
        "{} from {} is {}, or {}, for each. No wage claim supports it: the highest gross pay claimed is {}, and with the highest share claimed to be taken ({}%) at most {} of it is taken.",
        earned.quantity.figure(),
        counted.quantity.figure(),
        interval(Some(year), Some(year), unit, true),
        write(implied)?,
        write(top)?,
        (part * Decimal::ONE_HUNDRED).normalize(),
        write(top.checked_mul(part)?)?,
    ))
}

/// Whether two statements may be of one time: what has no time may be of any.
fn meet(one: &Figure<'_>, two: &Figure<'_>) -> bool {
    one.when.period().zip(two.when.period()).is_none_or(|(one, two)| one.overlaps(&two))
}

/// The figure of a text as a claim that is rounded as texts are.
fn about(quantity: &Quantity) -> Option<Quantity> {
    use plumb_core::quantity::Qualifier;
    match quantity.qualifier() {
        Qualifier::Exact => Quantity::new(Qualifier::About, quantity.numbers(), quantity.unit().clone()).ok(),
        _ => Some(quantity.clone()),
    }
}
