//! Drawing the parameters of the base and of each scenario.
//!
//! Plain draws, not a Latin hypercube. A hypercube's n-th draw changes with the number of draws, and its errors are known
//! only from repeated hypercubes; plain draws are the same however many follow, and their error is known from themselves.
//! They also skip the quantile function, which for a beta is a search for a root. Where precision matters most, in the
//! differences between scenarios, pairing gives more than a hypercube would.

use super::columns::Columns;
use super::fault::{Fault, SimulationError};
use super::plan::{Correlation, Parameter, Plan, Scenario};
use crate::draws::Stream;
use crate::form::correlate;

/// The draws of the base: every parameter from its own stream, then rearranged where correlated.
pub(super) fn base(plan: &Plan) -> Result<Columns, SimulationError> {
    let (draws, seed) = (plan.settings.draws, plan.settings.seed);
    let column = |one: &Parameter| (one.name.clone(), one.form.sample(draws, &mut Stream::new(seed, &one.name)));
    let mut columns: Columns = plan.parameters.iter().map(column).collect();
    for group in groups(plan) {
        rearrange(&mut columns, &group, &plan.correlations, seed)?;
    }
    Ok(columns)
}

/// The parameters that hang together by correlations, each group in the order of the plan.
fn groups(plan: &Plan) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for pair in plan.correlations.iter().map(|one| &one.between) {
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| pair.iter().any(|name| group.contains(name)));
        groups = apart;
        groups.push(joined.into_iter().flatten().chain(pair.iter().cloned()).collect());
    }
    let ordered = |group: Vec<String>| {
        plan.parameters.iter().map(|one| one.name.clone()).filter(|name| group.contains(name)).collect()
    };
    groups.into_iter().map(ordered).collect()
}

/// Correlates one group. Its order streams are keyed by name too, apart from the draws: no parameter's name holds a NUL
/// that a file could write.
fn rearrange(
    columns: &mut Columns,
    group: &[String],
    correlations: &[Correlation],
    seed: u64,
) -> Result<(), SimulationError> {
    let rho = |left: &String, right: &String| {
        let pair = correlations.iter().find(|one| one.between.contains(left) && one.between.contains(right));
        if left == right { 1.0 } else { pair.map_or(0.0, |one| one.rho) }
    };
    let matrix: Vec<Vec<f64>> = group.iter().map(|left| group.iter().map(|right| rho(left, right)).collect()).collect();
    let mut streams: Vec<Stream> = group.iter().map(|name| Stream::new(seed, &format!("{name}\0order"))).collect();
    let mut draws: Vec<Vec<f64>> =
        group.iter().map(|name| columns.get_mut(name).map(std::mem::take).unwrap_or_default()).collect();
    correlate(&mut draws, &matrix, &mut streams)
        .map_err(|cause| SimulationError::Correlation { names: group.to_vec(), cause })?;
    for (name, values) in group.iter().zip(draws) {
        columns.insert(name, values);
    }
    Ok(())
}

/// The draws of a scenario: those of the base, with the overridden columns drawn from their other forms.
///
/// An overriding column is arranged as the base's: its largest draw where the base's is largest. So a pair of draws is as
/// alike as the two forms allow, whatever their kinds, and correlations stay.
pub(super) fn scenario(plan: &Plan, scenario: &Scenario, base: &Columns) -> Result<Columns, Fault> {
    let fault = |what, name: &str| Fault::Scenario { scenario: scenario.name.clone(), what, name: name.to_owned() };
    let mut columns = base.clone();
    let mut seen: Vec<&str> = Vec::new();
    for Parameter { name, form } in &scenario.overrides {
        if seen.contains(&name.as_str()) {
            return Err(fault("it overrides twice the parameter", name));
        }
        let old = base.get(name).ok_or_else(|| fault("the model has no parameter", name))?;
        let draws = form.sample(old.len(), &mut Stream::new(plan.settings.seed, name));
        columns.insert(name, arranged_as(draws, old));
        seen.push(name);
    }
    Ok(columns)
}

/// The draws with their largest where `order` is largest, and so on. Where `order` has ties, as that of a point, the draws
/// keep the order that they came in.
fn arranged_as(draws: Vec<f64>, order: &[f64]) -> Vec<f64> {
    let mut places: Vec<(f64, f64, usize)> =
        order.iter().zip(&draws).enumerate().map(|(place, (key, draw))| (*key, *draw, place)).collect();
    places.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut rising = draws.clone();
    rising.sort_unstable_by(f64::total_cmp);
    let mut arranged = draws;
    for ((_, _, place), draw) in places.into_iter().zip(rising) {
        if let Some(slot) = arranged.get_mut(place) {
            *slot = draw;
        }
    }
    arranged
}
