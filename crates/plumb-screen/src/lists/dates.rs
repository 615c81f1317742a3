//! Dates as lists write them → FollowTheMoney's dates.

use plumb_core::date::PartialDate;

use super::told::parts;

/// Which number stands first in `05/06/1970`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// British and continental lists.
    DayFirst,
    /// Lists of the United States.
    MonthFirst,
}

/// A date in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListDate {
    /// One date, several that are possible, or the years of a range; none when the range is too wide to tell anything.
    pub(crate) values: Vec<String>,
    /// Whether the list says "about", or a range.
    pub(crate) vague: bool,
}

/// Words that say that the date is a guess.
const VAGUE: [&str; 13] = [
    "circa",
    "ca",
    "c",
    "approximately",
    "approx",
    "about",
    "around",
    "early",
    "late",
    "mid",
    "probably",
    "possibly",
    "allegedly",
];

/// Words that add nothing.
const FILLERS: [&str; 8] = ["between", "from", "in", "on", "born", "year", "of", "the"];

/// Years between the ends of the widest range that tells something of a date. The widest of OFAC and the UN have 8; what is wider would agree
/// with a third of all people, and is kept as a note only.
const WIDEST: i16 = 20;

/// Reads a date: `18 Jun 1964`, `circa 1947`, `1953 to 1958`, `between 1950 and 1953`, `13.10.1944`, `00/00/1963` …, or
/// several: `15.4.1957, 22.2.1958`, `a) 1964 b) 28.8.1962`. `None` when any part of it cannot be understood: half a date
/// would be another date.
pub(crate) fn parse(text: &str, order: Order) -> Option<ListDate> {
    let lower = text.trim().trim_end_matches('.').to_lowercase().replace('–', "-");
    let lower = iso_day(&lower).unwrap_or(&lower);
    let several = || {
        let separated = parts(lower).join(";").replace(" / ", ";").replace(", ", ";");
        let dates = separated.split(';').filter(|date| !date.trim().is_empty());
        let parts: Option<Vec<ListDate>> = dates.map(|date| single(date, order)).collect();
        let parts = parts.filter(|parts| !parts.is_empty())?;
        Some(ListDate { values: parts.into_iter().flat_map(|part| part.values).collect(), vague: true })
    };
    single(lower, order).or_else(several)
}

/// A date or a range, in small letters.
fn single(lower: &str, order: Order) -> Option<ListDate> {
    let mut vague = false;
    let words: Vec<&str> = (lower.split([' ', ',', '(', ')']).map(|word| word.trim_matches('.')))
        .filter(|word| {
            let doubt = VAGUE.contains(word);
            vague |= doubt;
            !word.is_empty() && !doubt && !FILLERS.contains(word)
        })
        .collect();
    let parts = sides(&words);
    vague |= parts.len() > 1;
    let values: Option<Vec<String>> = parts.iter().map(|part| one(part, order)).collect();
    let values = values.filter(|values| !values.is_empty())?;
    // "1967 and 1969" are two dates, "between 1967 and 1969" is a range
    let is_range = lower.contains("between") || !words.iter().any(|word| matches!(*word, "and" | "or"));
    Some(ListDate { values: if is_range { between(values) } else { values }, vague })
}

/// The years of a range from its two ends: the date may be in any of them, and the days of its ends are not known to be those of the date.
fn between(values: Vec<String>) -> Vec<String> {
    let year = |value: &String| value.get(..4).and_then(|year| year.parse::<i16>().ok());
    let [first, last] = values.as_slice() else { return values };
    match (year(first), year(last)) {
        (Some(first), Some(last)) if first <= last && last - first > WIDEST => Vec::new(),
        (Some(first), Some(last)) if first <= last => (first..=last).map(|year| year.to_string()).collect(),
        _ => values,
    }
}

/// The sides of a range, several dates, or the one date.
fn sides(words: &[&str]) -> Vec<Vec<String>> {
    if let [years] = words
        && let Some((from, to)) = years.split_once(['-', '/'])
        && [from, to].iter().all(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return vec![vec![from.to_owned()], vec![to.to_owned()]];
    }
    (words.split(|word| matches!(*word, "to" | "and" | "or" | "-")))
        .filter(|part| !part.is_empty())
        .map(|part| part.iter().map(|word| (*word).to_owned()).collect())
        .collect()
}

fn one(words: &[String], order: Order) -> Option<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [single] => numeric(single, order),
        [month, year] => known(year, month_number(month)?, None),
        [first, second, year] => match (month_number(first), month_number(second)) {
            (Some(month), None) => known(year, month, Some(ordinal(second)?)),
            (None, Some(month)) => known(year, month, Some(ordinal(first)?)),
            _ => None,
        },
        _ => None,
    }
}

/// `1964`, `1964-06`, `1964-06-18`, `18.06.1964`, `18/06/1964`; a zero stands for what is not known.
fn numeric(text: &str, order: Order) -> Option<String> {
    let numbers: Vec<&str> = text.split(['.', '/', '-']).collect();
    match (numbers.as_slice(), order) {
        ([year], _) => plain(year),
        ([year, month], _) if year.len() == 4 => known(year, month.parse().ok()?, None),
        ([month, year], _) => known(year, month.parse().ok()?, None),
        ([year, month, day], _) if year.len() == 4 => known(year, month.parse().ok()?, day.parse().ok()),
        ([day, month, year], _) if month_number(month).is_some() => {
            known(year, month_number(month)?, Some(ordinal(day)?))
        }
        ([month, day, year], Order::MonthFirst) if text.contains('/') => {
            known(year, month.parse().ok()?, day.parse().ok())
        }
        ([day, month, year], _) => known(year, month.parse().ok()?, day.parse().ok()),
        _ => None,
    }
}

fn known(year: &str, month: u8, day: Option<u8>) -> Option<String> {
    match (month, day) {
        (0, _) => plain(year),
        (month, None | Some(0)) => plain(&format!("{year}-{month:02}")),
        (month, Some(day)) => plain(&format!("{year}-{month:02}-{day:02}")),
    }
}

/// The date, if the calendar has it.
fn plain(text: &str) -> Option<String> {
    let year = text.split('-').next().unwrap_or_default();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) || year < "1000" {
        return None;
    }
    text.parse::<PartialDate>().is_ok().then(|| text.to_owned())
}

/// The day of a moment or of a day with an offset: `2026-02-27T00:00:09.554Z`, `2015-04-07-04:00`.
fn iso_day(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_day = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (is_day && rest.starts_with(['t', '-', '+', 'z', ' '])).then_some(day)
}

/// The day in `7`, `7th`.
fn ordinal(word: &str) -> Option<u8> {
    word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()
}

fn month_number(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    // "Sept" is written as often as "Sep"; three letters tell the months apart
    let place = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && (month.starts_with(word) || word == "sept" && *month == "september"))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_lists_are_read() {
        for (text, expected, vague) in [
            ("18 Jun 1964", "1964-06-18", false),
            ("circa 1947", "1947", true),
            ("Jun 1964", "1964-06", false),
            ("1953 to 1956", "1953 1954 1955 1956", true),
            ("between 1950 and 1953", "1950 1951 1952 1953", true),
            ("1950 or 1953", "1950 1953", true),
            ("1950-1953", "1950 1951 1952 1953", true),
            ("01 Jan 1967 to 31 Dec 1969", "1967 1968 1969", true),
            ("01 Jan 1967 to 31 Dec 1967", "1967", true),
            ("1900 to 1999", "", true),
            ("1999 to 1990", "1999 1990", true),
            ("(a) 3.3.1965, (b) 1.1.1965, (c) 11.1.1965", "1965-03-03 1965-01-01 1965-01-11", true),
            ("(a) 3.3.1965", "1965-03-03", true),
            ("(probably) 1944", "1944", true),
            ("13.10.1944", "1944-10-13", false),
            ("4 Apr. 1944", "1944-04-04", false),
            ("Approximately 1952", "1952", true),
            ("26 Feb. 2011", "2011-02-26", false),
            ("00/00/1963", "1963", false),
            ("2 December 1985", "1985-12-02", false),
            ("2016-10-13", "2016-10-13", false),
            ("2026-02-27T00:00:09.554Z", "2026-02-27", false),
            ("2015-04-07-04:00", "2015-04-07", false),
            ("15.4.1957, 22.2.1958", "1957-04-15 1958-02-22", true),
            ("a) 1964 b) 28.8.1962", "1964 1962-08-28", true),
            ("7.8.1965 / 20.2.1972", "1965-08-07 1972-02-20", true),
            ("c. 1960", "1960", true),
            ("7 Sept 1950", "1950-09-07", false),
            ("12-aug-2011", "2011-08-12", false),
        ] {
            let date = parse(text, Order::DayFirst);
            let date = date.unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.values.join(" ").as_str(), date.vague), (expected, vague), "{text}");
        }
        for text in ["", "30 Feb 2011", "unknown", "1944-13-01", "the 70s", "18 Jun 64", "0000-00-00"] {
            assert_eq!(parse(text, Order::DayFirst), None, "{text}");
        }
        assert_eq!(parse("10/16/2017", Order::MonthFirst).unwrap().values, ["2017-10-16"]);
        assert_eq!(parse("10/16/2017", Order::DayFirst), None);
    }
}
