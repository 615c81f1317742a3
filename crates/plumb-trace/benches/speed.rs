//! How fast a large graph is loaded and traced: `cargo bench -p plumb-trace --bench speed`, with networkx and rustworkx beside
//! when `python3` (or the program in `PLUMB_BENCH_PYTHON`) has them.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a program that prints figures and stops when it cannot")]

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use plumb_trace::{Answer, Basis, Follow, Graph, GraphBuilder, Kind, NewEdge, Node, NodeKind, Question, ftm, trace};

const NODES: u64 = 200_000;
const EDGES: u64 = 1_000_000;
const QUESTIONS: u64 = 50;

/// A generator of numbers that gives the same ones on every machine (Steele, Lea and Flood 2014, `SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }
}

/// Ends of the edges: one in three ends at a few hubs, as companies of one owner do.
fn edges() -> Vec<(u64, u64)> {
    let mut numbers = Numbers(1);
    (0..EDGES)
        .map(|at| {
            let to = if at % 3 == 0 { numbers.next(NODES / 100) } else { numbers.next(NODES) };
            (numbers.next(NODES), to)
        })
        .collect()
}

fn timed<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = run();
    println!("{name:<58} {:>9.1} ms", start.elapsed().as_secs_f64() * 1e3);
    made
}

fn build(edges: &[(u64, u64)]) -> Graph {
    let mut builder = GraphBuilder::default();
    let mut numbers = Numbers(2);
    for (at, (from, to)) in edges.iter().enumerate() {
        let (from, to) = (format!("n{from}"), format!("n{to}"));
        let from = builder.node(&from, NodeKind::Body, "");
        let to = builder.node(&to, NodeKind::Body, "");
        let basis = Basis::ALL
            .get(usize::try_from(numbers.next(5)).unwrap_or_default())
            .map_or(Basis::Unstated, |(basis, ..)| *basis);
        let kind = if numbers.next(2) == 0 { Kind::Payment } else { Kind::Ownership };
        let period = format!("{}/{}", 2000 + numbers.next(10), 2012 + numbers.next(10)).parse().ok();
        let record = format!("e{at}");
        builder.link(NewEdge { basis, period, verb: "pays", record: &record, ..NewEdge::new(from, to, kind) });
    }
    builder.finish()
}

fn lines(edges: &[(u64, u64)]) -> String {
    let mut text = String::new();
    for (at, (from, to)) in edges.iter().enumerate() {
        let _infallible = writeln!(
            text,
            r#"{{"id":"e{at}","schema":"Ownership","properties":{{"owner":["n{from}"],"asset":["n{to}"],"percentage":["25"],"startDate":["2011-05-01"]}}}}"#
        );
    }
    text
}

fn ask(graph: &Graph, name: &str, follow: Follow, best: usize) {
    let mut times: Vec<Duration> = Vec::new();
    let (mut found, mut gave_up) = (0, 0);
    let mut numbers = Numbers(3);
    for _ in 0..QUESTIONS {
        let node = |at: u64| graph.find(&format!("n{at}"));
        let (Some(from), Some(to)) = (node(numbers.next(NODES)), node(numbers.next(NODES))) else { continue };
        let ends: [Node; 2] = [from, to];
        let start = Instant::now();
        let question = Question { from: &ends[..1], to: &ends[1..], follow, as_of: None, best };
        let Answer { paths, gave_up: stopped, .. } = trace(graph, &question);
        times.push(start.elapsed());
        found += paths.len();
        gave_up += u32::from(stopped);
    }
    times.sort();
    let milliseconds = |at: usize| times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let (median, worst) = (milliseconds(times.len() / 2), milliseconds(times.len() - 1));
    println!("{name:<58} {median:>9.1} ms median, {worst:.1} ms at most; {found} paths, {gave_up} gave up");
}

fn peers(edges: &[(u64, u64)]) {
    let python = std::env::var("PLUMB_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folder = std::env::temp_dir().join("plumb-trace-bench");
    std::fs::create_dir_all(&folder).expect("a folder for the edges");
    let file = folder.join("edges.txt");
    let text: String = edges.iter().map(|(from, to)| format!("n{from} n{to}\n")).collect();
    std::fs::write(&file, text).expect("the edges for the peers");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers.py");
    match Command::new(python).arg(script).arg(&file).status() {
        Ok(status) if status.success() => {}
        other => println!("peers not run: {other:?}"),
    }
}

fn main() {
    let edges = edges();
    println!("{EDGES} edges between {NODES} nodes");
    let graph = timed("plumb-trace: load the edges, with their ways", || build(&edges));
    let text = lines(&edges);
    println!("FollowTheMoney lines: {} MB", text.len() / 1_000_000);
    timed("plumb-trace: read them as FollowTheMoney lines", || {
        let mut builder = GraphBuilder::default();
        ftm::read(&mut builder, &text, "bench");
        builder.finish().edge_count()
    });
    for best in [1, 3, 10] {
        ask(&graph, &format!("plumb-trace: {best} best paths, any link"), Follow::Any, best);
    }
    ask(&graph, "plumb-trace: 3 best paths, payments in order of time", Follow::Money, 3);
    peers(&edges);
}
