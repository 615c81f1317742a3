//! What the tests share.

use plumb_document::{Document, Limits};

/// Reads a document that can be read.
pub(crate) fn read(bytes: impl AsRef<[u8]>, name: &str) -> Document {
    plumb_document::read(bytes.as_ref(), name, &Limits::default()).unwrap()
}

/// Its blocks, each as its kind, language and words.
pub(crate) fn blocks(document: &Document) -> Vec<String> {
    let line = |block: &plumb_document::Block| {
        let language = block.language.map_or("?", plumb_document::Language::code);
        let aside = if block.main { "" } else { "(aside) " };
        format!("{:?} {language} {aside}{}", block.kind, &document.text[block.range.clone()])
    };
    document.blocks.iter().map(line).collect()
}

/// What is noted, a line each.
pub(crate) fn notes(document: &Document) -> Vec<String> {
    document.notes.iter().map(ToString::to_string).collect()
}

/// The bytes of a document in `tests/data`.
pub(crate) fn data(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A document in `tests/data` that can be read.
pub(crate) fn document(name: &str) -> Document {
    read(data(name), name)
}

/// What is said of a document that cannot be read.
pub(crate) fn fault(bytes: impl AsRef<[u8]>, name: &str) -> String {
    plumb_document::read(bytes.as_ref(), name, &Limits::default()).unwrap_err().to_string()
}
