//! The order of an index of names in several scripts: Latin by letter, Cyrillic by letter, then the other scripts.

use crate::language::language_of;

/// Under which heading of the index a name stands; the order of the headings is that of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    /// A Latin letter, without its marks, in capital.
    Latin(char),
    /// A Cyrillic letter, in capital.
    Cyrillic(char),
    /// Korean.
    Hangul,
    /// Chinese.
    Han,
    /// Japanese.
    Kana,
    /// Arabic and Persian.
    Arabic,
    /// Digits, signs and what has no heading of its own.
    Other,
}

impl Heading {
    /// The heading of a name: that of its first letter or digit.
    pub(super) fn of(name: &str) -> Self {
        let Some(first) = name.chars().find(|letter| letter.is_alphanumeric()) else { return Self::Other };
        let first = base(first).to_uppercase().next().unwrap_or(first);
        match language_of(&first.to_string()) {
            "ko" => Self::Hangul,
            "ja" => Self::Kana,
            "zh" => Self::Han,
            "ar" => Self::Arabic,
            "ru" => Self::Cyrillic(first),
            _ if first.is_ascii_alphabetic() => Self::Latin(first),
            _ => Self::Other,
        }
    }

    /// The words of the heading.
    pub(super) fn words(self) -> String {
        match self {
            Self::Latin(letter) | Self::Cyrillic(letter) => letter.to_string(),
            Self::Hangul => "한글 (Korean)".to_owned(),
            Self::Han => "汉字 (Chinese)".to_owned(),
            Self::Kana => "かな (Japanese)".to_owned(),
            Self::Arabic => "Arabic".to_owned(),
            Self::Other => "Digits and signs".to_owned(),
        }
    }

    /// A name for its anchor.
    pub(super) fn anchor(self) -> String {
        match self {
            Self::Latin(letter) => format!("latin-{}", letter.to_ascii_lowercase()),
            Self::Cyrillic(letter) => format!("cyrillic-{:x}", u32::from(letter)),
            Self::Hangul => "hangul".to_owned(),
            Self::Han => "han".to_owned(),
            Self::Kana => "kana".to_owned(),
            Self::Arabic => "arabic".to_owned(),
            Self::Other => "other".to_owned(),
        }
    }
}

/// What a name is put in order by: its letters and digits in small letters without marks, words parted by one space.
pub(super) fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars().filter(|letter| !matches!(letter, '\'' | '’' | 'ʼ' | '‘')) {
        if letter.is_alphanumeric() {
            key.extend(base(letter).to_lowercase());
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key
}

/// A Latin letter without its marks, as far as European names and romanised Korean need it; others as they are.
fn base(letter: char) -> char {
    const MARKED: [(char, &str); 16] = [
        ('a', "àáâãäåāăąǎ"),
        ('c', "çćĉċč"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįı"),
        ('l', "ĺļľł"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűų"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
    ];
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let found = MARKED.iter().find(|(_, marked)| marked.contains(small)).map(|(plain, _)| *plain);
    match found {
        Some(plain) if letter.is_uppercase() => plain.to_ascii_uppercase(),
        Some(plain) => plain,
        None => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_first_letter_whatever_its_marks() {
        assert_eq!(Heading::of("Émile"), Heading::Latin('E'));
        assert_eq!(Heading::of("(untitled)"), Heading::Latin('U'));
        assert_eq!(Heading::of("ООО Мокран"), Heading::Cyrillic('О'));
        assert_eq!(Heading::of("조선"), Heading::Hangul);
        assert_eq!(Heading::of("朝鲜"), Heading::Han);
        assert_eq!(Heading::of("27 companies"), Heading::Other);
        assert_eq!(Heading::of(""), Heading::Other);
    }

    #[test]
    fn marks_and_signs_do_not_disturb_the_order() {
        assert_eq!(sort_key("Ch’ŏlhyŏn, Overseas"), "cholhyon overseas");
        assert!(sort_key("Łódź") < sort_key("Lviv") && sort_key("Ödland") < sort_key("Oman"));
    }
}
