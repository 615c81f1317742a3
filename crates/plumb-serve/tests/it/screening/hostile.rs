//! Requests that mean no good, or come in numbers: each has an answer, and the server goes on.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{MADE_UP, ask, get, get_from, made_up, post};
use crate::world::{Answer, PORT};

fn with(name: &str, value: &str) -> Answer {
    let request = Request::get("/catalog").header("host", format!("localhost:{PORT}")).header(name, value);
    ask(&MADE_UP, request.body(Body::empty()).unwrap())
}

#[test]
fn pages_of_other_sites_are_refused_and_local_ones_may_read() {
    assert_eq!(with("origin", "http://evil.example").status, StatusCode::FORBIDDEN);
    let local = with("origin", "http://127.0.0.1:3333");
    assert_eq!((local.status, local.header("access-control-allow-origin")), (StatusCode::OK, "http://127.0.0.1:3333"));
    let foreign = Request::get("/catalog").header("host", "evil.example").body(Body::empty()).unwrap();
    assert_eq!(ask(&MADE_UP, foreign).status, StatusCode::MISDIRECTED_REQUEST);
    let asked =
        Request::builder().method(Method::OPTIONS).uri("/match/made-up").header("host", format!("localhost:{PORT}"));
    let asked = asked.header("origin", "http://localhost:3333").body(Body::empty()).unwrap();
    assert_eq!(ask(&MADE_UP, asked).status, StatusCode::NO_CONTENT);
}

#[test]
fn every_answer_is_traced_and_hardened() {
    for address in ["/catalog", "/entities/none", "/match/made-up", "/nowhere", "/search/made-up?limit=x"] {
        let answer = get(address);
        assert_eq!(answer.header("traceparent").len(), 55, "{address}");
        assert!(answer.header("tracestate").starts_with("yente="));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assert!(with("traceparent", parent).header("traceparent").starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
}

#[test]
fn size_is_limited() {
    let address = format!("/search/made-up?q={}", "x".repeat(60_000));
    let answer = get(&address);
    assert_eq!((answer.status, answer.json()), (StatusCode::URI_TOO_LONG, json!({ "detail": "Request URI too long" })));
    assert_eq!(post("/match/made-up", vec![b' '; (4 << 20) + 1]).status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = json!({ "queries": { "q": { "schema": "Person", "properties": { "name": "가".repeat(100_000) } } } });
    assert_eq!(post("/match/made-up", long.to_string()).status, StatusCode::OK);
    let many: Vec<String> = (0..5_000).map(|number| format!("Petrov {number}")).collect();
    let many = json!({ "queries": { "q": { "schema": "Person", "properties": { "name": many } } } });
    assert_eq!(post("/match/made-up", many.to_string()).status, StatusCode::OK);
}

#[test]
fn too_many_requests_at_once_are_sent_away_and_the_others_answered() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    // of its own: other tests would be sent away as well
    let filled = made_up();
    let answers = runtime.block_on(async {
        let ask = |number: usize| {
            let request =
                Request::get(format!("/search/made-up?q=petrov{number}")).header("host", format!("localhost:{PORT}"));
            let router = filled.clone();
            tokio::spawn(async move { router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap() })
        };
        let asked: Vec<_> = (0..1_000).map(ask).collect();
        let mut answers = Vec::new();
        for answer in asked {
            let answer = answer.await.unwrap();
            answers.push((answer.status(), answer.headers().get("retry-after").is_some()));
        }
        answers
    });
    assert!(answers.contains(&(StatusCode::OK, false)));
    assert!(
        answers
            .iter()
            .all(|answer| matches!(*answer, (StatusCode::OK, false) | (StatusCode::SERVICE_UNAVAILABLE, true)))
    );
    assert_eq!(get_from(&filled, "/healthz").status, StatusCode::OK);
}

/// JSON of any shape, with the words of the API among its keys.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("queries".to_owned()),
        Just("schema".to_owned()),
        Just("properties".to_owned()),
        Just("name".to_owned()),
        Just("Person".to_owned()),
        Just("ids".to_owned()),
        Just("id".to_owned()),
        ".{0,8}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// An address of the API with anything in its query.
fn address() -> impl Strategy<Value = String> {
    let paths = prop::sample::select(vec![
        "/match/made-up",
        "/search/made-up",
        "/entities/mu-petrov",
        "/entities/mu-petrov/adjacent",
        "/reconcile/made-up",
        "/reconcile/made-up/suggest/entity",
        "/reconcile/made-up/suggest/property",
        "/reconcile/made-up/suggest/type",
        "/reconcile/made-up/extend/property",
        "/catalog",
        "/algorithms",
        "/%FF",
        "/match/%00",
    ]);
    let names = vec![
        "q",
        "limit",
        "offset",
        "sort",
        "filter",
        "facets",
        "prefix",
        "schema",
        "threshold",
        "fuzzy",
        "type",
        "changed_since",
    ];
    let pair = (prop::sample::select(names), prop::collection::vec(any::<u8>(), 0..12));
    (paths, prop::collection::vec(pair, 0..4)).prop_map(|(path, pairs)| {
        let value = |bytes: Vec<u8>| bytes.into_iter().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let query: Vec<String> = pairs.into_iter().map(|(name, bytes)| format!("{name}={}", value(bytes))).collect();
        format!("{path}?{}", query.join("&"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_is_a_fault_of_the_program(body in anything(), raw in prop::collection::vec(any::<u8>(), 0..60)) {
        let text = body.to_string();
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for (address, body) in [
            ("/match/made-up", text.clone().into_bytes()),
            ("/match/made-up", raw),
            ("/match/made-up", json!({ "queries": { "q": body } }).to_string().into_bytes()),
            ("/match/made-up", json!({ "queries": { "q": { "schema": "Person", "properties": body } } }).to_string().into_bytes()),
            ("/reconcile/made-up", format!("queries={encoded}").into_bytes()),
            ("/reconcile/made-up", format!("extend={encoded}").into_bytes()),
        ] {
            let answer = post(address, body);
            prop_assert!(answer.status.as_u16() < 500, "{address}: {}", answer.text());
            prop_assert!(answer.json().is_object());
        }
    }

    #[test]
    fn no_query_is_a_fault_of_the_program(address in address()) {
        let answer = get(&address);
        prop_assert!(answer.status.as_u16() < 500, "{address}: {}", answer.text());
        prop_assert!(answer.json().is_object());
    }
}
