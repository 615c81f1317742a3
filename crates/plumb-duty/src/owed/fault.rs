//! What is wrong with pay records: each fault is named, and the reckoning goes on without what it touches.

use std::collections::BTreeMap;

use jiff::civil::Date;
use plumb_core::case::{Case, Wage};
use rust_decimal::Decimal;

use super::daycount::days;
use super::stretch::ends;

/// Years that one record may span: longer than a working life, and short enough to be reckoned month by month.
const LONGEST: i64 = 60 * 366;

/// A fault in a pay record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Two records of one worker share days; the second is left out, else the days would count twice.
    Overlap {
        /// Id of the record that stands.
        first: String,
        /// Id of the record that is left out.
        second: String,
    },
    /// A period without a first or a last day, or of more than sixty years; the record is left out.
    NoStretch {
        /// Id of the record.
        wage: String,
    },
    /// More hours than the days have; they count as not on record.
    TooManyHours {
        /// Id of the record.
        wage: String,
        /// Hours recorded.
        hours: Decimal,
        /// Hours that the days have.
        most: Decimal,
    },
    /// Paid before the work began: dates out of order; the pay counts as made when it was due.
    PaidBefore {
        /// Id of the record.
        wage: String,
        /// The first day of the work.
        first: Date,
    },
    /// Not three letters: no currency; the amounts count as not on record.
    Currency {
        /// Id of the record.
        wage: String,
    },
}

impl Fault {
    /// Id of the record that it touches.
    pub fn wage(&self) -> &str {
        match self {
            Self::Overlap { second: wage, .. }
            | Self::NoStretch { wage }
            | Self::TooManyHours { wage, .. }
            | Self::PaidBefore { wage, .. }
            | Self::Currency { wage } => wage,
        }
    }

    /// Whether the record is left out for it.
    pub(crate) fn leaves_out(&self) -> bool {
        matches!(self, Self::Overlap { .. } | Self::NoStretch { .. })
    }

    /// The record that it touches without the part at fault.
    pub(crate) fn without_part(&self, mut record: Wage) -> Wage {
        match self {
            Self::TooManyHours { .. } => (record.hours, record.rest_hours) = (None, None),
            Self::PaidBefore { .. } => record.paid_on = None,
            Self::Currency { .. } => {
                record.currency.clear();
                (record.promised, record.paid, record.withheld) = (None, None, None);
            }
            Self::Overlap { .. } | Self::NoStretch { .. } => {}
        }
        record
    }
}

/// All faults of the pay records, in the order of the table.
pub fn faults(case: &Case) -> Vec<Fault> {
    let second = overlapping(case);
    let mut found = Vec::new();
    for wage in &case.wages {
        let id = || wage.id.clone();
        let Some((first, last)) = ends(wage).filter(|(first, last)| days(*first, *last) < LONGEST) else {
            found.push(Fault::NoStretch { wage: id() });
            continue;
        };
        if let Some(standing) = second.get(wage.id.as_str()) {
            found.push(Fault::Overlap { first: (*standing).to_owned(), second: id() });
        }
        let most = Decimal::from(24 * (days(first, last) + 1));
        let hours = [wage.hours, wage.rest_hours].into_iter().flatten().map(|band| band.high.unwrap_or(band.low)).sum();
        if hours > most {
            found.push(Fault::TooManyHours { wage: id(), hours, most });
        }
        if wage.paid_on.is_some_and(|paid| paid.latest() < first) {
            found.push(Fault::PaidBefore { wage: id(), first });
        }
        if !is_currency(wage) {
            found.push(Fault::Currency { wage: id() });
        }
    }
    found
}

fn is_currency(wage: &Wage) -> bool {
    let has_amounts = wage.promised.is_some() || wage.paid.is_some() || wage.withheld.is_some();
    let three_letters = wage.currency.len() == 3 && wage.currency.bytes().all(|byte| byte.is_ascii_uppercase());
    three_letters || (wage.currency.is_empty() && !has_amounts)
}

/// For each record that shares days with an earlier one of its worker, that one. Of two, the one that begins first stands.
fn overlapping(case: &Case) -> BTreeMap<&str, &str> {
    let mut by_worker: BTreeMap<&str, Vec<(Date, Date, &str)>> = BTreeMap::new();
    for wage in &case.wages {
        if let Some((first, last)) = ends(wage) {
            by_worker.entry(&wage.worker).or_default().push((first, last, &wage.id));
        }
    }
    let mut found = BTreeMap::new();
    for records in by_worker.values_mut() {
        records.sort_by_key(|(first, ..)| *first);
        let mut standing: Option<(Date, &str)> = None;
        for (first, last, id) in records.iter().copied() {
            match standing {
                Some((until, before)) if first <= until => {
                    found.insert(id, before);
                }
                _ => standing = Some((last, id)),
            }
        }
    }
    found
}
