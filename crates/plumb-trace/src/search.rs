//! The best paths: A* over partial paths, the cheapest first (Hart, Nilsson and Raphael 1968), each node entered a limited
//! number of times, which yields paths in order of cost (as in Eppstein 1998, section 1.1, of the simple approach).
//!
//! A search from the end, without regard to time, gives each node the least that is still to pay; time can only make it
//! dearer, so the estimate never misleads. It stops after [`LOOK_BACK`] nodes; farther ones count the cost at which it
//! stopped. A label is dropped only if as many others have entered its node at no later time as could still be of use, so
//! whether a path exists is always decided rightly.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use crate::edge::EdgeId;
use crate::graph::{Graph, Node};
use crate::path::{Path, Step};
use crate::reach::{Ways, reach};

/// Nodes that the search from the end settles. More would make far answers cheaper and near ones dearer: on a graph of a
/// million edges this many cost a few milliseconds, and most answers lie within.
const LOOK_BACK: usize = 4_000;

/// Partial paths that are looked at before the search gives up and says so. It bounds memory (about 50 bytes each with
/// their surroundings) and time (about a second); questions on real cases need a few hundred.
const MOST_LABELS: usize = 2_000_000;

/// Partial paths after which a search asks whether the end can be reached at all. Questions that have an answer seldom need as many;
/// to ask costs about as much as they do.
const DOUBT: usize = 50_000;

/// How often a node may be entered per path that is asked for: paths that turn back on themselves are thrown away, and
/// their place must be taken by others.
const SPARE: usize = 4;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The paths, the strongest first, no two through the same nodes.
    pub(crate) paths: Vec<Path>,
    /// Whether the search gave up before it had seen all that could matter.
    pub(crate) gave_up: bool,
}

struct Label {
    node: Node,
    parent: Option<usize>,
    edge: Option<(EdgeId, bool)>,
    cost: u64,
    time: i32,
}

struct Search<'a> {
    graph: &'a Graph,
    ways: Ways,
    from: &'a [Node],
    to: BTreeSet<Node>,
    ahead: Estimate,
    labels: Vec<Label>,
    open: BinaryHeap<Reverse<(u64, usize)>>,
}

/// The best paths from one of some nodes to one of others, at most `best`.
pub(crate) fn search(graph: &Graph, from: &[Node], to: &[Node], ways: Ways, best: usize) -> Found {
    let mut search = Search {
        graph,
        ways,
        from,
        to: to.iter().copied().collect(),
        ahead: Estimate::of(graph, from, to, ways),
        labels: Vec::new(),
        open: BinaryHeap::new(),
    };
    search.run(best)
}

impl Search<'_> {
    fn run(&mut self, best: usize) -> Found {
        let mut found = Found::default();
        let mut seen: BTreeSet<Vec<Node>> = BTreeSet::new();
        let mut entered: HashMap<Node, Vec<i32>> = HashMap::new();
        for node in self.from.iter().copied().collect::<BTreeSet<_>>() {
            self.push(Label { node, parent: None, edge: None, cost: 0, time: i32::MIN });
        }
        let mut is_sure = false;
        while let Some(Reverse((_, at))) = self.open.pop() {
            if !is_sure && self.labels.len() > DOUBT {
                is_sure = true;
                if !self.can_arrive() {
                    return found;
                }
            }
            let Some(Label { node, time, parent, .. }) = self.labels.get(at) else { break };
            let (node, time, is_start) = (*node, *time, parent.is_none());
            let times = entered.entry(node).or_default();
            if times.iter().filter(|earlier| **earlier <= time).count() >= SPARE * best {
                continue;
            }
            times.push(time);
            if self.to.contains(&node) && !is_start {
                let path = self.path(at);
                if seen.insert(path.nodes()) {
                    found.paths.push(path);
                }
                if found.paths.len() >= best {
                    return found;
                }
                continue;
            }
            if self.labels.len() > MOST_LABELS {
                found.gave_up = true;
                return found;
            }
            if is_start || self.graph.kind(node).can_be_passed() {
                self.expand(at);
            }
        }
        found
    }

    /// Whether an end can be reached in the order of time, by whatever path.
    fn can_arrive(&self) -> bool {
        let steps = reach(self.graph, self.from, self.ways);
        self.to.iter().any(|node| steps.get(node.index()).is_some_and(Option::is_some))
    }

    fn push(&mut self, label: Label) {
        if let Some(ahead) = self.ahead.from(label.node) {
            self.open.push(Reverse((label.cost + ahead, self.labels.len())));
            self.labels.push(label);
        }
    }

    /// Pushes what can be reached from a label in one step. Of parallel edges a dearer one is of use only if it is earlier.
    fn expand(&mut self, at: usize) {
        let Some(Label { node, cost, time, .. }) = self.labels.get(at) else { return };
        let (node, cost, time) = (*node, *cost, *time);
        let graph = self.graph;
        let mut last: Option<(Node, bool, i32)> = None;
        for (arc, against) in self.ways.out(graph, node) {
            let Some(arrival) = self.ways.arrival(arc, time) else { continue };
            let of_no_use = |(to, way, earliest)| to == arc.to && way == against && earliest <= arrival;
            let passable = graph.kind(arc.to).can_be_passed() || self.to.contains(&arc.to);
            if last.is_some_and(of_no_use) || !passable || self.passes(at, arc.to) {
                continue;
            }
            last = Some((arc.to, against, arrival));
            let edge = Some((arc.edge, against));
            self.push(Label { node: arc.to, parent: Some(at), edge, cost: cost + u64::from(arc.cost), time: arrival });
        }
    }

    /// Whether a partial path goes through a node.
    fn passes(&self, at: usize, node: Node) -> bool {
        let mut next = Some(at);
        while let Some(label) = next.and_then(|place| self.labels.get(place)) {
            if label.node == node {
                return true;
            }
            next = label.parent;
        }
        false
    }

    fn path(&self, at: usize) -> Path {
        let cost = self.labels.get(at).map_or(0, |label| label.cost);
        let mut steps = Vec::new();
        let mut next = self.labels.get(at);
        while let Some(label) = next {
            let parent = label.parent.and_then(|place| self.labels.get(place));
            if let (Some((edge, against)), Some(parent)) = (label.edge, parent) {
                steps.push(Step { from: parent.node, to: label.node, edge, against });
            }
            next = parent;
        }
        steps.reverse();
        Path { steps, cost }
    }
}

/// The least that is still to pay from a node to the end.
struct Estimate {
    settled: HashMap<Node, u64>,
    /// What every other node costs at least; `None`: no other node leads to the end.
    beyond: Option<u64>,
}

impl Estimate {
    fn of(graph: &Graph, from: &[Node], to: &[Node], ways: Ways) -> Self {
        let back = Ways { reversed: true, keep_time: false, ..ways };
        let mut settled: HashMap<Node, u64> = HashMap::new();
        let mut open: BinaryHeap<Reverse<(u64, Node)>> = to.iter().map(|node| Reverse((0, *node))).collect();
        while let Some(Reverse((cost, node))) = open.pop() {
            if settled.contains_key(&node) {
                continue;
            }
            if settled.len() >= LOOK_BACK {
                return Self { settled, beyond: Some(cost) };
            }
            settled.insert(node, cost);
            // the ends may be many thousands: they are asked last
            if graph.kind(node).can_be_passed() || to.contains(&node) || from.contains(&node) {
                for (arc, _) in back.out(graph, node) {
                    if !settled.contains_key(&arc.to) {
                        open.push(Reverse((cost + u64::from(arc.cost), arc.to)));
                    }
                }
            }
        }
        Self { settled, beyond: None }
    }

    fn from(&self, node: Node) -> Option<u64> {
        self.settled.get(&node).copied().or(self.beyond)
    }
}
