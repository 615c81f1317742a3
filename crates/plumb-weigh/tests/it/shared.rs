//! The shared known answers, when they lie beside the repository, and what tests of them need.

use std::path::PathBuf;

use serde_json::Value;

/// The folder of the shared known answers.
pub(crate) fn data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/estimation")
}

/// A text among the shared known answers; `None`, said aloud, when they are not there.
pub(crate) fn text(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(data().join(name)).ok();
    if text.is_none() {
        println!("skipped: the shared known answers ({name}) are not beside this repository");
    }
    text
}

/// A document among the shared known answers; `None`, said aloud, when they are not there.
pub(crate) fn fixture(name: &str) -> Option<Value> {
    Some(serde_json::from_str(&text(name)?).unwrap())
}

/// A number in a fixture.
pub(crate) fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

/// A list of numbers in a fixture.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// Fails unless the value found is as near to the expected one as `relative` allows.
#[track_caller]
pub(crate) fn close(what: &str, found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found} where {expected} is expected");
}
