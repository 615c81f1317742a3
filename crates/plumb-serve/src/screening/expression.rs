//! What may be typed into a search: words, `"phrases"`, `begin*`, `field:value`, `AND`, `OR`, `NOT`, `-word`, brackets.
//!
//! It is the part of Lucene's language that people use. All words must occur unless `OR` stands between them.

/// The deepest brackets, and the most terms: nobody types more, and each costs time.
const DEEPEST: usize = 16;
const MOST_TERMS: usize = 64;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// Everything.
    Anything,
    /// A word.
    Word(String),
    /// The beginning of a word.
    Begun(String),
    /// Words that stand together.
    Phrase(String),
    /// A value of a field.
    Field(String, String),
    /// All of these.
    All(Vec<Expression>),
    /// Any of these.
    Any(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
}

/// A text that is not in the language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid query: {0}. Hint: quote signs such as ( ) \" : or ask with simple=true")]
pub(crate) struct SyntaxError(&'static str);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Phrase(String),
    Word(String),
}

/// Reads a text of the language.
pub(crate) fn parse(text: &str) -> Result<Expression, SyntaxError> {
    let tokens = tokens(text)?;
    if tokens.len() > MOST_TERMS {
        return Err(SyntaxError("more terms than are looked for"));
    }
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let expression = parser.any()?;
    if parser.tokens.is_empty() { Ok(expression) } else { Err(SyntaxError("a bracket closes that was not opened")) }
}

/// Any text as words that must all occur, and phrases between quotation marks; nothing in it has another meaning.
pub(crate) fn simple(text: &str) -> Expression {
    let mut terms = Vec::new();
    for (place, segment) in text.split('"').enumerate() {
        if place % 2 == 1 && !segment.trim().is_empty() {
            terms.push(Expression::Phrase(segment.to_owned()));
        } else {
            terms.extend(segment.split_whitespace().map(|word| match word.strip_suffix('*') {
                Some(begun) => Expression::Begun(begun.to_owned()),
                None => Expression::Word(word.to_owned()),
            }));
        }
    }
    terms.truncate(MOST_TERMS);
    all_of(terms)
}

fn all_of(mut terms: Vec<Expression>) -> Expression {
    match terms.len() {
        0 => Expression::Anything,
        1 => terms.pop().unwrap_or(Expression::Anything),
        _ => Expression::All(terms),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let (mut tokens, mut letters) = (Vec::new(), text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            _ if letter.is_whitespace() => {}
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '[' | ']' | '{' | '}' | '^' => return Err(SyntaxError("ranges and boosts are not known here")),
            '"' => {
                let phrase: String = letters.by_ref().take_while(|letter| *letter != '"').collect();
                tokens.push(Token::Phrase(phrase));
            }
            '/' => return Err(SyntaxError("regular expressions are not known here")),
            '-' | '!' => tokens.push(Token::Not),
            '+' => {}
            _ => {
                let mut word = String::from(letter);
                while let Some(next) = letters.next_if(|next| !next.is_whitespace() && !"()[]{}^/\"".contains(*next)) {
                    // a backslash takes the meaning of the sign after it
                    word.extend(if next == '\\' { letters.next() } else { Some(next) });
                }
                tokens.push(match word.as_str() {
                    "OR" | "||" => Token::Or,
                    "AND" | "&&" => Token::And,
                    "NOT" => Token::Not,
                    _ => Token::Word(word),
                });
            }
        }
    }
    if text.matches('"').count() % 2 == 1 { Err(SyntaxError("a quotation mark is open")) } else { Ok(tokens) }
}

struct Parser<'t> {
    tokens: &'t [Token],
    depth: usize,
}

impl Parser<'_> {
    fn next_if(&mut self, wanted: &Token) -> bool {
        let found = self.tokens.split_first().filter(|(first, _)| *first == wanted).map(|(_, rest)| rest);
        self.tokens = found.unwrap_or(self.tokens);
        found.is_some()
    }

    fn any(&mut self) -> Result<Expression, SyntaxError> {
        let mut sides = vec![self.all()?];
        while self.next_if(&Token::Or) {
            sides.push(self.all()?);
        }
        if sides.len() > 1 && sides.contains(&Expression::Anything) {
            return Err(SyntaxError("OR stands without a word beside it"));
        }
        Ok(if sides.len() == 1 { sides.pop().unwrap_or(Expression::Anything) } else { Expression::Any(sides) })
    }

    fn all(&mut self) -> Result<Expression, SyntaxError> {
        let mut terms = Vec::new();
        loop {
            let and = self.next_if(&Token::And);
            match self.tokens.first() {
                None | Some(Token::Close | Token::Or) if and => return Err(SyntaxError("AND stands at an end")),
                None | Some(Token::Close | Token::Or) => return Ok(all_of(terms)),
                Some(_) => terms.push(self.term()?),
            }
        }
    }

    fn term(&mut self) -> Result<Expression, SyntaxError> {
        let Some((first, rest)) = self.tokens.split_first() else { return Err(SyntaxError("a word is missing")) };
        self.tokens = rest;
        match first {
            Token::Not => Ok(Expression::Not(Box::new(self.term()?))),
            Token::Open => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(SyntaxError("brackets stand too deep"));
                }
                let inner = self.any()?;
                self.depth -= 1;
                if self.next_if(&Token::Close) { Ok(inner) } else { Err(SyntaxError("a bracket is open")) }
            }
            Token::Phrase(text) => Ok(Expression::Phrase(text.clone())),
            Token::Word(word) => self.word(word),
            Token::Close | Token::Or | Token::And => Err(SyntaxError("a word is missing")),
        }
    }

    fn word(&mut self, word: &str) -> Result<Expression, SyntaxError> {
        if let Some((field, value)) = word.split_once(':') {
            let quoted = || match self.tokens.split_first() {
                Some((Token::Phrase(phrase), rest)) => Some((phrase.clone(), rest)),
                _ => None,
            };
            let (value, rest) = if value.is_empty() {
                quoted().ok_or(SyntaxError("a field has no value"))?
            } else {
                (value.to_owned(), self.tokens)
            };
            self.tokens = rest;
            return Ok(match (field, value.as_str()) {
                ("*", "*") => Expression::Anything,
                _ => Expression::Field(field.to_owned(), value),
            });
        }
        let word = word.split('~').next().unwrap_or_default();
        Ok(match word.strip_suffix('*') {
            Some("") => Expression::Anything,
            Some(begun) => Expression::Begun(begun.to_owned()),
            None => Expression::Word(word.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Expression::{All, Any, Anything, Begun, Field, Not, Phrase, Word};
    use super::*;

    fn word(text: &str) -> Expression {
        Word(text.to_owned())
    }

    #[test]
    fn the_language_is_read() {
        let cases = [
            ("", Anything),
            ("a b", All(vec![word("a"), word("b")])),
            ("a AND b", All(vec![word("a"), word("b")])),
            ("a OR b c", Any(vec![word("a"), All(vec![word("b"), word("c")])])),
            ("-a", Not(Box::new(word("a")))),
            ("zak* \"a b\"", All(vec![Begun("zak".into()), Phrase("a b".into())])),
            ("(a OR b) c", All(vec![Any(vec![word("a"), word("b")]), word("c")])),
            ("country:ru", Field("country".into(), "ru".into())),
            ("names:\"a b\"", Field("names".into(), "a b".into())),
            ("a\\/b", word("a/b")),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn faults_are_told_and_simple_has_none() {
        for text in ["(a", "a)", "\"a", "a OR", "OR a", "a AND", "[a TO b]", "x:", "NOT", "a/b"] {
            assert!(parse(text).is_err(), "{text}");
            simple(text);
        }
        assert!(parse(&"(".repeat(50)).is_err() && parse(&"a ".repeat(500)).is_err());
        assert_eq!(simple("a \"b c\" d*"), All(vec![word("a"), Phrase("b c".into()), Begun("d".into())]));
    }
}
