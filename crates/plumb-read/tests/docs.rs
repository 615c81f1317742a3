//! The reference of the case format in `docs/` is the one that the code makes.

use std::path::Path;

#[test]
fn the_reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/case-format.md");
    let made = plumb_read::case_format_markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == made, "docs/case-format.md is stale: run UPDATE_DOCS=1 cargo test -p plumb-read --test docs");
}
