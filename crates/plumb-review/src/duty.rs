//! What a text says must be done by when, and which instrument says so, against the duties of the case.

use plumb_core::case::Duty;
use plumb_core::date::{PartialDate, Period};
use plumb_text::{Instrument, TimeUnit, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::Verdict;
use crate::evidence::of_duty;
use crate::outcome::{About, Checked, Stance};
use crate::told::{Bench, Finding, Told};

/// A term told in months may be off by the days that a month has more or less.
const DAYS_OFF: i64 = 3;

/// Days of a month and a year in the mean.
const MONTH: Decimal = Decimal::from_parts(30_436_875, 0, 0, false, 6);
const YEAR: Decimal = Decimal::from_parts(3_652_425, 0, 0, false, 4);

impl Bench<'_> {
    /// Instruments and duties of a sentence.
    pub(crate) fn duties(&self, told: &Told<'_>) -> Vec<Checked> {
        let mut found: Vec<Checked> = told.sentence.duties.iter().filter_map(|duty| self.duty(told, duty)).collect();
        let instruments = told.sentence.mentions.iter().filter_map(|mention| match &mention.value {
            Value::Instrument(instrument) => Some((mention.range.clone(), instrument)),
            _ => None,
        });
        found.extend(instruments.filter_map(|(range, instrument)| {
            let period = instrument.date?;
            let dated = told.sentence.mentions.iter().find(|one| one.value == Value::Date(period));
            let range =
                dated.map_or(range.clone(), |date| range.start.min(date.range.start)..range.end.max(date.range.end));
            Some(self.checked(told, range, self.judge_instrument(instrument, period)))
        }));
        found
    }

    /// The duties under an instrument: by its id, its number or the day that it was adopted.
    fn under(&self, instrument: &Instrument) -> Vec<&Duty> {
        let fits = |duty: &&Duty| {
            let by_id = instrument.id.as_ref().is_some_and(|id| *id == duty.instrument);
            let by_number = instrument.number.as_ref().is_some_and(|number| {
                duty.instrument.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == number)
            });
            let day = duty.trigger.map(Period::at);
            let by_date = instrument.id.is_none()
                && instrument.number.is_none()
                && instrument.date.zip(day).is_some_and(|(told, day)| told.overlaps(&day));
            (by_id || by_number || by_date)
                && instrument.paragraph.as_ref().is_none_or(|paragraph| is_paragraph(&duty.paragraph, paragraph))
        };
        self.account.case.duties.iter().filter(fits).collect()
    }

    fn judge_instrument(&self, instrument: &Instrument, period: Period) -> Finding {
        let under = self.under(instrument);
        let mut names: Vec<&str> = under.iter().map(|duty| duty.instrument.as_str()).collect();
        names.dedup();
        let on_the_day = under.iter().any(|duty| duty.trigger.is_some_and(|day| period.overlaps(&Period::at(day))));
        let (verdict, why) = match (names.is_empty(), on_the_day) {
            (true, _) => (Verdict::NotCovered, "The case has no instrument of that day.".to_owned()),
            (_, true) => (Verdict::Supported, format!("The case has it: {}.", names.join("; "))),
            _ => {
                (Verdict::Contradicted, format!("The case has {} on another day: {}.", names.join("; "), days(&under)))
            }
        };
        let stance = if on_the_day { Stance::For } else { Stance::Against };
        let about = About { words: format!("Instrument, {period}"), period: Some(period), ..About::default() };
        let evidence = under.iter().map(|duty| of_duty(duty, stance)).collect();
        let settle = (verdict == Verdict::NotCovered).then(|| "The text of the instrument.".to_owned());
        Finding { settle, ..Finding::new(about, verdict, why, evidence) }
    }

    fn duty(&self, told: &Told<'_>, stated: &plumb_text::Duty) -> Option<Checked> {
        let instrument = stated.instrument.as_ref()?;
        let under: Vec<&Duty> = self.under(instrument).into_iter().filter(|duty| duty.deadline.is_some()).collect();
        let fits = |duty: &&&Duty| agrees(stated, duty);
        let (same, other): (Vec<&Duty>, Vec<&Duty>) = (
            under.iter().filter(fits).copied().collect(),
            under.iter().filter(|duty| !agrees(stated, duty)).copied().collect(),
        );
        let told_as = term_words(stated);
        let (verdict, why, shown) = match (same.as_slice(), other.as_slice()) {
            ([], []) => {
                (Verdict::NotCovered, "The case has no duty with a term under that instrument.".to_owned(), Vec::new())
            }
            ([], other) => (
                Verdict::Contradicted,
                format!("No duty under it has that term; the case has {}.", terms(other)),
                other.iter().map(|duty| of_duty(duty, Stance::Against)).collect(),
            ),
            (same, _) => (
                Verdict::Supported,
                format!("The case has it: {}.", terms(same)),
                same.iter().map(|duty| of_duty(duty, Stance::For)).collect(),
            ),
        };
        let period = stated.due.or(instrument.date);
        let about = About { words: format!("Duty{told_as}"), period, ..About::default() };
        let settle = (verdict == Verdict::NotCovered).then(|| "The text of the paragraph.".to_owned());
        let finding = Finding { settle, ..Finding::new(about, verdict, why, shown) };
        Some(self.checked(told, stated.range.clone(), finding))
    }
}

/// `8` is paragraph `8` and `8 (exceptions)`; `8(d)` only itself.
fn is_paragraph(own: &str, told: &str) -> bool {
    own == told || own.strip_prefix(told).is_some_and(|rest| rest.starts_with(' '))
}

fn agrees(stated: &plumb_text::Duty, duty: &Duty) -> bool {
    let by_date = stated.due.zip(duty.deadline).is_some_and(|(due, deadline)| due.overlaps(&Period::at(deadline)));
    by_date || stated.term.as_ref().is_some_and(|term| has_term(duty, term.count, term.unit))
}

/// Whether the deadline lies as long after the start as a text says.
fn has_term(duty: &Duty, count: Decimal, unit: TimeUnit) -> bool {
    let (Some(from), Some(to)) = (duty.trigger, duty.deadline) else { return false };
    let days = |from: PartialDate, to: PartialDate| {
        from.earliest().until(to.latest()).map(|span| i64::from(span.get_days())).unwrap_or_default()
    };
    let length = match unit {
        TimeUnit::Day => Decimal::ONE,
        TimeUnit::Week => Decimal::from(7),
        TimeUnit::Month => MONTH,
        TimeUnit::Year => YEAR,
    };
    let Some(told) = count.checked_mul(length).and_then(|days| days.round().to_i64()) else { return false };
    // a deadline that is only known by its month may be any day of it
    let (least, most) = (days(from, PartialDate::day(to.earliest())), days(from, to));
    least - DAYS_OFF <= told && told <= most + DAYS_OFF
}

fn term_words(stated: &plumb_text::Duty) -> String {
    let unit = |unit| match unit {
        TimeUnit::Day => "days",
        TimeUnit::Week => "weeks",
        TimeUnit::Month => "months",
        TimeUnit::Year => "years",
    };
    let term = stated.term.as_ref().map(|term| format!(", within {} {}", term.count, unit(term.unit)));
    term.or_else(|| stated.due.map(|due| format!(", by {due}"))).unwrap_or_default()
}

fn terms(duties: &[&Duty]) -> String {
    let term = |duty: &&Duty| {
        let days = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        format!("{}, paragraph {}: {} to {}", duty.instrument, duty.paragraph, days(duty.trigger), days(duty.deadline))
    };
    duties.iter().map(term).collect::<Vec<_>>().join("; ")
}

fn days(duties: &[&Duty]) -> String {
    let mut days: Vec<String> = duties.iter().filter_map(|duty| duty.trigger).map(|day| day.to_string()).collect();
    days.dedup();
    days.join(", ")
}
