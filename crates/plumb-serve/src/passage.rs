//! The passage of a text in which a search found something, with the words that were found told apart.

use std::ops::Range;

use serde::Serialize;

/// Characters before the first find.
const BEFORE: usize = 60;

/// Characters in all.
const LENGTH: usize = 240;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

/// The passage around the first place where one of the terms stands, upper and lower case being alike; the beginning of the
/// text when none does.
pub(crate) fn passage<'a>(text: &str, terms: impl Iterator<Item = &'a str>) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let folded: Vec<char> = letters.iter().map(|letter| fold(*letter)).collect();
    let mut finds: Vec<Range<usize>> = terms.flat_map(|term| places(&folded, term)).collect();
    finds.sort_by_key(|find| (find.start, find.end));
    let (start, end) = window(&letters, finds.first().map_or(0, |find| find.start));
    let mut pieces = Vec::new();
    let mut at = start;
    for find in finds.iter().filter(|find| find.start < end) {
        push(&mut pieces, &letters, at..find.start, false);
        push(&mut pieces, &letters, at.max(find.start)..find.end, true);
        at = at.max(find.end);
    }
    push(&mut pieces, &letters, at..end, false);
    if start > 0 {
        pieces.insert(0, Piece { text: "… ".to_owned(), found: false });
    }
    if at.max(end) < letters.len() {
        pieces.push(Piece { text: " …".to_owned(), found: false });
    }
    pieces
}

/// Where a passage around a place begins and ends: between words where there are any near.
fn window(letters: &[char], find: usize) -> (usize, usize) {
    let space = |at: &usize| letters.get(*at).is_some_and(|letter| letter.is_whitespace());
    let start = find.saturating_sub(BEFORE);
    let start = if start == 0 { 0 } else { (start..find).find(space).map_or(start, |at| at + 1) };
    let end = start.saturating_add(LENGTH);
    if end >= letters.len() {
        return (start, letters.len());
    }
    (start, (find.saturating_add(1)..end).rfind(space).unwrap_or(end))
}

/// Lower case, letter by letter, so that places stay the same.
fn fold(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

fn places(folded: &[char], term: &str) -> Vec<Range<usize>> {
    let term: Vec<char> = term.chars().map(fold).collect();
    if term.is_empty() {
        return Vec::new();
    }
    let here = folded.windows(term.len()).enumerate().filter(|(_, window)| *window == term.as_slice());
    here.map(|(start, _)| start..start + term.len()).collect()
}

/// Adds the letters of a range, if there are any; line ends of the text become dots between its parts.
fn push(pieces: &mut Vec<Piece>, letters: &[char], range: Range<usize>, found: bool) {
    let text: String = letters.get(range).unwrap_or_default().iter().collect();
    if !text.is_empty() {
        pieces.push(Piece { text: text.replace('\n', " · "), found });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, terms: &[&str]) -> String {
        let piece = |piece: &Piece| if piece.found { format!("[{}]", piece.text) } else { piece.text.clone() };
        passage(text, terms.iter().copied()).iter().map(piece).collect()
    }

    #[test]
    fn finds_are_marked_in_any_script_and_case() {
        assert_eq!(marked("북조선 Mokran\nООО Мокран", &["조선", "мокран"]), "북[조선] Mokran · ООО [Мокран]");
        assert_eq!(marked("aaa", &["aa"]), "[aa][a]");
        assert_eq!(marked("nothing here", &["else"]), "nothing here");
        assert_eq!(marked("", &["x"]), "");
    }

    #[test]
    fn long_texts_are_cut_around_the_find() {
        let text = format!("{}needle{}", "x".repeat(500), "y".repeat(500));
        let cut = marked(&text, &["needle"]);
        assert!(cut.starts_with("… xxx") && cut.contains("x[needle]y") && cut.ends_with("y …"));
        assert!(cut.chars().count() < LENGTH + 10);
    }

    #[test]
    fn a_cut_falls_between_words_where_it_can() {
        let text = format!("{}needle {}", "alpha ".repeat(100), "omega ".repeat(100));
        let cut = marked(&text, &["needle"]);
        assert!(cut.starts_with("… alpha ") && cut.ends_with("omega …"), "{cut}");
    }
}
