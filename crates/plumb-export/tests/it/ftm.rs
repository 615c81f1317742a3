//! FollowTheMoney: every entity fits the schema, and what the case says arrives.

use std::collections::BTreeMap;

use plumb_account::Account;
use plumb_core::ftm::{self as model, PropertyKind};
use plumb_export::ftm::{Entity, entities, lines};

use crate::world::{REAL, empty, hostile};

/// Holds every entity against the schema: properties, types, required properties, ranges, references that lead somewhere.
fn assert_valid(account: &Account) {
    let all = entities(account);
    let schemata: BTreeMap<&str, _> = all.iter().map(|entity| (entity.id(), entity.schema())).collect();
    assert_eq!(schemata.len(), all.len(), "an id stands twice");
    for entity in &all {
        let id = entity.id();
        for required in entity.schema().required {
            assert!(entity.properties().contains_key(required), "{id} lacks {required}");
        }
        for (name, values) in entity.properties() {
            let property = entity.schema().property(name).unwrap_or_else(|| panic!("{id}: no property {name}"));
            assert!(!property.stub && !values.is_empty(), "{id}: {name}");
            for value in values {
                assert!(value.chars().count() <= property.max_length as usize, "{id}: {name} is too long");
                match property.kind {
                    PropertyKind::Entity => {
                        let target = schemata.get(value.as_str()).unwrap_or_else(|| panic!("{id}: {value} is nowhere"));
                        assert!(property.range.is_some_and(|range| target.is_a(range)), "{id}: {name} = {value}");
                    }
                    PropertyKind::Date => {
                        assert!(value.len() >= 4 && value.parse::<plumb_core::date::PartialDate>().is_ok());
                    }
                    PropertyKind::Country => assert!(value.bytes().all(|byte| byte.is_ascii_lowercase()), "{value}"),
                    PropertyKind::Url => assert!(value.starts_with("http"), "{id}: {value}"),
                    PropertyKind::Topic => assert_eq!(value, "sanction"),
                    _ => assert!(!value.trim().is_empty()),
                }
            }
        }
    }
}

fn of_schema<'a>(all: &'a [Entity], schema: &str) -> Vec<&'a Entity> {
    all.iter().filter(|entity| entity.schema().name == schema).collect()
}

fn find<'a>(all: &'a [Entity], id: &str) -> &'a Entity {
    all.iter().find(|entity| entity.id() == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn every_entity_of_the_real_case_fits_the_schema() {
    assert_valid(&REAL);
}

#[test]
fn every_record_that_has_a_word_arrives() {
    let (case, all) = (&REAL.case, entities(&REAL));
    let actors = all.iter().filter(|entity| entity.schema().is_a("LegalEntity")).count();
    assert_eq!(actors, case.actors.len());
    assert_eq!(of_schema(&all, "Project").len(), case.sites.len());
    assert_eq!(of_schema(&all, "Event").len(), case.events.len());
    let lists: usize = case.actors.iter().map(|actor| actor.lists.len()).sum();
    assert_eq!(of_schema(&all, "Sanction").len(), lists);
    let groups =
        case.links.iter().filter(|link| link.from.starts_with("group:") || link.to.starts_with("group:")).count();
    let connections: usize = case.sites.iter().map(|site| site.actors.len()).sum();
    let edges = all.iter().filter(|entity| entity.schema().edge.is_some()).count();
    assert_eq!(edges, case.links.len() - groups + connections);
}

#[test]
fn an_actor_says_what_the_case_says() {
    let all = entities(&REAL);
    let actor = find(&all, "dprk-labour-mansudae-op");
    let property = |name: &str| actor.properties().get(name).cloned().unwrap_or_default();
    assert_eq!(actor.schema().name, "Company");
    assert_eq!(property("country"), ["kp"]);
    assert_eq!(property("topics"), ["sanction"]);
    assert!(property("weakAlias").contains(&"MOP".to_owned()));
    assert!(property("alias").contains(&"Mansudae Art Studio".to_owned()));
    let listed = find(&all, "dprk-labour--list-mansudae-op-UN.3aKPe.050");
    assert_eq!(listed.properties()["authority"], ["United Nations"]);
    assert_eq!(listed.properties()["unscId"], ["KPe.050"]);
    // three lists name it: whose the first date is, nobody can tell
    assert!(!listed.properties().contains_key("startDate"));
    assert!(listed.properties()["description"][0].contains("2017-08-05"));
    let office = find(&all, "dprk-labour--link-l01");
    assert_eq!(office.schema().name, "Ownership");
    assert_eq!(office.properties()["owner"], ["dprk-labour-office39"]);
}

#[test]
fn only_designated_actors_bear_a_topic() {
    let all = entities(&REAL);
    for actor in &REAL.case.actors {
        let topics = find(&all, &format!("dprk-labour-{}", actor.id)).properties().contains_key("topics");
        assert_eq!(topics, actor.status == "designated", "{}", actor.id);
    }
}

#[test]
fn ends_that_an_edge_does_not_accept_get_an_unknown_link() {
    let all = entities(&hostile());
    // a company may own a company; a person is no asset
    let edges: Vec<&str> =
        all.iter().filter(|entity| entity.schema().edge.is_some()).map(|entity| entity.schema().name).collect();
    assert_eq!(edges, ["UnknownLink", "Ownership"]);
    assert!(model::schema("UnknownLink").is_some());
}

#[test]
fn hostile_and_empty_cases_are_written_too() {
    assert_valid(&hostile());
    assert!(lines(&empty()).unwrap().is_empty());
}

#[test]
fn lines_are_json_and_the_same_each_time() {
    let bytes = lines(&REAL).unwrap();
    assert_eq!(bytes, lines(&REAL).unwrap());
    for line in String::from_utf8(bytes).unwrap().lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["id"].is_string() && value["properties"].is_object());
    }
}
