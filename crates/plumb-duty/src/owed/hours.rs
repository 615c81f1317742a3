//! Hours: how many are normal, how many were overtime, and what is taken where none are on record.

use std::collections::BTreeMap;

use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::{Case, Rule, Wage};
use plumb_core::reference::Reference;
use rust_decimal::Decimal;

use super::Step;
use super::daycount::days;
use super::rule;
use super::stretch::{Stretch, ends};
use super::write::number;

/// Working days of a week by which the normal day is reckoned; the normal week of 40 hours makes days of 8.
const WORKING_DAYS: i64 = 5;

/// Hours a day as the other records of one worker have them: from the least to the most.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usual {
    hours: Option<Band>,
    rest: Option<Band>,
}

/// The usual hours of each worker, from the records that have them.
pub(crate) fn usual(wages: &[Wage]) -> BTreeMap<&str, Usual> {
    let mut found: BTreeMap<&str, Usual> = BTreeMap::new();
    for wage in wages {
        let Some((first, last)) = ends(wage) else { continue };
        let a_day = |band: Option<Band>| band.and_then(|band| band.over(Decimal::from(days(first, last) + 1)));
        let around = |one: Option<Band>, two: Option<Band>| match (one, two) {
            (Some(one), Some(two)) => Some(one.around(two)),
            (one, two) => one.or(two),
        };
        let own = found.entry(&wage.worker).or_default();
        own.hours = around(own.hours, a_day(wage.hours));
        own.rest = around(own.rest, a_day(wage.rest_hours));
    }
    found
}

/// The hours of a stretch.
#[derive(Clone, Debug)]
pub(crate) struct Hours {
    /// Normal hours; `None` when no rule and no record says.
    pub(crate) normal: Option<Decimal>,
    /// Hours worked on working days.
    pub(crate) worked: Band,
    /// Overtime hours.
    pub(crate) overtime: Band,
    /// Hours on rest days.
    pub(crate) rest: Band,
}

/// The hours of a stretch of a record; what they rest on and what is missing goes into `steps` and `gaps`.
pub(crate) fn of(
    case: &Case,
    wage: &Wage,
    stretch: &Stretch,
    usual: Usual,
    (steps, gaps): (&mut Vec<Step>, &mut Vec<String>),
) -> Hours {
    let rule = rule::in_force(case, rule::NORMAL_HOURS, &wage.place, stretch.first);
    let normal = normal(wage, stretch, rule, steps);
    if normal.is_none() {
        gaps.push(
            "no normal hours: neither a rule of the case nor the record has them, so no overtime is reckoned"
                .to_owned(),
        );
    }
    let mut known = |recorded: Option<Band>, usual: Option<Band>, what: &str, least: Decimal| {
        if let Some(band) = recorded {
            return part_of(band, stretch);
        }
        if let Some(band) = usual.and_then(|band| band.times(Decimal::from(stretch.days()))) {
            let from = "taken from the other records of this worker";
            gaps.push(format!("{what} are not on record; {from}: {}", number(band)));
            return band;
        }
        gaps.push(format!("{what} are not on record; taken as {} or more", number(Band::exact(least))));
        Band::exact(least).or_more()
    };
    let worked = known(wage.hours, usual.hours, "hours", normal.unwrap_or_default());
    let rest = known(wage.rest_hours, usual.rest, "hours on rest days", Decimal::ZERO);
    let overtime = normal.map_or(Band::ZERO, |normal| worked.less(Band::exact(normal)));
    if let Some(normal) = normal {
        steps.push(Step {
            what: "Overtime",
            arithmetic: format!("{} − {}", number(worked), number(Band::exact(normal))),
            value: overtime,
            unit: "hours".to_owned(),
            basis: vec![wage.reference()],
        });
    }
    Hours { normal, worked, overtime, rest }
}

/// The part of an amount of a record that falls into a stretch of it, by days.
pub(crate) fn part_of(band: Band, stretch: &Stretch) -> Band {
    let (part, whole) = stretch.part;
    // cells are at most a million million and a part at most a few thousand days: neither can overflow
    band.times(Decimal::from(part)).and_then(|band| band.over(Decimal::from(whole))).unwrap_or(Band::UNKNOWN)
}

fn normal(wage: &Wage, stretch: &Stretch, rule: Option<&Rule>, steps: &mut Vec<Step>) -> Option<Decimal> {
    let (value, arithmetic, basis) = match (wage.norm_hours, rule.and_then(|rule| rule::term::<Decimal>(rule, "week")))
    {
        (Some(hours), _) if hours > Decimal::ZERO => {
            (part_of(Band::exact(hours), stretch).low, "by the record".to_owned(), vec![wage.reference()])
        }
        (_, Some(week)) if week > Decimal::ZERO => {
            let basis = rule.map(Rule::reference).into_iter().collect();
            let (weeks, written) = weeks(stretch);
            (week.checked_mul(weeks.0)?.checked_div(weeks.1)?, format!("{week} × {written}"), basis)
        }
        _ => return None,
    };
    steps.push(Step { what: "Normal hours", arithmetic, value: Band::exact(value), unit: "hours".to_owned(), basis });
    Some(value)
}

/// Weeks of a stretch as a fraction: a month is 52/12 of a week (as 29 CFR 778.113(b) has it), else days over seven.
fn weeks(stretch: &Stretch) -> ((Decimal, Decimal), String) {
    let (above, below) = if stretch.is_month() { (52, 12) } else { (stretch.days(), 7) };
    ((Decimal::from(above), Decimal::from(below)), format!("{above} ÷ {below}"))
}

/// The terms of a rule on overtime: the first hours of a day at one factor, what goes beyond at another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tiers {
    pub(crate) first: Decimal,
    pub(crate) first_hours: Option<Decimal>,
    pub(crate) then: Decimal,
}

impl Tiers {
    /// The tiers of a rule; `None` when it does not say at least the first factor, or a factor is below zero.
    pub(crate) fn of(rule: &Rule) -> Option<Self> {
        let first: Decimal = rule::term(rule, "first")?;
        let then = rule::term(rule, "then").unwrap_or(first);
        let sound = |value: Decimal| value >= Decimal::ZERO && value <= Decimal::ONE_HUNDRED;
        let first_hours = rule::term(rule, "first_hours").filter(|hours| sound(*hours));
        (sound(first) && sound(then)).then_some(Self { first, first_hours, then })
    }

    /// Hours weighted by their factors, for overtime on so many days. Hours are spread evenly over the days: any other
    /// spread has fewer of them at the first, lower factor.
    fn weighted(&self, hours: Decimal, days: Decimal) -> Option<Decimal> {
        let limit = self.first_hours.map_or(Some(hours), |limit| limit.checked_mul(days))?;
        let first = hours.min(limit);
        let rest = hours.checked_sub(first)?;
        self.first.checked_mul(first)?.checked_add(self.then.checked_mul(rest)?)
    }

    /// The same for a band of hours on days that may be known or not. Not known, they lie between the fewest on which
    /// the hours fit beside a normal day, and all days of the stretch.
    pub(crate) fn weigh(&self, hours: Band, on: Option<Band>, stretch: &Stretch, week: Decimal) -> Option<Band> {
        let all = Decimal::from(stretch.days());
        let free = (Decimal::from(24) - week.checked_div(Decimal::from(WORKING_DAYS))?).max(Decimal::ONE);
        let fewest = |hours: Decimal| hours.checked_div(free).map(|days| days.ceil());
        let (few, many) = match on {
            Some(days) => (days.low, days.high.unwrap_or(all).min(all)),
            None => (hours.high.map_or(Some(Decimal::ZERO), fewest)?, all),
        };
        let ends = |hours, one: Decimal, two: Decimal| -> Option<(Decimal, Decimal)> {
            let (one, two) = (self.weighted(hours, one)?, self.weighted(hours, two)?);
            Some((one.min(two), one.max(two)))
        };
        let low = ends(hours.low, few, many)?.0;
        let high = match hours.high {
            Some(hours) => Some(ends(hours, few, many)?.1),
            None => None,
        };
        Some(Band { low, high })
    }
}

/// The hours of a normal week in force, 40 where no rule says (ILO C47): only the fewest days of overtime hang on it.
pub(crate) fn week(case: &Case, place: &str, day: Date) -> Decimal {
    let rule = rule::in_force(case, rule::NORMAL_HOURS, place, day);
    rule.and_then(|rule| rule::term(rule, "week")).filter(|week| *week > Decimal::ZERO).unwrap_or(Decimal::from(40))
}

/// The basis of a step: the rule, if there is one.
pub(crate) fn basis(rule: &Rule) -> Vec<Reference> {
    vec![rule.reference()]
}
