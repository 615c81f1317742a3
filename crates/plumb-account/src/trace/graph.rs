//! The case as a graph: who is joined to whom by its links, sites and lists.

use plumb_core::case::{Actor, Case, Grade, Link, Relation, Site};
use plumb_core::date::{Bound, Period};
use plumb_core::lower::end;
use plumb_core::reference::{Kind as Record, Reference};
use plumb_core::statement::Value;
use plumb_trace::{Basis, Graph, GraphBuilder, Kind, NewEdge, Node, NodeKind};

use crate::index::{end_name, name_of};

/// The graph of a case. Its nodes have the ids that links use; an official list is `list:NAME`.
pub fn graph_of(case: &Case) -> Graph {
    let mut builder = GraphBuilder::default();
    for actor in &case.actors {
        let kind = if actor.schema == "Person" { NodeKind::Person } else { NodeKind::Body };
        let node = builder.node(&actor.id, kind, &actor.name);
        for alias in &actor.aliases {
            builder.alias(node, alias);
        }
    }
    for link in &case.links {
        add_link(&mut builder, case, link);
    }
    for site in &case.sites {
        add_site(&mut builder, case, site);
    }
    for actor in &case.actors {
        add_lists(&mut builder, case, actor);
    }
    builder.finish()
}

/// The node of one end of a link.
fn node(builder: &mut GraphBuilder, case: &Case, text: &str) -> Node {
    let name = end_name(case, text);
    match end(text) {
        Value::Reference(reference) => match reference.kind {
            Record::Actor => builder.node(&reference.id, NodeKind::Body, &name),
            Record::Site => builder.node(text, NodeKind::Site, &name),
            Record::Place => builder.node(text, NodeKind::Place, &name),
            _ => builder.node(text, NodeKind::Body, &name),
        },
        _ => builder.node(text, NodeKind::Group, &name),
    }
}

fn grade(case: &Case, source: &str) -> Option<Grade> {
    case.sources.get(source).and_then(|source| source.grade)
}

/// What a relation is in traces: what `case.toml` says, else what its schema says.
fn kind_of(relation: Option<&Relation>) -> Kind {
    let Some(relation) = relation else { return Kind::Association };
    Kind::from_word(&relation.kind).unwrap_or_else(|| Kind::from_schema(&relation.schema))
}

fn add_link(builder: &mut GraphBuilder, case: &Case, link: &Link) {
    let relation = case.settings.relations.get(&link.relation);
    let reversed = relation.is_some_and(|relation| relation.reversed);
    let (from, to) = (node(builder, case, &link.from), node(builder, case, &link.to));
    let (from, to) = if reversed { (to, from) } else { (from, to) };
    let record = link.reference().to_string();
    let edge = NewEdge {
        period: link.period,
        basis: Basis::from_word(&link.basis),
        grade: grade(case, &link.source),
        verify: !link.verify.is_empty(),
        verb: relation.map_or("", |relation| &relation.verb),
        reversed,
        record: &record,
        source: &link.source,
        ..NewEdge::new(from, to, kind_of(relation))
    };
    builder.link(edge);
    // "owns and controls": the schema says that it owns, the kind that it controls, and rules ask for either
    if edge.kind == Kind::Control && relation.is_some_and(|relation| relation.schema == "Ownership") {
        builder.link(NewEdge { kind: Kind::Ownership, ..edge });
    }
}

/// The actors that a site names without a link of their own that says more.
fn add_site(builder: &mut GraphBuilder, case: &Case, site: &Site) {
    let id = site.reference().to_string();
    let here = node(builder, case, &id);
    for actor in &site.actors {
        let said = |link: &&Link| link.from == *actor && link.to == id || link.to == *actor && link.from == id;
        if case.actors.get(actor).is_none() || case.links.iter().any(|link| said(&link)) {
            continue;
        }
        let from = node(builder, case, actor);
        builder.link(NewEdge {
            period: site.period,
            basis: Basis::Reported,
            grade: grade(case, &site.source),
            verb: "is named in connection with",
            record: &id,
            source: &site.source,
            ..NewEdge::new(from, here, Kind::Association)
        });
    }
}

/// The lists that name an actor: `UN:KPe.050` is an entry of the list UN.
fn add_lists(builder: &mut GraphBuilder, case: &Case, actor: &Actor) {
    let Some(node) = builder.find(&actor.id) else { return };
    for entry in &actor.lists {
        let name = entry.split_once([':', '(']).map_or(entry.as_str(), |(name, _)| name).trim();
        let list = builder.node(&format!("list:{name}"), NodeKind::List, &format!("{name} list"));
        builder.designate(node, name);
        // the day is that of the first list; the others may be later, but none ends in the case
        let period = actor.designated.map(|date| Period { start: Bound::Date(date), end: Bound::Open });
        builder.link(NewEdge {
            period,
            basis: Basis::OfficialList,
            grade: grade(case, &actor.source),
            verb: "is named on the",
            record: &actor.reference().to_string(),
            source: &actor.source,
            ..NewEdge::new(node, list, Kind::Designation)
        });
    }
}

/// The record that a node stands for; groups and lists have none.
pub fn record_of(case: &Case, graph: &Graph, node: Node) -> Option<Reference> {
    let id = graph.id(node);
    let reference = match graph.kind(node) {
        NodeKind::Person | NodeKind::Body => Reference::new(Record::Actor, id),
        NodeKind::Site | NodeKind::Place => id.parse().ok()?,
        NodeKind::Group | NodeKind::List => return None,
    };
    let known = name_of(case, &reference) != reference.id || case.row(&reference).is_some();
    known.then_some(reference)
}
