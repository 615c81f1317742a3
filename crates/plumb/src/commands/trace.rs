//! `plumb trace`: who is bound to whom, where the money goes, who owns whom.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use plumb_account::trace::Traces;
use plumb_page::chart::network::Network;
use plumb_page::chart::relations;
use plumb_trace::ownership::{self, Outcome, Rule};
use plumb_trace::{Answer, Follow, Graph, GraphBuilder, Node, NotFound, Question, bods, ftm, neighbours, trace};
use serde::Serialize;

use super::Outcome as Ended;
use crate::arguments::{FindingFormat, Trace};
use crate::exit::Exit;
use crate::render::trace::{About, Between, traced};
use crate::{load, terminal};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {verb} {}", path.display())]
struct FileError {
    verb: &'static str,
    path: PathBuf,
    source: std::io::Error,
}

/// Runs the command.
pub(crate) fn run(options: &Trace) -> Ended {
    let (graph, as_of) = graph(options)?;
    for problem in graph.problems() {
        terminal::tell(&terminal::visible(&format!("warning: {problem}")));
    }
    let ends = resolve(&graph, &options.from).and_then(|from| {
        let to = options.to.as_deref().map(|to| resolve(&graph, to)).transpose()?;
        let blocked: Result<Vec<Node>, String> = options.blocked.iter().map(|name| resolve(&graph, name)).collect();
        Ok((from, to, blocked?))
    });
    match ends {
        Ok((from, Some(to), _)) => between(&graph, options, as_of, (from, to)),
        Ok((from, None, blocked)) => about(&graph, options, as_of, from, &blocked),
        Err(error) => {
            terminal::tell(&terminal::visible(&error));
            Ok(Exit::Findings)
        }
    }
}

/// The graph of the case or of the files, and the day to stand on.
fn graph(options: &Trace) -> Result<(Graph, Option<Date>), Box<dyn std::error::Error>> {
    if options.bods.is_empty() && options.ftm.is_empty() {
        let folder = options.case.as_deref().unwrap_or(Path::new("."));
        let account = load::account(folder, options.as_of)?;
        let Traces { graph, .. } = account.traces;
        return Ok((graph, Some(account.as_of)));
    }
    let mut builder = GraphBuilder::default();
    for path in &options.ftm {
        ftm::read(&mut builder, &text(path)?, &path.display().to_string());
    }
    for path in &options.bods {
        bods::read(&mut builder, &text(path)?, &path.display().to_string());
    }
    Ok((builder.finish(), options.as_of))
}

fn text(path: &Path) -> Result<String, FileError> {
    let bytes = std::fs::read(path).map_err(|source| FileError { verb: "read", path: path.to_owned(), source })?;
    // a stray byte must not lose the rest of a file: the record that has it shows the sign for it
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn resolve(graph: &Graph, text: &str) -> Result<Node, String> {
    graph.resolve(text).map_err(|error| match &error {
        NotFound::Unknown { nearest: Some(word), .. } => format!("error: {error}\nhint: did you mean `{word}`?"),
        NotFound::Unknown { .. } => {
            format!("error: {error}\nhint: write an id or a whole name as the case or the file has it")
        }
        NotFound::Several { .. } => format!("error: {error}\nhint: write one of these ids"),
    })
}

fn between(graph: &Graph, options: &Trace, as_of: Option<Date>, ends: (Node, Node)) -> Ended {
    let (from, to) = ([ends.0], [ends.1]);
    let ask = |follow| Question { from: &from, to: &to, follow, as_of, best: options.best };
    let answer = |follow| trace(graph, &ask(follow));
    let (links, money) = (answer(Follow::Any), answer(Follow::Money));
    if let Some(file) = &options.svg {
        write(file, &drawn(graph, &links), &format!("{} to {}", graph.name(ends.0), graph.name(ends.1)))?;
    }
    let view = |follow, answer| traced(graph, &ask(follow), answer);
    let found = Between::new(graph, ends, as_of, view(Follow::Any, &links), view(Follow::Money, &money));
    put(options.format, &found, Between::text)
}

/// The best path, or else what is known across the gap.
fn drawn(graph: &Graph, answer: &Answer) -> Network {
    let across = answer.gap.as_ref().and_then(|gap| gap.out_of_time.as_ref());
    let path = answer.paths.first().or(across);
    path.map(|path| relations::of_path(graph, path, &|_| None)).unwrap_or_default()
}

fn about(graph: &Graph, options: &Trace, as_of: Option<Date>, node: Node, blocked: &[Node]) -> Ended {
    let beside = neighbours(graph, node, as_of);
    let day = as_of.unwrap_or(Date::MAX);
    let tests: Vec<(Rule, Outcome)> =
        Rule::ALL.map(|rule| (rule, ownership::test(graph, node, &rule, day, blocked))).into();
    if let Some(file) = &options.svg {
        let network = relations::of_neighbours(graph, node, &beside, &|_| None);
        write(file, &network, &format!("What leads to and from {}", graph.name(node)))?;
    }
    // the rules differ in what they conclude, not in who owns whom
    if let (Some(file), Some((_, outcome))) = (&options.owners_svg, tests.first()) {
        let network = relations::of_ownership(graph, outcome, &|_| None);
        write(file, &network, &format!("Who owns {}", graph.name(node)))?;
    }
    put(options.format, &About::new(graph, node, as_of, &beside, &tests), About::text)
}

fn write(path: &Path, network: &Network, title: &str) -> Result<(), FileError> {
    let failed = |source| FileError { verb: "write", path: path.to_owned(), source };
    plumb_disk::write(path, network.file(title).as_bytes()).map_err(failed)
}

fn put<T: Serialize>(format: FindingFormat, found: &T, text: impl Fn(&T) -> String) -> Ended {
    let written = match format {
        FindingFormat::Text => text(found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(found)?),
    };
    terminal::data(&written)?;
    Ok(Exit::Done)
}
