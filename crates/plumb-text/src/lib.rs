//! Prose in English, Russian, Korean and Chinese → mentions → proposed claims.
//!
//! A [`Reader`] is built once from [`Rules`] (data files that a linguist can read, compiled in) and a [`Gazetteer`] (names in
//! any script). It cuts a text into sentences, finds quantities, dates, places, actors, instruments and speakers, and puts
//! them together into [`Proposal`]s: a figure with its qualifier and unit, what it measures, where, when and who says so,
//! with a confidence and the reasons for it. Same text, same bytes out; nothing here knows a clock, a file or a network.
//!
//! What is found is a proposal. Whether it is what the text says is for a person to decide.

mod amount;
mod carry;
mod claims;
mod dates;
mod fold;
mod gazetteer;
mod happenings;
mod inflect;
mod language;
mod line;
mod near;
mod number;
mod numeral;
mod part_of_year;
mod quantity;
mod reader;
mod rules;
mod sentence;
mod split;
mod terms;
mod units;
mod vocabulary;

pub use gazetteer::{Entry, EntryKind, Gazetteer, GazetteerError, built_in_entries};
pub use language::{Hint, Language};
pub use reader::{Extractor, Reader};
pub use rules::{Rules, RulesError};
pub use sentence::{
    Duration, Duty, Event, Instrument, Mention, Proposal, Reason, Relation, Sentence, Speaker, Stated, TimeUnit, Value,
};
pub use vocabulary::{VocabularyError, case_entries};
