//! Reviews as annotations of the W3C Web Annotation Data Model: each statement at its exact words.

use serde_json::{Value, json};

use crate::Review;

/// An `AnnotationCollection` with one page. `source` is the address of the text; a name of a file will do where it has none.
pub fn annotations(review: &Review, source: &str) -> Value {
    let items: Vec<Value> = review
        .statements
        .iter()
        .map(|one| {
            json!({
                "type": "Annotation",
                "id": format!("#{}", one.id),
                "motivation": "assessing",
                "body": [
                    { "type": "TextualBody", "purpose": "classifying", "value": one.verdict.words() },
                    { "type": "TextualBody", "purpose": "commenting", "format": "text/plain", "language": "en",
                      "value": format!("{}. {}", one.about.words, one.why) },
                ],
                "target": { "source": source, "selector": one.anchor },
            })
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": format!("{} held against {}", review.document.name, review.case),
        "total": items.len(),
        "first": { "type": "AnnotationPage", "items": items },
    })
}
