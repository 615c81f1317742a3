//! What codes are called: countries, topics, genders, datasets and schemata.

use std::sync::LazyLock;

use plumb_core::ftm::{self, PropertyKind};
use plumb_core::place;

/// Code, name, and `risk` where the topic makes an entity a target: FollowTheMoney 4.11.2, see `topics.tsv`.
const TOPICS: &str = include_str!("topics.tsv");

/// The groups that values of a type are searched under.
const GROUPS: &[(&str, PropertyKind)] = &[
    ("addresses", PropertyKind::Address),
    ("countries", PropertyKind::Country),
    ("dates", PropertyKind::Date),
    ("emails", PropertyKind::Email),
    ("genders", PropertyKind::Gender),
    ("identifiers", PropertyKind::Identifier),
    ("languages", PropertyKind::Language),
    ("names", PropertyKind::Name),
    ("phones", PropertyKind::Phone),
    ("topics", PropertyKind::Topic),
    ("urls", PropertyKind::Url),
];

/// The type of a group's values.
pub(crate) fn group(name: &str) -> Option<PropertyKind> {
    GROUPS.iter().find(|(group, _)| *group == name).map(|(_, kind)| *kind)
}

/// Code, name, and whether the topic makes an entity a target.
static READ_TOPICS: LazyLock<Vec<(&str, &str, bool)>> = LazyLock::new(|| {
    let lines = TOPICS.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next() == Some("risk")))
    };
    lines.filter_map(read).collect()
});

fn topics() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    READ_TOPICS.iter().copied()
}

/// Whether a topic makes an entity a target.
pub(crate) fn is_risk(topic: &str) -> bool {
    topics().any(|(code, _, risk)| code == topic && risk)
}

/// What a value of a type is called, for people; the value itself where there is no other name.
pub(crate) fn caption(kind: PropertyKind, value: &str) -> String {
    let known = match kind {
        PropertyKind::Topic => topics().find(|(code, ..)| *code == value).map(|(_, name, _)| name.to_owned()),
        PropertyKind::Country => place::lookup(&value.to_uppercase()).map(|place| place.name.to_string()),
        PropertyKind::Gender => match value {
            "male" => Some("Male".to_owned()),
            "female" => Some("Female".to_owned()),
            "other" => Some("Other".to_owned()),
            _ => None,
        },
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

/// The facets that a search counts, each with its heading.
pub(crate) const FACETS: [(&str, &str); 6] = [
    ("datasets", "Data sources"),
    ("schema", "Entity types"),
    ("countries", "Countries"),
    ("identifiers", "Identifiers"),
    ("topics", "Topics"),
    ("genders", "Genders"),
];

/// What a value of a facet is called; `title` knows those of datasets.
pub(crate) fn of_facet(facet: &str, value: &str, title: impl Fn(&str) -> Option<String>) -> String {
    let known = match facet {
        "datasets" => title(value),
        "schema" => ftm::schema(value).map(|schema| schema.plural.to_owned()),
        group_name => group(group_name).map(|kind| caption(kind, value)),
    };
    known.unwrap_or_else(|| value.to_owned())
}
