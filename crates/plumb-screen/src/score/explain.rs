//! A score with its reasons, as data.

use compact_str::CompactString;
use plumb_names::{Piece, Scratch, Span};
use serde::Serialize;

use super::profile::{KnownAs, kind_of};
use super::{Fact, LEAST_NAME_BITS, NameEvidence, Profile, Scorer, Shown, more_certain, profile};

/// How strongly two entities look like one, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// 0 to 1; 0.7 is yente's threshold.
    pub score: f64,
    /// The probability that they are one, among pairs as the training had them.
    pub probability: f64,
    /// All evidence added up, in bits; without end against when the schemata rule the pair out (`null` in JSON).
    pub bits: f64,
    /// The evidence by feature, names first; other features that a side lacks are left out.
    pub features: Vec<Feature>,
}

/// The evidence of one feature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// Which: `name`, `date`, `country`, `gender`, `identifier`, `address` or `schema`.
    pub feature: &'static str,
    /// The level of agreement; of names, how they stand to each other as wholes.
    pub level: &'static str,
    /// What it adds to the evidence, in bits; negative speaks against.
    pub bits: f64,
    /// The value of the query that was compared.
    pub query: String,
    /// The value of the candidate.
    pub candidate: String,
    /// Of names, how the parts were aligned.
    pub pieces: Vec<PieceEvidence>,
    /// Of a feature that speaks against, why.
    pub why_not: Option<String>,
}

/// Two aligned parts of names, or one without a counterpart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PieceEvidence {
    /// The part of the query as written.
    pub query: Option<CompactString>,
    /// The part of the candidate as written.
    pub candidate: Option<CompactString>,
    /// The level of agreement; `missing` when a side has no such part.
    pub level: &'static str,
    /// The rule or table that decided.
    pub rule: &'static str,
    /// What the part does in its name.
    pub role: &'static str,
    /// What it adds to the evidence, in bits. The bits of the feature are these and those of the names as wholes.
    pub bits: f64,
}

impl Scorer {
    /// The score of a pair with its reasons.
    pub fn explain(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> Score {
        if !profile::compatible(query.schema, candidate.schema) {
            let (one, two) = (query.schema, candidate.schema);
            let why_not = Some(format!("{} and {} cannot be one entity", one.label, two.label));
            let feature = Feature { why_not, ..Feature::new("schema", "incompatible", 0.0, one.name, two.name) };
            return Score { score: 0.0, probability: 0.0, bits: f64::NEG_INFINITY, features: vec![feature] };
        }
        let names = self.explain_names(query, candidate, scratch);
        let facts: Vec<Feature> = self.evidence(query, candidate).map(Feature::from).collect();
        // in the order of `facts`, so that the score is that without an explanation to the last digit
        let bits = names.bits + facts.iter().map(|fact| fact.bits).sum::<f64>();
        let features = std::iter::once(names).chain(facts).collect();
        Score { score: self.model.score(bits), probability: self.model.probability(bits), bits, features }
    }

    fn explain_names(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> Feature {
        let Some(evidence) = self.names(query, candidate, scratch) else {
            let named = query.is_named() && candidate.is_named();
            let why_not = if named { "no part of any name is in a name of the other" } else { "a side has no name" };
            let level = if named { "nothing_agrees" } else { "missing" };
            let text = |profile: &Profile| profile.names.first().map_or(String::new(), |name| name.text.clone());
            let feature = Feature::new("name", level, LEAST_NAME_BITS, &text(query), &text(candidate));
            return Feature { why_not: Some(why_not.to_owned()), ..feature };
        };
        let kind = more_certain(kind_of(query.schema), kind_of(candidate.schema));
        let weights = self.model.name_weights(kind);
        let pieces = evidence.comparison.pieces.iter();
        let pieces: Vec<PieceEvidence> = pieces
            .map(|piece| PieceEvidence::new(piece, evidence.query, evidence.candidate, weights.piece_bits(piece)))
            .collect();
        let level = evidence.comparison.outcome.name();
        let feature = Feature::new("name", level, evidence.bits, &evidence.query.text, &evidence.candidate.text);
        Feature { why_not: names_why_not(&evidence, &pieces), pieces, ..feature }
    }
}

impl Feature {
    fn new(feature: &'static str, level: &'static str, bits: f64, query: &str, candidate: &str) -> Self {
        let [query, candidate] = [query, candidate].map(str::to_owned);
        Self { feature, level, bits, query, candidate, pieces: Vec::new(), why_not: None }
    }
}

impl PieceEvidence {
    fn new(piece: &Piece, query: &KnownAs, candidate: &KnownAs, bits: f64) -> Self {
        let words = |span: Span, text: &str| {
            usize::try_from(span.start)
                .ok()
                .zip(usize::try_from(span.end).ok())
                .and_then(|(start, end)| text.get(start..end).map(CompactString::from))
        };
        let level = if piece.is_unmatched() { "missing" } else { piece.level.name() };
        Self {
            query: piece.left.and_then(|span| words(span, &query.text)),
            candidate: piece.right.and_then(|span| words(span, &candidate.text)),
            level,
            rule: piece.rule.name(),
            role: piece.role.name(),
            bits,
        }
    }
}

/// The parts that speak most against, in words.
fn names_why_not(evidence: &NameEvidence<'_>, pieces: &[PieceEvidence]) -> Option<String> {
    // a part may agree and still count against the rest, as a common word does; it is no reason to tell
    let agrees = |piece: &Piece| !piece.is_unmatched() && piece.level.agrees();
    let differing = pieces.iter().zip(&evidence.comparison.pieces).filter(|(_, compared)| !agrees(compared));
    let mut against: Vec<&PieceEvidence> = differing.map(|(piece, _)| piece).filter(|piece| piece.bits < 0.0).collect();
    against.sort_by(|one, two| one.bits.total_cmp(&two.bits));
    let told: Vec<String> = against
        .iter()
        .take(3)
        .map(|piece| match (&piece.query, &piece.candidate) {
            (Some(one), Some(two)) => ["“", one, "” is not “", two, "”"].concat(),
            (Some(one), None) => ["“", one, "” is not in “", &evidence.candidate.text, "”"].concat(),
            (None, Some(two)) => ["“", two, "” is not in “", &evidence.query.text, "”"].concat(),
            (None, None) => String::new(),
        })
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}

impl From<Fact<'_>> for Feature {
    fn from(fact: Fact<'_>) -> Self {
        let show = |shown: &Shown<'_>| match shown {
            Shown::Text(text) => (*text).to_owned(),
            Shown::Date(date) => date.to_string(),
            Shown::Words(words) => words.join(" "),
        };
        let (query, candidate) = (show(&fact.query), show(&fact.candidate));
        let level = fact.level.replace('_', " ");
        let why_not = (fact.bits < 0.0).then(|| format!("{}: {query} against {candidate}, {level}", fact.feature));
        Self { why_not, ..Self::new(fact.feature, fact.level, fact.bits, &query, &candidate) }
    }
}
