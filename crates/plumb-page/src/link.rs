//! Addresses: which page shows a record or a finding, and the relative path to it from another page.

pub use plumb_account::address::{overview, path, record};

/// The relative address of `target` as written on the page `from`; both are paths from the root of the site.
///
/// ```
/// assert_eq!(plumb_page::link::relative("claims/c1.html", "sources/s.html"), "../sources/s.html");
/// assert_eq!(plumb_page::link::relative("index.html", "claims/c1.html"), "claims/c1.html");
/// ```
pub fn relative(from: &str, target: &str) -> String {
    let depth = from.matches('/').count();
    format!("{}{target}", "../".repeat(depth))
}
