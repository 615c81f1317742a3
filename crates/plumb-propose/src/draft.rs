//! What has not entered the case yet: the cells that a row of `claims.csv` or `events.csv` would have.

use std::collections::BTreeMap;

use plumb_core::quantity::Quantity;
use serde::{Deserialize, Serialize};

/// What a proposal would be in the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A row of `claims.csv`.
    #[default]
    Claim,
    /// A row of `events.csv`.
    Event,
}

/// The columns of a claim that a proposal fills and a person may correct.
const OF_CLAIM: [&str; 15] = [
    "measure",
    "place",
    "period",
    "qualifier",
    "low",
    "best",
    "high",
    "unit",
    "words",
    "subject",
    "population",
    "said_by",
    "origin",
    "status",
    "note",
];

/// Those of an event.
const OF_EVENT: [&str; 6] = ["date", "summary", "place", "kind", "verify", "note"];

impl Kind {
    /// The columns that a proposal fills and a person may correct, in their order. Id, source, locator and quotation follow
    /// from the document.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Claim => &OF_CLAIM,
            Self::Event => &OF_EVENT,
        }
    }

    /// The word for it: `claim`, `event`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Event => "event",
        }
    }

    /// The table that it would be a row of.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Claim => "claims.csv",
            Self::Event => "events.csv",
        }
    }
}

/// The cells of a row by the names of their columns, those of its [`Kind`]. An empty cell is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft(BTreeMap<String, String>);

/// A correction names no column that can be corrected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("of a proposed {} no field `{field}` can be corrected; those that can are: {}", kind.word(), kind.fields().join(", "))]
pub struct UnknownField {
    /// What is proposed.
    pub kind: Kind,
    /// The field that it does not have.
    pub field: String,
}

impl Draft {
    /// A cell; empty when nothing is known.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Writes a cell of a row of this kind, without the blanks around it.
    ///
    /// # Errors
    /// When it has no such field.
    pub fn set(&mut self, kind: Kind, field: &str, value: &str) -> Result<(), UnknownField> {
        if !kind.fields().contains(&field) {
            return Err(UnknownField { kind, field: field.to_owned() });
        }
        match value.trim() {
            "" => drop(self.0.remove(field)),
            value => drop(self.0.insert(field.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    /// The filled cells with their columns, in the order of the fields of this kind.
    pub fn cells(&self, kind: Kind) -> impl Iterator<Item = (&str, &str)> {
        kind.fields().iter().map(|field| (*field, self.get(field))).filter(|(_, value)| !value.is_empty())
    }

    /// What of this draft is otherwise than in another: the columns with the values here.
    #[must_use]
    pub fn changes_from(&self, other: &Self) -> Self {
        let changed = |field: &&String| self.get(field) != other.get(field);
        let own = |field: &String| (field.clone(), self.get(field).to_owned());
        Self(self.0.keys().chain(other.0.keys()).filter(changed).map(own).collect())
    }

    /// The figure as it is shown, `at least 11,000 persons`; `None` while qualifier, numbers and unit do not fit together.
    pub fn figure(&self) -> Option<String> {
        let number = |field| match self.get(field) {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        };
        let numbers = (number("low")?, number("best")?, number("high")?);
        let (qualifier, unit) = (self.get("qualifier").parse().ok()?, self.get("unit").parse().ok()?);
        Quantity::new(qualifier, numbers, unit).ok().map(|quantity| quantity.figure().to_string())
    }

    /// Writes qualifier, numbers and unit.
    pub(crate) fn set_quantity(&mut self, quantity: &Quantity) {
        let (low, best, high) = quantity.numbers();
        let number = |value: Option<rust_decimal::Decimal>| value.map(|one| one.normalize().to_string());
        let cells = [
            ("qualifier", Some(quantity.qualifier().to_string())),
            ("low", number(low)),
            ("best", number(best)),
            ("high", number(high)),
            ("unit", Some(quantity.unit().to_string())),
        ];
        for (field, value) in cells {
            self.put(field, value.unwrap_or_default());
        }
    }

    /// Writes a cell whose name is known to be a field.
    pub(crate) fn put(&mut self, field: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.insert(field.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_are_set_and_empty_ones_removed() {
        let mut draft = Draft::default();
        for (field, value) in [("qualifier", "at least"), ("low", " 11000 "), ("unit", "persons"), ("note", "x")] {
            draft.set(Kind::Claim, field, value).unwrap();
        }
        assert_eq!(draft.figure().as_deref(), Some("at least 11,000 persons"));
        let before = draft.clone();
        draft.set(Kind::Claim, "note", " ").unwrap();
        draft.set(Kind::Claim, "low", "many").unwrap();
        assert_eq!(draft.figure(), None);
        assert_eq!(serde_json::to_string(&draft.changes_from(&before)).unwrap(), r#"{"low":"many","note":""}"#);
        assert!(draft.set(Kind::Claim, "source", "x").unwrap_err().to_string().contains("`source`"));
        assert!(draft.set(Kind::Event, "measure", "x").unwrap_err().to_string().contains("event"));
    }
}
