//! The types that FollowTheMoney gives to property values.
//!
//! The build script compiles this file too, so it must not name anything else of the crate.

use std::fmt;

/// What the values of a property are: FollowTheMoney's *property type*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyKind {
    /// A postal address in one line.
    Address,
    /// A SHA-1 of a file, as hex digits.
    Checksum,
    /// A country, as a lower-case code (`kp`), or a group or region that FollowTheMoney knows.
    Country,
    /// An ISO 8601 date, as exact as known: a year, a month, a day or a moment.
    Date,
    /// An e-mail address.
    Email,
    /// The id of another entity.
    Entity,
    /// The gender of a person.
    Gender,
    /// Formatted text; hostile until cleaned.
    Html,
    /// A registration number or the like.
    Identifier,
    /// An address on the internet.
    Ip,
    /// Nested data that other programs keep for themselves.
    Json,
    /// An ISO 639 language code of three letters.
    Language,
    /// The media type of a file.
    Mimetype,
    /// A name of a person, body, vessel or thing.
    Name,
    /// A number in text form.
    Number,
    /// A telephone number.
    Phone,
    /// A short text.
    String,
    /// A long text.
    Text,
    /// A tag of a controlled list, such as `sanction`.
    Topic,
    /// A web address.
    Url,
}

impl PropertyKind {
    /// Each with its FollowTheMoney name, the longest value in characters that the type allows, and whether its values
    /// help to tell whether two entities are one. In name order.
    const FACTS: [(Self, &'static str, u32, bool); 20] = [
        (Self::Address, "address", 250, true),
        (Self::Checksum, "checksum", 40, true),
        (Self::Country, "country", 16, true),
        (Self::Date, "date", 32, true),
        (Self::Email, "email", 250, true),
        (Self::Entity, "entity", 200, true),
        (Self::Gender, "gender", 16, false),
        (Self::Html, "html", 65_000, false),
        (Self::Identifier, "identifier", 64, true),
        (Self::Ip, "ip", 64, true),
        (Self::Json, "json", 250, false),
        (Self::Language, "language", 16, false),
        (Self::Mimetype, "mimetype", 250, false),
        (Self::Name, "name", 384, true),
        (Self::Number, "number", 250, false),
        (Self::Phone, "phone", 64, true),
        (Self::String, "string", 1024, false),
        (Self::Text, "text", 65_000, false),
        (Self::Topic, "topic", 64, false),
        (Self::Url, "url", 4096, true),
    ];

    /// All of them, in name order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::FACTS.iter().map(|(kind, ..)| *kind)
    }

    /// The type of this FollowTheMoney name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::FACTS.iter().find(|(_, word, ..)| *word == name).map(|(kind, ..)| *kind)
    }

    /// Its name in FollowTheMoney: `name`, `country`, `entity` …
    pub fn as_str(self) -> &'static str {
        Self::FACTS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, ..)| word)
    }

    /// The longest value that the type allows, in characters. A property may set another limit.
    pub fn max_length(self) -> u32 {
        Self::FACTS.iter().find(|(kind, ..)| *kind == self).map_or(0, |(_, _, length, _)| *length)
    }

    /// Whether values of the type help to tell whether two entities are one. A property may say otherwise.
    pub fn matchable(self) -> bool {
        Self::FACTS.iter().any(|(kind, .., matchable)| *kind == self && *matchable)
    }
}

impl fmt::Display for PropertyKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
