//! Traces of a case: its graph, its questions with their answers, and ownership tests where somebody owns.

mod graph;
mod why;

use jiff::civil::Date;
use plumb_core::case::{Case, TraceQuestion};
use plumb_trace::ownership::{self, Outcome, Rule};
use plumb_trace::{Answer, Follow, Graph, Node, Question, trace, words};

pub use graph::{graph_of, record_of};
pub(crate) use why::evaluate;

/// Paths that a question of a case is answered with: the best and those that a reader may hold against it.
pub const BEST: usize = 3;

/// What a case says about who is bound to whom.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// Its graph.
    pub graph: Graph,
    /// The questions of `case.toml`, in order.
    pub questions: Vec<Traced>,
    /// From each place of work to the official lists, in the order of the table.
    pub sites: Vec<Traced>,
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The question in words.
    pub question: String,
    /// Where a path may begin.
    pub from: Vec<Node>,
    /// Where it may end.
    pub to: Vec<Node>,
    /// Which edges it may use.
    pub follow: Follow,
    /// The answer.
    pub answer: Answer,
}

impl Traced {
    /// The question as the engine takes it.
    pub fn asked(&self, as_of: Date) -> Question<'_> {
        Question { from: &self.from, to: &self.to, follow: self.follow, as_of: Some(as_of), best: BEST }
    }

    /// The answer in a sentence.
    pub fn words(&self, graph: &Graph, as_of: Date) -> String {
        words::answer(graph, &self.asked(as_of), &self.answer)
    }
}

impl Traces {
    /// The traces of a case as of a day: edges that begin later are left out.
    pub fn of(case: &Case, as_of: Date) -> Self {
        let graph = graph_of(case);
        let questions = case.settings.traces.iter().filter_map(|asked| answered(&graph, asked, as_of)).collect();
        let lists: Vec<Node> = graph.nodes().filter(|node| graph.id(*node).starts_with("list:")).collect();
        let sites = (case.sites.iter())
            .filter_map(|site| {
                let from = graph.find(&site.reference().to_string())?;
                Some(traced(&graph, site.name.clone(), vec![from], lists.clone(), Follow::Any, as_of))
            })
            .collect();
        Self { graph, questions, sites }
    }

    /// The answer to a question of one node to another.
    pub fn ask(&self, from: Node, to: Node, follow: Follow, as_of: Date) -> Traced {
        traced(&self.graph, String::new(), vec![from], vec![to], follow, as_of)
    }

    /// What each rule says of a body.
    pub fn tests(&self, body: Node, as_of: Date) -> Vec<(Rule, Outcome)> {
        Rule::ALL.map(|rule| (rule, ownership::test(&self.graph, body, &rule, as_of, &[]))).into()
    }
}

fn traced(graph: &Graph, question: String, from: Vec<Node>, to: Vec<Node>, follow: Follow, as_of: Date) -> Traced {
    let mut found = Traced { question, from, to, follow, answer: Answer::default() };
    found.answer = trace(graph, &found.asked(as_of));
    found
}

/// A question of the case; `None` when one of its sides has no end that the case knows, which a check reports.
fn answered(graph: &Graph, asked: &TraceQuestion, as_of: Date) -> Option<Traced> {
    let side = |ends: &[String]| -> Vec<Node> { ends.iter().filter_map(|end| graph.find(end)).collect() };
    let (from, to) = (side(&asked.from), side(&asked.to));
    let follow = if asked.money { Follow::Money } else { Follow::Any };
    let whole = !from.is_empty() && !to.is_empty();
    whole.then(|| traced(graph, asked.question.clone(), from, to, follow, as_of))
}
