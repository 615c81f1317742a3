//! The words of the rules, found in a sentence by one automaton a language.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;
use plumb_core::quantity::Qualifier;
use rust_decimal::Decimal;

use crate::Language;
use crate::fold::{fold, is_invisible};
use crate::sentence::{Relation, TimeUnit};

/// What a word of the rules does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sense {
    /// A number word: 1 to 19, the tens, 100 in languages that count by it.
    Number(Decimal),
    /// A word that multiplies what stands before it: hundred, thousand, 만, 亿.
    Scale(Decimal),
    /// An unknown number of at least so many: "thousands of".
    Vague(Decimal),
    /// A part of a whole by its denominator: half, the "thirds" of two thirds.
    Fraction(Decimal),
    /// More than half, nobody says how much more.
    Majority,
    /// Between the parts of a whole and how many of them: 분의, 分之.
    PartsOf,
    /// A noun that is not counted as anything the ledgers know: "quarters", "papers".
    Thing,
    /// "the number of": what is counted follows it.
    NumberOf,
    /// Counts whatever noun stands near: 건, 份.
    Counter,
    /// A qualifier that stands before its number.
    Before(Qualifier),
    /// A qualifier that stands after its number or unit.
    After(Qualifier),
    /// Opens a range for certain: between.
    Open,
    /// Opens a range, unless a word of change makes a before and after of it: from, от.
    From,
    /// Joins the ends of a range that was opened: and.
    Join,
    /// Joins the ends of a range, opened or not: to, до.
    Link,
    /// Money, by ISO 4217.
    Currency(String),
    /// Something counted, by the atom of `plumb_core::unit`.
    Counted(String),
    /// "in" and "out of" of "two in three", "nine out of ten".
    OutOf,
    /// Percent.
    Percent,
    /// Percent, before its number: 百分之.
    PercentOf,
    /// Tenths, behind its number: 成, 할.
    Tenths,
    /// Percentage points.
    Points,
    /// A unit of calendar time.
    Time(TimeUnit),
    /// Times as many.
    Times,
    /// Hours.
    Hour,
    /// "a" of "a year", "в" of "в год", by the unit that it names itself: `year` of "annual".
    Per(Option<String>),
    /// A month of the year.
    Month(i8),
    /// A word that makes a date of the year after it: in, since, 'с'.
    Dating(Dating),
    /// A part of a year by its first and last month: "first half".
    PartOfYear(u8, u8),
    /// A length of time lies so to something.
    Relation(Relation),
    /// A number before or after it is no quantity: paragraph, No., parallel.
    Numbering,
    /// Stands after a number that names a place in an order: "38th parallel", "5 человек"… never a quantity.
    Numbered,
    /// A resolution, act or treaty.
    Instrument,
    /// A paragraph or article.
    Paragraph,
    /// A paragraph, behind its number: 항, 段.
    ParagraphAfter,
    /// A preposition that places: in, at, to.
    Placing,
    /// All places abroad: "abroad", "за рубежом", 해외.
    Abroad,
    /// Points back to the place named last: "worked there", "в стране", 현지.
    There,
    /// A time as of the day of the text, whatever year its paragraph tells of: "last year", 현재.
    Now,
    /// A word that may stand between number and unit or qualifier and number.
    Filler,
    /// Denies.
    Negation,
    /// Keeps the speaker from vouching.
    Hedge,
    /// Plans, forecasts, wishes.
    Plan,
    /// Says: its subject is the speaker.
    Say,
    /// Names a source after it: "according to".
    Source,
    /// Binds: must, requirement.
    Duty,
    /// Something that happens.
    Event(String),
    /// A cue to a measure.
    Cue(String),
}

/// How a date word bears on its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dating {
    /// In, on, during.
    At,
    /// Since, from.
    From,
    /// Until, by, before.
    Until,
    /// Early, mid, late, around: the date is approximate.
    Near,
    /// The word for year that stands with a number: 년, 年, год.
    Year,
    /// The word for month: 월, 月.
    Month,
    /// The word for day: 일, 日.
    Day,
    /// The word for decade: "1950s" is read without it; 년대, 年代.
    Decade,
}

impl Sense {
    /// Context, which may overlap other words; all else is grammar, of which the longest at a place holds.
    fn is_context(&self) -> bool {
        matches!(
            self,
            Self::Cue(_)
                | Self::Event(_)
                | Self::Duty
                | Self::Abroad
                | Self::There
                | Self::Now
                | Self::Say
                | Self::Source
                | Self::Plan
                | Self::Hedge
                | Self::Negation
        )
    }
}

/// A word of the rules where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found<'r> {
    pub(crate) range: Range<usize>,
    pub(crate) senses: &'r [Sense],
}

impl Found<'_> {
    /// Whether it is the name of a currency.
    pub(crate) fn is_currency(&self) -> bool {
        self.senses.iter().any(|sense| matches!(sense, Sense::Currency(_)))
    }
}

/// What is longer is no word; a line of letters without end must not be walked for each stem in it.
pub(crate) const LONGEST_WORD: usize = 48;

/// The words of one language.
pub(crate) struct Terms {
    automaton: DoubleArrayAhoCorasick<u32>,
    /// By the automaton's values: what a word does, with open or closed ends.
    entries: Vec<Entry>,
    /// Words are parted by spaces and have no particles: a word found by its stem or ending is the whole word.
    has_words: bool,
}

/// What a word does where it stands free, glued to letters on the left, on the right, or on both sides.
#[derive(Default)]
struct Entry {
    grammar: [Vec<Sense>; 4],
    context: [Vec<Sense>; 4],
}

impl Entry {
    /// Which of the four holds.
    fn place(left_is_glued: bool, right_is_glued: bool) -> usize {
        usize::from(left_is_glued) + 2 * usize::from(right_is_glued)
    }

    fn add(&mut self, sense: &Sense, open_left: bool, open_right: bool) {
        let all = if sense.is_context() { &mut self.context } else { &mut self.grammar };
        for (place, senses) in all.iter_mut().enumerate() {
            let allowed = (place % 2 == 0 || open_left) && (place < 2 || open_right);
            if allowed && !senses.contains(sense) {
                senses.push(sense.clone());
            }
        }
    }
}

impl Terms {
    /// Builds the automaton. A word may begin or end with `*`: other letters may stand there. Korean words are always
    /// open to the right (particles follow), Chinese ones to both sides (nothing parts words).
    pub(crate) fn new(
        language: Language,
        words: &[(String, Sense)],
    ) -> Result<Self, daachorse::errors::DaachorseError> {
        let mut by_pattern: BTreeMap<String, Entry> = BTreeMap::new();
        for (word, sense) in words {
            let open_left = word.starts_with('*') || language == Language::Chinese;
            let open_right = word.ends_with('*') || matches!(language, Language::Chinese | Language::Korean);
            let pattern = fold(word.trim_matches('*'));
            if !pattern.is_empty() {
                by_pattern.entry(pattern).or_default().add(sense, open_left, open_right);
            }
        }
        let automaton = DoubleArrayAhoCorasick::with_values(by_pattern.keys().zip(0_u32..))?;
        let has_words = matches!(language, Language::English | Language::Russian);
        Ok(Self { automaton, entries: by_pattern.into_values().collect(), has_words })
    }

    /// The whole word of a stem or ending.
    fn whole(&self, folded: &str, part: Range<usize>) -> Range<usize> {
        if !self.has_words {
            return part;
        }
        let length = |letters: &mut dyn Iterator<Item = char>| {
            letters.take(LONGEST_WORD).take_while(|one| one.is_alphabetic()).map(char::len_utf8).sum::<usize>()
        };
        let (before, after) =
            (folded.get(..part.start).unwrap_or_default(), folded.get(part.end..).unwrap_or_default());
        let glued = |at: usize| !is_boundary(folded, at);
        let start = if glued(part.start) { part.start - length(&mut before.chars().rev()) } else { part.start };
        let end = if glued(part.end) { part.end + length(&mut after.chars()) } else { part.end };
        start..end
    }

    /// The words of a folded sentence: grammar without overlaps, the longest of those that begin first; and context.
    pub(crate) fn find(&self, folded: &str) -> (Vec<Found<'_>>, Vec<Found<'_>>) {
        let (mut grammar, mut context) = (Vec::new(), Vec::new());
        for found in self.automaton.find_overlapping_iter(folded) {
            let Some(entry) = self.entries.get(found.value() as usize) else { continue };
            let range = self.whole(folded, found.start()..found.end());
            let place = Entry::place(!is_boundary(folded, found.start()), !is_boundary(folded, found.end()));
            if let Some(senses) = entry.grammar.get(place).filter(|senses| !senses.is_empty()) {
                grammar.push(Found { range: range.clone(), senses });
            }
            if let Some(senses) = entry.context.get(place).filter(|senses| !senses.is_empty()) {
                context.push(Found { range, senses });
            }
        }
        grammar.sort_unstable_by_key(|one: &Found<'_>| (one.range.start, usize::MAX - one.range.end));
        let mut end = 0;
        grammar.retain(|one| {
            let free = one.range.start >= end;
            if free {
                end = one.range.end;
            }
            free
        });
        context.sort_unstable_by_key(|one: &Found<'_>| (one.range.start, one.range.end));
        (grammar, context)
    }
}

/// Whether a word may begin or end at this byte: not between two letters of one kind, nor between two digits.
/// Chinese characters are words of their own.
pub(crate) fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let pair = (at.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(at));
    if let (Some(before), Some(after)) = pair
        && before.is_ascii()
        && after.is_ascii()
    {
        // most of all boundaries that are asked for
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        return !(digits || before.is_ascii_alphabetic() && after.is_ascii_alphabetic());
    }
    let before = text.get(..at).and_then(|part| part.chars().rev().find(|one| !is_invisible(*one)));
    let after = text.get(at..).and_then(|part| part.chars().find(|one| !is_invisible(*one)));
    match (before.map(kind), after.map(kind)) {
        (Some(one), Some(two)) => one != two || matches!(one, Kind::Han | Kind::Other),
        _ => true,
    }
}

#[derive(PartialEq)]
enum Kind {
    Letter,
    Hangul,
    Han,
    Digit,
    Other,
}

fn kind(character: char) -> Kind {
    // the ranges that most characters of the four languages lie in, before the tables of Unicode are asked
    match character {
        'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{52f}' => Kind::Letter,
        '0'..='9' => Kind::Digit,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => Kind::Other,
        _ if character.is_ascii() => Kind::Other,
        '\u{ac00}'..='\u{d7a3}' => Kind::Hangul,
        '\u{3400}'..='\u{9fff}' | '\u{3041}'..='\u{30ff}' => Kind::Han,
        _ if character.is_alphabetic() => Kind::Letter,
        _ if character.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}
