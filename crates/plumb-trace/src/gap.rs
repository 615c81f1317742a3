//! Gaps: where no path leads from one side to the other, how far each side gets, and what lies between.

use crate::edge::Follow;
use crate::graph::{Graph, Node};
use crate::path::Path;
use crate::reach::{Ways, reach};
use crate::search::search;
use crate::trace::Question;

/// The place where a trace breaks off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The nodes that the trace gets to from the beginning, the farthest first; the beginning itself is not among them.
    pub reached: Vec<Node>,
    /// The nodes from which it would get to the end, the farthest first; the end itself is not among them.
    pub feeding: Vec<Node>,
    /// The nearest ends of both sides: those between which other links are known, else the farthest of each side.
    pub between: Option<(Node, Node)>,
    /// What is known between the two ends that is not what was asked for: links of other kinds.
    pub bridge: Option<Path>,
    /// A path that would lead through if the order of time did not matter.
    pub out_of_time: Option<Path>,
}

/// The gap of a question that has no path.
pub(crate) fn gap(graph: &Graph, question: &Question<'_>) -> Gap {
    let ways = Ways::new(question.follow, question.as_of);
    let reached = side(graph, question.from, ways);
    let feeding = side(graph, question.to, Ways { reversed: true, ..ways });
    let whole = |side: &[Node], ends: &[Node]| -> Vec<Node> { side.iter().chain(ends).copied().collect() };
    let bridge = (question.follow != Follow::Any)
        .then(|| {
            let (from, to) = (whole(&reached, question.from), whole(&feeding, question.to));
            search(graph, &from, &to, Ways::new(Follow::Any, question.as_of), 1).paths.into_iter().next()
        })
        .flatten();
    let timeless = Ways { keep_time: false, ..ways };
    let out_of_time = search(graph, question.from, question.to, timeless, 1).paths.into_iter().next();
    let ends = bridge.as_ref().and_then(|path| Some((path.steps.first()?.from, path.steps.last()?.to)));
    let farthest = |side: &[Node], ends: &[Node]| side.first().or(ends.first()).copied();
    let between = ends.or_else(|| Some((farthest(&reached, question.from)?, farthest(&feeding, question.to)?)));
    Gap { reached, feeding, between, bridge, out_of_time }
}

/// What is reached from some nodes, without them, the farthest first; of equals the first in the graph.
fn side(graph: &Graph, ends: &[Node], ways: Ways) -> Vec<Node> {
    // a country or a list is where many meet, not how far somebody is followed
    let mut side: Vec<(std::cmp::Reverse<u32>, Node)> = (graph.nodes().zip(reach(graph, ends, ways)))
        .filter_map(|(node, steps)| Some((std::cmp::Reverse(steps.filter(|count| *count > 0)?), node)))
        .filter(|(_, node)| graph.kind(*node).can_be_passed())
        .collect();
    side.sort_unstable();
    side.into_iter().map(|(_, node)| node).collect()
}
