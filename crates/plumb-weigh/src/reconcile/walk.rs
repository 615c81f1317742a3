//! A walk through the posterior, one unknown at a time, with the worlds summed out.
//!
//! Each step moves one unknown and computes only what hangs on it: the definitions downstream, the rows that measure them, the
//! origins behind those (Metropolis and others 1953, one coordinate at a time). Most steps are about as long as the unknown's own
//! spread, found while warming up; some are long, so that a claim's hump is left for another's. Each origin enters as
//! ln(p·∏ right + (1 − p)·∏ wrong), so no step is barred by who is right at the moment.
//!
//! Now and then all unknowns [swing](Swing) together; and two more moves keep pace with what is known of several unknowns. Where a
//! sum is claimed, one part grows and another shrinks so that the sum stays. Where ratios bind unknowns in a chain, all on one side
//! of a link move as one.
//!
//! An origin with many claims still holds a walk fast: to leave one hump for another all of its claims must give way at once. So
//! several walks go side by side, each with the claims in question raised to a power below one, its heat, and neighbours exchange
//! their places (replica exchange; Geyer 1991, Hukushima and Nemoto 1996). Only the walk at heat one is drawn from.

use crate::draws::Stream;

use super::field::{Field, State};
use super::reach::{Moves, Reach, Together};
use super::swing::Swing;

/// The part of steps of one unknown that should be accepted (Gelman, Roberts and Gilks 1996, for one dimension).
const ACCEPTANCE: f64 = 0.44;
/// One step in so many is long.
const LONG_EVERY: u64 = 4;
/// Standard deviation of a long step on the scale of the unknown: a factor of e, between claims that differ by as much.
const LONG: f64 = 1.0;
/// In a round one chain in so many is moved, which costs about as much as the single steps do.
const CHAINS_A_ROUND: usize = 3;
/// One round in so many has a swing, which costs about as much as all else in a round.
const SWING_EVERY: u32 = 3;
/// In a round one pair in so many is moved: of four parts of a sum, which make six pairs, one.
const PAIRS_A_ROUND: usize = 6;

/// The heats of the walks that go side by side. At the last, a hump that is e⁵⁰ times as probable as the pass to the next is only e¹⁴
/// times so; between neighbours about one exchange in four succeeds for a problem of sixty origins.
pub(super) const HEATS: [f64; 5] = [1.0, 0.78, 0.58, 0.42, 0.28];

/// Walks exchange their places so often in a round: what holds a hump is forgotten sooner than every unknown has moved.
pub(super) const PARTS: usize = 3;

/// One walk at its present state.
pub(super) struct Walk<'f, 'a> {
    field: &'f Field<'a>,
    moves: &'f Moves,
    heat: f64,
    pub(super) state: State,
    /// Length of the usual step of each unknown.
    steps: Vec<f64>,
    stream: Stream,
    rounds: u32,
    /// Steps tried and accepted.
    pub(super) tried: (f64, f64),
    undo: Undo,
    swing: Swing<'f, 'a>,
}

/// What a step that is refused has to put back.
#[derive(Default)]
struct Undo {
    places: Vec<(usize, f64)>,
    logs: Vec<(usize, f64)>,
    rows: Vec<(usize, f64, f64)>,
}

impl<'f, 'a> Walk<'f, 'a> {
    pub(super) fn new(
        field: &'f Field<'a>,
        moves: &'f Moves,
        lower: &'f [f64],
        state: State,
        heat: f64,
        stream: Stream,
    ) -> Self {
        let steps = vec![0.3; state.place.len()];
        let swing = Swing::new(field, lower, heat);
        Self { field, moves, heat, state, steps, stream, rounds: 0, tried: (0.0, 0.0), undo: Undo::default(), swing }
    }

    /// Where each node is: an unknown on its scale, a defined one by its logarithm.
    pub(super) fn places(&self) -> Vec<f64> {
        let logs = self.field.all_logs(&self.state);
        self.state.place.iter().chain(logs.iter().skip(self.field.free())).copied().collect()
    }

    /// Tries to exchange the states of two walks; whether it did.
    pub(super) fn exchange(&mut self, other: &mut Self, stream: &mut Stream) -> bool {
        let claims = |walk: &Self| walk.state.mixed.iter().sum::<f64>();
        let gain = (self.heat - other.heat) * (claims(other) - claims(self));
        let exchanged = gain >= 0.0 || libm::log(stream.uniform()) < gain;
        if exchanged {
            std::mem::swap(&mut self.state, &mut other.state);
        }
        exchanged
    }

    /// A part of a round: one step of each unknown of that part, and what belongs to it. While tuning, lengths adapt.
    pub(super) fn advance(&mut self, part: usize, tuning: bool) {
        if part == 0 {
            self.rounds += 1;
            self.advance_together();
        }
        for unknown in (part..self.state.place.len()).step_by(PARTS) {
            self.advance_alone(unknown, tuning);
        }
        if part == 0
            && self.rounds.is_multiple_of(SWING_EVERY)
            && let Some(state) = self.swing.swing(&self.state, &mut self.stream, tuning)
        {
            self.state = state;
        }
    }

    fn advance_alone(&mut self, unknown: usize, tuning: bool) {
        let is_long = self.stream.below(LONG_EVERY) == 0;
        let length = if is_long { LONG } else { self.steps.get(unknown).copied().unwrap_or(LONG) };
        let by = length * self.stream.normal();
        let accepted = f64::from(u8::from(self.step(unknown, by)));
        self.tried.0 += 1.0;
        self.tried.1 += accepted;
        if tuning
            && !is_long
            && let Some(step) = self.steps.get_mut(unknown)
        {
            // Robbins and Monro 1951: the gain falls, so that the lengths settle
            let gain = libm::pow(f64::from(self.rounds), -0.6);
            *step = (*step * libm::exp(gain * (accepted - ACCEPTANCE))).clamp(1e-6, 10.0);
        }
    }

    /// Moves of several unknowns together, each of a length drawn anew.
    fn advance_together(&mut self) {
        let moves = self.moves;
        for _ in 0..moves.pairs.len().div_ceil(PAIRS_A_ROUND) {
            let Some(pair) = self.pick(&moves.pairs) else { break };
            let by = self.length();
            self.step_pair(pair, by);
        }
        for _ in 0..moves.chains.len().div_ceil(CHAINS_A_ROUND) {
            let Some(chain) = self.pick(&moves.chains) else { break };
            let by = self.length();
            let place = &self.state.place;
            let targets: Vec<(usize, f64)> =
                chain.unknowns.iter().filter_map(|unknown| Some((*unknown, place.get(*unknown)? + by))).collect();
            self.step_to(&targets, &chain.reach, 0.0);
        }
    }

    fn pick(&mut self, among: &'f [Together]) -> Option<&'f Together> {
        let place = self.stream.below(among.len() as u64);
        among.get(usize::try_from(place).ok()?)
    }

    /// From a hundredth to a factor of e.
    fn length(&mut self) -> f64 {
        let scale = libm::exp(-4.6 * self.stream.uniform());
        scale * self.stream.normal()
    }

    /// One part of a sum grows by a factor, the other shrinks by as much.
    fn step_pair(&mut self, pair: &Together, by: f64) {
        let [one, other] = *pair.unknowns.as_slice() else { return };
        let place = &self.state.place;
        let (Some(first), Some(second)) = (place.get(one).copied(), place.get(other).copied()) else { return };
        let left = libm::exp(second) - (libm::exp(first + by) - libm::exp(first));
        if left > 0.0 {
            let after = libm::log(left);
            // the second shrinks by an amount and is counted by its logarithm: the density of its places changes with it
            self.step_to(&[(one, first + by), (other, after)], &pair.reach, second - after);
        }
    }

    /// Tries to move one unknown; whether it moved.
    fn step(&mut self, unknown: usize, by: f64) -> bool {
        let (place, reach) = (self.state.place.get(unknown), self.moves.single.get(unknown));
        let (Some(before), Some(reach)) = (place, reach) else { return false };
        self.step_to(&[(unknown, before + by)], reach, 0.0)
    }

    /// Tries to move unknowns to these places; `stretch` is ln of how much the move widens the space around. Whether they moved.
    fn step_to(&mut self, targets: &[(usize, f64)], reach: &Reach, stretch: f64) -> bool {
        let mut priors = stretch;
        for (unknown, after) in targets {
            priors += self.set_place(*unknown, *after);
        }
        let gain = self.recompute(reach).map(|rows| {
            let claims: f64 = reach.origins.iter().map(|origin| self.gain_of(*origin)).sum();
            rows + self.heat * claims + priors
        });
        let moved = gain.is_some_and(|gain| gain >= 0.0 || libm::log(self.stream.uniform()) < gain);
        if moved {
            self.settle(reach);
        } else {
            self.take_back();
        }
        moved
    }

    /// Puts an unknown at a place; gives what ln of its density before any claim gains.
    fn set_place(&mut self, unknown: usize, after: f64) -> f64 {
        let field = self.field;
        let log = field.cluster.nodes.get(unknown).map_or(after, |node| node.scale.logarithm(after).0);
        let (place, slot) = (self.state.place.get_mut(unknown), self.state.logs.get_mut(unknown));
        let (Some(place), Some(slot)) = (place, slot) else { return 0.0 };
        let gain = field.prior(unknown, after) - field.prior(unknown, *place);
        self.undo.places.push((unknown, *place));
        self.undo.logs.push((unknown, *slot));
        (*place, *slot) = (after, log);
        gain
    }

    /// Computes all that hangs on the unknowns; gives what the rows that are not in question gain, `None` where no density is.
    fn recompute(&mut self, reach: &Reach) -> Option<f64> {
        let (field, state) = (self.field, &mut self.state);
        for definition in &reach.definitions {
            let log = field.define(*definition, &state.logs)?;
            let node = field.free() + definition;
            let slot = state.logs.get_mut(node)?;
            self.undo.logs.push((node, *slot));
            *slot = log;
        }
        let mut gain = 0.0;
        for row in &reach.rows {
            let (tight, loose) = field.measure(*row, &state.place, &state.logs)?;
            let (own, other) = (state.tight.get_mut(*row)?, state.loose.get_mut(*row)?);
            if field.origin_of.get(*row) == Some(&None) {
                gain += tight - *own;
            }
            self.undo.rows.push((*row, *own, *other));
            (*own, *other) = (tight, loose);
        }
        Some(gain)
    }

    fn gain_of(&self, origin: usize) -> f64 {
        let before = self.state.mixed.get(origin).copied().unwrap_or(0.0);
        self.field.mixed(origin, &self.state.tight, &self.state.loose).0 - before
    }

    /// Keeps what was computed.
    fn settle(&mut self, reach: &Reach) {
        let state = &mut self.state;
        for origin in &reach.origins {
            let found = self.field.mixed(*origin, &state.tight, &state.loose);
            if let (Some(mixed), Some(right)) = (state.mixed.get_mut(*origin), state.right.get_mut(*origin)) {
                (*mixed, *right) = found;
            }
        }
        self.undo.places.clear();
        self.undo.logs.clear();
        self.undo.rows.clear();
    }

    /// Puts everything back as it was before the step.
    fn take_back(&mut self) {
        let state = &mut self.state;
        for (unknown, before) in self.undo.places.drain(..).rev() {
            if let Some(place) = state.place.get_mut(unknown) {
                *place = before;
            }
        }
        for (node, before) in self.undo.logs.drain(..).rev() {
            if let Some(log) = state.logs.get_mut(node) {
                *log = before;
            }
        }
        for (row, tight, loose) in self.undo.rows.drain(..).rev() {
            if let (Some(own), Some(other)) = (state.tight.get_mut(row), state.loose.get_mut(row)) {
                (*own, *other) = (tight, loose);
            }
        }
    }
}
