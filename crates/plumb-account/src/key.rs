//! Keys: the names of findings, which `plumb why` and the addresses of pages are made of.
//!
//! A key says how the finding is computed, so any key can be asked for, not only those that a page shows.

use std::fmt;
use std::str::FromStr;

use plumb_core::date::Period;
use plumb_core::reference::{Kind, Reference};
use plumb_trace::Follow;
use sha2::{Digest, Sha256};

/// The name of a finding or of a record.
///
/// ```
/// use plumb_account::Key;
/// let key: Key = "range workers_present RU 2017".parse().unwrap();
/// assert_eq!(key.to_string(), "range workers_present RU 2017");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A record of the case: `claim:c062`.
    Record(Reference),
    /// What rival claims say together: `range MEASURE PLACE PERIOD [POPULATION]`.
    Range(RangeKey),
    /// How many origins stand behind a range: `origins MEASURE PLACE PERIOD [POPULATION]`.
    Origins(RangeKey),
    /// The sum of claims: `sum c155 c156`.
    Sum(Vec<String>),
    /// One claim less another: `difference c062 c068`.
    Difference(String, String),
    /// One claim divided by another: `quotient c241 c005`.
    Quotient(String, String),
    /// How many records a table has: `count sources`.
    Count(Kind),
    /// Where a bearer of a duty stands: `standing o10 RU`.
    Standing {
        /// Id of the duty.
        duty: String,
        /// Code of the bearer; empty when the duty names none.
        bearer: String,
    },
    /// What leads from one to the other: `path ACTOR ACTOR`, or payments only: `money ACTOR ACTOR`.
    Path {
        /// Where it begins: an end as links have them.
        from: String,
        /// Where it ends.
        to: String,
        /// Which edges it may use.
        follow: Follow,
    },
    /// What ownership rules say of an actor: `ownership ACTOR`.
    Ownership(String),
    /// The signs of forced labour about a subject: `indicators SUBJECT`; of all when it is empty.
    Indicators(String),
    /// What is owed to a worker or a cohort: `owed LABEL`.
    Owed(String),
    /// What the claims allow a quantity of the model to be: `estimate workers[RU,2017]`.
    Estimate(String),
    /// Claims about different things that cannot all be true: `conflict c062 c225 c241`.
    Conflict(Vec<String>),
    /// Claims that cannot all be true: `contradiction MEASURE PLACE PERIOD [POPULATION]`.
    Contradiction(RangeKey),
}

/// What a range is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RangeKey {
    /// The measure.
    pub measure: String,
    /// The place.
    pub place: String,
    /// The time; claims whose period overlaps it are rivals.
    pub period: Period,
    /// A narrower population; empty: that of the measure.
    pub population: String,
}

/// A text that is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no finding: write KIND:ID, or range, origins, contradiction MEASURE PLACE PERIOD, or estimate QUANTITY[PLACE,YEAR], or sum, difference, quotient with claims, or count TABLE, or standing DUTY STATE, or path, money ACTOR ACTOR, or ownership ACTOR, or owed WORKER, or indicators SUBJECT"
)]
pub struct KeyError(pub String);

impl Key {
    /// A name for a file or an anchor. Different keys have different names: a space is `+`, which no id contains, and what is
    /// neither letter, digit nor `-_.` stands as its code point. A long name keeps its beginning and ends in a hash of the
    /// whole, because file systems allow 255 bytes and some readers copy a site into deep folders.
    ///
    /// ```
    /// use plumb_account::Key;
    /// let key: Key = "range workers_present RU 2016/2017".parse().unwrap();
    /// assert_eq!(key.slug(), "range+workers_present+RU+2016~2f2017");
    /// ```
    pub fn slug(&self) -> String {
        const LONGEST: usize = 120;
        let text = self.to_string();
        let mut slug = String::new();
        for letter in text.chars() {
            match letter {
                ' ' => slug.push('+'),
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => slug.push(letter),
                other => slug.push_str(&format!("~{:x}", u32::from(other))),
            }
        }
        if slug.len() > LONGEST {
            slug.truncate(LONGEST);
            slug.push('~');
            slug.extend(Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")));
        }
        slug
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(reference) => reference.fmt(out),
            Self::Range(range) => write!(out, "range {range}"),
            Self::Origins(range) => write!(out, "origins {range}"),
            Self::Contradiction(range) => write!(out, "contradiction {range}"),
            Self::Sum(claims) => write!(out, "sum {}", claims.join(" ")),
            Self::Estimate(name) => write!(out, "estimate {name}"),
            Self::Conflict(claims) => write!(out, "conflict {}", claims.join(" ")),
            Self::Difference(one, two) => write!(out, "difference {one} {two}"),
            Self::Quotient(one, two) => write!(out, "quotient {one} {two}"),
            Self::Count(kind) => write!(out, "count {}", kind.plural()),
            Self::Indicators(subject) if subject.is_empty() => out.write_str("indicators"),
            Self::Indicators(subject) => write!(out, "indicators {subject}"),
            Self::Owed(worker) => write!(out, "owed {worker}"),
            Self::Standing { duty, bearer } if bearer.is_empty() => write!(out, "standing {duty}"),
            Self::Standing { duty, bearer } => write!(out, "standing {duty} {bearer}"),
            Self::Path { from, to, follow: Follow::Any } => write!(out, "path {from} {to}"),
            Self::Path { from, to, follow: Follow::Money } => write!(out, "money {from} {to}"),
            Self::Ownership(actor) => write!(out, "ownership {actor}"),
        }
    }
}

impl fmt::Display for RangeKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.measure, self.place, self.period)?;
        if self.population.is_empty() { Ok(()) } else { write!(out, " {}", self.population) }
    }
}

impl FromStr for RangeKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut words = text.trim().splitn(4, ' ');
        let (Some(measure), Some(place), Some(period)) = (words.next(), words.next(), words.next()) else {
            return Err(KeyError(text.to_owned()));
        };
        let period = period.parse().map_err(|_| KeyError(text.to_owned()))?;
        let population = words.next().unwrap_or_default().trim().to_owned();
        Ok(Self { measure: measure.to_owned(), place: place.to_owned(), period, population })
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let error = || KeyError(text.to_owned());
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let names: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
        match (word, names.as_slice()) {
            ("range", _) => Ok(Self::Range(rest.parse()?)),
            ("origins", _) => Ok(Self::Origins(rest.parse()?)),
            ("contradiction", _) => Ok(Self::Contradiction(rest.parse()?)),
            ("sum", [_, _, ..]) => Ok(Self::Sum(names)),
            ("estimate", [_, ..]) => Ok(Self::Estimate(names.concat())),
            ("conflict", [_, ..]) => Ok(Self::Conflict(names)),
            ("difference", [one, two]) => Ok(Self::Difference(one.clone(), two.clone())),
            ("quotient", [one, two]) => Ok(Self::Quotient(one.clone(), two.clone())),
            ("count", [table]) => Kind::from_word(table).map(Self::Count).ok_or_else(error),
            ("standing", [duty]) => Ok(Self::Standing { duty: duty.clone(), bearer: String::new() }),
            ("standing", [duty, bearer]) => Ok(Self::Standing { duty: duty.clone(), bearer: bearer.clone() }),
            ("path" | "money", [from, to]) => {
                let follow = if word == "money" { Follow::Money } else { Follow::Any };
                Ok(Self::Path { from: from.clone(), to: to.clone(), follow })
            }
            ("ownership", [actor]) => Ok(Self::Ownership(actor.clone())),
            ("indicators", _) => Ok(Self::Indicators(names.join(" "))),
            ("owed", [_, ..]) => Ok(Self::Owed(names.join(" "))),
            (_, []) => text.parse().map(Self::Record).map_err(|_| error()),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_being_written() {
        for text in [
            "claim:c062",
            "range workers_present RU 2017-12",
            "range workers_present RU 2016/2017 loggers and others",
            "contradiction revenue WORLD 2012/2023",
            "sum c1 c2 c3",
            "difference c1 c2",
            "count duties",
            "standing o10 RU",
            "path genco group:dprk-workers",
            "money a b",
            "ownership daesong-bank",
            "owed worker 1",
            "indicators",
            "indicators workers in a plant",
            "indicators site:zenit-arena",
            "estimate workers[RU,2017]",
            "conflict c1 c2 c3",
        ] {
            assert_eq!(text.parse::<Key>().map(|key| key.to_string()), Ok(text.to_owned()));
        }
        let slug = |text: &str| text.parse::<Key>().unwrap().slug();
        assert_ne!(slug("range a-b RU 2017"), slug("range a RU 2017 b"));
        assert_ne!(slug("sum c-1 c2"), slug("sum c c-1-c2"));
        let many = |last: &str| slug(&format!("sum {}{last}", "c1 ".repeat(400)));
        assert!(many("c2").len() < 200 && many("c2") != many("c3"), "a long key is a short name of its own");
        for text in ["", "sum c1", "range x", "claim:", "nothing c1"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }
}
