//! The language of a paragraph.
//!
//! Script decides first: Hangul is Korean, Han without kana is Chinese. Latin letters are told apart by trigrams (the
//! method of Cavnar and Trenkle 1994, as `whatlang` has it), Cyrillic by the letters that Russian does not have.

use serde::{Deserialize, Serialize};
use whatlang::{Detector, Lang};

use crate::Block;

/// A language, as ISO 639-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the language of its name")]
pub enum Language {
    #[serde(rename = "ar")]
    Arabic,
    #[serde(rename = "de")]
    German,
    #[serde(rename = "en")]
    English,
    #[serde(rename = "es")]
    Spanish,
    #[serde(rename = "fr")]
    French,
    #[serde(rename = "it")]
    Italian,
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "ko")]
    Korean,
    #[serde(rename = "mn")]
    Mongolian,
    #[serde(rename = "pl")]
    Polish,
    #[serde(rename = "pt")]
    Portuguese,
    #[serde(rename = "ru")]
    Russian,
    #[serde(rename = "uk")]
    Ukrainian,
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Its code in ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::German => "de",
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Italian => "it",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::Mongolian => "mn",
            Self::Polish => "pl",
            Self::Portuguese => "pt",
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
            Self::Chinese => "zh",
        }
    }
}

/// Languages in Latin letters that workers' hosts and the sources about them write in, and their code in ISO 639-3.
const LATIN: [(Lang, Language); 7] = [
    (Lang::Eng, Language::English),
    (Lang::Fra, Language::French),
    (Lang::Deu, Language::German),
    (Lang::Spa, Language::Spanish),
    (Lang::Ita, Language::Italian),
    (Lang::Por, Language::Portuguese),
    (Lang::Pol, Language::Polish),
];

/// Letters below which trigrams of Latin letters say little: a name or a heading. Such a block takes its neighbour's.
const FEW_LETTERS: usize = 40;

/// Letters below which even a block whose neighbours are in another script is not guessed at.
const TOO_FEW_LETTERS: usize = 12;

/// Characters of a block that are looked at. Longer paragraphs do not become surer.
const LOOKED_AT: usize = 600;

/// Letters of a text by script.
#[derive(Default)]
struct Scripts {
    latin: usize,
    cyrillic: usize,
    hangul: usize,
    han: usize,
    kana: usize,
    arabic: usize,
    ukrainian: bool,
    mongolian: bool,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for letter in text.chars().take(LOOKED_AT) {
            match letter {
                'A'..='Z' | 'a'..='z' | 'À'..='ɏ' => scripts.latin += 1,
                '\u{400}'..='\u{52F}' => {
                    scripts.cyrillic += 1;
                    scripts.ukrainian |= "іїєґІЇЄҐ".contains(letter);
                    scripts.mongolian |= "өүӨҮ".contains(letter);
                }
                '가'..='힣' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' => scripts.hangul += 1,
                '\u{3040}'..='\u{30FF}' => scripts.kana += 1,
                '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => scripts.han += 1,
                '\u{600}'..='\u{6FF}' => scripts.arabic += 1,
                _ => {}
            }
        }
        scripts
    }

    /// The script that most of the text is in. A syllable of Hangul or a Han character says as much as two letters.
    fn main(&self) -> Script {
        let east = 2 * (self.hangul + self.kana + self.han);
        let others = [(Script::Latin, self.latin), (Script::Cyrillic, self.cyrillic), (Script::Arabic, self.arabic)];
        let (script, most) = others
            .into_iter()
            .chain([(Script::East, east)])
            .max_by_key(|(_, letters)| *letters)
            .unwrap_or((Script::None, 0));
        if most == 0 { Script::None } else { script }
    }

    /// Han among Hangul or kana is how Korean and Japanese are written; one tenth of these is enough to tell.
    fn eastern(&self) -> Language {
        match () {
            () if self.hangul * 10 >= self.han && self.hangul > self.kana => Language::Korean,
            () if self.kana * 10 >= self.han && self.kana > 0 => Language::Japanese,
            () => Language::Chinese,
        }
    }

    fn cyrillic(&self) -> Language {
        match () {
            () if self.mongolian => Language::Mongolian,
            () if self.ukrainian => Language::Ukrainian,
            () => Language::Russian,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    None,
    Latin,
    Cyrillic,
    Arabic,
    East,
}

/// Gives every block its language. Short ones in Latin letters take that of the last block in such letters, those without
/// letters that of the block before; where nothing stands before, what follows decides.
pub(crate) fn assign(text: &str, blocks: &mut [Block]) {
    let detector = Detector::with_allowlist(LATIN.iter().map(|(lang, _)| *lang).collect());
    let latin = |words: &str| {
        let head: String = words.chars().take(LOOKED_AT).collect();
        let found = detector.detect_lang(&head)?;
        LATIN.iter().find(|(lang, _)| *lang == found).map(|(_, language)| *language)
    };
    let mut known = Neighbours::default();
    for block in blocks.iter_mut() {
        let words = text.get(block.range.clone()).unwrap_or_default();
        let scripts = Scripts::of(words);
        block.language = match scripts.main() {
            Script::East => Some(scripts.eastern()),
            Script::Cyrillic => Some(scripts.cyrillic()),
            Script::Arabic => Some(Language::Arabic),
            Script::Latin if scripts.latin >= FEW_LETTERS => latin(words),
            Script::Latin if known.latin.is_none() && scripts.latin >= TOO_FEW_LETTERS => latin(words),
            Script::Latin => known.latin,
            Script::None => known.any,
        };
        known.pass(block.language);
    }
    let mut known = Neighbours::default();
    for block in blocks.iter_mut().rev() {
        if block.language.is_none() {
            let scripts = Scripts::of(text.get(block.range.clone()).unwrap_or_default());
            block.language = if scripts.main() == Script::None { known.any } else { known.latin };
        }
        known.pass(block.language);
    }
}

/// The languages that were met last.
#[derive(Default)]
struct Neighbours {
    any: Option<Language>,
    latin: Option<Language>,
}

impl Neighbours {
    fn pass(&mut self, language: Option<Language>) {
        self.any = language.or(self.any);
        let is_latin = |language: &Language| LATIN.iter().any(|(_, known)| known == language);
        self.latin = language.filter(is_latin).or(self.latin);
    }
}
