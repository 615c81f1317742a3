//! Tokens → tree, by recursive descent; a depth limit guards the stack.
//!
//! From loose to tight: `or`, `and`, `not`, comparison, `+ -`, `* / mod`, sign, `^`. In XMILE `not` binds like a sign
//! (section 3.3.1).

use super::error::{Cause, LanguageError, nearest};
use super::formula::{Comparison, Fold, Formula, Index, Kind, Part, Span};
use super::function::Function;
use super::lexer::{Dialect, Token, tokens};
use super::measure::Measure;

/// The deepest nesting that is read. Formulas in published models stay below ten.
const DEEPEST: usize = 48;

/// Reads a formula in the plain dialect.
///
/// ```
/// use plumb_weigh::language::parse;
/// let formula = parse("workers[RU, 2017] * pay * 12 {month/year}").unwrap();
/// assert_eq!(formula.to_string(), "workers[RU,2017] * pay * 12 {month/year}");
/// assert!(parse("maxx(a, b)").unwrap_err().hint().contains("max"));
/// ```
pub fn parse(text: &str) -> Result<Formula, LanguageError> {
    parse_in(text, Dialect::Plain)
}

/// Reads a formula in the dialect of choice.
pub fn parse_in(text: &str, dialect: Dialect) -> Result<Formula, LanguageError> {
    let mut parser = Parser::new(text, dialect)?;
    let formula = parser.formula()?;
    parser.end()?;
    Ok(formula)
}

/// Reads an identity in the plain dialect: `revenue[host, year] = workers[host, year] * pay`.
/// The left side is a single quantity.
pub fn parse_identity(text: &str) -> Result<(Formula, Formula), LanguageError> {
    let mut parser = Parser::new(text, Dialect::Plain)?;
    let left = match parser.take() {
        (Token::Name(name, _), span) => parser.reference(name, span)?,
        (token, span) => return Err(unexpected(&token, span, "the quantity that is defined")),
    };
    parser.expect("=", "`=`")?;
    let right = parser.formula()?;
    parser.end()?;
    Ok((left, right))
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    next: usize,
    depth: usize,
    dialect: Dialect,
}

type Parsed = Result<Formula, LanguageError>;

fn unexpected(token: &Token, span: Span, expected: &'static str) -> LanguageError {
    LanguageError::new(span, Cause::Unexpected { found: token.describe(), expected })
}

impl Parser {
    fn new(text: &str, dialect: Dialect) -> Result<Self, LanguageError> {
        Ok(Self { tokens: tokens(text, dialect)?, next: 0, depth: 0, dialect })
    }

    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |(token, _)| token)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(Span::default(), |(_, span)| *span)
    }

    fn take(&mut self) -> (Token, Span) {
        let taken = (self.peek().clone(), self.span());
        self.next += 1;
        taken
    }

    fn accept(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(here) if *here == symbol);
        self.next += usize::from(found);
        found
    }

    /// Takes a word of the grammar, which is no name when it stands without quotation marks.
    fn accept_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        self.next += usize::from(found);
        found
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name, false) if name == word)
    }

    fn expect(&mut self, symbol: &str, expected: &'static str) -> Result<Span, LanguageError> {
        let span = self.span();
        if self.accept(symbol) { Ok(span) } else { Err(unexpected(self.peek(), span, expected)) }
    }

    fn end(&self) -> Result<(), LanguageError> {
        match self.peek() {
            Token::End => Ok(()),
            token => Err(unexpected(token, self.span(), "an operator or the end")),
        }
    }

    /// One level of nesting more.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            return Err(LanguageError::new(self.span(), Cause::TooDeep(DEEPEST)));
        }
        self.depth += 1;
        let formula = read(self);
        self.depth -= 1;
        formula
    }

    fn formula(&mut self) -> Parsed {
        self.deeper(|parser| {
            parser.joined("or", Function::Or, |parser| parser.joined("and", Function::And, Self::negation))
        })
    }

    fn joined(&mut self, word: &str, function: Function, read: impl Fn(&mut Self) -> Parsed) -> Parsed {
        let first = read(self)?;
        let mut arguments = vec![first];
        while self.accept_word(word) {
            arguments.push(read(self)?);
        }
        let span = span_of(&arguments);
        match <[Formula; 1]>::try_from(arguments) {
            Ok([single]) => Ok(single),
            Err(arguments) => Ok(Formula { span, kind: Kind::Call(function, arguments) }),
        }
    }

    fn negation(&mut self) -> Parsed {
        if self.dialect == Dialect::Plain && self.at_word("not") {
            return self.not(Self::negation);
        }
        self.comparison()
    }

    fn not(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        let (_, span) = self.take();
        let inside = self.deeper(read)?;
        Ok(Formula { span: span.to(inside.span), kind: Kind::Call(Function::Not, vec![inside]) })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let Token::Symbol(symbol) = self.peek() else { return Ok(left) };
        let all = [
            Comparison::Less,
            Comparison::AtMost,
            Comparison::Greater,
            Comparison::AtLeast,
            Comparison::Equal,
            Comparison::Unequal,
        ];
        let Some(comparison) = all.into_iter().find(|comparison| comparison.symbol() == *symbol) else {
            return Ok(left);
        };
        self.next += 1;
        let right = self.sum()?;
        Ok(Formula { span: left.span.to(right.span), kind: Kind::Compare(comparison, Box::new(left), Box::new(right)) })
    }

    fn sum(&mut self) -> Parsed {
        let mut parts = vec![Part { inverted: false, formula: self.product()? }];
        loop {
            let inverted = self.accept("-");
            if !inverted && !self.accept("+") {
                return Ok(single_or(parts, Kind::Sum));
            }
            parts.push(Part { inverted, formula: self.product()? });
        }
    }

    fn product(&mut self) -> Parsed {
        let mut parts = vec![Part { inverted: false, formula: self.sign()? }];
        loop {
            let inverted = self.accept("/");
            if inverted || self.accept("*") {
                parts.push(Part { inverted, formula: self.sign()? });
            } else if self.accept_word("mod") {
                // each remainder holds all that stands before it, so all of them count as nesting until the end
                self.depth += 1;
                let left = single_or(parts, Kind::Product);
                let right = self.deeper(Self::sign)?;
                let span = left.span.to(right.span);
                let formula = Formula { span, kind: Kind::Call(Function::Mod, vec![left, right]) };
                parts = vec![Part { inverted: false, formula }];
            } else {
                return Ok(single_or(parts, Kind::Product));
            }
        }
    }

    fn sign(&mut self) -> Parsed {
        let start = self.span();
        if self.dialect == Dialect::Xmile && self.at_word("not") {
            return self.not(Self::sign);
        }
        if self.accept("+") {
            return self.deeper(Self::sign);
        }
        if !self.accept("-") {
            return self.power();
        }
        let formula = self.deeper(Self::sign)?;
        let span = start.to(formula.span);
        if let Kind::Number(value, unit) = formula.kind {
            return Ok(Formula { span, kind: Kind::Number(-value, unit) });
        }
        Ok(Formula { span, kind: Kind::Sum(vec![Part { inverted: true, formula }]) })
    }

    fn power(&mut self) -> Parsed {
        let base = self.primary()?;
        if !self.accept("^") {
            return Ok(base);
        }
        let exponent = self.deeper(Self::sign)?;
        Ok(Formula { span: base.span.to(exponent.span), kind: Kind::Power(Box::new(base), Box::new(exponent)) })
    }

    fn primary(&mut self) -> Parsed {
        match self.take() {
            (Token::Number(value), span) => self.with_unit(value, span),
            (Token::Symbol("("), open) => {
                let inside = self.formula()?;
                let close = self.close(open)?;
                Ok(Formula { span: open.to(close), ..inside })
            }
            (Token::Name(name, false), span) if name == "if" && self.dialect == Dialect::Xmile => self.choice(span),
            (Token::Name(name, quoted), span) => {
                if self.accept("(") {
                    self.call(&name, quoted, span)
                } else {
                    self.reference(name, span)
                }
            }
            (token, span) => Err(unexpected(&token, span, "a number, a name or a bracket")),
        }
    }

    fn close(&mut self, open: Span) -> Result<Span, LanguageError> {
        if matches!(self.peek(), Token::End) {
            return Err(LanguageError::new(open, Cause::Unclosed('(')));
        }
        self.expect(")", "an operator, `,` or `)`")
    }

    fn with_unit(&mut self, value: f64, span: Span) -> Parsed {
        let Token::Unit(text) = self.peek().clone() else { return Ok(Formula::number(value, span)) };
        let (_, place) = self.take();
        let unit = text.parse::<Measure>().map_err(|error| {
            LanguageError::new(place, Cause::Unit { atom: error.atom, suggestion: error.suggestion })
        })?;
        Ok(Formula { span: span.to(place), kind: Kind::Number(value, Some(unit)) })
    }

    /// `IF a THEN b ELSE c`.
    fn choice(&mut self, start: Span) -> Parsed {
        let condition = self.formula()?;
        self.word("then", "`THEN`")?;
        let then = self.formula()?;
        self.word("else", "`ELSE`")?;
        let otherwise = self.formula()?;
        let span = start.to(otherwise.span);
        Ok(Formula { span, kind: Kind::Call(Function::If, vec![condition, then, otherwise]) })
    }

    fn word(&mut self, word: &str, expected: &'static str) -> Result<(), LanguageError> {
        if self.accept_word(word) { Ok(()) } else { Err(unexpected(self.peek(), self.span(), expected)) }
    }

    /// A function or a sum over an index, after its opening bracket.
    fn call(&mut self, name: &str, quoted: bool, span: Span) -> Parsed {
        if matches!(name, "sum" | "product") && !quoted && self.dialect == Dialect::Plain {
            return self.fold(name == "product", span);
        }
        let mut arguments = Vec::new();
        if !matches!(self.peek(), Token::Symbol(")")) {
            arguments.push(self.formula()?);
            while self.accept(",") {
                arguments.push(self.formula()?);
            }
        }
        let close = self.close(span)?;
        self.applied(name, quoted, arguments, span, span.to(close))
    }

    fn applied(&self, name: &str, quoted: bool, arguments: Vec<Formula>, word: Span, span: Span) -> Parsed {
        if name == "lookup" && !quoted {
            return lookup(arguments, word, span);
        }
        let Some(function) = Function::named(name).filter(|_| !quoted) else {
            // in XMILE a graphical function may be called by its own name
            return match (self.dialect, <[Formula; 1]>::try_from(arguments)) {
                (Dialect::Xmile, Ok([argument])) => {
                    Ok(Formula { span, kind: Kind::Lookup(name.to_owned(), Box::new(argument)) })
                }
                _ => {
                    let suggestion = nearest(name, Function::names().chain(["sum", "product", "lookup"]));
                    Err(LanguageError::new(word, Cause::UnknownFunction { name: name.to_owned(), suggestion }))
                }
            };
        };
        let (least, most) = function.arity();
        if arguments.len() < least || arguments.len() > most {
            return Err(wrong_number(function.name(), arguments.len(), least, most, span));
        }
        Ok(Formula { span, kind: Kind::Call(function, arguments) })
    }

    /// `sum(host, …)` or `sum(year in 2012..2017, …)`, after the opening bracket.
    fn fold(&mut self, product: bool, start: Span) -> Parsed {
        let variable = match self.take() {
            (Token::Name(name, _), _) => name,
            (token, span) => return Err(unexpected(&token, span, "an index such as `host`")),
        };
        let mut range = None;
        if self.accept_word("in") {
            let first = self.time()?;
            self.expect("..", "`..`")?;
            range = Some((first, self.time()?));
        }
        self.expect(",", "`,`")?;
        let body = Box::new(self.formula()?);
        let span = start.to(self.close(start)?);
        Ok(Formula { span, kind: Kind::Fold(Fold { product, variable, range, body }) })
    }

    /// A member that begins with a number: `2017`, `2017Q3`.
    fn time(&mut self) -> Result<String, LanguageError> {
        match self.take() {
            (Token::Number(value), span) if whole(value).is_some() => Ok(self.numbered(value, span).0),
            (token, span) => Err(unexpected(&token, span, "a whole number")),
        }
    }

    /// A number with the letters that stand right behind it, if any do, and where both end.
    fn numbered(&mut self, value: f64, span: Span) -> (String, Span) {
        let place = self.span();
        match self.peek().clone() {
            Token::Name(tail, false) if place.start == span.end => {
                self.next += 1;
                (format!("{value}{tail}"), span.to(place))
            }
            _ => (value.to_string(), span),
        }
    }

    fn reference(&mut self, name: String, span: Span) -> Parsed {
        let mut indices = Vec::new();
        let mut end = span;
        if self.accept("[") {
            indices.push(self.index()?);
            while self.accept(",") {
                indices.push(self.index()?);
            }
            end = self.expect("]", "`,` or `]`")?;
        }
        Ok(Formula { span: span.to(end), kind: Kind::Reference(name, indices) })
    }

    /// `host`, `RU`, `RU-PRI`, `2017`, `2017Q3`, `year-1`.
    fn index(&mut self) -> Result<Index, LanguageError> {
        let (token, mut span) = self.take();
        let mut name = match token {
            Token::Name(name, _) => name,
            Token::Number(value) if whole(value).is_some() => {
                let (name, end) = self.numbered(value, span);
                span = end;
                name
            }
            other => return Err(unexpected(&other, span, "an index or a member of one")),
        };
        let mut offset = 0;
        loop {
            let minus = self.accept("-");
            if !minus && !self.accept("+") {
                return Ok(Index { span, name, offset });
            }
            match self.take() {
                // codes of regions hold a hyphen
                (Token::Name(tail, _), place) if minus => {
                    name = format!("{name}-{tail}");
                    span = span.to(place);
                }
                (Token::Number(value), place) if whole(value).is_some() => {
                    let steps = whole(value).unwrap_or(0);
                    offset += if minus { -steps } else { steps };
                    span = span.to(place);
                }
                (other, place) => return Err(unexpected(&other, place, "a whole number")),
            }
        }
    }
}

fn lookup(arguments: Vec<Formula>, word: Span, span: Span) -> Parsed {
    let given = arguments.len();
    match <[Formula; 2]>::try_from(arguments) {
        Ok([Formula { kind: Kind::Reference(table, indices), .. }, argument]) if indices.is_empty() => {
            Ok(Formula { span, kind: Kind::Lookup(table, Box::new(argument)) })
        }
        Ok([other, _]) => {
            let cause = Cause::Unexpected { found: other.to_string(), expected: "the name of a graphical function" };
            Err(LanguageError::new(other.span, cause))
        }
        Err(_) => Err(wrong_number("lookup", given, 2, 2, word)),
    }
}

fn wrong_number(function: &'static str, given: usize, least: usize, most: usize, span: Span) -> LanguageError {
    let takes = match most {
        usize::MAX => format!("{least} or more"),
        _ if least == most => least.to_string(),
        _ => format!("{least} to {most}"),
    };
    LanguageError::new(span, Cause::Arguments { function, given, takes })
}

/// A whole number that a year or offset can be.
#[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() <= 1e6).then_some(value as i64)
}

fn span_of(formulas: &[Formula]) -> Span {
    let first = formulas.first().map_or(Span::default(), |formula| formula.span);
    formulas.last().map_or(first, |last| first.to(last.span))
}

/// The only part itself, or all of them as a sum or product.
fn single_or(mut parts: Vec<Part>, kind: impl FnOnce(Vec<Part>) -> Kind) -> Formula {
    let first = parts.first().map_or(Span::default(), |part| part.formula.span);
    let span = parts.last().map_or(first, |part| first.to(part.formula.span));
    match parts.pop() {
        Some(only) if parts.is_empty() => only.formula,
        last => {
            parts.extend(last);
            Formula { span, kind: kind(parts) }
        }
    }
}
