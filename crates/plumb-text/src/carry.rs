//! What the sentences of a paragraph take from those before them: the last date, and the place that a word points back to.

use plumb_core::date::Period;

use crate::rules::Rules;
use crate::sentence::{Proposal, Reason, Sentence, Value};

/// What a paragraph has named so far.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    date: Option<Period>,
    place: Option<String>,
    /// Where the last sentence ends.
    end: usize,
}

/// What words of a sentence point to without naming it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pointers {
    /// The place named last.
    pub(crate) there: bool,
    /// The day of the text, so that a date before them is another one.
    pub(crate) now: bool,
}

impl Carried {
    /// Goes on to the sentence that begins at a byte. An empty line begins a paragraph, which takes nothing from the one before.
    pub(crate) fn go_on(&mut self, text: &str, start: usize, end: usize) {
        let gap = text.get(self.end..start).unwrap_or_default();
        if gap.bytes().filter(|byte| *byte == b'\n').count() > 1 {
            *self = Self::default();
        }
        self.end = end;
    }

    /// Gives the claims of a sentence what they lack, marked in their reasons; then takes what the sentence names itself.
    pub(crate) fn carry(&mut self, sentence: &mut Sentence, rules: &Rules, pointers: Pointers) {
        let names_date = sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Date(_)));
        for claim in &mut sentence.claims {
            if let Some(date) = self.date.filter(|_| !names_date && !pointers.now && claim.period.is_none()) {
                claim.period = Some(date);
                claim.doubt(Reason::DateCarried);
            }
            let lacks_place = claim.place.is_none() && !claim.reasons.iter().any(|reason| reason.is_of_place());
            if let Some(place) = self.place.as_ref().filter(|_| pointers.there && lacks_place) {
                claim.place = Some(place.clone());
                claim.doubt(Reason::PlaceCarried);
            }
        }
        for mention in &sentence.mentions {
            match &mention.value {
                Value::Date(date) => self.date = Some(*date),
                Value::Place(place) if !rules.is_home(place) => self.place = Some(place.clone()),
                _ => {}
            }
        }
    }
}

impl Reason {
    /// Whether it says why a claim has no place.
    fn is_of_place(self) -> bool {
        matches!(self, Self::PlacesSeveral | Self::PlaceOfOthers)
    }
}

impl Proposal {
    fn doubt(&mut self, reason: Reason) {
        self.confidence *= reason.weight();
        self.reasons.push(reason);
    }
}
