//! A result of `/match`: a record as the API shows it, with its score and the reasons. Its properties are passed on as they stand in the index,
//! unread but for the few that are needed, since reading them whole would cost more than the search.

use std::borrow::Cow;
use std::collections::BTreeMap;

use plumb_core::ftm::Schema;
use plumb_screen::index::Match;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::dataset::{self, Dataset};
use super::entity::{caption_of, to_the_second};
use super::explanation::{Explanation, explanations};
use super::labels;

/// A record that may be the one that was asked for, in yente's shape.
#[derive(Debug, Serialize)]
pub(crate) struct Found<'a> {
    bits: f64,
    pub(crate) caption: String,
    datasets: Vec<Cow<'a, str>>,
    explanations: BTreeMap<&'static str, Explanation<'a>>,
    first_seen: Option<String>,
    pub(crate) id: Cow<'a, str>,
    last_change: Option<String>,
    last_seen: Option<String>,
    #[serde(rename = "match")]
    pub(crate) is_match: bool,
    probability: f64,
    properties: &'a RawValue,
    referents: &'a RawValue,
    #[serde(serialize_with = "name_of")]
    pub(crate) schema: &'static Schema,
    pub(crate) score: f64,
    target: bool,
}

/// A record as the index keeps it.
#[derive(Deserialize)]
struct Stored<'a> {
    caption: Option<String>,
    #[serde(borrow)]
    datasets: Vec<Cow<'a, str>>,
    first_seen: Option<String>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    last_change: Option<String>,
    last_seen: Option<String>,
    #[serde(borrow)]
    properties: &'a RawValue,
    #[serde(borrow)]
    referents: &'a RawValue,
}

impl<'a> Found<'a> {
    /// A match with its record. `None` only if the index is damaged.
    pub(crate) fn new(dataset: &'a Dataset, found: &'a Match, threshold: f64) -> Option<Self> {
        let mut stored: Stored<'a> = serde_json::from_str(dataset.index.record(found.record)?).ok()?;
        let schema = dataset.index.record_facts(found.record)?.schema;
        for name in stored.datasets.iter_mut().filter(|name| name.contains('-')) {
            *name = Cow::Owned(dataset::name_of(name));
        }
        if !stored.datasets.iter().any(|name| *name == dataset.name) {
            stored.datasets.push(Cow::Borrowed(&dataset.name));
        }
        let properties: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(stored.properties.get()).ok()?;
        let values = |name: &str| -> Vec<String> {
            properties.get(name).and_then(|values| serde_json::from_str(values.get()).ok()).unwrap_or_default()
        };
        let second = |moment: Option<String>| moment.map(|moment| to_the_second(&moment));
        let score = &found.score;
        Some(Self {
            bits: score.bits,
            caption: stored.caption.unwrap_or_else(|| caption_of(schema, values)),
            datasets: stored.datasets,
            explanations: explanations(score),
            first_seen: second(stored.first_seen),
            id: stored.id,
            last_change: second(stored.last_change),
            last_seen: second(stored.last_seen),
            is_match: score.score >= threshold,
            probability: score.probability,
            properties: stored.properties,
            referents: stored.referents,
            schema,
            score: score.score,
            target: values("topics").iter().any(|topic| labels::is_risk(topic)),
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn name_of<S: Serializer>(schema: &&'static Schema, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(schema.name)
}
