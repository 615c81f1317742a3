//! Why a trace or an ownership test says what it says: each step and each sum, down to the records.

use plumb_core::case::Case;
use plumb_core::reference::{Kind, Reference};
use plumb_trace::ownership::has_owners;
use plumb_trace::{EdgeId, Follow, Graph, Node, NotFound, Path, words};

use super::{Traces, graph_of};
use crate::account::Account;
use crate::expression::ExpressionError;
use crate::key::Key;
use crate::why::Derivation;

/// The node that a key names.
fn find(graph: &Graph, id: &str) -> Result<Node, ExpressionError> {
    graph.resolve(id).map_err(|error| {
        let suggestion = if let NotFound::Unknown { nearest, .. } = error { nearest } else { None };
        ExpressionError::Unknown { reference: Reference::new(Kind::Actor, id), suggestion }
    })
}

/// The value of a trace or an ownership test in a sentence, and what it rests on.
pub(crate) fn evaluate(case: &Case, key: &Key) -> Result<(String, Vec<Reference>), ExpressionError> {
    let as_of = case.settings.as_of.map_or(jiff::civil::Date::MAX, |date| date.latest());
    let traces = Traces { graph: graph_of(case), ..Traces::default() };
    let graph = &traces.graph;
    match key {
        Key::Path { from, to, follow } => {
            let traced = traces.ask(find(graph, from)?, find(graph, to)?, *follow, as_of);
            let edges = traced.answer.paths.iter().take(1).flat_map(|path| path.steps.iter().map(|step| step.edge));
            let grounds = edges.filter_map(|id| record(graph, id)).collect();
            Ok((traced.words(graph, as_of), grounds))
        }
        Key::Ownership(actor) => {
            let body = find(graph, actor)?;
            let said = traces.tests(body, as_of).into_iter();
            let said: Vec<String> =
                said.map(|(rule, outcome)| format!("{}: {}", rule.name, outcome.verdict.as_str())).collect();
            Ok((said.join("; "), vec![Reference::new(Kind::Actor, graph.id(body))]))
        }
        other => Err(ExpressionError::NoValue(other.to_string())),
    }
}

/// The record that states an edge.
fn record(graph: &Graph, id: EdgeId) -> Option<Reference> {
    graph.edge(id).and_then(|edge| graph.text(edge.record).parse().ok())
}

impl Account {
    /// The derivation of a trace: its paths with every step, or the gap.
    pub(crate) fn path(&self, key: &Key, from: &str, to: &str, follow: Follow) -> Result<Derivation, ExpressionError> {
        let graph = &self.traces.graph;
        let (from, to) = (find(graph, from)?, find(graph, to)?);
        let traced = self.traces.ask(from, to, follow, self.as_of);
        let what = if follow == Follow::Money { "Money from" } else { "From" };
        let title = format!("{what} {} to {}", graph.name(from), graph.name(to));
        let mut derivation = Derivation::new(key, title).value(traced.words(graph, self.as_of));
        if let Some(gap) = &traced.answer.gap {
            let sentences = words::gap(graph, &traced.asked(self.as_of), gap);
            derivation = derivation.fact("gap", sentences.get(1..).unwrap_or_default().join(" "));
            if let Some(bridge) = &gap.bridge {
                derivation = derivation.on(self.steps(bridge));
            }
        }
        for (place, path) in (1..).zip(&traced.answer.paths) {
            let weakest = path.weakest(graph).and_then(|step| graph.edge(step.edge));
            let undated = path.undated(graph).count();
            let node = Derivation::new(&String::new(), format!("Path {place}"))
                .fact("weakest link", weakest.map(|edge| words::edge(graph, edge)).unwrap_or_default())
                .fact("steps without a date", if undated == 0 { String::new() } else { undated.to_string() })
                .on(self.steps(path));
            derivation = derivation.on([node]);
        }
        Ok(derivation)
    }

    fn steps(&self, path: &Path) -> Vec<Derivation> {
        path.steps.iter().filter_map(|step| self.edge(step.edge)).collect()
    }

    /// An edge with the record that states it.
    fn edge(&self, id: EdgeId) -> Option<Derivation> {
        let graph = &self.traces.graph;
        let edge = graph.edge(id)?;
        let record = record(graph, id);
        let under = record.as_ref().and_then(|reference| self.why(&Key::Record(reference.clone())).ok());
        let key = record.map(|reference| reference.to_string()).unwrap_or_default();
        Some(
            Derivation::new(&key, words::edge(graph, edge))
                .fact("support", words::support(edge))
                .on(under.map(|under| under.rests_on).unwrap_or_default()),
        )
    }

    /// The derivation of the ownership tests of an actor: what each rule says and the sums that it comes from.
    pub(crate) fn ownership(&self, key: &Key, actor: &str) -> Result<Derivation, ExpressionError> {
        let graph = &self.traces.graph;
        let body = find(graph, actor)?;
        let mut derivation = Derivation::new(key, format!("Who owns and controls {}", graph.name(body)));
        if !has_owners(graph, body) {
            derivation = derivation.fact("owners", "none is on record");
        }
        for (rule, outcome) in self.traces.tests(body, self.as_of) {
            let mut node = Derivation::new(&String::new(), rule.name)
                .value(outcome.verdict.as_str())
                .fact("asks", rule.words(self.as_of))
                .fact("source", rule.source)
                .fact("says", words::outcome(graph, body, &outcome));
            for sum in &outcome.sums {
                node = node.fact("sum", words::sum(graph, sum, rule.threshold(self.as_of).as_str()));
            }
            for finding in &outcome.findings {
                node = node.fact("odd", words::finding(graph, finding));
            }
            let edges = outcome.sums.iter().flat_map(|sum| {
                let holdings = sum.terms.iter().flat_map(|term| term.holding.edges.iter().copied());
                holdings.chain(sum.controllers.iter().map(|(_, edge, _)| *edge))
            });
            derivation = derivation.on([node.on(edges.filter_map(|id| self.edge(id)).collect::<Vec<_>>())]);
        }
        Ok(derivation)
    }
}
