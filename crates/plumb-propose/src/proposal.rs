//! A proposed claim, and how a document yields them.

use std::fmt::Write as _;
use std::ops::Range;

use plumb_document::{Anchor, Document};
use plumb_text::{Extractor, Sentence};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::draft::Draft;

/// Characters of a sentence that are shown around a figure; more than three lines of text are no context but the text.
const LONGEST_CONTEXT: usize = 600;

/// A claim that a document seems to make, anchored to the words that carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its name: a hash of the document's SHA-256, the place and the cells. The same words read the same way have the same id.
    pub id: String,
    /// The cells that the row in `claims.csv` would have.
    pub claim: Draft,
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

/// The claims that the prose of a document seems to make, in the order of the text.
pub fn propose(document: &Document, extractor: &dyn Extractor) -> Vec<Proposal> {
    // no hints: a paragraph may have several languages, and of those that are read the letters of a sentence tell which it is
    let sentences = extractor.extract(&document.text, &[]);
    let mut proposals: Vec<Proposal> = sentences
        .iter()
        .flat_map(|sentence| sentence.claims.iter().map(|claim| of_claim(document, sentence, claim)))
        .collect();
    // two figures of one sentence may come out as one claim in the same words
    proposals.dedup_by(|one, two| one.id == two.id);
    proposals
}

fn of_claim(document: &Document, sentence: &Sentence, found: &plumb_text::Proposal) -> Proposal {
    let claim = draft(document, found);
    let anchor = document.anchor(found.range.clone());
    Proposal {
        id: id(&document.sha256, &found.range, &claim),
        claim,
        locator: document.locator(&found.range),
        context: shortened(&one_line(document.text.slice(sentence.range.clone()))),
        language: sentence.language.code().to_owned(),
        other_measures: found.other_measures.clone(),
        // two digits are more than the weights behind it can bear
        confidence: f64::from(percent(found.confidence)) / 100.0,
        reasons: found.reasons.iter().map(|reason| reason.text().to_owned()).collect(),
        anchor,
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
fn id(sha256: &str, range: &Range<usize>, claim: &Draft) -> String {
    let mut hash = Sha256::new();
    let place = format!("{}-{}", range.start, range.end);
    let cells = claim.cells().flat_map(|(field, value)| [field, value]);
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

fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(LONGEST_CONTEXT) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}
