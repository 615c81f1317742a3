//! An entity in the making: it takes only what its schema has a word for.

use std::collections::BTreeMap;

use crate::date::{PartialDate, Period, Precision};
use crate::ftm::{self, PropertyKind, Schema};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// How a value was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// As it is.
    Whole,
    /// Cut off at the limit of its property, with an ellipsis.
    Cut,
}

/// Why a value was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The schema has no such property, or only as the reverse of another.
    #[error("its schema has no such property")]
    NoSuchProperty,
    /// There is nothing but space in it.
    #[error("the value is empty")]
    Empty,
    /// It cannot be of the type.
    #[error("the value is not of the type {0}")]
    NotOfType(PropertyKind),
    /// It is longer than the property allows, and a part of it would say something else.
    #[error("the value is longer than {0} characters")]
    TooLong(u32),
}

/// An entity of a FollowTheMoney schema.
#[derive(Clone, Debug)]
pub struct Entity {
    id: String,
    schema: &'static Schema,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    /// An entity without properties. `None` when there is no such schema, or only others may inherit from it.
    pub fn new(id: String, schema: &str) -> Option<Self> {
        let schema = ftm::schema(schema).filter(|schema| !schema.abstract_)?;
        Some(Self { id, schema, properties: BTreeMap::new() })
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its schema.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The values of its properties.
    pub fn properties(&self) -> &BTreeMap<&'static str, Vec<String>> {
        &self.properties
    }

    /// Adds a value, if the schema has the property and its type can hold the value; each value once.
    #[must_use]
    pub fn with(mut self, property: &str, value: &str) -> Self {
        // who builds fluently asks for what fits; `add` is for those who must tell what did not
        let _ignored = self.add(property, value);
        self
    }

    /// Adds a value, each once, and says whether it is whole.
    ///
    /// # Errors
    /// Says why the value was refused; the entity is as before.
    pub fn add(&mut self, property: &str, value: &str) -> Result<Added, Refused> {
        let property = self.schema.property(property).filter(|property| !property.stub);
        let property = property.ok_or(Refused::NoSuchProperty)?;
        let (value, added) = fitting(property.kind, value, property.max_length)?;
        let values = self.properties.entry(property.name).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
        Ok(added)
    }

    /// Adds a value where there is one.
    #[must_use]
    pub fn with_some(self, property: &str, value: Option<&str>) -> Self {
        value.into_iter().fold(self, |entity, value| entity.with(property, value))
    }

    /// Adds a date as exact as FollowTheMoney can say it. A year is its coarsest word, and it has none for "about": such a date
    /// is told in `remarks` as the case has it.
    #[must_use]
    pub fn with_date(self, property: &str, remarks: &str, date: Option<PartialDate>) -> Self {
        let Some(date) = date else { return self };
        let vague = date.is_approximate() || date.is_uncertain() || date.precision() < Precision::Year;
        let entity = if vague { self.with(remarks, &format!("Date: {date}")) } else { self };
        entity.with_some(property, plain(date).as_deref())
    }

    /// Adds the two sides of a period; of a single date, the date.
    #[must_use]
    pub fn with_period(self, remarks: &str, period: Option<Period>) -> Self {
        use crate::date::Bound;
        let Some(period) = period else { return self };
        if let Some(date) = period.as_date() {
            return self.with_date("date", remarks, Some(date));
        }
        let side = |bound| match bound {
            Bound::Date(date) => Some(date),
            Bound::Open | Bound::Unknown => None,
        };
        self.with_date("startDate", remarks, side(period.start)).with_date("endDate", remarks, side(period.end))
    }
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Entity", 3)?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("schema", self.schema.name)?;
        out.serialize_field("properties", &self.properties)?;
        out.end()
    }
}

/// The date without its marks, if it is known to the year at least.
fn plain(date: PartialDate) -> Option<String> {
    let first = date.earliest();
    let text = match date.precision() {
        Precision::Century | Precision::Decade => return None,
        Precision::Year => format!("{:04}", first.year()),
        Precision::Month => format!("{:04}-{:02}", first.year(), first.month()),
        Precision::Day => first.to_string(),
    };
    // FollowTheMoney knows no years before 1000
    (first.year() >= 1000).then_some(text)
}

/// The value as its type wants it.
fn fitting(kind: PropertyKind, value: &str, longest: u32) -> Result<(String, Added), Refused> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refused::Empty);
    }
    let of_type = match kind {
        PropertyKind::Name | PropertyKind::Address => return cut(&squash(value), longest),
        PropertyKind::String | PropertyKind::Text => return cut(value, longest),
        PropertyKind::Url => {
            let web = value.starts_with("http://") || value.starts_with("https://");
            web && !value.contains(char::is_whitespace)
        }
        PropertyKind::Entity => is_id(value),
        _ => true,
    };
    if !of_type {
        return Err(Refused::NotOfType(kind));
    }
    let short = u32::try_from(value.chars().count()).is_ok_and(|length| length <= longest);
    if short { Ok((value.to_owned(), Added::Whole)) } else { Err(Refused::TooLong(longest)) }
}

/// One space where there were several, and no quotation marks around the whole.
fn squash(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    words.join(" ").trim_matches(['"', '\'']).trim().to_owned()
}

/// At most so many characters, with an ellipsis where something was cut off.
fn cut(value: &str, longest: u32) -> Result<(String, Added), Refused> {
    let longest = usize::try_from(longest).unwrap_or(usize::MAX);
    if value.is_empty() {
        return Err(Refused::Empty);
    }
    if value.chars().count() <= longest {
        return Ok((value.to_owned(), Added::Whole));
    }
    Ok((value.chars().take(longest.saturating_sub(1)).chain(['…']).collect(), Added::Cut))
}

/// FollowTheMoney's shape of an id: ASCII letters and digits, with dots and hyphens inside.
fn is_id(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_alphanumeric())
        && value.ends_with(|last: char| last.is_ascii_alphanumeric())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
}

/// An id of these parts. Whatever an id may not have is written as `.` and its code point, so different names keep different ids.
pub fn id(parts: &[&str]) -> String {
    let mut id = String::new();
    for letter in parts.join("-").chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => id.push(letter),
            other => id.push_str(&format!(".{:x}", u32::from(other))),
        }
    }
    if !id.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        id.insert_str(0, "case");
    }
    if !id.ends_with(|last: char| last.is_ascii_alphanumeric()) {
        id.push_str(".0");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company() -> Entity {
        Entity::new(id(&["case", "a_b"]), "Company").unwrap()
    }

    #[test]
    fn an_entity_takes_only_what_its_schema_knows() {
        let entity =
            company().with("name", " \"Korea  General\" ").with("birthDate", "1950").with("topics", "sanction");
        let entity = entity
            .with("sourceUrl", "ftp://x")
            .with("sourceUrl", "https://example.org/a b")
            .with("ownershipAsset", "x");
        assert_eq!(entity.properties().keys().copied().collect::<Vec<_>>(), ["name", "topics"]);
        assert_eq!(entity.properties()["name"], ["Korea General"]);
        assert_eq!(entity.id(), "case-a.5fb");
        assert!(Entity::new("x".into(), "Thing").is_none() && Entity::new("x".into(), "Nothing").is_none());
    }

    #[test]
    fn vague_dates_are_told_in_words() {
        let event = |date: &str| {
            let event = Entity::new("x".into(), "Event").unwrap().with_date("date", "notes", date.parse().ok());
            (event.properties.get("date").cloned(), event.properties.get("notes").cloned())
        };
        let one = |text: &str| Some(vec![text.to_owned()]);
        assert_eq!(event("2017-12"), (one("2017-12"), None));
        assert_eq!(event("2017~"), (one("2017"), one("Date: 2017~")));
        assert_eq!(event("198X"), (None, one("Date: 198X")));
    }

    #[test]
    fn what_is_refused_is_said() {
        let mut company = company();
        assert_eq!(company.add("birthDate", "1950"), Err(Refused::NoSuchProperty));
        assert_eq!(company.add("name", "  "), Err(Refused::Empty));
        assert_eq!(company.add("sourceUrl", "ftp://x"), Err(Refused::NotOfType(PropertyKind::Url)));
        assert_eq!(company.add("flag", "kp"), Err(Refused::NoSuchProperty));
        assert_eq!(company.add("registrationNumber", &"1".repeat(65)), Err(Refused::TooLong(64)));
        assert_eq!(company.add("name", &"x".repeat(500)), Ok(Added::Cut));
        assert_eq!(company.add("name", "Mansudae"), Ok(Added::Whole));
    }

    #[test]
    fn long_names_are_cut_where_it_shows() {
        let name = "조".repeat(500);
        let entity = company().with("name", &name);
        let kept = &entity.properties()["name"][0];
        assert!(kept.chars().count() == 384 && kept.ends_with('…'));
    }

    #[test]
    fn ids_have_the_shape_that_the_other_model_wants() {
        for parts in [&["", "x"][..], &["case", "a b"], &["case", "ufa-"], &["", ""], &["дело", "1"]] {
            assert!(is_id(&id(parts)), "{parts:?}: {}", id(parts));
        }
    }
}
