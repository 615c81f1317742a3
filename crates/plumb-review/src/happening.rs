//! What a text says happened, against the events of the case: the same kind of thing, at the same place, on the same day.
//!
//! Texts and the summaries of events are read with the same words (`data/words.toml`), so an event needs no other key.

use std::ops::Range;

use plumb_core::case::Event;
use plumb_core::date::{Bound, Period};
use plumb_core::place::PlaceKind;
use plumb_text::Value;

use crate::Verdict;
use crate::evidence::of_event;
use crate::outcome::{About, Checked, Evidence, Stance};
use crate::told::{Bench, Finding, Told};
use crate::words::Happening;

/// A date and the word for what happened stand at most so many bytes apart: further off they belong to other clauses.
const REACH: usize = 120;

/// Events shown for one statement.
const MOST: usize = 5;

impl Bench<'_> {
    /// The happenings that a sentence tells.
    pub(crate) fn happenings(&self, told: &Told<'_>) -> Vec<Checked> {
        let dates = || {
            told.sentence.mentions.iter().filter_map(|mention| match mention.value {
                Value::Date(period) => Some((mention.range.clone(), begun(period))),
                _ => None,
            })
        };
        let mut found: Vec<Checked> = Vec::new();
        for (range, period) in dates().filter(|(_, period)| !is_of_an_instrument(told, *period)) {
            let own = range.start - told.sentence.range.start..range.end - told.sentence.range.start;
            let simple = self.words.happening.iter().filter(|one| one.cues.len() == 1);
            let nearest = simple.filter_map(|one| Some((one, self.reach(one, told.text, &own)?)));
            let nearest = nearest.min_by_key(|(_, reach)| *reach).map(|(one, _)| one);
            let composed = self.words.happening.iter().filter(|one| one.cues.len() > 1);
            for happening in nearest.into_iter().chain(composed) {
                found.extend(self.happening(told, happening, Some(&(range.clone(), period))));
            }
            // one sentence may name a day twice
            found.dedup_by(|one, two| one.about.words == two.about.words);
        }
        let undated = self.words.happening.iter().filter(|one| one.undated && dates().next().is_none());
        found.extend(undated.filter_map(|one| self.happening(told, one, None)));
        found
    }

    /// How far the one cue of a happening stands from a date, both in the sentence.
    fn reach(&self, happening: &Happening, text: &str, date: &Range<usize>) -> Option<usize> {
        let cue = self.words.find(happening.cues.first()?, text)?;
        let gap = if cue.end <= date.start { date.start - cue.end } else { cue.start.saturating_sub(date.end) };
        (gap <= REACH).then_some(gap)
    }

    fn happening(
        &self,
        told: &Told<'_>,
        happening: &Happening,
        date: Option<&(Range<usize>, Period)>,
    ) -> Option<Checked> {
        let cues: Option<Vec<_>> = happening.cues.iter().map(|cue| self.words.find(cue, told.text)).collect();
        let cues = cues?;
        let from = told.sentence.range.start;
        let period = date.map(|(_, period)| *period);
        let (verdict, why, evidence) = self.judge_happening(told, happening, period);
        let start = cues.iter().map(|cue| from + cue.start).chain(date.map(|(range, _)| range.start)).min()?;
        let end = cues.iter().map(|cue| from + cue.end).chain(date.map(|(range, _)| range.end)).max()?;
        let when = period.map(|period| format!(", {period}")).unwrap_or_default();
        let about = About { words: format!("Event: {}{when}", happening.id), period, ..About::default() };
        let finding = Finding::new(about, verdict, why, evidence)
            .settled_by("A record of the day: a report, an agreement, a register.");
        Some(self.checked(told, start..end, finding))
    }

    fn judge_happening(
        &self,
        told: &Told<'_>,
        happening: &Happening,
        period: Option<Period>,
    ) -> (Verdict, String, Vec<Evidence>) {
        let places = told.places();
        let events = self.account.case.events.iter();
        let known: Vec<&Event> = events.filter(|event| self.is_one(happening, event, &places)).collect();
        let agree = |event: &&&Event| period.is_none_or(|period| period.overlaps(&Period::at(event.date)));
        let same: Vec<&Event> = known.iter().filter(agree).copied().collect();
        let first = known.iter().min_by_key(|event| event.date.earliest()).filter(|_| happening.once);
        match (same.as_slice(), first) {
            ([], Some(first)) => (
                Verdict::Contradicted,
                format!("The case has it in {}: {}.", first.date, first.summary),
                vec![of_event(first, Stance::Against)],
            ),
            ([], None) => (Verdict::NotCovered, "The case has no such event at that time.".to_owned(), Vec::new()),
            (same, _) => {
                let days: Vec<String> = same.iter().map(|event| event.date.to_string()).collect();
                let evidence = same.iter().take(MOST).map(|event| of_event(event, Stance::For)).collect();
                (Verdict::Supported, format!("The case has it: {}.{}", days.join(", "), basis(same)), evidence)
            }
        }
    }

    /// Whether an event of the case is one of a kind, near the places that the text names. Acts of a body such as the United Nations
    /// lie in no territory, so a place says nothing against them.
    fn is_one(&self, happening: &Happening, event: &Event, places: &[&str]) -> bool {
        let place = self.account.case.places.get(&event.place);
        let is_body = place.is_none_or(|place| place.kind == PlaceKind::Body);
        let near = is_body || places.is_empty() || places.iter().any(|one| self.near(one, &event.place));
        near && happening.cues.iter().all(|cue| self.words.has(cue, &event.summary))
    }
}

/// "Since 1948" tells what happened in 1948.
fn begun(period: Period) -> Period {
    match (period.start, period.end) {
        (Bound::Date(start), Bound::Open | Bound::Unknown) => Period::at(start),
        _ => period,
    }
}

/// Whether a date is that of a resolution or act, which is checked as such.
fn is_of_an_instrument(told: &Told<'_>, period: Period) -> bool {
    told.sentence.mentions.iter().any(|mention| match &mention.value {
        Value::Instrument(instrument) => instrument.date == Some(period),
        _ => false,
    })
}

/// A warning where the case itself has read nothing about it.
fn basis(events: &[&Event]) -> &'static str {
    let unread = events.iter().all(|event| event.verify.contains("no text read"));
    if unread { " It rests on general knowledge; no text was read for it." } else { "" }
}
