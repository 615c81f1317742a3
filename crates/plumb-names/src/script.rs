//! Which script a character belongs to, for the scripts that names on lists are written in.

/// A script that names are read from. `Other` passes through unread: its letters compare only with themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Script {
    /// Latin letters, with or without marks.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Korean syllables and letters.
    Hangul,
    /// Chinese characters, simplified, traditional, Korean or Japanese.
    Han,
    /// Hiragana and Katakana.
    Kana,
    /// Arabic letters, with those of Persian and Urdu.
    Arabic,
    /// Greek letters.
    Greek,
    /// Hebrew letters; vowels are not written.
    Hebrew,
    /// Georgian letters.
    Georgian,
    /// Armenian letters.
    Armenian,
    /// Devanagari letters and vowel signs: Hindi, Nepali, Marathi.
    Devanagari,
    /// Decimal digits.
    Digit,
    /// Any other letters: kept and compared as written, not read into other scripts.
    Other,
}

impl Script {
    /// All, in their order.
    pub const ALL: [Self; 13] = [
        Self::Latin,
        Self::Cyrillic,
        Self::Hangul,
        Self::Han,
        Self::Kana,
        Self::Arabic,
        Self::Greek,
        Self::Hebrew,
        Self::Georgian,
        Self::Armenian,
        Self::Devanagari,
        Self::Digit,
        Self::Other,
    ];

    /// Whether this crate can read the script into the others; if not, only equal spellings compare well.
    pub fn is_read(self) -> bool {
        self != Script::Other
    }

    /// Has no capital letters.
    pub(crate) fn has_no_case(self) -> bool {
        matches!(
            self,
            Self::Hangul | Self::Han | Self::Kana | Self::Arabic | Self::Hebrew | Self::Georgian | Self::Devanagari
        )
    }

    /// Written without spaces between the words or parts of a name.
    pub(crate) fn is_unspaced(self) -> bool {
        matches!(self, Script::Hangul | Script::Han | Script::Kana)
    }
}

/// The script of a character, nothing for punctuation, spaces and symbols. Blocks after Unicode 16 `Blocks.txt`.
pub fn script_of(character: char) -> Option<Script> {
    let script = match character {
        'a'..='z'
        | 'A'..='Z'
        | '\u{aa}'
        | '\u{ba}'
        | '\u{c0}'..='\u{24f}'
        | '\u{250}'..='\u{2af}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}' => Script::Latin,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => Script::Cyrillic,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Script::Hangul,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}'
        | '々'
        | '〇' => Script::Han,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{ff66}'..='\u{ff9f}' => Script::Kana,
        '\u{620}'..='\u{64a}'
        | '\u{66e}'..='\u{6d3}'
        | '\u{6ee}'..='\u{6ef}'
        | '\u{750}'..='\u{77f}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{5d0}'..='\u{5ea}' => Script::Hebrew,
        '\u{10d0}'..='\u{10fa}' | '\u{1c90}'..='\u{1cba}' => Script::Georgian,
        '\u{531}'..='\u{556}' | '\u{561}'..='\u{587}' => Script::Armenian,
        '\u{900}'..='\u{963}' | '\u{971}'..='\u{97f}' => Script::Devanagari,
        _ if character.is_numeric() => Script::Digit,
        _ if character.is_alphabetic() => Script::Other,
        _ => return None,
    };
    Some(if character == '×' || character == '÷' { return None } else { script })
}
