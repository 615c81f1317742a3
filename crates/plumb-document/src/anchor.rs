//! Words of a document named as W3C Web Annotation selectors, and found again.
//!
//! Web Annotation Data Model, W3C Recommendation of 2017-02-23: `TextQuoteSelector` (§4.2.4), `TextPositionSelector`
//! (§4.2.5), `FragmentSelector` (§4.2.1) with `page=N` of RFC 8118 §3. Positions count Unicode code points of the rendition.
//!
//! An anchor is never moved in silence: when its words are not where they were, [`Lost`] says where they may be.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Document;

/// Characters before and after the words that are kept to know them again. 32 is what Hypothesis writes, so that tools find
/// what they expect.
const CONTEXT: usize = 32;

/// Places that are named when words stand at several. More would be read by nobody.
const MOST_PLACES: usize = 20;

/// Some words of a document. In JSON it is the list of its W3C selectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Selector>", try_from = "Vec<Selector>")]
pub struct Anchor {
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands after them.
    pub suffix: String,
    /// Where they begin, in code points.
    pub start: usize,
    /// Where they end, in code points.
    pub end: usize,
    /// The page that they begin on, from 1.
    pub page: Option<u32>,
}

/// Why an anchor does not hold, with places in bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "lost")]
pub enum Lost {
    /// The words stand at the place, but what stands around them has changed: they may now say something else.
    #[error("the words are still there, but the text around them has changed")]
    ContextChanged {
        /// The place.
        range: Range<usize>,
    },
    /// The words stand at one other place: the only one, or the only one with the same text around them.
    #[error("the words have moved")]
    Moved {
        /// The place.
        range: Range<usize>,
    },
    /// The words stand at several places, and the text around them does not decide.
    #[error("the words stand at several places")]
    Ambiguous {
        /// The first twenty of these places.
        ranges: Vec<Range<usize>>,
    },
    /// The words are not in the text.
    #[error("the words are not in the text any more")]
    Gone,
}

impl Document {
    /// The anchor of a range of bytes of the rendition, which is first [clamped](crate::Rendition::clamp) to whole characters.
    pub fn anchor(&self, range: Range<usize>) -> Anchor {
        let range = self.text.clamp(range);
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        let begin = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
        let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        Anchor {
            exact: self.text.slice(range.clone()).to_owned(),
            prefix: before.get(begin..).unwrap_or_default().to_owned(),
            suffix: after.get(..end).unwrap_or_default().to_owned(),
            start: self.text.code_point(range.start),
            end: self.text.code_point(range.end),
            page: self.page_at(&range).map(|page| page.number),
        }
    }

    /// The range, in bytes, of the anchor's words: where the anchor says, with the same text around them.
    ///
    /// # Errors
    /// The words are not there, or not in the same surroundings; [`Lost`] says what was found instead.
    pub fn resolve(&self, anchor: &Anchor) -> Result<Range<usize>, Lost> {
        let start = self.text.byte(anchor.start);
        let end = self.text.byte(anchor.end);
        if let (Some(start), Some(end)) = (start, end)
            && self.text.get(start..end) == Some(&anchor.exact)
        {
            let range = start..end;
            return if self.is_surrounded(&range, anchor) { Ok(range) } else { Err(Lost::ContextChanged { range }) };
        }
        Err(self.search(anchor))
    }

    fn is_surrounded(&self, range: &Range<usize>, anchor: &Anchor) -> bool {
        self.text.get(..range.start).is_some_and(|before| before.ends_with(&anchor.prefix))
            && self.text.get(range.end..).is_some_and(|after| after.starts_with(&anchor.suffix))
    }

    /// Where the anchor's words stand now.
    fn search(&self, anchor: &Anchor) -> Lost {
        if anchor.exact.is_empty() {
            return Lost::Gone;
        }
        let ranges = || self.text.match_indices(&anchor.exact).map(|(at, words)| at..at + words.len());
        let only = |mut found: Vec<Range<usize>>| if found.len() == 1 { found.pop() } else { None };
        if let Some(range) = only(ranges().take(2).collect()) {
            return Lost::Moved { range };
        }
        let in_context = ranges().filter(|range| self.is_surrounded(range, anchor)).take(2).collect();
        if let Some(range) = only(in_context) {
            return Lost::Moved { range };
        }
        let ranges: Vec<_> = ranges().take(MOST_PLACES).collect();
        if ranges.is_empty() { Lost::Gone } else { Lost::Ambiguous { ranges } }
    }
}

/// A selector as the W3C writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: String,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        suffix: String,
    },
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
    #[serde(rename = "FragmentSelector", rename_all = "camelCase")]
    Fragment {
        #[serde(default)]
        conforms_to: String,
        value: String,
    },
}

/// The specification of fragments of PDF. The W3C's table names RFC 3778, which RFC 8118 has replaced since.
const PDF_FRAGMENTS: &str = "http://tools.ietf.org/rfc/rfc8118";

impl From<Anchor> for Vec<Selector> {
    fn from(anchor: Anchor) -> Self {
        let Anchor { exact, prefix, suffix, start, end, page } = anchor;
        let mut selectors = vec![Selector::Quote { exact, prefix, suffix }, Selector::Position { start, end }];
        let conforms_to = PDF_FRAGMENTS.to_owned();
        selectors.extend(page.map(|page| Selector::Fragment { conforms_to, value: format!("page={page}") }));
        selectors
    }
}

impl TryFrom<Vec<Selector>> for Anchor {
    type Error = &'static str;

    fn try_from(selectors: Vec<Selector>) -> Result<Self, Self::Error> {
        let (mut quote, mut position, mut page) = (None, None, None);
        for selector in selectors {
            match selector {
                Selector::Quote { exact, prefix, suffix } => quote = Some((exact, prefix, suffix)),
                Selector::Position { start, end } => position = Some((start, end)),
                Selector::Fragment { value, .. } => {
                    page = value.strip_prefix("page=").and_then(|page| page.parse().ok());
                }
            }
        }
        let (exact, prefix, suffix) = quote.ok_or("an anchor needs a TextQuoteSelector")?;
        let (start, end) = position.ok_or("an anchor needs a TextPositionSelector")?;
        Ok(Self { exact, prefix, suffix, start, end, page })
    }
}
