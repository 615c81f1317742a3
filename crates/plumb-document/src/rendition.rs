//! The frozen text of a document, with positions in bytes and in code points.
//!
//! Rust counts bytes, the W3C counts Unicode code points. A mark every few kilobytes makes either into the other at the
//! cost of counting one stretch.

use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize};

/// Bytes between two marks. Counting through one stretch takes a microsecond or so; the marks are a thousandth of the text.
const STRETCH: usize = 8 * 1024;

/// A text that does not change any more. Derefs to `str`; its positions are those of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Rendition {
    text: String,
    /// How many code points begin before the byte `STRETCH × n`.
    marks: Vec<usize>,
}

impl Rendition {
    /// The text as `str`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The position in code points of this position in bytes. A position within a character counts as its end, one beyond
    /// the text as the end of the text.
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stretch = byte / STRETCH;
        let marked = self.marks.get(stretch).copied().unwrap_or_default();
        marked + self.text.as_bytes().get(stretch * STRETCH..byte).map_or(0, starts)
    }

    /// The position in bytes of this position in code points, if the text is that long.
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        let stretch = self.marks.partition_point(|mark| *mark <= code_point).checked_sub(1)?;
        let mut begin = (stretch * STRETCH).min(self.text.len());
        while !self.text.is_char_boundary(begin) {
            begin += 1;
        }
        let ahead = code_point - self.marks.get(stretch)?;
        let rest = self.text.get(begin..)?;
        let ends = rest.char_indices().map(|(at, _)| begin + at).chain([self.text.len()]);
        ends.take(ahead + 1).nth(ahead)
    }

    /// The widest range within this one whose ends lie between characters and within the text.
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start.min(self.text.len());
        let mut end = range.end.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        start..end.max(start)
    }

    /// The words at the range, [clamped](Self::clamp).
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(self.clamp(range)).unwrap_or_default()
    }
}

/// How many code points begin in the bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

impl From<String> for Rendition {
    fn from(text: String) -> Self {
        let stretches = text.as_bytes().chunks(STRETCH).map(starts);
        let sums = stretches.scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        });
        let marks = [0].into_iter().chain(sums).collect();
        Self { text, marks }
    }
}

impl From<Rendition> for String {
    fn from(rendition: Rendition) -> Self {
        rendition.text
    }
}

impl Deref for Rendition {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_turn_into_one_another_across_marks() {
        let text = "a조é\u{301}😀\r\n".repeat(1_000);
        let rendition = Rendition::from(text.clone());
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!((rendition.code_point(byte), rendition.byte(count)), (count, Some(byte)));
        }
        let all = text.chars().count();
        assert_eq!((rendition.code_point(text.len()), rendition.byte(all)), (all, Some(text.len())));
        assert_eq!(rendition.byte(all + 1), None);
        assert_eq!(Rendition::from(String::new()).byte(0), Some(0));
    }

    #[test]
    fn a_range_is_cut_to_whole_characters() {
        let rendition = Rendition::from("조선".to_owned());
        assert_eq!((rendition.clamp(1..5), rendition.clamp(1..2), rendition.clamp(3..99)), (3..3, 3..3, 3..6));
    }
}
