//! Dated events as a document tells of them: what, when and where, in its own words.

use plumb_document::Document;
use plumb_text::{Event, Sentence, Value};

use crate::draft::{Draft, Kind};
use crate::proposal::{self, Proposal, one_line, shortened};

/// Characters of a summary: a sentence of news has some 150.
const LONGEST_SUMMARY: usize = 240;

/// A word for what happened and its date that stand at most so many bytes apart belong together for certain: a noun phrase
/// with its verb is about as long.
const NEAR: usize = 60;

/// What is left of the confidence where they stand further apart: another verb may be the date's.
const FAR_APART: f64 = 0.7;

/// What is left of it where no place, person or body is named: it is then more often a date in passing than an event.
const NOBODY_NAMED: f64 = 0.7;

/// What is left of it beside a denial, a hedge or a plan.
const UNCERTAIN: f64 = 0.7;

/// The event as a proposal; `None` where it has no one date.
pub(crate) fn propose(document: &Document, sentence: &Sentence, event: &Event) -> Option<Proposal> {
    let date = event.period.as_date()?;
    let place = place(sentence, event);
    let mut draft = Draft::default();
    draft.put("date", date.to_string());
    let words = one_line(document.text.slice(sentence.range.clone()));
    draft.put("summary", shortened(words.trim_end_matches(['.', '。']), LONGEST_SUMMARY));
    draft.put("place", place.unwrap_or_default());
    draft.put("kind", kind(&event.kind));
    let (mut confidence, mut reasons) = (1.0, vec!["a word says that something happened, beside its date".to_owned()]);
    let mut doubt = |holds: bool, weight: f64, reason: &str| {
        if holds {
            confidence *= weight;
            reasons.push(reason.to_owned());
        }
    };
    doubt(event.range.len() > NEAR, FAR_APART, "word and date stand far apart");
    doubt(event.participants.is_empty(), NOBODY_NAMED, "nobody and no place is named with it");
    let uncertain = |value: &Value| matches!(value, Value::Negation | Value::Hedge | Value::Plan);
    let is_uncertain = sentence.mentions.iter().any(|mention| uncertain(&mention.value));
    doubt(is_uncertain, UNCERTAIN, "the sentence denies, doubts or plans something");
    if !event.participants.is_empty() {
        reasons.push(format!("named with it: {}", event.participants.join(", ")));
    }
    let proposal = proposal::new(document, sentence, Kind::Event, &event.range, draft, confidence);
    Some(Proposal { reasons, ..proposal })
}

/// The place named nearest to the event; else whose people are named.
fn place(sentence: &Sentence, event: &Event) -> Option<String> {
    let distance = |start: usize, end: usize| {
        if end <= event.range.start { event.range.start - end } else { start.saturating_sub(event.range.end) }
    };
    let named = sentence.mentions.iter().filter_map(|mention| {
        let (rank, id) = match &mention.value {
            Value::Place(id) => (0, id),
            Value::Nationality(id) => (1, id),
            _ => return None,
        };
        let is_near = event.participants.contains(id);
        is_near.then(|| (rank, distance(mention.range.start, mention.range.end), id))
    });
    named.min().map(|(.., id)| id.clone())
}

/// The kind of event that the case has for a word of the rules.
fn kind(trigger: &str) -> &'static str {
    match trigger {
        "adopt" => "law",
        "sign" | "send" | "return" | "designate" | "export" => "act",
        "die" | "detain" => "incident",
        _ => "context",
    }
}
