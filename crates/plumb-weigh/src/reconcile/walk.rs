//! A walk through the posterior and its worlds.
//!
//! A round has three parts. Who is right is drawn given the unknowns. All unknowns [swing](super::swing) given who is right. Then
//! origins may [turn](super::turn), the unknowns going along: those that turn seldom are tried the more often, and those that change
//! places with each other turn together, too.

use crate::draws::Stream;

use super::field::{Field, State};
use super::picture::{Covariance, Picture};
use super::record::{Plan, Record};
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
    /// What turns together, and how often it is tried in a round.
    blocks: Vec<(Block, f64)>,
    pub(super) stand: Stand<'f>,
    pub(super) record: Record,
    swing: Swing,
    turner: Turner<'f, 'a>,
    tape: Tape,
    stream: Stream,
    /// Swings tried and accepted.
    pub(super) swings: (f64, f64),
}

impl<'f, 'a> Walk<'f, 'a> {
    pub(super) fn new(field: &'f Field<'a>, picture: &'f Picture, plan: &Plan, walker: Walker) -> Self {
        let Walker { state, mut stream, swing } = walker;
        let held: Vec<bool> = state.right.iter().map(|right| stream.uniform() < *right).collect();
        let rows = picture.rows_where(|origin| held.get(origin) == Some(&true));
        let covariance = Covariance::new(picture, &rows);
        let blocks = plan.iter().map(|(origins, tries)| (Block::new(field, picture, origins), *tries));
        let (record, height) = (Record::new(held.len()), field.height(&state, &held));
        let nothing = vec![0.0; field.free()];
        Self {
            field,
            picture,
            blocks: blocks.collect(),
            stand: Stand { state, held, rows, height, covariance, slope: nothing.clone(), step: nothing },
            record,
            swing,
            turner: Turner::new(field, picture),
            tape: Tape::new(field),
            stream,
            swings: (0.0, 0.0),
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

    /// One round; while tuning, lengths adapt and what is seen is recorded.
    pub(super) fn advance(&mut self, tuning: bool) {
        self.judge();
        let tools = (self.field, &mut self.tape, self.picture);
        let moved = self.swing.swing(tools, &mut self.stand, &mut self.stream, tuning);
        self.swings.0 += 1.0;
        self.swings.1 += f64::from(u8::from(moved));
        self.turner.look(&mut self.stand);
        for (number, (block, tries)) in self.blocks.iter().enumerate() {
            let whole = libm::floor(*tries);
            let tries = whole + f64::from(u8::from(self.stream.uniform() < tries - whole));
            let turned = self.turner.turn(block, &mut self.stand, &mut self.stream, tries);
            if tuning {
                self.record.add_tries(number, tries, turned);
            }
        }
        if tuning {
            self.record.add_round(&self.stand.state.right);
        }
    }

    /// Leaves the picture and the plan.
    pub(super) fn walker(self) -> Walker {
        Walker { state: self.stand.state, stream: self.stream, swing: self.swing.anew() }
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
