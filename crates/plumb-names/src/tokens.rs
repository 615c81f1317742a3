//! Text into words: where they stand, their script, and how they are written.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::korean;
use crate::mandarin::{self, System};
use crate::name::Kind;
use crate::normal::{fold, is_apostrophe, is_invisible};
use crate::script::{Script, script_of};
use crate::syllable::Syllable;

/// Longest name that is read, in characters. The longest on official lists have some 300.
pub const LONGEST: usize = 1000;

/// One word as written.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "four facts about a word that do not depend on each other")]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub script: Script,
    /// Lower case, composed, with marks; apostrophes as `'`, ŏ and ŭ as eo and eu, ü as v: what systems of romanisation need.
    pub spelled: String,
    /// Ways to divide the word into Korean syllables, and into Mandarin ones by pinyin or Palladius; Latin and Cyrillic only.
    pub korean: Vec<Vec<Syllable>>,
    pub mandarin: Vec<Vec<Syllable>>,
    pub folded: String,
    /// All capitals, two letters or more.
    pub capitals: bool,
    /// A comma follows.
    pub comma: bool,
    /// A hyphen stands before it.
    pub hyphen: bool,
    /// Several single letters with full stops, joined: S.A.
    pub dotted: bool,
}

struct Letter {
    start: usize,
    end: usize,
    character: char,
    script: Script,
}

/// The words of a text; whether some of it was left out for length.
pub(crate) fn tokens(text: &str, kind: Kind) -> (Vec<Token>, bool) {
    let mut found: Vec<Token> = Vec::new();
    let mut word: Vec<Letter> = Vec::new();
    let mut hyphen = false;
    let mut cut = false;
    for (count, (start, character)) in text.char_indices().enumerate() {
        if count >= LONGEST {
            cut = true;
            break;
        }
        let end = start + character.len_utf8();
        if is_invisible(character) {
            continue;
        }
        let script = if inside(character, &word) { word.last().map(|l| l.script) } else { script_of(character) };
        if let Some(script) = script {
            if word.last().is_some_and(|last| !goes_on(last.script, script)) {
                finish(text, &mut word, &mut found, &mut hyphen);
            }
            word.push(Letter { start, end, character, script });
            continue;
        }
        finish(text, &mut word, &mut found, &mut hyphen);
        if character == '&' && kind != Kind::Person {
            found.push(ampersand(start, end));
        }
        hyphen = matches!(character, '-' | '‐' | '‑' | '–' | '—');
        if matches!(character, ',' | '，' | '、')
            && let Some(last) = found.last_mut()
        {
            last.comma = true;
        }
    }
    finish(text, &mut word, &mut found, &mut hyphen);
    // the single letters of a person are initials
    let mut found = if kind == Kind::Person { found } else { join_dotted(text, found) };
    found.iter_mut().for_each(divide);
    (found, cut)
}

/// The sign for "and", as the word.
fn ampersand(start: usize, end: usize) -> Token {
    Token {
        start,
        end,
        script: Script::Latin,
        spelled: "and".to_owned(),
        korean: Vec::new(),
        mandarin: Vec::new(),
        folded: "and".to_owned(),
        capitals: false,
        comma: false,
        hyphen: false,
        dotted: false,
    }
}

fn divide(token: &mut Token) {
    let system = match token.script {
        Script::Latin => System::Pinyin,
        Script::Cyrillic => System::Palladius,
        _ => return,
    };
    token.korean = korean::divisions(&token.spelled);
    token.mandarin = mandarin::divisions(&token.spelled, system);
}

/// Marks and apostrophes belong to the word before them.
fn inside(character: char, word: &[Letter]) -> bool {
    !word.is_empty() && (is_combining_mark(character) || is_apostrophe(character))
}

/// Latin and Cyrillic letters in one word are look-alikes typed on the wrong keyboard; other changes of script divide.
fn goes_on(before: Script, next: Script) -> bool {
    before == next || matches!((before, next), (Script::Latin, Script::Cyrillic) | (Script::Cyrillic, Script::Latin))
}

fn finish(text: &str, word: &mut Vec<Letter>, found: &mut Vec<Token>, hyphen: &mut bool) {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
    let (start, end) = (first.start, last.end);
    let latin = word.iter().filter(|letter| letter.script == Script::Latin).count();
    let cyrillic = word.iter().filter(|letter| letter.script == Script::Cyrillic).count();
    let (script, written) = if latin > 0 && cyrillic > 0 {
        let to = if latin >= cyrillic { Script::Latin } else { Script::Cyrillic };
        (to, word.iter().map(|letter| look_alike(letter.character, to)).collect())
    } else {
        (first.script, word.iter().map(|letter| letter.character).collect::<String>())
    };
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    found.push(Token {
        start,
        end,
        script,
        spelled: spelled(&written),
        korean: Vec::new(),
        mandarin: Vec::new(),
        folded: crate::lexicon::simplify(&fold(&written)),
        capitals: letters >= 2 && !written.chars().any(char::is_lowercase) && written.chars().any(char::is_uppercase),
        comma: false,
        hyphen: *hyphen,
        dotted: letters == 1 && text.get(end..).is_some_and(|rest| rest.starts_with('.')),
    });
    word.clear();
    *hyphen = false;
}

/// The letter of the other alphabet that looks the same.
fn look_alike(character: char, to: Script) -> char {
    const LATIN: &str = "aceopxyiABCEHKMOPTXIĸ";
    const CYRILLIC: &str = "асеорхуіАВСЕНКМОРТХІк";
    let (from, into) = if to == Script::Latin { (CYRILLIC, LATIN) } else { (LATIN, CYRILLIC) };
    from.chars().position(|other| other == character).and_then(|place| into.chars().nth(place)).unwrap_or(character)
}

fn spelled(written: &str) -> String {
    if written.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return written.to_ascii_lowercase();
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

/// S. A. and S.A. as one word, where two or more single letters with full stops stand without blanks between them.
fn join_dotted(text: &str, found: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        let single = token.folded.chars().count() == 1 && !token.script.is_unspaced();
        match joined.last_mut() {
            Some(last) if last.dotted && single && text.get(last.end..token.start) == Some(".") => {
                last.end = token.end;
                last.spelled.push_str(&token.spelled);
                last.folded.push_str(&token.folded);
                last.comma = token.comma;
            }
            _ => joined.push(token),
        }
    }
    joined
}
