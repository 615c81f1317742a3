//! Networks of a graph: a path, what leads in and out of one node, who owns a body. Each answers one question.

use plumb_trace::ownership::{Outcome, Standing};
use plumb_trace::{Basis, Edge, Graph, Neighbour, Node, Path, words};

use super::network::{Line, MOST, Network, Row, Sort, Tie};

/// Neighbours that are drawn on each side of a node; the rest is counted.
const BESIDE: usize = 16;

/// Where the name of a node leads.
pub type Href<'a> = &'a dyn Fn(Node) -> Option<String>;

fn row(graph: &Graph, node: Node, detail: String, href: Href<'_>) -> Row {
    let sort = if graph.is_designated(node) { Sort::Listed } else { Sort::Plain };
    Row { sort, name: graph.name(node).to_owned(), href: href(node), detail }
}

fn heading(words: &str) -> Row {
    Row { sort: Sort::Heading, name: words.to_owned(), href: None, detail: String::new() }
}

fn line(edge: &Edge) -> Line {
    match edge.basis {
        Basis::OfficialList | Basis::Official => Line::Official,
        Basis::Reported => Line::Reported,
        Basis::Alleged | Basis::Unstated => Line::Alleged,
    }
}

fn says(graph: &Graph, edge: &Edge) -> String {
    format!("{} ({})", words::edge(graph, edge), words::support(edge))
}

/// A path from top to bottom; what a step says stands under the node that it leads to.
pub fn of_path(graph: &Graph, path: &Path, href: Href<'_>) -> Network {
    let mut network = Network::default();
    let nodes = path.nodes();
    for (at, node) in nodes.iter().enumerate() {
        let step = at.checked_sub(1).and_then(|before| path.steps.get(before));
        let edge = step.and_then(|step| graph.edge(step.edge));
        network.rows.push(row(graph, *node, edge.map(|edge| says(graph, edge)).unwrap_or_default(), href));
        if let (Some(edge), Some(step)) = (edge, step) {
            let (from, to) = if step.against { (at, at - 1) } else { (at - 1, at) };
            network.ties.push(Tie { from, to, line: line(edge), says: says(graph, edge) });
        }
    }
    network
}

/// What leads to a node above it, what it leads to below it.
pub fn of_neighbours(graph: &Graph, node: Node, neighbours: &[Neighbour], href: Href<'_>) -> Network {
    let mut network = Network::default();
    let (before, after): (Vec<&Neighbour>, Vec<&Neighbour>) = neighbours.iter().partition(|one| one.leads_in);
    let mut ends = Vec::new();
    beside(graph, &mut network, &mut ends, "What leads to it", &before, href);
    let focus = network.rows.len();
    network.rows.push(Row { sort: Sort::Focus, ..row(graph, node, String::new(), &|_| None) });
    beside(graph, &mut network, &mut ends, "What it leads to", &after, href);
    for (at, leads_in, edge) in ends {
        let (from, to) = if leads_in { (at, focus) } else { (focus, at) };
        network.ties.push(Tie { from, to, line: line(edge), says: says(graph, edge) });
    }
    network
}

fn beside<'g>(
    graph: &'g Graph,
    network: &mut Network,
    ends: &mut Vec<(usize, bool, &'g Edge)>,
    words: &str,
    neighbours: &[&Neighbour],
    href: Href<'_>,
) {
    if !neighbours.is_empty() {
        network.rows.push(heading(words));
    }
    for neighbour in neighbours.iter().take(BESIDE) {
        let Some(edge) = neighbour.edges.first().and_then(|id| graph.edge(*id)) else { continue };
        let further = match neighbour.edges.len() - 1 {
            0 => String::new(),
            1 => "; 1 more record".to_owned(),
            count => format!("; {count} more records"),
        };
        ends.push((network.rows.len(), neighbour.leads_in, edge));
        network.rows.push(row(graph, neighbour.node, format!("{}{further}", says(graph, edge)), href));
    }
    if let Some(left) = neighbours.len().checked_sub(BESIDE).filter(|left| *left > 0) {
        network.rows.push(Row { sort: Sort::More, ..heading(&format!("and {left} more, in the table")) });
    }
}

/// Who owns and controls a body, owners above what they own, with the share of each.
pub fn of_ownership(graph: &Graph, outcome: &Outcome, href: Href<'_>) -> Network {
    let mut nodes: Vec<Node> = Vec::new();
    let mut add = |node: Node| {
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    };
    for sum in &outcome.sums {
        sum.terms.iter().for_each(|term| add(term.holding.owner));
        sum.controllers.iter().for_each(|(node, ..)| add(*node));
        add(sum.body);
    }
    let mut network = Network::default();
    // those next to the body in question stand last
    let left_out = nodes.len().saturating_sub(MOST);
    let nodes = nodes.get(left_out..).unwrap_or_default();
    if left_out > 0 {
        network.rows.push(heading(&format!("and {left_out} more above these")));
    }
    let first = network.rows.len();
    let place = |node: Node| nodes.iter().position(|own| *own == node).map(|at| at + first);
    for node in nodes {
        network.rows.push(row(graph, *node, held(graph, outcome, *node), href));
    }
    if let Some(last) = network.rows.last_mut() {
        last.sort = Sort::Focus;
    }
    for sum in &outcome.sums {
        let holdings = sum.terms.iter().filter_map(|term| Some((term.holding.owner, *term.holding.edges.first()?)));
        let controls = sum.controllers.iter().map(|(node, edge, _)| (*node, *edge));
        for (owner, edge) in holdings.chain(controls) {
            if let (Some(from), Some(to), Some(edge)) = (place(owner), place(sum.body), graph.edge(edge)) {
                network.ties.push(Tie { from, to, line: line(edge), says: says(graph, edge) });
            }
        }
    }
    network
}

/// What is held of a body, in a line.
fn held(graph: &Graph, outcome: &Outcome, node: Node) -> String {
    let Some(sum) = outcome.sums.iter().find(|sum| sum.body == node) else { return String::new() };
    let standing = |standing| match standing {
        Standing::Named => ", named on a list",
        Standing::Through => ", blocked through its owners",
        Standing::Possible | Standing::Outside => "",
    };
    let holdings = (sum.terms.iter())
        .map(|term| format!("{} {}{}", graph.name(term.holding.owner), term.holding.share, standing(term.standing)));
    let controls = (sum.controllers.iter())
        .map(|(by, _, stands)| format!("controlled by {}{}", graph.name(*by), standing(*stands)));
    holdings.chain(controls).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use plumb_trace::{GraphBuilder, Kind, NewEdge, NodeKind, neighbours};

    use super::*;

    #[test]
    fn a_crowd_is_counted_not_drawn() {
        let mut builder = GraphBuilder::default();
        let centre = builder.node("centre", NodeKind::Body, "Centre");
        for at in 0..100 {
            let node = builder.node(&format!("n{at}"), NodeKind::Body, "");
            builder.link(NewEdge { verb: "pays", ..NewEdge::new(node, centre, Kind::Payment) });
        }
        let graph = builder.finish();
        let network = of_neighbours(&graph, centre, &neighbours(&graph, centre, None), &|_| None);
        assert!(network.rows.len() <= MOST, "{}", network.rows.len());
        assert!(network.rows.iter().any(|row| row.name == "and 84 more, in the table"));
        assert_eq!(network.ties.len(), BESIDE);
    }
}
