//! Text → tokens with their places, in either dialect.

use super::error::{Cause, LanguageError};
use super::formula::Span;

/// The longest formula that is read, in bytes. The longest in the sample models has 400.
pub const LONGEST: usize = 16 * 1024;

/// Which way of writing a text follows. Trees, functions and numbers are the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A case's own models: `if(a > b, a, b)`, names as they are written, units in braces.
    Plain,
    /// XMILE: `IF a > b THEN a ELSE b`, names without regard to case, spaces and underscores, comments in braces.
    Xmile,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// A name, and whether it stood in quotation marks.
    Name(String, bool),
    Unit(String),
    Symbol(&'static str),
    End,
}

impl Token {
    /// For messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Number(value) => format!("`{value}`"),
            Self::Name(name, _) => format!("`{name}`"),
            Self::Unit(unit) => format!("`{{{unit}}}`"),
            Self::Symbol(symbol) => format!("`{symbol}`"),
            Self::End => "the end".to_owned(),
        }
    }
}

/// Longer symbols stand before their beginnings.
const SYMBOLS: [(&str, &str); 21] = [
    ("..", ".."),
    ("<=", "<="),
    (">=", ">="),
    ("<>", "<>"),
    ("!=", "<>"),
    ("==", "="),
    ("**", "^"),
    ("+", "+"),
    ("-", "-"),
    ("\u{2212}", "-"),
    ("*", "*"),
    ("\u{b7}", "*"),
    ("/", "/"),
    ("^", "^"),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("(", "("),
    (")", ")"),
    ("[", "["),
    ("]", "]"),
];

/// The tokens of a text, the last of which is the end.
pub(super) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<(Token, Span)>, LanguageError> {
    if text.len() > LONGEST {
        let cause = Cause::TooLong { length: text.len(), limit: LONGEST };
        return Err(LanguageError::new(Span { start: 0, end: text.len() }, cause));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = next(rest, dialect)
            .map_err(|(cause, length)| LanguageError::new(Span { start: at, end: at + length }, cause))?;
        let span = Span { start: at, end: at + length };
        at += length;
        found.extend(token.map(|token| (token, span)));
    }
    found.push((Token::End, Span { start: text.len(), end: text.len() }));
    Ok(found)
}

/// A token, if one stands here, and the number of bytes that it takes.
type Found = Result<(Option<Token>, usize), (Cause, usize)>;

fn next(rest: &str, dialect: Dialect) -> Found {
    let mut letters = rest.chars();
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    if first.is_whitespace() {
        return Ok((None, first.len_utf8()));
    }
    if first.is_ascii_digit() || first == '.' && second.is_ascii_digit() {
        return number(rest);
    }
    match first {
        '"' => return quoted(rest, dialect),
        '{' => return braces(rest, dialect),
        ',' => return Ok((Some(Token::Symbol(",")), 1)),
        _ => {}
    }
    let starts_name = |letter: char| letter.is_alphabetic() || letter == '_' || letter == '$';
    if starts_name(first) {
        let length = rest.find(|letter: char| !(starts_name(letter) || letter.is_numeric())).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        return Ok((Some(Token::Name(name_in(name, dialect), false)), length));
    }
    let symbol = SYMBOLS.iter().find(|(written, _)| rest.starts_with(written));
    match symbol {
        Some((written, symbol)) => Ok((Some(Token::Symbol(symbol)), written.len())),
        None => {
            let cause = Cause::Unexpected { found: format!("`{first}`"), expected: "a number, name or sign" };
            Err((cause, first.len_utf8()))
        }
    }
}

fn number(rest: &str) -> Found {
    let digits = |from: usize| {
        let tail = rest.get(from..).unwrap_or_default();
        from + tail.find(|letter: char| !letter.is_ascii_digit() && letter != '_').unwrap_or(tail.len())
    };
    let mut end = digits(0);
    let after = rest.get(end..).unwrap_or_default();
    // two points are a range: 2012..2017
    if after.starts_with('.') && !after.starts_with("..") {
        end = digits(end + 1);
    }
    let after = rest.get(end..).unwrap_or_default();
    if let Some(exponent) = after.strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        if exponent.get(sign..).is_some_and(|tail| tail.starts_with(|letter: char| letter.is_ascii_digit())) {
            end = digits(end + 1 + sign);
        }
    }
    let text = rest.get(..end).unwrap_or_default();
    match text.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((Some(Token::Number(value)), end)),
        _ => Err((Cause::Number(text.to_owned()), end)),
    }
}

fn quoted(rest: &str, dialect: Dialect) -> Found {
    let inside = rest.get(1..).unwrap_or_default();
    let length = inside.find('"').ok_or((Cause::Unclosed('"'), rest.len()))?;
    let name = inside.get(..length).unwrap_or_default();
    Ok((Some(Token::Name(name_in(name, dialect), true)), length + 2))
}

fn braces(rest: &str, dialect: Dialect) -> Found {
    let length = rest.find('}').ok_or((Cause::Unclosed('{'), rest.len()))?;
    let inside = rest.get(1..length).unwrap_or_default().trim();
    // XMILE writes comments in braces
    let token = (dialect == Dialect::Plain).then(|| Token::Unit(inside.to_owned()));
    Ok((token, length + 1))
}

fn name_in(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Plain => name.to_owned(),
        Dialect::Xmile => canonical(name),
    }
}

/// A name as XMILE compares it (section 3.2.2.1): small letters; spaces, line breaks and underscores alike, and runs of
/// them as one. Quotation marks, and blanks at the ends, are no part of a name.
///
/// ```
/// use plumb_weigh::language::canonical;
/// assert_eq!(canonical("Heat Loss\\nto  Room"), "heat_loss_to_room");
/// assert_ne!(canonical("pi_"), canonical("pi"));
/// ```
pub fn canonical(name: &str) -> String {
    let name = name.replace("\\n", " ").replace('"', "").to_lowercase();
    let mut canonical = String::new();
    for letter in name.trim().chars() {
        let blank = letter.is_whitespace() || letter == '_';
        if !(blank && canonical.ends_with('_')) {
            canonical.push(if blank { '_' } else { letter });
        }
    }
    canonical
}
