//! How near two things stand in a sentence: bytes between them, and whether another figure or a clause lies between.

use std::ops::Range;

use crate::Language;

/// Within so many bytes a word certainly bears on a figure; a noun phrase with its verb is about as long.
const NEAR: usize = 60;

/// Beyond so many bytes it hardly does, and beyond twice as many not at all.
pub(crate) const FAR: usize = 240;

/// How much "hardly" is.
const HARDLY: f64 = 0.3;

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
    text: &'a str,
    /// In order, without overlaps.
    figures: Vec<Range<usize>>,
    /// Where dates and places stand by habit: behind their figure in English and Russian, before it in Korean and Chinese.
    behind: bool,
    /// Letters outside ASCII take two or three bytes.
    scale: usize,
}

impl<'a> Surroundings<'a> {
    pub(crate) fn new(text: &'a str, figures: Vec<Range<usize>>, language: Language) -> Self {
        let behind = matches!(language, Language::English | Language::Russian);
        Self { text, figures, behind, scale: if text.is_ascii() { 1 } else { 2 } }
    }

    /// From 0 to 1: how much a word bears on a figure.
    pub(crate) fn bearing(&self, figure: &Range<usize>, word: &Range<usize>) -> f64 {
        let between = between(figure, word);
        let near = self.nearness(between.len());
        if near <= 0.0 {
            return 0.0;
        }
        let crossing = if self.crosses(figure, &between) { OVER_FIGURE } else { 1.0 };
        let gap = self.text.get(between).unwrap_or_default();
        let clause = if gap.contains([';', '；']) {
            OVER_SENTENCE
        } else if gap.contains([',', '，', ':', '(', '—', '–']) {
            OVER_CLAUSE
        } else {
            1.0
        };
        near * crossing * clause
    }

    /// The same for a date or place, which stands by habit on one side of its figure.
    pub(crate) fn bearing_by_side(&self, figure: &Range<usize>, word: &Range<usize>) -> f64 {
        let side = if (word.start >= figure.end) == self.behind { 1.0 } else { OTHER_SIDE };
        side * self.bearing(figure, word)
    }

    /// 1 up to [`NEAR`], falling in a straight line to [`HARDLY`] at [`FAR`], nothing beyond twice that. Of two that are
    /// equally near the closer one counts a trifle more.
    fn nearness(&self, distance: usize) -> f64 {
        let (near, far) = (NEAR * self.scale, FAR * self.scale);
        let number = |value: usize| u32::try_from(value).map_or(f64::MAX, f64::from);
        let trifle = number(distance) / 20_000.0;
        match distance {
            _ if distance <= near => 1.0 - trifle,
            _ if distance <= far => 1.0 - (1.0 - HARDLY) * number(distance - near) / number(far - near) - trifle,
            _ if distance <= 2 * far => HARDLY - trifle,
            _ => 0.0,
        }
    }

    /// Whether another figure lies in a gap.
    fn crosses(&self, figure: &Range<usize>, gap: &Range<usize>) -> bool {
        let first = self.figures.partition_point(|one| one.end <= gap.start);
        self.figures.iter().skip(first).take_while(|one| one.start < gap.end).take(2).any(|one| one != figure)
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
