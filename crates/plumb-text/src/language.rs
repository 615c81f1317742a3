//! The languages that are read, and which of them a sentence is in.

use std::ops::Range;

/// A language with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, and whatever else is in Latin letters.
    English,
    /// Russian, and whatever else is in Cyrillic letters.
    Russian,
    /// Korean.
    Korean,
    /// Chinese, simplified or traditional.
    Chinese,
}

/// What is known of the language of a stretch of the text, by whoever took it out of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The bytes that it holds for.
    pub range: Range<usize>,
    /// Their language.
    pub language: Language,
}

impl Language {
    /// All of them with their BCP 47 code.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::English, "en"), (Self::Russian, "ru"), (Self::Korean, "ko"), (Self::Chinese, "zh")];

    /// Its BCP 47 code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(language, _)| *language == self).map_or("", |(_, code)| code)
    }

    /// The language of a BCP 47 code, subtags aside: `zh-Hant` is Chinese. `None` when it has no rules.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split('-').next().unwrap_or_default();
        Self::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(primary)).map(|(language, _)| *language)
    }

    /// The language of a sentence by its letters. The script decides, for each of the four has its own: Hangul is Korean
    /// even with many Chinese characters in between. Names in a foreign script must not tip it, so syllables and
    /// characters, which carry more than a letter each, weigh three letters.
    pub fn of(sentence: &str) -> Self {
        if sentence.is_ascii() {
            return Self::English;
        }
        let (mut latin, mut cyrillic, mut hangul, mut han) = (0_usize, 0, 0, 0);
        for character in sentence.chars() {
            match character {
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
                '\u{400}'..='\u{52f}' => cyrillic += 1,
                '\u{ac00}'..='\u{d7a3}' => hangul += 3,
                '\u{3400}'..='\u{9fff}' => han += 3,
                _ => {}
            }
        }
        let most = latin.max(cyrillic).max(hangul).max(han);
        match most {
            0 => Self::English,
            _ if hangul > 0 && hangul + han >= latin.max(cyrillic) && hangul * 5 >= han => Self::Korean,
            _ if han == most => Self::Chinese,
            _ if cyrillic == most => Self::Russian,
            _ => Self::English,
        }
    }
}
