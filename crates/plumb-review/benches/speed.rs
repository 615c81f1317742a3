//! How fast a text is held against the account of the first case: `cargo bench -p plumb-review`.
#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, reason = "a bench prints figures")]

use std::path::Path;
use std::time::Instant;

use plumb_account::Account;
use plumb_document::Limits;
use plumb_review::{review, sentences};
use plumb_text::Reader;

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
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let reading = plumb_read::read(&plumb_read::Folder::from_disk(&root.join("cases/dprk-labour")));
    let account = Account::compile(reading.case, reading.diagnostics, None);
    let reader = Reader::for_case(&account.case).unwrap();
    let article = std::fs::read_to_string(root.join("examples/review/article.md")).unwrap();
    for times in [1, 50] {
        let text = format!("{article}\n\n").repeat(times);
        let document = plumb_document::read(text.as_bytes(), "article.md", &Limits::default()).unwrap();
        let held = || review(&account, &document, &sentences(&reader, &document));
        let statements = held().statements.len();
        let seconds = least(|| drop(std::hint::black_box(held())));
        let kilobytes = text.len() as f64 / 1e3;
        println!("review: {:.1} ms for {kilobytes:.0} kB with {statements} statements", seconds * 1e3);
    }
}
