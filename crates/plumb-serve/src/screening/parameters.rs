//! The query string of a request: read by name, checked, and nothing in it passed over in silence.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use super::fault::Fault;

/// The header in which an answer says what of its request was not used.
pub const WARNING: &str = "x-plumb-warning";

/// Names in one warning, at most, and characters of each: the header must stay small whatever was asked.
const MOST_NAMES: usize = 10;
const LONGEST_NAME: usize = 40;

/// The parameters of a request.
#[derive(Debug)]
pub(crate) struct Parameters {
    given: Vec<(String, String)>,
    known: BTreeSet<&'static str>,
    faults: Vec<Value>,
}

/// What of a request was not used.
#[derive(Debug, Default)]
pub(crate) struct Warnings(Vec<String>);

impl Parameters {
    /// Reads a query string, or a form. Any text is one.
    pub(crate) fn of(query: &[u8]) -> Self {
        let given = form_urlencoded::parse(query).map(|(name, value)| (name.into_owned(), value.into_owned()));
        Self { given: given.collect(), known: BTreeSet::new(), faults: Vec::new() }
    }

    /// The parameters of a request.
    pub(crate) fn of_request(parts: &Parts) -> Self {
        Self::of(parts.uri.query().unwrap_or_default().as_bytes())
    }

    /// All values of a name.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.known.insert(name);
        self.given.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// The value of a name; of several the last.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.texts(name).pop()
    }

    /// A whole number from 0 to `most`.
    pub(crate) fn number(&mut self, name: &'static str, otherwise: usize, most: usize) -> usize {
        let Some(text) = self.text(name) else { return otherwise };
        let (kind, message) = match text.trim().parse::<i64>().map(usize::try_from) {
            Ok(Ok(number)) if number <= most => return number,
            Ok(Ok(_)) => ("less_than_equal", format!("Input should be less than or equal to {most}")),
            Ok(Err(_)) => ("greater_than_equal", "Input should be greater than or equal to 0".to_owned()),
            Err(_) => {
                ("int_parsing", "Input should be a valid integer, unable to parse string as an integer".to_owned())
            }
        };
        self.fault(kind, name, &message, &text);
        otherwise
    }

    /// A number that is one.
    pub(crate) fn decimal(&mut self, name: &'static str, otherwise: f64) -> f64 {
        let Some(text) = self.text(name) else { return otherwise };
        if let Some(number) = text.trim().parse().ok().filter(|number: &f64| number.is_finite()) {
            return number;
        }
        let message = "Input should be a valid number, unable to parse string as a number";
        self.fault("float_parsing", name, message, &text);
        otherwise
    }

    /// Yes or no, as pydantic reads it.
    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let text = self.text(name)?;
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "y" | "on" | "t" => Some(true),
            "false" | "0" | "no" | "n" | "off" | "f" => Some(false),
            _ => {
                let message = "Input should be a valid boolean, unable to interpret input";
                self.fault("bool_parsing", name, message, &text);
                None
            }
        }
    }

    /// A date or moment: `2026-03-01`, `2026-03-01T12`, `…T12:30`, `…T12:30:05`.
    pub(crate) fn moment(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name)?;
        let form = b"0000-00-00T00:00:00";
        let fits = form.iter().zip(text.bytes()).all(|(form, byte)| match form {
            b'0' => byte.is_ascii_digit(),
            other => *other == byte,
        });
        if fits && matches!(text.len(), 10 | 13 | 16 | 19) {
            return Some(text);
        }
        let pattern = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$";
        self.fault("string_pattern_mismatch", name, &format!("String should match pattern '{pattern}'"), &text);
        None
    }

    /// One of these words each.
    pub(crate) fn words(&mut self, name: &'static str, words: &[&'static str]) -> Vec<&'static str> {
        let mut found = Vec::new();
        for text in self.texts(name) {
            match words.iter().find(|word| **word == text) {
                Some(word) => found.push(*word),
                None => self.fault("enum", name, &format!("Input should be one of {}", words.join(", ")), &text),
            }
        }
        found
    }

    /// Notes that a value cannot be used.
    pub(crate) fn fault(&mut self, kind: &str, name: &str, message: &str, input: &str) {
        let input = json!(shortened(input));
        self.faults.push(Fault::invalid(kind, &["query", name], message, &input));
    }

    /// Ends the reading: what was wrong, or what was not asked for.
    pub(crate) fn finish(self) -> Result<Warnings, Fault> {
        if !self.faults.is_empty() {
            return Err(Fault::Invalid(self.faults));
        }
        let unknown = self.given.into_iter().map(|(name, _)| name).filter(|name| !self.known.contains(name.as_str()));
        let unknown: BTreeSet<String> = unknown.collect();
        let told = unknown.iter().take(MOST_NAMES).map(|name| format!("unknown parameter {}", shortened(name)));
        Ok(Warnings(told.collect()))
    }
}

impl Warnings {
    /// Adds one.
    pub(crate) fn add(&mut self, warning: impl Into<String>) {
        if self.0.len() < MOST_NAMES * 2 {
            self.0.push(warning.into());
        }
    }

    /// Puts them into the head of an answer.
    pub(crate) fn onto(self, mut answer: Response) -> Response {
        let text = self.0.join("; ");
        let plain: String = text.chars().map(|one| if matches!(one, ' '..='~') { one } else { '?' }).collect();
        if let Some(value) = Some(plain).filter(|plain| !plain.is_empty()).and_then(|it| HeaderValue::try_from(it).ok())
        {
            answer.headers_mut().insert(WARNING, value);
        }
        answer
    }
}

/// The beginning of a text that somebody sent.
pub(crate) fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST_NAME).collect();
    if letters.next().is_some() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_forms() {
        let mut asked = Parameters::of(b"limit=7&since=2026-03-01T12&flag=on&share=0.5&countries=ru&countries=ke");
        assert_eq!(asked.number("limit", 5, 10), 7);
        assert_eq!(asked.moment("since").as_deref(), Some("2026-03-01T12"));
        assert_eq!((asked.flag("flag"), asked.flag("other")), (Some(true), None));
        assert!((asked.decimal("share", 0.7) - 0.5).abs() < f64::EPSILON);
        assert_eq!(asked.texts("countries"), ["ru", "ke"]);
        assert!(asked.finish().unwrap().0.is_empty());
    }

    #[test]
    fn bad_values_and_unknown_names_are_told() {
        let mut asked = Parameters::of(b"limit=x&offset=11&since=yesterday&share=nan");
        asked.number("limit", 5, 10);
        asked.number("offset", 0, 10);
        asked.moment("since");
        asked.decimal("share", 0.7);
        let Err(Fault::Invalid(faults)) = asked.finish() else { panic!("they are invalid") };
        assert_eq!(faults.len(), 4);
        assert_eq!(faults[0]["loc"], json!(["query", "limit"]));
        let asked = Parameters::of("fuzzy=1&größe=2".as_bytes());
        assert_eq!(asked.finish().unwrap().0, ["unknown parameter fuzzy", "unknown parameter größe"]);
    }
}
