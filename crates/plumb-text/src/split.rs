//! A text cut into sentences.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::fold::is_invisible;

/// A sentence is cut here even without a full stop, at the last space before: what reads a sentence may take time that
/// grows faster than its length. The longest sentence of a resolution has some 3,000 bytes.
pub(crate) const LONGEST: usize = 8_192;

/// Abbreviations whose full stop ends no sentence, in lower case, of all four languages.
static ABBREVIATIONS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let text = include_str!("../data/abbreviations.txt");
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// The sentences of a text in order, without white space at their ends; none is empty or longer than [`LONGEST`].
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at = end_of_sentence(text, start);
            let part = text.get(start..at).unwrap_or_default();
            let front = part.len() - part.trim_start().len();
            let trimmed = part.trim().len();
            if trimmed > 0 {
                return Some(start + front..start + front + trimmed);
            }
        }
        None
    })
}

fn end_of_sentence(text: &str, start: usize) -> usize {
    let window_end = floor(text, start.saturating_add(LONGEST).min(text.len()));
    let window = text.get(start..window_end).unwrap_or_default();
    let bytes = window.as_bytes();
    let mut space = 0;
    for (offset, byte) in bytes.iter().enumerate() {
        let cut = match byte {
            b'.' | b'!' | b'?' => ends_at_stop(window, offset),
            b'\n' => ends_at_break(window, offset),
            // 。！？ begin with these bytes
            0xe3 | 0xef => wide_stop(window, offset),
            b' ' => {
                space = offset + 1;
                None
            }
            _ => None,
        };
        if let Some(length) = cut {
            return start + length;
        }
    }
    if window_end == text.len() || space == 0 { window_end } else { start + space }
}

/// The nearest character boundary at or below a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A full stop ends a sentence when white space and no small letter follow, and no abbreviation, initial or number stands before.
fn ends_at_stop(window: &str, offset: usize) -> Option<usize> {
    let after = window.get(offset + 1..)?;
    let closing: usize =
        after.chars().take_while(|one| is_closing(*one) || is_invisible(*one)).map(char::len_utf8).sum();
    let rest = after.get(closing..)?;
    let spaces: usize = rest.chars().take_while(|one| one.is_whitespace()).map(char::len_utf8).sum();
    if rest.is_empty() {
        return Some(offset + 1 + closing);
    }
    let next = rest.get(spaces..)?.chars().next();
    if spaces == 0 || next.is_some_and(char::is_lowercase) {
        return None;
    }
    if window.as_bytes().get(offset) == Some(&b'.') && is_abbreviation(window.get(..offset)?, next) {
        return None;
    }
    Some(offset + 1 + closing)
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '】')
}

fn is_abbreviation(before: &str, next: Option<char>) -> bool {
    let word: Vec<char> =
        before.chars().rev().take_while(|one| one.is_alphanumeric() || *one == '.').take(12).collect();
    let word: String = word.into_iter().rev().collect();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // "2017 г. Россия": "г." ends a sentence as often as not; before a digit or capital it is left whole
    let folded = word.to_lowercase();
    let known = ABBREVIATIONS.contains(folded.as_str());
    let list_number = word.len() <= 3
        && word.chars().all(|one| one.is_ascii_digit())
        && before.trim_end_matches(|one: char| one.is_ascii_digit()).trim().is_empty();
    (initial && next.is_some_and(|one| !one.is_numeric())) || known || list_number
}

/// An empty line ends a sentence; so does a line break before a list item or after a heading, which has no full stop:
/// a break after a short line, followed by a capital or digit.
fn ends_at_break(window: &str, offset: usize) -> Option<usize> {
    let rest = window.get(offset + 1..)?;
    let next = rest.trim_start_matches([' ', '\t', '\r']);
    let empty_line = next.starts_with('\n');
    let item = next.starts_with(['•', '*', '–', '—', '-', '|', '#', '·']);
    (empty_line || item).then_some(offset + 1)
}

fn wide_stop(window: &str, offset: usize) -> Option<usize> {
    let rest = window.get(offset..)?;
    let first = rest.chars().next().filter(|one| matches!(one, '。' | '！' | '？' | '．'))?;
    if first == '．' && rest.chars().nth(1).is_some_and(char::is_numeric) {
        return None;
    }
    let after = rest.get(first.len_utf8()..)?;
    let closing: usize = after.chars().take_while(|one| is_closing(*one)).map(char::len_utf8).sum();
    Some(offset + first.len_utf8() + closing)
}
