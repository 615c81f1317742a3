//! Swings through all unknowns at once: Hamiltonian Monte Carlo (Duane and others 1987; Neal 2011).
//!
//! A swing gives every unknown a push and follows the density, in the world at hand, along. Lengths are measured by the precision of the
//! [picture](super::picture) in that world, in which what is tied together is as long as what is free.

use crate::draws::Stream;
use crate::matrix::dot;

use super::field::{Field, State};
use super::picture::Covariance;
use super::picture::Picture;
use super::slopes::Tape;
use super::turn::Stand;

/// The part of swings that should be accepted (Beskos and others 2013: 0.651 for many unknowns, more where tails are heavy).
const ACCEPTANCE: f64 = 0.8;
/// How far a swing goes: after 1.6, a quarter of a turn, a normal density is forgotten. A little less costs a fifth fewer steps, and the
/// unknowns are still drawn anew far more often than who is right.
const TURN: f64 = 1.0;
/// Steps of a swing at most, however short they must be.
const MOST_STEPS: f64 = 16.0;

/// How a walk swings, with its working memory.
pub(super) struct Swing {
    /// Length of a step.
    length: f64,
    swings: f64,
    push: Vec<f64>,
    slope: Vec<f64>,
    step: Vec<f64>,
    /// A state to write the next one into.
    spare: Option<State>,
}

impl Swing {
    pub(super) fn new(free: usize) -> Self {
        // for d unknowns of a normal density steps of about d^(−1/4) are accepted (Neal 2011, section 4.4)
        let length = libm::pow(f64::from(u32::try_from(free.max(1)).unwrap_or(u32::MAX)), -0.25);
        let [push, slope, step] = [vec![0.0; free], vec![0.0; free], vec![0.0; free]];
        Self { length, swings: 0.0, push, slope, step, spare: None }
    }

    /// Adapts anew, from the length found so far.
    pub(super) fn anew(mut self) -> Self {
        self.swings = 0.0;
        self
    }

    /// Moves a state by a swing, unless that is refused; whether it moved. While tuning, the length of its steps adapts.
    pub(super) fn swing(
        &mut self,
        (field, tape, picture): (&Field<'_>, &mut Tape, &Picture),
        stand: &mut Stand<'_>,
        stream: &mut Stream,
        tuning: bool,
    ) -> bool {
        picture.push(&stand.rows, &mut self.push, || stream.normal());
        // from half a quarter to one and a half: no path has a length at which it always comes back
        let steps = libm::ceil((TURN * (0.5 + stream.uniform()) / self.length).min(MOST_STEPS));
        let mut next = self.spare.take().unwrap_or_else(|| stand.state.clone());
        next.place.clone_from(&stand.state.place);
        tape.slopes(field, &stand.state, &stand.rows, &mut stand.slope);
        self.slope.clone_from(&stand.slope);
        let before = stand.height - self.energy(&stand.covariance);
        let there = self.follow((field, tape), &stand.covariance, (&mut next, &stand.rows), steps);
        let there = there && field.judge_all(&mut next);
        let height = if there { field.height(&next, &stand.held) } else { f64::NEG_INFINITY };
        let gain = height - self.energy(&stand.covariance) - before;
        let chance = if gain.is_nan() { 0.0 } else { libm::exp(gain.min(0.0)) };
        if tuning {
            self.swings += 1.0;
            // Robbins and Monro 1951
            let change = libm::pow(self.swings, -0.6) * (chance - ACCEPTANCE);
            self.length = (self.length * libm::exp(change)).clamp(1e-4, 2.0);
        }
        let moved = stream.uniform() < chance;
        if moved {
            std::mem::swap(&mut stand.state, &mut next);
            std::mem::swap(&mut stand.slope, &mut self.slope);
            stand.height = height;
        }
        stand.covariance.times(&stand.slope, &mut stand.step);
        self.spare = Some(next);
        moved
    }

    /// The energy of the push; its speed is left in `step`.
    fn energy(&mut self, covariance: &Covariance<'_>) -> f64 {
        covariance.times(&self.push, &mut self.step);
        0.5 * dot(&self.push, &self.step)
    }

    /// Follows the density by the leapfrog, from where its slope is known; whether it never left it.
    fn follow(
        &mut self,
        (field, tape): (&Field<'_>, &mut Tape),
        covariance: &Covariance<'_>,
        (state, rows): (&mut State, &[bool]),
        steps: f64,
    ) -> bool {
        let half = 0.5 * self.length;
        let mut left = steps;
        while left > 0.0 {
            left -= 1.0;
            nudge(&mut self.push, half, &self.slope);
            covariance.times(&self.push, &mut self.step);
            nudge(&mut state.place, self.length, &self.step);
            if !field.locate(state) {
                return false;
            }
            tape.slopes(field, state, rows, &mut self.slope);
            nudge(&mut self.push, half, &self.slope);
        }
        true
    }
}

fn nudge(place: &mut [f64], by: f64, direction: &[f64]) {
    for (place, direction) in place.iter_mut().zip(direction) {
        *place += by * direction;
    }
}
