//! Letters on a page → lines → paragraphs.
//!
//! Letters are taken in the order in which they are drawn, which is that of reading in what browsers, office programs and TeX
//! write; it keeps columns apart where geometry alone would run them together. A PDF says neither where words end nor where
//! paragraphs do: both are read from distances.

use hayro_interpret::kurbo::{Point, Vec2};

use super::sheet::Letter;

/// Gap after which a new word begins, in ems. TeX's narrowest space is 0.22 (3.33 pt − 1.11 pt at 10 pt), kerning within words
/// stays below 0.1.
const WORD: f64 = 0.16;
/// The same beside a Han character or kana: justified lines spread these without meaning words.
const WORD_HAN: f64 = 0.6;
/// Gap after which the line is another column or cell, in ems. Spaces of justified text rarely reach 1.
const COLUMN: f64 = 1.5;
/// How far a baseline may lie off that of its line, in ems: superscripts are raised by a third.
const RAISED: f64 = 0.5;
/// Distance of baselines, in ems, up to which lines are of one paragraph: type is set with 1.2, "one and a half" spacing has 1.8.
const LEADING: f64 = 1.9;
/// The same after a line that fills its column: double spacing has 2.4, and so
/// have single lines between blank ones.
const DOUBLE: f64 = 2.45;
/// Share of its column that a line fills when the next word did not fit.
const FULL: f64 = 0.85;
/// Distance of baselines, as a multiple of that of the lines before, from which a paragraph begins.
const WIDER: f64 = 1.25;
/// Indentation that begins a paragraph, in ems.
const INDENT: f64 = 0.8;

/// A line of words.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) size: f64,
    direction: Vec2,
    /// Where it begins and ends along its direction.
    start: f64,
    end: f64,
    /// Where its baseline lies across its direction.
    across: f64,
    /// What follows a gap as wide as that between columns begins a block of its own.
    apart: bool,
}

/// A paragraph, as its lines.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) lines: Vec<Line>,
}

impl Paragraph {
    /// Its words. Lines stay lines, but for Han characters, which know no spaces, and words broken with a soft hyphen.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let line = line.text.trim();
            if text.ends_with('\u{AD}') {
                text.pop();
            } else if !(text.is_empty() || text.ends_with(is_han) && line.starts_with(is_han)) {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }

    /// The size of its letters.
    pub(super) fn size(&self) -> f64 {
        self.lines.iter().map(|line| line.size).fold(0.0, f64::max)
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}')
}

fn along(direction: Vec2, point: Point) -> f64 {
    direction.dot(point.to_vec2())
}

fn across(direction: Vec2, point: Point) -> f64 {
    direction.cross(point.to_vec2())
}

/// Letters on their way into lines.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
}

impl Layout {
    /// Adds a letter; `text` is what stands for it in the rendition.
    pub(super) fn letter(&mut self, letter: &Letter, text: &str) {
        let step = letter.end - letter.origin;
        let length = step.hypot();
        let direction = if length > 1e-6 { step / length } else { Vec2::new(1.0, 0.0) };
        let (start, end) = (along(direction, letter.origin), along(direction, letter.end));
        let fits = self.lines.last().and_then(|line| line.gap(direction, start, letter));
        match (fits, self.lines.last_mut()) {
            (Some(gap), Some(line)) if gap <= COLUMN * line.size.max(letter.size) || text.trim().is_empty() => {
                line.add(text, gap, letter.size, end);
            }
            (gap, _) => {
                let across = across(direction, letter.origin);
                let line = Line {
                    text: text.trim_start().to_owned(),
                    size: letter.size,
                    direction,
                    start,
                    end,
                    across,
                    apart: gap.is_some(),
                };
                if line.text.is_empty() {
                    return;
                }
                self.lines.push(line);
            }
        }
    }

    /// The paragraphs.
    pub(super) fn paragraphs(self) -> Vec<Paragraph> {
        let mut all: Vec<Paragraph> = Vec::new();
        let columns: Vec<(f64, f64)> = self.lines.iter().map(|line| (line.start, line.end)).collect();
        for line in self.lines.into_iter().filter(|line| !line.text.trim().is_empty()) {
            match all.last_mut() {
                Some(paragraph) if continues(&paragraph.lines, &line, &columns) => paragraph.lines.push(line),
                _ => all.push(Paragraph { lines: vec![line] }),
            }
        }
        all
    }
}

impl Line {
    /// The gap before a letter that stands on this line; `None` where it stands on another.
    fn gap(&self, direction: Vec2, start: f64, letter: &Letter) -> Option<f64> {
        let size = self.size.max(letter.size);
        let same_way = self.direction.dot(direction) > 0.99;
        let off = across(self.direction, letter.origin) - self.across;
        let gap = start - self.end;
        (same_way && off.abs() < RAISED * size && gap > -0.8 * size).then_some(gap)
    }

    fn add(&mut self, text: &str, gap: f64, size: f64, end: f64) {
        let ends_in_blank = self.text.ends_with(char::is_whitespace);
        let spread = self.text.ends_with(is_han) || text.starts_with(is_han);
        let word = if spread { WORD_HAN } else { WORD };
        if gap > word * size && !ends_in_blank && !text.starts_with(char::is_whitespace) {
            self.text.push(' ');
        }
        if !(ends_in_blank && text.trim().is_empty()) {
            self.text.push_str(text);
        }
        self.end = self.end.max(end);
        // the size of the line is that of its largest letters: footnote marks are smaller
        self.size = self.size.max(size);
    }
}

/// Whether a line fills its column: that of the lines of the page which begin where it does.
fn is_full(line: &Line, columns: &[(f64, f64)]) -> bool {
    let beside = columns.iter().filter(|(start, _)| (start - line.start).abs() < line.size);
    let right = beside.map(|(_, end)| *end).fold(line.end, f64::max);
    line.end - line.start >= FULL * (right - line.start)
}

/// Whether a line belongs to the paragraph of the lines before it. `columns` are where the lines of the page begin and end.
fn continues(before: &[Line], line: &Line, columns: &[(f64, f64)]) -> bool {
    let (Some(first), Some(last)) = (before.first(), before.last()) else { return false };
    let down = line.across - last.across;
    let size = last.size.max(line.size);
    let alike = line.size / last.size;
    if line.apart || line.direction.dot(last.direction) < 0.99 || !(0.8..1.25).contains(&alike) {
        return false;
    }
    if !(0.2 * size..DOUBLE * size).contains(&down) || line.start > last.end || line.end < last.start {
        return false;
    }
    if down > LEADING * size && !is_full(last, columns) {
        return false;
    }
    let usual = before.windows(2).last().and_then(|pair| Some(pair.last()?.across - pair.first()?.across));
    if usual.is_some_and(|usual| down > WIDER * usual) {
        return false;
    }
    let left = before.iter().map(|line| line.start).fold(first.start, f64::min);
    let right = before.iter().map(|line| line.end).fold(line.end, f64::max);
    // an indented line begins a paragraph, and so does what follows a line that ends a sentence early
    let indented = line.start > left + INDENT * size && (last.start - left).abs() < 0.1 * size;
    let ended = last.text.trim_end().ends_with(['.', '!', '?', '。', '！', '？', ':', '”', '"']);
    let early = last.end < right - 0.15 * (right - left);
    !(indented || ended && early)
}
