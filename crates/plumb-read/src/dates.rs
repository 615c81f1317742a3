//! Dates and periods in cells, and for what people write instead the EDTF form that they meant.

use plumb_core::codes::{P0203, P0204, P0205, P0611};
use plumb_core::date::{DateError, PartialDate, Period};
use plumb_core::due::{Due, DueError};

use crate::context::Complaint;

/// The date in a cell.
pub(crate) fn parse_date(text: &str) -> Result<PartialDate, Complaint> {
    text.parse().map_err(|error| {
        if text.parse::<Period>().is_ok() {
            return Complaint::new(P0203, format!("`{text}` is a period"))
                .help("write one date here, as exact as it is known");
        }
        complain(text, &error, &propose_dates(text))
    })
}

/// The deadline in a cell: a date, or a sum such as `trigger + 24 months`.
pub(crate) fn parse_due(text: &str) -> Result<Due, Complaint> {
    let error = match text.parse() {
        Ok(due) => return Ok(due),
        Err(DueError::Date(_)) if Due::proposal(text).is_none() => return parse_date(text).map(Due::On),
        Err(error) => error,
    };
    let message = match error {
        DueError::Date(_) => format!("`{text}` is no date"),
        other => other.to_string(),
    };
    let help = Due::proposal(text).map_or_else(
        || "write a date, or a sum such as trigger + 24 months; days, months and years can be added".to_owned(),
        |due| format!("write {due}"),
    );
    Err(Complaint::new(P0611, message).help(help))
}

/// The period in a cell.
pub(crate) fn parse_period(text: &str) -> Result<Period, Complaint> {
    text.parse().map_err(|error| complain(text, &error, &propose_periods(text)))
}

fn complain(text: &str, error: &DateError, proposals: &[String]) -> Complaint {
    let complaint = match error {
        DateError::Shape(_) => Complaint::new(P0203, format!("`{text}` is not a date")),
        DateError::NotAPeriod(_) => Complaint::new(P0203, format!("`{text}` is not a period")),
        DateError::NoSuchDay(_) => Complaint::new(P0204, format!("`{text}` is not in the calendar")),
        DateError::Reversed(_) => Complaint::new(P0205, format!("`{text}` ends before it begins")),
    };
    match (proposals, error) {
        ([one], _) => complaint.help(format!("write {one}")),
        ([one, two, ..], _) => complaint.help(format!("write {one} or {two}, whichever is meant")),
        ([], DateError::NoSuchDay(_)) => complaint.help("correct the day, or leave it out if only the month is known"),
        ([], _) => complaint.help("write 2017, 2017-12 or 2017-12-22, with ~ for about; a period is START/END"),
    }
}

/// The periods that a text may mean.
fn propose_periods(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    for (words, before, after) in [(["since ", "from "], "", "/.."), (["until ", "up to "], "../", "")] {
        if let Some(rest) = words.iter().find_map(|word| lower.strip_prefix(word)) {
            return propose_one(rest).map(|date| format!("{before}{date}{after}")).into_iter().collect();
        }
    }
    if let Some(quarter) = quarter(&lower) {
        return vec![quarter];
    }
    for between in [" to ", "–", "—", " - ", "/", "-"] {
        let Some((start, end)) = lower.split_once(between) else { continue };
        let sides = (propose_one(start), propose_one(end).or_else(|| short_year(start, end)));
        if let (Some(start), Some(end)) = sides {
            let forward = format!("{start}/{end}");
            let backward = format!("{end}/{start}");
            return [forward, backward].into_iter().find(|one| one.parse::<Period>().is_ok()).into_iter().collect();
        }
    }
    propose_dates(text)
}

/// `18` after `2017/` is 2018.
fn short_year(start: &str, end: &str) -> Option<String> {
    let (start, end) = (start.trim(), end.trim());
    let is_short = start.len() == 4 && end.len() == 2 && end > start.get(2..)?;
    let year = format!("{}{end}", start.get(..2)?);
    (is_short && end > "12" && year.parse::<PartialDate>().is_ok()).then_some(year)
}

/// `q3 2017` as three months.
fn quarter(lower: &str) -> Option<String> {
    let mut parts: Vec<&str> = lower.split([' ', '-', '/']).collect();
    parts.sort_by_key(|part| part.starts_with('q'));
    let [year, quarter] = parts.as_slice() else { return None };
    let quarter: u8 = quarter.strip_prefix('q')?.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    let period = format!("{year}-{:02}/{year}-{:02}", quarter * 3 - 2, quarter * 3);
    period.parse::<Period>().is_ok().then_some(period)
}

/// The one date that a text must mean: itself when it is one.
fn propose_one(text: &str) -> Option<String> {
    let text = text.trim();
    if text.parse::<PartialDate>().is_ok() {
        return Some(text.to_owned());
    }
    match propose_dates(text).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The dates that a text may mean: none, one, or two when day and month could be either.
fn propose_dates(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    for word in ["about ", "around ", "circa ", "ca. ", "ca ", "c. ", "c.", "~"] {
        if let Some(rest) = lower.strip_prefix(word) {
            return propose_one(rest).map(|date| format!("{date}~")).into_iter().collect();
        }
    }
    let date_part = lower.split(['t', ' ']).next().unwrap_or_default();
    if date_part.len() == 10 && date_part.len() < lower.len() && date_part.parse::<PartialDate>().is_ok() {
        return vec![date_part.to_owned()];
    }
    let parts: Vec<Part<'_>> =
        lower.split([' ', '.', '/', '-', ',']).filter(|part| !part.is_empty()).map(part).collect();
    let mut proposals = combine(&parts, lower.contains('.'));
    proposals.retain(|proposal| proposal.parse::<PartialDate>().is_ok());
    proposals.dedup();
    proposals
}

/// A part of a date in some notation.
#[derive(Clone, Copy)]
enum Part<'a> {
    Year(&'a str),
    Short(u8),
    Month(u8),
    Digits(&'a str),
    Other(&'a str),
}

fn part(text: &str) -> Part<'_> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match (text.len(), text.parse()) {
            (4, _) => Part::Year(text),
            (1 | 2, Ok(number)) => Part::Short(number),
            _ => Part::Digits(text),
        };
    }
    let month = (1..).zip(MONTHS).find(|(_, month)| text.starts_with(month) && text.is_ascii());
    match month {
        Some((number, _)) if text.len() <= 9 => Part::Month(number),
        _ => ordinal(text).map_or(Part::Other(text), Part::Short),
    }
}

/// `22nd` is 22.
fn ordinal(text: &str) -> Option<u8> {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).and_then(|digits| digits.parse().ok())
}

fn combine(parts: &[Part<'_>], dotted: bool) -> Vec<String> {
    use Part::{Digits, Month, Other, Short, Year};
    let day = |year: &str, month: u8, day: u8| format!("{year}-{month:02}-{day:02}");
    match *parts {
        [Year(year), Short(month), Short(date)] if month > 12 => vec![day(year, date, month)],
        [Year(year), Short(month) | Month(month), Short(date)] => vec![day(year, month, date)],
        [Short(date), Month(month), Year(year)] | [Month(month), Short(date), Year(year)] => {
            vec![day(year, month, date)]
        }
        [Short(date), Short(month), Year(year)] if dotted => vec![day(year, month, date)],
        [Short(one), Short(two), Year(year)] => vec![day(year, two, one), day(year, one, two)],
        [Year(year), Short(month) | Month(month)] | [Short(month) | Month(month), Year(year)] => {
            vec![format!("{year}-{month:02}")]
        }
        [Digits(digits)] => from_digits(digits),
        [Other(word)] | [Other("the"), Other(word)] => decade(word).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `1980s` is 198X.
fn decade(word: &str) -> Option<String> {
    let decade = word.strip_suffix("0s").or_else(|| word.strip_suffix("0's"))?;
    (decade.len() == 3).then(|| format!("{decade}X"))
}

/// `20171222`, or the number that a spreadsheet made of a date: days since 30 December 1899.
fn from_digits(digits: &str) -> Vec<String> {
    let date = match digits.len() {
        8 => {
            let part = |range| digits.get(range).unwrap_or_default();
            Some(format!("{}-{}-{}", part(0..4), part(4..6), part(6..8)))
        }
        5 => digits.parse::<i32>().ok().and_then(|days| {
            let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
            Some(day.to_string())
        }),
        _ => None,
    };
    date.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_in_other_notations_get_a_proposal() {
        let cases: [(&str, &[&str]); 15] = [
            ("22.12.2017", &["2017-12-22"]),
            ("5.6.2017", &["2017-06-05"]),
            ("12/22/2017", &["2017-12-22"]),
            ("22/12/2017", &["2017-12-22"]),
            ("5/6/2017", &["2017-06-05", "2017-05-06"]),
            ("5/5/2017", &["2017-05-05"]),
            ("22 December 2017", &["2017-12-22"]),
            ("Dec. 22nd, 2017", &["2017-12-22"]),
            ("Dec 2017", &["2017-12"]),
            ("2017/12", &["2017-12"]),
            ("2017-12-22T10:00:00Z", &["2017-12-22"]),
            ("c. 2017", &["2017~"]),
            ("1980s", &["198X"]),
            ("43091", &["2017-12-22"]),
            ("last year", &[]),
        ];
        for (text, proposals) in cases {
            assert_eq!(propose_dates(text), proposals, "{text}");
        }
    }

    #[test]
    fn periods_in_other_notations_get_a_proposal() {
        let cases = [
            ("2016-2018", "2016/2018"),
            ("2016 – 2018", "2016/2018"),
            ("2018/2016", "2016/2018"),
            ("Aug 2016 to Dec 2016", "2016-08/2016-12"),
            ("since 2017", "2017/.."),
            ("Q3 2017", "2017-07/2017-09"),
            ("2017/18", "2017/2018"),
            ("22.12.2017", "2017-12-22"),
        ];
        for (text, proposal) in cases {
            assert_eq!(propose_periods(text), [proposal], "{text}");
        }
    }

    #[test]
    fn each_fault_has_its_code() {
        let code = |text| parse_period(text).map_err(|complaint| complaint.code);
        assert_eq!((code("soon"), code("2017-02-30"), code("2018/2016")), (Err(P0203), Err(P0204), Err(P0205)));
        assert_eq!(parse_date("2017-22-12").map_err(|complaint| complaint.help), Err("write 2017-12-22".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_proposed_can_be_read(text in "[0-9a-z ./,~XQ–-]{0,16}") {
            prop_assert!(propose_periods(&text).iter().all(|one| one.parse::<Period>().is_ok()), "{:?}", propose_periods(&text));
        }
    }
}
