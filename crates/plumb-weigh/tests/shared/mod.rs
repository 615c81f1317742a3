//! The shared known answers, when they lie beside the repository, and what tests of them need.

#![allow(dead_code, reason = "each test file uses its part")]

use std::path::PathBuf;

use serde_json::Value;

/// A file of the shared known answers; `None`, said aloud, when they are not there.
pub(crate) fn fixture(name: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/estimation").join(name);
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the shared known answers ({name}) are not beside this repository");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// A number in a fixture.
pub(crate) fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

/// Fails unless the value found is as near to the expected one as `relative` allows.
pub(crate) fn close(what: &str, found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found} where {expected} is expected");
}
