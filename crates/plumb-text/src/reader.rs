//! From a text to its sentences: the reader, and the interface that it stands behind.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::carry::{Carried, Pointers};
use crate::claims::Context;
use crate::dates::Dated;
use crate::fold::fold;
use crate::gazetteer::{EntryKind, Gazetteer};
use crate::line::Line;
use crate::near::Surroundings;
use crate::numeral::numerals;
use crate::quantity::{Counted, Figure};
use crate::rules::{Rules, RulesError};
use crate::sentence::{Duration, Instrument, Mention, Proposal, Sentence, Stated, Value};
use crate::split::sentences;
use crate::terms::{Sense, Terms};
use crate::{Hint, Language};

/// Whatever finds claims in prose. The rules do; a trained model may, behind the same interface.
pub trait Extractor {
    /// The sentences of a text in which something was found, in order. `hints` say which parts are in which language; where
    /// none holds, the letters decide.
    fn extract(&self, text: &str, hints: &[Hint]) -> Vec<Sentence>;
}

/// Reads prose by rules and names. Built once, used for any number of texts, from any number of threads.
///
/// ```
/// use plumb_text::{Gazetteer, Reader, Rules, built_in_entries};
/// let reader = Reader::new(Rules::built_in().unwrap(), Gazetteer::new(built_in_entries()).unwrap()).unwrap();
/// let sentences = reader.read("In December 2018 more than 11,000 workers remained in Russia.", &[]);
/// let claim = &sentences[0].claims[0];
/// assert_eq!(claim.stated.quantity.figure().to_string(), "at least 11,000 persons");
/// assert_eq!(claim.measure.as_deref(), Some("workers_remaining"));
/// assert_eq!(claim.place.as_deref(), Some("RU"));
/// assert_eq!(claim.period.unwrap().to_string(), "2018-12");
/// ```
pub struct Reader {
    rules: Rules,
    gazetteer: Gazetteer,
    terms: BTreeMap<Language, Terms>,
}

impl Extractor for Reader {
    fn extract(&self, text: &str, hints: &[Hint]) -> Vec<Sentence> {
        self.read(text, hints)
    }
}

impl Reader {
    /// A reader with these rules and names.
    ///
    /// # Errors
    /// When the words of a language make no automaton; those compiled in do.
    pub fn new(mut rules: Rules, gazetteer: Gazetteer) -> Result<Self, RulesError> {
        let mut terms = BTreeMap::new();
        for (language, words) in std::mem::take(&mut rules.words) {
            let built = Terms::new(language, &words)
                .map_err(|cause| RulesError::Words { language: language.code(), cause: cause.to_string() })?;
            terms.insert(language, built);
        }
        Ok(Self { rules, gazetteer, terms })
    }

    /// The sentences of a text in which something was found, in order. Time grows with the length of the text; see
    /// [`Extractor::extract`] for the hints.
    pub fn read(&self, text: &str, hints: &[Hint]) -> Vec<Sentence> {
        let mut found = Vec::new();
        let (mut instrument, mut carried) = (None, Carried::default());
        for range in sentences(text) {
            carried.go_on(text, range.start, range.end);
            let sentence = text.get(range.clone()).unwrap_or_default();
            let hint = hints.iter().find(|hint| hint.range.contains(&range.start)).map(|hint| hint.language);
            let language = hint.unwrap_or_else(|| Language::of(sentence));
            if let Some((mut read, pointers)) = self.sentence(sentence, language, &mut instrument) {
                carried.carry(&mut read, &self.rules, pointers);
                found.push(shift(read, range.start));
            }
        }
        found
    }

    /// One sentence, and what its words point to. `instrument` is the last one named: "the
    /// resolution" of the next sentence.
    fn sentence(
        &self,
        text: &str,
        language: Language,
        instrument: &mut Option<Instrument>,
    ) -> Option<(Sentence, Pointers)> {
        let terms = self.terms.get(&language)?;
        let folded = fold(text);
        let (grammar, context) = terms.find(&folded);
        let mut names = self.gazetteer.find(text, &folded);
        // "US dollars" place nothing
        let money: Vec<Range<usize>> =
            grammar.iter().filter(|word| word.is_currency()).map(|word| word.range.clone()).collect();
        names.retain(|name| !money.iter().any(|money| money.start <= name.range.start && name.range.end <= money.end));
        let items = Line::merge(numerals(text, language), grammar);
        let mut line = Line { text, folded: &folded, language, items, context, names };
        let dates = line.dates();
        // "5 May" hedges nothing
        line.context.retain(|word| {
            !dates.iter().any(|date| date.range.start <= word.range.start && word.range.end <= date.range.end)
        });
        let sentence = self.read_line(&line, &dates, instrument);
        let is_empty = sentence.mentions.is_empty() && sentence.events.is_empty() && sentence.duties.is_empty();
        let has = |sense: &Sense| line.context.iter().any(|word| word.senses.contains(sense));
        let pointers = Pointers { there: has(&Sense::There), now: has(&Sense::Now) };
        (!is_empty).then_some((sentence, pointers))
    }

    fn read_line(&self, line: &Line<'_>, dates: &[Dated], last_instrument: &mut Option<Instrument>) -> Sentence {
        let instruments = line.instruments(dates);
        let of_dates = dates.iter().map(|date| date.range.clone());
        let taken: Vec<Range<usize>> = of_dates.chain(instruments.iter().map(|(range, _)| range.clone())).collect();
        let (figures, durations) = part(line.figures(&taken));
        let ranges = figures.iter().map(|figure| figure.range.clone()).collect();
        let around = Surroundings::new(line.text, ranges, line.language);
        let context = Context { dates, speaker: line.speaker(), around };
        let (quantities, claims) = self.claims(line, &figures, &context);
        let known: Vec<_> = instruments.iter().filter(|(_, found)| *found != Instrument::default()).collect();
        let duties = line.duties(dates, &durations, &known, last_instrument.as_ref());
        *last_instrument = known.last().map(|(_, found)| found.clone()).or_else(|| last_instrument.take());
        let events = line.events(dates);

        let mut mentions = names(line);
        let told = quantities.into_iter().map(|(range, stated)| (range, Value::Quantity(stated)));
        let told = told.chain(dates.iter().filter_map(|date| Some((date.range.clone(), Value::Date(date.period?)))));
        let told = told.chain(durations.into_iter().map(|(range, duration)| (range, Value::Duration(duration))));
        let told = told.chain(instruments.into_iter().map(|(range, found)| (range, Value::Instrument(found))));
        let told = told.chain(context.speaker.into_iter().map(|one| (one.range.clone(), Value::Speaker(one))));
        mentions.extend(told.map(|(range, value)| Mention { range, value }));
        if !claims.is_empty() {
            mentions.extend(words(line));
        }
        mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
        Sentence { range: 0..line.text.len(), language: line.language, mentions, claims, events, duties }
    }

    /// The quantities of a sentence, and those that it claims.
    fn claims(
        &self,
        line: &Line<'_>,
        figures: &[Counted],
        context: &Context<'_>,
    ) -> (Vec<(Range<usize>, Stated)>, Vec<Proposal>) {
        let (mut quantities, mut claims): (Vec<(Range<usize>, Stated)>, Vec<Proposal>) = (Vec::new(), Vec::new());
        let mut last: Option<&Counted> = None;
        for (figure, unit) in figures.iter().zip(line.settle_units(figures)) {
            let Some(unit) = unit else { continue };
            let Some(stated) = figure.stated(&unit.0, unit.1.clone()) else { continue };
            quantities.push((figure.range.clone(), stated));
            // "12 times higher" is nothing that a ledger has a place for
            if figure.is_claim && unit.0 != "ratio" {
                let listed = claims.last().filter(|_| last.is_some_and(|last| line.is_listed(last, figure)));
                let other_end =
                    claims.last().filter(|_| last.is_some_and(|last| line.is_other_end(last, figure))).cloned();
                let claim = line.propose(&self.rules, figure, &unit, context, listed);
                claims.extend(claim.map(|claim| claim.with_first_end(other_end.as_ref())));
            }
            last = Some(figure);
        }
        (quantities, claims)
    }
}

/// Quantities and lengths of time apart.
fn part(figures: Vec<Figure>) -> (Vec<Counted>, Vec<(Range<usize>, Duration)>) {
    let (mut quantities, mut durations) = (Vec::new(), Vec::new());
    for figure in figures {
        match figure {
            Figure::Quantity(quantity) => quantities.push(quantity),
            Figure::Duration(range, duration) => durations.push((range, duration)),
        }
    }
    (quantities, durations)
}

/// The names of the gazetteer as mentions.
fn names(line: &Line<'_>) -> Vec<Mention> {
    let mention = |name: &crate::gazetteer::Named<'_>| {
        let id = name.id.to_owned();
        let value = match name.kind {
            EntryKind::Actor => Value::Actor(id),
            EntryKind::Place => Value::Place(id),
            EntryKind::Nationality => Value::Nationality(id),
            EntryKind::Site => Value::Site(id),
            // told with its paragraph among the instruments, and as who says it
            EntryKind::Instrument | EntryKind::Speaker => return None,
        };
        Some(Mention { range: name.range.clone(), value })
    };
    line.names.iter().filter_map(mention).collect()
}

/// Denials, hedges, plans and cues as mentions.
fn words(line: &Line<'_>) -> Vec<Mention> {
    let mention = |range: &Range<usize>, sense: &Sense| {
        let value = match sense {
            Sense::Negation => Value::Negation,
            Sense::Hedge => Value::Hedge,
            Sense::Plan => Value::Plan,
            Sense::Cue(cue) => Value::Measure(cue.clone()),
            _ => return None,
        };
        Some(Mention { range: range.clone(), value })
    };
    line.context.iter().flat_map(|one| one.senses.iter().filter_map(|sense| mention(&one.range, sense))).collect()
}

/// A sentence with its ranges moved to where it stands in the text.
fn shift(mut sentence: Sentence, by: usize) -> Sentence {
    let moved = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
    let stated = |stated: &mut Stated| {
        moved(&mut stated.number);
        stated.qualifier.iter_mut().chain(stated.unit.iter_mut()).for_each(moved);
    };
    moved(&mut sentence.range);
    for mention in &mut sentence.mentions {
        moved(&mut mention.range);
        match &mut mention.value {
            Value::Quantity(quantity) => stated(quantity),
            Value::Speaker(speaker) => moved(&mut speaker.range),
            _ => {}
        }
    }
    for claim in &mut sentence.claims {
        moved(&mut claim.range);
        stated(&mut claim.stated);
        claim.speaker.iter_mut().for_each(|speaker| moved(&mut speaker.range));
    }
    for event in &mut sentence.events {
        moved(&mut event.range);
        moved(&mut event.trigger);
    }
    for duty in &mut sentence.duties {
        moved(&mut duty.range);
        moved(&mut duty.trigger);
    }
    sentence
}
