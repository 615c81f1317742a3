//! `/search`: records by their words, with filters, facets, sorting and pages.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plumb_core::ftm::{self, Schema};
use plumb_screen::index::Filters;
use serde_json::{Map, Value, json};

use super::dataset::{Dataset, Part, name_of, scope, silent_about_changes};
use super::desk::{Screening, Work};
use super::example::ANYTHING;
use super::expression::{self, Expression};
use super::fault::Fault;
use super::find;
use super::labels::{self, FACETS};
use super::matching::slices;
use super::parameters::{Parameters, Warnings};
use super::{entity, page};

/// Facets that are counted unless others are asked for.
const USUAL_FACETS: [&str; 3] = ["countries", "topics", "datasets"];

/// A search.
#[derive(Debug)]
struct Asked {
    expression: Expression,
    fuzzy: bool,
    schema: &'static Schema,
    include: Vec<String>,
    exclude: Vec<String>,
    exclude_schema: Vec<String>,
    changed_since: Option<String>,
    /// Fields and the values that are wanted of them.
    filters: BTreeMap<String, Vec<String>>,
    /// Whether all of a field's wanted values must be there, or one.
    all: bool,
    sort: Vec<(String, bool)>,
    facets: Vec<&'static str>,
    limit: usize,
    offset: usize,
}

impl Asked {
    fn read(mut parameters: Parameters) -> Result<(Self, Warnings), Fault> {
        let text = parameters.text("q").unwrap_or_default();
        let simple = parameters.flag("simple").unwrap_or_default();
        let parsed = if simple { Ok(expression::simple(&text)) } else { expression::parse(&text) };
        let schema = parameters.text("schema").unwrap_or_else(|| ANYTHING.to_owned());
        let (limit, offset) = page::read(&mut parameters);
        let mut facets = parameters.words("facets", &FACETS.map(|(name, _)| name));
        if facets.is_empty() {
            facets = USUAL_FACETS.to_vec();
        }
        let asked = Self {
            expression: parsed.map_err(|error| Fault::bad(error.to_string()))?,
            fuzzy: parameters.flag("fuzzy").unwrap_or_default(),
            schema: ftm::schema(&schema).ok_or_else(|| Fault::bad("Invalid schema"))?,
            include: parameters.texts("include_dataset"),
            exclude: parameters.texts("exclude_dataset"),
            exclude_schema: parameters.texts("exclude_schema"),
            changed_since: parameters.moment("changed_since"),
            filters: filters(&mut parameters)?,
            all: parameters.words("filter_op", &["OR", "AND"]).last() == Some(&"AND"),
            sort: page::sort(&mut parameters),
            facets,
            limit,
            offset,
        };
        Ok((asked, parameters.finish()?))
    }

    /// Whether a schema is asked for: of one that names are held against all that can be the same, of others those that inherit.
    fn takes(&self, schema: &Schema) -> bool {
        let asked = self.schema;
        schema.is_a(asked.name) || (asked.matchable && schema.matchable && asked.is_a(schema.name))
    }
}

/// The filters, by field.
fn filters(parameters: &mut Parameters) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    let mut filters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |field: &str, value: String| {
        let value = if field == "datasets" { name_of(&value) } else { value };
        filters.entry(field.to_owned()).or_default().push(value);
    };
    for field in ["countries", "topics", "datasets"] {
        parameters.texts(field).into_iter().for_each(|value| add(field, value));
    }
    for filter in parameters.texts("filter") {
        let (field, value) = filter.split_once(':').ok_or_else(|| Fault::bad(format!("Invalid filter: '{filter}'")))?;
        add(field, value.to_owned());
    }
    if let Some(target) = parameters.flag("target") {
        add("target", target.to_string());
    }
    Ok(filters)
}

/// A record that was found, read in full only when it must be.
pub(super) struct Found<'p> {
    dataset: &'p Dataset,
    record: u32,
    relevance: f64,
    entity: Option<Map<String, Value>>,
}

/// Answers `/search/{dataset}`.
pub(crate) async fn answer(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
) -> Result<Response, Fault> {
    let (asked, mut warnings) = Asked::read(Parameters::of_request(&parts))?;
    let (found, silent) = screening.work(move |work| respond(work, &dataset, &asked)).await?;
    for warning in silent {
        warnings.add(warning);
    }
    Ok(warnings.onto(Json(found).into_response()))
}

fn respond(work: &Work, dataset: &str, asked: &Asked) -> Result<(Value, Vec<String>), Fault> {
    let parts = scope(&work.datasets, dataset, &asked.include, &asked.exclude)?;
    let silent = silent_about_changes(&parts, asked.changed_since.as_deref());
    let mut all = Vec::new();
    for part in &parts {
        work.go_on()?;
        all.extend(found(part, asked));
    }
    order(&mut all, asked);
    let facets = facets(&work.datasets, &mut all, asked);
    let results = all.iter_mut().skip(asked.offset).take(asked.limit);
    let results: Vec<Value> = results.filter_map(|found| found.read().cloned().map(Value::Object)).collect();
    let total = json!({ "value": all.len(), "relation": "eq" });
    let answer =
        json!({ "limit": asked.limit, "offset": asked.offset, "total": total, "results": results, "facets": facets });
    Ok((answer, silent))
}

/// What a part holds of what is asked for.
fn found<'p>(part: &'p Part, asked: &Asked) -> Vec<Found<'p>> {
    let schemata = slices(&asked.exclude_schema);
    let sources = part.sources.as_deref().map(slices).unwrap_or_default();
    let filters = Filters {
        datasets: &sources,
        without_schemata: &schemata,
        changed_since: asked.changed_since.as_deref(),
        ..Filters::default()
    };
    let dataset = &*part.dataset;
    let takes = |record| dataset.index.record_facts(record).is_some_and(|facts| asked.takes(facts.schema));
    let found = find::records(dataset, &asked.expression, asked.fuzzy, &filters).into_iter();
    let found = found.filter(|(record, _)| takes(*record));
    let found = found.map(|(record, relevance)| Found { dataset, record, relevance, entity: None });
    if asked.filters.is_empty() { found.collect() } else { found.filter_map(|one| one.filtered(asked)).collect() }
}

impl Found<'_> {
    fn read(&mut self) -> Option<&Map<String, Value>> {
        if self.entity.is_none() {
            self.entity = entity::entity(self.dataset, self.record);
        }
        self.entity.as_ref()
    }

    /// Itself, if it has the values that are asked for.
    fn filtered(mut self, asked: &Asked) -> Option<Self> {
        let entity = self.read()?;
        let fits = asked.filters.iter().all(|(field, wanted)| {
            let values = entity::field(entity, field).unwrap_or_default();
            let holds = |wanted: &String| values.contains(wanted);
            if asked.all { wanted.iter().all(holds) } else { wanted.iter().any(holds) }
        });
        fits.then_some(self)
    }

    /// Its value of a field, for sorting.
    fn key(&mut self, field: &str) -> Option<String> {
        entity::field(self.read()?, field)?.into_iter().min()
    }
}

/// Puts what was found in order: as asked, what has no value last; then by relevance, then by id.
fn order(all: &mut Vec<Found<'_>>, asked: &Asked) {
    let keys = |found: &mut Found<'_>| asked.sort.iter().map(|(field, _)| found.key(field)).collect::<Vec<_>>();
    let mut keyed: Vec<_> = all.drain(..).map(|mut found| (keys(&mut found), found)).collect();
    let id = |found: &Found<'_>| found.dataset.index.id(found.record).unwrap_or_default().to_owned();
    keyed.sort_by(|(one_keys, one), (two_keys, two)| {
        let sides = one_keys.iter().zip(two_keys).zip(&asked.sort);
        let asked = sides.map(|((one, two), (_, descending))| page::compared(one.as_ref(), two.as_ref(), *descending));
        let asked = asked.fold(Ordering::Equal, Ordering::then);
        asked.then_with(|| two.relevance.total_cmp(&one.relevance)).then_with(|| id(one).cmp(&id(two)))
    });
    all.extend(keyed.into_iter().map(|(_, found)| found));
}

/// Counts the values of each facet over all that was found, the most frequent first.
fn facets(datasets: &[std::sync::Arc<Dataset>], all: &mut [Found<'_>], asked: &Asked) -> Map<String, Value> {
    let title = |name: &str| datasets.iter().find(|dataset| dataset.name == name).map(|dataset| dataset.title.clone());
    let mut facets = Map::new();
    for (name, label) in FACETS.iter().filter(|(name, _)| asked.facets.contains(name)) {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for found in all.iter_mut() {
            for value in found.facet(name) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        counts.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
        counts.truncate(MOST_VALUES);
        let value = |(value, count): (String, u64)| {
            let label = labels::of_facet(name, &value, title);
            json!({ "name": value, "label": label, "count": count })
        };
        let values: Vec<Value> = counts.into_iter().map(value).collect();
        facets.insert((*name).to_owned(), json!({ "label": label, "values": values }));
    }
    facets
}

/// Values of a facet that are told, as in yente.
const MOST_VALUES: usize = 1000;

impl Found<'_> {
    /// The values of a facet, from what the index knows without reading the record where it can be.
    fn facet(&mut self, name: &str) -> Vec<String> {
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        let facts = self.dataset.index.record_facts(self.record);
        match (name, facts) {
            ("countries", Some(facts)) if facts.schema.matchable => owned(facts.countries),
            ("topics", Some(facts)) => owned(facts.topics),
            ("schema", Some(facts)) => vec![facts.schema.name.to_owned()],
            ("datasets", Some(facts)) => {
                let mut datasets: Vec<String> = facts.datasets.into_iter().map(name_of).collect();
                if !datasets.contains(&self.dataset.name) {
                    datasets.push(self.dataset.name.clone());
                }
                datasets
            }
            _ => self.read().and_then(|entity| entity::field(entity, name)).unwrap_or_default(),
        }
    }
}
