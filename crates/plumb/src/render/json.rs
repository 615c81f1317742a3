//! Diagnostics as JSON: one document, one shape.

use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use serde_json::{Value, json};

/// All diagnostics as one document.
pub(crate) fn document(diagnostics: &[Diagnostic]) -> Value {
    json!({
        "format": "plumb-diagnostics",
        "version": 1,
        "diagnostics": diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
    })
}

fn diagnostic(one: &Diagnostic) -> Value {
    json!({
        "code": one.code.id(),
        "severity": one.severity.as_str(),
        "title": one.code.title(),
        "message": one.message,
        "labels": one.labels.iter().map(|label| {
            let mut place = location(&label.location);
            if let Some(fields) = place.as_object_mut() {
                fields.insert("text".to_owned(), label.text.clone().into());
            }
            place
        }).collect::<Vec<_>>(),
        "notes": one.notes,
        "help": one.help,
        "records": one.rows.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "accepted": one.accepted,
    })
}

fn location(place: &Location) -> Value {
    json!({ "file": &*place.file, "line": place.line, "column": place.column, "length": place.length })
}
