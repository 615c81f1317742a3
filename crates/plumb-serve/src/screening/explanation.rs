//! Why a score is what it is, in yente's shape with our data beside it.

use plumb_screen::score::{Feature, Score};
use serde_json::{Map, Value, json};

/// The explanations of a score, by feature.
pub(crate) fn explanations(score: &Score) -> Map<String, Value> {
    score.features.iter().map(|feature| (feature.feature.to_owned(), explanation(feature))).collect()
}

/// One feature. yente's `score` goes from 0 to 1; ours is the probability that this evidence alone would give at even odds, so that
/// 0.5 says nothing, more speaks for and less against.
fn explanation(feature: &Feature) -> Value {
    json!({
        "detail": detail(feature),
        "score": even_odds(feature.bits),
        "query": feature.query,
        "candidate": feature.candidate,
        "level": feature.level,
        "bits": feature.bits,
        "why_not": feature.why_not,
        "pieces": feature.pieces,
    })
}

fn detail(feature: &Feature) -> String {
    let level = feature.level.replace('_', " ");
    let bits = format!("{:+.1} bits", feature.bits);
    match &feature.why_not {
        Some(why_not) => format!("{level} ({bits}): {why_not}"),
        None => format!("{level} ({bits})"),
    }
}

/// The probability of evidence of so many bits at even odds.
fn even_odds(bits: f64) -> f64 {
    1.0 / (1.0 + libm::exp2(-bits))
}
