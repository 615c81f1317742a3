//! Stretches of work: a pay record, or a month of it when it runs over several.

use jiff::Span;
use jiff::civil::Date;
use plumb_core::case::Wage;
use rust_decimal::Decimal;

use super::daycount::days;

/// A record of more days than this is reckoned month by month: pay is due at least once a month, and least pay changes.
const LONGEST: i64 = 31;

/// Part of a pay record that is reckoned at once.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    pub(crate) first: Date,
    pub(crate) last: Date,
    /// The part of the record's days that lies in it; amounts and hours of the record are parted by it.
    pub(crate) part: (i64, i64),
}

impl Stretch {
    /// Days from first to last, both counted.
    pub(crate) fn days(&self) -> i64 {
        days(self.first, self.last) + 1
    }

    /// Whether it is one whole month of the calendar.
    pub(crate) fn is_month(&self) -> bool {
        self.first.day() == 1 && self.last == self.first.last_of_month()
    }

    /// The part of a month that it is: one for a month of the calendar, else its days over those of its first month.
    pub(crate) fn months(&self) -> Decimal {
        if self.is_month() {
            return Decimal::ONE;
        }
        Decimal::from(self.days()) / Decimal::from(i64::from(self.first.days_in_month()))
    }
}

/// The first and the last day of a record; `None` when a side is open.
pub(crate) fn ends(wage: &Wage) -> Option<(Date, Date)> {
    wage.period.earliest().zip(wage.period.latest())
}

/// The stretches of a record, in order of time; none when its period is open.
pub(crate) fn stretches(wage: &Wage) -> Vec<Stretch> {
    let Some((first, last)) = ends(wage) else { return Vec::new() };
    let whole = days(first, last) + 1;
    if whole <= LONGEST {
        return vec![Stretch { first, last, part: (1, 1) }];
    }
    let mut found = Vec::new();
    let mut next = first;
    while next <= last {
        let end = next.last_of_month().min(last);
        found.push(Stretch { first: next, last: end, part: (days(next, end) + 1, whole) });
        match end.checked_add(Span::new().days(1)) {
            Ok(day) => next = day,
            Err(_) => break,
        }
    }
    found
}
