//! What the targets share.

use plumb_document::{Cause, Limits};

/// Reads bytes as a document of this name. A parser that panics is a finding, and so is an anchor that does not hold.
pub fn document(bytes: &[u8], name: &str) {
    let limits = Limits { unpacked: 16 << 20, pages: 20, cells: 10_000, ..Limits::default() };
    match plumb_document::read(bytes, name, &limits) {
        Ok(document) => {
            for block in document.blocks.iter().take(100) {
                let anchor = document.anchor(block.range.clone());
                assert_eq!(document.resolve(&anchor), Ok(block.range.clone()));
            }
        }
        Err(fault) => assert!(!matches!(fault.cause, Cause::Failed { .. }), "{fault}"),
    }
}
