//! What the compiled schema must hold, whatever the release.

use std::collections::BTreeSet;

use super::*;

/// The types of FollowTheMoney's own registry, release 4.11.2.
const KINDS: [&str; 20] = [
    "address",
    "checksum",
    "country",
    "date",
    "email",
    "entity",
    "gender",
    "html",
    "identifier",
    "ip",
    "json",
    "language",
    "mimetype",
    "name",
    "number",
    "phone",
    "string",
    "text",
    "topic",
    "url",
];

fn get(name: &str) -> &'static Schema {
    schema(name).unwrap_or_else(|| panic!("no schema {name}"))
}

#[test]
fn has_every_schema_in_name_order() {
    let names: Vec<_> = schemata().map(|schema| schema.name).collect();
    assert_eq!(names.len(), 71);
    assert!(names.is_sorted());
    assert!(names.iter().all(|name| schema(name).is_some_and(|found| found.name == *name)));
    assert!(schema("company").is_none() && schema("").is_none());
}

#[test]
fn inherits_as_followthemoney_does() {
    let company = get("Company");
    for name in ["Company", "Organization", "LegalEntity", "Asset", "Thing", "Value"] {
        assert!(company.is_a(name), "{name}");
    }
    assert!(!company.is_a("Person") && !get("LegalEntity").is_a("Company"));
    let lineage: Vec<_> = company.ancestors().map(|schema| schema.name).collect();
    assert_eq!(lineage, ["Asset", "LegalEntity", "Organization", "Thing", "Value"]);
    // from three different ancestors, and one of its own
    for (property, definer) in
        [("name", "Thing"), ("cageCode", "Organization"), ("amount", "Value"), ("ricCode", "Company")]
    {
        assert_eq!(company.property(property).map(|found| found.schema), Some(definer));
    }
    assert!(company.property("birthDate").is_none());
}

#[test]
fn relations_are_edges() {
    let edge = get("Ownership").edge.unwrap();
    assert_eq!((edge.source, edge.label, edge.target, edge.directed), ("owner", "owns", "asset", true));
    assert!(get("Person").edge.is_none());
    assert_eq!(schemata().filter(|schema| schema.edge.is_some()).count(), 17);
    assert_eq!(get("Ownership").temporal_extent.map(|extent| extent.end), Some(["endDate"].as_slice()));
}

#[test]
fn every_name_leads_somewhere() {
    for schema in schemata() {
        assert_eq!(schema.ancestors().count(), schema.lineage.len(), "{}", schema.name);
        assert!(schema.extends.iter().all(|parent| schema.is_a(parent)));
        let edge = schema
            .edge
            .iter()
            .flat_map(|edge| [edge.source, edge.target].into_iter().chain(edge.caption.iter().copied()));
        let extent = schema.temporal_extent.iter().flat_map(|extent| extent.start.iter().chain(extent.end).copied());
        let lists = [schema.featured, schema.required, schema.caption].into_iter().flatten().copied();
        for name in lists.chain(edge).chain(extent) {
            assert!(schema.property(name).is_some(), "{}.{name}", schema.name);
        }
    }
}

#[test]
fn reverse_properties_lead_back() {
    for schema in schemata() {
        for property in schema.properties() {
            let Some(range) = property.range else { continue };
            assert_eq!(property.kind, PropertyKind::Entity, "{}.{}", schema.name, property.name);
            assert!(property.range_schema().is_some(), "unknown range {range}");
            if let Some(reverse) = property.reverse {
                let back = property.range_schema().and_then(|range| range.property(reverse.name));
                assert!(back.is_some_and(|back| back.stub != property.stub), "{}.{}", schema.name, property.name);
            }
        }
    }
    let stub = get("LegalEntity").property("ownershipOwner").unwrap();
    assert!(stub.stub);
    assert_eq!((stub.label, stub.range), ("Assets and shares", Some("Ownership")));
}

#[test]
fn properties_are_found_by_name() {
    for schema in schemata() {
        assert!(schema.properties().map(|property| property.name).is_sorted());
        for property in schema.properties() {
            assert!(schema.property(property.name).is_some_and(|found| std::ptr::eq(found, property)));
            assert!(schema.is_a(property.schema));
        }
    }
}

#[test]
fn kinds_are_those_of_followthemoney() {
    let names: Vec<_> = PropertyKind::all().map(PropertyKind::as_str).collect();
    assert_eq!(names, KINDS);
    assert!(PropertyKind::all().all(|kind| PropertyKind::from_name(&kind.to_string()) == Some(kind)));
    let used: BTreeSet<_> = schemata().flat_map(Schema::properties).map(|property| property.kind).collect();
    assert!(used.into_iter().eq(PropertyKind::all()), "every type is used by some property");
}

#[test]
fn limits_come_from_the_property_or_its_type() {
    assert_eq!(get("Thing").property("wikidataId").map(|property| property.max_length), Some(32));
    assert_eq!(get("Thing").property("name").map(|property| property.max_length), Some(384));
    assert_eq!(get("Thing").property("weakAlias").map(|property| property.matchable), Some(false));
    assert_eq!(get("Company").property("isinCode").map(|property| property.deprecated), Some(true));
    assert_eq!(get("Vessel").property("imoNumber").and_then(|property| property.format), Some("imo"));
}
