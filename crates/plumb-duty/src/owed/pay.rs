//! What was due for a stretch: the greater of what was promised and what the law allows at least, then overtime and rest days.

use plumb_core::band::Band;
use plumb_core::case::{Case, Rule, Wage};
use plumb_core::reference::Reference;
use rust_decimal::Decimal;

use super::Step;
use super::currency;
use super::hours::{self, Hours, Tiers, part_of};
use super::rule;
use super::series;
use super::stretch::Stretch;
use super::write::{amount, number};

/// What the arithmetic of one stretch is made with, and what it leaves behind.
pub(crate) struct Work<'a> {
    pub(crate) case: &'a Case,
    pub(crate) wage: &'a Wage,
    pub(crate) stretch: &'a Stretch,
    pub(crate) currency: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) gaps: Vec<String>,
}

impl Work<'_> {
    fn step(&mut self, what: &'static str, arithmetic: String, value: Band, basis: Vec<Reference>) {
        let unit = self.currency.clone();
        self.steps.push(Step { what, arithmetic, value, unit, basis });
    }

    /// An amount of the record in the currency of the reckoning; without a rate it is a gap.
    pub(crate) fn convert(&mut self, what: &str, amount: Band) -> Option<(Band, String, Vec<Reference>)> {
        let day = self.stretch.last;
        match currency::rate(self.case, &self.wage.currency, &self.currency, &self.wage.place, day) {
            Ok(rate) => {
                let written = format!("{} {}{}", number(amount), self.wage.currency, rate.written());
                Some((rate.apply(amount)?, written, rate.basis))
            }
            Err(gap) => {
                self.gaps.push(format!("{what}: {gap}"));
                None
            }
        }
    }
}

/// The least pay that the law of the place allows for the stretch, by each rule in force; the currency is that of the first.
pub(crate) struct Least {
    pub(crate) currency: String,
    value: Band,
    steps: Vec<Step>,
    /// Rules whose series has no figure for the day.
    gaps: Vec<String>,
}

/// The least pay at a place, the greatest of all rules in force there.
pub(crate) fn least(case: &Case, wage: &Wage, stretch: &Stretch, normal: Option<Decimal>) -> Option<Least> {
    let mut best: Option<Least> = None;
    let mut gaps = Vec::new();
    for rule in rule::all_in_force(case, rule::LEAST_PAY, &wage.place, stretch.first) {
        let found = one_least(case, wage, stretch, normal, rule);
        if found.is_empty() {
            gaps.push(format!("{} ({}): its series has no figure for {}", rule.rule, rule.id, stretch.first));
        }
        for (currency, value, step) in found {
            let entry = best.get_or_insert_with(|| Least { currency, value, steps: Vec::new(), gaps: Vec::new() });
            if entry.currency == step.unit {
                entry.value = entry.value.max(value);
                entry.steps.push(step);
            }
        }
    }
    if let Some(least) = &mut best {
        least.gaps = gaps;
    }
    best
}

/// The figures of one rule: of its series at the place and at each place around it, the region's beside the country's.
fn one_least(
    case: &Case,
    wage: &Wage,
    stretch: &Stretch,
    normal: Option<Decimal>,
    rule: &Rule,
) -> Vec<(String, Band, Step)> {
    let Some(name) = rule::word(rule, "series") else { return Vec::new() };
    let coefficient = wage.coefficient.filter(|value| *value > Decimal::ZERO).unwrap_or(Decimal::ONE);
    let mut found = Vec::new();
    for place in case.places.path(&wage.place) {
        let Some(row) = series::on(case, name, place, stretch.first).next() else { continue };
        let Some(money) = row.quantity.unit().currency().map(str::to_owned) else { continue };
        let rows = || series::on(case, name, place, stretch.first);
        let in_unit = |per: &str| {
            let with_person = format!("{money}/person/{per}").parse().ok();
            let without = format!("{money}/{per}").parse().ok();
            [with_person, without].into_iter().flatten().find_map(|unit| series::together(rows(), &unit))
        };
        let (figure, times, written) = match (in_unit("hour"), in_unit("month"), normal) {
            (Some(hourly), _, Some(normal)) => (hourly, normal, counted(Band::exact(normal), "hour")),
            (None, Some(monthly), _) => {
                let months = stretch.months();
                (monthly, months, counted(Band::exact(months), "month"))
            }
            _ => continue,
        };
        let Some(value) = figure.value.times(times).and_then(|value| value.times(coefficient)) else { continue };
        let factor = if coefficient == Decimal::ONE { String::new() } else { format!(" × {coefficient}") };
        let mut basis = hours::basis(rule);
        basis.extend(figure.basis);
        let arithmetic = format!("{} × {written}{factor}", number(figure.value));
        found.push((money.clone(), value, Step { what: "Least pay by law", arithmetic, value, unit: money, basis }));
    }
    found
}

/// What was due for the stretch to one person; `None` when a number gets too large.
pub(crate) fn due(work: &mut Work<'_>, hours: &Hours, least: Option<Least>) -> Option<Band> {
    let promised = promised(work, hours);
    let least = least.map(|least| {
        work.steps.extend(least.steps);
        work.gaps.extend(least.gaps);
        least.value
    });
    let base = match (promised, least) {
        (Some(promised), Some(least)) => {
            let value = promised.max(least);
            let written = format!("the greater of {} and {}", amount(promised), amount(least));
            work.step("Pay for normal hours", written, value, Vec::new());
            value
        }
        (Some(promised), None) => {
            work.gaps
                .push("the case has no least pay for this place and time; the promise alone is reckoned".to_owned());
            promised
        }
        (None, Some(least)) => {
            work.gaps.push("what was promised is not known; at least the least pay by law was due".to_owned());
            least.or_more()
        }
        (None, None) => {
            work.gaps.push("neither a promise nor a least pay is known: what was due is not known".to_owned());
            return Some(Band::UNKNOWN);
        }
    };
    extra(work, hours, base, promised, least)
}

/// A number of something: `1 month`, `0.5 months`.
fn counted(times: Band, one: &str) -> String {
    let ending = if times == Band::exact(Decimal::ONE) { "" } else { "s" };
    format!("{} {one}{ending}", number(times))
}

/// What was promised for the stretch, in the currency of the reckoning.
fn promised(work: &mut Work<'_>, hours: &Hours) -> Option<Band> {
    let rate = work.wage.promised?;
    let stretch = work.stretch;
    let days = Decimal::from(stretch.days());
    let ordinary = hours.normal.map_or(hours.worked, |normal| hours.worked.min(Band::exact(normal)));
    let (times, per) = match work.wage.per.as_str() {
        "hour" => (ordinary, "hour"),
        "day" => (Band::exact(days), "day"),
        "week" => (Band::exact(days / Decimal::from(7)), "week"),
        _ => (Band::exact(stretch.months()), "month"),
    };
    let (value, written, mut basis) = work.convert("promised pay", rate)?;
    let value = value.by(times)?;
    basis.insert(0, work.wage.reference());
    work.step("Promised pay", format!("{written} × {}", counted(times, per)), value, basis);
    Some(value)
}

/// Overtime and rest days on top of `base`.
fn extra(work: &mut Work<'_>, hours: &Hours, base: Band, promised: Option<Band>, least: Option<Band>) -> Option<Band> {
    let Some(normal) = hours.normal.filter(|normal| *normal > Decimal::ZERO) else { return Some(base) };
    let day = work.stretch.first;
    let rule = rule::in_force(work.case, rule::OVERTIME, &work.wage.place, day);
    if rule.is_none() && hours.overtime != Band::ZERO {
        work.gaps.push("the case has no rule on overtime for this place and time; none is reckoned".to_owned());
    }
    let on_least = rule.and_then(|rule| rule::word(rule, "base")) == Some("least");
    let ground = if on_least { least.unwrap_or(base) } else { base };
    // an hourly promise that was not worked in full is still the pay of an hour
    let full = match work.wage.per.as_str() {
        "hour" => hours.worked.min(Band::exact(normal)).low.max(Decimal::ONE),
        _ => normal,
    };
    let hourly = ground.over(if on_least { normal } else { full })?;
    let mut total = ground;
    if let Some(rule) = rule.filter(|_| hours.overtime != Band::ZERO) {
        total = total.plus(overtime(work, hours, hourly, rule)?)?;
    }
    let rest_rule = rule::in_force(work.case, rule::REST_DAY, &work.wage.place, day);
    if let Some(rule) = rest_rule.filter(|_| hours.rest != Band::ZERO) {
        total = total.plus(rest_days(work, hours, hourly, rule)?)?;
    } else if rest_rule.is_none() && hours.rest.low > Decimal::ZERO {
        work.gaps.push("the case has no rule on work on rest days here; none is reckoned".to_owned());
    }
    let Some(promised) = promised.filter(|_| on_least) else { return Some(total) };
    let value = promised.max(total);
    let written = format!("the greater of {} promised for all hours and {} by law", amount(promised), amount(total));
    work.step("Pay for all hours", written, value, Vec::new());
    Some(value)
}

fn overtime(work: &mut Work<'_>, hours: &Hours, hourly: Band, rule: &Rule) -> Option<Band> {
    let Some(tiers) = Tiers::of(rule) else {
        work.gaps.push(format!("the terms of the rule on overtime ({}) cannot be read; none is reckoned", rule.id));
        return Some(Band::ZERO);
    };
    let days = work.wage.overtime_days.map(|days| part_of(days, work.stretch));
    if days.is_none() && tiers.first_hours.is_some() && tiers.first != tiers.then {
        work.gaps.push("days with overtime are not on record; it lay on as many days or as few as it could".to_owned());
    }
    let week = hours::week(work.case, &work.wage.place, work.stretch.first);
    let weighted = tiers.weigh(hours.overtime, days, work.stretch, week)?;
    let value = hourly.by(weighted)?;
    let tiers = match tiers.first_hours {
        Some(limit) => format!("× {} for the first {limit} hours of a day, then × {}", tiers.first, tiers.then),
        None => format!("× {}", tiers.first),
    };
    let written = format!(
        "{} an hour × {} weighted hours ({} hours {tiers})",
        number(hourly),
        number(weighted),
        number(hours.overtime)
    );
    work.step("Overtime pay", written, value, hours::basis(rule));
    Some(value)
}

fn rest_days(work: &mut Work<'_>, hours: &Hours, hourly: Band, rule: &Rule) -> Option<Band> {
    let Some(times) = rule::term::<Decimal>(rule, "times").filter(|times| *times >= Decimal::ZERO) else {
        work.gaps.push(format!("the terms of the rule on rest days ({}) cannot be read; none is reckoned", rule.id));
        return Some(Band::ZERO);
    };
    let value = hourly.by(hours.rest)?.times(times)?;
    let written = format!("{} an hour × {times} × {} hours", number(hourly), number(hours.rest));
    work.step("Pay for rest days", written, value, hours::basis(rule));
    Some(value)
}
