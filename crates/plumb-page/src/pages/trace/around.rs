//! What surrounds an actor: the network of its neighbours, and what ownership rules say where somebody owns or controls it.

use std::collections::BTreeSet;

use maud::{Markup, html};
use plumb_core::case::Actor;
use plumb_trace::ownership::{Outcome, Rule, has_owners};
use plumb_trace::{EdgeId, Graph, neighbours, words};

use super::{edge_table, href};
use crate::chart::relations;
use crate::layout::Context;

/// The network of an actor's neighbours; nothing for one that has none.
pub(in crate::pages) fn around(context: Context<'_>, actor: &Actor) -> Markup {
    let graph = &context.account.traces.graph;
    let Some(node) = graph.find(&actor.id) else { return html! {} };
    let beside = neighbours(graph, node, Some(context.account.as_of));
    if beside.is_empty() {
        return html! {};
    }
    let network = relations::of_neighbours(graph, node, &beside, &|node| href(context, node));
    let edges: Vec<EdgeId> = beside.iter().flat_map(|one| one.edges.iter().copied()).collect();
    let title = format!("What leads to and from {}", actor.name);
    network.markup("around", &title, &edge_table(context, &title, &edges))
}

/// What each rule about ownership and control says of an actor, with the sums; nothing where nobody is said to own it.
pub(in crate::pages) fn ownership(context: Context<'_>, actor: &Actor) -> Markup {
    let traces = &context.account.traces;
    let Some(node) = traces.graph.find(&actor.id).filter(|node| has_owners(&traces.graph, *node)) else {
        return html! {};
    };
    let tests = traces.tests(node, context.account.as_of);
    // the rule that looks at most: its network holds those of the others
    let widest = tests.iter().map(|(_, outcome)| outcome).max_by_key(|outcome| outcome.sums.len());
    html! {
        section id="ownership" {
            h2 { "Owned or controlled" }
            p {
                "What rules of sanctions law about ownership and control come to, by what the case has on record. This is "
                "arithmetic, not legal advice."
            }
            dl.facts { @for (rule, outcome) in &tests { (tested(context, node, rule, outcome)) } }
            @if let Some(outcome) = widest.filter(|outcome| outcome.sums.iter().any(|sum| !sum.terms.is_empty() || !sum.controllers.is_empty())) {
                @let title = format!("Who owns and controls {}", actor.name);
                (relations::of_ownership(&traces.graph, outcome, &|node| href(context, node))
                    .markup("owners", &title, &edge_table(context, &title, &edges(&traces.graph, outcome))))
            }
        }
    }
}

/// The edges behind the sums, each record once for each thing that it says.
fn edges(graph: &Graph, outcome: &Outcome) -> Vec<EdgeId> {
    let of_sum = outcome.sums.iter().flat_map(|sum| {
        let holdings = sum.terms.iter().flat_map(|term| term.holding.edges.iter().copied());
        holdings.chain(sum.controllers.iter().map(|(_, edge, _)| *edge))
    });
    let mut seen = BTreeSet::new();
    of_sum.filter(|id| graph.edge(*id).is_some_and(|edge| seen.insert((edge.record, edge.verb)))).collect()
}

fn tested(context: Context<'_>, node: plumb_trace::Node, rule: &Rule, outcome: &Outcome) -> Markup {
    let graph = &context.account.traces.graph;
    let threshold = rule.threshold(context.account.as_of).as_str();
    html! {
        dt { (rule.name) }
        dd {
            p { strong { (outcome.verdict.as_str()) } ". " (words::outcome(graph, node, outcome)) }
            @for sum in &outcome.sums { p { (words::sum(graph, sum, threshold)) "." } }
            @for finding in &outcome.findings { p { (words::finding(graph, finding)) } }
            p.meta { (rule.words(context.account.as_of)) ". " (rule.source) "." }
        }
    }
}
