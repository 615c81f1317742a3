//! Any text as prose: no panic, and every range can be cut out of it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plumb_text::{Gazetteer, Reader, Rules, built_in_entries};

static READER: LazyLock<Option<Reader>> =
    LazyLock::new(|| Reader::new(Rules::built_in().ok()?, Gazetteer::new(built_in_entries()).ok()?).ok());

fuzz_target!(|text: &str| {
    let Some(reader) = READER.as_ref() else { panic!("the built-in rules cannot be used") };
    for sentence in reader.read(text, &[]) {
        assert!(text.get(sentence.range.clone()).is_some());
        assert!(sentence.mentions.iter().all(|mention| text.get(mention.range.clone()).is_some()));
        assert!(sentence.claims.iter().all(|claim| text.get(claim.range.clone()).is_some()));
    }
});
