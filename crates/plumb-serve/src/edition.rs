//! An edition: one compiled account with its pages and its search index, never changed after it is made.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use plumb_account::Account;
use plumb_export::ExportError;
use plumb_page::layout::{Context, Lookup};
use plumb_screen::index::IndexError;

use crate::pages::SEARCH;
use crate::screening::Dataset;
use crate::search::Index;

/// The script that reloads a page when the account has changed; comfort only, pages need it for nothing.
const RELOAD: &str = include_str!("reload.js");

/// Where the script is served. No page of a site has this path.
const RELOAD_PATH: &str = "reload.js";

/// A compiled account, ready to be read.
pub struct Edition {
    account: Account,
    lookup: Lookup,
    files: BTreeMap<String, File>,
    index: Index,
    json: OnceLock<File>,
    dataset: Arc<Dataset>,
}

/// A file to serve.
#[derive(Clone, Debug)]
pub struct File {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type.
    pub media_type: &'static str,
    /// A name for exactly these bytes, in the quotation marks that HTTP wants.
    pub tag: String,
}

/// Why an edition could not be made.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The search index could not be made; that points to a fault of the program.
    #[error("cannot make the search index: {0}; please report this with the case")]
    Index(#[from] rusqlite::Error),
    /// The actors could not be made into a dataset.
    #[error("cannot index the actors of the case: {0}")]
    Dataset(#[from] IndexError),
    /// The account could not be written as JSON.
    #[error(transparent)]
    Json(#[from] ExportError),
}

impl Edition {
    /// The edition of an account: its pages, each with the reload script, and its search index.
    ///
    /// # Errors
    /// When SQLite refuses, which is a fault of the program, or the case has more records than an index has room for.
    pub fn new(account: Account) -> Result<Self, EditionError> {
        let index = Index::of(&account)?;
        let script = script(&account);
        let mut files = BTreeMap::new();
        for (path, bytes) in plumb_page::site(&account).files {
            let media_type = media_type(&path);
            let bytes = if media_type.starts_with("text/html") { with_script(bytes, &script) } else { bytes };
            let bytes = if path == SEARCH { with_open_field(&bytes) } else { bytes };
            files.insert(path, File::new(bytes, media_type));
        }
        files.insert(RELOAD_PATH.to_owned(), File::new(RELOAD, media_type(RELOAD_PATH)));
        let lookup = Lookup::of(&account);
        let dataset = Arc::new(Dataset::of_account(&account)?);
        Ok(Self { account, lookup, files, index, json: OnceLock::new(), dataset })
    }

    /// The account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The search index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The actors of the case, to be screened against.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The file of a path from the root of the site; the front page for an empty path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(if path.is_empty() { "index.html" } else { path })
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The whole account as JSON; made when it is first asked for.
    ///
    /// # Errors
    /// Only when the JSON writer refuses, which is a fault of the program.
    pub fn json(&self) -> Result<&File, EditionError> {
        if let Some(file) = self.json.get() {
            return Ok(file);
        }
        let bytes = plumb_export::json::document(&self.account)?;
        Ok(self.json.get_or_init(|| File::new(bytes, media_type("account.json"))))
    }

    /// What a page is made with that stands at `path`.
    pub(crate) fn context<'a>(&'a self, path: &'a str) -> Context<'a> {
        Context { account: &self.account, path, lookup: &self.lookup }
    }

    /// A page that is made on demand, with the script that all pages have.
    pub(crate) fn page(&self, path: &str, page: &plumb_page::layout::Page) -> Vec<u8> {
        let framed = plumb_page::layout::frame(self.context(path), page);
        with_script(framed.into_bytes(), &script(&self.account))
    }
}

impl File {
    fn new(bytes: impl Into<Bytes>, media_type: &'static str) -> Self {
        let bytes = bytes.into();
        // this hasher has fixed keys; the tag need only tell editions of one file apart
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { media_type, tag: format!("\"{:016x}\"", hasher.finish()), bytes }
    }
}

/// The element that loads the script and tells it which account the page was made from.
fn script(account: &Account) -> String {
    format!("<script src=\"/{RELOAD_PATH}\" data-account=\"{}\" defer></script>", account.hash)
}

/// Puts the script at the end of the head. Text from the case is escaped, so the first `</head>` is the real one.
fn with_script(page: Vec<u8>, script: &str) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let Some(at) = page.windows(END.len()).position(|window| window == END) else { return page };
    let (head, rest) = page.split_at(at);
    [head, script.as_bytes(), rest].concat()
}

/// Shows the search field, which is hidden on disk where only a script can make use of it, and gives it a button.
fn with_open_field(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page).replacen("role=\"search\" hidden>", "role=\"search\">", 1);
    page.replacen("</form>", "<button type=\"submit\">Search</button></form>", 1).into_bytes()
}

/// The media type of a path, by its ending.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
