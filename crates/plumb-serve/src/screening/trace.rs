//! W3C trace context: a request keeps the trace that it came with, and every answer names its own step.

use std::hash::{BuildHasher, Hasher, RandomState};

use axum::http::{HeaderMap, HeaderValue};

const PARENT: &str = "traceparent";
const STATE: &str = "tracestate";
/// Our key in the state; clients of yente look for this one.
const VENDOR: &str = "yente";

/// Members of a state that are passed on, at most: the standard's limit less our own.
const MOST_MEMBERS: usize = 31;

/// The step of an answer in a trace.
#[derive(Debug)]
pub(crate) struct Trace {
    parent: String,
    state: String,
}

impl Trace {
    /// The trace of a request, or a new one if it has none that can be read.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let step = format!("{:016x}", random());
        let (version, trace, flags) = read(text(PARENT))
            .unwrap_or_else(|| ("00".to_owned(), format!("{:016x}{:016x}", random(), random()), "00".to_owned()));
        let members = text(STATE).split(',').filter_map(|member| member.split_once('='));
        let members = members.map(|(key, value)| (key.trim(), value.trim())).filter(|(key, _)| *key != VENDOR);
        let others: String = members.take(MOST_MEMBERS).map(|(key, value)| format!(",{key}={value}")).collect();
        Self { parent: format!("{version}-{trace}-{step}-{flags}"), state: format!("{VENDOR}={step}{others}") }
    }

    /// Puts it into the head of an answer.
    pub(crate) fn onto(&self, headers: &mut HeaderMap) {
        for (name, value) in [(PARENT, &self.parent), (STATE, &self.state)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

/// Version, trace and flags of a parent, if it has the form of the standard.
fn read(parent: &str) -> Option<(String, String, String)> {
    let parts: Vec<&str> = parent.split('-').collect();
    let [version, trace, step, flags] = *parts.first_chunk()?;
    let hex = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let zero = |text: &str| text.bytes().all(|byte| byte == b'0');
    let whole = hex(version, 2) && hex(trace, 32) && hex(step, 16) && hex(flags, 2);
    let valid = whole && version != "ff" && !zero(trace) && !zero(step);
    valid.then(|| (version.to_owned(), trace.to_owned(), flags.to_owned()))
}

/// A number that is unlike the last: the standard library seeds its hashers from the system. It names a step and protects nothing.
fn random() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u8(0);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_kept_and_its_step_is_new() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let mut headers = HeaderMap::new();
        headers.insert(PARENT, HeaderValue::from_static(parent));
        headers.insert(STATE, HeaderValue::from_static("rojo=1, yente=old"));
        let trace = Trace::of(&headers);
        assert!(trace.parent.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-") && trace.parent.ends_with("-01"));
        assert!(!trace.parent.contains("00f067aa0ba902b7"));
        assert!(trace.state.starts_with("yente=") && trace.state.ends_with(",rojo=1"));
        for bad in ["", "x", "00-0-0-0", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
