//! `docs/serve.md` tells every address, and every address that it tells is answered.

use axum::http::StatusCode;

use crate::world::get;

const DOCUMENTATION: &str = include_str!("../../../../docs/serve.md");
const ROUTES: &str = include_str!("../../src/routes.rs");

#[test]
fn every_route_is_told() {
    let routes: Vec<&str> = ROUTES.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(routes.len() >= 8);
    for route in routes {
        assert!(DOCUMENTATION.contains(&format!("| `{route}")), "{route} is missing in docs/serve.md");
    }
}

#[test]
fn every_told_address_is_answered() {
    let told = DOCUMENTATION.lines().filter_map(|line| line.strip_prefix("| `"));
    let addresses: Vec<&str> = told.filter_map(|line| line.split('`').next()).collect();
    assert!(addresses.len() >= 10);
    for address in addresses {
        let answer = get(&address.replace("WORDS", "mansudae").replace("KEY", "c062"));
        assert!(matches!(answer.status, StatusCode::OK | StatusCode::NO_CONTENT), "{address}: {}", answer.status);
    }
}
