//! Reviews as `ClaimReview` of schema.org, the form that search engines and fact-checking networks read.
//!
//! One `ClaimReview` a statement that the case covers. Who publishes it, when and where the text appeared come from outside.

use serde_json::{Value, json};

use crate::{Review, Verdict};

/// What a review does not know of itself.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    /// Who publishes the review.
    pub author: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// Web address of the review.
    pub url: Option<String>,
    /// Web address of the text.
    pub appearance: Option<String>,
    /// Who wrote the text.
    pub text_author: Option<String>,
}

/// The reviews as one JSON-LD document. Ratings have words and no numbers: a scale would call a contested figure half true.
pub fn claim_reviews(review: &Review, publication: &Publication) -> Value {
    let covered = review.statements.iter().filter(|one| one.verdict != Verdict::NotCovered);
    let graph: Vec<Value> = covered.map(|one| claim_review(review, publication, one)).collect();
    json!({ "@context": "https://schema.org", "@graph": graph })
}

fn claim_review(review: &Review, publication: &Publication, checked: &crate::Checked) -> Value {
    let mut appearance = json!({ "@type": "CreativeWork", "name": title(review) });
    if let Some(url) = &publication.appearance {
        set(&mut appearance, "url", url);
    }
    let mut claim = json!({ "@type": "Claim", "name": checked.about.words, "appearance": appearance });
    if let Some(author) = &publication.text_author {
        set_value(&mut claim, "author", json!({ "@type": "Person", "name": author }));
    }
    let mut whole = json!({
        "@type": "ClaimReview",
        "claimReviewed": checked.anchor.exact,
        "itemReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": checked.verdict.words(),
            "ratingExplanation": checked.why,
        },
        "author": { "@type": "Organization", "name": publication.author },
        "datePublished": publication.date,
        "inLanguage": "en",
    });
    if let Some(url) = &publication.url {
        set(&mut whole, "url", &format!("{url}#{}", checked.id));
    }
    whole
}

fn title(review: &Review) -> &str {
    review.document.title.as_deref().unwrap_or(&review.document.name)
}

fn set(value: &mut Value, key: &str, text: &str) {
    set_value(value, key, Value::from(text));
}

fn set_value(value: &mut Value, key: &str, inner: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(key.to_owned(), inner);
    }
}
