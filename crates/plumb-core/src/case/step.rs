//! The steps of a model's time: years, quarters or months.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// How long the steps of a model's time are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepLength {
    /// A year.
    #[default]
    Year,
    /// A quarter of a year.
    Quarter,
    /// A month.
    Month,
}

impl StepLength {
    /// All of them with the word used in files, which is also the name of the index over them.
    pub const ALL: [(&'static str, Self); 3] =
        [("year", Self::Year), ("quarter", Self::Quarter), ("month", Self::Month)];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, length)| *length == self).map_or("", |(word, _)| word)
    }

    /// How many there are in a year.
    pub fn in_a_year(self) -> i32 {
        match self {
            Self::Year => 1,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }

    /// The letter between the year and the number of the step: `2017Q3`, `2017M08`, as statistical offices write them.
    fn letter(self) -> char {
        if self == Self::Quarter { 'Q' } else { 'M' }
    }
}

/// A step of a model's time: `2017`, `2017Q3`, `2017M08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    length: StepLength,
    /// Steps since the beginning of the year 0.
    number: i32,
}

impl Step {
    /// The step of this length that a day lies in.
    pub fn of(length: StepLength, day: Date) -> Self {
        let part = (i32::from(day.month()) - 1) * length.in_a_year() / 12;
        Self { length, number: i32::from(day.year()) * length.in_a_year() + part }
    }

    /// How long it is.
    pub fn length(self) -> StepLength {
        self.length
    }

    /// Its number: the year of a year, steps since the beginning of the year 0 of any other.
    pub fn number(self) -> i32 {
        self.number
    }

    /// The step so many later, or earlier.
    #[must_use]
    pub fn plus(self, steps: i32) -> Self {
        Self { number: self.number.saturating_add(steps), ..self }
    }

    /// The year that it lies in.
    pub fn year(self) -> i16 {
        i16::try_from(self.number.div_euclid(self.length.in_a_year())).unwrap_or(i16::MAX)
    }

    /// Its number within the year, from 0.
    fn part(self) -> i32 {
        self.number.rem_euclid(self.length.in_a_year())
    }

    /// Its first day; the last day that there is for a step beyond all days.
    pub fn first_day(self) -> Date {
        let month = self.part() * (12 / self.length.in_a_year()) + 1;
        Date::new(self.year(), i8::try_from(month).unwrap_or(1), 1).unwrap_or(Date::MAX)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.plus(1).first_day().yesterday().unwrap_or(Date::MAX)
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        self.first_day().until(self.last_day()).map_or(0, |span| span.get_days()).saturating_add(1)
    }

    /// As people read it: `2017`, `2017 Q3`, `2017-08`.
    pub fn label(self) -> String {
        match self.length {
            StepLength::Year => self.to_string(),
            StepLength::Quarter => format!("{} Q{}", self.year(), self.part() + 1),
            StepLength::Month => format!("{}-{:02}", self.year(), self.part() + 1),
        }
    }
}

/// As formulas write it: `2017`, `2017Q3`, `2017M08`.
impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, part, letter) = (self.year(), self.part() + 1, self.length.letter());
        match self.length {
            StepLength::Year => write!(out, "{year}"),
            StepLength::Quarter => write!(out, "{year}{letter}{part}"),
            StepLength::Month => write!(out, "{year}{letter}{part:02}"),
        }
    }
}

/// No step of a model's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("steps are written 2017, 2017Q3 or 2017M08")]
pub struct NoStep;

impl FromStr for Step {
    type Err = NoStep;

    fn from_str(text: &str) -> Result<Self, NoStep> {
        let (length, year, part) = match text.split_once(['Q', 'M']) {
            None => (StepLength::Year, text, "1"),
            Some((year, part)) if text.contains('Q') => (StepLength::Quarter, year, part),
            Some((year, part)) => (StepLength::Month, year, part),
        };
        let year: i16 = year.parse().map_err(|_| NoStep)?;
        let part: i32 = part.parse().map_err(|_| NoStep)?;
        let step = Self { length, number: i32::from(year) * length.in_a_year() + part - 1 };
        // 2017Q5 and 2017M8 are not how a step is written
        if step.to_string() == text { Ok(step) } else { Err(NoStep) }
    }
}

/// A year as its number, any other step as formulas write it.
impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.length {
            StepLength::Year => serializer.serialize_i32(self.number),
            _ => serializer.collect_str(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn steps_have_their_days_labels_and_neighbours() {
        let of = |length| Step::of(length, date(2017, 8, 15));
        let [year, quarter, month] = StepLength::ALL.map(|(_, length)| of(length));
        assert_eq!([year, quarter, month].map(|step| step.to_string()), ["2017", "2017Q3", "2017M08"]);
        assert_eq!([year, quarter, month].map(Step::label), ["2017", "2017 Q3", "2017-08"]);
        assert_eq!([year, quarter, month].map(Step::days), [365, 92, 31]);
        assert_eq!((quarter.first_day(), quarter.last_day()), (date(2017, 7, 1), date(2017, 9, 30)));
        assert_eq!((quarter.plus(2).to_string(), month.plus(-8).to_string()), ("2018Q1".into(), "2016M12".into()));
        assert_eq!((year.number(), year.plus(3).year()), (2017, 2020));
        for step in [year, quarter, month] {
            assert_eq!(step.to_string().parse(), Ok(step));
        }
        for wrong in ["2017Q5", "2017Q0", "2017M8", "2017M13", "2017-08", "Q3", "2017Q", "", "RU", "99999"] {
            assert_eq!(wrong.parse::<Step>(), Err(NoStep), "{wrong}");
        }
    }
}
