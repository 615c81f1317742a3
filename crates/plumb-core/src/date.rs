//! Dates as documents give them: a year, a month or a day, perhaps approximate; and periods between two of them.
//!
//! The notation is level 1 of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2):
//! `2017`, `2017-12`, `2017-12-22`, `2017~` (approximate), `2017?` (uncertain), `2017%` (both), `198X` and `19XX`
//! (digits not known), intervals `2016/2018`, with `..` for an open side and an empty side for an unknown one.
//! Seasons and years of more than four digits are outside what evidence about labour needs and are refused.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the century: `19XX`.
    Century,
    /// Only the decade: `198X`.
    Decade,
    /// A year.
    Year,
    /// A month of a year.
    Month,
    /// A day.
    Day,
}

/// A date that may be known only to the month, the year, the decade or the century.
///
/// ```
/// use plumb_core::date::PartialDate;
/// let date: PartialDate = "2017-12".parse().unwrap();
/// assert_eq!(date.earliest().to_string(), "2017-12-01");
/// assert_eq!(date.latest().to_string(), "2017-12-31");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
    approximate: bool,
    uncertain: bool,
}

/// Why a text is not a date or a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has another shape than EDTF level 1.
    #[error("`{0}` is not a date: write 2017, 2017-12 or 2017-12-22, with ~ for about")]
    Shape(String),
    /// The shape is right, but there is no such day or month.
    #[error("`{0}` cannot be: there is no such day in the calendar")]
    NoSuchDay(String),
    /// A period with more than one `/`.
    #[error("`{0}` is not a period: write START/END, with .. for an open side")]
    NotAPeriod(String),
    /// A period that ends before it begins.
    #[error("`{0}` is reversed: it ends before it begins")]
    Reversed(String),
}

impl PartialDate {
    /// A whole day.
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day, approximate: false, uncertain: false }
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Marked `~`: near this date.
    pub fn is_approximate(self) -> bool {
        self.approximate
    }

    /// Marked `?`: perhaps not this date.
    pub fn is_uncertain(self) -> bool {
        self.uncertain
    }

    /// The first day that it can mean.
    pub fn earliest(self) -> Date {
        self.first
    }

    /// The last day that it can mean.
    pub fn latest(self) -> Date {
        let last_of_years = |years: i16| {
            let last = self.first.year().saturating_add(years - 1);
            Date::new(last, 12, 31).unwrap_or(Date::MAX)
        };
        match self.precision {
            Precision::Century => last_of_years(100),
            Precision::Decade => last_of_years(10),
            Precision::Year => last_of_years(1),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }

    /// Another date, known as well as this one is.
    pub(crate) fn moved_to(self, first: Date) -> Self {
        Self { first, ..self }
    }

    /// The year, of the first day that it can mean.
    pub fn year(self) -> i16 {
        self.first.year()
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let shape = || DateError::Shape(text.to_owned());
        let trimmed = text.trim();
        let (body, approximate, uncertain) = match trimmed.as_bytes().last() {
            Some(b'~') => (trimmed.trim_end_matches('~'), true, false),
            Some(b'?') => (trimmed.trim_end_matches('?'), false, true),
            Some(b'%') => (trimmed.trim_end_matches('%'), true, true),
            _ => (trimmed, false, false),
        };
        let (body, negative) = body.strip_prefix('-').map_or((body, false), |rest| (rest, true));
        let mut parts = body.split('-');
        let (year, mut precision) = parse_year(parts.next().ok_or_else(shape)?).ok_or_else(shape)?;
        let year = if negative { -year } else { year };
        let (mut month, mut day) = (1, 1);
        if let Some(part) = parts.next() {
            month = two_digits(part).ok_or_else(shape)?;
            precision = if precision == Precision::Year { Precision::Month } else { return Err(shape()) };
        }
        if let Some(part) = parts.next() {
            day = two_digits(part).ok_or_else(shape)?;
            precision = Precision::Day;
        }
        if parts.next().is_some() {
            return Err(shape());
        }
        let first = Date::new(year, month, day).map_err(|_| DateError::NoSuchDay(text.to_owned()))?;
        Ok(Self { first, precision, approximate, uncertain })
    }
}

/// Four digits, the last one or two of which may be `X`.
fn parse_year(text: &str) -> Option<(i16, Precision)> {
    let digits =
        |part: &str| (part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten();
    if text.len() != 4 || !text.is_ascii() {
        return None;
    }
    if let Some(century) = text.strip_suffix("XX") {
        return digits(century).map(|number| (number * 100, Precision::Century));
    }
    if let Some(decade) = text.strip_suffix('X') {
        return digits(decade).map(|number| (number * 10, Precision::Decade));
    }
    digits(text).map(|number| (number, Precision::Year))
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        if year < 0 {
            out.write_str("-")?;
        }
        let year = year.unsigned_abs();
        match self.precision {
            Precision::Century => write!(out, "{:02}XX", year / 100)?,
            Precision::Decade => write!(out, "{:03}X", year / 10)?,
            Precision::Year => write!(out, "{year:04}")?,
            Precision::Month => write!(out, "{year:04}-{month:02}")?,
            Precision::Day => write!(out, "{year:04}-{month:02}-{day:02}")?,
        }
        out.write_str(match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        })
    }
}

/// One side of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// A date.
    Date(PartialDate),
    /// `..`: goes on without end, or has no beginning.
    Open,
    /// An empty side: there is an end, but nobody says when.
    Unknown,
}

/// A stretch of time, or a single date.
///
/// ```
/// use plumb_core::date::Period;
/// let period: Period = "2016-08/2016-12".parse().unwrap();
/// assert!(period.overlaps(&"2016".parse().unwrap()));
/// assert!("2018/2016".parse::<Period>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// When it begins.
    pub start: Bound,
    /// When it ends.
    pub end: Bound,
}

impl Period {
    /// The period that one date covers.
    pub fn at(date: PartialDate) -> Self {
        Self { start: Bound::Date(date), end: Bound::Date(date) }
    }

    /// The first day that it can cover; `None` when that side is open or unknown.
    pub fn earliest(&self) -> Option<Date> {
        match self.start {
            Bound::Date(date) => Some(date.earliest()),
            Bound::Open | Bound::Unknown => None,
        }
    }

    /// The last day that it can cover; `None` when that side is open or unknown.
    pub fn latest(&self) -> Option<Date> {
        match self.end {
            Bound::Date(date) => Some(date.latest()),
            Bound::Open | Bound::Unknown => None,
        }
    }

    /// Whether the two can have a day in common. An open or unknown side reaches everything.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |one: &Self, two: &Self| match (one.earliest(), two.latest()) {
            (Some(start), Some(end)) => start <= end,
            _ => true,
        };
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// Whether every day of `other` lies in this period.
    pub fn contains(&self, other: &Self) -> bool {
        let starts = match (self.earliest(), other.earliest()) {
            (None, _) => true,
            (Some(mine), Some(theirs)) => mine <= theirs,
            (Some(_), None) => false,
        };
        let ends = match (self.latest(), other.latest()) {
            (None, _) => true,
            (Some(mine), Some(theirs)) => mine >= theirs,
            (Some(_), None) => false,
        };
        starts && ends
    }

    /// The day by which periods are put in order: the end where there is one, else the beginning.
    pub fn sort_day(&self) -> Date {
        self.latest().or_else(|| self.earliest()).unwrap_or(Date::MAX)
    }

    /// The single date, where the period is one.
    pub fn as_date(&self) -> Option<PartialDate> {
        match (self.start, self.end) {
            (Bound::Date(start), Bound::Date(end)) if start == end => Some(start),
            _ => None,
        }
    }
}

impl FromStr for Period {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let trimmed = text.trim();
        let Some((start, end)) = trimmed.split_once('/') else {
            return trimmed.parse().map(Self::at);
        };
        if end.contains('/') || (start.trim().is_empty() && end.trim().is_empty()) {
            return Err(DateError::NotAPeriod(text.to_owned()));
        }
        let period = Self { start: start.parse()?, end: end.parse()? };
        match (period.earliest(), period.latest()) {
            (Some(first), Some(last)) if first > last => Err(DateError::Reversed(text.to_owned())),
            _ => Ok(period),
        }
    }
}

impl FromStr for Bound {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.trim() {
            "" => Ok(Self::Unknown),
            ".." => Ok(Self::Open),
            date => date.parse().map(Self::Date),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(out),
            Self::Open => out.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_date() {
            Some(date) => date.fmt(out),
            None => write!(out, "{}/{}", self.start, self.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_edtf_level_1_allows() {
        for text in ["2017", "2017-12", "2017-12-22", "2017~", "2017-12?", "2017%", "198X", "19XX", "-0044"] {
            assert_eq!(text.parse::<PartialDate>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
        let decade: PartialDate = "198X".parse().unwrap();
        assert_eq!((decade.earliest().year(), decade.latest().year()), (1980, 1989));
    }

    #[test]
    fn refuses_what_cannot_be() {
        assert_eq!("2017-02-30".parse::<PartialDate>(), Err(DateError::NoSuchDay("2017-02-30".into())));
        for text in ["", "17", "2017-1", "2017-12-22-1", "198X-02", "22.12.2017", "2017/"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
        for text in ["/", "2018/2017", "2016/2017/2018"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_keep_open_and_unknown_apart() {
        for text in ["2016/2018", "2025/..", "../2020", "/2020", "2025/", "2017-12-22"] {
            assert_eq!(text.parse::<Period>().map(|period| period.to_string()), Ok(text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            if let Ok(period) = text.parse::<Period>() {
                prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
            }
        }

        #[test]
        fn a_date_lies_in_its_own_span(year in 1i16..9999, month in 1i8..13) {
            let date: PartialDate = format!("{year:04}-{month:02}").parse().unwrap();
            prop_assert!(date.earliest() <= date.latest());
            prop_assert!(Period::at(date).contains(&Period::at(PartialDate::day(date.latest()))));
        }
    }
}
