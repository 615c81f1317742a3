//! Traces: the questions of the case with their paths and gaps, and on the page of each actor what surrounds it.

use maud::{Markup, html};
use plumb_account::trace::{Traced, record_of};
use plumb_trace::{EdgeId, Graph, Node, Path, words};

use crate::chart::relations;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::table::{head, scroll};
use crate::words::{count_words, grade_mark, period_words, verify_mark};

mod around;

pub(super) use around::{around, ownership};

/// Adds the page of traces.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("traces.html", page);
}

fn page(context: Context<'_>) -> Page {
    let traces = &context.account.traces;
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Traces"))
        h1 { "Traces" }
        p.lead {
            "Who is bound to whom, and how far the sources follow the money. A gap is an answer too: it says that nobody has shown \
             the way, not that there is none."
        }
        @if traces.questions.is_empty() { p { "The case asks no question here." } }
        @for (number, traced) in (1..).zip(&traces.questions) { (question(context, number, traced)) }
        @if !traces.sites.is_empty() { (sites(context)) }
        (how(context))
    };
    Page { title: "Traces".to_owned(), body }
}

/// Where the name of a node leads from this page.
fn href(context: Context<'_>, node: Node) -> Option<String> {
    let reference = record_of(context.case(), &context.account.traces.graph, node)?;
    Some(context.to(&link::record(&reference)))
}

fn question(context: Context<'_>, number: usize, traced: &Traced) -> Markup {
    let graph = &context.account.traces.graph;
    html! {
        section.finding id={ "trace-" (number) } {
            h2 { (traced.question) }
            (gap(context, number, traced))
            @if !traced.answer.paths.is_empty() {
                p {
                    (count_words(traced.answer.paths.len(), "path", "paths"))
                    " in the order of time, the best supported first."
                    @if traced.answer.gave_up { " The search gave up on this large graph: there may be further ones." }
                }
            }
            @for (place, path) in (1..).zip(&traced.answer.paths) {
                (drawn(context, &format!("trace-{number}-{place}"), &title(graph, path), path))
            }
        }
    }
}

fn title(graph: &Graph, path: &Path) -> String {
    let nodes = path.nodes();
    let name = |node: Option<&Node>| node.map_or("", |node| graph.name(*node));
    format!("From {} to {}", name(nodes.first()), name(nodes.last()))
}

/// A gap in sentences, with what is known across it.
fn gap(context: Context<'_>, number: usize, traced: &Traced) -> Markup {
    let graph = &context.account.traces.graph;
    let Some(gap) = &traced.answer.gap else { return html! {} };
    let sentences = words::gap(graph, &traced.asked(context.account.as_of), gap);
    html! {
        @if let Some((first, rest)) = sentences.split_first() {
            p { strong { (first) } }
            p { (rest.join(" ")) }
        }
        @if let Some(bridge) = &gap.bridge {
            (drawn(context, &format!("trace-{number}-bridge"), "Across the gap: links, but no payment", bridge))
        }
    }
}

/// A path as a drawing with its table and its weakest link.
fn drawn(context: Context<'_>, id: &str, title: &str, path: &Path) -> Markup {
    let graph = &context.account.traces.graph;
    let network = relations::of_path(graph, path, &|node| href(context, node));
    let undated = path.undated(graph).count();
    html! {
        (network.markup(id, title, &steps(context, title, path)))
        @if path.steps.len() > 1 {
            @if let Some(edge) = path.weakest(graph).and_then(|step| graph.edge(step.edge)) {
                p.note { "Weakest link: " (words::edge(graph, edge)) " (" (words::support(edge)) ")." }
            }
        }
        @if undated > 0 && path.steps.len() > 1 {
            p.note {
                (count_words(undated, "step has", "steps have")) " no known date: whether the order of time is kept there is not known."
            }
        }
    }
}

fn steps(context: Context<'_>, caption: &str, path: &Path) -> Markup {
    let edges: Vec<EdgeId> = path.steps.iter().map(|step| step.edge).collect();
    edge_table(context, caption, &edges)
}

/// Edges as a table: what each says, when, on what basis, and where it was read.
fn edge_table(context: Context<'_>, caption: &str, edges: &[EdgeId]) -> Markup {
    let graph = &context.account.traces.graph;
    let rows = html! {
        table {
            caption { (caption) }
            (head(&[("What is said", ""), ("When", ""), ("Basis", ""), ("Grade", ""), ("Source", "")]))
            tbody {
                @for edge in edges.iter().filter_map(|id| graph.edge(*id)) {
                    tr {
                        th scope="row" { (said(context, graph.text(edge.record), &words::edge(graph, edge))) }
                        td { @if let Some(period) = &edge.period { (period_words(period)) } @else { "undated" } }
                        td { (edge.basis.as_str()) @if edge.verify { " " (verify_mark("this link")) } }
                        td { (grade_mark(edge.grade)) }
                        td { (context.source_brief(graph.text(edge.source))) }
                    }
                }
            }
        }
    };
    scroll(caption, &rows)
}

/// What an edge says, as a link to the record that states it.
fn said(context: Context<'_>, record: &str, words: &str) -> Markup {
    let reference = record.parse().ok();
    html! {
        @match &reference {
            Some(reference) => a href=(context.to(&link::record(reference))) { bdi { (words) } },
            None => bdi { (words) },
        }
    }
}

/// The best path from each place of work to an official list.
fn sites(context: Context<'_>) -> Markup {
    let graph = &context.account.traces.graph;
    let caption = "From places of work to bodies that an official list names";
    let rows = html! {
        table {
            caption { (caption) }
            (head(&[("Place of work", ""), ("The best supported path", ""), ("Weakest link", "")]))
            tbody {
                @for traced in &context.account.traces.sites {
                    @let path = traced.answer.paths.first();
                    tr {
                        th scope="row" { (ends(context, &traced.from)) }
                        td.text {
                            @match path {
                                Some(path) => (ends(context, path.nodes().get(1..).unwrap_or_default())),
                                None => "No source seen binds it to a listed body.",
                            }
                        }
                        td {
                            @if let Some(edge) = path.and_then(|path| path.weakest(graph)).and_then(|step| graph.edge(step.edge)) {
                                (words::edge(graph, edge)) " (" (words::support(edge)) ")"
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        section.finding id="sites" {
            h2 { "From places of work to official lists" }
            (scroll(caption, &rows))
        }
    }
}

/// Nodes in a row, each as a link.
fn ends(context: Context<'_>, nodes: &[Node]) -> Markup {
    let graph = &context.account.traces.graph;
    html! {
        @for (at, node) in nodes.iter().enumerate() {
            @if at > 0 { " → " }
            @match href(context, *node) {
                Some(href) => a href=(href) { bdi { (graph.name(*node)) } },
                None => (graph.name(*node)),
            }
        }
    }
}

/// The gaps of the case in a sentence each, for the front page.
pub(super) fn gaps(context: Context<'_>) -> Markup {
    let traces = &context.account.traces;
    let gaps: Vec<(usize, &Traced)> =
        (1..).zip(&traces.questions).filter(|(_, traced)| traced.answer.gap.is_some()).collect();
    html! {
        @if !gaps.is_empty() {
            h3 { "Where traces break off" }
            ul {
                @for (number, traced) in gaps {
                    li {
                        a href={ (context.to("traces.html")) "#trace-" (number) } {
                            (traced.words(&traces.graph, context.account.as_of))
                        }
                    }
                }
            }
        }
    }
}

fn how(context: Context<'_>) -> Markup {
    html! {
        section id="how" {
            h2 { "How paths are found" }
            p {
                "Each link has a weight: that of its basis (official list before official, reported, not stated and alleged) times \
                 that of the grade of its source, less while it is still to be verified. The weights of a path are multiplied, and \
                 the strongest path comes first; they put paths in order and are no probabilities. A link that had ended cannot carry \
                 what comes later. Two bodies in one country or on one list are not bound by that. Payments are followed in the \
                 direction of the money only; ownership, control and membership are not payments."
            }
            p { a href=(context.to("links.html")) { "All links, with their support" } }
        }
    }
}
