//! `/match`: entities held against datasets.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plumb_screen::index::{self, Filters, Match, Searched, Wanted};
use plumb_screen::score::THRESHOLD;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::dataset::{Dataset, Part, scope, silent_about_changes};
use super::desk::{Screening, Work};
use super::example::{self, Batch, Example};
use super::fault::Fault;
use super::parameters::{Parameters, Warnings, shortened};
use super::result::Found;
use super::scorer::check_algorithm;

/// Results of a query unless the caller says otherwise, and at most.
pub(crate) const RESULTS: usize = 5;
pub(crate) const MOST_RESULTS: usize = 500;
/// Candidates that are compared for each result that is asked for, and at least and at most for a query. They are yente's numbers but for the
/// fewest, 20 there: its index finds candidates by their words, and comparing thirty more costs a fraction of a millisecond here.
const CANDIDATES_PER_RESULT: usize = 10;
const FEWEST_CANDIDATES: usize = 50;
const MOST_CANDIDATES: usize = 500;
/// Ids that can be excluded, as in yente.
const MOST_EXCLUDED: usize = 50;

/// What a match is asked to do, besides its queries.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) limit: usize,
    pub(crate) threshold: f64,
    pub(crate) cutoff: f64,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) exclude_schema: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) changed_since: Option<String>,
    pub(crate) exclude_ids: Vec<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            limit: RESULTS,
            threshold: THRESHOLD,
            cutoff: THRESHOLD,
            include: Vec::new(),
            exclude: Vec::new(),
            exclude_schema: Vec::new(),
            topics: Vec::new(),
            changed_since: None,
            exclude_ids: Vec::new(),
        }
    }
}

impl Asked {
    fn read(mut parameters: Parameters) -> Result<(Self, Warnings), Fault> {
        let threshold = parameters.decimal("threshold", THRESHOLD);
        let exclude_ids = parameters.texts("exclude_entity_ids");
        if exclude_ids.len() > MOST_EXCLUDED {
            let message = format!("List should have at most {MOST_EXCLUDED} items after validation");
            parameters.fault("too_long", "exclude_entity_ids", &message, "");
        }
        let asked = Self {
            limit: parameters.number("limit", RESULTS, MOST_RESULTS),
            threshold,
            cutoff: parameters.decimal("cutoff", THRESHOLD).min(threshold),
            include: parameters.texts("include_dataset"),
            exclude: parameters.texts("exclude_dataset"),
            exclude_schema: parameters.texts("exclude_schema"),
            topics: parameters.texts("topics"),
            changed_since: parameters.moment("changed_since"),
            exclude_ids,
        };
        let algorithm = parameters.text("algorithm");
        let mut warnings = parameters.finish()?;
        check_algorithm(algorithm.as_deref(), &mut warnings)?;
        Ok((asked, warnings))
    }
}

/// Answers `/match/{dataset}`.
pub(crate) async fn answer(
    State(screening): State<Screening>,
    Path(dataset): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Result<Response, Fault> {
    let (asked, mut warnings) = Asked::read(Parameters::of_request(&parts))?;
    let work = move |work: &Work| respond(work, &dataset, &asked, &body);
    let (answer, size, problems) = screening.work(work).await?;
    for problem in problems {
        warnings.add(problem);
    }
    let size = [("x-batch-size", size.to_string())];
    let json = [(header::CONTENT_TYPE, "application/json")];
    Ok(warnings.onto((size, json, answer).into_response()))
}

/// The answer to a batch.
#[derive(Serialize)]
struct Answer<'a> {
    limit: usize,
    responses: BTreeMap<&'a str, Answered<'a>>,
}

/// The answer to one query.
#[derive(Serialize)]
struct Answered<'a> {
    query: Echo<'a>,
    results: Vec<Found<'a>>,
    status: u16,
    total: Value,
}

/// The query as it was understood.
#[derive(Serialize)]
struct Echo<'a> {
    id: Option<&'a str>,
    properties: &'a Map<String, Value>,
    schema: &'static str,
}

/// The body of the answer, how many queries it answers, and what could not be used of them. It is written here, away from the threads that read
/// and write.
fn respond(work: &Work, dataset: &str, asked: &Asked, body: &[u8]) -> Result<(Vec<u8>, usize, Vec<String>), Fault> {
    let parts = scope(&work.datasets, dataset, &asked.include, &asked.exclude)?;
    let Batch { examples, mut problems } = work.with_reader(|reader| example::batch(body, reader))?;
    problems.extend(silent_about_changes(&parts, asked.changed_since.as_deref()));
    let mut rankings = Vec::with_capacity(examples.len());
    for (key, example) in &examples {
        work.go_on()?;
        rankings.push(rank(work, &parts, asked, example));
        problems.extend(example.problems.iter().map(|problem| format!("{}: {problem}", shortened(key))));
    }
    let responses = examples.iter().zip(&rankings).map(|((key, example), (found, total))| {
        let query = Echo { id: example.id.as_deref(), properties: &example.properties, schema: example.schema.name };
        let total = json!({ "value": total, "relation": "eq" });
        (key.as_str(), Answered { query, results: results(found, asked), status: 200, total })
    });
    let answer = Answer { limit: asked.limit, responses: responses.collect() };
    let size = answer.responses.len();
    // texts and numbers can always be written
    Ok((serde_json::to_vec(&answer).unwrap_or_default(), size, problems))
}

/// A record of a dataset that a query found.
pub(crate) type Ranked<'p> = (&'p Dataset, Match);

/// What was found, as the API shows it.
pub(crate) fn results<'f>(found: &'f [Ranked<'f>], asked: &Asked) -> Vec<Found<'f>> {
    found.iter().filter_map(|(dataset, found)| Found::new(dataset, found, asked.threshold)).collect()
}

/// What one query finds, the best first, and how many potential matches there are.
pub(crate) fn rank<'p>(work: &Work, parts: &'p [Part], asked: &Asked, example: &Example) -> (Vec<Ranked<'p>>, usize) {
    let candidates = asked.limit.saturating_mul(CANDIDATES_PER_RESULT);
    let candidates = candidates.clamp(FEWEST_CANDIDATES, MOST_CANDIDATES.max(asked.limit));
    let wanted = Wanted { candidates, least: asked.cutoff, threshold: asked.threshold, limit: asked.limit };
    let [schemata, topics, ids] = [&asked.exclude_schema, &asked.topics, &asked.exclude_ids].map(|texts| slices(texts));
    let sources: Vec<Vec<&str>> =
        parts.iter().map(|part| part.sources.as_deref().map(slices).unwrap_or_default()).collect();
    let filters = |sources| Filters {
        datasets: sources,
        without_schemata: &schemata,
        topics: &topics,
        changed_since: asked.changed_since.as_deref(),
        without_ids: &ids,
        ..Filters::default()
    };
    let searched: Vec<Searched<'_>> = parts
        .iter()
        .zip(&sources)
        .map(|(part, sources)| Searched { index: &part.dataset.index, filters: filters(sources.as_slice()) })
        .collect();
    let search = |workspace: &mut _| index::rank(&searched, work.scorer(), &example.profile, &wanted, workspace);
    let ranking = work.with_workspace(search);
    let found = ranking.matches.into_iter();
    let found = found.filter_map(|found| Some((&*parts.get(found.source)?.dataset, found)));
    (found.collect(), ranking.total)
}

/// Texts as filters want them.
pub(crate) fn slices(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
