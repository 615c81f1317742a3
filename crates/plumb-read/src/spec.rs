//! The definition of the tables, read from `data/tables.toml`: one source for the reader, the docs and the template.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use plumb_core::reference::Kind;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use toml::Spanned;

/// A table of the case format.
#[derive(Debug, Deserialize)]
pub(crate) struct Table {
    /// Its file in the top folder of a case.
    pub(crate) file: String,
    /// What one row of it is called.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) about: String,
    /// Its columns in the order of the definition.
    #[serde(deserialize_with = "in_order")]
    pub(crate) columns: Vec<Column>,
}

impl Table {
    /// The kind of record that its rows are.
    pub(crate) fn kind(&self) -> Option<Kind> {
        Kind::from_word(&self.name)
    }

    /// The place of a column in [`Self::columns`].
    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|own| &*own.name == column)
    }
}

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its word in the header.
    pub(crate) name: Arc<str>,
    /// What its cells hold.
    pub(crate) kind: ColumnKind,
    /// Whether a row without it cannot be used.
    pub(crate) required: bool,
    /// What it means.
    pub(crate) about: String,
    /// A cell as it may be.
    pub(crate) example: String,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// The name of the record.
    Id,
    /// The id of another record.
    Reference(Kind),
    /// Several ids of other records.
    References(Kind),
    /// An id of `measures.toml`.
    Measure,
    /// Free words.
    Text,
    /// Several texts.
    List,
    /// A decimal number.
    Number,
    /// A number that is not negative, or two with `..` between them.
    Band,
    /// A date of EDTF level 1.
    Date,
    /// A date, or so long after the day that starts a duty.
    Deadline,
    /// A date or an interval.
    Period,
    /// A code of a place.
    Place,
    /// Several codes of places.
    Places,
    /// A unit of measurement.
    Unit,
    /// A web address.
    Url,
    /// A SHA-256 as 64 hexadecimal digits.
    Sha256,
    /// One word of a closed list.
    OneOf(Vec<String>),
}

impl ColumnKind {
    /// The kind that a word of `tables.toml` stands for.
    fn parse(text: &str) -> Option<Self> {
        let reference = |name: &str| Kind::from_word(name.trim());
        if let Some((head, tail)) = text.split_once(':') {
            return match head {
                "ref" => reference(tail).map(Self::Reference),
                "refs" => reference(tail).map(Self::References),
                "one of" => Some(Self::OneOf(tail.split('|').map(|word| word.trim().to_owned()).collect())),
                _ => None,
            };
        }
        Some(match text {
            "id" => Self::Id,
            "measure" => Self::Measure,
            "text" => Self::Text,
            "list" => Self::List,
            "number" => Self::Number,
            "band" => Self::Band,
            "date" => Self::Date,
            "deadline" => Self::Deadline,
            "period" => Self::Period,
            "place" => Self::Place,
            "places" => Self::Places,
            "unit" => Self::Unit,
            "url" => Self::Url,
            "sha256" => Self::Sha256,
            _ => return None,
        })
    }
}

impl<'de> Deserialize<'de> for ColumnKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a kind of column")))
    }
}

/// A column as `tables.toml` writes it, under its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    kind: ColumnKind,
    #[serde(default)]
    required: bool,
    about: String,
    example: String,
}

/// Columns in the order of the file: a TOML table has none of its own, but its values know where they stand.
fn in_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Column>, D::Error> {
    let by_name = BTreeMap::<String, Spanned<RawColumn>>::deserialize(deserializer)?;
    let mut columns: Vec<_> = by_name.into_iter().collect();
    columns.sort_by_key(|(_, column)| column.span().start);
    let column = |(name, raw): (String, Spanned<RawColumn>)| {
        let RawColumn { kind, required, about, example } = raw.into_inner();
        Column { name: name.into(), kind, required, about, example }
    };
    Ok(columns.into_iter().map(column).collect())
}

#[derive(Deserialize)]
struct Definition {
    table: Vec<Table>,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let definition: Result<Definition, _> = toml::from_str(include_str!("../data/tables.toml"));
    // The definition is compiled in and a test reads it; there is no run in which it fails.
    definition.map(|definition| definition.table).unwrap_or_default()
});

/// All tables in the order of the definition.
pub(crate) fn tables() -> &'static [Table] {
    &TABLES
}

/// The table whose rows are of this kind.
pub(crate) fn table(kind: Kind) -> Option<&'static Table> {
    tables().iter().find(|table| table.kind() == Some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        assert_eq!(tables().len(), 17);
        for table in tables() {
            assert!(table.kind().is_some(), "{}: no kind of record", table.file);
            let first = &table.columns[0];
            assert_eq!((&*first.name, &first.kind, first.required), ("id", &ColumnKind::Id, true), "{}", table.file);
        }
    }
}
