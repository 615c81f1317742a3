//! Diagnostics as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors show beside the lines.

use plumb_core::codes::Code;
use plumb_core::diagnostic::{Diagnostic, Label, Severity};
use serde_json::{Value, json};

/// All diagnostics as one SARIF log with one run. `folder` is the path of the case, to which the places are relative.
pub(crate) fn log(folder: &str, diagnostics: &[Diagnostic]) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plumb",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::all().iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "originalUriBaseIds": { "CASE": { "uri": format!("{}/", percent_encoded(folder.trim_end_matches('/'))) } },
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "shortDescription": { "text": code.title() },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": code.severity().as_str() },
    })
}

fn result(one: &Diagnostic) -> Value {
    let level = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let help = if one.help.is_empty() { String::new() } else { format!(" Help: {}", one.help) };
    let mut value = json!({
        "ruleId": one.code.id(),
        "level": level,
        "message": { "text": format!("{}.{help}", one.message.trim_end_matches('.')) },
        "locations": one.labels.iter().take(1).map(location).collect::<Vec<_>>(),
        "relatedLocations": one.labels.iter().skip(1).map(location).collect::<Vec<_>>(),
    });
    if let (Some(reason), Some(fields)) = (&one.accepted, value.as_object_mut()) {
        let suppression = json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
        fields.insert("suppressions".to_owned(), suppression);
    }
    value
}

fn location(label: &Label) -> Value {
    let place = &label.location;
    let mut physical = json!({ "artifactLocation": { "uri": percent_encoded(&place.file), "uriBaseId": "CASE" } });
    if let (Some(fields), true) = (physical.as_object_mut(), place.line > 0) {
        let end = place.column.saturating_add(place.length);
        let region = json!({ "startLine": place.line, "startColumn": place.column.max(1), "endColumn": end.max(1) });
        fields.insert("region".to_owned(), region);
    }
    let mut value = json!({ "physicalLocation": physical });
    if let (Some(fields), false) = (value.as_object_mut(), label.text.is_empty()) {
        fields.insert("message".to_owned(), json!({ "text": label.text }));
    }
    value
}

/// A path as a relative URI reference (RFC 3986): everything but unreserved characters and `/` as percent signs.
fn percent_encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
