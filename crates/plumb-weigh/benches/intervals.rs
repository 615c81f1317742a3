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

fn main() {
    for (hosts, years, claims) in [(1, 5, 20), (4, 18, 155), (8, 18, 310)] {
        let problem = network::claimed(hosts, years, claims, 1);
        let mut best = f64::INFINITY;
        let mut told = String::new();
        for _ in 0..5 {
            let start = Instant::now();
            let report = intervals(&problem, &Settings::default()).expect("a sound problem");
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
            told = format!("{} conflicts, {:?}", report.conflicts.len(), report.search);
        }
        let (quantities, identities) = (problem.quantities.len(), problem.identities.len());
        println!("{quantities} quantities, {identities} identities, {claims} claims: {best:.1} ms ({told})");
    }
    println!("aim: 300 ms for the size of the real case, the second line");
}
