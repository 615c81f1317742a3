//! The FollowTheMoney schema: the kinds of entity and relation that the case speaks of, compiled in as data.
//!
//! A [`Schema`] is a kind of entity (`Company`) or of relation (`Ownership`, which has an [`Edge`]). It inherits the
//! properties of the schemata that it extends; here inheritance is resolved already. The YAML files in `data/ftm` are
//! read by the build script; nothing is parsed when the program runs.
//!
//! ```
//! use plumb_core::ftm::{self, PropertyKind};
//! let company = ftm::schema("Company").unwrap();
//! assert!(company.is_a("LegalEntity"));
//! assert_eq!(company.property("jurisdiction").unwrap().kind, PropertyKind::Country);
//! let edge = ftm::schema("Ownership").unwrap().edge.unwrap();
//! assert_eq!((edge.source, edge.label, edge.target), ("owner", "owns", "asset"));
//! ```

pub mod entity;
mod kind;
mod tables;
#[cfg(test)]
mod tests;

pub use entity::{Added, Entity, Refused};
pub use kind::PropertyKind;

/// The release of FollowTheMoney that the schema is taken from.
pub const RELEASE: &str = "4.11.2";

/// A kind of entity or relation.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are the marks that FollowTheMoney gives to a schema")]
pub struct Schema {
    /// Its name: `Company`.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What several are called.
    pub plural: &'static str,
    /// What it stands for, in a sentence or three.
    pub description: Option<&'static str>,
    /// The schemata that it extends directly, in the order of the file.
    pub extends: &'static [&'static str],
    /// Serves inheritance only: no entity may be of this schema itself.
    pub abstract_: bool,
    /// Whether it makes sense to look for the same entity in another list by its names.
    pub matchable: bool,
    /// Not offered in lists of schemata.
    pub hidden: bool,
    /// Made by programs from files, never by hand.
    pub generated: bool,
    /// Not to be used any more.
    pub deprecated: bool,
    /// The properties to show first.
    pub featured: &'static [&'static str],
    /// The properties that an entity must have.
    pub required: &'static [&'static str],
    /// The properties to take a caption from: the first that has a value.
    pub caption: &'static [&'static str],
    /// How a relation joins two entities. `None` for things.
    pub edge: Option<Edge>,
    /// The properties that bound it in time, own or inherited.
    pub temporal_extent: Option<TemporalExtent>,
    /// Names of all schemata that it is a kind of, without itself, in name order.
    lineage: &'static [&'static str],
    /// Places in `tables::PROPERTIES`, own and inherited, in order of property name.
    members: &'static [u16],
}

/// How a relation joins two entities: SOURCE label TARGET, as in "owner owns asset".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The property that holds the entity at the start.
    pub source: &'static str,
    /// The property that holds the entity at the end.
    pub target: &'static str,
    /// What the first does to the second.
    pub label: &'static str,
    /// Whether the direction matters.
    pub directed: bool,
    /// The properties that describe the relation in short.
    pub caption: &'static [&'static str],
}

/// The properties that bound an entity in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemporalExtent {
    /// Where to look for the start, in this order.
    pub start: &'static [&'static str],
    /// Where to look for the end, in this order.
    pub end: &'static [&'static str],
}

/// A property of a schema.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are the marks that FollowTheMoney gives to a property")]
pub struct Property {
    /// Its name: `birthDate`.
    pub name: &'static str,
    /// The schema that defines it; others inherit it.
    pub schema: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it stands for.
    pub description: Option<&'static str>,
    /// What its values are.
    pub kind: PropertyKind,
    /// The schema that an entity value must be of. Only for [`PropertyKind::Entity`].
    pub range: Option<&'static str>,
    /// The property that leads back, on the schema of the range.
    pub reverse: Option<Reverse>,
    /// Which identifiers are meant, where that is known: `imo`, `lei`, `inn` …
    pub format: Option<&'static str>,
    /// The longest value, in characters.
    pub max_length: u32,
    /// Whether its values help to tell whether two entities are one.
    pub matchable: bool,
    /// Not to be shown.
    pub hidden: bool,
    /// Not to be used any more.
    pub deprecated: bool,
    /// The reverse of another property. It tells how to label the link seen from the far end; it is never written.
    pub stub: bool,
}

/// The property that leads back from the far end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reverse {
    /// Its name.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
}

/// The schema of this name; names are case-sensitive.
pub fn schema(name: &str) -> Option<&'static Schema> {
    let place = tables::SCHEMATA.binary_search_by(|schema| schema.name.cmp(name)).ok()?;
    tables::SCHEMATA.get(place)
}

/// All schemata, in name order.
pub fn schemata() -> impl ExactSizeIterator<Item = &'static Schema> {
    tables::SCHEMATA.iter()
}

impl Schema {
    /// Whether it is `name` or inherits from it.
    pub fn is_a(&self, name: &str) -> bool {
        self.name == name || self.lineage.binary_search(&name).is_ok()
    }

    /// All schemata that it is a kind of, without itself, in name order.
    pub fn ancestors(&self) -> impl Iterator<Item = &'static Schema> + use<> {
        self.lineage.iter().filter_map(|name| schema(name))
    }

    /// The property of this name, own or inherited.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        let member =
            self.members.binary_search_by(|place| property_at(*place).map(|found| found.name).cmp(&Some(name)));
        self.members.get(member.ok()?).and_then(|place| property_at(*place))
    }

    /// All its properties, own and inherited, stubs included, in name order.
    pub fn properties(&self) -> impl Iterator<Item = &'static Property> + use<> {
        self.members.iter().filter_map(|place| property_at(*place))
    }
}

impl Property {
    /// The schema that its values must be of.
    pub fn range_schema(&self) -> Option<&'static Schema> {
        schema(self.range?)
    }
}

fn property_at(place: u16) -> Option<&'static Property> {
    tables::PROPERTIES.get(usize::from(place))
}
