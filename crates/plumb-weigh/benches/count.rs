//! Speed of counting the hidden, beside what the issue asks and what R takes: `cargo bench -p plumb-weigh --bench count [JOB]`.
//!
//! The tables are published counts: New Orleans (Bales, Murphy and Silverman 2019), eight and five lists. R's times were
//! measured on the same kind of machine with SparseMSE 2.0.1, dga 2.0.2 and LCMCR 0.4.14.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints, and its tables are known to be good")]

use plumb_weigh::count::{
    AveragingOptions, BootstrapOptions, CaptureTable, LatentOptions, ListSet, PanelOptions, averaging, bootstrap,
    latent_classes, panel, stepwise,
};

mod timing;
use timing::report;

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
    report("stepwise, 8 lists", "R 0.1-1.3 s", || stepwise(&eight, 0.02, 0.95));
    let options = BootstrapOptions::default();
    report("bootstrap, model selected anew, 500 replicates, 5 lists", "aim 2 s, R 41 s", || {
        bootstrap(&five, &options, 0.95)
    });
    report("bootstrap, model selected anew, 500 replicates, 8 lists", "aim 2 s, R 35-86 s", || {
        bootstrap(&eight, &options, 0.95)
    });
    let grid = AveragingOptions { hidden: Some((1, 60_000, 1)), ..AveragingOptions::default() };
    report("decomposable averaging, 5 lists, 60,000 sizes", "aim 0.2 s, R 8.2 s", || averaging(&five, &grid, 0.95));
    let sweeps = LatentOptions { burn_in: 10_000, samples: 2_000, thinning: 50, ..LatentOptions::default() };
    report("latent classes, 8 lists, 110,000 sweeps", "R 2-3.5 s", || latent_classes(&eight, &sweeps, 0.95));
    let options = PanelOptions::default();
    report("the whole panel with its check, 5 lists", "", || panel(&five, &options));
    report("the whole panel with its check, 8 lists", "", || panel(&eight, &options));
}
