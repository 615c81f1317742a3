//! Figures of a text against the claims of the same measure, place and time.

use std::collections::BTreeSet;

use plumb_account::range::comparable;
use plumb_core::case::Claim;
use plumb_core::figure::{End, span};
use plumb_core::measure::Measure;
use plumb_core::place::WORLD;
use plumb_core::quantity::Quantity;
use plumb_core::unit::Unit;
use plumb_text::{Proposal, Reason};
use rust_decimal::Decimal;

use crate::Verdict;
use crate::compare::{Relation, Sides, relation};
use crate::estimate::held_against;
use crate::evidence::{of_claim, place_name};
use crate::outcome::{About, Checked, Stance};
use crate::reasons::Grounds;
use crate::told::{Bench, Finding, Told, When};

/// Proposals that the rules are less sure of are left to a person: three guesses leave 0.7 × 0.7 × 0.6 = 0.29.
const SURE: f64 = 0.3;

/// A reading of words under which a figure lies so many times above or below every claim is no reading when another is nearer:
/// 2.3 billion dollars is no monthly wage.
const FAR: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);

/// Claims shown beside a figure that none of them is about.
const NEAREST: usize = 3;

/// What a figure is taken to say.
pub(crate) struct Figure<'a> {
    pub(crate) measure: &'a Measure,
    pub(crate) place: String,
    /// The sentence names no place; it is that of the words before it.
    pub(crate) place_is_carried: bool,
    pub(crate) when: When,
    /// In the unit of the measure.
    pub(crate) quantity: Quantity,
    /// The words for who says so, if the text names anybody.
    pub(crate) speaker: Option<String>,
}

/// Where and when a figure may be about.
#[derive(Clone, Debug)]
struct Setting {
    place: String,
    place_is_carried: bool,
    when: When,
}

/// A claim of the same measure and place, in the unit of the measure, with how it stands to the figure.
pub(crate) struct Rival<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) quantity: Quantity,
    pub(crate) relation: Relation,
}

impl<'a> Bench<'a> {
    /// The figures of a sentence, each checked, with what it was taken for.
    pub(crate) fn figures(&self, told: &Told<'_>) -> Vec<(Checked, Figure<'a>)> {
        let counted = |one: &&Proposal| one.nationality.as_deref().is_none_or(|people| self.is_about(people));
        let proposals =
            told.sentence.claims.iter().filter(|one| one.confidence >= SURE && !one.negated).filter(counted);
        let check = |proposal: &Proposal| {
            let (figure, finding) = self.read_charitably(told, proposal)?;
            if finding.verdict == Verdict::NotCovered && !self.is_about_labour(told, &figure) {
                return None;
            }
            let stated = &proposal.stated;
            let parts = [Some(&stated.number), stated.qualifier.as_ref(), stated.unit.as_ref()];
            let start = parts.into_iter().flatten().map(|range| range.start).min()?;
            let end = parts.into_iter().flatten().map(|range| range.end).max()?;
            Some((self.checked(told, start..end, finding), figure))
        };
        proposals.filter_map(check).collect()
    }

    /// Whether a measure of the case counts people of a place: a figure about any others is no matter of the case.
    fn is_about(&self, people: &str) -> bool {
        let Some(place) = self.account.case.places.get(people) else { return false };
        let names = || std::iter::once(&place.name).chain(&place.official).chain(&place.also);
        self.account
            .case
            .measures
            .values()
            .any(|measure| names().any(|name| measure.population.contains(name.as_ref())))
    }

    /// Whether a sentence speaks of workers where what it was taken to measure counts them: the dead of a famine are others.
    fn is_about_labour(&self, told: &Told<'_>, figure: &Figure<'_>) -> bool {
        let of_work = || ["labour", "work"].iter().any(|cue| self.words.has(cue, told.text));
        !figure.measure.population.contains("workers") || of_work()
    }

    /// A figure with its finding. It is contradicted only if it is under every reading that its words allow: of place and time where the
    /// sentence names none, and of what is measured.
    fn read_charitably(&self, told: &Told<'_>, proposal: &Proposal) -> Option<(Figure<'a>, Finding)> {
        let judged = |figure: Figure<'a>| {
            let finding = self.judge(&figure);
            (figure, finding)
        };
        let settings = self.settings(told, proposal);
        let usual = settings.iter().filter_map(|setting| self.read(setting, proposal));
        let other = |setting| proposal.other_measures.iter().filter_map(move |id| self.reading(setting, proposal, id));
        let others = settings.iter().flat_map(other).filter(|other| self.is_in_reach(other));
        let mut readings = usual.map(judged);
        let first = readings.next()?;
        let milder = |(_, finding): &(Figure<'a>, Finding)| {
            !matches!(finding.verdict, Verdict::Contradicted | Verdict::NotCovered)
        };
        if milder(&first) {
            return Some(first);
        }
        let may_be_other = first.1.verdict == Verdict::Contradicted;
        let mut readings = readings.chain(others.filter(|_| may_be_other).map(judged));
        Some(readings.find(milder).unwrap_or(first))
    }

    /// Where and when a figure may be about, the likeliest first.
    fn settings(&self, told: &Told<'_>, proposal: &Proposal) -> Vec<Setting> {
        // what the reader carried from the sentences before is weighed here, against all claims of the case
        let has = |reason| proposal.reasons.contains(&reason);
        let own_place = proposal.place.clone().filter(|_| !has(Reason::PlaceCarried));
        let is_of_all = has(Reason::PlaceOfOthers) || self.words.has("abroad", told.text);
        let places = match (own_place, &told.carried.place) {
            (None, Some(before)) if !is_of_all => vec![(before.clone(), true), (WORLD.to_owned(), false)],
            (own, _) => vec![(own.unwrap_or_else(|| WORLD.to_owned()), false)],
        };
        let times = match proposal.period {
            Some(period) if has(Reason::DateCarried) => vec![When::Carried(period), When::Unknown],
            Some(period) => vec![When::Stated(period)],
            None => vec![When::Unknown],
        };
        let at = |(place, place_is_carried): (String, bool)| {
            times.iter().map(move |when| Setting { place: place.clone(), place_is_carried, when: *when })
        };
        places.into_iter().flat_map(at).collect()
    }

    /// A figure read as one of a measure.
    fn reading(&self, setting: &Setting, proposal: &Proposal, measure: &str) -> Option<Figure<'a>> {
        let measure = self.account.case.measures.get(measure)?;
        let quantity = restate(&proposal.stated.quantity, &measure.unit)?;
        let speaker = proposal.speaker.as_ref().map(|one| self.document.text.slice(one.range.clone()).to_owned());
        let Setting { place, place_is_carried, when } = setting.clone();
        Some(Figure { measure, place, place_is_carried, when, quantity, speaker })
    }

    /// The first reading of a figure that the case has claims about; else the first.
    fn read(&self, setting: &Setting, proposal: &Proposal) -> Option<Figure<'a>> {
        let first = proposal.measure.as_ref()?;
        let read = |id: &String| self.reading(setting, proposal, id);
        let tied = |id: &&String| *id == first || (self.is_modelled(id) && self.is_modelled(first));
        let candidates = || std::iter::once(first).chain(&proposal.other_measures).filter(tied);
        let known = candidates().filter_map(read).find(|figure| self.is_in_reach(figure));
        known.or_else(|| candidates().find_map(read))
    }

    /// Whether the model of the case ties a measure to others: only then may words that name one be read as another.
    fn is_modelled(&self, measure: &str) -> bool {
        let model = self.account.case.model.as_ref();
        model.is_some_and(|model| model.observations.iter().any(|observed| observed.measure == measure))
    }

    fn is_in_reach(&self, figure: &Figure<'_>) -> bool {
        let Some(stated) = figure.quantity.middle() else { return false };
        self.claims(figure.measure, &figure.place).any(|(_, quantity)| {
            let near =
                |claimed: Decimal| stated <= claimed.saturating_mul(FAR) && claimed <= stated.saturating_mul(FAR);
            quantity.middle().is_some_and(near)
        })
    }

    /// Claims of a measure at a place that can be compared, in the unit of the measure.
    pub(crate) fn claims(&self, measure: &'a Measure, place: &str) -> impl Iterator<Item = (&'a Claim, Quantity)> {
        let (place, account) = (place.to_owned(), self.account);
        let about =
            move |claim: &&Claim| claim.measure == measure.id && claim.place == place && claim.population.is_empty();
        let claims = account.case.claims.iter().filter(about);
        claims.filter_map(|claim| Some((claim, comparable(claim, &measure.unit).ok()?)))
    }

    fn rivals(&self, figure: &Figure<'a>) -> Vec<Rival<'a>> {
        let same_time = |claim: &Claim| match (figure.when, claim.period) {
            // what adds up over time is another figure for another stretch
            (When::Stated(stated), Some(period)) if figure.measure.adds_over_time => {
                stated.contains(&period) && period.contains(&stated)
            }
            (when, period) => when.meets(period),
        };
        let mut rivals: Vec<Rival<'_>> = self
            .claims(figure.measure, &figure.place)
            .filter(|(claim, _)| same_time(claim))
            .filter_map(|(claim, quantity)| {
                let relation = relation(&figure.quantity, &quantity)?;
                Some(Rival { claim, quantity, relation })
            })
            .collect();
        rivals.sort_by_key(|rival| rival.claim.period.map(|period| period.sort_day()));
        rivals
    }

    fn judge(&self, figure: &Figure<'a>) -> Finding {
        let rivals = self.rivals(figure);
        let year = figure.when.period().and_then(|period| period.latest()).map(|day| day.year());
        let last_said = rivals.iter().rev().filter(|rival| is_for(rival.relation));
        let year =
            year.or_else(|| last_said.filter_map(|rival| rival.claim.period?.latest()).map(|day| day.year()).next());
        let estimate = self.estimate(&figure.measure.id, &figure.place, year);
        let estimate = estimate.and_then(|estimate| held_against(estimate, &figure.quantity));
        let (sides, estimated) = (sides(&rivals), estimate.as_ref().map(|(_, room)| *room));
        let newer = newer(figure, &rivals);
        let (verdict, edge) = if newer.is_some() { (Verdict::OutOfDate, None) } else { sides.verdict(estimated) };
        let (account, rivals, sides) = (self.account, rivals.as_slice(), &sides);
        let grounds = Grounds { account, figure, rivals, sides, verdict, edge, estimated, newer };
        let mut evidence: Vec<_> =
            rivals.iter().map(|rival| of_claim(self.account, rival.claim, stance(rival.relation))).collect();
        if evidence.is_empty() {
            evidence = self.nearest(figure);
        }
        Finding {
            about: self.about(figure),
            verdict,
            why: grounds.why(),
            claimed: claimed(rivals, &figure.measure.unit),
            estimate: estimate.map(|(estimated, _)| estimated),
            evidence,
            settle: grounds.settle(),
        }
    }

    fn about(&self, figure: &Figure<'_>) -> About {
        let period = figure.when.period();
        let when = period.map(|period| format!(", {period}")).unwrap_or_default();
        let place = place_name(self.account, &figure.place);
        About {
            words: format!("{}, {place}{when}: {}", figure.measure.label, figure.quantity.figure()),
            measure: Some(figure.measure.id.clone()),
            place: Some(figure.place.clone()),
            period,
            quantity: Some(figure.quantity.clone()),
        }
    }

    /// The claims of other times, those nearest to the figure's first.
    fn nearest(&self, figure: &Figure<'a>) -> Vec<crate::outcome::Evidence> {
        let Some(period) = figure.when.period() else { return Vec::new() };
        let year = |day: jiff::civil::Date| i32::from(day.year());
        let mut claims: Vec<_> = self.claims(figure.measure, &figure.place).collect();
        claims.sort_by_key(|(claim, _)| {
            claim.period.map_or(i32::MAX, |other| (year(other.sort_day()) - year(period.sort_day())).abs())
        });
        claims.truncate(NEAREST);
        claims.iter().map(|(claim, _)| of_claim(self.account, claim, Stance::Beside)).collect()
    }
}

/// A quantity in the unit of a measure. What a rule took for a sum a head is one for all where the measure is.
fn restate(quantity: &Quantity, unit: &Unit) -> Option<Quantity> {
    quantity.convert(unit).or_else(|| {
        let whole: Unit = quantity.unit().as_str().replace("/person", "").parse().ok()?;
        Quantity::new(quantity.qualifier(), quantity.numbers(), whole).ok()?.convert(unit)
    })
}

fn sides<'a>(rivals: &[Rival<'a>]) -> Sides<'a> {
    Sides::of(rivals.iter().map(|rival| (rival.claim.origin.as_str(), rival.relation)))
}

pub(crate) fn is_for(relation: Relation) -> bool {
    matches!(relation, Relation::States | Relation::EndsAt | Relation::Contains)
}

fn stance(relation: Relation) -> Stance {
    match relation {
        Relation::States | Relation::EndsAt | Relation::Contains => Stance::For,
        Relation::Allows => Stance::Beside,
        Relation::Below | Relation::Above => Stance::Against,
    }
}

/// The place in the rivals, which are in order of time, from which on all exclude a figure that those before support. Only of a figure
/// that the text gives no time for.
fn newer(figure: &Figure<'_>, rivals: &[Rival<'_>]) -> Option<usize> {
    if !matches!(figure.when, When::Unknown) {
        return None;
    }
    let last = rivals.iter().rposition(|rival| stance(rival.relation) != Stance::Against)?;
    let (older, later) = rivals.split_at(last + 1);
    let voices: BTreeSet<&str> = later.iter().map(|rival| rival.claim.origin.as_str()).collect();
    // one voice may be wrong by itself, then as later
    let is_old = voices.len() > 1 && sides(older).states.len() > 1;
    is_old.then_some(last + 1)
}

/// The span of what rivals claim.
fn claimed(rivals: &[Rival<'_>], unit: &Unit) -> Option<String> {
    let closed = |value: Decimal| End { value, open: false };
    let all = || rivals.iter().flat_map(|rival| [rival.quantity.bounds().0, rival.quantity.bounds().1]).flatten();
    Some(span(closed(all().min()?), closed(all().max()?), unit, true))
}
