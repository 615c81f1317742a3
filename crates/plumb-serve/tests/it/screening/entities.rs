//! `/entities`.

use axum::http::StatusCode;
use serde_json::json;

use super::get;

#[test]
fn neighbours_are_nested_one_step_and_through_relations() {
    let body = get("/entities/mu-petrov").json();
    assert_eq!(body["id"], "mu-petrov");
    let properties = &body["properties"];
    assert_eq!(properties["addressEntity"][0]["properties"]["full"], json!(["7 Nowhere Street"]));
    assert_eq!(properties["sanctions"][0]["id"], "mu-measure");
    let owned = &properties["ownershipOwner"][0];
    assert_eq!(owned["properties"]["asset"][0]["id"], "mu-zenith");
    assert!(owned["properties"].get("owner").is_none(), "the root is not nested into its neighbours");
    assert!(owned["properties"]["asset"][0]["properties"].get("directorshipOrganization").is_none());
}

#[test]
fn flat_records_have_ids() {
    let body = get("/entities/mu-petrov?nested=false").json();
    assert_eq!(body["properties"]["addressEntity"], json!(["mu-address"]));
    assert!(body["properties"].get("sanctions").is_none());
}

#[test]
fn merged_ids_lead_on_and_unknown_ones_nowhere() {
    for (address, location) in [
        ("/entities/mu-old", "/entities/mu-petrov"),
        ("/entities/mu-older/adjacent", "/entities/mu-petrov/adjacent"),
        ("/entities/mu-old/adjacent/sanctions", "/entities/mu-petrov/adjacent/sanctions"),
    ] {
        let answer = get(address);
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, location));
    }
    for address in
        ["/entities/none", "/entities/none/adjacent", "/entities/mu-petrov/adjacent/name", "/entities/%ED%95%9C"]
    {
        let answer = get(address);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.json()["detail"].is_string());
    }
}

#[test]
fn neighbours_come_in_pages() {
    let body = get("/entities/mu-zenith/adjacent").json();
    assert_eq!(body["entity"]["id"], "mu-zenith");
    let adjacent = body["adjacent"].as_object().unwrap();
    assert_eq!(adjacent.keys().collect::<Vec<_>>(), ["directorshipOrganization", "ownershipAsset"]);
    let owners = &adjacent["ownershipAsset"];
    assert_eq!((&owners["limit"], &owners["offset"]), (&json!(10), &json!(0)));
    assert_eq!(owners["total"], json!({ "value": 1, "relation": "eq" }));
    assert_eq!(owners["results"][0]["properties"]["owner"][0]["id"], "mu-petrov");
    assert_eq!(&get("/entities/mu-zenith/adjacent/ownershipAsset").json(), owners);
    let past = get("/entities/mu-zenith/adjacent/ownershipAsset?offset=1&sort=schema:desc").json();
    assert_eq!((&past["results"], &past["total"]["value"]), (&json!([]), &json!(1)));
    assert_eq!(get("/entities/mu-zenith/adjacent/parent").json()["total"]["value"], 0);
    assert_eq!(get("/entities/mu-zenith/adjacent?limit=501").status, StatusCode::UNPROCESSABLE_ENTITY);
}
