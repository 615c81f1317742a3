//! Figures: claims and observations in one shape, in the unit of their measure, ready to be held against each other.

use jiff::civil::Date;
use plumb_core::case::{Case, Claim, Observation, Status};
use plumb_core::date::Period;
use plumb_core::location::{Location, RowLocation};
use plumb_core::measure::{Measure, Nature};
use plumb_core::quantity::Quantity;
use plumb_core::reference::{Kind, Reference};
use rust_decimal::Decimal;

use crate::index::name_of;

/// Two ends of a quantity; an open end is the furthest number there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ends {
    /// The lower end.
    pub(super) low: Decimal,
    /// The upper end.
    pub(super) high: Decimal,
}

impl Ends {
    fn of((low, high): (Option<Decimal>, Option<Decimal>)) -> Self {
        Self { low: low.unwrap_or(Decimal::MIN), high: high.unwrap_or(Decimal::MAX) }
    }
}

/// Who says so, as far as figures of one voice are concerned: the origin of a claim, or the source of any figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice<'a> {
    /// Id of the origin.
    Origin(&'a str),
    /// Id of the source.
    Source(&'a str),
}

/// What a figure is about, apart from its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Topic<'a> {
    /// Id of the measure.
    pub(super) measure: &'a str,
    /// Code of the place.
    pub(super) place: &'a str,
    /// The narrower population; empty: that of the measure.
    pub(super) population: &'a str,
}

/// A claim or observation whose numbers can be held against others.
#[derive(Clone, Debug)]
pub(super) struct Figure<'a> {
    /// The record.
    pub(super) reference: Reference,
    /// Where it stands.
    pub(super) row: &'a RowLocation,
    /// What it is about.
    pub(super) topic: Topic<'a>,
    /// Its measure.
    pub(super) measure: &'a Measure,
    /// When it holds; `None` when that is not told.
    pub(super) period: Option<Period>,
    /// As it was stated.
    pub(super) stated: &'a Quantity,
    /// In the unit of its measure.
    pub(super) quantity: Quantity,
    /// The ends of `quantity` as stated.
    pub(super) exact: Ends,
    /// The ends of `quantity` with rounding allowed for.
    pub(super) tolerant: Ends,
    /// How far it may be trusted.
    pub(super) status: Status,
    /// Id of its origin; observations have none.
    pub(super) origin: &'a str,
    /// Id of its source.
    pub(super) source: &'a str,
    /// Who says so.
    pub(super) said_by: &'a str,
}

/// All figures of a case that have a number in a unit of their measure: claims, then observations.
///
/// Figures that are superseded or known to be doubtful are left out, as they are from every range: what is marked as
/// wrong need not be found wrong again.
pub(super) fn all(case: &Case) -> Vec<Figure<'_>> {
    let claims = case.claims.iter().filter_map(|claim| of_claim(case, claim));
    claims.chain(case.observations.iter().filter_map(|row| of_observation(case, row))).collect()
}

fn of_claim<'a>(case: &'a Case, claim: &'a Claim) -> Option<Figure<'a>> {
    let measure = case.measures.get(&claim.measure)?;
    let topic = Topic { measure: &claim.measure, place: &claim.place, population: &claim.population };
    let figure = build(claim.reference(), &claim.row, topic, measure, &claim.quantity, claim.status)?;
    Some(Figure {
        period: claim.period,
        origin: &claim.origin,
        source: &claim.source,
        said_by: &claim.said_by,
        ..figure
    })
}

fn of_observation<'a>(case: &'a Case, row: &'a Observation) -> Option<Figure<'a>> {
    let measure = case.measures.get(&row.series)?;
    let topic = Topic { measure: &row.series, place: &row.place, population: "" };
    let figure = build(row.reference(), &row.row, topic, measure, &row.quantity, row.status)?;
    Some(Figure { period: Some(row.period), source: &row.source, said_by: &row.said_by, ..figure })
}

/// A figure without time and voice.
fn build<'a>(
    reference: Reference,
    row: &'a RowLocation,
    topic: Topic<'a>,
    measure: &'a Measure,
    stated: &'a Quantity,
    status: Status,
) -> Option<Figure<'a>> {
    if matches!(status, Status::Superseded | Status::Weak) {
        return None;
    }
    let quantity = stated.convert(&measure.unit)?;
    if quantity.bounds() == (None, None) {
        return None;
    }
    let (exact, tolerant) = (Ends::of(quantity.bounds()), Ends::of(quantity.tolerant_bounds()));
    let (origin, source, said_by) = ("", "", "");
    Some(Figure {
        reference,
        row,
        topic,
        measure,
        period: None,
        stated,
        quantity,
        exact,
        tolerant,
        status,
        origin,
        source,
        said_by,
    })
}

impl<'a> Figure<'a> {
    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.reference.id
    }

    /// The first and last day that it can speak of; `None` when it is undated. An open side reaches the end of time.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        self.period.map(|period| (period.earliest().unwrap_or(Date::MIN), period.latest().unwrap_or(Date::MAX)))
    }

    /// The voices that it belongs to.
    pub(super) fn voices(&self) -> impl Iterator<Item = Voice<'a>> + use<'a> {
        let origin = (!self.origin.is_empty()).then_some(Voice::Origin(self.origin));
        origin.into_iter().chain([Voice::Source(self.source)])
    }

    /// Its one number in the unit of its measure, when it is stated as one number.
    pub(super) fn number(&self) -> Option<Decimal> {
        match self.quantity.numbers() {
            (None, Some(number), None) | (Some(number), None, None) | (None, None, Some(number)) => {
                Some(number.normalize())
            }
            _ => None,
        }
    }

    /// Whether two figures of one measure speak of one time: flows of the same time, everything else of times that overlap.
    ///
    /// A flow grows with time, so January and the whole year are two things; a stock of January is one of the year too.
    pub(super) fn same_time(&self, other: &Self) -> bool {
        match (self.period, other.period) {
            (Some(_), Some(_)) if grows_over_time(self.measure) => self.days() == other.days(),
            (Some(one), Some(two)) => one.overlaps(&two),
            _ => false,
        }
    }

    /// The cell of its number: the best, else the lower end, else the upper, else the qualifier.
    pub(super) fn cell(&self) -> Location {
        let (low, best, high) = self.stated.numbers();
        let column = match (self.reference.kind, low, best, high) {
            (Kind::Observation, ..) => "value",
            (_, _, Some(_), _) => "best",
            (_, Some(_), ..) => "low",
            (.., Some(_)) => "high",
            _ => "qualifier",
        };
        self.row.cell(column)
    }

    /// The cell of its upper end.
    pub(super) fn high_cell(&self) -> Location {
        let (_, _, high) = self.stated.numbers();
        match (self.reference.kind, high) {
            (Kind::Claim, Some(_)) => self.row.cell("high"),
            _ => self.cell(),
        }
    }

    /// The figure and its id: `30,023 persons (c062)`.
    pub(super) fn named(&self) -> String {
        format!("{} ({})", self.stated.figure(), self.id())
    }

    /// Figure, measure, place, time and speaker, for a label: `30,023 persons, Russia, 2017-12-31, by …`.
    pub(super) fn label(&self, case: &Case) -> String {
        let place = name_of(case, &Reference::new(Kind::Place, self.topic.place));
        let period = self.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
        let population = if self.topic.population.is_empty() { "" } else { ", " };
        let by = if self.said_by.is_empty() { self.source } else { self.said_by };
        let (figure, label) = (self.stated.figure(), &self.measure.label);
        format!("{figure}: {label}{population}{}, {place}, {period}, by {by}", self.topic.population)
    }
}

/// Whether a longer time makes a figure larger: of flows, and of all that is said to add up over time.
pub(super) fn grows_over_time(measure: &Measure) -> bool {
    measure.adds_over_time || measure.nature == Nature::Flow
}

/// The digits of a number that tell something: those of 30,023 are five, those of 30,000 one.
///
/// A number of four significant digits agrees with another by chance once in nine thousand; round numbers agree often.
pub(super) fn significant_digits(number: Decimal) -> usize {
    let digits = number.mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::significant_digits;

    #[test]
    fn zeros_at_the_end_tell_nothing() {
        for (number, digits) in [("30023", 5), ("30000", 1), ("0.90", 1), ("12.50", 3), ("0", 0)] {
            assert_eq!(significant_digits(number.parse().unwrap()), digits, "{number}");
        }
    }
}
