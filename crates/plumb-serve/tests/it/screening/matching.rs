//! `/match`.

use axum::http::StatusCode;
use plumb_serve::WARNING;
use serde_json::{Value, json};

use super::{get, ids, post};
use crate::world::Answer;

fn query(schema: &str, properties: &Value) -> String {
    json!({ "queries": { "q": { "schema": schema, "properties": properties } } }).to_string()
}

fn matched(parameters: &str, schema: &str, properties: &Value) -> Answer {
    post(&format!("/match/made-up{parameters}"), query(schema, properties))
}

#[test]
fn a_result_has_the_shape_that_clients_know() {
    let answer = post(
        "/match/made-up",
        json!({ "queries": { "one": {
            "id": "theirs", "schema": "Person",
            "properties": { "name": ["Petrov, Ivan"], "birthDate": "1961-05-03", "nationality": "Russia", "nonsense": "x" }
        } } })
        .to_string(),
    );
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("x-batch-size"), "1");
    assert!(answer.header(WARNING).contains("nonsense"));
    let body = answer.json();
    assert_eq!(body["limit"], 5);
    let response = &body["responses"]["one"];
    assert_eq!((&response["status"], &response["total"]), (&json!(200), &json!({ "value": 1, "relation": "eq" })));
    let query = &response["query"];
    assert_eq!((&query["id"], &query["schema"]), (&json!("theirs"), &json!("Person")));
    assert_eq!(query["properties"]["nationality"], json!(["ru"]));
    assert!(query["properties"].get("nonsense").is_none());
    let result = &response["results"][0];
    assert_eq!(result["id"], "mu-petrov");
    assert_eq!((&result["caption"], &result["schema"]), (&json!("Ivan Petrov"), &json!("Person")));
    assert_eq!(result["datasets"], json!(["made_up_one", "made_up"]));
    assert_eq!((&result["match"], &result["target"]), (&json!(true), &json!(true)));
    assert_eq!(result["referents"], json!(["mu-old", "mu-older"]));
    for (time, expected) in [
        ("first_seen", "2023-04-20T18:00:25"),
        ("last_seen", "2026-03-01T12:00:00"),
        ("last_change", "2026-03-01T00:00:00"),
    ] {
        assert_eq!(result[time], expected);
    }
    let (score, probability) = (result["score"].as_f64().unwrap(), result["probability"].as_f64().unwrap());
    assert!((0.7..=1.0).contains(&score) && (0.0..=1.0).contains(&probability));
    for (feature, explanation) in result["explanations"].as_object().unwrap() {
        assert!((0.0..=1.0).contains(&explanation["score"].as_f64().unwrap()), "{feature}");
        assert!(!explanation["detail"].as_str().unwrap().is_empty());
        assert!(explanation["query"].is_string() && explanation["candidate"].is_string());
    }
    assert!(result["explanations"]["name"]["pieces"].as_array().is_some_and(|pieces| pieces.len() == 2));
}

#[test]
fn results_are_narrowed_as_asked() {
    let found = |parameters: &str| {
        let answer = matched(parameters, "Person", &json!({ "name": "Ivan Petrov" }));
        assert_eq!(answer.status, StatusCode::OK, "{parameters}: {}", answer.text());
        let body = answer.json();
        ids(&body["responses"]["q"]["results"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["mu-petrov"]);
    for nothing in [
        "?limit=0",
        "?exclude_entity_ids=mu-petrov",
        "?exclude_entity_ids=mu-old",
        "?exclude_dataset=made_up_one",
        "?include_dataset=made_up_two",
        "?include_dataset=elsewhere",
        "?exclude_schema=Person",
        "?topics=role.pep",
        "?changed_since=2026-03-02",
        "?threshold=1.5&cutoff=1.5",
    ] {
        assert!(found(nothing).is_empty(), "{nothing}");
    }
    for same in [
        "?topics=role.pep&topics=sanction",
        "?changed_since=2026-01-01T12:00",
        "?algorithm=%20Logic-V2",
        "?algorithm=best",
        "?algorithm=name-based",
    ] {
        assert_eq!(found(same), ["mu-petrov"], "{same}");
    }
}

#[test]
fn a_score_of_exactly_the_threshold_is_given() {
    // as it is written: the number that the tests' JSON reader makes of it may be off in the last digit
    let score = |answer: &Answer| {
        let text = answer.text();
        text.rsplit_once("\"score\":").and_then(|(_, rest)| rest.split_once(',')).map(|(score, _)| score.to_owned())
    };
    let exact = score(&matched("", "Person", &json!({ "name": "Ivan Petrov" }))).unwrap();
    let again = matched(&format!("?threshold={exact}&cutoff={exact}"), "Person", &json!({ "name": "Ivan Petrov" }));
    assert_eq!(score(&again), Some(exact));
}

#[test]
fn collections_and_their_parts_can_be_asked() {
    for (dataset, status) in [
        ("default", StatusCode::OK),
        ("made-up", StatusCode::OK),
        ("made_up_one", StatusCode::OK),
        ("elsewhere", StatusCode::NOT_FOUND),
    ] {
        let answer =
            post(&format!("/match/{dataset}"), query("Company", &json!({ "name": "Zenith Quarry Trading Ltd" })));
        assert_eq!(answer.status, status, "{dataset}");
    }
    let thing = matched("", "Thing", &json!({ "name": "zenith quarry trading limited", "jurisdiction": "kp" }));
    assert_eq!(ids(&thing.json()["responses"]["q"]["results"]), ["mu-zenith"]);
}

/// A client that asks for another scorer goes on working, and is told whose score it gets.
#[test]
fn other_scorers_and_their_settings_are_stood_in_for_and_told() {
    let body = json!({
        "queries": { "q": { "schema": "Person", "properties": { "name": "Ivan Petrov" } }, "none": null },
        "config": { "nm_number_mismatch": 0.4 },
        "weights": { "name_literal": 0.8 },
    });
    let answer = post("/match/made-up?algorithm=Regression-V1", body.to_string());
    assert_eq!(ids(&answer.json()["responses"]["q"]["results"]), ["mu-petrov"]);
    assert_eq!(answer.header("x-batch-size"), "1");
    assert_eq!(
        answer.header("x-plumb-warning"),
        "scored by plumb, not by regression-v1; setting nm_number_mismatch is not used: the scoring is learnt from data; \
         weights are not used: they are learnt from data"
    );
    let form = "queries=%7B%22q%22%3A%7B%22query%22%3A%22Ivan%20Petrov%22%7D%7D";
    let reconciled = post("/reconcile/made-up?algorithm=ofac", form);
    assert_eq!(reconciled.header("x-plumb-warning"), "scored by plumb, not by ofac");
}

#[test]
fn a_name_that_cannot_be_read_is_told() {
    let warning = |name: &str| {
        let answer = post("/match/made-up", query("Person", &json!({ "name": name })));
        answer.header("x-plumb-warning").to_owned()
    };
    assert!(warning("ทักษิณ").ends_with("has letters that are not read: only what is written the same is found by them"));
    assert_eq!(warning("Ivan Petrov"), "");
}

#[test]
fn faults_of_a_request_are_told() {
    let person = || query("Person", &json!({ "name": "x" }));
    let cases = [
        ("", "{".to_owned(), 422),
        ("", String::new(), 422),
        ("", "[]".to_owned(), 422),
        ("", "{}".to_owned(), 422),
        ("", json!({ "queries": [] }).to_string(), 422),
        ("", json!({ "queries": { "a": { "properties": {} } } }).to_string(), 422),
        ("", json!({ "queries": { "a": { "schema": "Person" } } }).to_string(), 422),
        ("", json!({ "queries": {} }).to_string(), 400),
        ("", query("Nothing", &json!({})), 400),
        ("", query("Ownership", &json!({})), 400),
        (
            "",
            json!({ "queries": { "a": { "schema": "Person", "properties": {} } }, "config": { "x": 1 } }).to_string(),
            400,
        ),
        ("?algorithm=neural-net", person(), 400),
        ("?limit=501", person(), 422),
        ("?limit=many", person(), 422),
        ("?changed_since=yesterday", person(), 422),
        ("?threshold=high", person(), 422),
    ];
    for (parameters, body, status) in cases {
        let answer = post(&format!("/match/made-up{parameters}"), body.clone());
        assert_eq!(answer.status.as_u16(), status, "{parameters} {body}");
        let detail = &answer.json()["detail"];
        assert!(if status == 422 {
            detail[0]["loc"].is_array() && detail[0]["msg"].is_string()
        } else {
            detail.is_string()
        });
    }
    let many: serde_json::Map<String, Value> =
        (0..101).map(|number| (number.to_string(), json!({ "schema": "Person", "properties": {} }))).collect();
    assert_eq!(post("/match/made-up", json!({ "queries": many }).to_string()).status, StatusCode::BAD_REQUEST);
    let excluded = "exclude_entity_ids=x&".repeat(51);
    assert_eq!(post(&format!("/match/made-up?{excluded}"), person()).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get("/match/made-up").status, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn what_is_not_used_is_said() {
    let answer = post(
        "/match/made-up?fuzzy=false&nonsense=1",
        json!({ "queries": { "q": { "schema": "Person", "properties": { "name": "x" } } }, "weights": { "name": 1 } })
            .to_string(),
    );
    let warning = answer.header(WARNING);
    assert!(["fuzzy", "nonsense", "weights"].iter().all(|word| warning.contains(word)), "{warning}");
    assert_eq!(matched("", "Person", &json!({ "name": "x" })).header(WARNING), "");
}
