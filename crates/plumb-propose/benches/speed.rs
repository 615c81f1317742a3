//! How fast a document becomes proposals, and a decision a change of the case: `cargo bench -p plumb-propose`.
#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, reason = "a bench prints figures")]

use std::path::Path;
use std::time::Instant;

use plumb_document::Limits;
use plumb_propose::{Citation, Desk, Kind, Log, Readout, SourceDetails};
use plumb_read::{Folder, read};
use plumb_text::Reader;

/// The labelled sentences of all languages, over and over: nearly each makes a claim, so this is the slowest prose there is.
fn sentences() -> String {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../plumb-text/tests/data/sentences.tsv"));
    let file = std::fs::read_to_string(path).unwrap();
    let rows = file.lines().filter(|line| !line.starts_with('#'));
    let text: String = rows.filter_map(|row| row.split('\t').nth(1)).map(|one| format!("{one}\n\n")).collect();
    text.repeat(1_000_000 / text.len())
}

/// The least time of some runs, in seconds: what else the machine does only adds to it.
fn least(mut work: impl FnMut()) -> f64 {
    let run = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..5).map(run).fold(f64::INFINITY, f64::min)
}

fn main() {
    let files = Folder::from_disk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/dprk-labour")));
    let reader = Reader::for_case(&read(&files).case).unwrap();
    let text = sentences();
    let document = plumb_document::read(text.as_bytes(), "a.txt", &Limits::default()).unwrap();
    let readout = || Readout::of(&document, "a.txt", false, &reader);
    let found = readout();
    let seconds = least(|| drop(std::hint::black_box(readout())));
    let (megabytes, count) = (text.len() as f64 / 1e6, found.proposals.len());
    println!(
        "propose: {:.1} MB/s, {count} proposals in {megabytes:.1} MB of sentences with figures",
        megabytes / seconds
    );

    let log = Log::default();
    let desk = Desk { files: &files, log: &log, day: "2026-01-01", who: "bench" };
    let source = SourceDetails { publisher: "Harbour Watch".to_owned(), ..SourceDetails::default() };
    let whole = |one: &&plumb_propose::Proposal| {
        one.kind == Kind::Claim && ["measure", "place"].iter().all(|field| !one.draft.get(field).is_empty())
    };
    let proposal = found.proposals.iter().find(whole).unwrap();
    let accept = || desk.accept(&found.record, proposal, &proposal.draft, &Citation::New(source.clone()));
    accept().unwrap();
    let seconds = least(|| drop(std::hint::black_box(accept())));
    println!("accept: {:.0} ms for a decision, the whole case read before and after", seconds * 1e3);
}
