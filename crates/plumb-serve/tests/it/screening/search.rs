//! `/search`.

use axum::http::StatusCode;
use serde_json::json;

use super::{get, ids};

fn found(parameters: &str) -> Vec<String> {
    let answer = get(&format!("/search/made-up?{parameters}"));
    assert_eq!(answer.status, StatusCode::OK, "{parameters}: {}", answer.text());
    let body = answer.json();
    assert!(body["total"]["value"].as_u64().unwrap() >= body["results"].as_array().unwrap().len() as u64);
    ids(&body["results"]).into_iter().map(str::to_owned).collect()
}

#[test]
fn words_find_records_in_any_script() {
    assert_eq!(found("q=petrov"), ["mu-petrov"]);
    assert_eq!(found("q=Петров"), ["mu-petrov"]);
    assert_eq!(found("q=petro*"), ["mu-petrov", "mu-petrova"]);
    assert_eq!(found("q=quarry%20zenith"), ["mu-zenith"]);
    assert_eq!(found("q=%22quarry%20zenith%22"), [""; 0]);
    assert_eq!(found("q=%22zenith%20quarry%22"), ["mu-zenith"]);
    assert_eq!(found("q=petrov%20OR%20quarry").len(), 2);
    assert_eq!(found("q=petro*%20-anna"), ["mu-petrov"]);
    assert_eq!(found("q=petrof"), [""; 0]);
    assert_eq!(found("q=petrof&fuzzy=true"), ["mu-petrov", "mu-petrova"]);
    assert_eq!(found("q=birthDate:1985"), ["mu-petrova"]);
    assert_eq!(found("").len(), 4);
}

#[test]
fn filters_and_schemata_narrow() {
    for (parameters, expected) in [
        ("schema=Person", &["mu-petrov", "mu-petrova"][..]),
        ("schema=LegalEntity", &["mu-petrov", "mu-petrova", "mu-zenith"]),
        ("schema=Organization", &["mu-zenith"]),
        ("countries=by", &["mu-petrova"]),
        ("countries=by&countries=kp", &["mu-petrova", "mu-zenith"]),
        ("countries=by&countries=kp&filter_op=AND", &[]),
        ("topics=sanction", &["mu-petrov"]),
        ("datasets=made_up_two", &["mu-petrova", "mu-zenith"]),
        ("filter=properties.birthDate:1985", &["mu-petrova"]),
        ("filter=dates:1961", &["mu-petrov"]),
        ("filter=properties.birthDate:1985%C2%A7", &[]),
        ("target=true", &["mu-petrov", "mu-petrova"]),
        ("exclude_schema=Person&exclude_schema=Address", &["mu-zenith"]),
        ("exclude_dataset=made_up_two&schema=LegalEntity", &["mu-petrov", "mu-zenith"]),
        ("include_dataset=made_up_two", &["mu-petrova", "mu-zenith"]),
        ("changed_since=2026-01-01", &["mu-petrov"]),
    ] {
        let mut found = found(parameters);
        found.sort();
        assert_eq!(found, expected, "{parameters}");
    }
}

#[test]
fn results_come_in_order_and_pages() {
    assert_eq!(found("schema=Person&sort=properties.birthDate"), ["mu-petrov", "mu-petrova"]);
    assert_eq!(found("schema=Person&sort=properties.birthDate:desc"), ["mu-petrova", "mu-petrov"]);
    assert_eq!(found("sort=last_change:desc").first().map(String::as_str), Some("mu-petrov"));
    let body = get("/search/made-up?limit=2&offset=3").json();
    assert_eq!((&body["limit"], &body["offset"]), (&json!(2), &json!(3)));
    assert_eq!(
        (&body["total"], body["results"].as_array().unwrap().len()),
        (&json!({ "value": 4, "relation": "eq" }), 1)
    );
}

#[test]
fn facets_have_labels() {
    let body = get("/search/made-up?schema=LegalEntity").json();
    let facets = body["facets"].as_object().unwrap();
    assert_eq!(facets.keys().collect::<Vec<_>>(), ["countries", "datasets", "topics"]);
    assert_eq!(facets["countries"]["label"], "Countries");
    assert!(
        facets["countries"]["values"]
            .as_array()
            .unwrap()
            .contains(&json!({ "name": "kp", "label": "North Korea", "count": 1 }))
    );
    assert_eq!(facets["topics"]["values"][0], json!({ "name": "role.pep", "label": "PEP", "count": 1 }));
    assert_eq!(facets["datasets"]["values"][0], json!({ "name": "made_up", "label": "List made-up", "count": 3 }));
    let body = get("/search/made-up?facets=schema&facets=genders&facets=identifiers").json();
    assert_eq!(body["facets"]["schema"]["values"][0], json!({ "name": "Person", "label": "People", "count": 2 }));
    assert_eq!(body["facets"]["genders"]["values"], json!([{ "name": "male", "label": "Male", "count": 1 }]));
    assert_eq!(body["facets"]["identifiers"]["values"][0]["name"], "KP-77431");
}

#[test]
fn faults_are_told() {
    for (address, status) in [
        ("/search/elsewhere", 404),
        ("/search/made-up?schema=Nothing", 400),
        ("/search/made-up?q=(open", 400),
        ("/search/made-up?q=(open&simple=true", 200),
        ("/search/made-up?filter=nothing", 400),
        ("/search/made-up?limit=501", 422),
        ("/search/made-up?offset=9500", 422),
        ("/search/made-up?offset=9499&limit=500", 200),
        ("/search/made-up?facets=colours", 422),
        ("/search/made-up?filter_op=XOR", 422),
        ("/search/made-up?changed_since=2026", 422),
    ] {
        assert_eq!(get(address).status.as_u16(), status, "{address}");
    }
}
