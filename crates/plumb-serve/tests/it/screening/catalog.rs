//! What is served, and whether the documentation says so.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use plumb_serve::{Screening, screening_router};
use serde_json::{Value, json};

use super::{MADE_UP, ask, get, get_from, post};
use crate::world::{PORT, REAL};

const DOCUMENTATION: &str = include_str!("../../../../../docs/api.md");
const OPENAPI: &str = include_str!("../../../src/screening/openapi.json");
const ROUTES: &str = include_str!("../../../src/screening/mod.rs");

#[test]
fn the_catalog_can_be_kept() {
    let answer = get("/catalog");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let body = answer.json();
    assert_eq!(
        (&body["current"], &body["outdated"], &body["index_stale"]),
        (&json!(["made_up"]), &json!([]), &json!(false))
    );
    let dataset = &body["datasets"][0];
    assert_eq!((&dataset["name"], &dataset["title"]), (&json!("made_up"), &json!("List made-up")));
    assert_eq!((&dataset["entity_count"], &dataset["thing_count"]), (&json!(7), &json!(4)));
    assert_eq!(dataset["children"], json!(["made_up_one", "made_up_two"]));
    assert_eq!((&dataset["index_current"], &dataset["version"]), (&json!(true), &dataset["index_version"]));
    assert_eq!(get("/manifest").json(), body);
    // FollowTheMoney's models refuse other names, and licences that are no addresses; requests may write either name
    let names = body["datasets"].as_array().unwrap().iter().map(|dataset| dataset["name"].as_str().unwrap());
    assert!(names.clone().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')), "{body}");
    assert!(dataset["license"].is_null() || dataset["license"].as_str().unwrap().starts_with("http"), "{dataset}");
    assert_eq!(get("/search/made_up").json(), get("/search/made-up").json());
    let tag = answer.header("etag");
    for (known, status) in [(tag, 304), ("*", 304), ("\"x\"", 200)] {
        let request =
            Request::get("/catalog").header("host", format!("localhost:{PORT}")).header("if-none-match", known);
        let answer = ask(&MADE_UP, request.body(Body::empty()).unwrap());
        assert_eq!((answer.status.as_u16(), answer.header("etag")), (status, tag), "{known}");
    }
}

#[test]
fn the_scorer_and_the_state_are_told() {
    let body = get("/algorithms").json();
    assert_eq!((&body["default"], &body["best"]), (&json!("best"), &json!("plumb")));
    let names: Vec<&Value> = body["algorithms"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["plumb", "logic-v2", "logic-v1", "name-based", "name-qualified", "regression-v1", "ofac"]);
    for algorithm in body["algorithms"].as_array().unwrap() {
        assert!(
            algorithm["docs"]["features"]["name"]["description"].is_string() && algorithm["description"].is_string()
        );
        let feature = &algorithm["features"]["name"];
        assert!(
            feature["coefficient"].is_number() && feature["url"].is_string(),
            "yente's clients need both: {feature}"
        );
    }
    for address in ["/healthz", "/readyz"] {
        assert_eq!(get(address).json(), json!({ "status": "ok" }));
    }
    let empty = screening_router(Screening::new(Vec::new(), None).unwrap(), PORT);
    assert_eq!(get_from(&empty, "/readyz").status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get_from(&empty, "/search/default").status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(post("/updatez?token=x", "").status, StatusCode::FORBIDDEN);
    assert_eq!(get("/updatez").status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(get("/").text().contains("made_up") && get("/").header("content-type").starts_with("text/html"));
    assert_eq!(get("/nowhere").json(), json!({ "detail": "Not Found" }));
}

#[test]
fn a_case_is_a_dataset() {
    let router = screening_router(Screening::new(Vec::new(), Some(REAL.clone())).unwrap(), PORT);
    let case = REAL.current().account().case.settings.id.clone();
    let body = get_from(&router, "/catalog").json();
    assert_eq!(body["current"], json!([case.replace('-', "_")]));
    let found = get_from(&router, &format!("/search/{case}?q=mansudae&schema=Organization")).json();
    assert!(found["total"]["value"].as_u64().unwrap() > 0);
}

#[test]
fn every_route_is_documented() {
    let routes: Vec<&str> = ROUTES.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let openapi: Value = serde_json::from_str(OPENAPI).unwrap();
    assert!(routes.len() >= 18);
    for route in routes {
        assert!(DOCUMENTATION.contains(&format!("`{route}")), "{route} is missing in docs/api.md");
        let described = openapi["paths"].get(route).is_some();
        assert!(described || matches!(route, "/" | "/favicon.ico"), "{route} is missing in openapi.json");
    }
    assert_eq!(get("/openapi.json").json(), openapi);
}
