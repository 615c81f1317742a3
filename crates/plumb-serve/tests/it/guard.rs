//! What protects the workbench and its reader.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use plumb_serve::{CONTENT_SECURITY_POLICY, router};
use tower::ServiceExt;

use crate::world::{Answer, PORT, REAL, ask, get, request, with_method};

fn from_host(hosts: &[&str]) -> Answer {
    let request = hosts.iter().fold(Request::get("/"), |request, host| request.header("host", *host));
    ask(&REAL, request.body(Body::empty()).unwrap())
}

#[test]
fn only_this_server_is_answered_for() {
    for host in ["127.0.0.1:4173", "localhost:4173", "LocalHost:4173", "[::1]:4173"] {
        assert_eq!(from_host(&[host]).status, StatusCode::OK, "{host}");
    }
    let title = &REAL.current().account().case.settings.title.clone();
    let hostile: [&[&str]; 10] = [
        &[],
        &["evil.example"],
        &["evil.example:4173"],
        &["localhost"],
        &["localhost:4174"],
        &["localhost.:4173"],
        &["localhost:4173.evil.example"],
        &["127.0.0.1:4173@evil.example"],
        &["0.0.0.0:4173"],
        &["localhost:4173", "evil.example"],
    ];
    for hosts in hostile {
        let answer = from_host(hosts);
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{hosts:?}");
        // a page that rebinds its name must not learn what is being read here
        assert!(!answer.text().contains(title.as_str()) && answer.header("content-type").starts_with("text/plain"));
    }
}

#[test]
fn an_absolute_address_must_be_ours_too() {
    for (address, status) in
        [("http://localhost:4173/", StatusCode::OK), ("http://evil.example/", StatusCode::MISDIRECTED_REQUEST)]
    {
        assert_eq!(get(address).status, status, "{address}");
    }
}

#[test]
fn every_answer_has_the_headers_that_protect() {
    for address in
        ["/", "/style.css", "/nowhere", "/api/version", "/api/nowhere", "/search?q=x", "/reload.js", "/healthz"]
    {
        let answer = get(address);
        assert_eq!(answer.header("content-security-policy"), CONTENT_SECURITY_POLICY, "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
    assert_eq!(from_host(&["evil.example"]).header("content-security-policy"), CONTENT_SECURITY_POLICY);
    assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none'") && !CONTENT_SECURITY_POLICY.contains("unsafe"));
}

#[test]
fn nothing_can_be_changed() {
    for method in
        [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE, Method::CONNECT]
    {
        for address in ["/", "/api/version", "/nowhere"] {
            let answer = ask(&REAL, with_method(address, method.clone()));
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {address}");
            assert_eq!(answer.header("allow"), "GET, HEAD");
        }
    }
    let with_body = Request::get("/").header("host", format!("localhost:{PORT}")).header("content-length", "5");
    assert_eq!(ask(&REAL, with_body.body(Body::from("12345")).unwrap()).status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let addresses = [
        "/../Cargo.toml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/claims/..%5c..%5cx",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/./index.html",
        "/claims/../index.html",
    ];
    for address in addresses {
        let answer = get(address);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(!answer.text().contains("root:"));
    }
}

#[test]
fn long_addresses_are_refused() {
    let answer = get(&format!("/search?q={}", "x".repeat(5000)));
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
    assert_eq!(get(&format!("/search?q={}", "%ED%95%9C".repeat(200))).status, StatusCode::OK);
}

#[test]
fn too_many_requests_at_once_are_sent_away_and_the_others_answered() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap();
    let statuses = runtime.block_on(async {
        let router = router(REAL.clone(), PORT);
        let asked: Vec<_> = (0..300)
            .map(|number| {
                let (router, request) = (router.clone(), request(&format!("/api/search?q=mansudae%20{number}")));
                tokio::spawn(async move { router.oneshot(request).await.unwrap().status() })
            })
            .collect();
        let mut statuses = Vec::new();
        for answer in asked {
            statuses.push(answer.await.unwrap());
        }
        statuses
    });
    assert!(statuses.contains(&StatusCode::OK));
    assert!(statuses.iter().all(|status| matches!(*status, StatusCode::OK | StatusCode::SERVICE_UNAVAILABLE)));
    assert_eq!(get("/healthz").status, StatusCode::OK);
}
