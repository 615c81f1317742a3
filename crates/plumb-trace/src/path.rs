//! Paths: steps from one node to another, each with the edge that carries it.

use crate::edge::{Edge, EdgeId};
use crate::graph::{Graph, Node};
use crate::strength;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it begins.
    pub from: Node,
    /// Where it ends.
    pub to: Node,
    /// The edge that carries it, the best supported of those that time allows.
    pub edge: EdgeId,
    /// Whether the step goes against the direction of the edge.
    pub against: bool,
}

/// Steps from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The steps in order; none when both ends are one node.
    pub steps: Vec<Step>,
    /// What the costs of its steps add up to: −ln of its strength, in millionths.
    pub cost: u64,
}

impl Path {
    /// The nodes of the path in order.
    pub fn nodes(&self) -> Vec<Node> {
        let first = self.steps.first().map(|step| step.from);
        first.into_iter().chain(self.steps.iter().map(|step| step.to)).collect()
    }

    /// The product of the weights of its steps, above 0 and at most 1. It ranks paths; it is not a probability.
    pub fn strength(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a cost is far below 2^53")]
        let nepers = self.cost as f64 / 1e6;
        libm::exp(-nepers)
    }

    /// The step with the weakest support, the first of equals.
    pub fn weakest<'a>(&'a self, graph: &Graph) -> Option<&'a Step> {
        let weight = |step: &&Step| {
            let edge = graph.edge(step.edge);
            edge.map_or(0, |edge: &Edge| strength::cost(edge.basis, edge.grade, edge.verify))
        };
        self.steps.iter().rev().max_by_key(weight)
    }

    /// The steps of which a date is not known, so that nobody can tell whether they fit the order of time.
    pub fn undated<'a>(&'a self, graph: &'a Graph) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(|step| graph.edge(step.edge).is_some_and(Edge::has_unknown_date))
    }

    /// The first step that had ended before an earlier one began, with that earlier one.
    pub fn out_of_time<'a>(&'a self, graph: &Graph) -> Option<(&'a Step, &'a Step)> {
        let mut latest: Option<(&Step, i32)> = None;
        for step in &self.steps {
            let edge = graph.edge(step.edge)?;
            if let Some((earlier, first)) = latest
                && first > edge.last_day()
            {
                return Some((earlier, step));
            }
            if latest.is_none_or(|(_, first)| edge.first_day() > first) {
                latest = Some((step, edge.first_day()));
            }
        }
        None
    }
}
