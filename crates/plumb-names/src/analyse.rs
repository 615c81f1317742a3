//! Reading a name: words, what they mean, how they sound, and how they can be split.

use compact_str::CompactString;

use crate::latin;
use crate::lexicon::{self, LONGEST_PHRASE, Meaning, Romanised};
use crate::name::{Forms, Kind, Name, Part, Role, Status};
use crate::readings;
use crate::script::Script;
use crate::spelling;
use crate::syllable::Syllable;
use crate::tokens::{Token, tokens};
use crate::variants::Groups;

/// Most parts of a name that are kept; no listed name has as many.
pub const MOST_PARTS: usize = 48;

/// Reads a name. Never fails: what cannot be read is kept as written and said so in [`Name::status`].
///
/// The work is bounded: at most [`crate::LONGEST`] characters and [`MOST_PARTS`] parts are read.
///
/// ```
/// use plumb_names::{Kind, Role, analyse};
/// let name = analyse("ООО «Торговый дом Заря»", Kind::Organisation);
/// assert_eq!(name.parts.first().map(|part| part.role), Some(Role::LegalForm));
/// ```
pub fn analyse(text: &str, kind: Kind) -> Name {
    let (tokens, cut) = tokens(text, kind);
    let mut reader = Reader { kind, parts: Vec::with_capacity(tokens.len()), syllables: Vec::new() };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if reader.parts.len() >= MOST_PARTS {
            break;
        }
        at += reader.read(text, &tokens, at, token);
    }
    let cut = cut || at < tokens.len();
    reader.parts.truncate(MOST_PARTS);
    if kind == Kind::Organisation {
        leave_out_repeated(&mut reader.parts);
    }
    let readings = match kind {
        Kind::Person | Kind::Entity => readings::readings(&tokens, &reader.parts),
        Kind::Organisation | Kind::Vessel | Kind::Address => Vec::new(),
    };
    if kind == Kind::Person {
        mark_family(&tokens, &mut reader.parts);
    }
    let status = status(&reader.parts, cut);
    let acronym = if kind == Kind::Person { CompactString::default() } else { acronym(&reader.parts) };
    Name { kind, status, parts: reader.parts, readings, syllables: reader.syllables, acronym }
}

/// A name that is given in full and then short, "Joint Stock Company Planar (JSC Planar)", is one name.
fn leave_out_repeated(parts: &mut Vec<Part>) {
    let same = |one: &Part, other: &Part| match one.role {
        Role::Number | Role::Stop => false,
        Role::LegalForm => one.concept == other.concept,
        _ => one.folded == other.folded,
    };
    let repeated: Vec<bool> = (0..parts.len())
        .map(|at| parts.get(at).is_some_and(|part| parts.iter().take(at).any(|other| same(part, other))))
        .collect();
    let mut repeated = repeated.into_iter();
    parts.retain(|_| !repeated.next().unwrap_or(false));
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

struct Reader {
    kind: Kind,
    parts: Vec<Part>,
    syllables: Vec<Syllable>,
}

impl Reader {
    /// Reads the part that begins at a token; answers how many tokens it took.
    fn read(&mut self, text: &str, tokens: &[Token], at: usize, token: &Token) -> usize {
        if let Some((length, meaning)) = self.phrase(tokens, at)
            && let Some(last) = tokens.get(at + length - 1)
        {
            let folded = tokens
                .get(at..at + length)
                .unwrap_or_default()
                .iter()
                .map(|t| t.folded.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            self.push((token.start, last.end), token.script, &folded, None, Some(meaning));
            return length;
        }
        let written = text.get(token.start..token.end).unwrap_or("");
        if is_ordinal_ending(tokens, at, token) || self.kind != Kind::Person && is_number_sign(tokens, at, token) {
        } else if token.script == Script::Digit {
            self.push_number(token, token.folded.trim_start_matches('0').parse().ok());
        } else if let Some(value) = self.roman(written, at) {
            self.push_number(token, Some(value));
        } else if token.script.is_unspaced() && self.kind != Kind::Person {
            self.split_unspaced(written, token);
        } else if self.kind == Kind::Person && token.script == Script::Arabic && self.split_article(written, token) {
        } else {
            self.push((token.start, token.end), token.script, &token.folded, Some(token), None);
        }
        1
    }

    /// The longest phrase with a meaning from here on.
    fn phrase(&self, tokens: &[Token], at: usize) -> Option<(usize, Meaning)> {
        let mut phrase = String::new();
        let mut found = None;
        for (length, token) in tokens.iter().skip(at).take(LONGEST_PHRASE).enumerate() {
            if length > 0 {
                phrase.push(' ');
            }
            phrase.push_str(&token.folded);
            if let Some(meaning) =
                lexicon::meaning(&phrase, self.kind).filter(|meaning| Self::fits(tokens, at, length + 1, *meaning))
            {
                found = Some((length + 1, meaning));
            }
        }
        found.or_else(|| self.romanised_phrase(tokens, at))
    }

    /// The same of Russian words in Latin letters.
    fn romanised_phrase(&self, tokens: &[Token], at: usize) -> Option<(usize, Meaning)> {
        let mut keys = String::new();
        let mut found = None;
        let tokens = tokens.iter().skip(at).take(LONGEST_PHRASE).take_while(|token| token.script == Script::Latin);
        for (length, token) in tokens.enumerate().filter(|_| self.kind == Kind::Organisation) {
            if length > 0 {
                keys.push(' ');
            }
            keys.push_str(&spelling::key(&latin::romanise(&token.folded, &token.spelled, token.script)));
            match lexicon::romanised(&keys) {
                Some(Romanised::Whole(meaning)) => found = Some((length + 1, meaning)),
                Some(Romanised::Beginning) => {}
                None => break,
            }
        }
        found
    }

    /// A title or word of descent is one only beside a name; a single word that is the whole name is a name.
    fn fits(tokens: &[Token], at: usize, length: usize, meaning: Meaning) -> bool {
        match meaning.role {
            Role::Honorific => {
                let after = tokens.get(at).is_some_and(|token| token.script.is_unspaced()) && at > 0;
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
        let series = matches!(self.kind, Kind::Organisation | Kind::Vessel | Kind::Entity) && at > 0;
        if series { lexicon::roman(written) } else { None }
    }

    fn push_number(&mut self, token: &Token, value: Option<u32>) {
        let digits = value.map_or_else(|| token.folded.clone(), |value| value.to_string());
        self.push((token.start, token.end), Script::Digit, &digits, None, None);
    }

    /// Hangul, Han and kana of organisations and ships: words with a meaning are cut out, what is left between are names.
    fn split_unspaced(&mut self, written: &str, token: &Token) {
        let letters: Vec<(usize, char)> = written.char_indices().collect();
        // Folding keeps one character for each only if nothing was composed or expanded; otherwise the word stays whole.
        let folded: Vec<char> = token.folded.chars().collect();
        if folded.len() != letters.len() {
            return self.push((token.start, token.end), token.script, &token.folded, Some(token), None);
        }
        let offset = |place: usize| token.start + letters.get(place).map_or(written.len(), |(start, _)| *start);
        let (mut begin, mut at) = (0, 0);
        while at < folded.len() {
            let rest = folded.get(at..).unwrap_or_default();
            let Some((length, meaning)) = lexicon::unspaced_prefix(rest, self.kind) else {
                at += 1;
                continue;
            };
            // "general" stands before what it belongs to and is no end of the name before it: 련봉, 총, 회사
            let general = at > begin + 1 && folded.get(at - 1).is_some_and(|letter| lexicon::is_general(*letter));
            let name_end = if general { at - 1 } else { at };
            self.push_run(&folded, (begin, name_end), token.script, &offset);
            self.push_run(&folded, (name_end, at), token.script, &offset);
            let word: String = rest.iter().take(length).collect();
            self.push((offset(at), offset(at + length)), token.script, &word, None, Some(meaning));
            at += length;
            begin = at;
        }
        self.push_run(&folded, (begin, at), token.script, &offset);
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
            let meaning = lexicon::meaning(&word, self.kind);
            self.push((offset(from), offset(to)), script, &word, None, meaning);
        }
    }

    /// The Arabic article is written with the word; in Latin letters it stands apart or not at all.
    fn split_article(&mut self, written: &str, token: &Token) -> bool {
        let Some(rest) = token.folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2) else {
            return false;
        };
        let middle = token.start + written.char_indices().nth(2).map_or(0, |(place, _)| place);
        let Some(meaning) = lexicon::meaning("ال", Kind::Person) else { return false };
        self.push((token.start, middle), Script::Arabic, "ال", None, Some(meaning));
        self.push((middle, token.end), Script::Arabic, rest, None, None);
        true
    }

    fn push(
        &mut self,
        (start, end): (usize, usize),
        script: Script,
        folded: &str,
        token: Option<&Token>,
        meaning: Option<Meaning>,
    ) {
        let number = meaning.and_then(|meaning| meaning.number).map(|value| value.to_string());
        let latin = number
            .clone()
            .unwrap_or_else(|| latin::romanise(folded, token.map_or(folded, |token| &token.spelled), script));
        let key = if script == Script::Digit || number.is_some() {
            latin.as_str().into()
        } else {
            spelling::key(plain(folded, &latin, script))
        };
        // What no table reads compares as written: it is its own key.
        let key = if key.is_empty() { folded.into() } else { key };
        let role = meaning.map_or_else(|| self.role(folded, &latin, script), |meaning| meaning.role);
        let concept = meaning.filter(|meaning| meaning.number.is_none()).map_or(0, |meaning| meaning.concept);
        let first = self.syllables.len();
        if (concept == 0 || role == Role::Name) && role != Role::Initial {
            part_syllables(folded, token, script, &mut self.syllables);
        }
        let range = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let mut part = Part {
            start: byte(start),
            end: byte(end),
            script,
            role,
            has_variants: false,
            has_nicknames: false,
            forms: Forms::default(),
            groups: Groups::default(),
            splits: Vec::new(),
            folded: folded.into(),
            latin: latin.into(),
            key,
            concept,
            syllables: (range(first), range(self.syllables.len())),
        };
        part.look_up();
        self.parts.push(part);
    }

    fn role(&self, folded: &str, latin: &str, script: Script) -> Role {
        if script == Script::Digit {
            return Role::Number;
        }
        if !matches!(self.kind, Kind::Person | Kind::Entity) {
            return Role::Name;
        }
        if folded.chars().count() == 1 && matches!(script, Script::Latin | Script::Cyrillic | Script::Greek) {
            return Role::Initial;
        }
        if is_patronymic(latin) && self.parts.iter().any(|part| part.role == Role::Name) {
            Role::Patronymic
        } else {
            Role::Name
        }
    }
}

/// A single letter that stands for a name and not for "and": with a full stop, or a capital beside words that are not.
fn is_initial(token: &Token) -> bool {
    token.dotted || token.start == 0 && token.folded.chars().count() == 1
}

/// "No." before a number says what the number says.
fn is_number_sign(tokens: &[Token], at: usize, token: &Token) -> bool {
    let before_number = tokens.get(at + 1).is_some_and(|next| next.script == Script::Digit);
    before_number && ["no", "nr", "num", "number", "номер", "n"].contains(&&*token.folded)
}

/// The letters of a word without its marks: what a key is made from, since most leave them out.
fn plain<'a>(folded: &'a str, latin: &'a str, script: Script) -> &'a str {
    if script == Script::Latin && folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) { folded } else { latin }
}

/// The letters of 2nd and 811th: the number before them says it all.
fn is_ordinal_ending(tokens: &[Token], at: usize, token: &Token) -> bool {
    let number =
        at.checked_sub(1).and_then(|before| tokens.get(before)).filter(|before| before.script == Script::Digit);
    number.is_some_and(|number| number.end == token.start) && ["st", "nd", "rd", "th"].contains(&&*token.folded)
}

/// Endings of patronymics of Russian, Ukrainian and Belarusian in the systems of English and German. Serbian family names in
/// -ović and -ić end otherwise.
fn is_patronymic(latin: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ovich", "evich", "ovych", "evych", "ovitch", "evitch", "owitsch", "ewitsch", "ovna", "evna", "ivna", "owna",
        "inichna", "ilich",
    ];
    ENDINGS.iter().any(|ending| latin.len() > ending.len() + 1 && latin.ends_with(ending))
}

/// The syllables of a part on its own: exact for Hangul and Han, the first way of dividing for Latin and Cyrillic.
fn part_syllables(folded: &str, token: Option<&Token>, script: Script, into: &mut Vec<Syllable>) {
    if matches!(script, Script::Hangul | Script::Han) {
        let read: Option<Vec<Syllable>> = folded.chars().map(readings::character).collect();
        into.extend(read.unwrap_or_default());
        return;
    }
    let first = |divisions: fn(&Token) -> &Vec<Vec<Syllable>>| {
        token.and_then(|token| divisions(token).first()).map_or(&[][..], Vec::as_slice)
    };
    let (korean, chinese) = (first(|token| &token.korean), first(|token| &token.mandarin));
    if korean.len() == chinese.len() {
        into.extend(korean.iter().zip(chinese).map(|(k, c)| k.or(*c)));
    } else {
        into.extend_from_slice(if korean.is_empty() { chinese } else { korean });
    }
}

/// "KIM, Jong Un" and "KIM Jong Un": before a comma, or alone in capitals, stands the family name.
fn mark_family(tokens: &[Token], parts: &mut [Part]) {
    let comma = tokens.iter().position(|token| token.comma).filter(|place| place + 1 < tokens.len() && *place < 3);
    let capitals = tokens.iter().filter(|token| token.capitals).count();
    let mixed =
        capitals > 0 && capitals < tokens.len() && tokens.iter().any(|t| !t.capitals && t.folded.chars().count() > 1);
    for (place, token) in tokens.iter().enumerate() {
        let family = comma.map_or(mixed && token.capitals, |comma| place <= comma);
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

/// First letters of the words of an organisation, legal form and stop words left out. What is written in syllables is shortened to
/// syllables, and not to the first letters of how they are romanised.
fn acronym(parts: &[Part]) -> CompactString {
    if parts.iter().any(|part| matches!(part.script, Script::Hangul | Script::Han)) {
        return CompactString::default();
    }
    let counted = |part: &&Part| !matches!(part.role, Role::Stop | Role::LegalForm | Role::Number);
    let letters: String =
        parts.iter().filter(counted).flat_map(Part::words).filter_map(|word| word.chars().next()).collect();
    if letters.len() >= 3 { letters.into() } else { CompactString::default() }
}
