//! One question on a graph and its answer.

use jiff::civil::Date;

use crate::edge::Follow;
use crate::gap::{Gap, gap};
use crate::graph::{Graph, Node};
use crate::path::Path;
use crate::reach::Ways;
use crate::search::search;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Where a path may begin.
    pub from: &'a [Node],
    /// Where it may end.
    pub to: &'a [Node],
    /// Which edges it may use.
    pub follow: Follow,
    /// Edges that begin after this day are left out; `None`: all count.
    pub as_of: Option<Date>,
    /// How many paths at most.
    pub best: usize,
}

/// What the graph answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The best paths in the order of time, the strongest first, no two through the same nodes.
    pub paths: Vec<Path>,
    /// Where the trace breaks off, when there is no path.
    pub gap: Option<Gap>,
    /// The search gave up before it had seen all that could matter: there may be further paths.
    pub gave_up: bool,
}

/// Traces one side to the other.
///
/// An edge that had ended before an earlier step began cannot carry what comes later; such paths are not among the answers.
/// An edge without a date fits any time, and [`Path::undated`] names it. When no path is left, the gap says how far each
/// side gets.
///
/// ```
/// use plumb_trace::{Follow, GraphBuilder, Kind, NewEdge, NodeKind, Question, trace};
/// let mut builder = GraphBuilder::default();
/// let [workers, office, arms] = ["workers", "office", "arms"].map(|id| builder.node(id, NodeKind::Body, id));
/// builder.link(NewEdge::new(workers, office, Kind::Payment));
/// builder.link(NewEdge::new(office, arms, Kind::Control));
/// let graph = builder.finish();
/// let money = Question { from: &[workers], to: &[arms], follow: Follow::Money, as_of: None, best: 3 };
/// let answer = trace(&graph, &money);
/// assert!(answer.paths.is_empty());
/// assert_eq!(answer.gap.unwrap().between, Some((office, arms)));
/// ```
pub fn trace(graph: &Graph, question: &Question<'_>) -> Answer {
    let ways = Ways::new(question.follow, question.as_of);
    let found = search(graph, question.from, question.to, ways, question.best.max(1));
    let gap = (found.paths.is_empty() && !found.gave_up).then(|| gap(graph, question));
    Answer { paths: found.paths, gap, gave_up: found.gave_up }
}
