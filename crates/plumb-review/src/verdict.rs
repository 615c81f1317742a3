//! What a review says of a statement: seven words, each with one meaning.

use serde::Serialize;

/// How a statement stands to the account. It is about what is claimed, never about what is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Two origins or more say the same, and more say it than exclude it; or a duty, an event or what is documented of a site says so.
    Supported,
    /// Claims or the account's own estimate leave room for it; nobody states just this figure.
    InsideTheRange,
    /// It equals the end of what is claimed, or rests on a single origin.
    AtTheEdge,
    /// Claims of independent origins stand around it and exclude it or one another.
    Contested,
    /// It lies outside every claim and outside the estimate, or a record of the case says otherwise.
    Contradicted,
    /// Supported by claims of its time; all later ones exclude it.
    OutOfDate,
    /// The case has nothing about it.
    NotCovered,
}

impl Verdict {
    /// All of them with their words and what these mean.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Supported, "supported", "several origins, or a record of the case, say the same"),
        (Self::InsideTheRange, "inside the range", "claims or the estimate leave room for it; nobody states just this"),
        (Self::AtTheEdge, "at the edge", "it is an end of what is claimed, or rests on one origin"),
        (
            Self::Contested,
            "contested",
            "claims of independent origins stand on both sides and exclude it or one another",
        ),
        (
            Self::Contradicted,
            "contradicted",
            "it lies outside every claim and the estimate, or a record says otherwise",
        ),
        (Self::OutOfDate, "out of date", "claims of its time say the same; all later ones exclude it"),
        (Self::NotCovered, "not covered", "the case has nothing about it"),
    ];

    /// The words for it.
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(verdict, ..)| *verdict == self).map_or("", |(_, words, _)| words)
    }

    /// What it means, in a sentence without a full stop.
    pub fn meaning(self) -> &'static str {
        Self::ALL.iter().find(|(verdict, ..)| *verdict == self).map_or("", |(.., meaning)| meaning)
    }
}
