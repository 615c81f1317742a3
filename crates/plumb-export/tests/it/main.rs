//! The exports of the real case, of a case full of hostile words, and of an empty one.

mod csv;
mod ftm;
mod json;
mod sqlite;
mod world;
