//! Day counts: what part of a year lies between two days. The first day does not count, the last one does.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A convention for parts of a year. Names and arithmetic: ISDA, 2006 Definitions, section 4.16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayCount {
    /// Days over 365, leap year or not.
    Actual365,
    /// Days in leap years over 366, other days over 365.
    ActualActual,
    /// Months of 30 days and years of 360; a last day of 31 counts as 30 when the first day is 30 or 31.
    Thirty360,
}

impl DayCount {
    /// All of them with the word that rules use.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Actual365, "actual/365"), (Self::ActualActual, "actual/actual"), (Self::Thirty360, "30/360")];

    /// The convention of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == word).map(|(count, _)| *count)
    }

    /// The part of a year from one day to a later one; below zero when it is earlier.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use plumb_duty::owed::daycount::DayCount;
    /// let part = DayCount::Actual365.year_fraction(date(2018, 12, 1), date(2020, 3, 31));
    /// assert_eq!(part, rust_decimal::Decimal::from(486) / rust_decimal::Decimal::from(365));
    /// ```
    pub fn year_fraction(self, from: Date, to: Date) -> Decimal {
        match self {
            Self::Actual365 => Decimal::from(days(from, to)) / Decimal::from(365),
            Self::ActualActual if from > to => -self.year_fraction(to, from),
            Self::ActualActual => actual_actual(from, to),
            Self::Thirty360 => Decimal::from(days_30_360(from, to)) / Decimal::from(360),
        }
    }
}

/// Days from one day to another, the first not counted.
pub fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn actual_actual(from: Date, to: Date) -> Decimal {
    let length = |year: i16| Date::new(year, 1, 1).map_or(365, |first| i64::from(first.days_in_year()));
    let part = |from: Date, to: Date, year: i16| Decimal::from(days(from, to)) / Decimal::from(length(year));
    let new_year = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::MAX);
    if from.year() == to.year() {
        return part(from, to, from.year());
    }
    let whole = i64::from(to.year()) - i64::from(from.year()) - 1;
    let head = part(from, new_year(from.year().saturating_add(1)), from.year());
    head + Decimal::from(whole) + part(new_year(to.year()), to, to.year())
}

fn days_30_360(from: Date, to: Date) -> i64 {
    let first = i64::from(from.day()).min(30);
    let last = if first == 30 { i64::from(to.day()).min(30) } else { i64::from(to.day()) };
    let years = i64::from(to.year()) - i64::from(from.year());
    let months = i64::from(to.month()) - i64::from(from.month());
    360 * years + 30 * months + last - first
}
