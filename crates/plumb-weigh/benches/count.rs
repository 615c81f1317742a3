//! Speed of counting the hidden, in seconds beside what the issue asks: `cargo bench -p plumb-weigh --bench count`.
//!
//! The tables are published counts: New Orleans (Bales, Murphy and Silverman 2019), eight and five lists. R's times were
//! measured on the same kind of machine with SparseMSE 2.0.1, dga 2.0.2 and LCMCR 0.4.14.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints, and its tables are known to be good")]

use std::time::Instant;

use plumb_weigh::count::{
    AveragingOptions, BootstrapOptions, CaptureTable, LatentOptions, ListSet, PanelOptions, averaging, bootstrap,
    latent_classes, panel, stepwise,
};

/// Seconds that the threads of this process have had a processor, in hundredths, where Linux tells: on a shared machine the
/// wall clock also counts the time of others.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// Runs a job five times and prints the best wall time and the mean processor time; only jobs whose name holds the first
/// argument, if one is given.
fn time<T>(name: &str, aim: &str, peer: &str, job: impl Fn() -> T) {
    const RUNS: u8 = 5;
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    if wanted.is_some_and(|wanted| !name.contains(&wanted)) {
        return;
    }
    let (mut best, before) = (f64::INFINITY, processor_time());
    for _ in 0..RUNS {
        let start = Instant::now();
        std::hint::black_box(job());
        best = best.min(start.elapsed().as_secs_f64());
    }
    let processor = before.zip(processor_time()).map(|(before, after)| (after - before) / f64::from(RUNS));
    let processor = processor.map_or_else(|| "?".to_owned(), |seconds| format!("{seconds:.3}"));
    println!("{name:<58} {best:>8.4} s wall {processor:>7} s processor   aim {aim:<6} R {peer}");
}

fn eight_lists() -> CaptureTable {
    let rows: [(ListSet, u64); 19] = [
        (0b1, 25),
        (0b101, 1),
        (0b1001, 2),
        (0b1_0001, 1),
        (0b100_0101, 1),
        (0b1_1001, 1),
        (0b10, 5),
        (0b10_0010, 1),
        (0b100, 70),
        (0b1100, 1),
        (0b1_0100, 1),
        (0b100_0100, 1),
        (0b1000, 33),
        (0b1_1000, 2),
        (0b1_0000, 6),
        (0b1001_0000, 1),
        (0b10_0000, 6),
        (0b100_0000, 6),
        (0b1000_0000, 21),
    ];
    CaptureTable::new(&["A", "B", "C", "D", "E", "F", "G", "H"], &rows).expect("a published table")
}

fn five_lists() -> CaptureTable {
    let rows: [(ListSet, u64); 14] = [
        (0b1, 25),
        (0b10, 24),
        (0b100, 70),
        (0b1000, 33),
        (0b1_0000, 21),
        (0b11, 1),
        (0b101, 1),
        (0b1001, 2),
        (0b110, 2),
        (0b1010, 2),
        (0b1_0010, 1),
        (0b1100, 1),
        (0b111, 1),
        (0b1011, 1),
    ];
    CaptureTable::new(&["A", "BEFG", "C", "D", "H"], &rows).expect("a published table")
}

fn main() {
    let (eight, five) = (eight_lists(), five_lists());
    time("stepwise, 8 lists", "", "0.1-1.3 s", || stepwise(&eight, 0.02, 0.95));
    let options = BootstrapOptions::default();
    time("bootstrap, model selected anew, 500 replicates, 5 lists", "2 s", "41 s", || bootstrap(&five, &options, 0.95));
    time("bootstrap, model selected anew, 500 replicates, 8 lists", "2 s", "35-86 s", || {
        bootstrap(&eight, &options, 0.95)
    });
    let grid = AveragingOptions { hidden: Some((1, 60_000, 1)), ..AveragingOptions::default() };
    time("decomposable averaging, 5 lists, 60,000 sizes", "0.2 s", "8.2 s", || averaging(&five, &grid, 0.95));
    let sweeps = LatentOptions { burn_in: 10_000, samples: 2_000, thinning: 50, ..LatentOptions::default() };
    time("latent classes, 8 lists, 110,000 sweeps", "", "2-3.5 s", || latent_classes(&eight, &sweeps, 0.95));
    let options = PanelOptions::default();
    time("the whole panel with its check, 5 lists", "", "", || panel(&five, &options));
    time("the whole panel with its check, 8 lists", "", "", || panel(&eight, &options));
}
