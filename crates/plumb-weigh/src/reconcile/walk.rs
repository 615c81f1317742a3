//! A walk through the posterior and its worlds.
//!
//! A round has three parts. Who is right is drawn given the unknowns. All unknowns [swing](super::swing) given who is right. Then
//! origins may [turn](super::turn), the unknowns going along: those that turn seldom are tried the more often.

use crate::draws::Stream;

use super::field::{Field, State};
use super::picture::{Covariance, Picture};
use super::slopes::Tape;
use super::swing::Swing;
use super::turn::{Block, Stand, Turner};

/// How often an origin is tried in a round if it turns as often as the picture says, and more so as it turns less often. Most turn with
/// every try, and nothing is gained by turning them in every round: a try costs a sixth of a swing.
const OFTEN: f64 = 0.1;
/// The most that an origin is tried in a round: as much as a swing costs.
const MOST: f64 = 4.0;

/// One walk.
pub(super) struct Walk<'f, 'a> {
    field: &'f Field<'a>,
    picture: &'f Picture,
    blocks: &'f [Block],
    pub(super) stand: Stand<'f>,
    /// Of each block how often the picture saw a turn while tuning, and how often it came.
    worth: Vec<(f64, f64)>,
    swing: Swing,
    turner: Turner<'f, 'a>,
    tape: Tape,
    stream: Stream,
    /// Swings tried and accepted.
    pub(super) swings: (f64, f64),
}

impl<'f, 'a> Walk<'f, 'a> {
    pub(super) fn new(
        field: &'f Field<'a>,
        picture: &'f Picture,
        blocks: &'f [Block],
        state: State,
        mut stream: Stream,
    ) -> Self {
        let held: Vec<bool> = state.right.iter().map(|right| stream.uniform() < *right).collect();
        let rows = picture.rows_where(|origin| held.get(origin) == Some(&true));
        let covariance = Covariance::new(picture, &rows);
        let turner = Turner::new(field, picture);
        let free = field.free();
        Self {
            field,
            picture,
            blocks,
            worth: vec![(1.0, 1.0); blocks.len()],
            stand: Stand { state, held, rows, covariance, slope: vec![0.0; free], step: vec![0.0; free] },
            swing: Swing::new(free),
            turner,
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

    /// One round; while tuning, lengths adapt.
    pub(super) fn advance(&mut self, tuning: bool) {
        self.judge();
        let Stand { state, held, rows, covariance, .. } = &mut self.stand;
        let moved = self.swing.swing(
            (self.field, &mut self.tape),
            (self.picture, covariance),
            (state, held, rows),
            &mut self.stream,
            tuning,
        );
        self.swings.0 += 1.0;
        self.swings.1 += f64::from(u8::from(moved));
        self.turner.look(&mut self.stand);
        for (block, (seen, came)) in self.blocks.iter().zip(&mut self.worth) {
            let tries = if tuning { 1.0 } else { (OFTEN * *seen / *came).clamp(OFTEN, MOST) };
            let whole = libm::floor(tries);
            let mut left = whole + f64::from(u8::from(self.stream.uniform() < tries - whole));
            while left > 0.0 {
                left -= 1.0;
                let (chance, turned) = self.turner.turn(block, &mut self.stand, &mut self.stream);
                if tuning {
                    *seen += chance;
                    *came += f64::from(u8::from(turned));
                }
            }
        }
    }

    /// Draws who is right, given the unknowns.
    fn judge(&mut self) {
        let Stand { state, held, rows, covariance, .. } = &mut self.stand;
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
    }
}
