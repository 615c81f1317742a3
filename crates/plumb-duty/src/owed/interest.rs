//! Interest on what is late: which part of the sum it comes to between two days, by the rules and rates in force on each.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::{Case, Rule};
use plumb_core::reference::Reference;
use rust_decimal::Decimal;

use super::daycount::{DayCount, days};
use super::rule;
use super::series;
use super::write::number;

/// Interest as a part of the sum that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accrued {
    /// The part; open above when a rate is missing for some of the days.
    pub(crate) factor: Band,
    /// Its sum as it is worked out.
    pub(crate) arithmetic: String,
    /// Rules and rates that it rests on.
    pub(crate) basis: Vec<Reference>,
    /// Days without a rule or rate.
    pub(crate) gaps: Vec<String>,
}

/// A run of days with one rule and one rate.
struct Run<'a> {
    from: Date,
    to: Date,
    rule: Option<&'a Rule>,
}

/// Interest from the day `from`, which does not count, to the day `to`, which does. `None` when it gets too large.
pub(crate) fn accrued(case: &Case, place: &str, from: Date, to: Date) -> Option<Accrued> {
    let mut accrued = Accrued { factor: Band::ZERO, arithmetic: String::new(), basis: Vec::new(), gaps: Vec::new() };
    let mut terms: Vec<String> = Vec::new();
    let mut missing: Vec<(Date, Date, String)> = Vec::new();
    let mut year = Band::ZERO;
    let mut compounds = false;
    for run in runs(case, place, from, to) {
        match of_run(case, place, &run) {
            Ok((part, written, basis)) => {
                if run.rule.is_some_and(is_compound) {
                    compounds = true;
                    if is_anniversary(from, run.from) {
                        accrued.factor = compound(accrued.factor, year)?;
                        year = Band::ZERO;
                    }
                }
                year = year.plus(part)?;
                terms.push(written);
                let new: Vec<Reference> = basis.into_iter().filter(|one| !accrued.basis.contains(one)).collect();
                accrued.basis.extend(new);
            }
            Err(gap) => {
                year = year.or_more();
                match missing.last_mut() {
                    Some((_, until, same)) if *same == gap && *until == run.from => *until = run.to,
                    _ => missing.push((run.from, run.to, gap)),
                }
            }
        }
    }
    accrued.factor = compound(accrued.factor, year)?;
    accrued.arithmetic = terms.join(" + ");
    if compounds && !terms.is_empty() {
        accrued.arithmetic.push_str(", compounded on each anniversary");
    }
    let gap = |(from, to, gap): (Date, Date, String)| format!("no interest after {from} until {to}: {gap}");
    accrued.gaps = missing.into_iter().map(gap).collect();
    Some(accrued)
}

/// `(1 + before) × (1 + more) − 1`: with nothing before, just what is new.
fn compound(before: Band, more: Band) -> Option<Band> {
    before.plus(more)?.plus(before.by(more)?)
}

fn is_anniversary(from: Date, day: Date) -> bool {
    let years = i64::from(day.year()) - i64::from(from.year());
    years > 0 && from.checked_add(Span::new().years(years)).is_ok_and(|same| same == day)
}

fn is_compound(rule: &Rule) -> bool {
    rule::word(rule, "method") == Some("compound")
}

/// The days between two, parted where a rule or a rate begins or ends, and at each anniversary if interest may compound.
fn runs<'a>(case: &'a Case, place: &str, from: Date, to: Date) -> Vec<Run<'a>> {
    let mut cuts: BTreeSet<Date> = BTreeSet::from([from, to]);
    let rules: Vec<&Rule> = case.rules.iter().filter(|rule| rule.applies == rule::INTEREST).collect();
    let of_rules = rules.iter().filter_map(|rule| rule.period);
    let names: BTreeSet<&str> = rules.iter().filter_map(|rule| rule::word(rule, "series")).collect();
    let of_rows = case.observations.iter().filter(|row| names.contains(row.series.as_str())).map(|row| row.period);
    for period in of_rules.chain(of_rows) {
        cuts.extend(period.earliest().and_then(|first| first.checked_sub(Span::new().days(1)).ok()));
        cuts.extend(period.latest());
    }
    if rules.iter().any(|rule| is_compound(rule)) {
        let years = 1..=i64::from(to.year()) - i64::from(from.year());
        cuts.extend(years.filter_map(|years| from.checked_add(Span::new().years(years)).ok()));
    }
    let cuts: Vec<Date> = cuts.into_iter().filter(|cut| (from..=to).contains(cut)).collect();
    (cuts.iter().zip(cuts.iter().skip(1)))
        .map(|(from, to)| Run { from: *from, to: *to, rule: rule::in_force(case, rule::INTEREST, place, *to) })
        .collect()
}

/// Interest of one run: its part of the sum, how it is worked out, and what it rests on; else why there is none.
fn of_run(case: &Case, place: &str, run: &Run<'_>) -> Result<(Band, String, Vec<Reference>), String> {
    let rule = run.rule.ok_or("the case has no rule on interest for these days")?;
    let unreadable = || format!("the terms of the rule on interest ({}) cannot be read", rule.id);
    let too_large = || "the rate is too large".to_owned();
    let mut basis = vec![rule.reference()];
    let (rate, written) = match rule::word(rule, "series") {
        None => {
            let rate: Decimal = rule::term(rule, "rate").ok_or_else(unreadable)?;
            (Band::exact(rate), number(Band::exact(rate)))
        }
        Some(name) => {
            let found = series::value(case, name, place, run.to, "share");
            let found = found.ok_or_else(|| format!("the series {name} has no figure for these days"))?;
            basis.extend(found.basis);
            let percent = found.value.times(Decimal::ONE_HUNDRED).ok_or_else(too_large)?;
            (found.value, format!("{}%", number(percent)))
        }
    };
    let length = days(run.from, run.to);
    if let Some(divisor) = rule::term::<Decimal>(rule, "divisor") {
        let part =
            rate.times(Decimal::from(length)).and_then(|rate| rate.over(divisor)).filter(|_| divisor > Decimal::ZERO);
        return Ok((part.ok_or_else(unreadable)?, format!("{written} ÷ {divisor} × {length} days"), basis));
    }
    let count = rule::word(rule, "count").and_then(DayCount::from_word).ok_or_else(unreadable)?;
    let years = count.year_fraction(run.from, run.to);
    let word = DayCount::ALL.iter().find(|(own, _)| *own == count).map_or("", |(_, word)| word);
    Ok((rate.times(years).ok_or_else(too_large)?, format!("{written} × {length} days ({word})"), basis))
}
