//! The one intermediate form: somebody says that a subject has a property with a value, at a time, in these words of this source.
//!
//! Tables are for people; everything behind them works on statements. A statement is immutable and named by its content.

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use crate::date::{PartialDate, Period};
use crate::quantity::Quantity;
use crate::reference::Reference;

/// The name of a statement: the first 128 bits of the SHA-256 of its content, in hexadecimal.
///
/// 128 bits are enough that two of a billion statements share a name with a chance below 10⁻²⁰.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(String);

impl StatementId {
    /// The 32 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a statement says of its subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Words.
    Text(String),
    /// A figure.
    Quantity(Quantity),
    /// A date.
    Date(PartialDate),
    /// Another record.
    Reference(Reference),
    /// A node that has no record of its own: `place:RU`, `group:workers`.
    Node(String),
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Node(text) => out.write_str(text),
            Self::Quantity(quantity) => quantity.figure().fmt(out),
            Self::Date(date) => date.fmt(out),
            Self::Reference(reference) => reference.fmt(out),
        }
    }
}

/// Where in a source: a page or paragraph and, where it is known, the exact words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locator {
    /// Page, paragraph, table cell, in words.
    pub place: String,
    /// The exact quotation (W3C Web Annotation, `TextQuoteSelector`), empty when none is kept.
    pub quote: String,
}

/// Somebody says that a subject has a property with a value, at a time, in these words of this source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// What it is about.
    pub subject: Reference,
    /// Which property: a column of a table or a measure.
    pub property: String,
    /// The value.
    pub value: Value,
    /// Where the value holds, as a code; empty when it is not bound to a place.
    pub place: String,
    /// When the value holds.
    pub period: Option<Period>,
    /// Who says so; empty: the publisher of the source.
    pub said_by: String,
    /// Where it was first said; empty: in the source.
    pub origin: String,
    /// The source in which it was read.
    pub source: String,
    /// Where in the source.
    pub locator: Locator,
}

impl Statement {
    /// Its name: a hash of its content, the same wherever and whenever it is computed.
    pub fn id(&self) -> StatementId {
        let mut hash = Sha256::new();
        for part in self.canonical_parts() {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let mut text = String::with_capacity(32);
        for byte in hash.finalize().iter().take(16) {
            // writing to a String cannot fail
            let _ok = write!(text, "{byte:02x}");
        }
        StatementId(text)
    }

    /// The parts that are hashed, in a fixed order. Each is preceded by its length, so no two contents run together.
    fn canonical_parts(&self) -> [String; 11] {
        let (kind, value) = match &self.value {
            Value::Text(text) => ("text", text.clone()),
            Value::Quantity(quantity) => ("quantity", canonical_quantity(quantity)),
            Value::Date(date) => ("date", date.to_string()),
            Value::Reference(reference) => ("reference", reference.to_string()),
            Value::Node(node) => ("node", node.clone()),
        };
        [
            self.subject.to_string(),
            self.property.clone(),
            kind.to_owned(),
            value,
            self.place.clone(),
            self.period.map(|period| period.to_string()).unwrap_or_default(),
            self.said_by.clone(),
            self.origin.clone(),
            self.source.clone(),
            self.locator.place.clone(),
            self.locator.quote.clone(),
        ]
    }
}

/// Equal quantities have equal text: 1.50 and 1.5 are one number.
fn canonical_quantity(quantity: &Quantity) -> String {
    let (low, best, high) = quantity.numbers();
    let number =
        |value: Option<rust_decimal::Decimal>| value.map(|one| one.normalize().to_string()).unwrap_or_default();
    format!("{}|{}|{}|{}|{}", quantity.qualifier(), number(low), number(best), number(high), quantity.unit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Kind;

    fn statement(property: &str, text: &str) -> Statement {
        Statement {
            subject: Reference::new(Kind::Actor, "a"),
            property: property.into(),
            value: Value::Text(text.into()),
            place: String::new(),
            period: None,
            said_by: String::new(),
            origin: String::new(),
            source: "s".into(),
            locator: Locator::default(),
        }
    }

    #[test]
    fn the_same_content_has_the_same_name_for_ever() {
        // A published name: if this changes, every account that was cited changes its names.
        assert_eq!(statement("name", "x").id().as_str(), "d238f913bb2a995ddcd2d4b94b6606c9");
    }

    #[test]
    fn different_contents_differ_even_where_their_words_run_together() {
        assert_ne!(statement("name", "xy").id(), statement("namex", "y").id());
    }
}
