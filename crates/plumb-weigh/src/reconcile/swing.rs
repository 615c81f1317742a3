//! Swings through all unknowns at once: Hamiltonian Monte Carlo (Duane and others 1987; Neal 2011).
//!
//! A step of one unknown is held by all that is tied to it: years that follow one another move by inches. A swing gives every unknown a
//! push and follows the density along. Lengths are measured by the precision at the most probable place, in which the tied directions
//! are as long as the free ones.

use crate::draws::Stream;
use crate::matrix::{backward, forward};

use super::field::{Field, State};
use super::slopes::Tape;

/// The part of swings that should be accepted (Beskos and others 2013: 0.651 for many unknowns, more where tails are heavy).
const ACCEPTANCE: f64 = 0.7;
/// A quarter of a turn, after which a normal density is forgotten.
const TURN: f64 = 1.6;
/// Steps of a swing at most, however short they must be.
const MOST_STEPS: f64 = 16.0;

/// How a walk swings, with its working memory.
pub(super) struct Swing<'f, 'a> {
    field: &'f Field<'a>,
    /// Cholesky factor of the precision by which lengths are measured.
    lower: &'f [f64],
    heat: f64,
    /// Length of a step.
    length: f64,
    swings: f64,
    tape: Tape,
    push: Vec<f64>,
    slope: Vec<f64>,
    step: Vec<f64>,
}

impl<'f, 'a> Swing<'f, 'a> {
    pub(super) fn new(field: &'f Field<'a>, lower: &'f [f64], heat: f64) -> Self {
        let free = field.free();
        // for d unknowns of a normal density steps of about d^(−1/4) are accepted (Neal 2011, section 4.4)
        let length = libm::pow(f64::from(u32::try_from(free.max(1)).unwrap_or(u32::MAX)), -0.25);
        let [push, slope, step] = [vec![0.0; free], vec![0.0; free], vec![0.0; free]];
        let tape = Tape::new(field);
        Self { field, lower, heat, length, swings: 0.0, tape, push, slope, step }
    }

    /// The state after a swing, or `None` when it is refused; while tuning, the length of its steps adapts.
    pub(super) fn swing(&mut self, state: &State, stream: &mut Stream, tuning: bool) -> Option<State> {
        self.push.iter_mut().for_each(|part| *part = stream.normal());
        // from none to two quarters: no path has a length at which it always comes back
        let most = libm::ceil(2.0 * TURN / self.length).clamp(1.0, MOST_STEPS);
        let steps = libm::ceil(most * stream.uniform());
        let mut next = state.clone();
        let before = self.height(state);
        let gain = self.follow(&mut next, steps).then(|| self.height(&next) - before);
        let chance = gain.map_or(0.0, |gain| libm::exp(gain.min(0.0)));
        if tuning {
            self.swings += 1.0;
            // Robbins and Monro 1951
            let change = libm::pow(self.swings, -0.6) * (chance - ACCEPTANCE);
            self.length = (self.length * libm::exp(change)).clamp(1e-4, 2.0);
        }
        (stream.uniform() < chance).then_some(next)
    }

    /// ln of the density less the energy of the push.
    fn height(&self, state: &State) -> f64 {
        self.field.height(state, self.heat) - 0.5 * self.push.iter().map(|part| part * part).sum::<f64>()
    }

    /// Follows the density by the leapfrog; whether it never left it.
    fn follow(&mut self, state: &mut State, steps: f64) -> bool {
        let half = 0.5 * self.length;
        if !self.look(state) {
            return false;
        }
        let mut left = steps;
        while left > 0.0 {
            left -= 1.0;
            nudge(&mut self.push, half, &self.slope);
            self.step.copy_from_slice(&self.push);
            backward(self.lower, self.step.len(), &mut self.step);
            nudge(&mut state.place, self.length, &self.step);
            if !self.look(state) {
                return false;
            }
            nudge(&mut self.push, half, &self.slope);
        }
        true
    }

    /// Computes a state and the slopes there, in the lengths of the precision; whether there is a density.
    fn look(&mut self, state: &mut State) -> bool {
        let is_there = self.field.settle(state, &mut self.tape);
        if is_there {
            self.tape.slopes(self.field, state, self.heat, &mut self.slope);
            forward(self.lower, self.slope.len(), &mut self.slope);
        }
        is_there
    }
}

fn nudge(place: &mut [f64], by: f64, direction: &[f64]) {
    for (place, direction) in place.iter_mut().zip(direction) {
        *place += by * direction;
    }
}
