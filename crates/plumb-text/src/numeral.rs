//! Numbers in digits as texts print them: `30,023`, `15 000`, `1.2`, `１０`, `٣٠`, and what only looks like one.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::Language;
use crate::fold::is_invisible;

/// A run of digits with its separators.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent observations of how it is printed")]
pub(crate) struct Numeral {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// Its value; `None` when it has more digits than a decimal holds.
    pub(crate) value: Option<Decimal>,
    /// Digits before the decimal separator.
    pub(crate) digits: usize,
    /// Thousands are set apart.
    pub(crate) grouped: bool,
    /// It has a decimal part.
    pub(crate) fractional: bool,
    /// A letter, slash or further number is glued to it: a code, an address, a telephone number, a footnote.
    pub(crate) is_code: bool,
    /// `38th`, `5-й`.
    pub(crate) is_ordinal: bool,
}

impl Numeral {
    /// A year as it would be printed: four plain digits from 1800 to 2100.
    pub(crate) fn year(&self) -> Option<i16> {
        let plain = self.digits == 4 && !self.grouped && !self.fractional && !self.is_code;
        let year = plain.then_some(self.value).flatten()?;
        i16::try_from(year).ok().filter(|year| (1800..=2100).contains(year))
    }

    /// A small whole number, as of a day or a month.
    pub(crate) fn small(&self) -> Option<i8> {
        let plain = self.digits <= 2 && !self.grouped && !self.fractional && !self.is_code;
        plain.then_some(self.value).flatten().and_then(|value| i8::try_from(value).ok())
    }
}

/// More digits than this are no figure; a decimal holds 28.
const MOST_DIGITS: usize = 27;

/// All runs of digits in a sentence, in order.
pub(crate) fn numerals(sentence: &str, language: Language) -> Vec<Numeral> {
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(sentence, at) {
        let numeral = Scan { text: sentence, language }.read(start);
        at = numeral.range.end;
        found.push(numeral);
    }
    mark_chains(sentence, &mut found);
    found
}

/// Where the next digit stands, from a byte on.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    // digits of other scripts begin with these bytes; all other bytes are passed over at once
    let mut bytes = rest.bytes().enumerate();
    bytes.find_map(|(offset, byte)| {
        let candidate = byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb | 0xef);
        (candidate && rest.get(offset..)?.chars().next().and_then(digit).is_some()).then_some(from + offset)
    })
}

/// The value of a digit: ASCII, full width, Arabic-Indic, Persian.
pub(crate) fn digit(character: char) -> Option<u8> {
    let zero = match character {
        '0'..='9' => '0',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(zero)).ok()
}

struct Scan<'a> {
    text: &'a str,
    language: Language,
}

/// Digits between separators.
struct Group {
    separator: Option<char>,
    digits: Vec<u8>,
    end: usize,
}

impl Scan<'_> {
    fn read(&self, start: usize) -> Numeral {
        let mut groups = vec![self.group(None, start)];
        while let Some(next) = self.next_group(&groups) {
            groups.push(next);
        }
        let whole = self.whole_groups(&groups);
        let fractional = whole < groups.len();
        let end = groups.last().map_or(start, |group| group.end);
        let integer: Vec<u8> = groups.iter().take(whole).flat_map(|group| group.digits.iter().copied()).collect();
        let fraction: Vec<u8> = groups.iter().skip(whole).flat_map(|group| group.digits.iter().copied()).collect();
        let (suffix, is_ordinal) = self.ordinal_suffix(end);
        Numeral {
            value: decimal(&integer, &fraction),
            digits: integer.len(),
            grouped: whole > 1,
            fractional,
            is_code: self.is_glued(start, end + suffix),
            is_ordinal,
            range: start..end + suffix,
        }
    }

    fn group(&self, separator: Option<char>, start: usize) -> Group {
        let mut group = Group { separator, digits: Vec::new(), end: start };
        let rest = self.text.get(start..).unwrap_or_default();
        for (offset, character) in rest.char_indices() {
            match digit(character) {
                Some(value) => {
                    group.digits.push(value);
                    group.end = start + offset + character.len_utf8();
                }
                None if is_invisible(character) => {}
                None => break,
            }
        }
        group
    }

    /// The group after the last one, if a separator that fits those before joins it.
    fn next_group(&self, groups: &[Group]) -> Option<Group> {
        let (first, last) = (groups.first()?, groups.last()?);
        let mut rest = self.text.get(last.end..)?.char_indices().filter(|(_, character)| !is_invisible(*character));
        let (_, character) = rest.next()?;
        let (offset, after) = rest.next()?;
        digit(after)?;
        let separator = separator(character)?;
        let next = self.group(Some(separator), last.end + offset);
        let thousands =
            next.digits.len() == 3 && first.digits.len() <= 3 && last.separator.is_none_or(|one| one == separator);
        let alike = groups.iter().skip(1).all(|group| group.separator == Some(separator));
        let fits = match separator {
            ' ' | '\'' => thousands && alike,
            // a decimal separator ends a number; one that is used twice sets thousands apart
            _ => {
                (groups.len() == 1)
                    || (alike && thousands)
                    || groups.iter().skip(1).all(|group| group.digits.len() == 3)
            }
        };
        let decimal_done = groups.iter().skip(1).any(|group| group.digits.len() != 3 && group.separator.is_some());
        (fits && !decimal_done).then_some(next)
    }

    /// How many groups stand before the decimal separator.
    fn whole_groups(&self, groups: &[Group]) -> usize {
        let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return 0 };
        let count = groups.len();
        if count == 1 || matches!(last.separator, Some(' ' | '\'')) {
            return count;
        }
        let same = groups.iter().skip(1).all(|group| group.separator == last.separator);
        if count > 2 {
            return if same && last.digits.len() == 3 { count } else { count - 1 };
        }
        let could_be_thousands =
            last.digits.len() == 3 && (1..=3).contains(&first.digits.len()) && first.digits.first() != Some(&0);
        let point_groups =
            last.separator == Some(',') && (self.language != Language::Russian || !self.scale_follows(last.end));
        if could_be_thousands && point_groups { count } else { count - 1 }
    }

    /// In Russian the comma is decimal before a scale word (`2,345 млн`) and elsewhere, in practice, sets thousands apart.
    fn scale_follows(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default().trim_start().to_lowercase();
        ["тыс", "млн", "млрд", "мил", "трлн", "%"].iter().any(|scale| rest.starts_with(scale))
    }

    /// Length of an ordinal ending, if one follows.
    fn ordinal_suffix(&self, end: usize) -> (usize, bool) {
        let rest = self.text.get(end..).unwrap_or_default();
        let word_ends = |length: usize| {
            !rest.get(length..).and_then(|after| after.chars().next()).is_some_and(|after| after.is_alphanumeric())
        };
        let endings: &[&str] = match self.language {
            Language::Russian => {
                &["-й", "-го", "-му", "-м", "-х", "-е", "-я", "-ю", "-ый", "-ая", "-ое", "-ого", "-ой", "-ми"]
            }
            Language::English => &["st", "nd", "rd", "th"],
            _ => &[],
        };
        let found = endings.iter().find(|ending| rest.starts_with(**ending) && word_ends(ending.len()));
        found.map_or((0, false), |ending| (ending.len(), true))
    }

    /// Whether letters, slashes or brackets make a code, an address or a footnote of it.
    fn is_glued(&self, start: usize, end: usize) -> bool {
        let mut before = self.text.get(..start).unwrap_or_default().chars().rev().filter(|one| !is_invisible(*one));
        let mut after = self.text.get(end..).unwrap_or_default().chars().filter(|one| !is_invisible(*one));
        let (before, before_that) = (before.next(), before.next());
        let (after, after_that) = (after.next(), after.next());
        let slash = |one: Option<char>| matches!(one, Some('/' | '\\' | '_' | '@' | '#'));
        let letter = before.is_some_and(|one| one.is_ascii_alphabetic()) && !self.currency_letters(start);
        let hyphened = before == Some('-') && before_that.is_some_and(|one| one.is_ascii_uppercase());
        let bracketed = before == Some('[') && matches!(after, Some(']' | ',' | ';'));
        // a call in a program: `alert(1)`
        let called =
            before == Some('(') && after == Some(')') && before_that.is_some_and(|one| one.is_ascii_alphabetic());
        let plus = before == Some('+');
        let slashed = slash(before) || (slash(after) && after_that.is_some_and(char::is_alphanumeric));
        letter || hyphened || bracketed || called || plus || slashed
    }

    /// `US$`, `USD`, `RMB`, `EUR` may be glued to a number.
    fn currency_letters(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        ["USD", "EUR", "RMB", "CNY", "RUB", "KRW", "US", "Rs"].iter().any(|code| before.ends_with(code))
    }
}

/// One sign for each way of setting digits apart.
fn separator(character: char) -> Option<char> {
    match character {
        ',' | '，' | '٬' => Some(','),
        '.' | '．' | '٫' => Some('.'),
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2008}' => Some(' '),
        '\'' | '’' => Some('\''),
        _ => None,
    }
}

fn decimal(integer: &[u8], fraction: &[u8]) -> Option<Decimal> {
    let digits = integer.iter().skip_while(|digit| **digit == 0).count() + fraction.len();
    if digits > MOST_DIGITS {
        return None;
    }
    let mantissa = integer.iter().chain(fraction).fold(0_i128, |sum, digit| sum * 10 + i128::from(*digit));
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|value| value.normalize())
}

/// Three numbers and more joined by hyphens, points or slashes are telephone numbers, dates in digits or versions.
fn mark_chains(text: &str, numerals: &mut [Numeral]) {
    let mut first = 0;
    while first < numerals.len() {
        let mut last = first;
        while let (Some(one), Some(two)) = (numerals.get(last), numerals.get(last + 1)) {
            let gap = text.get(one.range.end..two.range.start).unwrap_or_default();
            if !matches!(gap, "-" | "." | "/" | ":" | "‐" | ") " | ")") {
                break;
            }
            last += 1;
        }
        let tight = |index: usize| numerals.get(index).map_or("", |one| text.get(one.range.end..).unwrap_or_default());
        let is_chain = last - first >= 2 || (last > first && tight(first).starts_with([':', '/']));
        if is_chain {
            numerals.iter_mut().take(last + 1).skip(first).for_each(|numeral| numeral.is_code = true);
        }
        first = last + 1;
    }
}
