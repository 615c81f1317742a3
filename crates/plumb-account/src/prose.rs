//! Prose whose figures are live: `account.md` with its references `{{…}}` resolved against the case.
//!
//! Each reference becomes a piece of text with a key, so that a page can link it to its derivation. A digit outside a
//! reference is reported: a figure that cites nothing is repeated for ten years.

use plumb_core::case::{Case, Section};
use plumb_core::codes;
use plumb_core::date::PartialDate;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::figure;
use plumb_core::location::Location;
use plumb_core::reference::{Kind, Reference};

use crate::estimate;
use crate::expression::{ExpressionError, evaluate, known};
use crate::key::Key;

/// A section of the account with its references resolved.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Fixed anchor.
    pub anchor: String,
    /// Heading for readers.
    pub heading: String,
    /// Its pieces in order; joined they are Markdown.
    pub pieces: Vec<Piece>,
}

/// A piece of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Markdown as it was written.
    Markdown(String),
    /// A live reference: its text is evidence and must be escaped, its key leads to the derivation.
    Live {
        /// What it says; empty for an estimate, which is solved only when it is shown ([`crate::Account::words`]).
        text: String,
        /// Where it leads.
        key: Key,
    },
    /// A reference that leads nowhere, as it was written.
    Broken(String),
}

/// Resolves the sections of a case and reports what leads nowhere or is not bound to evidence.
pub fn resolve(case: &Case) -> (Vec<Prose>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let sections = case.prose.iter().map(|section| resolve_section(case, section, &mut diagnostics)).collect();
    (sections, diagnostics)
}

fn resolve_section(case: &Case, section: &Section, diagnostics: &mut Vec<Diagnostic>) -> Prose {
    let mut pieces = Vec::new();
    let mut rest = section.markdown.as_str();
    let mut offset = 0;
    while let Some((before, inside)) = rest.split_once("{{") {
        push_markdown(section, before, offset, &mut pieces, diagnostics);
        let start = offset + before.len();
        let Some((body, after)) = inside.split_once("}}") else {
            diagnostics.push(broken(section, start, "{{", "a live reference is not closed", "close it with }}"));
            pieces.push(Piece::Broken(format!("{{{{{inside}")));
            return Prose { anchor: section.anchor.clone(), heading: section.heading.clone(), pieces };
        };
        pieces.push(resolve_piece(case, section, start, body, diagnostics));
        offset = start + body.len() + 4;
        rest = after;
    }
    push_markdown(section, rest, offset, &mut pieces, diagnostics);
    Prose { anchor: section.anchor.clone(), heading: section.heading.clone(), pieces }
}

fn push_markdown(section: &Section, text: &str, offset: usize, pieces: &mut Vec<Piece>, found: &mut Vec<Diagnostic>) {
    found.extend(unbound_numbers(text).map(|(at, number)| {
        Diagnostic::new(codes::P0701, locate(section, offset + at, number), format!("`{number}` is bound to no evidence"))
            .saying("a number in prose")
            .help("write it as a live reference, {{claim ID}} or {{range MEASURE PLACE PERIOD}}, or in words if it is no figure")
    }));
    if !text.is_empty() {
        pieces.push(Piece::Markdown(text.to_owned()));
    }
}

/// Runs of digits in Markdown text, leaving out code, link targets, list numbers and HTML entities.
fn unbound_numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut position = list_marker(line);
        let mut in_code = false;
        while let Some(letter) = line.get(position..).and_then(|rest| rest.chars().next()) {
            let rest = line.get(position..).unwrap_or_default();
            let step = if letter == '`' {
                in_code = !in_code;
                1
            } else if !in_code && rest.starts_with("](") {
                rest.find(')').unwrap_or(rest.len())
            } else if !in_code && letter.is_numeric() {
                let length = rest.find(|next: char| !(next.is_numeric() || ",.".contains(next))).unwrap_or(rest.len());
                let number = rest.get(..length).unwrap_or(rest).trim_end_matches([',', '.']);
                found.push((line_start + position, number));
                length
            } else {
                letter.len_utf8()
            };
            position += step.max(1);
        }
        line_start += line.len();
    }
    found.into_iter()
}

/// The length of `1. ` at the head of a line.
fn list_marker(line: &str) -> usize {
    let indented = line.len() - line.trim_start().len();
    let digits = line.trim_start().find(|letter: char| !letter.is_ascii_digit()).unwrap_or(0);
    let marked = line.get(indented + digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    if digits > 0 && marked { indented + digits } else { 0 }
}

fn resolve_piece(case: &Case, section: &Section, start: usize, body: &str, found: &mut Vec<Diagnostic>) -> Piece {
    let (command, own_text) = body.split_once('|').map_or((body, None), |(command, text)| (command, Some(text.trim())));
    match live(case, command.trim()) {
        Ok((text, key)) => Piece::Live { text: own_text.map_or(text, str::to_owned), key },
        Err(error) => {
            let written = format!("{{{{{body}}}}}");
            let hint = match &error {
                LiveError::Expression(ExpressionError::Unknown { suggestion: Some(word), .. }) => {
                    format!("did you mean `{word}`?")
                }
                _ => "the references that can be used stand in docs/case-format.md, under account.md".to_owned(),
            };
            found.push(broken(section, start, &written, &error.to_string(), &hint));
            Piece::Broken(written)
        }
    }
}

/// Why a live reference leads nowhere.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// Its word is none of those that can be used.
    #[error("`{0}` is not a live reference")]
    Unknown(String),
    /// The record has no such value.
    #[error("{0} has no {1}")]
    NoValue(Reference, String),
    /// The model has no such quantity at that place and year.
    #[error("the model has no quantity `{0}`; name it with place and year, as in `workers[RU,2017]`")]
    NoEstimate(String),
    /// Its key has no value.
    #[error(transparent)]
    Expression(#[from] ExpressionError),
}

/// The text and key of a live reference.
pub fn live(case: &Case, command: &str) -> Result<(String, Key), LiveError> {
    let unknown = || LiveError::Unknown(command.to_owned());
    let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
    let rest = rest.trim();
    let record = |kind: Kind| {
        let reference = Reference::new(kind, rest.split(' ').next().unwrap_or_default());
        known(case, &reference).map(|()| reference)
    };
    let dated = |kind: Kind, write: fn(PartialDate) -> String| {
        let reference = record(kind)?;
        let date = date_of(case, &reference);
        let text = date.map(write).ok_or_else(|| LiveError::NoValue(reference.clone(), "date".to_owned()))?;
        Ok((text, Key::Record(reference)))
    };
    match word {
        "date" => dated(Kind::Event, date_in_words),
        "year" => dated(Kind::Event, |date| date.year().to_string()),
        "deadline" => dated(Kind::Duty, date_in_words),
        "answer" => answer(case, record(Kind::Answer)?, rest),
        "instrument" => instrument(case, rest).ok_or_else(unknown),
        "estimate" => {
            let name: String = rest.chars().filter(|letter| !letter.is_whitespace()).collect();
            let key = Key::Estimate(name.clone());
            let known = estimate::names(case).contains(&name);
            known.then(|| (String::new(), key)).ok_or(LiveError::NoEstimate(name))
        }
        "range" | "origins" | "sum" | "difference" | "quotient" | "count" | "contradiction" => {
            let key: Key = command.parse().map_err(|_| unknown())?;
            evaluate(case, &key).map(|value| (value.text, value.key)).map_err(LiveError::from)
        }
        _ => {
            let reference = record(Kind::from_word(word).ok_or_else(unknown)?)?;
            let key = Key::Record(reference);
            evaluate(case, &key).map(|value| (value.text, value.key)).map_err(LiveError::from)
        }
    }
}

fn date_of(case: &Case, reference: &Reference) -> Option<PartialDate> {
    match reference.kind {
        Kind::Event => case.events.get(&reference.id).map(|event| event.date),
        Kind::Duty => case.duties.get(&reference.id).and_then(|duty| duty.deadline),
        _ => None,
    }
}

fn answer(case: &Case, reference: Reference, rest: &str) -> Result<(String, Key), LiveError> {
    let field = rest.split_once(' ').map_or("", |(_, field)| field.trim());
    let answer = case.answers.get(&reference.id);
    let text = answer.and_then(|answer| match field {
        "before" => answer.before.map(|number| figure::group(&number)),
        "after" => answer.after.map(|number| figure::group(&number)),
        "repatriated" => answer.repatriated.map(|number| figure::group(&number)),
        "date" => answer.date.map(date_in_words),
        _ => None,
    });
    let text = text.ok_or_else(|| LiveError::NoValue(reference.clone(), field.to_owned()))?;
    Ok((text, Key::Record(reference)))
}

/// The name of an instrument leads to the first duty under it.
fn instrument(case: &Case, name: &str) -> Option<(String, Key)> {
    let fits = |instrument: &str| {
        instrument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '(']))
    };
    let duty = case.duties.iter().find(|duty| !name.is_empty() && fits(&duty.instrument))?;
    Some((name.to_owned(), Key::Record(duty.reference())))
}

/// A date for readers: `22 December 2017`, `December 2017`, `2017`, `the 1980s`.
pub fn date_in_words(date: PartialDate) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    use plumb_core::date::Precision;
    let first = date.earliest();
    let month =
        usize::try_from(first.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    let words = match date.precision() {
        Precision::Day => format!("{} {month} {}", first.day(), first.year()),
        Precision::Month => format!("{month} {}", first.year()),
        Precision::Year => first.year().to_string(),
        Precision::Decade => format!("the {}s", first.year()),
        Precision::Century => format!("the years {}–{}", first.year(), date.latest().year()),
    };
    let about = if date.is_approximate() { "about " } else { "" };
    let perhaps = if date.is_uncertain() { "perhaps " } else { "" };
    format!("{perhaps}{about}{words}")
}

fn broken(section: &Section, start: usize, written: &str, message: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(codes::P0702, locate(section, start, written), message).saying("leads nowhere").help(hint)
}

/// The line and column of a byte offset in a section.
fn locate(section: &Section, offset: usize, words: &str) -> Location {
    let before = section.markdown.get(..offset).unwrap_or_default();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let length = words.lines().next().unwrap_or_default().chars().count();
    Location {
        file: section.location.file.clone(),
        line: section.location.line.saturating_add(count(line)),
        column: count(column).saturating_add(1),
        length: count(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_where_a_reader_would_see_them() {
        let text = "1. In 2017 about 30,000.\nSee [here](page2.html) and `c062`, 3만 and ３.\n";
        let numbers: Vec<&str> = unbound_numbers(text).map(|(_, number)| number).collect();
        assert_eq!(numbers, ["2017", "30,000", "3", "３"]);
    }

    #[test]
    fn dates_are_written_as_exactly_as_they_are_known() {
        let words = |text: &str| date_in_words(text.parse().unwrap());
        assert_eq!(words("2017-12-22"), "22 December 2017");
        assert_eq!(words("198X"), "the 1980s");
        assert_eq!(words("2017~"), "about 2017");
    }
}
