//! How near two things stand in a sentence: bytes between them, and whether another figure or a clause lies between.

use std::ops::Range;

/// Within so many bytes a word certainly bears on a figure; a noun phrase with its verb is about as long.
const NEAR: usize = 60;

/// Beyond so many bytes it hardly does.
pub(crate) const FAR: usize = 240;

/// What is left of a bearing over another figure: "2,035 tourist and 2,610 student visas".
const OVER_FIGURE: f64 = 0.35;

/// What is left of it over a semicolon, which parts what could be sentences.
const OVER_SENTENCE: f64 = 0.5;

/// What is left of it over a comma or bracket.
const OVER_CLAUSE: f64 = 0.8;

/// What is left of it on the side where a date or place stands less often. It decides only between equals.
const OTHER_SIDE: f64 = 0.95;

/// The figures of a sentence, between which words are shared out.
pub(crate) struct Surroundings<'a> {
    pub(crate) text: &'a str,
    pub(crate) figures: Vec<Range<usize>>,
    /// Where dates and places stand by habit: behind their figure in English and Russian, before it in Korean and Chinese.
    pub(crate) after: bool,
}

impl Surroundings<'_> {
    /// From 0 to 1: how much a word bears on a figure.
    pub(crate) fn bearing(&self, figure: &Range<usize>, word: &Range<usize>) -> f64 {
        let between = between(figure, word);
        let distance = between.len();
        let scale = self.scale();
        let near = if distance <= NEAR * scale {
            1.0
        } else if distance >= FAR * scale {
            0.3
        } else {
            // a straight line from 1 to 0.3
            let beyond = u32::try_from(distance - NEAR * scale).map_or(1.0, f64::from);
            let width = u32::try_from((FAR - NEAR) * scale).map_or(1.0, f64::from);
            1.0 - 0.7 * beyond / width
        };
        let crosses = self.crosses(figure, &between);
        let gap = self.text.get(between).unwrap_or_default();
        let clause = if gap.contains([';', '；']) {
            OVER_SENTENCE
        } else if gap.contains([',', '，', ':', '(', '—', '–']) {
            OVER_CLAUSE
        } else {
            1.0
        };
        // of two that are equally near the closer one counts a little more
        let tie = 1.0 - u32::try_from(distance.min(1000)).map_or(0.0, f64::from) / 20_000.0;
        let side = if (word.start >= figure.end) == self.after { 1.0 } else { OTHER_SIDE };
        near * tie * side * if crosses { OVER_FIGURE } else { 1.0 } * clause
    }

    /// Whether another figure lies in a gap. Figures are in order and do not overlap.
    fn crosses(&self, figure: &Range<usize>, gap: &Range<usize>) -> bool {
        let first = self.figures.partition_point(|one| one.end <= gap.start);
        self.figures.iter().skip(first).take_while(|one| one.start < gap.end).take(2).any(|one| one != figure)
    }

    /// Letters outside ASCII take two or three bytes.
    fn scale(&self) -> usize {
        if self.text.is_ascii() { 1 } else { 2 }
    }
}

/// The bytes between two ranges; empty when they touch or overlap.
pub(crate) fn between(one: &Range<usize>, two: &Range<usize>) -> Range<usize> {
    if one.end <= two.start {
        one.end..two.start
    } else if two.end <= one.start {
        two.end..one.start
    } else {
        one.start..one.start
    }
}

/// From the start of the first to the end of the last.
pub(crate) fn cover(one: &Range<usize>, two: &Range<usize>) -> Range<usize> {
    one.start.min(two.start)..one.end.max(two.end)
}
