//! Moving a place to one that has a density, by small steps along what the first flaw needs.

use super::field::{Field, State};
use super::slopes::Tape;

/// A start is mended until its differences leave this part of what they are taken from.
const MENDED_DIFFERENCE: f64 = 0.05;
/// Steps of 0.1 in a logarithm: enough to move every quantity by a factor of e¹⁰⁰ one after another.
const MOST_STEPS: usize = 1000;

/// The state at the nearest place found that has a density; `None` when none is found.
pub(super) fn mended(field: &Field<'_>, mut place: Vec<f64>) -> Option<State> {
    for _ in 0..MOST_STEPS {
        let Some(direction) = flaw(field, &place) else { return field.at(place) };
        let steepest = direction.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
        if steepest.is_nan() || steepest == 0.0 {
            return None;
        }
        for (place, slope) in place.iter_mut().zip(&direction) {
            *place += 0.1 * slope / steepest;
        }
    }
    None
}

/// Which way the unknowns must go for the first definition that cannot be; `None` when all can. Of the flawed one the signs alone
/// count: at a total near zero, or below, its parts mean nothing.
fn flaw(field: &Field<'_>, place: &[f64]) -> Option<Vec<f64>> {
    let mut logs = field.logs(place);
    let (mut tape, mut shares) = (Tape::new(field), field.whole_shares());
    for definition in 0..field.definitions() {
        let (log, left) = difference(field, definition, &logs);
        let (_, high) = field.cluster.nodes.get(field.free() + definition)?.bounds;
        if left > MENDED_DIFFERENCE
            && let Some(log) = field.define_and_shares(definition, &logs, &mut shares)
        {
            *logs.get_mut(field.free() + definition)? = log;
            continue;
        }
        let gains = tape.carry_signs(field, &shares, definition, if log > high { -1.0 } else { 1.0 });
        let nodes = field.cluster.nodes.iter().zip(place).zip(gains);
        return Some(nodes.map(|((node, place), gain)| gain * node.scale.logarithm(*place).1).collect());
    }
    None
}

/// ln of an expression, and what is left of it as a part of its size; nothing left where it is not above zero.
fn difference(field: &Field<'_>, definition: usize, logs: &[f64]) -> (f64, f64) {
    let terms = field.terms_of(definition);
    let highest = terms.iter().map(|term| field.log_of_term(term, logs)).fold(f64::NEG_INFINITY, f64::max);
    let share = |term| libm::exp(field.log_of_term(term, logs) - highest);
    let total: f64 = terms.iter().map(|term| if term.negative { -share(term) } else { share(term) }).sum();
    let size: f64 = terms.iter().map(share).sum();
    if total > 0.0 { (highest + libm::log(total), total / size) } else { (f64::NEG_INFINITY, 0.0) }
}
