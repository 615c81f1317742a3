//! The tables that the build script writes from `data/ftm/schema`: `SCHEMATA` in name order, and `PROPERTIES` in order of
//! the schema that defines each and its name.

use super::{Edge, Property, PropertyKind, Reverse, Schema, TemporalExtent};

include!(concat!(env!("OUT_DIR"), "/ftm.rs"));
