//! How long reconciling takes, beside the aims of the issue.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a bench prints its figures, and stops when its set-up fails"
)]

use plumb_weigh::draws::Stream;
use plumb_weigh::reconcile::{
    BoundedScale, Claim, Expression, Figure, Identity, Method, Problem, Quantity, Settings, least_squares,
    right_or_wrong,
};

mod hosts;
mod timing;
use timing::report;

/// Sixteen origins about workers, wage, share and revenue, all in question.
fn sixteen() -> Problem {
    let mut problem = Problem {
        quantities: ["workers", "wage", "share", "revenue"].map(Quantity::positive).into(),
        identities: vec![Identity::new("revenue", Expression::product(12.0, &["workers", "wage", "share"]))],
        claims: Vec::new(),
    };
    let middles = [("workers", 7e4), ("wage", 500.0), ("share", 0.75), ("revenue", 4e8)];
    let mut stream = Stream::new(1, "middles");
    for index in 0..16 {
        let (quantity, middle) = middles[index % middles.len()];
        let value = middle * (0.7 * stream.normal()).exp();
        let figure = Figure::Interval { low: value / 1.2, high: value * 1.2, coverage: 0.9 };
        problem.claims.push(Claim::of(&format!("claim {index}"), quantity, figure).right_with(0.6));
    }
    problem
}

/// Median of a quantity in the third layer, with what the sampler says of itself.
fn weighed(problem: &Problem, settings: &Settings, quantity: &str, told: &mut String) -> f64 {
    let report = right_or_wrong(problem, settings, 1).expect("a sound problem");
    if let Method::Sampled(quality) = &report.parts[0].method {
        *told = format!("{quality:?}");
    }
    let found = report.quantities.iter().find(|found| found.quantity == quantity).expect("the quantity");
    found.posterior.as_ref().map_or(f64::NAN, |posterior| posterior.quantiles.p50)
}

/// What the sampler says of itself under eight seeds: one may be lucky.
fn under_seeds(problem: &Problem, settings: &Settings) {
    for seed in 1..=8 {
        let report = right_or_wrong(problem, settings, seed).expect("a sound problem");
        if let Method::Sampled(quality) = &report.parts[0].method {
            println!(
                "  seed {seed}: {:.0} effective draws at the slowest, R-hat {:.3}, P(right) within {:.4}, quantiles within {:.2} of \
                 the interval",
                quality.effective_draws,
                quality.r_hat.unwrap_or(f64::NAN),
                quality.probability_error,
                quality.quantile_error,
            );
        }
    }
}

fn main() {
    let (problem, plain) = (sixteen(), Settings { bounded_scale: BoundedScale::Log, ..Settings::default() });
    let mut told = String::new();
    report("least squares, 16 claims of a product", "", || least_squares(&problem, &plain).unwrap().chi_square);
    report("right or wrong, 16 origins: 65,536 worlds", "aim 1000 ms", || {
        weighed(&problem, &plain, "workers", &mut told)
    });
    let sampled = Settings { most_enumerated: 0, ..plain };
    report("the same, sampled", "", || weighed(&problem, &sampled, "workers", &mut told));
    println!("  {told}");
    let (problem, settings) = (hosts::problem(60), Settings::default());
    println!("{} quantities, {} claims", problem.quantities.len(), problem.claims.len());
    report("least squares, three hosts over seventeen years", "", || {
        least_squares(&problem, &settings).unwrap().chi_square
    });
    report("right or wrong, the same, 60 origins, 4,000 draws", "aim 1500 ms", || {
        weighed(&problem, &settings, "total[2020]", &mut told)
    });
    println!("  {told}\n  the truth: {:.6e}", hosts::total(2020));
    under_seeds(&problem, &settings);
}
