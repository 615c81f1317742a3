//! Text into words: where they stand, and what stands between them.

use std::sync::Arc;

use compact_str::CompactString;
use unicode_normalization::char::is_combining_mark;

use crate::lexicon;
use crate::name::{Kind, Role};
use crate::normal::{is_apostrophe, is_invisible};
use crate::script::{Script, script_of};
use crate::word::Word;

/// Longest name that is read, in characters. The longest on official lists have some 300.
pub const LONGEST: usize = 1000;

/// A word at its place.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub word: Arc<Word>,
    /// A comma follows.
    pub comma: bool,
    /// A hyphen stands before it.
    pub hyphen: bool,
    /// One letter with a full stop, or several joined: S.A.
    pub dotted: bool,
}

/// Gives a word as read, from how it is written.
pub(crate) type ReadWord<'a> = dyn FnMut(&str) -> Arc<Word> + 'a;

/// The words of a text; whether some of it was left out for length.
pub(crate) fn tokens(text: &str, kind: Kind, read: &mut ReadWord<'_>) -> (Vec<Token>, bool) {
    let mut scan = Scan { text, read: &mut *read, found: Vec::with_capacity(EXPECTED), word: None, hyphen: false };
    let (mut count, mut at) = (0, 0);
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()).filter(|_| count < LONGEST) {
        let start = at;
        if character.is_ascii_alphabetic() {
            // most letters of most names
            let bytes = text.as_bytes().iter().skip(start).take(LONGEST - count);
            let length = bytes.take_while(|byte| byte.is_ascii_alphabetic()).count();
            (count, at) = (count + length, start + length);
            scan.letters((start, at), Script::Latin);
            continue;
        }
        (count, at) = (count + 1, start + character.len_utf8());
        if is_invisible(character) {
            continue;
        }
        if kind == Kind::Organisation && is_apostrophe(character) && scan.is_elision() {
            scan.word = None;
            continue;
        }
        let script = match character {
            ' ' => None,
            _ => scan
                .word
                .filter(|_| belongs_to_word(character))
                .map(|word| word.script)
                .or_else(|| script_of(character)),
        };
        match script {
            Some(script) => scan.letters((start, at), script),
            None => scan.between((start, character), kind),
        }
    }
    scan.finish();
    if kind == Kind::Person {
        let found = mend_digits(text, scan.found, read);
        return (split_titles(text, found, read), at < text.len());
    }
    // the single letters of a person are initials, see above
    let joined = scan.found.iter().any(|token| token.dotted);
    (if joined { join_dotted(text, scan.found) } else { scan.found }, at < text.len())
}

/// Most names have fewer words.
const EXPECTED: usize = 8;

struct Scan<'t, 'r> {
    text: &'t str,
    read: &'r mut ReadWord<'r>,
    found: Vec<Token>,
    word: Option<Stretch>,
    /// A hyphen was the last character between words.
    hyphen: bool,
}

/// The word that is being read, with the script of its last letter.
#[derive(Clone, Copy)]
struct Stretch {
    start: usize,
    end: usize,
    script: Script,
}

impl Scan<'_, '_> {
    /// Takes in letters of one script.
    fn letters(&mut self, (start, end): (usize, usize), script: Script) {
        if self.word.is_some_and(|word| !goes_on(word.script, script)) {
            self.finish();
        }
        let start = self.word.map_or(start, |word| word.start);
        self.word = Some(Stretch { start, end, script });
    }

    /// Whether the letters before an apostrophe are an article or preposition of French or Italian: d'Italia, l'Intérieur.
    fn is_elision(&self) -> bool {
        const ELISIONS: [&str; 9] = ["d", "l", "dell", "all", "dall", "nell", "sull", "un", "qu"];
        let word = self.word.and_then(|word| self.text.get(word.start..word.end));
        word.is_some_and(|word| ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision)))
    }

    fn between(&mut self, (start, character): (usize, char), kind: Kind) {
        self.finish();
        if character == '&' && kind != Kind::Person {
            // the sign for "and", as the word
            let word = Arc::new(Word::spelled("&", Script::Latin, "and", "and"));
            self.found.push(Token { start, end: start + 1, word, comma: false, hyphen: false, dotted: false });
        }
        self.hyphen = matches!(character, '-' | '‐' | '‑' | '–' | '—');
        if matches!(character, ',' | '，' | '、')
            && let Some(last) = self.found.last_mut()
        {
            last.comma = true;
        }
    }

    fn finish(&mut self) {
        let Some(Stretch { start, end, .. }) = self.word.take() else { return };
        let word = (self.read)(self.text.get(start..end).unwrap_or_default());
        let dotted = word.is_letter && self.text.get(end..).is_some_and(|rest| rest.starts_with('.'));
        let hyphen = std::mem::take(&mut self.hyphen);
        self.found.push(Token { start, end, word, comma: false, hyphen, dotted });
    }
}

/// Marks and apostrophes belong to the word before them.
fn belongs_to_word(character: char) -> bool {
    is_apostrophe(character) || !character.is_ascii() && is_combining_mark(character)
}

/// Latin and Cyrillic letters in one word are look-alikes typed on the wrong keyboard; other changes of script divide.
fn goes_on(before: Script, next: Script) -> bool {
    before == next || matches!((before, next), (Script::Latin, Script::Cyrillic) | (Script::Cyrillic, Script::Latin))
}

/// Persons have no digits within words: V1adimir is Vladimir, read wrongly from paper.
fn mend_digits(text: &str, found: Vec<Token>, read: &mut ReadWord<'_>) -> Vec<Token> {
    let is_digits = |token: &Token| token.word.script == Script::Digit;
    if !found.iter().any(is_digits) {
        return found;
    }
    let mut mended: Vec<Token> = Vec::with_capacity(found.len());
    let mut rest = found.into_iter().peekable();
    while let Some(token) = rest.next() {
        let touches = |next: &&Token| next.start == token.end && next.word.script == Script::Latin;
        let before = mended.last().filter(|last| last.end == token.start && last.word.script == Script::Latin);
        let (Some(before), Some(next)) = (before.filter(|_| is_digits(&token)), rest.peek().filter(touches)) else {
            mended.push(token);
            continue;
        };
        let Some(letters) = text.get(token.start..token.end).and_then(letters_of_digits) else {
            mended.push(token);
            continue;
        };
        let word = read(&[before.word.folded.as_str(), &letters, next.word.folded.as_str()].concat());
        let whole = Token { word, start: before.start, hyphen: before.hyphen, ..next.clone() };
        rest.next();
        mended.pop();
        mended.push(whole);
    }
    mended
}

/// A title written on to a name without a blank is a word of its own: 习近平主席, 김정은위원장.
fn split_titles(text: &str, found: Vec<Token>, read: &mut ReadWord<'_>) -> Vec<Token> {
    if !found.iter().any(|token| token.word.script.is_unspaced()) {
        return found;
    }
    let mut split = Vec::with_capacity(found.len());
    for token in found {
        let written = text.get(token.start..token.end).unwrap_or_default();
        match title_behind(written).and_then(|at| written.split_at_checked(at)) {
            Some((name, title)) if token.word.script.is_unspaced() => {
                let middle = token.start + name.len();
                split.push(Token { end: middle, word: read(name), comma: false, ..token.clone() });
                split.push(Token { start: middle, word: read(title), hyphen: false, ..token });
            }
            _ => split.push(token),
        }
    }
    split
}

/// Characters of a name, at the fewest, that has a title behind it: a family name alone stands before titles too often (김선생).
const SHORTEST_TITLED: usize = 3;
/// Characters of a title: 부위원장, vice chairman, has four.
const TITLE: std::ops::RangeInclusive<usize> = 2..=5;

/// Where the title begins with which a word in Hangul or Han ends, in bytes.
fn title_behind(written: &str) -> Option<usize> {
    let letters = written.chars().count();
    let is_title = |title: &str| {
        lexicon::meaning(&lexicon::simplify(title.into()), Kind::Person)
            .is_some_and(|meaning| meaning.role == Role::Honorific)
    };
    let places = written.char_indices().map(|(at, _)| at).enumerate();
    let mut places = places.filter(|(place, _)| *place >= SHORTEST_TITLED && TITLE.contains(&(letters - place)));
    places.find(|(_, at)| written.get(*at..).is_some_and(is_title)).map(|(_, at)| at)
}

/// Digits as the letters that look the same; nothing if one looks like none.
fn letters_of_digits(digits: &str) -> Option<String> {
    let letter = |digit| match digit {
        '0' => Some('o'),
        '1' => Some('l'),
        '5' => Some('s'),
        '8' => Some('b'),
        _ => None,
    };
    digits.chars().map(letter).collect()
}

/// S. A. and S.A. as one word, where two or more single letters with full stops stand without blanks between them.
fn join_dotted(text: &str, found: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        let word = &token.word;
        let single = word.folded.chars().count() == 1 && !word.script.is_unspaced();
        match joined.last_mut() {
            Some(last) if last.dotted && single && text.get(last.end..token.start) == Some(".") => {
                let both = |one: &str, other: &str| CompactString::from([one, other].concat());
                let before = &last.word;
                let (spelled, folded) = (both(&before.spelled, &word.spelled), both(&before.folded, &word.folded));
                last.word = Arc::new(Word::spelled("", before.script, spelled, folded));
                (last.end, last.comma) = (token.end, token.comma);
            }
            _ => joined.push(token),
        }
    }
    joined
}
