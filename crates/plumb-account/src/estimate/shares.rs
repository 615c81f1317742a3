//! Where the variance of a figure comes from: first-order Sobol indices, on demand.

use std::collections::BTreeMap;

use plumb_core::case::Case;
use plumb_weigh::sensitivity::{FirstOrder, first_order};
use plumb_weigh::simulate::Columns;
use serde::Serialize;

use super::ground::{self, Ground};
use super::scenario::{is_computed, output_draws};
use super::{observe, solve, warnings};

/// The parts of a figure's variance that would vanish if one quantity were known.
#[derive(Clone, Debug, Serialize)]
pub struct Shares {
    /// The quantity or output that was asked about.
    pub of: String,
    /// Draws of the posterior that it rests on.
    pub draws: usize,
    /// The quantities that no equation computes, the largest part first. In the posterior they depend on one another, so the
    /// parts overlap.
    pub quantities: Vec<FirstOrder>,
    /// Why the estimates, and so the shares, may be off.
    pub warnings: Vec<String>,
}

/// The shares of a quantity (`workers[RU,2017]`) or an output by its name in the model; blanks do not count. `None` when
/// the case has no model, or the model no such figure that has an estimate. Solves the model anew.
pub fn shares(case: &Case, name: &str) -> Option<Shares> {
    let model = case.model.as_ref()?;
    let ground = ground::ground(case, model);
    let hearing = observe::hear(case, model, &ground.names);
    let solution = solve::solve(model, &ground, &hearing);
    let draws = &solution.weighed.as_ref()?.draws;
    let name: String = name.chars().filter(|letter| !letter.is_whitespace()).collect();
    let output = match draws.get(&name) {
        Some(values) => values.clone(),
        None => output_draws(model, &ground, draws, &name)?,
    };
    let quantities = first_order(&inputs(&ground, draws, &name), &output);
    Some(Shares { of: name, draws: output.len(), quantities, warnings: warnings(&solution) })
}

/// The draws of all other quantities that no equation computes.
fn inputs(ground: &Ground, draws: &BTreeMap<String, Vec<f64>>, name: &str) -> Columns {
    let free = draws.iter().filter(|(other, _)| *other != name && !is_computed(ground, other));
    free.map(|(name, draws)| (name.clone(), draws.clone())).collect()
}
