//! How long the first layer takes on a problem of the size of the real case, beside its aim.

#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use plumb_weigh::reconcile::{Settings, intervals};

#[path = "../tests/it/reconcile/network.rs"]
mod network;
mod timing;
use timing::report;

fn main() {
    for (hosts, years, claims, aim) in
        [(1, 5, 20, ""), (4, 18, 155, "aim 300 ms, the size of the real case"), (8, 18, 310, "")]
    {
        let problem = network::claimed(hosts, years, claims, 1);
        let (quantities, identities) = (problem.quantities.len(), problem.identities.len());
        let job = format!("{quantities} quantities, {identities} identities, {claims} claims");
        let found = report(&job, aim, || intervals(&problem, &Settings::default()).expect("a sound problem"));
        if let Some((_, found)) = found {
            println!("  {} conflicts, {:?}", found.conflicts.len(), found.search);
        }
    }
}
