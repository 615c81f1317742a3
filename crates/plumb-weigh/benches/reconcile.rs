//! How long the weighing takes, beside the aims of the issue. `benches/peers/` runs the same jobs with other programs.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use std::time::Instant;

use plumb_weigh::draws::Stream;
use plumb_weigh::form::Form;
use plumb_weigh::statistics::quantiles;

/// Nanoseconds that this thread has had a processor, where Linux tells: on a shared machine the wall clock also counts
/// the time of others.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The fastest of five runs, in milliseconds of the processor.
fn fastest(mut job: impl FnMut() -> f64) -> (f64, f64) {
    let mut best = f64::INFINITY;
    let mut answer = 0.0;
    for _ in 0..5 {
        let (start, before) = (Instant::now(), processor_time());
        answer = job();
        let wall = start.elapsed().as_secs_f64() * 1e3;
        let taken = processor_time().zip(before).map_or(wall, |(after, before)| (after - before) / 1e6);
        best = best.min(taken);
    }
    (best, answer)
}

fn report(job: &str, aim: &str, mut run: impl FnMut() -> f64) {
    let (milliseconds, answer) = fastest(&mut run);
    println!("{job:<62} {milliseconds:>9.2} ms   aim {aim:<8} ({answer:.6e})");
}

/// The job of the peers: three lognormals from intervals, multiplied, and three quantiles of the result. Draws are made in
/// parts that fit the processor's nearest memory.
fn product(n: usize) -> f64 {
    let intervals = [("workers", 50_000.0, 150_000.0), ("wage", 3000.0, 9000.0), ("share", 0.6, 0.9)];
    let form = |low, high| Form::lognormal_from_interval(low, high, 0.9).expect("an interval");
    let mut factors = intervals.map(|(name, low, high)| (form(low, high), Stream::new(1, name)));
    let mut product = vec![1.0; n];
    let mut draws = [0.0; 1024];
    for part in product.chunks_mut(draws.len()) {
        for (form, stream) in &mut factors {
            form.fill(stream, &mut draws[..part.len()]);
            part.iter_mut().zip(&draws).for_each(|(total, draw)| *total *= draw);
        }
    }
    quantiles(&mut product, &[0.05, 0.5, 0.95]).map_or(f64::NAN, |found| found[1])
}

fn main() {
    report("product of three intervals, 1,000,000 draws, quantiles", "40 ms", || product(1_000_000));
    report("the same, 10,000 draws", "", || product(10_000));
    let mut draws = vec![0.0; 1_000_000];
    report("1,000,000 normal draws", "", || {
        Stream::new(1, "x").fill_normal(&mut draws);
        draws[0]
    });
    report("1,000,000 uniform draws", "", || {
        Stream::new(1, "x").fill_uniform(&mut draws);
        draws[0]
    });
    let form = Form::lognormal(1.0, 0.5).unwrap();
    report("1,000,000 lognormal draws", "", || {
        form.fill(&mut Stream::new(1, "x"), &mut draws);
        draws[0]
    });
    let form = Form::pert(1.0, 2.0, 5.0).unwrap();
    report("1,000,000 PERT draws", "", || {
        form.fill(&mut Stream::new(1, "x"), &mut draws);
        draws[0]
    });
    let mut other = draws.clone();
    report("quantiles", "", || {
        other.copy_from_slice(&draws);
        quantiles(&mut other, &[0.05, 0.5, 0.95]).unwrap()[1]
    });
}
