//! One cell: from its words to a value of the kind that its column has, or a diagnostic at the words at fault.

use std::sync::Arc;

use plumb_core::band::{Band, BandError};
use plumb_core::codes::{P0108, P0201, P0207, P0208, P0210, P0211, P0213};
use plumb_core::date::{PartialDate, Period};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::due::Due;
use plumb_core::location::Location;
use plumb_core::reference::{Kind, Reference};
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::context::{Complaint, Context};
use crate::dates::{parse_date, parse_due, parse_period};
use crate::numbers;
use crate::spec::{Column, ColumnKind};
use crate::tokenize::RawCell;

/// Characters that an id may have at most: it names files of the account.
const LONGEST_ID: usize = 100;

/// What a cell says.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    List(Vec<String>),
    Number(Decimal),
    Band(Band),
    Date(PartialDate),
    Due(Due),
    Period(Period),
    Unit(Unit),
}

/// A cell that is not empty, with what is needed to point at it.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    /// Path of its file.
    pub(crate) file: &'a Arc<str>,
    /// Its column.
    pub(crate) column: &'a Column,
    /// As it stands.
    pub(crate) raw: &'a RawCell<'a>,
    /// What it says, without blanks around it.
    pub(crate) text: &'a str,
    /// The record that it belongs to, where its id is known.
    pub(crate) row: Option<&'a Reference>,
}

impl Cell<'_> {
    /// Where its words stand, without blanks and quotes.
    fn location(&self) -> Location {
        let said = self.raw.text();
        let offset = said.len() - said.trim_start().len();
        self.raw.part(self.file, offset, self.text)
    }

    /// The items of a list parted by `;`, each with its place.
    fn items(&self) -> Vec<(String, Location)> {
        let said = self.raw.text();
        let mut offset = 0;
        let mut items = Vec::new();
        for piece in said.split_inclusive(';') {
            let item = piece.trim_end_matches(';').trim();
            if !item.is_empty() {
                let blanks = piece.len() - piece.trim_start().len();
                items.push((item.to_owned(), self.raw.part(self.file, offset + blanks, item)));
            }
            offset += piece.len();
        }
        items
    }
}

impl Context<'_> {
    /// The value of a cell. `None` when nothing of it can be used; whatever is wrong has been reported.
    pub(crate) fn value(&mut self, cell: Cell<'_>) -> Option<Value> {
        let text = cell.text;
        match &cell.column.kind {
            ColumnKind::Text => Some(Value::Text(text.to_owned())),
            ColumnKind::List => Some(Value::List(cell.items().into_iter().map(|(item, _)| item).collect())),
            ColumnKind::Id => self.settle(cell, check_id(text)).map(|()| Value::Text(text.to_owned())),
            ColumnKind::Number => self.settle(cell, numbers::parse(text)).map(Value::Number),
            ColumnKind::Band => self.settle(cell, parse_band(text)).map(Value::Band),
            ColumnKind::Date => self.settle(cell, parse_date(text)).map(Value::Date),
            ColumnKind::Deadline => self.settle(cell, parse_due(text)).map(Value::Due),
            ColumnKind::Period => self.settle(cell, parse_period(text)).map(Value::Period),
            ColumnKind::Unit => self.settle(cell, parse_unit(text)).map(Value::Unit),
            ColumnKind::Url => self.settle(cell, check_url(text)).map(|()| Value::Text(text.to_owned())),
            ColumnKind::Sha256 => self.settle(cell, parse_sha256(text)).map(Value::Text),
            ColumnKind::OneOf(words) => self.word(cell, words),
            ColumnKind::Measure => self.reference(cell, Kind::Measure),
            ColumnKind::Place => self.place(text, cell.location(), cell.row).then(|| Value::Text(text.to_owned())),
            ColumnKind::Reference(kind) => self.reference(cell, *kind),
            ColumnKind::References(kind) => Some(self.references(cell, *kind)),
            ColumnKind::Places => Some(self.places(cell)),
        }
    }

    fn settle<T>(&mut self, cell: Cell<'_>, result: Result<T, Complaint>) -> Option<T> {
        result.map_err(|complaint| self.report(complaint.at(cell.location(), cell.row))).ok()
    }

    fn word(&mut self, cell: Cell<'_>, words: &[String]) -> Option<Value> {
        if words.iter().any(|word| word == cell.text) {
            return Some(Value::Text(cell.text.to_owned()));
        }
        let message = format!("`{}` is not a word that `{}` knows", cell.text, cell.column.name);
        let nearest = self.known.nearest(cell.text, words.iter().map(String::as_str));
        let complaint = Complaint::new(P0207, message).help(format!("write one of: {}", words.join(", ")));
        self.report(complaint.at(cell.location(), cell.row).did_you_mean(nearest));
        None
    }

    fn reference(&mut self, cell: Cell<'_>, kind: Kind) -> Option<Value> {
        self.refer(kind, cell.text, cell.location(), cell.row).then(|| Value::Text(cell.text.to_owned()))
    }

    fn references(&mut self, cell: Cell<'_>, kind: Kind) -> Value {
        let known = |(item, location): (String, Location)| self.refer(kind, &item, location, cell.row).then_some(item);
        Value::List(cell.items().into_iter().filter_map(known).collect())
    }

    fn places(&mut self, cell: Cell<'_>) -> Value {
        let known = |(item, location): (String, Location)| self.place(&item, location, cell.row).then_some(item);
        Value::List(cell.items().into_iter().filter_map(known).collect())
    }

    /// Whether a record may be referred to; reports it when not.
    pub(crate) fn refer(&mut self, kind: Kind, id: &str, location: Location, row: Option<&Reference>) -> bool {
        self.known.refer(kind, id, location, row).unwrap_or_else(|diagnostic: Box<Diagnostic>| {
            self.report(*diagnostic);
            false
        })
    }
}

/// Whether a text can name a record: it becomes part of file names and of references in prose.
pub(crate) fn check_id(text: &str) -> Result<(), Complaint> {
    let allowed = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
    if text.len() > LONGEST_ID {
        let message = format!("an id of {} characters is too long", text.chars().count());
        return Err(Complaint::new(P0108, message).help(format!("use at most {LONGEST_ID} characters")));
    }
    if let Some(wrong) = text.chars().find(|one| !allowed(*one)) {
        let wrong = wrong.escape_debug();
        return Err(Complaint::new(
            P0108,
            format!("`{}` is not an id: `{wrong}` cannot stand in it", text.escape_debug()),
        )
        .help("use the letters a to z, digits, `-`, `_` and `.`"));
    }
    if text.starts_with(|one: char| !one.is_ascii_alphanumeric()) {
        return Err(Complaint::new(P0108, format!("`{text}` is not an id")).help("begin it with a letter or a digit"));
    }
    Ok(())
}

/// The band in a cell: one number, or two with `..` between them.
fn parse_band(text: &str) -> Result<Band, Complaint> {
    match text.parse() {
        Ok(band) => Ok(band),
        // a slip in a plain number is told as in any other column
        Err(BandError::Shape) if !text.contains("..") => numbers::parse(text).map(Band::exact),
        Err(error @ BandError::Shape) => {
            Err(Complaint::new(P0201, format!("`{text}` is not a band")).help(error.to_string()))
        }
        Err(error) => {
            let help = "correct it; a cell that cannot be used counts as not on record";
            Err(Complaint::new(P0213, format!("`{text}`: {error}")).help(help))
        }
    }
}

/// The unit in a cell.
pub(crate) fn parse_unit(text: &str) -> Result<Unit, Complaint> {
    text.parse().map_err(|error: plumb_core::unit::UnitError| {
        let message = match error.atom.as_str() {
            "" => format!("`{text}` is not a whole unit"),
            atom if atom == text => format!("there is no unit `{text}`"),
            atom => format!("`{atom}` in `{text}` is not a unit"),
        };
        match error.suggestion {
            Some(word) => Complaint::new(P0208, message).help(format!("did you mean `{word}`?")),
            None => Complaint::new(P0208, message)
                .help("units are persons, USD/person/month, m USD/year, hours/day, share and the like"),
        }
    })
}

/// Only addresses that a reader can follow safely become links: `javascript:` and the like are not among them.
fn check_url(text: &str) -> Result<(), Complaint> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let wrong = |one: char| one.is_whitespace() || one.is_control() || matches!(one, '"' | '<' | '>' | '\\');
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        Some(host) if !host.is_empty() && host.contains('.') && !text.contains(wrong) => Ok(()),
        None if text.contains('.') && !text.contains(':') && !text.contains(wrong) => {
            let help = format!("write https://{text}");
            Err(Complaint::new(P0210, format!("`{text}` is not a whole web address")).help(help))
        }
        _ => Err(Complaint::new(P0210, format!("`{text}` is not a web address"))
            .help("write the whole address, beginning with https:// or http://, or leave it empty")),
    }
}

fn parse_sha256(text: &str) -> Result<String, Complaint> {
    let lower = text.to_ascii_lowercase();
    if lower.len() == 64 && lower.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(lower);
    }
    let message = match lower.chars().find(|one| !one.is_ascii_hexdigit()) {
        Some(wrong) => format!("a SHA-256 has no `{}` in it", wrong.escape_debug()),
        None => format!("a SHA-256 has 64 hexadecimal digits, not {}", lower.len()),
    };
    Err(Complaint::new(P0211, message).help("take the hash with `sha256sum FILE`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_folder() {
        for text in ["c062", "RU-PRI.vladivostok", "a_b"] {
            assert_eq!(check_id(text), Ok(()));
        }
        for text in ["..", ".hidden", "a/b", "a b", "Кимы", "c062\u{200b}", "-x"] {
            assert!(check_id(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_address_can_be_followed_safely() {
        for text in ["https://example.org/a?b=c", "http://example.org"] {
            assert_eq!(check_url(text), Ok(()));
        }
        for text in ["javascript:alert(1)", "https://", "https://x y.org", "example.org/report", "ftp://example.org"] {
            assert!(check_url(text).is_err(), "{text}");
        }
        let help = check_url("example.org/report").map_err(|complaint| complaint.help);
        assert_eq!(help, Err("write https://example.org/report".to_owned()));
    }
}
