//! Measures: what a claim is about, precisely enough that two claims of one measure can be held against each other.

use std::fmt;
use std::str::FromStr;

use crate::unit::Unit;

/// How a measure relates to time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// There at a moment: workers present.
    Stock,
    /// Adds up over a stretch of time: entries, visas issued.
    Flow,
    /// Per unit of time or per head: pay, hours.
    Rate,
    /// A part of a whole, 0 to 1.
    Share,
}

/// The chapter of the ledger that a measure stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// How many people.
    People,
    /// Who came, went, was let in.
    Movement,
    /// Pay, deductions, hours.
    Pay,
    /// What the state earns.
    Money,
    /// Reference figures about the world around.
    Context,
}

macro_rules! words {
    ($type:ident, $($variant:ident = $word:literal),+) => {
        impl $type {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $type {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

words!(Nature, Stock = "stock", Flow = "flow", Rate = "rate", Share = "share");
words!(Group, People = "people", Movement = "movement", Pay = "pay", Money = "money", Context = "context");

/// The axis that the figures of a measure are drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// From zero.
    #[default]
    Linear,
    /// For figures that differ by factors; labelled as such.
    Logarithmic,
}

/// What a claim measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Name in the tables.
    pub id: String,
    /// Name for readers.
    pub label: String,
    /// What exactly is counted.
    pub definition: String,
    /// Chapter of the ledger.
    pub group: Group,
    /// Stock, flow, rate or share.
    pub nature: Nature,
    /// The unit its figures are shown in.
    pub unit: Unit,
    /// Who or what is counted.
    pub population: String,
    /// Whether figures of parts of a place add up to that of the whole.
    pub adds_over_places: bool,
    /// Whether figures of parts of a period add up to that of the whole.
    pub adds_over_time: bool,
    /// Measures whose population contains this one at the same place and time.
    pub part_of: Vec<String>,
    /// Axis of its chart.
    pub scale: Scale,
    /// What a reader should know.
    pub note: String,
}
