//! Wages owed: what was due by law and by promise, what was paid, what is owed with interest, line by line.
//!
//! The rules are rows of the case (`rules.csv`: `applies` and `terms`), so is every rate (`series.csv`); the program only
//! knows how the sorts of rule fit together. What records leave open widens a figure into a band and is named as a gap;
//! nothing missing counts as zero. Amounts are exact decimals and are rounded only when they are written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::{Case, Wage};
use plumb_core::reference::Reference;

mod currency;
pub mod daycount;
mod fault;
mod hours;
mod interest;
mod line;
mod pay;
mod rule;
mod series;
mod stretch;
mod write;

pub use fault::{Fault, faults};
pub use write::{amount, number};

/// What is owed to one worker, or to a cohort together, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The label of the worker or cohort.
    pub worker: String,
    /// Currency of all its amounts; empty when no record and no law names one.
    pub currency: String,
    /// One line a stretch, a stretch of several months being parted by month; in order of time.
    pub lines: Vec<Line>,
    /// The sums over the lines that were due by the day of the reckoning.
    pub totals: Totals,
}

/// Sums of amounts, for all persons together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// What was due.
    pub due: Band,
    /// What was paid.
    pub paid: Band,
    /// What is owed of it.
    pub owed: Band,
    /// Interest, on what is owed and on what came late.
    pub interest: Band,
    /// Owed and interest together.
    pub total: Band,
}

impl Totals {
    /// No line at all.
    pub const ZERO: Self =
        Self { due: Band::ZERO, paid: Band::ZERO, owed: Band::ZERO, interest: Band::ZERO, total: Band::ZERO };

    fn plus(self, other: &Self) -> Option<Self> {
        Some(Self {
            due: self.due.plus(other.due)?,
            paid: self.paid.plus(other.paid)?,
            owed: self.owed.plus(other.owed)?,
            interest: self.interest.plus(other.interest)?,
            total: self.total.plus(other.total)?,
        })
    }
}

/// What is owed for one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The pay record that it comes from.
    pub wage: Reference,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// How many persons it stands for.
    pub persons: Band,
    /// The arithmetic for one person, step by step; for all of them at the end.
    pub steps: Vec<Step>,
    /// The day on which the pay was due.
    pub due_on: Date,
    /// Its amounts for all persons; `None` when it was not due yet, or is too large to reckon.
    pub amounts: Option<Totals>,
    /// What was kept from the promised pay, for all persons, as recorded.
    pub withheld: Option<Band>,
    /// What the records, rules and series leave open.
    pub gaps: Vec<String>,
}

/// One step of the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is worked out.
    pub what: &'static str,
    /// The numbers put together.
    pub arithmetic: String,
    /// What comes out.
    pub value: Band,
    /// What it is counted in: a currency, `hours`, or nothing for a factor.
    pub unit: String,
    /// Rules, series and records that it rests on.
    pub basis: Vec<Reference>,
}

/// What is owed to each worker and cohort of the case by the day `as_of`, in the order of the table.
///
/// Rows with a [`Fault`] are left out, or only the part at fault, as the fault says.
pub fn owed(case: &Case, as_of: Date) -> Vec<Owed> {
    let faults = faults(case);
    let mut order: Vec<(&str, String)> = Vec::new();
    let mut lines: BTreeMap<(&str, String), Vec<Line>> = BTreeMap::new();
    let wages = sound(case, &faults);
    let mut reckoner = line::Reckoner::new(case, &wages, as_of);
    for wage in &wages {
        for stretch in stretch::stretches(wage) {
            let (currency, line) = reckoner.line(wage, &stretch);
            let key = (wage.worker.as_str(), currency);
            if !lines.contains_key(&key) {
                order.push(key.clone());
            }
            lines.entry(key).or_default().push(line);
        }
    }
    let entries = order.into_iter().filter_map(|key| lines.remove(&key).map(|lines| (key, lines)));
    entries.map(|((worker, currency), lines)| together(worker, currency, lines)).collect()
}

/// The records as they are reckoned: without those, and those parts, that are at fault.
fn sound(case: &Case, faults: &[Fault]) -> Vec<Wage> {
    let mut by_wage: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        by_wage.entry(fault.wage()).or_default().push(fault);
    }
    let of = |wage: &Wage| by_wage.get(wage.id.as_str()).map_or(&[][..], Vec::as_slice);
    let whole = case.wages.iter().filter(|wage| !of(wage).iter().any(|fault| fault.leaves_out()));
    whole.map(|wage| of(wage).iter().fold(wage.clone(), |wage, fault| fault.without_part(wage))).collect()
}

fn together(worker: &str, currency: String, mut lines: Vec<Line>) -> Owed {
    lines.sort_by_key(|line| line.first);
    let mut totals = Totals::ZERO;
    for line in &mut lines {
        let Some(amounts) = line.amounts else { continue };
        if let Some(sum) = totals.plus(&amounts) {
            totals = sum;
        } else {
            line.amounts = None;
            line.gaps.push("the sum is too large to reckon; this line is not in it".to_owned());
        }
    }
    Owed { worker: worker.to_owned(), currency, lines, totals }
}

impl Owed {
    /// The totals in another currency, at the rate of the case for the day `on` at `place`, with what the rate rests on.
    ///
    /// # Errors
    /// The gap, in words, when the case has no rate for that day.
    pub fn totals_in(&self, case: &Case, to: &str, place: &str, on: Date) -> Result<(Totals, Vec<Reference>), String> {
        let too_large = || "the sum is too large to convert".to_owned();
        let mut basis = Vec::new();
        let mut convert = |band: Band| {
            let rate = currency::rate(case, &self.currency, to, place, on)?;
            basis = rate.basis.clone();
            rate.apply(band).ok_or_else(too_large)
        };
        let totals = Totals {
            due: convert(self.totals.due)?,
            paid: convert(self.totals.paid)?,
            owed: convert(self.totals.owed)?,
            interest: convert(self.totals.interest)?,
            total: convert(self.totals.total)?,
        };
        Ok((totals, basis))
    }
}
