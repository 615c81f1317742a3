//! A walk through the posterior and its worlds.
//!
//! Now and then, with who is right summed out, the unknowns [leap](super::leap) between the sides of origins. A round has three parts. Who
//! is right is drawn given the unknowns. All unknowns [swing](super::swing) given who is right. Then origins may [turn](super::turn), the
//! unknowns going along: that is how sides are found to which no leap leads yet.

use crate::draws::Stream;

use super::field::{Field, State};
use super::leap::{Leap, Sight};
use super::picture::{Covariance, Picture};
use super::slopes::Tape;
use super::swing::Swing;
use super::turn::{Block, Stand, Turner};

/// What a walk takes along when it goes on with another picture.
pub(super) struct Walker {
    pub(super) state: State,
    pub(super) stream: Stream,
    pub(super) swing: Swing,
}

/// One walk.
pub(super) struct Walk<'f, 'a> {
    field: &'f Field<'a>,
    picture: &'f Picture,
    leaps: &'f [Leap],
    /// The origins, and how often each is tried to turn in a round.
    blocks: Vec<(Block, f64)>,
    pub(super) stand: Stand<'f>,
    swing: Swing,
    turner: Turner<'f, 'a>,
    tape: Tape,
    stream: Stream,
    /// A state to write the next one into.
    spare: State,
    /// Swings tried and accepted.
    pub(super) swings: (f64, f64),
    /// How often each leap was tried, and how often each was taken.
    pub(super) leapt: f64,
    pub(super) taken: Vec<f64>,
}

impl<'f, 'a> Walk<'f, 'a> {
    pub(super) fn new(
        field: &'f Field<'a>,
        (picture, leaps): (&'f Picture, &'f [Leap]),
        tries: impl Fn(usize) -> f64,
        walker: Walker,
    ) -> Self {
        let Walker { state, mut stream, swing } = walker;
        let held: Vec<bool> = state.right.iter().map(|right| stream.uniform() < *right).collect();
        let rows = picture.rows_where(|origin| held.get(origin) == Some(&true));
        let covariance = Covariance::new(picture, &rows);
        let blocks = (0..held.len()).map(|origin| (Block::new(field, picture, origin), tries(origin)));
        let height = field.height(&state, &held);
        let nothing = vec![0.0; field.free()];
        let spare = state.clone();
        Self {
            field,
            picture,
            leaps,
            spare,
            blocks: blocks.collect(),
            stand: Stand { state, held, rows, height, covariance, slope: nothing.clone(), step: nothing },
            swing,
            turner: Turner::new(field, picture),
            tape: Tape::new(field),
            stream,
            swings: (0.0, 0.0),
            leapt: 0.0,
            taken: vec![0.0; leaps.len()],
        }
    }

    /// Turns tried on the density, and accepted.
    pub(super) fn turns(&self) -> (f64, f64) {
        self.turner.tried
    }

    /// Where each node is: an unknown on its scale, a defined one by its logarithm.
    pub(super) fn places(&self) -> Vec<f64> {
        let logs = self.field.all_logs(&self.stand.state);
        self.field.unknowns(&self.stand.state).into_iter().chain(logs.into_iter().skip(self.field.free())).collect()
    }

    /// What is seen from where it stands.
    pub(super) fn sight(&self) -> Sight {
        (self.stand.state.place.clone(), self.stand.state.right.clone())
    }

    /// One round; while tuning, lengths adapt.
    pub(super) fn advance(&mut self, tuning: bool) {
        self.judge();
        let tools = (self.field, &mut self.tape, self.picture);
        let moved = self.swing.swing(tools, &mut self.stand, &mut self.stream, tuning);
        self.swings.0 += 1.0;
        self.swings.1 += f64::from(u8::from(moved));
        for (block, tries) in &self.blocks {
            let whole = libm::floor(*tries);
            let tries = whole + f64::from(u8::from(self.stream.uniform() < tries - whole));
            self.turner.turn(block, &mut self.stand, &mut self.stream, tries);
        }
    }

    /// Leaves the picture and the plan.
    pub(super) fn walker(self) -> Walker {
        Walker { state: self.stand.state, stream: self.stream, swing: self.swing.anew() }
    }

    /// Leaps from side to side; a round must follow, which begins with who is right.
    pub(super) fn leap(&mut self) {
        self.leapt += 1.0;
        for (leap, taken) in self.leaps.iter().zip(&mut self.taken) {
            let states = (&mut self.stand.state, &mut self.spare);
            if leap.leap(self.field, states, &mut self.stream) {
                *taken += 1.0;
            }
        }
    }

    /// Draws who is right, given the unknowns.
    fn judge(&mut self) {
        let Stand { state, held, rows, height, covariance, .. } = &mut self.stand;
        let mut turned = Vec::new();
        for (origin, (held, right)) in held.iter_mut().zip(&state.right).enumerate() {
            let now = self.stream.uniform() < *right;
            if now != *held {
                *held = now;
                for row in self.field.rows_of(origin) {
                    rows.get_mut(*row).into_iter().for_each(|right| *right = now);
                    turned.push((*row, now));
                }
            }
        }
        covariance.follow(rows, &turned);
        *height = self.field.height(state, held);
    }
}
