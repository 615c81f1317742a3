//! Deciding over HTTP: only with the token, only by forms of our own pages, and through to the files of the case.

use std::path::PathBuf;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use plumb_propose::disk::Store;
use plumb_propose::{Readout, Record};
use plumb_read::{Folder, new_case};
use plumb_serve::{Editing, Workbench, edit_router, router};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::world::{PORT, account};

const TOKEN: &str = "5f3a9c0e77b2418d9e6a1c2b3d4f5a6b";
const TEXT: &str =
    "First words <b>of</b> it.\n\nAt the end of 2025 about 1,500 foreign workers were employed in Russia.\n";
const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const WORDS: &str = "about 1,500 foreign workers";

/// A case on disk with one document that was read.
struct World {
    folder: TempDir,
    workbench: Workbench,
}

/// The readout of `TEXT`, as `plumb read` keeps it.
fn readout() -> Readout {
    let start = TEXT.find(WORDS).unwrap();
    let record = serde_json::json!({
        "path": "documents/re<port.txt", "in_case": false, "sha256": HASH, "kind": "text", "made_by": ["a", "b"],
        "title": "A report", "date": null, "language": "en", "pages": 0, "proposals": 1
    });
    let proposal = serde_json::json!({
        "id": "abcdefabcdefabcd",
        "claim": {"measure": "workers_present", "place": "RU", "period": "2025", "qualifier": "about", "best": "1500", "unit": "persons"},
        "anchor": [
            {"type": "TextQuoteSelector", "exact": WORDS, "prefix": "", "suffix": ""},
            {"type": "TextPositionSelector", "start": start, "end": start + WORDS.len()}
        ],
        "locator": "paragraph 2", "context": "…", "language": "en", "confidence": 0.9, "reasons": ["a <reason>"]
    });
    Readout::from_lines(&format!("{record}\n{proposal}\n")).unwrap()
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let case = new_case("A case");
        for (name, bytes) in &case.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Store::of_case(folder.path()).keep(&readout(), TEXT).unwrap();
        Self { workbench: Workbench::new(account(&Folder::from_disk(folder.path()))).unwrap(), folder }
    }

    fn claims(&self) -> String {
        std::fs::read_to_string(self.path("claims.csv")).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let editing = Editing {
            store: Store::of_case(self.folder.path()),
            token: TOKEN.to_owned(),
            who: "A. Checker".to_owned(),
            today: Box::new(|| "2026-11-26".to_owned()),
        };
        let edit = edit_router(editing, self.workbench.clone(), PORT);
        let router = router(self.workbench.clone(), PORT).merge(edit);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let answer = router.oneshot(request).await.unwrap();
            let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
            let (status, location) = (answer.status(), header("location").unwrap_or_default());
            assert_eq!(header("x-frame-options").as_deref(), Some("DENY"));
            let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, location, String::from_utf8(body.to_vec()).unwrap())
        })
    }

    fn get(&self, address: &str) -> (StatusCode, String) {
        let (status, _, body) = self.ask(request(Method::GET, address, "", ""));
        (status, body)
    }

    fn post(&self, token: &str, form: &str) -> (StatusCode, String, String) {
        let address = format!("/edit/{token}/{HASH}/abcdefabcdefabcd");
        self.ask(request(Method::POST, &address, &format!("http://localhost:{PORT}"), form))
    }
}

fn request(method: Method, address: &str, origin: &str, form: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(address).header("host", format!("localhost:{PORT}"));
    let request = if origin.is_empty() { request } else { request.header("origin", origin) };
    request.body(Body::from(form.to_owned())).unwrap()
}

#[test]
fn a_document_is_shown_with_its_proposals_and_escaped() {
    let world = World::new();
    let (status, list) = world.get(&format!("/edit/{TOKEN}/"));
    assert_eq!(status, StatusCode::OK, "{list}");
    assert!(list.contains("documents/re&lt;port.txt") && list.contains(HASH));
    let (status, page) = world.get(&format!("/edit/{TOKEN}/{HASH}"));
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("First words &lt;b&gt;of&lt;/b&gt; it."));
    assert!(page.contains("<mark class=\"open\">about 1,500 foreign workers</mark>"), "{page}");
    assert!(
        page.contains("a &lt;reason&gt;") && page.contains("value=\"accept\"") && page.contains("value=\"A report\"")
    );
    assert!(!page.contains("<script"), "the page needs none, and a reload would lose what was typed");
    let (status, style) = world.get("/edit.css");
    assert!(status == StatusCode::OK && style.contains(".reading"));
}

#[test]
fn a_claim_is_accepted_corrected_and_taken_back() {
    let world = World::new();
    let before = world.claims();
    let (status, _, page) = world.post(TOKEN, "do=accept&place=exampleland");
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("say who published it") && page.contains("value=\"exampleland\""), "{page}");
    // the desk forgets between two of these requests, as each has a server of its own; a known source does not
    let source = "w1,Watch,,,,,,,,,".to_owned() + HASH + ",\n";
    let sources = std::fs::read_to_string(world.path("sources.csv")).unwrap() + &source;
    std::fs::write(world.path("sources.csv"), sources).unwrap();
    let (status, location, page) = world.post(TOKEN, "do=accept&place=exampleland&note=Gr%C3%BC%C3%9Fe%2C+ok");
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(location, format!("/edit/{TOKEN}/{HASH}#p-abcdefabcdefabcd"));
    let row = world.claims().lines().last().unwrap().to_owned();
    assert!(row.starts_with("c4,workers_present,exampleland,2025,about,,1500,,persons"), "{row}");
    assert!(
        row.contains(",w1,paragraph 2,\"about 1,500 foreign workers\",") && row.ends_with("\"Grüße, ok\""),
        "{row}"
    );
    let (_, page) = world.get(&format!("/edit/{TOKEN}/{HASH}"));
    assert!(page.contains("/claims/c4.html") && page.contains("value=\"undo\"") && page.contains("by A. Checker"));
    assert_eq!(world.post(TOKEN, "do=undo").0, StatusCode::SEE_OTHER);
    assert_eq!(world.claims(), before);
    assert_eq!(world.post(TOKEN, "do=reject").0, StatusCode::SEE_OTHER);
    assert_eq!(world.post(TOKEN, "do=reject").0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_document_is_said_to_be_a_source() {
    let world = World::new();
    let address = format!("/edit/{TOKEN}/{HASH}");
    let said = world.ask(request(Method::POST, &address, &format!("http://localhost:{PORT}"), "publisher=Watch"));
    assert_eq!((said.0, said.1), (StatusCode::SEE_OTHER, address));
}

#[test]
fn without_the_token_nothing_is_shown_or_changed() {
    let world = World::new();
    let before = world.claims();
    let wrong = TOKEN.replace('5', "6");
    for token in ["", "x", &wrong, &TOKEN[1..], &format!("{TOKEN}0"), "%2e%2e"] {
        for address in [format!("/edit/{token}/"), format!("/edit/{token}/{HASH}"), format!("/edit/{token}")] {
            let (status, page) = world.get(&address);
            assert!(matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{address}: {status}");
            assert!(!page.contains(HASH) && !page.contains(TOKEN));
        }
        let status = world.post(token, "do=reject").0;
        assert!(status.is_client_error(), "{token}: {status}");
    }
    assert_eq!(world.claims(), before);
    assert!(!world.path(".proposals/decisions.jsonl").exists());
}

#[test]
fn only_forms_of_this_server_change_anything() {
    let world = World::new();
    let address = format!("/edit/{TOKEN}/{HASH}/abcdefabcdefabcd");
    for origin in ["", "null", "http://evil.example", "http://localhost:3000", "https://localhost:4173"] {
        let (status, ..) = world.ask(request(Method::POST, &address, origin, "do=reject"));
        assert_eq!(status, StatusCode::FORBIDDEN, "{origin}");
    }
    let own = format!("http://localhost:{PORT}");
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD] {
        let (status, ..) = world.ask(request(method.clone(), &address, &own, "do=reject"));
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let rebound = Request::post(&address).header("host", "evil.example").header("origin", "http://evil.example");
    let (status, ..) = world.ask(rebound.body(Body::from("do=reject")).unwrap());
    assert_eq!(status, StatusCode::MISDIRECTED_REQUEST);
    let (status, ..) = world.ask(request(Method::POST, &address, &own, &"x=1&".repeat(50_000)));
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.ask(request(Method::POST, &address, &own, "do=explode")).0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!world.path(".proposals/decisions.jsonl").exists(), "nothing was decided");
}

#[test]
fn no_address_leads_to_another_file() {
    let world = World::new();
    for document in ["..%2f..%2fclaims", "decisions", &HASH[1..], &HASH.replace('0', "g")] {
        let (status, page) = world.get(&format!("/edit/{TOKEN}/{document}"));
        assert_eq!(status, StatusCode::NOT_FOUND, "{document}: {page}");
    }
    assert!(Record::from_line("{}").is_err());
}
