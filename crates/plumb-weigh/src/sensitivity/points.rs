//! Points for Sobol indices: an Owen-scrambled Sobol sequence (Burley 2020, "Practical hash-based Owen scrambling", JCGT 9).

use crate::simulate::{Columns, Parameter};

/// The most parameters: each needs two of the sequence's 256 dimensions.
pub const MOST_INPUTS: usize = (sobol_burley::NUM_DIMENSIONS / 2) as usize;

/// The most points of the sequence.
pub const MOST_POINTS: usize = 1 << 16;

/// The sequence gives multiples of 2⁻²³ from 0; half a step moves them to the middles of their cells, where every
/// quantile is finite.
const HALF_STEP: f64 = 1.0 / 16_777_216.0;

/// Two independent sets of points for the parameters. The parameter at place i takes dimensions 2i and 2i + 1, so one more
/// at the end leaves the others' points alone.
pub(super) fn two_sets(parameters: &[Parameter], points: usize, seed: u64) -> [Columns; 2] {
    let column = |place: usize, one: &Parameter, set: usize| {
        let dimension = narrow(2 * place + set);
        let at = |point| f64::from(sobol_burley::sample(narrow(point), dimension, folded(seed))) + HALF_STEP;
        (one.name.clone(), (0..points).map(|point| one.form.quantile(at(point))).collect())
    };
    [0, 1].map(|set| parameters.iter().enumerate().map(|(place, one)| column(place, one, set)).collect())
}

/// Numbers of points and dimensions, both far below 2³².
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves of 64 bits")]
fn folded(seed: u64) -> u32 {
    (seed ^ (seed >> 32)) as u32
}
