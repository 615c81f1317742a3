//! One word as written, and all that follows from it alone: what a reader of names may keep for the next name that has it.

use std::sync::OnceLock;

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

use crate::draft::Draft;
use crate::mandarin::{self, System};
use crate::name::Role;
use crate::normal::{self, fold, is_apostrophe, is_invisible};
use crate::readings::Families;
use crate::script::{Script, script_of};
use crate::syllable::Syllable;
use crate::{cantonese, dialects, korean, lexicon, slips, spelling, variants};

/// Ways to divide a word into syllables.
pub(crate) type Divisions = Vec<Vec<Syllable>>;

/// A word. What takes long to work out and is not needed of each waits until it is asked for.
#[derive(Debug)]
pub(crate) struct Word {
    /// As it stands in the text.
    pub written: CompactString,
    pub script: Script,
    /// Lower case, composed, with marks; apostrophes as `'`, ŏ and ŭ as eo and eu, ü as v: what systems of romanisation need.
    pub spelled: CompactString,
    pub folded: CompactString,
    /// All capitals, two letters or more.
    pub capitals: bool,
    /// Has one letter, and perhaps marks.
    pub is_letter: bool,
    draft: OnceLock<Draft>,
    korean: OnceLock<Divisions>,
    mandarin: OnceLock<Divisions>,
    wade: OnceLock<Divisions>,
    cantonese: OnceLock<Divisions>,
    dialects: OnceLock<Divisions>,
    families: OnceLock<Families>,
    mended: OnceLock<Option<&'static str>>,
    base: OnceLock<Option<&'static str>>,
}

impl Word {
    /// Reads a word from letters, marks and what is invisible between them.
    pub(crate) fn of(written: &str) -> Self {
        if written.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Self::plain(written);
        }
        let letters = || written.chars().filter(|character| !is_invisible(*character));
        let (script, is_mixed) = script(written);
        let seen: CompactString = if is_mixed {
            letters().map(|letter| look_alike(letter, script)).collect()
        } else if written.chars().any(is_invisible) {
            letters().collect()
        } else {
            written.into()
        };
        let count = seen.chars().filter(|letter| letter.is_alphabetic()).take(2).count();
        let has = |is: fn(char) -> bool| seen.chars().any(is);
        let folded = if script == Script::Han { lexicon::simplify(fold(&seen)) } else { fold(&seen) };
        Self {
            capitals: count >= 2 && !script.has_no_case() && !has(char::is_lowercase) && has(char::is_uppercase),
            is_letter: count == 1,
            ..Self::spelled(written, script, spelled(&seen), folded)
        }
    }

    /// A word of plain Latin letters, as most are.
    fn plain(written: &str) -> Self {
        let mut small = CompactString::from(written);
        small.make_ascii_lowercase();
        Self {
            capitals: written.len() >= 2 && written.bytes().all(|byte| byte.is_ascii_uppercase()),
            is_letter: written.len() == 1,
            ..Self::spelled(written, Script::Latin, small.clone(), small)
        }
    }

    /// A word that is spelled so.
    pub(crate) fn spelled(
        written: &str,
        script: Script,
        spelled: impl Into<CompactString>,
        folded: impl Into<CompactString>,
    ) -> Self {
        Self {
            written: written.into(),
            script,
            spelled: spelled.into(),
            folded: folded.into(),
            capitals: false,
            is_letter: false,
            draft: OnceLock::new(),
            korean: OnceLock::new(),
            mandarin: OnceLock::new(),
            wade: OnceLock::new(),
            cantonese: OnceLock::new(),
            dialects: OnceLock::new(),
            families: OnceLock::new(),
            mended: OnceLock::new(),
            base: OnceLock::new(),
        }
    }

    /// The word as a part that is a name.
    pub(crate) fn draft(&self) -> &Draft {
        self.draft.get_or_init(|| Draft::of_word(self, Role::Name))
    }

    /// The key of its Latin letters, marks read.
    pub(crate) fn romanised_key(&self) -> CompactString {
        let part = &self.draft().part;
        if part.latin == part.folded { part.key.clone() } else { spelling::key(&part.latin) }
    }

    /// Ways to divide the word into Korean syllables; Latin and Cyrillic only.
    pub(crate) fn korean(&self) -> &Divisions {
        let divided = matches!(self.script, Script::Latin | Script::Cyrillic);
        self.korean.get_or_init(|| if divided { korean::divisions(&self.spelled) } else { Vec::new() })
    }

    /// Ways to divide it into Mandarin ones, by pinyin or Palladius; the same only.
    pub(crate) fn mandarin(&self) -> &Divisions {
        self.mandarin.get_or_init(|| match self.script {
            Script::Latin => mandarin::divisions(&self.spelled, System::Pinyin),
            Script::Cyrillic => mandarin::divisions(&self.spelled, System::Palladius),
            _ => Vec::new(),
        })
    }

    /// The same by Wade–Giles.
    pub(crate) fn wade(&self) -> &Divisions {
        self.wade.get_or_init(|| mandarin::divisions(&self.spelled, System::Wade))
    }

    /// The same as Hong Kong spells Cantonese.
    pub(crate) fn cantonese(&self) -> &Divisions {
        self.cantonese.get_or_init(|| cantonese::divisions(&self.spelled))
    }

    /// Ways to read it as Mandarin syllables that are spelled in another dialect.
    pub(crate) fn dialects(&self) -> &Divisions {
        self.dialects.get_or_init(|| dialects::divisions(&self.spelled))
    }

    /// Whether it is no syllables of Chinese, however spelled.
    pub(crate) fn is_foreign(&self) -> bool {
        let divisions = [Self::mandarin, Self::wade, Self::cantonese];
        self.script == Script::Latin && !self.is_letter && divisions.iter().all(|divide| divide(self).is_empty())
    }

    /// Whether it is a name that is usual somewhere.
    pub(crate) fn is_usual(&self) -> bool {
        variants::is_usual(&self.draft().part)
    }

    /// The word of a legal form that it must have been meant for, if it has a slip.
    pub(crate) fn mended(&self) -> Option<&'static str> {
        *self.mended.get_or_init(|| slips::mended(&self.folded))
    }

    /// The word of the tables of organisations that it is a form of.
    pub(crate) fn base(&self) -> Option<&'static str> {
        *self.base.get_or_init(|| lexicon::base(&self.folded, self.script))
    }

    /// What the word is as a family name.
    pub(crate) fn families(&self) -> &Families {
        self.families.get_or_init(|| Families::of(self))
    }
}

/// The script of a word, and whether it has letters of two: of Latin and Cyrillic, the one that all letters of the other look like letters of, or
/// else of which it has more.
fn script(written: &str) -> (Script, bool) {
    let scripts = || {
        written.chars().filter(|letter| !is_invisible(*letter)).filter_map(|letter| Some((letter, script_of(letter)?)))
    };
    let of = |wanted: Script| scripts().filter(move |(_, script)| *script == wanted).map(|(letter, _)| letter);
    let looks = |from: Script, to: Script| of(from).all(|letter| look_alike(letter, to) != letter);
    let (latin, cyrillic) = (of(Script::Latin).count(), of(Script::Cyrillic).count());
    if latin == 0 || cyrillic == 0 {
        return (scripts().next().map_or(Script::Other, |(_, script)| script), false);
    }
    match (looks(Script::Cyrillic, Script::Latin), looks(Script::Latin, Script::Cyrillic)) {
        (true, false) => (Script::Latin, true),
        (false, true) => (Script::Cyrillic, true),
        _ if latin >= cyrillic => (Script::Latin, true),
        _ => (Script::Cyrillic, true),
    }
}

/// The letter of the other alphabet that looks the same.
fn look_alike(character: char, to: Script) -> char {
    const LATIN: &str = "aceopxyiABCEHKMOPTXIĸ";
    const CYRILLIC: &str = "асеорхуіАВСЕНКМОРТХІк";
    let (from, into) = if to == Script::Latin { (CYRILLIC, LATIN) } else { (LATIN, CYRILLIC) };
    from.chars().position(|other| other == character).and_then(|place| into.chars().nth(place)).unwrap_or(character)
}

fn spelled(written: &str) -> String {
    if let Some(plain) = normal::plain_text(written, |letter| letter) {
        return plain;
    }
    let mut text = String::with_capacity(written.len());
    let mut letters = written.nfkc().flat_map(char::to_lowercase).peekable();
    while let Some(character) = letters.next() {
        match character {
            'ŏ' | 'ǒ' => text.push_str("eo"),
            'ŭ' | 'ǔ' => text.push_str("eu"),
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => text.push('v'),
            // Ch'o'l: official lists write the breve of McCune–Reischauer as an apostrophe.
            _ if is_apostrophe(character) && is_breve(&text, letters.peek()) => {
                let vowel = text.pop();
                text.push('e');
                text.extend(vowel);
            }
            _ if is_apostrophe(character) => text.push('\''),
            'й' | 'ё' | 'ї' => text.push(character),
            // the Latin letters of Slavic and Turkic languages and of the scientific systems for Cyrillic
            'š' | 'ŝ' | 'ş' | 'ș' => text.push_str("sh"),
            'č' => text.push_str("ch"),
            'ž' => text.push_str("zh"),
            'đ' => text.push_str("dj"),
            _ if character.is_ascii() || script_of(character) != Some(Script::Latin) => text.push(character),
            _ => text.push_str(&fold(character.encode_utf8(&mut [0; 4]))),
        }
    }
    text.trim_end_matches('\'').to_owned()
}

/// An apostrophe behind o or u that no vowel follows; before a vowel it divides syllables.
fn is_breve(before: &str, next: Option<&char>) -> bool {
    before.ends_with(['o', 'u']) && !next.is_some_and(|next| "aeiou".contains(*next))
}
