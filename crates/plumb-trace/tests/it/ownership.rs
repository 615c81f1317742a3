//! Ownership rules against known answers and properties.

use jiff::civil::{Date, date};
use plumb_trace::ownership::{self, Finding, Rule, Verdict, has_owners};
use plumb_trace::{Basis, Graph, GraphBuilder, Kind, NewEdge, Node, NodeKind, Share};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A case of the file: the graph that its lines make, and what is expected of it.
struct Case {
    name: String,
    builder: GraphBuilder,
    named: Vec<Node>,
    as_of: Date,
    expected: Vec<String>,
}

fn share(text: &str) -> Option<Share> {
    match text.split_once('-') {
        _ if text == "?" => None,
        Some((low, high)) => Share::between(low.parse().unwrap(), high.parse().unwrap()),
        None => Share::exact(text.parse().unwrap()),
    }
}

impl Case {
    fn new(name: &str) -> Self {
        let as_of = date(2026, 1, 1);
        Self { name: name.to_owned(), builder: GraphBuilder::default(), named: vec![], as_of, expected: vec![] }
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["as", "of", day] => self.as_of = day.parse().unwrap(),
            ["named", names @ ..] => {
                self.named.extend(names.iter().map(|name| self.builder.node(name, NodeKind::Body, name)));
            }
            ["person", names @ ..] => {
                for name in names {
                    self.builder.node(name, NodeKind::Person, name);
                }
            }
            [owner, sign @ (">" | "!"), body, rest @ ..] => {
                let [owner, body] = [owner, body].map(|id| self.builder.node(id, NodeKind::Body, id));
                let (kind, share) =
                    if *sign == ">" { (Kind::Ownership, share(rest[0])) } else { (Kind::Control, None) };
                self.builder.link(NewEdge {
                    share,
                    period: rest.iter().find(|word| word.contains('/')).map(|word| word.parse().unwrap()),
                    basis: if rest.contains(&"alleged") { Basis::Alleged } else { Basis::Reported },
                    indirect: rest.contains(&"indirect"),
                    ..NewEdge::new(owner, body, kind)
                });
            }
            [_, _, _, _] => self.expected.push(line.to_owned()),
            _ => panic!("{line}"),
        }
    }

    fn check(&mut self) -> usize {
        for line in &self.expected {
            let id = line.split_whitespace().next().unwrap();
            self.builder.node(id, NodeKind::Body, id);
        }
        let graph = std::mem::take(&mut self.builder).finish();
        for line in &self.expected {
            let words: Vec<&str> = line.split_whitespace().collect();
            let rule = Rule::ALL.into_iter().find(|rule| rule.id == words[1]).unwrap();
            let outcome = ownership::test(&graph, graph.find(words[0]).unwrap(), &rule, self.as_of, &self.named);
            let sum = outcome.sums.last().unwrap();
            let found = format!(
                "{} {} {} {}-{}",
                words[0],
                words[1],
                outcome.verdict.as_str().replace(' ', "-"),
                sum.low.normalize(),
                sum.high.normalize()
            );
            assert_eq!(found, *line, "{}", self.name);
        }
        self.expected.len()
    }
}

#[test]
fn the_rules_give_the_answers_worked_by_hand() {
    let mut cases: Vec<Case> = Vec::new();
    for line in include_str!("ownership.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix("case ") {
            Some(name) => cases.push(Case::new(name)),
            None => cases.last_mut().unwrap().line(line),
        }
    }
    let checked: usize = cases.iter_mut().map(Case::check).sum();
    assert!(cases.len() >= 25 && checked >= 35, "{} cases, {checked} answers", cases.len());
}

fn body(builder: &mut GraphBuilder, id: &str) -> Node {
    builder.node(id, NodeKind::Body, id)
}

#[test]
fn rings_and_shares_above_the_whole_are_named() {
    let mut builder = GraphBuilder::default();
    let [one, two, below] = ["one", "two", "below"].map(|id| body(&mut builder, id));
    let whole = Share::exact(Decimal::ONE_HUNDRED);
    for (from, to) in [(one, two), (two, one), (one, below), (two, below)] {
        builder.link(NewEdge { share: whole, ..NewEdge::new(from, to, Kind::Ownership) });
    }
    let graph = builder.finish();
    let outcome = ownership::test(&graph, below, &Rule::US, date(2026, 1, 1), &[]);
    assert!(outcome.findings.contains(&Finding::Ring(vec![one, two])), "{:?}", outcome.findings);
    let above = Finding::AboveWhole { body: below, sum: Decimal::from(200) };
    assert!(outcome.findings.contains(&above), "{:?}", outcome.findings);
}

#[test]
fn a_body_on_a_list_needs_no_sum_and_a_person_has_no_owner() {
    let mut builder = GraphBuilder::default();
    let (company, owner) = (body(&mut builder, "a"), builder.node("p", NodeKind::Person, "P"));
    builder.designate(company, "UN");
    builder.link(NewEdge::new(owner, company, Kind::Ownership));
    let graph = builder.finish();
    let outcome = ownership::test(&graph, company, &Rule::UK, date(2026, 1, 1), &[]);
    assert!(outcome.is_named && outcome.verdict == Verdict::Blocked);
    let person = ownership::test(&graph, owner, &Rule::US, date(2026, 1, 1), &[]);
    assert_eq!(person.verdict, Verdict::NotBlocked);
    assert!(has_owners(&graph, company) && !has_owners(&graph, owner));
}

/// A random web of holdings: pairs of bodies with a range of shares.
fn web() -> impl Strategy<Value = Vec<(usize, usize, u32, u32)>> {
    prop::collection::vec((0..8_usize, 0..8_usize, 0..=100_u32, 0..=100_u32), 0..20)
}

fn graph_of(web: &[(usize, usize, u32, u32)]) -> (Graph, Vec<Node>) {
    let mut builder = GraphBuilder::default();
    let nodes: Vec<Node> = (0..8).map(|at| body(&mut builder, &format!("n{at}"))).collect();
    for (from, to, low, high) in web {
        let share = Share::between(Decimal::from(*low), Decimal::from(*high));
        builder.link(NewEdge {
            share,
            basis: Basis::Official,
            ..NewEdge::new(nodes[*from], nodes[*to], Kind::Ownership)
        });
    }
    (builder.finish(), nodes)
}

proptest! {
    /// More blocked persons never make a body less blocked, and half is met wherever more than half is.
    #[test]
    fn answers_only_grow_with_the_blocked(web in web(), target in 0..8_usize) {
        let (graph, nodes) = graph_of(&web);
        let day = date(2024, 1, 1);
        let order = |verdict| match verdict { Verdict::NotBlocked => 0, Verdict::CannotBeTold => 1, Verdict::Blocked => 2 };
        let verdict = |rule: &Rule, blocked: &[Node]| order(ownership::test(&graph, nodes[target], rule, day, blocked).verdict);
        for rule in Rule::ALL {
            prop_assert!(verdict(&rule, &nodes[..1]) <= verdict(&rule, &nodes[..2]), "{}", rule.id);
        }
        prop_assert!(verdict(&Rule::EU, &nodes[..2]) <= verdict(&Rule::US, &nodes[..2]), "more than half is at least half");
        prop_assert!(verdict(&Rule::UK, &nodes[..2]) <= verdict(&Rule::EU, &nodes[..2]), "one alone holds no more than all together");
    }

    /// The sums stay within the whole, low below high, and agree with the verdict.
    #[test]
    fn sums_stay_within_the_whole(web in web(), target in 0..8_usize) {
        let (graph, nodes) = graph_of(&web);
        let outcome = ownership::test(&graph, nodes[target], &Rule::US, date(2024, 1, 1), &nodes[..1]);
        for sum in &outcome.sums {
            prop_assert!(Decimal::ZERO <= sum.low && sum.high <= Decimal::ONE_HUNDRED);
            let half = Decimal::from(50);
            match sum.verdict {
                Verdict::Blocked => prop_assert!(sum.low >= half),
                Verdict::NotBlocked => prop_assert!(sum.high < half),
                Verdict::CannotBeTold => prop_assert!(sum.high >= half && sum.low < half),
            }
        }
    }
}
