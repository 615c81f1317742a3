//! What a list says of an entry that looks like a subject: its properties, why it is listed, whom it is joined with.

use std::collections::BTreeMap;

use plumb_core::ftm::{self, Entity};
use plumb_lists::loaded::Found;
use plumb_page::screening::{Decided, Evidence, Linked, Listing, Match, Piece};
use plumb_screen::decisions::{Standing, Verdict, entry_state};
use plumb_screen::index::Index;
use plumb_screen::score::{Feature, PieceEvidence};
use serde::Deserialize;

/// Most linked entries that are shown of one; some bodies have hundreds.
const MOST_LINKED: usize = 50;

/// A record of an index.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    id: String,
    caption: Option<String>,
    schema: String,
    properties: BTreeMap<String, Vec<String>>,
    last_change: Option<String>,
}

impl Entry {
    /// The record of this number; an index only holds what it wrote itself, so one that cannot be read is an empty one.
    pub(crate) fn read(index: &Index, record: u32) -> Self {
        index.record(record).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    fn first(&self, property: &str) -> String {
        self.properties.get(property).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    fn name(&self) -> String {
        let named = ["name", "alias", "weakAlias"].into_iter().map(|property| self.first(property));
        let mut names = self.caption.clone().into_iter().chain(named).filter(|name| !name.is_empty());
        names.next().unwrap_or_else(|| self.id.clone())
    }

    fn is_a(&self, schema: &str) -> bool {
        ftm::schema(&self.schema).is_some_and(|own| own.is_a(schema))
    }
}

/// The state of an entry as decisions remember it.
pub(crate) fn state(entry: &Entry) -> String {
    let Some(mut entity) = Entity::new(entry.id.clone(), &entry.schema) else { return String::new() };
    for (property, values) in &entry.properties {
        for value in values {
            entity = entity.with(property, value);
        }
    }
    entry_state(&entity)
}

/// What was found, as the report has it, and the state of its entry.
pub(crate) fn result(found: &Found<'_>) -> (Match, String) {
    let (index, record) = (&found.list.index, found.matched.record);
    let entry = Entry::read(index, record);
    let state = state(&entry);
    let (listings, linked) = around(index, record);
    let score = &found.matched.score;
    let result = Match {
        name: entry.name(),
        entry: entry.id,
        schema: entry.schema,
        list: found.list.manifest.name.clone(),
        score: score.score,
        probability: score.probability,
        evidence: score.features.iter().map(evidence).collect(),
        properties: entry.properties,
        last_change: entry.last_change,
        listings,
        linked,
        ..Match::default()
    };
    (result, state)
}

fn evidence(feature: &Feature) -> Evidence {
    let Feature { feature, level, bits, query, candidate, pieces, why_not } = feature.clone();
    let piece = |piece: PieceEvidence| Piece {
        subject: piece.query.map(Into::into),
        entry: piece.candidate.map(Into::into),
        level: piece.level.to_owned(),
        rule: piece.rule.to_owned(),
        bits: piece.bits,
    };
    let pieces = pieces.into_iter().map(piece).collect();
    Evidence { feature, level: level.to_owned(), bits, subject: query, entry: candidate, pieces, why_not }
}

/// The measures against an entry, and the entries that relations of the list join it with.
fn around(index: &Index, record: u32) -> (Vec<Listing>, Vec<Linked>) {
    let (mut listings, mut linked) = (Vec::new(), Vec::new());
    for link in index.links(record).iter().filter(|link| link.reverse) {
        let beside = Entry::read(index, link.record);
        if beside.is_a("Sanction") {
            listings.push(listing(&beside));
        } else if ftm::schema(&beside.schema).is_some_and(|schema| schema.edge.is_some()) {
            let ends = index.links(link.record);
            let others = ends.iter().filter(|end| !end.reverse && end.record != record);
            linked.extend(others.map(|end| joined(&beside, &Entry::read(index, end.record))));
        }
    }
    linked.truncate(MOST_LINKED);
    (listings, linked)
}

fn listing(sanction: &Entry) -> Listing {
    let mut dates = ["listingDate", "startDate", "date"].into_iter().map(|property| sanction.first(property));
    Listing {
        authority: sanction.first("authority"),
        program: sanction.properties.get("program").map(|values| values.join("; ")).unwrap_or_default(),
        reason: sanction.first("reason"),
        date: dates.find(|date| !date.is_empty()).unwrap_or_default(),
        source: sanction.first("sourceUrl"),
    }
}

fn joined(relation: &Entry, other: &Entry) -> Linked {
    let mut role = ["role", "relationship"].into_iter().map(|property| relation.first(property));
    let word = role.find(|word| !word.is_empty()).map_or(String::new(), |word| format!(", {word}"));
    Linked { relation: format!("{}{word}", relation.schema), entry: other.id.clone(), name: other.name() }
}

/// A decision as the report has it.
pub(crate) fn decided(standing: Standing<'_>) -> Decided {
    let decision = standing.decision;
    Decided {
        verdict: word(decision.verdict).to_owned(),
        reason: decision.reason.clone(),
        who: decision.who.clone(),
        date: decision.date.to_string(),
        stale: standing.stale,
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Different => "different",
        Verdict::Unsure => "unsure",
    }
}
