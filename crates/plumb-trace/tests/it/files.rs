//! Files of others: real samples, both shapes of BODS, FollowTheMoney, and what is broken in them.

use std::path::PathBuf;

use jiff::civil::date;
use plumb_trace::ownership::{self, Rule, Verdict};
use plumb_trace::{Graph, GraphBuilder, Kind, bods, ftm};

fn shared(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !path.is_dir() {
        eprintln!("skipped: {folder} is not beside the project");
        return None;
    }
    Some(path)
}

fn graph(read: fn(&mut GraphBuilder, &str, &str), text: &str) -> Graph {
    let mut builder = GraphBuilder::default();
    read(&mut builder, text, "file");
    builder.finish()
}

#[test]
fn every_example_of_the_standard_is_read_without_a_problem() {
    let Some(folder) = shared("bods-examples") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let graph = graph(bods::read, &std::fs::read_to_string(&path).unwrap());
            assert_eq!(graph.problems(), [], "{}", path.display());
            assert!(graph.nodes().all(|node| !graph.name(node).is_empty()), "{}", path.display());
            seen += graph.edge_count();
        }
    }
    assert_eq!(seen, 47, "interests of the statements that still count, counted apart from this program");
}

#[test]
fn a_declared_chain_is_counted_once() {
    let Some(folder) = shared("bods-examples") else { return };
    let graph = graph(bods::read, &std::fs::read_to_string(folder.join("indirect-ownership.json")).unwrap());
    let node = |name: &str| graph.nodes().find(|node| graph.name(*node) == name).unwrap();
    let outcome = ownership::test(&graph, node("Company A"), &Rule::US, date(2020, 1, 1), &[node("Person 1")]);
    let sum = outcome.sums.last().unwrap();
    assert!(sum.terms.len() == 1 && sum.terms[0].holding.owner == node("Company B"), "{:?}", sum.terms);
}

const OLD: &str = r#"[
 {"statementID":"e1","statementType":"entityStatement","name":"Old Mill Ltd"},
 {"statementID":"p1","statementType":"personStatement","names":[{"fullName":"Ann Example"}]},
 {"statementID":"o1","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},
  "interestedParty":{"describedByPersonStatement":"p1"},
  "interests":[{"type":"shareholding","interestLevel":"direct","share":{"exact":51.5},"startDate":"2015-01-01"}]},
 {"statementID":"o0","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},
  "interestedParty":{"describedByPersonStatement":"p1"},"interests":[{"type":"shareholding","share":{"exact":10}}]},
 {"statementID":"o2","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},
  "interestedParty":{"unspecified":{"reason":"unknown"}},"interests":[{"type":"votingRights","share":{"minimum":25,"maximum":50}}],
  "replacesStatements":["o0"]}
]"#;

#[test]
fn statements_of_the_older_shape_are_read_and_replaced_ones_left_out() {
    let graph = graph(bods::read, OLD);
    assert_eq!(graph.problems(), []);
    let mill = graph.find("e1").unwrap();
    let edges: Vec<_> = graph.edges_to(mill).map(|id| graph.edge(id).unwrap()).collect();
    assert_eq!(edges.len(), 2);
    assert_eq!((edges[0].kind, edges[0].share.unwrap().to_string()), (Kind::Ownership, "51.5 %".to_owned()));
    assert_eq!(edges[0].period.unwrap().to_string(), "2015-01-01/..");
    assert_eq!((edges[1].kind, graph.name(edges[1].from)), (Kind::Control, "somebody not named (unknown)"));
    let owner = graph.find("p1").unwrap();
    let verdict = |rule: &Rule| ownership::test(&graph, mill, rule, date(2020, 1, 1), &[owner]).verdict;
    assert_eq!((verdict(&Rule::US), verdict(&Rule::UK)), (Verdict::Blocked, Verdict::Blocked));
}

#[test]
fn real_samples_of_followthemoney_are_read() {
    let Some(folder) = shared("ftm-samples") else { return };
    let read = |name: &str| graph(ftm::read, &std::fs::read_to_string(folder.join(name)).unwrap());
    let donations = read("nk_donations.ijson");
    assert_eq!((donations.edge_count(), donations.problems().len()), (290, 0));
    let owned = read("yente_zala.ftm.json");
    let ownerships = |graph: &Graph| {
        let all = graph.nodes().flat_map(|node| graph.edges_from(node).collect::<Vec<_>>());
        all.filter(|id| graph.edge(*id).unwrap().kind == Kind::Ownership).count()
    };
    assert_eq!(ownerships(&owned), 14);
    assert!(owned.nodes().any(|node| owned.is_designated(node)), "sanctions make a node a listed one");
}

#[test]
fn what_is_broken_is_named_and_the_rest_is_read() {
    let broken = r#"[{"recordType":"entity","recordId":"a","recordDetails":{"name":"A"}}, 7,
        {"recordType":"relationship","recordId":"r","recordDetails":{"interests":[]}},
        {"recordType":"poem","recordId":"x"}]"#;
    let read = graph(bods::read, broken);
    assert_eq!(read.node_count(), 1);
    let words: Vec<String> = read.problems().iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words.iter().any(|word| word.contains("names no subject")), "{words:?}");

    let lines = "{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"P\"]}}\nnot json\n\
                 {\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p\"]}}\n\
                 {\"id\":\"q\",\"schema\":\"Poem\"}\n\
                 {\"id\":\"s\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p\"],\"asset\":[\"c\"],\"percentage\":[\"140\"]}}";
    let read = graph(ftm::read, lines);
    let words: Vec<String> = read.problems().iter().map(ToString::to_string).collect();
    assert_eq!(read.edge_count(), 1);
    assert_eq!(words.len(), 4, "{words:?}");
    assert!(words[0].starts_with("line 2"), "{words:?}");
    assert!(words[3].contains("above the whole"), "{words:?}");
}

#[test]
fn no_bytes_make_the_readers_stop() {
    for text in
        ["", "[", "{}", "[[]]", "null", "[{\"recordId\":5}]", "\u{feff}[]", "{\"id\":\"\",\"schema\":\"\"}", "\0"]
    {
        graph(bods::read, text);
        graph(ftm::read, text);
    }
    let deep = "[".repeat(100_000);
    assert!(!graph(bods::read, &deep).problems().is_empty());
    assert!(!graph(ftm::read, &deep).problems().is_empty());
}
