//! References: the name of a record, with the table it stands in.

use std::fmt;
use std::str::FromStr;

/// The kinds of record in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something published or recorded.
    Source,
    /// Where a figure was first made.
    Origin,
    /// A stated figure.
    Claim,
    /// A person, company or body.
    Actor,
    /// A relation between two of them.
    Link,
    /// A place of work.
    Site,
    /// Something that happened.
    Event,
    /// Who must do what by when.
    Duty,
    /// What a bearer of a duty said or did.
    Answer,
    /// A sign of forced labour with its evidence.
    Indicator,
    /// A sign for buyers and auditors.
    Sign,
    /// An answer to a question about a supplier.
    Response,
    /// A rule of labour law.
    Rule,
    /// A reference figure.
    Observation,
    /// A known error in a copy.
    Defect,
    /// What a worker worked, was promised and was paid over a stretch of time.
    Wage,
    /// A place.
    Place,
    /// What a figure measures.
    Measure,
}

impl Kind {
    /// All of them with their word, singular and plural.
    pub const ALL: [(Self, &'static str, &'static str); 18] = [
        (Self::Source, "source", "sources"),
        (Self::Origin, "origin", "origins"),
        (Self::Claim, "claim", "claims"),
        (Self::Actor, "actor", "actors"),
        (Self::Link, "link", "links"),
        (Self::Site, "site", "sites"),
        (Self::Event, "event", "events"),
        (Self::Duty, "duty", "duties"),
        (Self::Answer, "answer", "answers"),
        (Self::Indicator, "indicator", "indicators"),
        (Self::Sign, "sign", "signs"),
        (Self::Response, "response", "responses"),
        (Self::Rule, "rule", "rules"),
        (Self::Observation, "observation", "observations"),
        (Self::Defect, "defect", "defects"),
        (Self::Wage, "wage", "wages"),
        (Self::Place, "place", "places"),
        (Self::Measure, "measure", "measures"),
    ];

    /// The singular word.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// The plural word, also the name of its folder of pages.
    pub fn plural(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., word)| word)
    }

    /// The kind with this word, singular or plural.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, one, many)| *one == word || *many == word).map(|(kind, ..)| *kind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// The name of one record: `claim:c062`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Its table.
    pub kind: Kind,
    /// Its id there.
    pub id: String,
}

impl Reference {
    /// A reference to the record `id` of the table of `kind`.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.kind, self.id)
    }
}

/// A text that is not `KIND:ID`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a reference: write KIND:ID, such as claim:c062")]
pub struct ReferenceError(String);

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let error = || ReferenceError(text.to_owned());
        let (kind, id) = text.split_once(':').ok_or_else(error)?;
        let kind = Kind::from_word(kind).ok_or_else(error)?;
        if id.is_empty() {
            return Err(error());
        }
        Ok(Self::new(kind, id))
    }
}
