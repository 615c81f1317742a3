//! Lower case that keeps every byte where it was, so that what is found in the folded text is found in the text.

/// The text in lower case, of the same length in bytes, characters on the same bytes.
///
/// A character whose lower case has another length stays as it is; none of the four languages has one. Hyphens
/// and line breaks become spaces, since `North-Korean` and a name broken over two lines must be found; Russian `ё` becomes
/// `е`, which most texts print for it.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace(['-', '\n', '\r', '\t'], " ");
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'A'..='Z' => folded.push(character.to_ascii_lowercase()),
            '-' | '\n' | '\r' | '\t' => folded.push(' '),
            _ if character.is_ascii() => folded.push(character),
            'ё' | 'Ё' => folded.push('е'),
            '\u{ac00}'..='\u{d7a3}' | '\u{3400}'..='\u{9fff}' => folded.push(character),
            _ => folded.push(lower(character)),
        }
    }
    folded
}

fn lower(character: char) -> char {
    let mut all = character.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) if one.len_utf8() == character.len_utf8() => one,
        _ => character,
    }
}

/// Not seen, and no part of a word or number: zero width, direction marks, soft hyphen, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}
