//! How long a model of stocks and flows takes: five fictional hosts, 48 equations, 120 steps.
//! `benches/peers/pysd.py` runs the same model with PySD and prints the ratio.
//!
//!     cargo bench -p plumb-weigh --bench simulate [MODEL.xmile]

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use plumb_weigh::draws::Stream;
use plumb_weigh::form::Form;
use plumb_weigh::statistics::quantiles;
use plumb_weigh::stockflow::{Method, Model, Run, Save, Simulation};
use plumb_weigh::xmile;

mod timing;
use timing::report;

const MODEL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/estimation/stockflow/labour_five_hosts.xmile");
const HOSTS: [&str; 5] = ["alpha", "beta", "gamma", "delta", "epsilon"];
const DRAWS: usize = 10_000;

/// The parameters that draws differ in, four for each host, each a lognormal from 20 % below to 20 % above its value.
fn parameters() -> (Vec<String>, Vec<Vec<f64>>) {
    let middles = [("dispatch_rate", 200.0), ("contract", 36.0), ("wage", 550.0), ("share", 0.75)];
    let each = HOSTS.iter().flat_map(|host| middles.map(|(name, middle)| (format!("{name}_{host}"), middle)));
    let drawn = each.map(|(name, middle)| {
        let form = Form::lognormal_from_interval(0.8 * middle, 1.2 * middle, 0.9).unwrap();
        let mut column = vec![0.0; DRAWS];
        form.fill(&mut Stream::new(1, &name), &mut column);
        (name, column)
    });
    drawn.unzip()
}

fn run(simulation: &Simulation, columns: &[Vec<f64>], save: Save) -> Run {
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let run = simulation.run(&columns, DRAWS, save).unwrap();
    assert!(run.faults.is_empty(), "{:?}", run.faults);
    run
}

/// Three quantiles of each output at each time that was kept; the last median stands for them.
fn summary(run: &Run) -> f64 {
    let mut last = 0.0;
    for output in 0..run.outputs.len() {
        for time in 0..run.times.len() {
            let found = quantiles(run.column(output, time).unwrap(), &[0.05, 0.5, 0.95]).unwrap();
            last = found.get(1).copied().unwrap_or(f64::NAN);
        }
    }
    last
}

fn main() {
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_else(|| MODEL.to_owned());
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: there is no model at {path}");
        return;
    };
    report("reading the model", "", || {
        let (model, _) = xmile::read(&bytes).unwrap();
        model.stop
    });
    let (mut model, warnings) = xmile::read(&bytes).expect("the model of five hosts");
    assert!(warnings.is_empty(), "{warnings:?}");
    let outputs: Vec<String> =
        HOSTS.iter().map(|host| format!("workers_{host}")).chain(["cumulative_remittance".to_owned()]).collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    single(&model, &outputs);
    let (names, columns) = parameters();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let simulation = Simulation::compile(&model, &names, &outputs).unwrap();
    report("10,000 draws, quantiles of six outputs at the end", "aim 60 ms", || {
        summary(&run(&simulation, &columns, Save::Last))
    });
    report("10,000 draws, quantiles at the end of each year", "aim 60 ms", || {
        summary(&run(&simulation, &columns, Save::Every(12)))
    });
    report("10,000 draws, quantiles at each of 121 times", "", || summary(&run(&simulation, &columns, Save::Every(1))));
    model.method = Method::RungeKutta4;
    let simulation = Simulation::compile(&model, &names, &outputs).unwrap();
    report("10,000 draws with Runge\u{2013}Kutta, quantiles at the end", "", || {
        summary(&run(&simulation, &columns, Save::Last))
    });
}

fn single(model: &Model, outputs: &[&str]) {
    report("making it ready", "", || {
        let simulation = Simulation::compile(model, &[], outputs).unwrap();
        f64::from(u8::try_from(simulation.parameters().len()).unwrap())
    });
    let simulation = Simulation::compile(model, &[], outputs).unwrap();
    report("one run, every step kept", "PySD 20 ms", || {
        let run = simulation.run(&[], 1, Save::Every(1)).unwrap();
        *run.course(5, 0).last().unwrap()
    });
}
