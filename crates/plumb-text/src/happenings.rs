//! What a sentence says beside figures: speakers, instruments, dated events, duties.

use std::ops::Range;

use crate::Language;
use crate::dates::Dated;
use crate::gazetteer::{EntryKind, Named};
use crate::line::{Item, Kind, Line};
use crate::near::{between, cover};
use crate::numeral::Numeral;
use crate::sentence::{Duration, Duty, Event, Instrument, Relation, Speaker};
use crate::terms::Sense;

/// A speaker is named in at most so many bytes: longer stretches are sentences.
const LONGEST_SPEAKER: usize = 80;

/// What marks the subject or topic of a Korean sentence.
const SUBJECT_PARTICLES: [&str; 4] = ["은", "는", "이", "가"];

/// A verb and the date of what it tells stand at most so many bytes apart.
const EVENT_REACH: usize = 120;

impl Line<'_> {
    /// Who says what the sentence says: behind "according to", before a verb of saying.
    pub(crate) fn speaker(&self) -> Option<Speaker> {
        let source = self.context.iter().find(|one| one.senses.contains(&Sense::Source));
        if let Some(source) = source {
            let before_it = self.language == Language::Korean;
            let range =
                if before_it { self.words_before(source.range.start) } else { self.words_after(source.range.end) };
            return self.speaker_in(range);
        }
        let say = self.context.iter().find(|one| one.senses.contains(&Sense::Say))?;
        let name_before = self
            .names
            .iter()
            .any(|name| name.range.end <= say.range.start && say.range.start - name.range.end <= LONGEST_SPEAKER);
        // Russian verbs of saying stand before their subject as often as behind it
        let range = match self.language {
            Language::Korean => self.korean_subject(say.range.start)?,
            Language::Russian if !name_before => self.words_after(say.range.end),
            _ => self.words_before(say.range.start),
        };
        // words with a figure in them are what is said, not who says it
        self.first_figure_in(&range).is_none().then(|| self.speaker_in(range))?
    }

    /// The subject of a Korean verb of saying: the word before it ("… 있다고 국정원이 밝혔다"), else what the sentence begins with
    /// ("국정원은 … 밝혔다"), without its particle.
    fn korean_subject(&self, end: usize) -> Option<Range<usize>> {
        let before = self.text.get(..end)?.trim_end();
        let last = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let last = before.get(last..).and_then(without_particle).map(|word| last..last + word.len());
        let mut at = 0;
        let first = before.split(' ').find_map(|word| {
            let begin = at;
            at += word.len() + 1;
            without_particle(word).map(|word| begin + word.len())
        });
        let first = first.filter(|end| *end <= LONGEST_SPEAKER).map(|end| self.trimmed(0..end));
        last.or(first)
    }

    fn speaker_in(&self, range: Range<usize>) -> Option<Speaker> {
        let inside = |name: &&Named<'_>| name.range.start >= range.start && name.range.end <= range.end;
        let mut inside = self.names.iter().filter(inside);
        let actor = inside.find(|name| matches!(name.kind, EntryKind::Actor | EntryKind::Speaker));
        let has_letters = self.text.get(range.clone())?.chars().any(char::is_alphabetic);
        has_letters.then(|| Speaker { actor: actor.map(|name| name.id.to_owned()), range })
    }

    /// The words from the last mark of punctuation to a byte.
    fn words_before(&self, end: usize) -> Range<usize> {
        let before = self.text.get(..end).unwrap_or_default();
        let mut start = before
            .rfind(is_break)
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        if end - start > LONGEST_SPEAKER {
            let near = before.char_indices().map(|(at, _)| at).find(|at| end - at <= LONGEST_SPEAKER).unwrap_or(end);
            start = before.get(near..).and_then(|part| part.find(' ')).map_or(near, |space| near + space);
        }
        self.trimmed(start..end)
    }

    fn words_after(&self, start: usize) -> Range<usize> {
        let after = self.text.get(start..).unwrap_or_default();
        let stop = after.find(is_break).unwrap_or(after.len());
        let mut length = self.first_figure(start).map_or(stop, |figure| stop.min(figure - start));
        if length > LONGEST_SPEAKER {
            let near =
                after.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_SPEAKER).last().unwrap_or(0);
            length = after.get(..near).and_then(|part| part.rfind(' ')).unwrap_or(near);
        }
        self.trimmed(start..start + length)
    }

    fn first_figure_in(&self, range: &Range<usize>) -> Option<usize> {
        let inside = |item: &&Item<'_>| matches!(item.kind, Kind::Numeral(_)) && range.contains(&item.range.start);
        self.items.iter().find(inside).map(|item| item.range.start)
    }

    /// Where the first figure after a byte and some words begins: whoever is named ends there ("according to diplomats up to 90 %").
    fn first_figure(&self, start: usize) -> Option<usize> {
        let begins = |item: &&Item<'_>| match &item.kind {
            Kind::Numeral(_) => true,
            Kind::Word(senses) => senses.iter().any(|sense| matches!(sense, Sense::Before(_))),
        };
        let behind = |at: &usize| self.text.get(start..*at).is_some_and(|words| !words.trim().is_empty());
        self.items.iter().filter(begins).map(|item| item.range.start).find(behind)
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// Resolutions, acts and their paragraphs, with their words.
    pub(crate) fn instruments(&self, dates: &[Dated]) -> Vec<(Range<usize>, Instrument)> {
        let mut found = Vec::new();
        for at in 0..self.items.len() {
            if self.is(at, &Sense::Instrument) {
                found.push(self.instrument(at, dates));
            }
        }
        let known = self.names.iter().filter(|name| name.kind == EntryKind::Instrument);
        for name in known {
            found.retain(|(range, _): &(Range<usize>, Instrument)| {
                range.end <= name.range.start || range.start >= name.range.end
            });
            found.push((
                name.range.clone(),
                Instrument { id: Some(name.id.to_owned()), paragraph: self.paragraph(), ..Instrument::default() },
            ));
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    fn instrument(&self, at: usize, dates: &[Dated]) -> (Range<usize>, Instrument) {
        let mut range = self.span(at, at + 1);
        let number = self.number_of_instrument(at, dates).map(|numeral| {
            range = cover(&range, &numeral.range);
            self.text.get(numeral.range.clone()).unwrap_or_default().to_owned()
        });
        let near = dates
            .iter()
            .filter(|date| between(&date.range, &range).len() <= EVENT_REACH / 2 && date.range.start >= range.end);
        let date = near.min_by_key(|date| between(&date.range, &range).len()).and_then(|date| date.period);
        (range, Instrument { id: None, number, paragraph: self.paragraph(), date })
    }

    /// The number behind "resolution", or before 决议 with its 号; one of a date is none.
    fn number_of_instrument(&self, at: usize, dates: &[Dated]) -> Option<&Numeral> {
        let is_number = |numeral: &&Numeral| {
            let in_date = |date: &Dated| date.range.start <= numeral.range.start && numeral.range.end <= date.range.end;
            !numeral.grouped && !numeral.fractional && (numeral.digits == 4 || !dates.iter().any(in_date))
        };
        let behind = self.numeral(at + 1).filter(|_| self.touches(at) || self.gap(at).trim() == "№");
        let before = at
            .checked_sub(2)
            .filter(|two| self.is(two + 1, &Sense::Numbered) && self.touches(*two) && self.touches(two + 1));
        behind.filter(is_number).or_else(|| self.numeral(before?).filter(is_number))
    }

    /// The first paragraph or article that the sentence names: `8`, `8(d)`.
    fn paragraph(&self) -> Option<String> {
        (0..self.items.len()).find_map(|at| {
            let numeral = if self.is(at, &Sense::Paragraph) {
                self.numeral(at + 1).filter(|_| self.touches(at))?
            } else if self.is(at, &Sense::ParagraphAfter) {
                let before = self.before(at)?;
                self.numeral(before).filter(|_| self.touches(before))?
            } else {
                return None;
            };
            let rest = self.text.get(numeral.range.end..).unwrap_or_default().trim_start();
            let letter = rest.strip_prefix('(').and_then(|inside| inside.split_once(')')).map(|(letter, _)| letter);
            let letter =
                letter.filter(|letter| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()));
            let number = numeral.value?.to_string();
            Some(letter.map_or(number.clone(), |letter| format!("{number}({letter})")))
        })
    }

    /// Each date with the nearest word for something that happens.
    pub(crate) fn events(&self, dates: &[Dated]) -> Vec<Event> {
        let triggers = || {
            self.context.iter().flat_map(|one| {
                one.senses.iter().filter_map(move |sense| match sense {
                    Sense::Event(kind) => Some((kind, &one.range)),
                    _ => None,
                })
            })
        };
        let mut events = Vec::new();
        for date in dates {
            let Some(period) = date.period else { continue };
            let crosses = |trigger: &Range<usize>| {
                let gap = between(trigger, &date.range);
                dates.iter().any(|other| {
                    other.range != date.range && other.range.start >= gap.start && other.range.end <= gap.end
                })
            };
            let near = triggers()
                .filter(|(_, trigger)| between(trigger, &date.range).len() <= EVENT_REACH && !crosses(trigger));
            let Some((kind, trigger)) = near.min_by_key(|(_, trigger)| between(trigger, &date.range).len()) else {
                continue;
            };
            let range = cover(trigger, &date.range);
            let near = |name: &Named<'_>| between(&name.range, &range).len() <= EVENT_REACH;
            let takes_part = |name: &Named<'_>| !matches!(name.kind, EntryKind::Instrument | EntryKind::Speaker);
            let participants = self.ids(|name| near(name) && takes_part(name));
            events.push(Event { range, period, kind: kind.clone(), trigger: trigger.clone(), participants });
        }
        events
    }

    /// What binds and by when: a word of duty with a term or a date that closes. It binds by the instrument that is named last before it, else by
    /// the next one, else by the one of an earlier sentence.
    pub(crate) fn duties(
        &self,
        dates: &[Dated],
        durations: &[(Range<usize>, Duration)],
        instruments: &[&(Range<usize>, Instrument)],
        earlier: Option<&Instrument>,
    ) -> Vec<Duty> {
        let by = |trigger: &Range<usize>| {
            let before = instruments.iter().rfind(|(range, _)| range.start < trigger.start);
            before.or(instruments.first()).map(|(_, instrument)| instrument).or(earlier)
        };
        let mut duties: Vec<Duty> = Vec::new();
        let triggers = self.context.iter().filter(|one| one.senses.contains(&Sense::Duty));
        for trigger in triggers {
            let terms = durations.iter().filter(|(_, duration)| duration.relation == Relation::Within);
            let term = terms.min_by_key(|(range, _)| between(range, &trigger.range).len());
            let due = dates.iter().find(|date| self.closes(date));
            let Some(last) = term.map(|(range, _)| range).or(due.map(|date| &date.range)) else { continue };
            let known = duties.iter().any(|duty| duty.range.end >= last.end && duty.range.start <= last.start);
            if !known {
                duties.push(Duty {
                    range: cover(&trigger.range, last),
                    instrument: by(&trigger.range).cloned(),
                    term: term.map(|(_, duration)| duration.clone()),
                    due: due.and_then(|date| date.period),
                    trigger: trigger.range.clone(),
                });
            }
        }
        duties
    }

    /// Whether a date is one by which something is due: "by December 2019".
    fn closes(&self, date: &Dated) -> bool {
        let before = self.text.get(..date.range.start).unwrap_or_default().trim_end();
        let words = ["by", "until", "before", "than", "к", "до", "позднее"];
        date.period.is_some_and(|period| period.earliest().is_none()) || words.iter().any(|word| before.ends_with(word))
    }
}

fn is_break(character: char) -> bool {
    matches!(
        character,
        ',' | ';' | ':' | '.' | '"' | '“' | '”' | '«' | '»' | '(' | ')' | '，' | '。' | '；' | '：' | '「' | '」'
    )
}

/// A Korean word of three syllables or more without the particle of a subject at its end: shorter ones may only end alike.
fn without_particle(word: &str) -> Option<&str> {
    let bare = SUBJECT_PARTICLES.iter().find_map(|particle| word.strip_suffix(particle))?;
    (bare.chars().count() >= 2).then_some(bare)
}
