//! The workbench of the real case, and asking it.

use std::path::Path;
use std::sync::LazyLock;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use plumb_account::Account;
use plumb_read::Folder;
use plumb_serve::{Workbench, router};
use tower::ServiceExt;

pub(crate) const PORT: u16 = 4173;

/// The account of a folder.
pub(crate) fn account(folder: &Folder) -> Account {
    let reading = plumb_read::read(folder);
    Account::compile(reading.case, reading.diagnostics, None)
}

/// A workbench with the real case.
pub(crate) static REAL: LazyLock<Workbench> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/dprk-labour");
    let account = account(&Folder::from_disk(&root));
    assert!(account.case.claims.len() > 250, "the real case was read");
    Workbench::new(account).unwrap()
});

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request of a reader: GET with the right host.
pub(crate) fn request(address: &str) -> Request<Body> {
    Request::get(address).header("host", format!("localhost:{PORT}")).body(Body::empty()).unwrap()
}

/// What a workbench answers.
pub(crate) fn ask(workbench: &Workbench, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let answer = router(workbench.clone(), PORT).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

/// What the real case's workbench answers to a reader.
pub(crate) fn get(address: &str) -> Answer {
    ask(&REAL, request(address))
}

/// The same request with another method.
pub(crate) fn with_method(address: &str, method: Method) -> Request<Body> {
    let mut request = request(address);
    *request.method_mut() = method;
    request
}
