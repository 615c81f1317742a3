//! A proposed claim or event, and how a document yields them.

use std::fmt::Write as _;
use std::ops::Range;

use plumb_document::{Anchor, Document};
use plumb_text::{Extractor, Sentence};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::draft::{Draft, Kind};
use crate::event;

/// Characters of a sentence that are shown around a figure; more than three lines of text are no context but the text.
const LONGEST_CONTEXT: usize = 600;

/// A claim or event that a document seems to tell of, anchored to the words that carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its name: a hash of the document's SHA-256, the place and the cells. The same words read the same way have the same id.
    pub id: String,
    /// What it would be in the case.
    #[serde(default)]
    pub kind: Kind,
    /// The cells that its row would have.
    #[serde(alias = "claim")]
    pub draft: Draft,
    /// The words, as W3C selectors.
    pub anchor: Anchor,
    /// Where they stand, in words for a person: `page 3`.
    pub locator: String,
    /// The sentence that they stand in.
    pub context: String,
    /// BCP 47 code of its language.
    pub language: String,
    /// Other measures that the words allow, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_measures: Vec<String>,
    /// 0 to 1: how sure the reader is that the text says this. It says nothing of whether it is true.
    pub confidence: f64,
    /// What spoke for and against it, in words.
    pub reasons: Vec<String>,
}

/// The claims and events that the prose of a document seems to tell of, in the order of its sentences.
pub fn propose(document: &Document, extractor: &dyn Extractor) -> Vec<Proposal> {
    // no hints: a paragraph may have several languages, and of those that are read the letters of a sentence tell which it is
    let sentences = extractor.extract(&document.text, &[]);
    let mut proposals: Vec<Proposal> = Vec::new();
    for sentence in &sentences {
        proposals.extend(sentence.claims.iter().map(|claim| of_claim(document, sentence, claim)));
        proposals.extend(sentence.events.iter().filter_map(|event| event::propose(document, sentence, event)));
    }
    // two figures of one sentence may come out as one claim in the same words
    proposals.dedup_by(|one, two| one.id == two.id);
    proposals
}

fn of_claim(document: &Document, sentence: &Sentence, found: &plumb_text::Proposal) -> Proposal {
    let reasons = found.reasons.iter().map(|reason| reason.text().to_owned()).collect();
    let other_measures = found.other_measures.clone();
    let proposal = new(document, sentence, Kind::Claim, &found.range, draft(document, found), found.confidence);
    Proposal { other_measures, reasons, ..proposal }
}

/// A proposal without reasons.
pub(crate) fn new(
    document: &Document,
    sentence: &Sentence,
    kind: Kind,
    range: &Range<usize>,
    draft: Draft,
    confidence: f64,
) -> Proposal {
    Proposal {
        id: id(&document.sha256, range, kind, &draft),
        kind,
        draft,
        locator: document.locator(range),
        context: shortened(&one_line(document.text.slice(sentence.range.clone())), LONGEST_CONTEXT),
        language: sentence.language.code().to_owned(),
        other_measures: Vec::new(),
        // two digits are more than the weights behind it can bear
        confidence: f64::from(percent(confidence)) / 100.0,
        reasons: Vec::new(),
        anchor: document.anchor(range.clone()),
    }
}

/// A share as whole percent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 100 before")]
fn percent(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0 + 0.5) as u8
}

fn draft(document: &Document, found: &plumb_text::Proposal) -> Draft {
    let words = |range: &Range<usize>| one_line(document.text.slice(range.clone()));
    let stated = &found.stated;
    let mut draft = Draft::default();
    draft.set_quantity(&stated.quantity);
    draft.put("measure", found.measure.clone().unwrap_or_default());
    draft.put("place", found.place.clone().unwrap_or_default());
    draft.put("period", found.period.map(|period| period.to_string()).unwrap_or_default());
    draft.put("words", stated.qualifier.as_ref().map(words).unwrap_or_default());
    draft.put("said_by", found.speaker.as_ref().map(|speaker| words(&speaker.range)).unwrap_or_default());
    draft.put("subject", subject(document, found).unwrap_or_default());
    if found.negated {
        draft.put("note", "The text denies this");
    }
    draft
}

/// Who or what is counted, in the document's words: from the number to the end of the unit, `North Korean workers`.
fn subject(document: &Document, found: &plumb_text::Proposal) -> Option<String> {
    /// Between a number and what it counts stand a few words at most; what is further off is another part of the sentence.
    const LONGEST: usize = 80;
    let unit = found.stated.unit.as_ref()?;
    // of money and of a share the unit says what is measured, not who
    let counted = found.stated.quantity.unit();
    let counted = counted.currency().is_none() && !matches!(counted.as_str(), "share" | "percent");
    let range = found.stated.number.end..unit.end;
    let fits = counted && unit.start >= range.start && range.len() <= LONGEST;
    fits.then(|| one_line(document.text.slice(range)))
}

/// The name of a proposal. 64 bits: among a million proposals two share one with a chance of one in 37 million.
fn id(sha256: &str, range: &Range<usize>, kind: Kind, draft: &Draft) -> String {
    let mut hash = Sha256::new();
    let place = format!("{}-{}", range.start, range.end);
    let cells = draft.cells(kind).flat_map(|(field, value)| [field, value]);
    for part in [sha256, &place].into_iter().chain(cells) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).fold(String::with_capacity(16), |mut id, byte| {
        // writing to a String cannot fail
        let _ok = write!(id, "{byte:02x}");
        id
    })
}

/// Words as one line, blanks of all sorts as one space.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a sentence that is longer than so many characters.
pub(crate) fn shortened(sentence: &str, longest: usize) -> String {
    match sentence.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}
