//! Unicode: one spelling for what looks alike. Idempotent.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters that are not seen: zero width, direction marks, soft hyphen, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    !character.is_ascii()
        && matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{640}' | '\u{e0100}'..='\u{e01ef}')
}

/// Apostrophes and marks of aspiration or softness that stand inside a word.
pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʹ' | 'ʾ' | 'ʿ' | '`' | '´' | '′' | '＇' | '‛' | 'ˈ')
}

/// Lower case, compatibility forms, no marks, no invisible characters; Hangul stays composed, kana keep their voicing and Devanagari its vowels.
///
/// `fold(fold(x)) == fold(x)` for every text.
pub fn fold(text: &str) -> String {
    if let Some(folded) = plain_text(text, unmarked) {
        return folded;
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_invisible(character) || (is_combining_mark(character) && !is_sound(character)) {
            continue;
        }
        match letter(character) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(hiragana(character)),
        }
    }
    plain.nfc().collect()
}

/// Whether a mark is a sound of its own: the voicing of kana, and vowels of Devanagari.
fn is_sound(mark: char) -> bool {
    matches!(mark, '\u{3099}' | '\u{309a}' | '\u{900}'..='\u{903}' | '\u{93e}'..='\u{94d}')
}

/// A text of [`plain`] characters, each further changed; nothing if it has others.
pub(crate) fn plain_text(text: &str, change: impl Fn(char) -> char) -> Option<String> {
    let mut changed = String::with_capacity(text.len());
    for character in text.chars() {
        changed.push(change(plain(character)?));
    }
    Some(changed)
}

/// The small letter or the digit of the characters of nearly all names, which stand for themselves whatever stands beside them: plain
/// Latin and Russian letters, Hangul syllables, Han.
pub(crate) fn plain(character: char) -> Option<char> {
    match character {
        'a'..='z' | '0'..='9' | 'а'..='я' | 'ё' | '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' => {
            Some(character)
        }
        'A'..='Z' => Some(character.to_ascii_lowercase()),
        'А'..='Я' => char::from_u32(u32::from(character) + 0x20),
        'Ё' => Some('ё'),
        _ => None,
    }
}

/// The [`plain`] letters that Unicode writes with a mark, without it.
fn unmarked(character: char) -> char {
    match character {
        'й' => 'и',
        'ё' => 'е',
        _ => character,
    }
}

/// Letters that Unicode does not decompose, and variants of one letter.
fn letter(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ŋ' => "ng",
        'ə' => "a",
        'ς' => "σ",
        // Arabic: forms of one letter on different keyboards, and carriers of hamza
        'ک' => "ك",
        'ی' | 'ى' | 'ے' => "ي",
        'ہ' | 'ھ' | 'ة' | 'ە' => "ه",
        'ٱ' => "ا",
        _ if is_apostrophe(character) => "",
        _ => return None,
    })
}

/// Katakana as Hiragana, so that one table reads both.
fn hiragana(character: char) -> char {
    match u32::from(character) {
        code @ 0x30a1..=0x30f6 => char::from_u32(code - 0x60).unwrap_or(character),
        _ => character,
    }
}
