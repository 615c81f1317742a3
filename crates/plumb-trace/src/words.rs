//! Answers in words, the same on the terminal, on pages and in derivations.

use std::fmt::Write as _;

use crate::edge::{Edge, Follow};
use crate::gap::Gap;
use crate::graph::{Graph, Node};
use crate::ownership::{Finding, Outcome, Standing, Sum, Term, Verdict};
use crate::path::Path;
use crate::share::percent_range;
use crate::trace::{Answer, Question};

/// Names that are written out before the rest is counted.
const NAMED: usize = 4;

/// Names in a row: `A, B or C`; after the first few only how many more there are.
pub fn names(graph: &Graph, nodes: &[Node]) -> String {
    let all: Vec<&str> = nodes.iter().map(|node| graph.name(*node)).collect();
    match all.as_slice() {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] if all.len() <= NAMED => format!("{} or {last}", first.join(", ")),
        _ => {
            format!("{} or {} more", all.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "), all.len() - NAMED)
        }
    }
}

/// An edge as a sentence without its full stop: `A owns B`, with the share where one is stated.
pub fn edge(graph: &Graph, edge: &Edge) -> String {
    let verb = graph.text(edge.verb);
    let verb = if verb.is_empty() { edge.kind.as_str() } else { verb };
    let share = edge.share.map(|share| format!(" ({share})")).unwrap_or_default();
    let (first, second) = if edge.reversed { (edge.to, edge.from) } else { (edge.from, edge.to) };
    format!("{} {verb} {}{share}", graph.name(first), graph.name(second))
}

/// When an edge held and on what it rests: `2018, reported, grade C, to be verified`.
pub fn support(edge: &Edge) -> String {
    let period = edge.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
    let mut words = format!("{period}, {}", edge.basis.as_str());
    if let Some(grade) = edge.grade {
        let _infallible = write!(words, ", grade {}", grade.letter());
    }
    if edge.verify {
        words.push_str(", to be verified");
    }
    words
}

/// What a trace comes to, in a sentence: how many steps and which is weakest, or that no source traces it.
pub fn answer(graph: &Graph, question: &Question<'_>, answer: &Answer) -> String {
    match (answer.paths.first(), &answer.gap) {
        (Some(path), _) => path_words(graph, path),
        (None, Some(_)) => no_source(graph, question),
        (None, None) => "The graph is too large to be searched to the end; no path was found so far.".to_owned(),
    }
}

fn path_words(graph: &Graph, path: &Path) -> String {
    let names: Vec<&str> = path.nodes().iter().map(|node| graph.name(*node)).collect();
    let count = path.steps.len();
    let steps = if count == 1 { "1 step".to_owned() } else { format!("{count} steps") };
    format!("{steps}: {}", names.join(" → "))
}

/// That no source traces what is asked.
pub fn no_source(graph: &Graph, question: &Question<'_>) -> String {
    let (from, to) = (names(graph, question.from), names(graph, question.to));
    match question.follow {
        Follow::Money => format!("No source seen traces the money from {from} to {to}."),
        Follow::Any => format!("No source seen binds {from} to {to}."),
    }
}

/// A gap in sentences: that no source traces it, how far each side gets, what lies between.
pub fn gap(graph: &Graph, question: &Question<'_>, gap: &Gap) -> Vec<String> {
    let mut sentences = vec![no_source(graph, question)];
    if question.follow == Follow::Any {
        sentences.push(any_sides(graph, question, gap));
        sentences.extend(gap.out_of_time.as_ref().map(|path| out_of_time(graph, path)));
        return sentences;
    }
    let first =
        |side: &[Node], ends: &[Node]| side.first().or(ends.first()).map_or("", |node| graph.name(*node)).to_owned();
    sentences.push(match (gap.reached.is_empty(), gap.between) {
        (true, _) => format!("No payment that leads on from {} is on record.", names(graph, question.from)),
        (false, Some((end, _))) if gap.reached.contains(&end) => {
            format!("The sources follow it as far as {}.", graph.name(end))
        }
        (false, _) => format!("The sources follow it as far as {}.", first(&gap.reached, question.from)),
    });
    sentences.push(if gap.feeding.is_empty() {
        format!("No payment that leads to {} is on record.", names(graph, question.to))
    } else {
        format!("On the other side it begins with {}.", first(&gap.feeding, question.to))
    });
    if let Some(path) = &gap.bridge {
        let mut bridge = String::from("Between the two sides only links of other kinds are known: ");
        bridge.push_str(&path_words(graph, path));
        bridge.push('.');
        sentences.push(bridge);
    }
    if let Some(path) = &gap.out_of_time {
        sentences.push(out_of_time(graph, path));
    }
    sentences
}

/// How far links of any kind lead on both sides.
fn any_sides(graph: &Graph, question: &Question<'_>, gap: &Gap) -> String {
    let side = |ends: &[Node], others: &[Node]| {
        let names = names(graph, ends);
        match others.len() {
            0 => format!("nothing is bound to {names}"),
            1 => format!("1 other is bound to {names}"),
            count => format!("{count} others are bound to {names}, over one step or more"),
        }
    };
    let (from, to) = (side(question.from, &gap.reached), side(question.to, &gap.feeding));
    format!("On one side {from}; on the other {to}.")
}

fn out_of_time(graph: &Graph, path: &Path) -> String {
    let Some((earlier, later)) = path.out_of_time(graph) else { return String::new() };
    let (Some(earlier), Some(later)) = (graph.edge(earlier.edge), graph.edge(later.edge)) else { return String::new() };
    format!(
        "A path exists only against the order of time: “{}” ({}) had ended before “{}” ({}) began.",
        edge(graph, later),
        support(later),
        edge(graph, earlier),
        support(earlier)
    )
}

/// The sum of an ownership test, in a sentence: who holds what, what that comes to, what the rule says.
pub fn sum(graph: &Graph, sum: &Sum, threshold: &str) -> String {
    let terms: Vec<String> = sum.terms.iter().map(|term| term_words(graph, term)).collect();
    let mut words = format!("{}: ", graph.name(sum.body));
    if terms.is_empty() {
        words.push_str("no owner of that day is on record");
    } else {
        words.push_str(&terms.join(" + "));
    }
    let held = percent_range(sum.low, sum.high);
    let _infallible = write!(words, "; blocked persons hold {held}, against {threshold}");
    if !sum.unnamed.is_zero() && !terms.is_empty() && sum.high > sum.low {
        let _infallible =
            write!(words, " (up to {} has no certain owner on record)", percent_range(sum.unnamed, sum.unnamed));
    }
    for (controller, _, standing) in &sum.controllers {
        let _infallible =
            write!(words, "; said to be controlled by {} ({})", graph.name(*controller), standing_words(*standing));
    }
    let _infallible = write!(words, ": {}", sum.verdict.as_str());
    words
}

fn term_words(graph: &Graph, term: &Term) -> String {
    format!("{} {} ({})", graph.name(term.holding.owner), term.holding.share, standing_words(term.standing))
}

/// How an owner stands, in words.
pub fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Named => "blocked, named on a list",
        Standing::Through => "blocked through its owners",
        Standing::Possible => "whether it is blocked cannot be told",
        Standing::Outside => "not blocked",
    }
}

/// What an outcome comes to, in a sentence.
pub fn outcome(graph: &Graph, body: Node, outcome: &Outcome) -> String {
    let name = graph.name(body);
    if outcome.is_named {
        return match graph.lists(body) {
            [] => format!("{name} is named as blocked by the question itself."),
            lists => format!("{name} itself is on a list that counts here ({}).", lists.join(", ")),
        };
    }
    match outcome.verdict {
        Verdict::Blocked => format!("{name} counts as blocked through those who own or control it."),
        Verdict::NotBlocked => format!("{name} does not count as blocked by what is on record."),
        Verdict::CannotBeTold => format!("Whether {name} counts as blocked cannot be told from what is on record."),
    }
}

/// What is odd about a chain of ownership, in a sentence.
pub fn finding(graph: &Graph, finding: &Finding) -> String {
    match finding {
        Finding::Ring(nodes) => {
            let all: Vec<&str> = nodes.iter().map(|node| graph.name(*node)).collect();
            format!("These own each other in a ring: {}.", all.join(", "))
        }
        Finding::AboveWhole { body, sum } => {
            let sum = percent_range(*sum, *sum);
            format!(
                "The shares of {} add up to {sum}; what exceeds the whole is taken off every side.",
                graph.name(*body)
            )
        }
        Finding::TooMany => "The chain has more bodies than are looked at; those beyond count as unknown.".to_owned(),
    }
}
