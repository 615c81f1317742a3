//! What leads in and out of one node: its neighbours, each with the edges that join them.

use jiff::civil::Date;

use crate::edge::EdgeId;
use crate::graph::{Graph, Node};
use crate::reach::day;
use crate::strength;

/// A node beside another, with what joins them in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The other node.
    pub node: Node,
    /// Whether the edges lead from the other node to this one.
    pub leads_in: bool,
    /// The edges, the best supported first.
    pub edges: Vec<EdgeId>,
}

/// The neighbours of a node: those that lead to it first, each side by the strength of its best edge. Edges that begin
/// after `as_of` are left out.
pub fn neighbours(graph: &Graph, node: Node, as_of: Option<Date>) -> Vec<Neighbour> {
    let mut found = one_side(graph, graph.edges_to(node), true, as_of);
    found.extend(one_side(graph, graph.edges_from(node), false, as_of));
    found
}

fn one_side(graph: &Graph, edges: impl Iterator<Item = EdgeId>, leads_in: bool, as_of: Option<Date>) -> Vec<Neighbour> {
    let mut all: Vec<(Node, u32, EdgeId)> = edges
        .filter_map(|id| {
            let edge = graph.edge(id)?;
            let in_time = as_of.is_none_or(|last| edge.first_day() <= day(last));
            let other = if leads_in { edge.from } else { edge.to };
            in_time.then(|| (other, strength::cost(edge.basis, edge.grade, edge.verify), id))
        })
        .collect();
    all.sort_unstable();
    // a record that says two things in one phrase ("owns and controls") is one link for a reader
    let same = |one: EdgeId, other: EdgeId| {
        let words = |id: EdgeId| graph.edge(id).map(|edge| (edge.record, edge.verb));
        words(one) == words(other) && words(one).is_some_and(|(record, _)| !graph.text(record).is_empty())
    };
    all.dedup_by(|later, earlier| later.0 == earlier.0 && same(later.2, earlier.2));
    let mut groups: Vec<(u32, Neighbour)> = all
        .chunk_by(|one, two| one.0 == two.0)
        .filter_map(|group| {
            let (node, cost, _) = *group.first()?;
            Some((cost, Neighbour { node, leads_in, edges: group.iter().map(|(.., id)| *id).collect() }))
        })
        .collect();
    groups.sort_by_key(|(cost, neighbour)| (*cost, neighbour.node));
    groups.into_iter().map(|(_, neighbour)| neighbour).collect()
}
