//! Dates and periods: "in December 2017", "22 декабря 2017 года", "2017년 12월", "1950s", "2016–2018", "since 2006".

use std::ops::Range;

use plumb_core::date::{Bound, PartialDate, Period};

use crate::Language;
use crate::line::Line;
use crate::numeral::Numeral;
use crate::sentence::TimeUnit;
use crate::terms::{Dating, Sense};

/// `2017-12-22.` and one more, which shows that it is something else.
const LONGEST_IN_DIGITS: usize = 12;

/// A date with its words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dated {
    /// Its words, those that open or close it included.
    pub(crate) range: Range<usize>,
    /// The first of its items.
    pub(crate) from: usize,
    /// One behind its last item.
    pub(crate) to: usize,
    /// What it covers; `None` for a day or month of a year that the sentence does not name.
    pub(crate) period: Option<Period>,
    /// Month and day as EDTF, `12` or `12-22`, where the year is missing.
    pub(crate) partial: Option<String>,
}

impl Line<'_> {
    /// All dates of the sentence in order.
    pub(crate) fn dates(&self) -> Vec<Dated> {
        let mut dates: Vec<Dated> = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            match self.date_at(at) {
                Some(date) => {
                    at = date.to.max(at + 1);
                    dates.push(date);
                }
                None => at += 1,
            }
        }
        let dates = self.join_periods(dates);
        dates.into_iter().map(|date| self.with_side(self.with_part_of_year(date))).collect()
    }

    fn date_at(&self, at: usize) -> Option<Dated> {
        let found = match self.language {
            Language::Korean | Language::Chinese => self.east_asian(at),
            Language::English | Language::Russian => self.western(at),
        };
        found
            .or_else(|| self.in_digits(at))
            .or_else(|| self.short_range(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.bare_year(at))
    }

    fn dated(&self, from: usize, to: usize, text: Option<String>) -> Option<Dated> {
        let period = match text {
            Some(text) => Some(Period::at(text.parse().ok()?)),
            None => None,
        };
        Some(Dated { range: self.span(from, to), from, to, period, partial: None })
    }

    fn month(&self, at: usize) -> Option<i8> {
        self.sense(at, |sense| if let Sense::Month(month) = sense { Some(*month) } else { None })
    }

    fn dating(&self, at: usize, wanted: Dating) -> bool {
        self.is(at, &Sense::Dating(wanted))
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.numeral(at).filter(|numeral| !numeral.is_ordinal).and_then(Numeral::year)
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.numeral(at).and_then(Numeral::small).filter(|day| (1..=31).contains(day))
    }

    /// Whether a date may go on over the gap behind a position: white space, a comma, "of".
    fn near(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "" | "," | "of" | "." | ".,")
    }

    /// `22 December 2017`, `December 22, 2017`, `December 2017`, `22 декабря 2017 года`.
    fn western(&self, at: usize) -> Option<Dated> {
        let (day, month_at) = match self.month(at) {
            Some(_) => (None, at),
            None => (Some(self.day(at).filter(|_| self.near(at))?), self.over_filler(at + 1)),
        };
        let month = self.month(month_at)?;
        // "may" and "march" are words too: a name of a month is written with a capital, or a number stands beside it
        let mut to = month_at + 1;
        let mut day = day;
        if let Some(found) = self.day(to).filter(|_| day.is_none() && self.near(month_at)) {
            day = Some(found);
            to += 1;
        }
        let year_at = if self.is(to, &Sense::Filler) && self.touches(to - 1) { to + 1 } else { to };
        // "декабрь 2018-го": beside a month an ordinal is a year too
        let year = self.numeral(year_at).and_then(Numeral::year).filter(|_| self.near(year_at - 1));
        if day.is_none() && year.is_none() && !self.is_first_month(month_at) {
            return None;
        }
        to = if year.is_some() { year_at + 1 } else { to };
        if self.touches(to - 1) && self.dating(to, Dating::Year) && self.language == Language::Russian {
            to += 1;
        }
        let text = year.map(|year| match day {
            Some(day) => format!("{year:04}-{month:02}-{day:02}"),
            None => format!("{year:04}-{month:02}"),
        });
        let partial = year.is_none().then(|| day.map_or(format!("{month:02}"), |day| format!("{month:02}-{day:02}")));
        self.dated(at, to, text).map(|date| Dated { partial, ..date })
    }

    /// "between January and December 2019": a month that takes its year from the next one.
    fn is_first_month(&self, at: usize) -> bool {
        let joined = |next: usize| {
            self.sense(next, |sense| {
                matches!(sense, Sense::Join | Sense::Link | Sense::Dating(Dating::Until)).then_some(())
            })
            .is_some()
        };
        let dash = matches!(self.gap(at).trim(), "-" | "–" | "—");
        (joined(at + 1) && self.touches(at) && self.touches(at + 1) && self.month(at + 2).is_some())
            || (dash && self.month(at + 1).is_some())
    }

    fn over_filler(&self, at: usize) -> usize {
        if self.word(at) == "of" { at + 1 } else { at }
    }

    /// `2017년 12월 22일`, `2017年12月`, `12월 22일`.
    fn east_asian(&self, at: usize) -> Option<Dated> {
        let year_mark =
            |position: usize| self.dating(position, Dating::Year) || self.is(position, &Sense::Time(TimeUnit::Year));
        let marked = |position: usize, mark: Dating| {
            self.touches(position)
                && (self.dating(position + 1, mark) || mark == Dating::Year && year_mark(position + 1))
        };
        let month_from = |position: usize| {
            let month = self.day(position).filter(|month| *month <= 12 && marked(position, Dating::Month))?;
            let day =
                self.day(position + 2).filter(|_| self.touches(position + 1) && marked(position + 2, Dating::Day));
            Some((month, day, if day.is_some() { position + 4 } else { position + 2 }))
        };
        let year = self.year(at).filter(|_| marked(at, Dating::Year));
        let Some(year) = year else {
            let (_, _, to) = month_from(at)?;
            return self.dated(at, to, None);
        };
        let (text, to) = match month_from(at + 2).filter(|_| self.touches(at + 1)) {
            Some((month, Some(day), to)) => (format!("{year:04}-{month:02}-{day:02}"), to),
            Some((month, None, to)) => (format!("{year:04}-{month:02}"), to),
            None => (format!("{year:04}"), at + 2),
        };
        self.dated(at, to, Some(text))
    }

    /// `2017-12-22`, `22.12.2017`; with slashes only when the order is beyond doubt.
    fn in_digits(&self, at: usize) -> Option<Dated> {
        let start = self.items.get(at)?.range.start;
        let rest = self.text.get(start..)?;
        let length = rest
            .bytes()
            .take(LONGEST_IN_DIGITS)
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/'))
            .count();
        let token = rest.get(..length)?.trim_end_matches(['.', '-', '/']);
        let parts: Vec<&str> = token.split(['-', '.', '/']).collect();
        let [one, two, three] = parts.as_slice() else { return None };
        let text = match (one.len(), two.len(), three.len()) {
            (4, 1..=2, 1..=2) => format!("{one}-{two:0>2}-{three:0>2}"),
            (1..=2, 1..=2, 4) => day_first(one, two, three, token.contains('/'))?,
            _ => return None,
        };
        let end = start + token.len();
        let to = self.items.iter().skip(at).take_while(|item| item.range.start < end).count() + at;
        self.dated(at, to, Some(text)).map(|date| Dated { range: start..end, ..date })
    }

    /// `2021/22`, `2016–17`. What can be a month is left alone, unless a slash stands before it: `2011-12`.
    fn short_range(&self, at: usize) -> Option<Dated> {
        let numeral =
            self.numeral(at).filter(|numeral| numeral.digits == 4 && !numeral.grouped && !numeral.fractional)?;
        let first = i16::try_from(numeral.value?).ok().filter(|year| (1900..=2098).contains(year))?;
        // "/" is a word of its own, "per"
        let second_at = if self.word(at + 1) == "/" { at + 2 } else { at + 1 };
        let second = self.numeral(second_at).filter(|numeral| numeral.digits == 2 && !numeral.fractional)?;
        let last = first - first % 100 + i16::try_from(second.value?).ok()?;
        let is_range = match self.text.get(numeral.range.end..second.range.start)? {
            "/" => last == first + 1,
            "-" | "–" => last > first && last % 100 > 12,
            _ => false,
        };
        let year = |year: i16| format!("{year:04}").parse().ok().map(Bound::Date);
        let period = Period { start: year(first).filter(|_| is_range)?, end: year(last)? };
        let to = second_at + 1;
        Some(Dated { range: self.span(at, to), from: at, to, period: Some(period), partial: None })
    }

    /// `1950s`, `1990-е годы`, `1990년대`, `20世纪90年代` by its years.
    fn decade(&self, at: usize) -> Option<Dated> {
        let numeral = self.numeral(at)?;
        let value = i32::try_from(numeral.value?).ok().filter(|_| numeral.digits == 4 && !numeral.grouped)?;
        let end = numeral.range.end;
        let glued_s = self.folded.get(end..).is_some_and(|rest| {
            rest.starts_with("s ")
                || rest.starts_with("s,")
                || rest.starts_with("s.")
                || rest == "s"
                || rest.starts_with("s)")
        });
        let marked = self.dating(at + 1, Dating::Decade) && self.touches(at);
        let russian = self.language == Language::Russian && numeral.is_ordinal && value % 10 == 0;
        if !(glued_s || marked || russian) || value % 10 != 0 || !(1800..=2090).contains(&value) {
            return None;
        }
        let to =
            if marked || russian && self.touches(at) && self.dating(at + 1, Dating::Year) { at + 2 } else { at + 1 };
        let date = self.dated(at, to, Some(format!("{:03}X", value / 10)))?;
        let end = if glued_s { end + 1 } else { date.range.end };
        Some(Dated { range: date.range.start..end, ..date })
    }

    /// A year alone: after a word that dates, or a plain number from 1900 to 2100 that counts nothing.
    fn bare_year(&self, at: usize) -> Option<Dated> {
        let numeral = self.numeral(at)?;
        let year = numeral.year()?;
        let behind = self.touches(at) && self.dating(at + 1, Dating::Year);
        let before = self.before(at).filter(|before| self.touches(*before));
        let any_dating = |position: usize| {
            self.sense(position, |sense| if let Sense::Dating(dating) = sense { Some(*dating) } else { None })
        };
        let dating = before.and_then(any_dating).is_some_and(|dating| dating != Dating::Day && dating != Dating::Month);
        let counts = self.counts_tightly(at);
        let sign = self
            .text
            .get(..numeral.range.start)
            .is_some_and(|before| before.trim_end().ends_with(['$', '€', '£', '₽', '¥', '₩', '№', '#']));
        let qualified = before.is_some_and(|before| {
            self.sense(before, |sense| {
                matches!(sense, Sense::Before(_) | Sense::Numbering | Sense::Instrument | Sense::Paragraph)
                    .then_some(())
            })
            .is_some()
        });
        let takes = behind
            || (dating && (!counts || strongly_dating(self.word(at.wrapping_sub(1)))))
            || (!counts && !qualified && (1900..=2100).contains(&year));
        // "в 2024-м", where the sentence has said "году" before
        let is_spoken =
            self.language == Language::Russian && !counts && before.is_some_and(|at| strongly_dating(self.word(at)));
        if sign || !takes || numeral.is_ordinal && !is_spoken {
            return None;
        }
        self.dated(at, if behind { at + 2 } else { at + 1 }, Some(format!("{year:04}")))
    }

    /// Whether the very next word is what the number counts, or scales it.
    fn counts_tightly(&self, at: usize) -> bool {
        let unit = |sense: &Sense| {
            matches!(
                sense,
                Sense::Counted(_)
                    | Sense::Counter
                    | Sense::Currency(_)
                    | Sense::Percent
                    | Sense::Scale(_)
                    | Sense::Time(_)
                    | Sense::Hour
            )
            .then_some(())
        };
        self.touches(at) && self.sense(at + 1, unit).is_some() && !self.dating(at + 1, Dating::Year)
    }

    /// Two dates with a dash, "to" or "and" between them are one period: `2016–2018`, "between 2013 and 2015".
    fn join_periods(&self, dates: Vec<Dated>) -> Vec<Dated> {
        let mut joined: Vec<Dated> = Vec::new();
        for date in dates {
            let period = joined.last().and_then(|first| self.period_of(first, &date));
            match (period, joined.last_mut()) {
                (Some((from, period)), Some(first)) => {
                    let start = self.span(from, from + 1).start.min(first.range.start);
                    *first =
                        Dated { range: start..date.range.end, from, to: date.to, period: Some(period), partial: None };
                }
                _ => joined.push(date),
            }
        }
        joined
    }

    fn period_of(&self, first: &Dated, second: &Dated) -> Option<(usize, Period)> {
        let between = self.text.get(first.range.end..second.range.start)?.trim();
        let opener = self.before(first.from).filter(|before| self.touches(*before));
        let opens = opener.filter(|before| {
            self.sense(*before, |sense| {
                matches!(sense, Sense::Open | Sense::From | Sense::Dating(Dating::From)).then_some(())
            })
            .is_some()
        });
        let word = first.to + 1 == second.from && self.touches(first.to - 1) && self.touches(first.to);
        let links = word
            && (self.is(first.to, &Sense::Link)
                || self.dating(first.to, Dating::Until)
                || opens.is_some() && self.is(first.to, &Sense::Join));
        let dash = matches!(between, "-" | "–" | "—" | "~" | "～" | "至" | "到" | "−");
        if !links && !dash {
            return None;
        }
        let end = second.period?.as_date()?;
        let start = match (first.period, &first.partial) {
            (Some(period), _) => period.as_date()?,
            (None, Some(partial)) => format!("{:04}-{partial}", end.year()).parse().ok()?,
            (None, None) => return None,
        };
        let period = Period { start: Bound::Date(start), end: Bound::Date(end) };
        (start.earliest() <= end.latest()).then_some((opens.unwrap_or(first.from), period))
    }

    /// "since 2006" is open to the right, "until 2017" to the left, "late 2017" is approximate.
    fn with_side(&self, mut date: Dated) -> Dated {
        let Some(single) = date.period.and_then(|period| period.as_date()) else { return date };
        let mut single = single;
        let mut position = date.from;
        for _ in 0..3 {
            let Some(before) = self.before(position).filter(|before| self.touches(*before)) else { break };
            let dating =
                self.sense(before, |sense| if let Sense::Dating(dating) = sense { Some(*dating) } else { None });
            let start = self.span(before, before + 1).start;
            match dating {
                Some(Dating::Near) => {
                    if let Ok(near) = format!("{single}~").parse::<PartialDate>() {
                        single = near;
                        date.period = Some(Period::at(single));
                        date.range.start = start;
                    }
                }
                Some(Dating::From) => {
                    date.period = Some(Period { start: Bound::Date(single), end: Bound::Open });
                    date.range.start = start;
                    break;
                }
                Some(Dating::Until) if is_until(self.word(before)) => {
                    date.period = Some(Period { start: Bound::Open, end: Bound::Date(single) });
                    date.range.start = start;
                    break;
                }
                _ if self.is(before, &Sense::Filler) => {}
                _ => break,
            }
            position = before;
        }
        date
    }
}

/// "to 2017" and "by 2017" date a state at a moment, "until 2017" one that ends.
fn is_until(word: &str) -> bool {
    !matches!(word, "to" | "by" | "к" | "до конца" | "no later than")
}

/// After these words four digits are a year even when a noun follows: "in 2018 workers …".
fn strongly_dating(word: &str) -> bool {
    matches!(word, "in" | "since" | "until" | "during" | "year" | "in early" | "in late" | "в" | "с" | "к")
}

/// Day, month, year; with slashes the order is doubtful unless the first cannot be a month.
fn day_first(one: &str, two: &str, year: &str, slashed: bool) -> Option<String> {
    let (day, month): (u8, u8) = (one.parse().ok()?, two.parse().ok()?);
    match (day > 12, month > 12) {
        (true, true) => None,
        (_, true) => Some(format!("{year}-{day:02}-{month:02}")),
        (false, false) if slashed => None,
        _ => Some(format!("{year}-{month:02}-{day:02}")),
    }
}
