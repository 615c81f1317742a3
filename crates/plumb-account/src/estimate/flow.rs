//! Flows: how an amount divides on its way, with a balance that adds up.

use std::collections::BTreeMap;

use plumb_core::case::Step;
use plumb_core::case::model::{Flow, FlowStep, Model};
use plumb_core::codes::P0903;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::suggest::nearest;
use serde::Serialize;

use super::ground::Ground;
use super::report::Estimate;

/// A flow drawn out: nodes in stages, and what passes from one to another.
#[derive(Clone, Debug, Serialize)]
pub struct FlowChart {
    /// What flows where.
    pub label: String,
    /// The step of time; a year in `model.toml` and JSON.
    #[serde(rename = "year")]
    pub at: Step,
    /// Its nodes, stage by stage.
    pub nodes: Vec<FlowNode>,
    /// What passes from one node to another.
    pub edges: Vec<FlowEdge>,
}

/// A node of a flow.
#[derive(Clone, Debug, Serialize)]
pub struct FlowNode {
    /// Name of the quantity: `wages[RU,2017]`.
    pub name: String,
    /// Its stage, 0 at the source.
    pub stage: usize,
}

/// What passes between two nodes, by their places in the list.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FlowEdge {
    /// Where it leaves.
    pub from: usize,
    /// Where it arrives.
    pub to: usize,
    /// Its mean: means of parts add up to the mean of the whole, medians do not.
    pub mean: f64,
}

/// The flows of a model whose quantities are all known; a flow with an unknown amount is left out, as the page says.
pub(super) fn charts(model: &Model, ground: &Ground, quantities: &[Estimate]) -> Vec<FlowChart> {
    model.flows.iter().filter_map(|flow| chart(model, ground, quantities, flow)).collect()
}

fn chart(model: &Model, ground: &Ground, quantities: &[Estimate], flow: &Flow) -> Option<FlowChart> {
    let means: BTreeMap<&str, f64> =
        (quantities.iter()).filter_map(|one| Some((one.name.as_str(), one.spread?.mean))).collect();
    let mut chart = FlowChart { label: flow.label.clone(), at: flow.at, nodes: Vec::new(), edges: Vec::new() };
    for step in &flow.steps {
        let sources = cells(model, ground, &step.from.text, flow.at);
        let targets: Vec<String> =
            step.into.iter().flat_map(|into| cells(model, ground, &into.text, flow.at)).collect();
        for source in &sources {
            let from = chart.node(source, 0);
            let stage = chart.nodes.get(from)?.stage + 1;
            for target in &targets {
                let to = chart.node(target, stage);
                // several sources flow together whole; one source divides into the means of its parts
                let mean = *means.get(if sources.len() > 1 { source.as_str() } else { target.as_str() })?;
                chart.edges.push(FlowEdge { from, to, mean });
            }
        }
    }
    chart.nodes.iter().all(|node| means.contains_key(node.name.as_str())).then_some(chart)
}

impl FlowChart {
    fn node(&mut self, name: &str, stage: usize) -> usize {
        if let Some(place) = self.nodes.iter().position(|node| node.name == name) {
            if let Some(node) = self.nodes.get_mut(place) {
                node.stage = node.stage.max(stage);
            }
            return place;
        }
        self.nodes.push(FlowNode { name: name.to_owned(), stage });
        self.nodes.len() - 1
    }
}

/// A quantity at all its places in a step of time.
fn cells(model: &Model, ground: &Ground, quantity: &str, at: Step) -> Vec<String> {
    let of = |cell: &&super::ground::Cell| {
        let own = model.quantities.get(cell.quantity).is_some_and(|one| one.id.text == quantity);
        own && cell.at.is_none_or(|own| own == at)
    };
    ground.cells.iter().filter(of).map(|cell| cell.name.clone()).collect()
}

/// Quantities that a flow names and the model does not have.
pub(super) fn faults(model: &Model) -> Vec<Diagnostic> {
    let known = || model.quantities.iter().map(|quantity| quantity.id.text.as_str());
    let named = |step: &FlowStep| std::iter::once(step.from.clone()).chain(step.into.clone()).collect::<Vec<_>>();
    (model.flows.iter().flat_map(|flow| &flow.steps).flat_map(named))
        .filter(|name| !known().any(|known| known == name.text))
        .map(|name| {
            let message = format!("the model has no quantity `{}`", name.text);
            let diagnostic = Diagnostic::new(P0903, name.location.clone(), message);
            diagnostic.help("define it under [quantity.NAME]").did_you_mean(nearest(&name.text, known()))
        })
        .collect()
}
