//! A case beside the lists: its actors as entries, and where an actor leads.

use plumb_account::Account;
use plumb_account::index::name_of;
use plumb_core::case::Actor;
use plumb_core::reference::{Kind, Reference};
use plumb_lists::{LoadedList, Manifest};
use plumb_page::screening::{Lead, Leads};
use plumb_screen::index::{Builder, IndexError};
use plumb_screen::{Query, Record};
use plumb_trace::{EdgeId, Follow, Graph, Node, words};

/// The short name of a case among lists.
pub(crate) fn list_name(case: &Account) -> &str {
    let id = &case.case.settings.id;
    if id.is_empty() { "case" } else { id }
}

/// The actors of a case as a list, with the hash of the account as its version.
pub(crate) fn as_list(case: &Account) -> Result<LoadedList, IndexError> {
    let mut builder = Builder::default();
    let mut entries = 0;
    for query in case.case.actors.iter().filter_map(query) {
        builder.add(&Record::new(query.entity().clone(), list_name(case)))?;
        entries += 1;
    }
    let settings = &case.case.settings;
    let manifest = Manifest {
        name: list_name(case).to_owned(),
        title: Some(settings.title.clone()),
        publisher: None,
        address: None,
        format: "case".to_owned(),
        licence: None,
        columns: Vec::new(),
        files: Vec::new(),
        hash: case.hash.clone(),
        date: Some(case.as_of.to_string()),
        added: case.as_of.to_string(),
        entries,
        records: entries,
        refused: 0,
        values_lost: 0,
    };
    Ok(LoadedList { manifest, index: builder.in_memory()?, unkept: None })
}

/// An actor as an entity to be compared. `None` when its schema is not known, which `plumb check` reports.
pub(crate) fn query(actor: &Actor) -> Option<Query> {
    let mut query = Query::new(&actor.id, &actor.schema)?;
    query.add("name", &actor.name);
    for alias in &actor.aliases {
        // acronyms of up to five letters are shared by many
        let weak = alias.len() <= 5 && alias.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        query.add(if weak { "weakAlias" } else { "alias" }, alias);
    }
    query.add("country", &actor.country);
    Some(query)
}

/// Where an actor leads: to the nearest official list, and to all that the case says of it.
pub(crate) fn leads(case: &Account, actor: &str) -> Option<Leads> {
    let graph = &case.traces.graph;
    let node = graph.find(actor)?;
    Some(Leads { actor: actor.to_owned(), path: path(case, graph, node), says: says(case, graph, node, actor) })
}

fn path(case: &Account, graph: &Graph, node: Node) -> Vec<Lead> {
    let lists: Vec<Node> = graph.nodes().filter(|node| graph.id(*node).starts_with("list:")).collect();
    let from = [node];
    let question =
        plumb_trace::Question { from: &from, to: &lists, follow: Follow::Any, as_of: Some(case.as_of), best: 1 };
    let answer = plumb_trace::trace(graph, &question);
    let steps = answer.paths.first().map(|path| path.steps.as_slice()).unwrap_or_default();
    steps.iter().filter_map(|step| edge(case, graph, step.edge)).collect()
}

fn says(case: &Account, graph: &Graph, node: Node, actor: &str) -> Vec<Lead> {
    let edges = graph.edges_from(node).chain(graph.edges_to(node)).filter_map(|id| edge(case, graph, id));
    let reference = Reference::new(Kind::Actor, actor);
    let at_sites = case.index.mentions_of(&reference, Kind::Site).filter_map(|id| case.case.sites.get(id));
    let of_sites = at_sites.flat_map(|site| site.claims.iter().map(String::as_str));
    let mut claims: Vec<&str> = case.index.mentions_of(&reference, Kind::Claim).chain(of_sites).collect();
    claims.sort_unstable();
    claims.dedup();
    let indicators = case.index.mentions_of(&reference, Kind::Indicator);
    edges
        .chain(claims.into_iter().filter_map(|id| claim(case, id)))
        .chain(indicators.filter_map(|id| indicator(case, id)))
        .collect()
}

fn edge(case: &Account, graph: &Graph, id: EdgeId) -> Option<Lead> {
    let edge = graph.edge(id)?;
    Some(Lead {
        kind: edge.kind.as_str().to_owned(),
        says: words::edge(graph, edge),
        support: words::support(edge),
        record: graph.text(edge.record).to_owned(),
        source: source(case, graph.text(edge.source)),
    })
}

fn claim(case: &Account, id: &str) -> Option<Lead> {
    let claim = case.case.claims.get(id)?;
    let measure = name_of(&case.case, &Reference::new(Kind::Measure, &claim.measure));
    Some(Lead {
        kind: "claim".to_owned(),
        says: format!("{}: {}, {}", claim.said_by, measure, claim.quantity.figure()),
        support: claim.status.as_str().to_owned(),
        record: claim.reference().to_string(),
        source: source(case, &claim.source),
    })
}

fn indicator(case: &Account, id: &str) -> Option<Lead> {
    let indicator = case.case.indicators.get(id)?;
    Some(Lead {
        kind: "indicator".to_owned(),
        says: format!("{}: {}", indicator.indicator, indicator.evidence),
        support: indicator.stance.clone(),
        record: indicator.reference().to_string(),
        source: source(case, &indicator.source),
    })
}

/// A source in words: publisher, title, date.
fn source(case: &Account, id: &str) -> String {
    let Some(source) = case.case.sources.get(id) else { return id.to_owned() };
    let date = source.date.map(|date| date.to_string()).unwrap_or_default();
    let parts = [source.publisher.as_str(), &source.title, &date];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
