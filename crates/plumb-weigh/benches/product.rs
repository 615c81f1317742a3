//! How long it takes to draw, simulate and summarise, beside the aim of the project and beside other programs:
//! `cargo bench -p plumb-weigh --bench product -- PEERS.txt`, where the file holds what the programs in `peers` printed.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use plumb_weigh::draws::Stream;
use plumb_weigh::form::Form;
use plumb_weigh::sensitivity::{LEVELS, SobolSettings, drivers, sobol};
use plumb_weigh::simulate::{Columns, Parameter, Plan, Settings, run, summarise};
use plumb_weigh::statistics::quantiles;

mod timing;
use timing::report;

/// The job of the peers: workers times wage times share, each from an interval.
fn plan(draws: usize) -> Plan {
    let intervals = [("workers", 50_000.0, 150_000.0), ("wage", 3_000.0, 9_000.0), ("share", 0.6, 0.9)];
    let form = |low, high| Form::lognormal_from_interval(low, high, 0.9).unwrap();
    let parameters = intervals.map(|(name, low, high)| Parameter::new(name, form(low, high))).to_vec();
    Plan { parameters, settings: Settings { draws, ..Settings::default() }, ..Plan::default() }
}

/// The model: a product of columns.
fn product(inputs: &Columns) -> Columns {
    let mut product = vec![1.0; inputs.draws()];
    for (_, column) in inputs.iter() {
        product.iter_mut().zip(column).for_each(|(total, value)| *total *= value);
    }
    Columns::from_iter([("product".to_owned(), product)])
}

/// The whole way: draws, model, mean and three quantiles, each with its standard error.
fn simulated(plan: &Plan) -> f64 {
    run(plan, product).unwrap().base.outcomes[0].summary.as_ref().unwrap().quantiles[1].estimate.value
}

/// No more than the peers do, in parts that fit the processor's nearest memory: draws, product, three quantiles.
fn bare(n: usize) -> f64 {
    let plan = plan(n);
    let mut factors: Vec<_> = plan.parameters.iter().map(|one| (&one.form, Stream::new(1, &one.name))).collect();
    let mut product = vec![1.0; n];
    let mut draws = [0.0; 1024];
    for part in product.chunks_mut(draws.len()) {
        for (form, stream) in &mut factors {
            form.fill(stream, &mut draws[..part.len()]);
            part.iter_mut().zip(&draws).for_each(|(total, draw)| *total *= draw);
        }
    }
    quantiles(&product, &[0.05, 0.5, 0.95]).unwrap()[1]
}

/// What the peers took, from lines such as `numpy, 1000000 draws: 68.24 ms`, beside what the bare job takes here.
fn ratios(bare: &[(usize, f64)]) {
    for file in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            for (draws, here) in bare {
                let Some((peer, after)) = line.split_once(&format!(", {draws} draws: ")) else { continue };
                let there: f64 = after.split_whitespace().next().unwrap().parse().unwrap();
                println!("{peer}, {draws} draws: {there:.2} ms, {:.1} times as long as here", there / here);
            }
        }
    }
}

fn parts() {
    const DRAWS: usize = 1_000_000;
    let mut draws = vec![0.0; DRAWS];
    let forms = [
        ("normal", Form::normal(0.0, 1.0)),
        ("uniform", Form::uniform(0.0, 1.0)),
        ("lognormal", Form::lognormal(1.0, 0.5)),
        ("PERT", Form::pert(1.0, 2.0, 5.0)),
    ];
    for (name, form) in forms {
        let form = form.unwrap();
        report(&format!("  1,000,000 {name} draws"), "", || {
            form.fill(&mut Stream::new(1, "x"), &mut draws);
            draws[0]
        });
    }
    report("  three quantiles of them", "", || quantiles(&draws, &[0.05, 0.5, 0.95]).unwrap()[1]);
    report("  a summary of them, with standard errors", "", || {
        summarise(&draws, &Settings::default()).unwrap().quantiles[1].estimate.value
    });
}

fn main() {
    let sizes = [(10_000, ""), (1_000_000, "aim 40 ms")];
    println!("product of three intervals");
    let timed = |(n, aim)| Some((n, report(&format!("{n} draws, three quantiles"), aim, || bare(n))?.0.least()));
    let bare: Vec<(usize, f64)> = sizes.into_iter().filter_map(timed).collect();
    ratios(&bare);
    for (n, aim) in sizes {
        let plan = plan(n);
        report(&format!("{n} draws through `simulate`, standard errors included"), aim, || simulated(&plan));
    }
    parts();
    let plan = plan(10_000);
    let base = run(&plan, product).unwrap().base;
    report("rank correlations and tornado, 3 inputs, 10,000 draws", "", || {
        drivers(&base.inputs, &base.outputs, LEVELS).outputs[0].drivers[0].swing().unwrap()
    });
    report("Sobol indices, 3 inputs, 4096 points, 200 replicates", "", || {
        sobol(&plan, product, &SobolSettings::default()).unwrap().outputs[0].inputs[0].first.value
    });
}
