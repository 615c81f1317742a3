//! Parts of a year: "the first nine months of 2024", "в первом полугодии 2025 года", "2025년 상반기", "2024年上半年".

use plumb_core::date::{Bound, Period};

use crate::dates::Dated;
use crate::line::Line;
use crate::terms::Sense;

impl Line<'_> {
    /// A year narrowed to the part of it that stands beside it: before it in English and Russian, behind it in Korean and
    /// Chinese.
    pub(crate) fn with_part_of_year(&self, date: Dated) -> Dated {
        self.narrowed(&date).unwrap_or(date)
    }

    fn narrowed(&self, date: &Dated) -> Option<Dated> {
        let year = date.period?.as_date()?.to_string();
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let (at, (first, last)) = self.part_beside(date).filter(|_| is_year)?;
        let month = |month: u8| format!("{year}-{month:02}").parse().ok().map(Bound::Date);
        let (from, to) = (date.from.min(at), date.to.max(at + 1));
        let range = date.range.start.min(self.span(at, to).start)..date.range.end.max(self.span(from, to).end);
        Some(Dated { range, from, to, period: Some(Period { start: month(first)?, end: month(last)? }), partial: None })
    }

    fn part_beside(&self, date: &Dated) -> Option<(usize, (u8, u8))> {
        let part = |at: usize| {
            let months =
                self.sense(at, |sense| if let Sense::PartOfYear(one, two) = sense { Some((*one, *two)) } else { None });
            months.map(|months| (at, months))
        };
        // 年前九个月: the word for year is its first character
        let inside = date.to.checked_sub(1).and_then(part);
        let behind = || part(date.to).filter(|_| self.touches(date.to - 1));
        inside.or_else(behind).or_else(|| {
            let mut at = date.from;
            // "of the year"
            for _ in 0..4 {
                at = self.before(at).filter(|before| self.touches(*before))?;
                if let Some(found) = part(at) {
                    return Some(found);
                }
                let is_passed = self.is(at, &Sense::Filler) || self.is(at, &Sense::Dating(crate::terms::Dating::At));
                is_passed.then_some(())?;
            }
            None
        })
    }
}
