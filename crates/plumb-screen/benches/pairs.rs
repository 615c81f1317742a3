//! How many pairs of a file are compared a second on one core: `cargo bench -p plumb-screen --bench pairs -- PAIRS.csv`.
//!
//! `PAIRS.csv` has the columns `schema`, `name1` and `name2`. `peers/nomenklatura.py` runs this on the pairs that it holds nomenklatura
//! against, and prints by how much the one is faster than the other.

#![expect(clippy::print_stdout, reason = "a benchmark reports on the terminal")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use plumb_core::ftm::{self, Schema};
use plumb_names::{Reader, Scratch};
use plumb_screen::score::{Profile, Scorer};

/// Runs over all pairs, of which the quickest counts, since other programs may be busy on the machine. Counted is the time on a core where the
/// system tells it (Linux), as the peer's is.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().skip(1).find(|argument| argument != "--bench").ok_or("usage: pairs PAIRS.csv")?;
    let mut pairs: Vec<(&'static Schema, [String; 2])> = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (schema, name1, name2): (String, String, String) = row?;
        pairs.push((ftm::schema(&schema).ok_or("no such schema")?, [name1, name2]));
    }
    let scorer = Scorer::built_in()?;
    let mut scratch = Scratch::default();
    // a new reader for each run: what it remembers it has read in this run
    let mut read = |explained: bool| {
        quickest(|| {
            let mut reader = Reader::default();
            let mut read =
                |schema, name| Profile::new_with(&mut reader, schema, &[("name", std::slice::from_ref(name))]);
            for (schema, [one, two]) in &pairs {
                let (one, two) = (read(schema, one), read(schema, two));
                if explained {
                    black_box(scorer.explain(&one, &two, &mut scratch));
                } else {
                    black_box(scorer.score(&one, &two, &mut scratch));
                }
            }
        })
    };
    let (explained, scored) = (read(true), read(false));
    let read = |schema, name| Profile::new(schema, &[("name", std::slice::from_ref(name))]);
    let profiles: Vec<_> = pairs.iter().map(|(schema, [one, two])| (read(schema, one), read(schema, two))).collect();
    let when_read = quickest(|| {
        for (one, two) in &profiles {
            black_box(scorer.score(one, two, &mut scratch));
        }
    });
    let rate = |time: Duration| pairs.len() as f64 / time.as_secs_f64();
    println!("plumb-screen: {:.0} compares a second on one core, names read and scores explained", rate(explained));
    println!("plumb-screen: {:.0} compares a second on one core, names read and pairs scored", rate(scored));
    println!("plumb-screen: {:.0} compares a second on one core of names that have been read", rate(when_read));
    Ok(())
}

fn quickest(mut run: impl FnMut()) -> Duration {
    let time = || {
        let (start, spent) = (Instant::now(), processor_time());
        run();
        spent.zip(processor_time()).map_or_else(|| start.elapsed(), |(before, after)| after.saturating_sub(before))
    };
    std::iter::repeat_with(time).take(RUNS).min().unwrap_or_default()
}

/// Time that this thread has spent on a core.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
