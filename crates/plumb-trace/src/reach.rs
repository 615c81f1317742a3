//! How far one can get: every node that a trace can lead to in the order of time, and the ways out of a node.

use jiff::civil::Date;

use crate::arcs::Arc;
use crate::edge::Follow;
use crate::graph::{Graph, Node};

/// A day as a number in the order of days: not a count of days, only their order.
pub(crate) fn day(date: Date) -> i32 {
    i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day())
}

/// Along which ways a search goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ways {
    /// Which edges.
    pub(crate) follow: Follow,
    /// Edges that begin after this day are left out.
    pub(crate) until: i32,
    /// Whether what has ended can carry nothing that comes later.
    pub(crate) keep_time: bool,
    /// From the end to the beginning.
    pub(crate) reversed: bool,
}

impl Ways {
    /// The ways as of a day, in the order of time.
    pub(crate) fn new(follow: Follow, as_of: Option<Date>) -> Self {
        Self { follow, until: as_of.map_or(i32::MAX, day), keep_time: true, reversed: false }
    }

    /// The ways out of a node, each with whether it goes against the direction of its edge.
    pub(crate) fn out(self, graph: &Graph, node: Node) -> impl Iterator<Item = (&Arc, bool)> {
        let (along, against) = (graph.arcs.forward(node), graph.arcs.backward(node));
        let along = if self.follow.is_directed() && self.reversed { &[] } else { along };
        let against = if self.follow.is_directed() && !self.reversed { &[] } else { against };
        let both = along.iter().map(|arc| (arc, false)).chain(against.iter().map(|arc| (arc, true)));
        both.filter(move |(arc, _)| self.follow.admits(arc.kind) && arc.first <= self.until)
    }

    /// The time at which one arrives along a way that is taken at `time`; `None` when it has ended by then.
    pub(crate) fn arrival(self, arc: &Arc, time: i32) -> Option<i32> {
        // seen from the end, time runs backwards: first and last change places and signs
        let (first, last) =
            if self.reversed { (arc.last.saturating_neg(), arc.first.saturating_neg()) } else { (arc.first, arc.last) };
        let arrival = time.max(first);
        (!self.keep_time || arrival <= last).then_some(arrival)
    }
}

/// How many steps each node is away, by its place in the graph, as of the ways given and in the order of time; `None`: it cannot
/// be reached. The beginnings themselves are reached in no step. Earlier arrival is enough to go wherever a later one can go, so
/// one time a node is kept.
pub(crate) fn reach(graph: &Graph, from: &[Node], ways: Ways) -> Vec<Option<u32>> {
    let mut times = vec![i32::MAX; graph.node_count()];
    let mut steps = vec![None; graph.node_count()];
    let mut round: Vec<Node> = from.to_vec();
    for node in from {
        if let (Some(time), Some(step)) = (times.get_mut(node.index()), steps.get_mut(node.index())) {
            (*time, *step) = (i32::MIN, Some(0));
        }
    }
    let mut count = 0;
    while !round.is_empty() {
        count += 1;
        let mut next = Vec::new();
        for node in round {
            let is_start = count == 1;
            if !is_start && !graph.kind(node).can_be_passed() {
                continue;
            }
            let time = times.get(node.index()).copied().unwrap_or(i32::MIN);
            for (arc, _) in ways.out(graph, node) {
                let Some(arrival) = ways.arrival(arc, time) else { continue };
                let (Some(known), Some(step)) = (times.get_mut(arc.to.index()), steps.get_mut(arc.to.index())) else {
                    continue;
                };
                if arrival < *known || step.is_none() {
                    *known = arrival;
                    step.get_or_insert(count);
                    next.push(arc.to);
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        round = next;
    }
    steps
}
