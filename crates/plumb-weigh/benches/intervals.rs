//! How long the first layer takes on a problem of the size of the real case, beside its aim.

#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use std::time::Instant;

use plumb_weigh::reconcile::{Settings, intervals};

#[path = "../tests/shared/network.rs"]
mod network;

/// Milliseconds that this thread has had a processor, where Linux tells; else by the clock: on a shared machine the clock
/// also counts the time of others.
fn milliseconds(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    spent.map_or_else(|| since.elapsed().as_secs_f64() * 1e3, |nanoseconds| nanoseconds / 1e6)
}

fn main() {
    let begin = Instant::now();
    for (hosts, years, claims) in [(1, 5, 20), (4, 18, 155), (8, 18, 310)] {
        let problem = network::claimed(hosts, years, claims, 1);
        let mut best = f64::INFINITY;
        let mut told = String::new();
        for _ in 0..5 {
            let start = milliseconds(begin);
            let report = intervals(&problem, &Settings::default()).expect("a sound problem");
            best = best.min(milliseconds(begin) - start);
            told = format!("{} conflicts, {:?}", report.conflicts.len(), report.search);
        }
        let (quantities, identities) = (problem.quantities.len(), problem.identities.len());
        println!("{quantities} quantities, {identities} identities, {claims} claims: {best:.1} ms ({told})");
    }
    println!("aim: 300 ms for the size of the real case, the second line");
}
