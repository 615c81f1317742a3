//! The ground floor: what the rest of Plumbline is made of, without files, clock or network.
//!
//! A [`case::Case`] holds the records of a folder; [`lower`] turns each into [`statement::Statement`]s, the one form that
//! every pass works on. Quantities carry [units](mod@unit) with dimensions, dates may be partial, places are codes, the
//! FollowTheMoney schema is compiled in as data, and whatever is wrong is a [`diagnostic::Diagnostic`].

pub mod band;
pub mod case;
pub mod codes;
pub mod date;
pub mod diagnostic;
pub mod due;
pub mod figure;
pub mod ftm;
pub mod location;
pub mod lower;
pub mod measure;
pub mod place;
pub mod quantity;
pub mod reference;
pub mod statement;
pub mod suggest;
pub mod unit;
