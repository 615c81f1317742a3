//! `/reconcile`: OpenRefine.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{get, ids, post};
use crate::world::Answer;

fn form(name: &str, value: &Value) -> Answer {
    let text = value.to_string();
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    post("/reconcile/made-up", format!("{name}={encoded}"))
}

#[test]
fn the_manifest_says_where_everything_is() {
    let body = get("/reconcile/made-up?api_key=k").json();
    assert_eq!(body["versions"], json!(["0.2"]));
    assert_eq!((&body["batchSize"], &body["preview"]["width"]), (&json!(3), &json!(430)));
    assert!(body["name"].as_str().unwrap().starts_with("List made-up"));
    for service in ["entity", "type", "property"] {
        let service_path = format!("/suggest/{service}?api_key=k");
        assert_eq!(body["suggest"][service]["service_path"], service_path);
        assert_eq!(body["suggest"][service]["service_url"], "http://localhost:4173/reconcile/made-up");
    }
    assert_eq!(body["extend"]["propose_properties"]["service_path"], "/extend/property?api_key=k");
    let types: Vec<&str> =
        body["defaultTypes"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(
        ["Company", "Person", "LegalEntity", "Thing"].iter().all(|name| types.contains(name))
            && !types.contains(&"Ownership")
    );
    assert_eq!(get("/reconcile/elsewhere").status, StatusCode::NOT_FOUND);
}

#[test]
fn queries_are_answered_by_key() {
    let answer = form(
        "queries",
        &json!({
            "q0": { "query": "Petrov Ivan", "type": "Person", "limit": 2, "properties": [{ "pid": "Person:birthDate", "v": "1961" }] },
            "q1": { "query": "zenith quarry trading", "type": ["Company", "Person"] },
        }),
    );
    assert_eq!((answer.status, answer.header("x-batch-size")), (StatusCode::OK, "2"), "{}", answer.text());
    let body = answer.json();
    let first = &body["q0"]["result"][0];
    assert_eq!(
        (&first["id"], &first["name"], &first["match"]),
        (&json!("mu-petrov"), &json!("Ivan Petrov"), &json!(true))
    );
    assert_eq!((&first["type"][0]["id"], &first["type"][0]["name"]), (&json!("Person"), &json!("People")));
    assert!(first["score"].is_number() && body["q0"]["result"].as_array().unwrap().len() <= 2);
    assert_eq!(body["q1"]["result"][0]["id"], "mu-zenith");
}

#[test]
fn records_are_extended() {
    let extended = |ids: Value| {
        let properties = json!([
            { "id": "nationality" },
            { "id": "topics", "settings": { "render": "raw" } },
            { "id": "name", "settings": { "limit": "1" } },
            { "id": "nonsense" },
        ]);
        form("extend", &json!({ "ids": ids, "properties": properties }))
    };
    let body = extended(json!(["mu-petrov", "none"])).json();
    let row = &body["rows"]["mu-petrov"];
    assert_eq!(row["nationality"], json!([{ "str": "Russia" }]));
    assert_eq!((&row["topics"], row["name"].as_array().unwrap().len()), (&json!([{ "str": "sanction" }]), 1));
    assert_eq!(body["rows"]["none"], json!({}));
    assert_eq!(body["meta"][0], json!({ "id": "nationality", "name": "Nationality" }));
    assert_eq!(ids(&body["meta"]), ["nationality", "topics", "name"], "as they were asked for");
    assert_eq!(extended(json!(["mu-old"])).status, StatusCode::BAD_REQUEST);
    assert_eq!(extended(json!(vec!["x"; 101])).status, StatusCode::BAD_REQUEST);
}

#[test]
fn nothing_and_nonsense_are_bad_requests() {
    for body in ["", "queries=", "queries=%7B", "queries=[]", "extend=x", "extend=%7B%7D", "other=1"] {
        assert_eq!(post("/reconcile/made-up", body).status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(form("queries", &json!({ "q": { "query": "x", "type": "Nothing" } })).status, StatusCode::BAD_REQUEST);
}

#[test]
fn suggestions_begin_with_what_was_typed() {
    let suggested = |what: &str| get(&format!("/reconcile/made-up/suggest/{what}")).json();
    let entities = suggested("entity?prefix=zenith%20qua");
    assert_eq!((&entities["prefix"], &entities["status"]), (&json!("zenith qua"), &json!("200 OK")));
    assert_eq!(
        (entities["result"][0]["id"].as_str(), entities["code"].as_str()),
        (Some("mu-zenith"), Some("/api/status/ok"))
    );
    let properties = suggested("property?prefix=birth");
    assert!(properties["result"].as_array().unwrap().iter().any(|one| one["id"] == "Person:birthDate"));
    assert!(
        suggested("property?prefix=country")["result"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["id"] == "Thing:country")
    );
    let types = suggested("type?prefix=organ");
    assert_eq!(types["result"].as_array().unwrap().iter().map(|one| &one["id"]).collect::<Vec<_>>(), ["Organization"]);
    for what in ["entity", "property", "type"] {
        assert_eq!(suggested(what)["result"], json!([]), "{what}");
        assert!(suggested(&format!("{what}?prefix=a"))["result"].as_array().unwrap().len() <= 10);
    }
}

#[test]
fn properties_to_extend_with_are_proposed() {
    let body = get("/reconcile/made-up/extend/property?type=Person&limit=3").json();
    assert_eq!(
        (&body["type"], &body["limit"], body["properties"].as_array().unwrap().len()),
        (&json!("Person"), &json!(3), 3)
    );
    let all = get("/reconcile/made-up/extend/property?type=Person").json();
    let labels: Vec<&str> =
        all["properties"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(labels.is_sorted() && labels.len() > 20);
    assert_eq!(get("/reconcile/made-up/extend/property?type=Nothing").status, StatusCode::BAD_REQUEST);
}
