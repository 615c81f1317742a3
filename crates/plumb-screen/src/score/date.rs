//! Dates of birth, incorporation or building, compared by degrees.
//!
//! Lists and documents disagree about dates in ways that are not chance: a digit is misread, day and month change places,
//! an age is counted back by a year, only the year is known. Each way is a level of its own, so that data can say what it is worth.

use super::level::{self, levels};

/// A date as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownDate {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12; 0 when it is not known.
    pub month: u8,
    /// The day, 1 to 31; 0 when it is not known.
    pub day: u8,
}

levels! {
    /// How far two dates agree.
    DateLevel of "date" {
        /// Both are known to the day and are one.
        SameDay = "same_day",
        /// Year and month agree; at least one is known no further.
        SameMonth = "same_month",
        /// The year agrees; at least one is known no further.
        SameYear = "same_year",
        /// Year the same, day and month in each other's place.
        DayAndMonthSwapped = "day_and_month_swapped",
        /// Written as eight digits they differ in one, or two neighbouring digits changed places.
        OneDigitOff = "one_digit_off",
        /// The year agrees, the day does not.
        SameYearOtherDay = "same_year_other_day",
        /// The years differ by one.
        YearOffByOne = "year_off_by_one",
        /// The years differ by two.
        YearOffByTwo = "year_off_by_two",
        /// The years differ by three to ten.
        YearOffByFew = "year_off_by_few",
        /// The years differ by more than ten.
        Apart = "apart",
    }
}

impl KnownDate {
    /// Reads `1983`, `1983-04` or `1983-04-05`, with anything after the day. `None` for what has no such year, month or day.
    pub fn read(text: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| -> Option<u16> {
            let part = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let joined = |place: usize| text.as_bytes().get(place) == Some(&b'-');
        let year = number(0..4).filter(|year| *year > 0)?;
        if text.len() > 4 && !joined(4) {
            return None;
        }
        let part = |place: usize, range, largest: u16| -> Option<u8> {
            if !joined(place) {
                return Some(0);
            }
            number(range).filter(|number| (1..=largest).contains(number)).and_then(|number| u8::try_from(number).ok())
        };
        let month = part(4, 5..7, 12)?;
        let day = if month == 0 { 0 } else { part(7, 8..10, 31)? };
        Some(Self { year, month, day })
    }

    /// How far it agrees with another. Symmetric.
    ///
    /// ```
    /// use plumb_screen::score::date::{DateLevel, KnownDate};
    /// let date = |text| KnownDate::read(text).unwrap();
    /// assert_eq!(date("1983-04-05").compare(date("1983-05-04")), DateLevel::DayAndMonthSwapped);
    /// assert_eq!(date("1983").compare(date("1984-01-08")), DateLevel::YearOffByOne);
    /// ```
    pub fn compare(self, other: Self) -> DateLevel {
        let years = self.year.abs_diff(other.year);
        let (full, other_full) = (self.day != 0, other.day != 0);
        if self == other && full {
            return DateLevel::SameDay;
        }
        if years == 0 {
            if self.month == 0 || other.month == 0 {
                return DateLevel::SameYear;
            }
            if self.month == other.month && !(full && other_full) {
                return DateLevel::SameMonth;
            }
        }
        if full && other_full {
            if years == 0 && self.month == other.day && self.day == other.month {
                return DateLevel::DayAndMonthSwapped;
            }
            if one_digit_off(self.digits(), other.digits()) {
                return DateLevel::OneDigitOff;
            }
        }
        match years {
            0 => DateLevel::SameYearOtherDay,
            1 => DateLevel::YearOffByOne,
            2 => DateLevel::YearOffByTwo,
            3..=10 => DateLevel::YearOffByFew,
            _ => DateLevel::Apart,
        }
    }

    /// `YYYYMMDD` as eight digits.
    fn digits(self) -> [u8; 8] {
        let mut rest = u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day);
        let mut digits = [0; 8];
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        digits
    }
}

/// Exactly one digit differs, or exactly two neighbours changed places.
fn one_digit_off(left: [u8; 8], right: [u8; 8]) -> bool {
    let differing: Vec<usize> =
        left.iter().zip(&right).enumerate().filter(|(_, (one, two))| one != two).map(|(place, _)| place).collect();
    match differing.as_slice() {
        [_] => true,
        [first, second] => {
            second - first == 1 && left.get(*first) == right.get(*second) && left.get(*second) == right.get(*first)
        }
        _ => false,
    }
}

/// The best agreement between any two of the dates, and which they are. `None` when a side has none.
pub fn best(left: &[KnownDate], right: &[KnownDate]) -> Option<(DateLevel, KnownDate, KnownDate)> {
    let best = level::best(left.iter(), &right.iter(), |one, two| one.compare(*two));
    best.map(|(level, one, two)| (level, *one, *two))
}

impl std::fmt::Display for KnownDate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().take_while(|part| *part != 0) {
            write!(out, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_way_to_differ_has_its_level() {
        let level = |left, right| KnownDate::read(left).unwrap().compare(KnownDate::read(right).unwrap());
        let cases = [
            ("1983-04-05", "1983-04-05T00:00:00", DateLevel::SameDay),
            ("1983-04-05", "1983-04", DateLevel::SameMonth),
            ("1983", "1983-04-05", DateLevel::SameYear),
            ("1983", "1983", DateLevel::SameYear),
            ("1983-04-05", "1983-05-04", DateLevel::DayAndMonthSwapped),
            ("1983-04-05", "1988-04-05", DateLevel::OneDigitOff),
            ("1983-04-15", "1983-04-25", DateLevel::OneDigitOff),
            ("1983-04-05", "1938-04-05", DateLevel::OneDigitOff),
            ("1983-04-05", "1983-11-29", DateLevel::SameYearOtherDay),
            ("1983-04-05", "1984-11-29", DateLevel::YearOffByOne),
            ("1983", "1985", DateLevel::YearOffByTwo),
            ("1983", "1990", DateLevel::YearOffByFew),
            ("1983", "1950", DateLevel::Apart),
        ];
        for (left, right, expected) in cases {
            assert_eq!(level(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "198", "19832", "1983-13", "1983-4", "1983-04-32", "0000", "год 1983", "1983/04", "1983-00"]
        {
            assert_eq!(KnownDate::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,16}") {
            if let Some(date) = KnownDate::read(&text) {
                prop_assert_eq!(KnownDate::read(&date.to_string()), Some(date));
            }
        }

        #[test]
        fn comparison_is_symmetric(left in (1u16..9999, 0u8..13, 0u8..32), right in (1u16..9999, 0u8..13, 0u8..32)) {
            let date = |(year, month, day)| KnownDate { year, month, day: if month == 0 { 0 } else { day } };
            prop_assert_eq!(date(left).compare(date(right)), date(right).compare(date(left)));
        }
    }
}
