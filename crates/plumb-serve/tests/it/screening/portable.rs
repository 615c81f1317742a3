//! What yente's own tests ask of a server, on their two data sets: the traps that another server falls into.
//!
//! The data sets are not in the repository. Where they are missing these tests say so and pass.

use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::http::StatusCode;
use plumb_serve::{Screening, screening_router};
use serde_json::{Value, json};

use super::{dataset, get_from, ids, post_to};
use crate::world::PORT;

const ZAKHAROV: &str = "NK-aU5ybkbRFJucf8YMwsJvDw";

static SERVER: LazyLock<Option<Router>> = LazyLock::new(|| {
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ftm-samples"));
    if !samples.exists() {
        return None;
    }
    let lists = ["zala", "parteispenden"].map(|name| dataset(name, samples.join(format!("yente_{name}.ftm.json"))));
    Some(screening_router(Screening::new(lists.into(), None).unwrap(), PORT))
});

fn server() -> Option<&'static Router> {
    if SERVER.is_none() {
        println!("skipped: the data sets zala and parteispenden are not here");
    }
    SERVER.as_ref()
}

fn matched(server: &Router, address: &str, properties: &Value) -> Value {
    let query = json!({ "queries": { "q": { "schema": "Person", "properties": properties } } });
    let answer = post_to(server, address, query.to_string());
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["responses"]["q"].clone()
}

fn holds(results: &Value, id: &str) -> bool {
    ids(results).contains(&id)
}

#[test]
fn names_are_found_however_they_are_written() {
    let Some(server) = server() else { return };
    for (name, address) in [
        ("Alexander Zakharov", "/match/zala"),
        ("Zakharov Aleksandr Vyacheslavovich", "/match/default"),
        ("Александр Захаров", "/match/zala"),
        ("AlexanderZakharov", "/match/zala?threshold=0.2"),
        ("Aiexandvr Zakharom", "/match/zala?threshold=0.2"),
    ] {
        let found = matched(server, address, &json!({ "name": name }));
        assert!(holds(&found["results"], ZAKHAROV), "{name}: {:?}", ids(&found["results"]));
    }
    let dated = matched(
        server,
        "/match/zala",
        &json!({ "name": "Alexander Zakharov", "birthDate": [1965], "nationality": "Russia" }),
    );
    assert!(holds(&dated["results"], ZAKHAROV));
    assert_eq!(dated["query"]["properties"]["birthDate"], json!(["1965"]));
}

#[test]
fn merged_ids_exclude_and_lead_on() {
    let Some(server) = server() else { return };
    let without =
        matched(server, "/match/zala?exclude_entity_ids=ru-inn-183111242406", &json!({ "name": "Alexander Zakharov" }));
    assert!(!holds(&without["results"], ZAKHAROV));
    let moved = get_from(server, "/entities/ru-inn-183111242406");
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, format!("/entities/{ZAKHAROV}").as_str()));
    let body = get_from(server, &format!("/entities/{ZAKHAROV}")).json();
    assert!(body["properties"]["sanctions"][0]["id"].is_string());
    assert_eq!(body["last_change"].as_str().map(str::len), Some(19));
}

#[test]
fn search_and_suggestions_find_the_same() {
    let Some(server) = server() else { return };
    let search = |query: &str| get_from(server, &format!("/search/zala?{query}")).json();
    assert!(holds(&search("q=zakharov&limit=50")["results"], ZAKHAROV));
    assert_eq!(search("filter=properties.birthDate:1965%C2%A7")["total"]["value"], 0);
    assert_eq!(search("q=zakharov&schema=Vessel")["total"]["value"], 0);
    let donors = get_from(server, "/search/parteispenden?q=MLPD").json();
    assert!(donors["total"]["value"].as_u64().unwrap() >= 1);
    let types = get_from(server, "/reconcile/zala/suggest/type?prefix=organ").json();
    assert_eq!(types["result"].as_array().unwrap().len(), 1);
    let names = get_from(server, "/reconcile/zala/suggest/entity?prefix=zakharov").json();
    assert!(!names["result"].as_array().unwrap().is_empty());
    let first = &get_from(server, "/reconcile/zala/suggest/entity?prefix=alexander%20zak").json()["result"][0];
    assert_eq!(
        (first["id"].as_str(), first["name"].as_str().map(|name| &name[..9])),
        (Some(ZAKHAROV), Some("Aleksandr"))
    );
    assert_eq!(get_from(server, "/search/zala?q=invalid/query").status, StatusCode::BAD_REQUEST);
    assert_eq!(get_from(server, "/search/zala?q=invalid/query&simple=true").status, StatusCode::OK);
}
