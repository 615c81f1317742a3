//! When something is due: a date, or a stretch of time after what starts it, as instruments say it ("24 months after adoption").

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::date::{DateError, PartialDate, Precision};

/// The word that stands for the day on which a duty begins.
const TRIGGER: &str = "trigger";
/// More than this is a slip of the hand; it also keeps every sum within the calendar.
const LONGEST: u16 = 9_999;

/// When something is due.
///
/// ```
/// use plumb_core::due::Due;
/// let due: Due = "trigger + 24 months".parse().unwrap();
/// let adopted = "2017-12-22".parse().unwrap();
/// assert_eq!(due.date(Some(adopted)).unwrap().to_string(), "2019-12-22");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On a date that the instrument names.
    On(PartialDate),
    /// So long after the day that starts it; a month without that day ends it on its last.
    After(u16, TimeUnit),
}

/// What a stretch of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Days of the calendar.
    Days,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

/// Why a text is no deadline, or a deadline has no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// Neither a date nor a sum.
    #[error(transparent)]
    Date(#[from] DateError),
    /// A sum of another shape.
    #[error("`{0}` is not a deadline that can be computed")]
    Shape(String),
    /// Nothing to count from.
    #[error("the deadline counts from the day that starts the duty, and `trigger` is empty")]
    NoTrigger,
    /// Counted from a date that is not known well enough.
    #[error("`{0}` is not known well enough to count {1} from it")]
    Imprecise(PartialDate, &'static str),
    /// A day that the calendar does not reach.
    #[error("the deadline lies outside the calendar")]
    Outside,
}

impl TimeUnit {
    /// All of them with their words.
    const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Days, "day", "days"), (Self::Months, "month", "months"), (Self::Years, "year", "years")];

    fn words(self) -> (&'static str, &'static str) {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or(("", ""), |(_, one, many)| (one, many))
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, one, many)| *one == word || *many == word).map(|(own, ..)| *own)
    }

    fn span(self, count: u16) -> Span {
        let count = i64::from(count);
        match self {
            Self::Days => count.days(),
            Self::Months => count.months(),
            Self::Years => count.years(),
        }
    }

    /// How well a date must be known to count from it.
    fn needs(self) -> Precision {
        match self {
            Self::Days => Precision::Day,
            Self::Months => Precision::Month,
            Self::Years => Precision::Year,
        }
    }
}

impl Due {
    /// The last day, as well as the day that starts the duty is known.
    ///
    /// # Errors
    /// When there is nothing to count from, or not well enough known: days cannot be counted from a month.
    pub fn date(self, trigger: Option<PartialDate>) -> Result<PartialDate, DueError> {
        let (count, unit) = match self {
            Self::On(date) => return Ok(date),
            Self::After(count, unit) => (count, unit),
        };
        let trigger = trigger.ok_or(DueError::NoTrigger)?;
        if trigger.precision() < unit.needs() {
            return Err(DueError::Imprecise(trigger, unit.words().1));
        }
        let last: Date = trigger.earliest().checked_add(unit.span(count)).map_err(|_| DueError::Outside)?;
        Ok(trigger.moved_to(last))
    }

    /// The count and its unit in a text such as `24 months` or `24 months after adoption`, for a proposal.
    pub fn proposal(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let mut words = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let count = words.by_ref().find_map(|word| word.parse::<u16>().ok()).filter(|count| *count <= LONGEST)?;
        let unit = words.next().and_then(TimeUnit::from_word)?;
        Some(Self::After(count, unit))
    }
}

impl FromStr for Due {
    type Err = DueError;

    fn from_str(text: &str) -> Result<Self, DueError> {
        let Some(rest) = text.trim().strip_prefix(TRIGGER) else { return Ok(Self::On(text.parse()?)) };
        let shape = || DueError::Shape(text.trim().to_owned());
        let sum = rest.trim_start().strip_prefix('+').ok_or_else(shape)?;
        let mut words = sum.split_whitespace();
        let (Some(count), Some(word), None) = (words.next(), words.next(), words.next()) else { return Err(shape()) };
        let digits = count.bytes().all(|byte| byte.is_ascii_digit());
        let count = count.parse().ok().filter(|count| digits && *count <= LONGEST).ok_or_else(shape)?;
        Ok(Self::After(count, TimeUnit::from_word(word).ok_or_else(shape)?))
    }
}

impl fmt::Display for Due {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(out),
            Self::After(count, unit) => {
                let (one, many) = unit.words();
                write!(out, "{TRIGGER} + {count} {}", if *count == 1 { one } else { many })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn due(text: &str, trigger: &str) -> Result<String, DueError> {
        text.parse::<Due>()?.date(trigger.parse().ok()).map(|date| date.to_string())
    }

    #[test]
    fn deadlines_of_resolutions_are_counted_as_their_texts_say() {
        for (text, trigger, last) in [
            ("trigger + 24 months", "2017-12-22", "2019-12-22"),
            ("trigger + 15 months", "2017-12-22", "2019-03-22"),
            ("trigger + 27 months", "2017-12-22", "2020-03-22"),
            ("trigger + 120 days", "2017-09-11", "2018-01-09"),
            ("trigger + 1 month", "2019-01-31", "2019-02-28"),
            ("trigger+2 years", "2016", "2018"),
            ("trigger + 24 months", "2016-02~", "2018-02~"),
            ("2027-12-14", "2024-12-13", "2027-12-14"),
        ] {
            assert_eq!(due(text, trigger).as_deref(), Ok(last), "{text} from {trigger}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for text in ["trigger", "trigger + months", "trigger - 3 months", "trigger + 3 moons", "trigger + 3 months ago"]
        {
            assert_eq!(text.parse::<Due>(), Err(DueError::Shape(text.to_owned())));
        }
        assert_eq!(due("trigger + 3 months", ""), Err(DueError::NoTrigger));
        assert!(matches!(due("trigger + 3 days", "2017-12"), Err(DueError::Imprecise(..))));
        assert_eq!(due("trigger + 9999 years", "2017-12-22"), Err(DueError::Outside));
        assert!(matches!("soon".parse::<Due>(), Err(DueError::Date(_))));
        assert_eq!(Due::proposal("24 months after adoption"), Some(Due::After(24, TimeUnit::Months)));
        assert_eq!(Due::proposal("within two years"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(trigger)?[ +0-9a-z-]{0,16}") {
            if let Ok(due) = text.parse::<Due>() {
                prop_assert_eq!(due.to_string().parse::<Due>(), Ok(due));
            }
        }
    }
}
