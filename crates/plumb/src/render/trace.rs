//! Traces for people and machines: one set of views, written as text or as JSON.

use jiff::civil::Date;
use plumb_trace::ownership::{Outcome, Rule, has_owners};
use plumb_trace::{Answer, EdgeId, Graph, Neighbour, Node, Path, Question, words};
use serde::Serialize;

use crate::terminal::visible;

/// A node.
#[derive(Serialize)]
pub(crate) struct End {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<String>,
}

/// An edge.
#[derive(Serialize)]
pub(crate) struct Link {
    says: String,
    kind: &'static str,
    period: Option<String>,
    basis: &'static str,
    grade: Option<&'static str>,
    to_verify: bool,
    record: String,
    source: String,
    #[serde(skip)]
    support: String,
}

/// A path.
#[derive(Serialize)]
pub(crate) struct Way {
    nodes: Vec<End>,
    steps: Vec<Link>,
    /// Product of the weights of its steps, in thousandths; it ranks paths and is no probability.
    strength: String,
    /// Position of the weakest step, from 1.
    weakest: usize,
    /// Positions of the steps whose dates are not known, from 1.
    undated: Vec<usize>,
}

/// One question with its answer.
#[derive(Serialize)]
pub(crate) struct Traced {
    follow: &'static str,
    paths: Vec<Way>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<Gap>,
    complete: bool,
}

/// Where a trace breaks off.
#[derive(Serialize)]
pub(crate) struct Gap {
    sentences: Vec<String>,
    between: Option<(End, End)>,
    reached: Vec<End>,
    feeding: Vec<End>,
    bridge: Option<Way>,
    out_of_time: Option<Way>,
}

/// The answer of `plumb trace FROM TO`.
#[derive(Serialize)]
pub(crate) struct Between {
    from: End,
    to: End,
    as_of: Option<String>,
    links: Traced,
    money: Traced,
}

/// The answer of `plumb trace ACTOR`.
#[derive(Serialize)]
pub(crate) struct About {
    node: End,
    as_of: Option<String>,
    leads_in: Vec<Beside>,
    leads_out: Vec<Beside>,
    ownership: Vec<Tested>,
}

/// A neighbour with what joins it.
#[derive(Serialize)]
pub(crate) struct Beside {
    node: End,
    links: Vec<Link>,
}

/// What a rule says.
#[derive(Serialize)]
pub(crate) struct Tested {
    rule: &'static str,
    asks: String,
    source: &'static str,
    verdict: &'static str,
    says: String,
    sums: Vec<String>,
    odd: Vec<String>,
}

fn end(graph: &Graph, node: Node) -> End {
    let lists = graph.lists(node).to_vec();
    End { id: graph.id(node).to_owned(), name: graph.name(node).to_owned(), lists }
}

fn link(graph: &Graph, id: EdgeId) -> Option<Link> {
    let edge = graph.edge(id)?;
    Some(Link {
        says: words::edge(graph, edge),
        kind: edge.kind.as_str(),
        period: edge.period.map(|period| period.to_string()),
        basis: edge.basis.as_str(),
        grade: edge.grade.map(plumb_core::case::Grade::letter),
        to_verify: edge.verify,
        record: graph.text(edge.record).to_owned(),
        source: graph.text(edge.source).to_owned(),
        support: words::support(edge),
    })
}

fn way(graph: &Graph, path: &Path) -> Way {
    let place = |step: &plumb_trace::Step| path.steps.iter().position(|own| own == step).map_or(0, |at| at + 1);
    Way {
        nodes: path.nodes().into_iter().map(|node| end(graph, node)).collect(),
        steps: path.steps.iter().filter_map(|step| link(graph, step.edge)).collect(),
        strength: format!("{:.3}", path.strength()),
        weakest: path.weakest(graph).map_or(0, place),
        undated: path.undated(graph).map(place).collect(),
    }
}

/// Views of an answer.
pub(crate) fn traced(graph: &Graph, question: &Question<'_>, answer: &Answer) -> Traced {
    let ends = |nodes: &[Node]| nodes.iter().map(|node| end(graph, *node)).collect();
    let gap = answer.gap.as_ref().map(|gap| Gap {
        sentences: words::gap(graph, question, gap),
        between: gap.between.map(|(one, other)| (end(graph, one), end(graph, other))),
        reached: ends(&gap.reached),
        feeding: ends(&gap.feeding),
        bridge: gap.bridge.as_ref().map(|path| way(graph, path)),
        out_of_time: gap.out_of_time.as_ref().map(|path| way(graph, path)),
    });
    let paths = answer.paths.iter().map(|path| way(graph, path)).collect();
    Traced { follow: question.follow.as_str(), paths, gap, complete: !answer.gave_up }
}

impl Between {
    pub(crate) fn new(graph: &Graph, ends: (Node, Node), as_of: Option<Date>, links: Traced, money: Traced) -> Self {
        let (from, to) = (end(graph, ends.0), end(graph, ends.1));
        Self { from, to, as_of: as_of.map(|day| day.to_string()), links, money }
    }

    pub(crate) fn text(&self) -> String {
        let mut lines =
            vec![format!("{} to {}", self.from.name, self.to.name), String::new(), "By any link".to_owned()];
        lines.extend(self.links.lines());
        lines.extend([String::new(), "By payments, in the direction of the money".to_owned()]);
        lines.extend(self.money.lines());
        finished(&lines)
    }
}

impl Traced {
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (place, path) in (1..).zip(&self.paths) {
            lines.push(format!("  {place}. strength {}, weakest link: step {}", path.strength, path.weakest));
            lines.extend(path.lines());
        }
        if let Some(gap) = &self.gap {
            lines.extend(gap.sentences.iter().map(|sentence| format!("  {sentence}")));
            lines.extend(gap.bridge.iter().flat_map(Way::lines));
        }
        if !self.complete {
            lines.push("  The search gave up on this large graph: there may be further paths.".to_owned());
        }
        lines
    }
}

impl Way {
    fn lines(&self) -> Vec<String> {
        let step = |(place, step): (usize, &Link)| {
            let undated =
                if self.undated.contains(&place) { "; fits any time, as its dates are not known" } else { "" };
            [format!("     {place}. {}", step.says), format!("        {}{undated}  {}", step.support, step.stands())]
        };
        (1..).zip(&self.steps).flat_map(step).collect()
    }
}

impl Link {
    fn stands(&self) -> String {
        let words = [&self.record, &self.source].map(String::as_str);
        format!("[{}]", words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", "))
    }
}

impl About {
    pub(crate) fn new(
        graph: &Graph,
        node: Node,
        as_of: Option<Date>,
        neighbours: &[Neighbour],
        tests: &[(Rule, Outcome)],
    ) -> Self {
        let side = |leads_in: bool| {
            let own = neighbours.iter().filter(|one| one.leads_in == leads_in);
            let links = |one: &Neighbour| one.edges.iter().filter_map(|id| link(graph, *id)).collect();
            own.map(|one| Beside { node: end(graph, one.node), links: links(one) }).collect()
        };
        let tested = tests.iter().filter(|(_, outcome)| outcome.is_named || has_owners(graph, node));
        let ownership = tested.map(|(rule, outcome)| test(graph, node, as_of, rule, outcome)).collect();
        let as_of = as_of.map(|day| day.to_string());
        Self { node: end(graph, node), as_of, leads_in: side(true), leads_out: side(false), ownership }
    }

    pub(crate) fn text(&self) -> String {
        let mut lines = vec![self.node.name.clone()];
        if !self.node.lists.is_empty() {
            lines.push(format!("Named on official lists: {}", self.node.lists.join(", ")));
        }
        for (title, side) in [("What leads to it", &self.leads_in), ("What it leads to", &self.leads_out)] {
            lines.extend([String::new(), format!("{title}: {}", side.len())]);
            for link in side.iter().flat_map(|one| &one.links) {
                lines.extend([format!("  {}", link.says), format!("     {}  {}", link.support, link.stands())]);
            }
        }
        for tested in &self.ownership {
            lines.extend([String::new(), format!("{}: {}", tested.rule, tested.verdict)]);
            lines.push(format!("  {}", tested.says));
            lines.push(format!("  The rule: {}.", tested.asks));
            lines.extend(tested.sums.iter().map(|sum| format!("  {sum}")));
            lines.extend(tested.odd.iter().map(|odd| format!("  {odd}")));
            lines.push(format!("  {}", tested.source));
        }
        finished(&lines)
    }
}

fn test(graph: &Graph, node: Node, as_of: Option<Date>, rule: &Rule, outcome: &Outcome) -> Tested {
    let as_of = as_of.unwrap_or(Date::MAX);
    let threshold = rule.threshold(as_of).as_str();
    Tested {
        rule: rule.name,
        asks: rule.words(as_of),
        source: rule.source,
        verdict: outcome.verdict.as_str(),
        says: words::outcome(graph, node, outcome),
        sums: outcome.sums.iter().map(|sum| words::sum(graph, sum, threshold)).collect(),
        odd: outcome.findings.iter().map(|finding| words::finding(graph, finding)).collect(),
    }
}

fn finished(lines: &[String]) -> String {
    visible(&(lines.join("\n") + "\n"))
}
