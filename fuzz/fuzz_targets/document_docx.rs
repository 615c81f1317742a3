//! Any bytes as a document named `x.docx`: read or named, and every block's anchor holds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| plumb_fuzz::document(bytes, "x.docx"));
