//! Edges: what joins two nodes, when, on what basis, said by which source.

use plumb_core::case::Grade;
use plumb_core::date::{Bound, Period};
use serde::Serialize;

use crate::graph::Node;
use crate::share::Share;
use crate::strength::Basis;

/// A text kept once in a [`crate::Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub(crate) u32);

/// The place of an edge in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EdgeId(pub(crate) u32);

impl EdgeId {
    /// Its position among the edges of the graph.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an edge is. The direction is that of the words: FROM does it to TO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// FROM holds a share in TO.
    Ownership,
    /// FROM can decide for TO, by votes, appointments or rank.
    Control,
    /// FROM holds an office in TO.
    Directorship,
    /// FROM acts for TO, or stands in front of it.
    Agency,
    /// FROM sends workers to TO.
    Dispatch,
    /// FROM works at or for TO, or employs people there.
    Employment,
    /// FROM finds workers or business for TO.
    Brokerage,
    /// FROM pays TO.
    Payment,
    /// FROM moves goods to TO.
    Transport,
    /// FROM is part of TO.
    Membership,
    /// FROM is named on the list TO.
    Designation,
    /// FROM has to do with TO; the source says no more.
    Association,
}

impl Kind {
    /// All of them with their word, as `kind` of a relation in `case.toml` has it.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Ownership, "ownership"),
        (Self::Control, "control"),
        (Self::Directorship, "directorship"),
        (Self::Agency, "agency"),
        (Self::Dispatch, "dispatch"),
        (Self::Employment, "employment"),
        (Self::Brokerage, "brokerage"),
        (Self::Payment, "payment"),
        (Self::Transport, "transport"),
        (Self::Membership, "membership"),
        (Self::Designation, "designation"),
        (Self::Association, "association"),
    ];

    /// The kind that a FollowTheMoney schema is read as, where a relation names none.
    pub const SCHEMATA: [(&'static str, Self); 9] = [
        ("Ownership", Self::Ownership),
        ("Directorship", Self::Directorship),
        ("Representation", Self::Agency),
        ("Employment", Self::Employment),
        ("Payment", Self::Payment),
        ("Debt", Self::Payment),
        ("Membership", Self::Membership),
        ("Succession", Self::Association),
        ("UnknownLink", Self::Association),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == word).map(|(kind, _)| *kind)
    }

    /// The kind of a FollowTheMoney schema; what has none of its own is an association.
    pub fn from_schema(schema: &str) -> Self {
        Self::SCHEMATA.iter().find(|(own, _)| *own == schema).map_or(Self::Association, |(_, kind)| *kind)
    }
}

/// Which edges a trace may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Follow {
    /// Edges of every kind, from either end: how the two are bound to each other at all.
    #[default]
    Any,
    /// Payments only, in the direction of the money.
    Money,
}

impl Follow {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Money => "money",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Any, Self::Money].into_iter().find(|follow| follow.as_str() == word)
    }

    /// Whether it may use edges of this kind.
    pub fn admits(self, kind: Kind) -> bool {
        self == Self::Any || kind == Kind::Payment
    }

    /// Whether edges are used in their own direction only.
    pub fn is_directed(self) -> bool {
        self == Self::Money
    }
}

/// What joins two nodes. In a graph each text is kept once and known by its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge<T = Text> {
    /// Who does it.
    pub from: Node,
    /// To whom.
    pub to: Node,
    /// What it is.
    pub kind: Kind,
    /// When; `None`: the record does not say.
    pub period: Option<Period>,
    /// On what it rests.
    pub basis: Basis,
    /// Grade of the source, where it has one.
    pub grade: Option<Grade>,
    /// The record asks for it to be checked.
    pub verify: bool,
    /// A holding through others that the same record may name as well: shown, but left out of sums.
    pub indirect: bool,
    /// Share of the property or of the votes, where it is stated.
    pub share: Option<Share>,
    /// How it reads between the two names.
    pub verb: T,
    /// The words run from TO to FROM: "is subordinate to" for control.
    pub reversed: bool,
    /// Id of the record that states it.
    pub record: T,
    /// Id of the source; empty: the file it was read from.
    pub source: T,
}

/// An edge before it is in a graph.
pub type NewEdge<'a> = Edge<&'a str>;

impl NewEdge<'_> {
    /// An edge of which nothing is known but its ends and its kind.
    pub fn new(from: Node, to: Node, kind: Kind) -> Self {
        Self {
            from,
            to,
            kind,
            period: None,
            basis: Basis::Unstated,
            grade: None,
            verify: false,
            indirect: false,
            share: None,
            verb: "",
            reversed: false,
            record: "",
            source: "",
        }
    }
}

impl Edge {
    /// The first day that it can have held, as a number in the order of days; the least one where that is open or unknown.
    pub(crate) fn first_day(&self) -> i32 {
        self.period.and_then(|period| period.earliest()).map_or(i32::MIN, crate::reach::day)
    }

    /// The last day that it can have held; the greatest number where that is open or unknown.
    pub(crate) fn last_day(&self) -> i32 {
        self.period.and_then(|period| period.latest()).map_or(i32::MAX, crate::reach::day)
    }

    /// Whether a side of its time is not known, so that the order of time cannot be checked there.
    pub fn has_unknown_date(&self) -> bool {
        self.period.is_none_or(|period| period.start == Bound::Unknown || period.end == Bound::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_kinds() {
        for (kind, word) in Kind::ALL {
            assert_eq!((Kind::from_word(word), kind.as_str()), (Some(kind), word));
        }
        let words = Kind::ALL.map(|(_, word)| word);
        assert_eq!(words, plumb_core::case::RELATION_KINDS, "case.toml can name every kind");
        assert_eq!(Kind::from_schema("Directorship"), Kind::Directorship);
        assert_eq!(Kind::from_schema("Family"), Kind::Association);
        assert!(!Follow::Money.admits(Kind::Ownership), "owning is not paying");
    }
}
