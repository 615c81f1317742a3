//! The ways along the edges, in both directions, as flat arrays (compressed sparse rows).
//!
//! A search does not need every parallel edge: one is enough if it costs no more and holds for at least as long. Of each
//! pair of nodes and kind only those stay that no other one covers, and at most [`PARALLEL`] of them, so that a million
//! records of one relation cost a search no more than a few.

use crate::edge::{Edge, EdgeId, Kind};
use crate::graph::Node;
use crate::strength;

/// Ways that are kept between two nodes per kind: the cheapest. Real records seldom have more periods than that.
const PARALLEL: usize = 16;

/// One way along an edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    /// Where it leads.
    pub(crate) to: Node,
    /// The edge.
    pub(crate) edge: EdgeId,
    /// Cost in millionths of a neper.
    pub(crate) cost: u32,
    /// First and last day on which it can be gone.
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// Kind of the edge.
    pub(crate) kind: Kind,
}

/// Rows of values by node.
#[derive(Clone, Debug)]
struct Rows<T> {
    starts: Vec<usize>,
    values: Vec<T>,
}

impl<T> Rows<T> {
    fn row(&self, node: Node) -> &[T] {
        let bounds = (self.starts.get(node.index()), self.starts.get(node.index() + 1));
        let (Some(from), Some(to)) = bounds else { return &[] };
        self.values.get(*from..*to).unwrap_or(&[])
    }
}

/// Edge ids by one of their ends: a counting sort, which keeps the order in which they came.
fn by_end(nodes: usize, edges: &[Edge], end: impl Fn(&Edge) -> Node) -> Rows<EdgeId> {
    let mut starts = vec![0_usize; nodes + 1];
    for edge in edges {
        if let Some(count) = starts.get_mut(end(edge).index() + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut values = vec![EdgeId(0); edges.len()];
    for (number, edge) in (0..u32::MAX).zip(edges) {
        if let Some(place) = next.get_mut(end(edge).index()) {
            if let Some(value) = values.get_mut(*place) {
                *value = EdgeId(number);
            }
            *place += 1;
        }
    }
    Rows { starts, values }
}

/// The ways of a graph.
#[derive(Clone, Debug)]
pub(crate) struct Arcs {
    from: Rows<EdgeId>,
    to: Rows<EdgeId>,
    forward: Rows<Arc>,
    backward: Rows<Arc>,
}

impl Arcs {
    /// The ways along these edges between so many nodes.
    pub(crate) fn of(nodes: usize, edges: &[Edge]) -> Self {
        let (from, to) = (by_end(nodes, edges, |edge| edge.from), by_end(nodes, edges, |edge| edge.to));
        let forward = reduced(nodes, edges, &from, |edge| edge.to);
        let backward = reduced(nodes, edges, &to, |edge| edge.from);
        Self { from, to, forward, backward }
    }

    /// All edges that begin at a node.
    pub(crate) fn all_from(&self, node: Node) -> &[EdgeId] {
        self.from.row(node)
    }

    /// All edges that lead to a node.
    pub(crate) fn all_to(&self, node: Node) -> &[EdgeId] {
        self.to.row(node)
    }

    /// The ways out of a node along its edges, by the node they lead to and then by cost.
    pub(crate) fn forward(&self, node: Node) -> &[Arc] {
        self.forward.row(node)
    }

    /// The ways out of a node against the direction of the edges that lead to it.
    pub(crate) fn backward(&self, node: Node) -> &[Arc] {
        self.backward.row(node)
    }
}

fn reduced(nodes: usize, edges: &[Edge], rows: &Rows<EdgeId>, other: impl Fn(&Edge) -> Node) -> Rows<Arc> {
    let mut starts = Vec::with_capacity(nodes + 1);
    let mut values: Vec<Arc> = Vec::with_capacity(edges.len());
    let mut row: Vec<Arc> = Vec::new();
    starts.push(0);
    for node in 0..u32::try_from(nodes).unwrap_or(u32::MAX) {
        row.clear();
        row.extend(rows.row(Node(node)).iter().filter_map(|id| arc(edges, *id, &other)));
        row.sort_unstable_by_key(|arc| (arc.to, arc.kind, arc.cost, arc.first, arc.edge));
        for group in row.chunk_by(|one, two| (one.to, one.kind) == (two.to, two.kind)) {
            keep_uncovered(group, &mut values);
        }
        if let Some(own) = starts.last().and_then(|start| values.get_mut(*start..)) {
            own.sort_unstable_by_key(|arc| (arc.to, arc.cost, arc.edge));
        }
        starts.push(values.len());
    }
    Rows { starts, values }
}

fn arc(edges: &[Edge], id: EdgeId, other: impl Fn(&Edge) -> Node) -> Option<Arc> {
    let edge = edges.get(id.index())?;
    let cost = strength::cost(edge.basis, edge.grade, edge.verify);
    Some(Arc { to: other(edge), edge: id, cost, first: edge.first_day(), last: edge.last_day(), kind: edge.kind })
}

/// Adds those of a group, sorted by cost, that no cheaper one covers in time.
fn keep_uncovered(group: &[Arc], values: &mut Vec<Arc>) {
    let begin = values.len();
    for arc in group {
        let own = values.get(begin..).unwrap_or(&[]);
        if own.len() == PARALLEL {
            break;
        }
        if !own.iter().any(|cheaper| cheaper.first <= arc.first && cheaper.last >= arc.last) {
            values.push(*arc);
        }
    }
}
