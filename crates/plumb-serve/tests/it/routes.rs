//! Every route answers as it is documented.

use axum::http::{Method, StatusCode, header};

use crate::world::{REAL, ask, get, request, with_method};

#[test]
fn every_page_of_the_site_is_served_with_its_type_and_tag() {
    let edition = REAL.current();
    let site = plumb_page::site(edition.account());
    assert!(site.files.len() > 1, "there are pages");
    for (path, bytes) in site.files.iter().filter(|(path, _)| *path != "search.html") {
        let answer = get(&format!("/{path}"));
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.header("content-type").is_empty() && answer.header("etag").len() > 10, "{path}");
        if answer.header("content-type").starts_with("text/html") {
            let plain = answer.text();
            let script = plain.find("<script src=\"/reload.js\"").unwrap();
            assert!(
                plain[script..]
                    .starts_with(&format!("<script src=\"/reload.js\" data-account=\"{}\"", edition.account().hash))
            );
            assert!(answer.body.len() > bytes.len());
        } else {
            assert_eq!(&answer.body, bytes, "{path}");
        }
    }
}

#[test]
fn the_front_page_stands_at_the_root() {
    assert!(get("/").status == StatusCode::OK && get("/").body == get("/index.html").body);
    assert_eq!(get("/style.css").header("content-type"), "text/css; charset=utf-8");
    assert_eq!(get("/reload.js").header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(get("/favicon.ico").status, StatusCode::NO_CONTENT);
}

#[test]
fn a_reader_who_has_a_page_is_told_so() {
    let tag = get("/").header("etag").to_owned();
    for tags in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let mut again = request("/");
        again.headers_mut().insert(header::IF_NONE_MATCH, tags.parse().unwrap());
        let answer = ask(&REAL, again);
        assert_eq!((answer.status, answer.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(answer.header("etag"), tag);
    }
    let mut other = request("/");
    other.headers_mut().insert(header::IF_NONE_MATCH, "\"other\"".parse().unwrap());
    assert_eq!(ask(&REAL, other).status, StatusCode::OK);
}

#[test]
fn head_says_all_but_the_body() {
    for address in ["/", "/api/version", "/nowhere", "/search?q=mansudae"] {
        let (head, full) = (ask(&REAL, with_method(address, Method::HEAD)), get(address));
        assert_eq!((head.status, head.body.len()), (full.status, 0), "{address}");
        assert_eq!(head.header("content-type"), full.header("content-type"));
        assert_eq!(head.header("content-length"), full.body.len().to_string(), "{address}");
    }
}

#[test]
fn the_api_tells_the_account_and_its_version() {
    let version = get("/api/version").json();
    assert_eq!(version["account"], REAL.current().account().hash);
    assert_eq!(version["as_of"], "2026-11-24");
    assert!(version["problem"].is_null());
    let whole = get("/api/account.json");
    assert_eq!(whole.json()["meta"]["account"], version["account"]);
    assert_eq!(whole.header("content-type"), "application/json");
    assert_eq!(get("/healthz").json()["status"], "ok");
}

#[test]
fn why_leads_down_to_the_source() {
    let derivation = get("/api/why?key=c062").json();
    assert_eq!(derivation["key"], "claim:c062");
    assert!(derivation["value"].as_str().unwrap().contains("30,023"));
    assert!(derivation.to_string().contains("source:"), "{derivation}");
    let range = get("/api/why?key=range%20workers_present%20RU%202017");
    assert_eq!(range.status, StatusCode::OK, "{}", range.text());
}

#[test]
fn every_error_of_the_api_has_one_shape() {
    let cases = [
        ("/api/why?key=nothing-like-that", 400, "key"),
        ("/api/why", 400, "key"),
        ("/api/why?key=claim:none", 404, "no-finding"),
        ("/api/search?q=a&q=b", 400, "query"),
        ("/api/nowhere", 404, "not-found"),
        ("/api", 404, "not-found"),
    ];
    for (address, status, code) in cases {
        let answer = get(address);
        let error = &answer.json()["error"];
        assert_eq!((answer.status.as_u16(), error["status"].as_u64()), (status, Some(u64::from(status))), "{address}");
        assert_eq!(error["code"], code, "{address}");
        assert!(["message", "hint"].iter().all(|name| error[name].as_str().is_some_and(|text| !text.is_empty())));
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[test]
fn what_is_not_there_gets_a_page_in_the_frame() {
    for address in ["/nowhere", "/a/b/c.html", "/claims/", "/%FF", "/%zz", "/<script>alert(1)</script>"] {
        let address = address.replace('<', "%3C").replace('>', "%3E");
        let answer = get(&address);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        let page = answer.text();
        assert!(page.contains("<main") && page.contains("There is no such page"), "{address}");
        assert!(!page.contains("<script>alert"));
    }
    // links of a page that seems to stand deep lead to the root all the same
    assert!(get("/a/b/c.html").text().contains("href=\"../../index.html\""));
}
