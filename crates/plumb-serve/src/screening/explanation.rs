//! Why a score is what it is, in yente's shape with our data beside it.

use std::collections::BTreeMap;

use plumb_screen::score::{Feature, PieceEvidence, Score};
use serde::Serialize;

/// The explanation of one feature.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation<'a> {
    bits: f64,
    candidate: &'a str,
    detail: String,
    level: &'static str,
    pieces: &'a [PieceEvidence],
    query: &'a str,
    score: f64,
    why_not: Option<&'a str>,
}

/// The explanations of a score, by feature.
pub(crate) fn explanations(score: &Score) -> BTreeMap<&'static str, Explanation<'_>> {
    score.features.iter().map(|feature| (feature.feature, explanation(feature))).collect()
}

/// One feature. yente's `score` goes from 0 to 1; ours is the probability that this evidence alone would give at even odds, so that
/// 0.5 says nothing, more speaks for and less against.
fn explanation(feature: &Feature) -> Explanation<'_> {
    Explanation {
        bits: feature.bits,
        candidate: &feature.candidate,
        detail: detail(feature),
        level: feature.level,
        pieces: &feature.pieces,
        query: &feature.query,
        score: even_odds(feature.bits),
        why_not: feature.why_not.as_deref(),
    }
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
