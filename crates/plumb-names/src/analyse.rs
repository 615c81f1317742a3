//! Reading a name: words, what they mean, how they sound, and how they can be split.

use std::sync::Arc;

use compact_str::CompactString;

use crate::acronym::{acronym, leave_out_acronym, leave_out_repeated};
use crate::draft::Draft;
use crate::hash;
use crate::lexicon::{self, Known, LONGEST_PHRASE, Meaning, Phrase};
use crate::name::{Kind, Name, Part, Role, Status};
use crate::readings;
use crate::script::Script;
use crate::spelling;
use crate::syllable::Syllable;
use crate::tokens::{ReadWord, Token, tokens};
use crate::word::Word;

/// Most parts of a name that are kept; no listed name has as many.
pub const MOST_PARTS: usize = 48;

/// Reads a name. Never fails: what cannot be read is kept as written and said so in [`Name::status`].
///
/// The work is bounded: at most [`crate::LONGEST`] characters and [`MOST_PARTS`] parts are read. Who reads many names reads them several times
/// faster with a [`Reader`].
///
/// ```
/// use plumb_names::{Kind, Role, analyse};
/// let name = analyse("ООО «Торговый дом Заря»", Kind::Organisation);
/// assert_eq!(name.parts.first().map(|part| part.role), Some(Role::LegalForm));
/// ```
pub fn analyse(text: &str, kind: Kind) -> Name {
    read(text, kind, &mut |written| Arc::new(Word::of(written)))
}

/// Reads names as [`analyse`] does, and remembers the words: of the words of lists and registers two in three have stood among the last
/// twenty thousand. It takes some 25 MB at most, whatever it reads.
///
/// ```
/// use plumb_names::{Kind, Reader, analyse};
/// let mut reader = Reader::default();
/// for name in ["KIM, Jong Un", "Kim Jong Il", "Kim Il Sung"] {
///     assert_eq!(reader.read(name, Kind::Person), analyse(name, Kind::Person));
/// }
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    /// Each word has one place, by its letters, and the last that was there stays.
    words: Vec<Option<Arc<Word>>>,
}

/// Words that a [`Reader`] keeps. One takes some 700 bytes.
const MOST_WORDS: usize = 1 << 15;

impl Reader {
    /// Reads a name; what [`analyse`] gives.
    pub fn read(&mut self, text: &str, kind: Kind) -> Name {
        read(text, kind, &mut |written| self.word(written))
    }

    fn word(&mut self, written: &str) -> Arc<Word> {
        self.words.resize(MOST_WORDS, None);
        let hash = hash::mix(hash::hash(written)) % MOST_WORDS as u64;
        let Some(place) = usize::try_from(hash).ok().and_then(|place| self.words.get_mut(place)) else {
            return Arc::new(Word::of(written));
        };
        match place {
            Some(word) if *word.written == *written => Arc::clone(word),
            place => Arc::clone(place.insert(Arc::new(Word::of(written)))),
        }
    }
}

fn read(text: &str, kind: Kind, word: &mut ReadWord<'_>) -> Name {
    let (tokens, cut) = tokens(text, kind, word);
    let mut found = Found { kind, parts: Vec::with_capacity(tokens.len()), syllables: Vec::new() };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if found.parts.len() >= MOST_PARTS {
            break;
        }
        at += found.take(text, &tokens, at, token);
    }
    let cut = cut || at < tokens.len();
    found.parts.truncate(MOST_PARTS);
    if kind == Kind::Organisation {
        leave_out_repeated(&mut found.parts);
        leave_out_acronym(&mut found.parts);
    }
    let readings = match kind {
        Kind::Person | Kind::Entity => readings::readings(&tokens, &found.parts),
        Kind::Organisation | Kind::Vessel | Kind::Address => Vec::new(),
    };
    if kind == Kind::Person {
        mark_family(&tokens, &mut found.parts);
    }
    let status = status(&found.parts, cut);
    let acronym = if kind == Kind::Person { CompactString::default() } else { acronym(&found.parts) };
    Name { kind, status, parts: found.parts, readings, syllables: found.syllables, acronym }
}

fn status(parts: &[Part], cut: bool) -> Status {
    if parts.is_empty() {
        Status::Empty
    } else if cut {
        Status::Cut
    } else if parts.iter().any(|part| !part.script.is_read()) {
        Status::PartlyRead
    } else {
        Status::Read
    }
}

/// What of a name has been read.
struct Found {
    kind: Kind,
    parts: Vec<Part>,
    syllables: Vec<Syllable>,
}

impl Found {
    /// Takes in the part that begins at a token; answers how many tokens it took.
    fn take(&mut self, text: &str, tokens: &[Token], at: usize, token: &Token) -> usize {
        let (place, word) = ((token.start, token.end), &*token.word);
        if self.is_behind_place() && lexicon::is_unit(&word.folded) {
            self.push(place, &Draft::of_word(word, Role::Stop));
            return 1;
        }
        if let Some((length, phrase, romanised)) = self.phrase(tokens, at)
            && let Some(of) = tokens.get(at..at + length)
            && let Some(last) = of.last()
        {
            let place = (token.start, last.end);
            if phrase.meaning.number.is_some_and(|units| self.join_units(units, last.end)) {
                return length;
            }
            // of a name the article is cut off, so that the rest may be heard: الخليج, Al Khaleej
            if phrase.meaning.role == Role::Name && length == 1 && self.split_article(place, word) {
                return length;
            }
            let draft = phrase.draft();
            // a form that the tables lead to stands as it is written
            if romanised || draft.part.script != word.script || of.iter().any(|token| token.word.base().is_some()) {
                let words: Vec<_> = of.iter().map(|token| token.word.folded.as_str()).collect();
                self.push(place, &Draft::of_phrase(&words.join(" "), word.script, phrase.meaning));
            } else {
                self.push(place, draft);
            }
            return length;
        }
        let written = text.get(token.start..token.end).unwrap_or("");
        if is_ordinal_ending(tokens, at, token) || self.kind != Kind::Person && is_number_sign(tokens, at, token) {
        } else if word.script == Script::Digit {
            self.push_number(token, word.folded.trim_start_matches('0').parse().ok());
        } else if let Some(value) = self.roman(written, at).filter(|_| !is_link(token)) {
            self.push_number(token, Some(value));
        } else if word.script.is_unspaced() && self.kind != Kind::Person {
            self.split_unspaced(written, token);
        } else if self.split_article(place, word) || self.split_compound(place, word) {
        } else {
            self.push_word(place, word);
        }
        1
    }

    /// Whether the part before is a place: what kind of place it is says nothing.
    fn is_behind_place(&self) -> bool {
        self.kind == Kind::Organisation && self.parts.last().is_some_and(|part| part.role == Role::Location)
    }

    /// The longest phrase with a meaning from here on, and whether it is Russian in Latin letters. A legal form may have slips.
    fn phrase(&self, tokens: &[Token], at: usize) -> Option<(usize, Phrase, bool)> {
        let as_written = self.phrase_of(tokens, at, &|_| None);
        if self.kind != Kind::Organisation {
            return as_written;
        }
        let window = || tokens.iter().skip(at).take(LONGEST_PHRASE);
        let longest = |found: &Option<(usize, Phrase, bool)>| found.as_ref().map_or(0, |(length, ..)| *length);
        let inflected = window().any(|token| token.word.base().is_some());
        let based = inflected.then(|| self.phrase_of(tokens, at, &Word::base)).flatten();
        let found = if longest(&based) > longest(&as_written) { based } else { as_written };
        if tokens.len() < 2 || window().all(|token| token.word.mended().is_none()) {
            return found;
        }
        let length = longest(&found);
        self.phrase_of(tokens, at, &Word::mended)
            .filter(|(mended, phrase, _)| *mended > length && phrase.meaning.role == Role::LegalForm)
            .or(found)
    }

    /// The same of words as written, or as others that `instead` gives for them.
    fn phrase_of(
        &self,
        tokens: &[Token],
        at: usize,
        instead: &dyn Fn(&Word) -> Option<&'static str>,
    ) -> Option<(usize, Phrase, bool)> {
        let known = |words: &str| lexicon::known(words, self.kind);
        let fits = |length, meaning: Meaning| Self::fits(tokens, at, length, meaning);
        let words = || tokens.get(at..).into_iter().flatten().map(|token| &*token.word);
        let folded = words().map(|word| instead(word).unwrap_or(&word.folded));
        if let Some((length, phrase)) = longest(folded, known, fits) {
            return Some((length, phrase, false));
        }
        if self.kind != Kind::Organisation {
            return None;
        }
        let latin = words().take_while(|word| word.script == Script::Latin);
        let keys = latin.map(|word| instead(word).map_or_else(|| word.romanised_key(), spelling::key));
        longest(keys, lexicon::romanised, |_, _| true).map(|(length, phrase)| (length, phrase, true))
    }

    /// A title or word of descent is one only beside a name; a single word that is the whole name is a name.
    fn fits(tokens: &[Token], at: usize, length: usize, meaning: Meaning) -> bool {
        match meaning.role {
            Role::Honorific => {
                let after = tokens.get(at).is_some_and(|token| token.word.script.is_unspaced()) && at > 0;
                tokens.len() > length + 1 || (tokens.len() > length && (at == 0 || after))
            }
            // a letter with a full stop is an initial, and so is one at the beginning: E. Whitcombe
            Role::Relation if length == 1 && tokens.get(at).is_some_and(is_initial) => false,
            Role::Relation => tokens.len() > 1 && at + length < tokens.len(),
            Role::Stop => tokens.len() > 1,
            _ => true,
        }
    }

    fn roman(&self, written: &str, at: usize) -> Option<u32> {
        let is_series = match self.kind {
            Kind::Organisation | Kind::Vessel | Kind::Entity => true,
            // John Paul II; but VI and XI are names of Vietnam and China, and XX stands for what is not known
            Kind::Person => written.len() >= 2 && !["VI", "XI", "XX"].contains(&written) && is_capital(written),
            Kind::Address => false,
        };
        if is_series && at > 0 { lexicon::roman(written) } else { None }
    }

    fn push_number(&mut self, token: &Token, value: Option<u32>) {
        let digits = value.map_or_else(|| token.word.folded.to_string(), |value| value.to_string());
        self.push_letters((token.start, token.end), &digits, Script::Digit);
    }

    /// Hangul, Han and kana of organisations and ships: words with a meaning are cut out, what is left between are names.
    fn split_unspaced(&mut self, written: &str, token: &Token) {
        let letters: Vec<(usize, char)> = written.char_indices().collect();
        // Folding keeps one character for each only if nothing was composed or expanded; otherwise the word stays whole.
        let folded: Vec<char> = token.word.folded.chars().collect();
        if folded.len() != letters.len() {
            return self.push_word((token.start, token.end), &token.word);
        }
        let offset = |place: usize| token.start + letters.get(place).map_or(written.len(), |(start, _)| *start);
        let script = token.word.script;
        let (mut begin, mut at) = (0, 0);
        while at < folded.len() {
            let rest = folded.get(at..).unwrap_or_default();
            let Some((length, phrase)) = lexicon::unspaced_prefix(rest, self.kind) else {
                let unit = folded.get(at..=at).map(|letter| letter.iter().collect::<String>());
                let is_unit = at == begin && self.is_behind_place() && unit.is_some_and(|unit| lexicon::is_unit(&unit));
                if is_unit && at + 1 < folded.len() {
                    let draft = Draft::of_letters(&rest.iter().take(1).collect::<String>(), script, Role::Stop);
                    self.push((offset(at), offset(at + 1)), &draft);
                    begin = at + 1;
                }
                at += 1;
                continue;
            };
            // "general" stands before what it belongs to and is no end of the name before it: 련봉, 총, 회사
            let general = at > begin + 1 && folded.get(at - 1).is_some_and(|letter| lexicon::is_general(*letter));
            let name_end = if general { at - 1 } else { at };
            self.push_run(&folded, (begin, name_end), script, &offset);
            self.push_run(&folded, (name_end, at), script, &offset);
            let word: String = rest.iter().take(length).collect();
            self.push_phrase((offset(at), offset(at + length)), &word, script, phrase);
            at += length;
            begin = at;
        }
        // 앙가라호: the ship Angara. Behind Korean words, which are shorter, lists write it out: 금성호, Kum Song Ho
        let ship = self.kind == Kind::Vessel && at > begin + 3 && matches!(folded.last(), Some('호' | '号'));
        let end = if ship { at - 1 } else { at };
        self.push_run(&folded, (begin, end), script, &offset);
        self.push_run(&folded, (end, at), script, &offset);
    }

    fn push_run(
        &mut self,
        letters: &[char],
        (from, to): (usize, usize),
        script: Script,
        offset: &dyn Fn(usize) -> usize,
    ) {
        if from < to {
            let word: String = letters.get(from..to).unwrap_or_default().iter().collect();
            let place = (offset(from), offset(to));
            match lexicon::known(&word, self.kind).phrase {
                Some(phrase) => self.push_phrase(place, &word, script, phrase),
                // 총국, general bureau: two words of one character
                None if to - from == 2 && letters.get(from).is_some_and(|letter| lexicon::is_general(*letter)) => {
                    self.push_run(letters, (from, from + 1), script, offset);
                    self.push_run(letters, (from + 1, to), script, offset);
                }
                None => self.push_letters(place, &word, script),
            }
        }
    }

    /// The Arabic article is written with the word; in Latin letters it stands apart or not at all.
    fn split_article(&mut self, (start, end): (usize, usize), word: &Word) -> bool {
        if word.script != Script::Arabic || matches!(self.kind, Kind::Entity | Kind::Address) {
            return false;
        }
        // of God himself the article is no part that comes and goes
        let rest = word.folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2 && !rest.starts_with("له"));
        let Some(rest) = rest else { return false };
        let middle = start + word.written.char_indices().nth(2).map_or(0, |(place, _)| place);
        let kind = if self.kind == Kind::Person { Kind::Person } else { Kind::Organisation };
        let Some(article) = lexicon::known("ال", kind).phrase else { return false };
        self.push((start, middle), article.draft());
        match lexicon::known(&word.folded, self.kind).phrase.or(lexicon::known(rest, self.kind).phrase) {
            Some(phrase) => self.push((middle, end), &Draft::of_phrase(rest, Script::Arabic, phrase.meaning)),
            None => self.push_letters((middle, end), rest, Script::Arabic),
        }
        true
    }

    /// Bundesbank: two words of the tables that are written together.
    fn split_compound(&mut self, (start, end): (usize, usize), word: &Word) -> bool {
        // what is written without marks has its letters at the same places
        let is_plain = self.kind == Kind::Organisation && word.folded.len() == word.written.len();
        let Some((length, first, second)) = lexicon::compound(&word.folded).filter(|_| is_plain) else { return false };
        let Some((prefix, rest)) = word.folded.split_at_checked(length) else { return false };
        self.push((start, start + length), &Draft::of_phrase(prefix, word.script, first));
        self.push((start + length, end), &Draft::of_phrase(rest, word.script, second));
        true
    }

    /// Twenty-One: tens with units behind them.
    fn join_units(&mut self, units: u32, end: usize) -> bool {
        let tens = self.parts.last().filter(|part| part.role == Role::Number && part.script != Script::Digit);
        let tens = tens.and_then(|part| part.key.parse::<u32>().ok());
        let Some(tens) = tens.filter(|tens| (20..100).contains(tens) && tens % 10 == 0 && (1..10).contains(&units))
        else {
            return false;
        };
        let start = self.parts.pop().map_or(0, |part| part.start);
        let number = (tens + units).to_string();
        let place = (usize::try_from(start).unwrap_or_default(), end);
        self.push(place, &Draft::of_letters(&number, Script::Digit, Role::Number));
        true
    }

    /// A word that has no meaning.
    fn push_word(&mut self, place: (usize, usize), word: &Word) {
        match self.role(&word.folded, word.script) {
            Role::Name => self.push(place, word.draft()),
            role => self.push(place, &Draft::of_word(word, role)),
        }
    }

    fn push_letters(&mut self, place: (usize, usize), folded: &str, script: Script) {
        let role = self.role(folded, script);
        self.push(place, &Draft::of_letters(folded, script, role));
    }

    /// A phrase that is written so, in this script.
    fn push_phrase(&mut self, place: (usize, usize), folded: &str, script: Script, phrase: Phrase) {
        let draft = phrase.draft();
        if draft.part.script == script {
            self.push(place, draft);
        } else {
            self.push(place, &Draft::of_phrase(folded, script, phrase.meaning));
        }
    }

    fn push(&mut self, (start, end): (usize, usize), draft: &Draft) {
        let first = self.syllables.len();
        self.syllables.extend_from_slice(&draft.syllables);
        let range = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let mut part = draft.part.clone();
        (part.start, part.end) = (byte(start), byte(end));
        part.syllables = (range(first), range(self.syllables.len()));
        let is_behind_name = || self.parts.iter().any(|part| part.role == Role::Name);
        if draft.is_patronymic && self.has_persons() && is_behind_name() {
            part.role = Role::Patronymic;
        }
        self.parts.push(part);
    }

    /// Whether persons bear such names.
    fn has_persons(&self) -> bool {
        matches!(self.kind, Kind::Person | Kind::Entity)
    }

    /// What a word without a meaning does, as far as it tells by itself.
    fn role(&self, folded: &str, script: Script) -> Role {
        let is_letter =
            || folded.chars().count() == 1 && matches!(script, Script::Latin | Script::Cyrillic | Script::Greek);
        match script {
            Script::Digit => Role::Number,
            _ if self.has_persons() && is_letter() => Role::Initial,
            // what is no numeral: Jaish-i-Muhammad
            _ if folded == "i" => Role::Stop,
            _ => Role::Name,
        }
    }
}

/// The longest phrase that words begin with, and its length in words.
fn longest<W: AsRef<str>>(
    mut words: impl Iterator<Item = W>,
    known: impl Fn(&str) -> Known,
    fits: impl Fn(usize, Meaning) -> bool,
) -> Option<(usize, Phrase)> {
    let fitting = |length, known: Known| Some((length, known.phrase.filter(|phrase| fits(length, phrase.meaning))?));
    let first = words.next()?;
    let mut found = known(first.as_ref());
    let mut longest = fitting(1, found);
    if !found.goes_on {
        return longest;
    }
    let mut phrase = first.as_ref().to_owned();
    for (length, word) in (2..=LONGEST_PHRASE).zip(words) {
        phrase.push(' ');
        phrase.push_str(word.as_ref());
        found = known(&phrase);
        longest = fitting(length, found).or(longest);
        if !found.goes_on {
            break;
        }
    }
    longest
}

/// A single letter that stands for a name and not for "and": with a full stop, or a capital beside words that are not.
fn is_initial(token: &Token) -> bool {
    token.dotted || token.start == 0 && token.word.folded.chars().count() == 1
}

/// The Persian link between two words, which is no numeral: Jaish-i-Muhammad.
fn is_link(token: &Token) -> bool {
    token.hyphen && token.word.written == "i"
}

fn is_capital(written: &str) -> bool {
    written.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "No." before a number says what the number says.
fn is_number_sign(tokens: &[Token], at: usize, token: &Token) -> bool {
    let before_number = tokens.get(at + 1).is_some_and(|next| next.word.script == Script::Digit);
    before_number
        && ["no", "nr", "num", "number", "nummer", "numero", "номер", "n", "第", "제"].contains(&&*token.word.folded)
}

/// The letters of 2nd and 811th: the number before them says it all.
fn is_ordinal_ending(tokens: &[Token], at: usize, token: &Token) -> bool {
    let number =
        at.checked_sub(1).and_then(|before| tokens.get(before)).filter(|before| before.word.script == Script::Digit);
    number.is_some_and(|number| number.end == token.start) && ["st", "nd", "rd", "th"].contains(&&*token.word.folded)
}

/// "KIM, Jong Un" and "KIM Jong Un": before a comma, or alone in capitals, stands the family name.
fn mark_family(tokens: &[Token], parts: &mut [Part]) {
    let comma = tokens.iter().position(|token| token.comma).filter(|place| place + 1 < tokens.len() && *place < 3);
    let is_small = |token: &Token| !token.word.capitals && token.word.folded.chars().count() > 1;
    // the capitals of a numeral are no family name: Henry VIII
    let is_number = |token: &Token| {
        let is_here = |part: &&Part| usize::try_from(part.start) == Ok(token.start);
        parts.iter().find(is_here).is_some_and(|part| part.role == Role::Number)
    };
    let has_capitals = |token: &Token| token.word.capitals && !is_number(token);
    let mixed = tokens.iter().any(has_capitals) && tokens.iter().any(is_small);
    for (place, token) in tokens.iter().enumerate() {
        let family = comma.map_or(mixed && token.word.capitals, |comma| place <= comma);
        if let Some(part) =
            parts.iter_mut().find(|part| usize::try_from(part.start) == Ok(token.start) && part.role == Role::Name)
        {
            if family {
                part.role = Role::Family;
            } else if comma.is_some() || mixed {
                part.role = Role::Given;
            }
        }
    }
}
