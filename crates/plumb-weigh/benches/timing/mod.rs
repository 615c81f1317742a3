//! How long a job takes, for all benches alike.

use std::time::Instant;

/// Rounds of a job; the best of them is its time.
const ROUNDS: u8 = 5;
/// Seconds of a round: shorter jobs are repeated, because the system's account of the processor moves in steps of 10 ms.
const ROUND: f64 = 0.2;

/// Milliseconds that a run of a job takes.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// By the clock, in the best round.
    pub(crate) wall: f64,
    /// Of all processors together, on average, where Linux tells: on a shared machine the clock also counts the time of
    /// others.
    pub(crate) processor: Option<f64>,
}

impl Taken {
    /// The smaller: on one thread the clock counts others too, on several the processors add up.
    #[allow(clippy::allow_attributes, dead_code, reason = "each bench uses its part")]
    pub(crate) fn least(self) -> f64 {
        self.processor.map_or(self.wall, |processor| processor.min(self.wall))
    }
}

/// Times a job and prints what it takes beside what is aimed at; only jobs whose name holds the first argument, if that
/// names no file. Gives what the last run answered.
pub(crate) fn report<T>(job: &str, aim: &str, mut run: impl FnMut() -> T) -> Option<(Taken, T)> {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    if wanted.is_some_and(|wanted| !std::path::Path::new(&wanted).exists() && !job.contains(&wanted)) {
        return None;
    }
    let mut answer = run();
    let (mut wall, mut runs, before) = (f64::INFINITY, 0.0, processor_time());
    for _ in 0..ROUNDS {
        let (start, mut repeats) = (Instant::now(), 0.0);
        while start.elapsed().as_secs_f64() < ROUND {
            answer = std::hint::black_box(run());
            repeats += 1.0;
        }
        wall = wall.min(start.elapsed().as_secs_f64() * 1e3 / repeats);
        runs += repeats;
    }
    let processor = before.zip(processor_time()).map(|(before, after)| (after - before) / runs);
    let told = processor.map_or_else(|| "?".to_owned(), |processor| format!("{processor:.3}"));
    println!("{job:<62} {wall:>9.3} ms {told:>9} ms of processors   {aim}");
    Some((Taken { wall, processor }, answer))
}

/// Milliseconds that the threads of this process have had a processor.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    // a tick is a hundredth of a second
    Some((ticks(11)? + ticks(12)?) * 10.0)
}
