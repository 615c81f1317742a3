//! Paths and gaps against known answers, and against trying all paths on small random graphs.

use plumb_core::case::Grade;
use plumb_trace::{
    Basis, Follow, Graph, GraphBuilder, Kind, NewEdge, Node, NodeKind, Path, Question, neighbours, trace,
};
use proptest::prelude::*;

/// A graph from lines `FROM KIND TO PERIOD BASIS`; `-` where nothing is known.
fn graph(lines: &str) -> Graph {
    let mut builder = GraphBuilder::default();
    for (number, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let node = |builder: &mut GraphBuilder, id: &str| {
            let kind = match id.split_once(':') {
                Some(("place", _)) => NodeKind::Place,
                Some(("list", _)) => NodeKind::List,
                _ => NodeKind::Body,
            };
            builder.node(id, kind, id)
        };
        let (from, to) = (node(&mut builder, words[0]), node(&mut builder, words[2]));
        builder.link(NewEdge {
            period: words[3].parse().ok(),
            basis: Basis::from_word(words[4]),
            grade: Some(Grade::B),
            record: &format!("r{number}"),
            ..NewEdge::new(from, to, Kind::from_word(words[1]).unwrap())
        });
    }
    builder.finish()
}

fn ask<'a>(from: &'a [Node], to: &'a [Node], follow: Follow, best: usize) -> Question<'a> {
    Question { from, to, follow, as_of: None, best }
}

fn found(graph: &Graph, from: &str, to: &str, follow: Follow) -> Vec<String> {
    let ends = [from, to].map(|id| graph.find(id).unwrap());
    let answer = trace(graph, &ask(&ends[..1], &ends[1..], follow, 5));
    answer.paths.iter().map(|path| words(graph, path)).collect()
}

fn words(graph: &Graph, path: &Path) -> String {
    path.nodes().iter().map(|node| graph.id(*node)).collect::<Vec<_>>().join(" ")
}

#[test]
fn better_evidence_comes_first_even_by_a_longer_way() {
    let graph = graph(
        "a association b - anonymous-blog
         a control c - official-list
         c control b - official-list",
    );
    assert_eq!(found(&graph, "a", "b", Follow::Any), ["a c b", "a b"]);
    let path = &trace(&graph, &ask(&[graph.find("a").unwrap()], &[graph.find("b").unwrap()], Follow::Any, 1)).paths[0];
    assert!((path.strength() - 0.95 * 0.95 * 0.95 * 0.95).abs() < 1e-5, "{}", path.strength());
}

#[test]
fn an_edge_that_ended_carries_nothing_later() {
    let lines = "a payment b 2019 official
                 b payment c 2013/2016 official";
    let graph = graph(lines);
    assert!(found(&graph, "a", "c", Follow::Money).is_empty());
    let ends = ["a", "c"].map(|id| graph.find(id).unwrap());
    let answer = trace(&graph, &ask(&ends[..1], &ends[1..], Follow::Money, 1));
    let gap = answer.gap.unwrap();
    let out_of_time = gap.out_of_time.unwrap();
    assert_eq!(words(&graph, &out_of_time), "a b c");
    assert!(out_of_time.out_of_time(&graph).is_some(), "the steps that do not fit are named");
    assert_eq!(graph_reached(&graph, &gap.reached), ["b"]);
}

fn graph_reached<'a>(graph: &'a Graph, nodes: &[Node]) -> Vec<&'a str> {
    nodes.iter().map(|node| graph.id(*node)).collect()
}

#[test]
fn time_is_kept_over_several_steps_and_unknown_dates_pass_but_are_named() {
    let graph = graph(
        "a payment b 2019 official
         b payment c - reported
         c payment d 2018 official
         c payment e 2019/.. official",
    );
    assert!(found(&graph, "a", "d", Follow::Money).is_empty(), "2018 is over, whatever lies between");
    assert_eq!(found(&graph, "a", "e", Follow::Money), ["a b c e"]);
    let ends = ["a", "e"].map(|id| graph.find(id).unwrap());
    let answer = trace(&graph, &ask(&ends[..1], &ends[1..], Follow::Money, 1));
    let path = &answer.paths[0];
    assert_eq!(path.undated(&graph).count(), 1);
    let weakest = graph.edge(path.weakest(&graph).unwrap().edge).unwrap();
    assert_eq!(graph.text(weakest.record), "r1", "the reported step is the weakest link");
}

#[test]
fn of_parallel_edges_the_one_that_fits_the_time_is_taken() {
    let graph = graph(
        "a payment b 2019 official
         b payment c 2016 official-list
         b payment c 2020 media",
    );
    let ends = ["a", "c"].map(|id| graph.find(id).unwrap());
    let answer = trace(&graph, &ask(&ends[..1], &ends[1..], Follow::Money, 3));
    assert_eq!(answer.paths.len(), 1);
    assert_eq!(graph.text(graph.edge(answer.paths[0].steps[1].edge).unwrap().record), "r2");
}

#[test]
fn places_and_lists_bind_nobody() {
    let graph = graph(
        "a dispatch place:RU 2018 official
         b dispatch place:RU 2018 official
         a designation list:UN - official-list
         b designation list:UN - official-list",
    );
    assert!(found(&graph, "a", "b", Follow::Any).is_empty());
    assert_eq!(found(&graph, "a", "list:UN", Follow::Any), ["a list:UN"], "a path may end at one");
    assert_eq!(found(&graph, "place:RU", "list:UN", Follow::Any).len(), 2, "and begin at one");
}

#[test]
fn a_gap_has_the_nearest_ends_and_what_lies_between() {
    let graph = graph(
        "workers payment company 2018 media
         company payment office 2018 media
         office control bank - official
         bank association arms - media
         dealer payment arms 2019 official",
    );
    let ends = ["workers", "arms"].map(|id| graph.find(id).unwrap());
    let answer = trace(&graph, &ask(&ends[..1], &ends[1..], Follow::Money, 3));
    let gap = answer.gap.unwrap();
    assert_eq!(graph_reached(&graph, &gap.reached), ["office", "company"], "the farthest first");
    assert_eq!(graph_reached(&graph, &gap.feeding), ["dealer"]);
    assert_eq!(words(&graph, &gap.bridge.unwrap()), "office bank arms");
    let between = gap.between.unwrap();
    assert_eq!((graph.id(between.0), graph.id(between.1)), ("office", "arms"));
}

#[test]
fn what_begins_after_the_day_is_left_out() {
    let graph = graph("a payment b 2019 official");
    let ends = ["a", "b"].map(|id| graph.find(id).unwrap());
    let on = |as_of: &str| {
        let question =
            Question { as_of: Some(as_of.parse().unwrap()), ..ask(&ends[..1], &ends[1..], Follow::Money, 1) };
        trace(&graph, &question).paths.len()
    };
    assert_eq!((on("2018-12-31"), on("2019-01-01")), (0, 1));
    assert_eq!(neighbours(&graph, ends[0], Some("2018-12-31".parse().unwrap())).len(), 0);
}

#[test]
fn a_million_parallel_edges_are_as_good_as_a_few() {
    let mut builder = GraphBuilder::default();
    let nodes = ["a", "b", "c"].map(|id| builder.node(id, NodeKind::Body, id));
    let years: Vec<_> = (0..100).map(|year| format!("{}", 1900 + year).parse().unwrap()).collect();
    for number in 0..1_000_000_usize {
        let ends = if number % 2 == 0 { (nodes[0], nodes[1]) } else { (nodes[1], nodes[2]) };
        let basis = if number % 3 == 0 { Basis::Reported } else { Basis::Alleged };
        let period = Some(years[number / 7 % 100]);
        builder.link(NewEdge { period, basis, ..NewEdge::new(ends.0, ends.1, Kind::Payment) });
    }
    let graph = builder.finish();
    let answer = trace(&graph, &ask(&nodes[..1], &nodes[2..], Follow::Any, 3));
    assert_eq!(answer.paths.len(), 1);
    assert_eq!(neighbours(&graph, nodes[1], None).iter().map(|one| one.edges.len()).sum::<usize>(), 1_000_000);
}

#[test]
fn an_edge_to_itself_is_named_and_left_out() {
    let graph = graph("a payment a - media");
    assert_eq!(graph.edge_count(), 0);
    assert!(graph.problems()[0].to_string().contains("joins `a` to itself"));
}

/// Edges of a small random graph: ends, whether paid, first year, length, basis.
type Small = Vec<(usize, usize, bool, i32, i32, usize)>;

fn small() -> impl Strategy<Value = Small> {
    prop::collection::vec((0..6_usize, 0..6_usize, any::<bool>(), 2000..2010, 0..4, 0..5_usize), 0..14)
}

fn built(small: &Small) -> (Graph, Vec<Node>) {
    let mut builder = GraphBuilder::default();
    let nodes: Vec<Node> = (0..6).map(|at| builder.node(&format!("n{at}"), NodeKind::Body, "")).collect();
    for (from, to, paid, year, length, basis) in small {
        let kind = if *paid { Kind::Payment } else { Kind::Control };
        let period = format!("{year}/{}", year + length).parse().ok();
        let basis = Basis::ALL[*basis].0;
        builder.link(NewEdge { period, basis, ..NewEdge::new(nodes[*from], nodes[*to], kind) });
    }
    (builder.finish(), nodes)
}

/// Tries all paths: for each sequence of nodes the weight of the strongest path through it.
struct Tries<'a> {
    small: &'a Small,
    follow: Follow,
    to: usize,
    found: Vec<(Vec<usize>, f64)>,
}

impl Tries<'_> {
    fn from(&mut self, at: usize, year: i32, seen: &mut Vec<usize>, weight: f64) {
        if at == self.to {
            match self.found.iter_mut().find(|(nodes, _)| nodes == seen) {
                Some((_, known)) => *known = known.max(weight),
                None => self.found.push((seen.clone(), weight)),
            }
            return;
        }
        for (from, end, paid, first, length, basis) in self.small {
            let next = match (at == *from, at == *end) {
                (true, _) => *end,
                (_, true) if self.follow == Follow::Any => *from,
                _ => continue,
            };
            let arrival = year.max(*first);
            if (self.follow == Follow::Money && !paid) || arrival > first + length || seen.contains(&next) {
                continue;
            }
            seen.push(next);
            let step = plumb_trace::strength::weight(Basis::ALL[*basis].0, None, false);
            self.from(next, arrival, seen, weight * step);
            seen.pop();
        }
    }
}

proptest! {
    /// The search finds the paths that trying everything finds, in the same order of strength; a gap only where there is none.
    #[test]
    fn the_search_finds_what_trying_everything_finds(small in small(), money in any::<bool>()) {
        let follow = if money { Follow::Money } else { Follow::Any };
        let (graph, nodes) = built(&small);
        let mut tries = Tries { small: &small, follow, to: 5, found: Vec::new() };
        tries.from(0, i32::MIN, &mut vec![0], 1.0);
        let mut expected = tries.found;
        expected.sort_by(|one, other| other.1.total_cmp(&one.1));
        let answer = trace(&graph, &ask(&nodes[..1], &nodes[5..], follow, 3));
        prop_assert_eq!(answer.gap.is_some(), expected.is_empty());
        prop_assert_eq!(answer.paths.len(), expected.len().min(3));
        for (path, (_, weight)) in answer.paths.iter().zip(&expected) {
            prop_assert!((path.strength() - weight).abs() < 1e-4, "{} against {weight}", path.strength());
            prop_assert!(path.out_of_time(&graph).is_none());
        }
    }
}
