//! An origin turns from right to wrong, or back, and the unknowns go along.
//!
//! While an origin is right its claims hold the unknowns in a narrow place; once wrong, they let them go far. Left to themselves the
//! unknowns would have to be near all its claims by chance before it could turn right. So both move at once: what the claims measure is
//! drawn anew from what all else says of it, in the [picture](super::picture) as seen from where the walk stands, and every unknown
//! follows as it hangs on that. The move is accepted by the true density of both ends and of the ways there and back (Metropolis and
//! others 1953; Hastings 1970); where the picture is true the chance is that of the two worlds with all unknowns summed out. Most turns
//! are refused by the picture alone, before the density is computed (delayed acceptance; Christen and Fox 2005).

use crate::draws::Stream;
use crate::matrix::{backward, dot, factorise, forward};

use super::field::{Field, State};
use super::picture::{Covariance, Picture, sparse_dot};
use super::slopes::Tape;

/// What a row adds to those before is nothing but rounding below this part of its length.
const NOTHING_NEW: f64 = 1e-6;

/// An origin, and what it claims.
pub(super) struct Block {
    origin: usize,
    /// Its rows; those first that do not follow from others.
    rows: Vec<usize>,
    /// How many of the rows come first.
    independent: usize,
}

impl Block {
    pub(super) fn new(field: &Field<'_>, picture: &Picture, origin: usize) -> Self {
        let mut basis: Vec<Vec<f64>> = Vec::new();
        let (mut rows, others): (Vec<usize>, Vec<usize>) = field.rows_of(origin).iter().copied().partition(|row| {
            let mut dense = vec![0.0; field.free()];
            for (unknown, slope) in picture.slopes(*row) {
                dense.get_mut(*unknown).into_iter().for_each(|slot| *slot = *slope);
            }
            extend(&mut basis, dense)
        });
        let independent = rows.len();
        rows.extend(others);
        Self { origin, rows, independent }
    }
}

/// Adds the direction of a vector to an orthonormal basis unless it follows from it; whether it was added.
fn extend(basis: &mut Vec<Vec<f64>>, mut vector: Vec<f64>) -> bool {
    let length = dot(&vector, &vector).sqrt();
    // a second pass removes what rounding left behind ("twice is enough", Kahan and Parlett)
    for known in basis.iter().chain(basis.iter()) {
        let along = dot(&vector, known);
        vector.iter_mut().zip(known).for_each(|(entry, known)| *entry -= along * known);
    }
    let rest = dot(&vector, &vector).sqrt();
    let is_new = rest > NOTHING_NEW * length;
    if is_new {
        for entry in &mut vector {
            *entry /= rest;
        }
        basis.push(vector);
    }
    is_new
}

/// A symmetric matrix as its Cholesky factor, with ln of its determinant.
struct Factor {
    lower: Vec<f64>,
    size: usize,
    ln_determinant: f64,
}

impl Factor {
    fn new(mut entries: Vec<f64>, size: usize) -> Option<Self> {
        factorise(&mut entries, size)?;
        let diagonal = entries.iter().step_by(size + 1);
        let ln_determinant = 2.0 * diagonal.map(|entry| libm::log(*entry)).sum::<f64>();
        Some(Self { lower: entries, size, ln_determinant })
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut found = right.to_vec();
        forward(&self.lower, self.size, &mut found);
        backward(&self.lower, self.size, &mut found);
        found
    }

    fn row(&self, index: usize) -> &[f64] {
        self.lower.get(index * self.size..(index + 1) * self.size).unwrap_or_default()
    }

    /// L·Lᵀ·b.
    fn times(&self, right: &[f64]) -> Vec<f64> {
        let mut up = vec![0.0; self.size];
        for (index, value) in right.iter().enumerate() {
            up.iter_mut().zip(self.row(index)).take(index + 1).for_each(|(up, entry)| *up += entry * value);
        }
        (0..self.size).map(|index| dot(self.row(index).get(..=index).unwrap_or_default(), &up)).collect()
    }
}

/// How the rows of a block hang on all else, in the world at hand and in the other.
struct Hang {
    /// Whether each row is right in the other world.
    turned: Vec<(usize, bool)>,
    /// ln of how much more probable the other world was before any claim.
    ln_prior_odds: f64,
    /// The covariance of the independent rows in the world at hand.
    covariance: Factor,
    /// How each row changes with the independent ones, row after row.
    along: Vec<f64>,
    /// The precision of the independent rows in the other world.
    after: Factor,
}

impl Hang {
    /// What the covariance of the unknowns loses along their covariances with the independent rows, row after row: from V of these rows
    /// to W, V⁻¹ − V⁻¹·W·V⁻¹ (Woodbury 1950).
    fn narrowed(&self) -> Vec<f64> {
        let size = self.covariance.size;
        let row = |index: usize| {
            let mut unit = vec![0.0; size];
            unit.get_mut(index).into_iter().for_each(|entry| *entry = 1.0);
            let before = self.covariance.solve(&unit);
            let after = self.covariance.solve(&self.after.solve(&before));
            before.into_iter().zip(after).map(|(before, after)| before - after)
        };
        (0..size).flat_map(row).collect()
    }
}

/// Where the independent rows are drawn to in the world on the other side, and ln of how probable the picture makes it.
struct Outlook {
    aim: Vec<f64>,
    ln_odds: f64,
}

/// Where a walk stands.
pub(super) struct Stand<'p> {
    pub(super) state: State,
    /// Which origins are taken as right.
    pub(super) held: Vec<bool>,
    /// Which rows therefore are.
    pub(super) rows: Vec<bool>,
    /// ln of the density.
    pub(super) height: f64,
    pub(super) covariance: Covariance<'p>,
    /// How ln of the density rises along each unknown, and the step to the top that the picture gives; both are known after a swing.
    pub(super) slope: Vec<f64>,
    pub(super) step: Vec<f64>,
}

/// A walk's means to turn origins, with its working memory.
pub(super) struct Turner<'f, 'a> {
    field: &'f Field<'a>,
    picture: &'f Picture,
    tape: Tape,
    columns: Vec<Vec<f64>>,
    /// A state to write the next one into.
    spare: Option<State>,
    /// Turns tried on the density, and accepted.
    pub(super) tried: (f64, f64),
}

impl<'f, 'a> Turner<'f, 'a> {
    pub(super) fn new(field: &'f Field<'a>, picture: &'f Picture) -> Self {
        Self { field, picture, tape: Tape::new(field), columns: Vec::new(), spare: None, tried: (0.0, 0.0) }
    }

    /// Tries so many times to turn a block. As long as it does not, one look serves all tries.
    pub(super) fn turn(&mut self, block: &Block, stand: &mut Stand<'_>, stream: &mut Stream, tries: f64) {
        let (mut left, mut look) = (tries, None);
        while left > 0.0 {
            left -= 1.0;
            if look.is_none() {
                look = self.first_look(block, stand);
            }
            let Some((hang, there)) = &look else { break };
            let screened = there.ln_odds.min(0.0);
            if libm::log(stream.uniform()) < screened && self.go(block, hang, there, stand, stream).is_some() {
                look = None;
            }
        }
    }

    fn first_look(&mut self, block: &Block, stand: &Stand<'_>) -> Option<(Hang, Outlook)> {
        let hang = self.hang(block, stand)?;
        let independent = block.rows.iter().take(block.independent);
        let reach: Vec<f64> = independent.map(|row| sparse_dot(self.picture.slopes(*row), &stand.step)).collect();
        let pull = hang.covariance.solve(&reach);
        let there = self.outlook(block, &hang, (&stand.state, &pull), true)?;
        Some((hang, there))
    }

    /// Goes to the other world; `None` when that is refused.
    fn go(
        &mut self,
        block: &Block,
        hang: &Hang,
        there: &Outlook,
        stand: &mut Stand<'_>,
        stream: &mut Stream,
    ) -> Option<()> {
        self.tried.0 += 1.0;
        let mut noise: Vec<f64> = there.aim.iter().map(|_| stream.normal()).collect();
        let ln_way = 0.5 * hang.after.ln_determinant - 0.5 * dot(&noise, &noise);
        backward(&hang.after.lower, noise.len(), &mut noise);
        let moved: Vec<f64> = there.aim.iter().zip(&noise).map(|(aim, noise)| aim + noise).collect();
        let needed = libm::log(stream.uniform()) + ln_way + there.ln_odds.min(0.0);
        let mut next = self.spare.take().unwrap_or_else(|| stand.state.clone());
        next.place.clone_from(&stand.state.place);
        self.carry_along(hang, &moved, &mut next.place);
        let gone = self.arrive(block, hang, &moved, (stand, &mut next), needed);
        if gone.is_some() {
            self.tried.1 += 1.0;
            std::mem::swap(&mut stand.state, &mut next);
        }
        self.spare = Some(next);
        gone
    }

    /// Takes up the other world at a place, if ln of the gain and of the way back exceed what is needed.
    fn arrive(
        &mut self,
        block: &Block,
        hang: &Hang,
        moved: &[f64],
        (stand, next): (&mut Stand<'_>, &mut State),
        needed: f64,
    ) -> Option<()> {
        let field = self.field;
        if !field.settle(next) {
            return None;
        }
        let mut held = stand.held.clone();
        held.get_mut(block.origin).into_iter().for_each(|held| *held = !*held);
        let height = field.height(next, &held);
        let mut ln_chance = height - stand.height - 0.5 * hang.covariance.ln_determinant;
        // the way back only takes off what it is below its most probable
        if ln_chance.is_nan() || ln_chance <= needed {
            return None;
        }
        let (mut rows, mut slope) = (stand.rows.clone(), stand.slope.clone());
        for (row, right) in &hang.turned {
            rows.get_mut(*row).into_iter().for_each(|slot| *slot = *right);
        }
        self.tape.slopes(field, next, &rows, &mut slope);
        let reach: Vec<f64> = self.columns.iter().take(moved.len()).map(|column| dot(column, &slope)).collect();
        let home = self.outlook(block, hang, (next, &hang.covariance.solve(&reach)), false)?;
        let off: Vec<f64> = moved.iter().zip(&home.aim).map(|(moved, aim)| -moved - aim).collect();
        ln_chance += home.ln_odds.min(0.0) - 0.5 * dot(&off, &hang.covariance.solve(&off));
        if ln_chance.is_nan() || ln_chance <= needed {
            return None;
        }
        (stand.held, stand.rows, stand.slope, stand.height) = (held, rows, slope, height);
        let columns = self.columns.get(..moved.len()).unwrap_or_default();
        stand.covariance.follow_block(&stand.rows, columns, &hang.narrowed());
        stand.covariance.times(&stand.slope, &mut stand.step);
        Some(())
    }

    /// Moves all unknowns as they hang on the independent rows, which move by so much.
    fn carry_along(&self, hang: &Hang, moved: &[f64], place: &mut [f64]) {
        for (column, pull) in self.columns.iter().zip(hang.covariance.solve(moved)) {
            place.iter_mut().zip(column.iter()).for_each(|(place, entry)| *place += pull * entry);
        }
    }

    fn hang(&mut self, block: &Block, stand: &Stand<'_>) -> Option<Hang> {
        let count = block.independent;
        self.columns.resize_with(count.max(self.columns.len()), || vec![0.0; self.field.free()]);
        // whole columns, though few of their entries are asked for here: the processor adds up several unknowns at a time
        for (column, row) in self.columns.iter_mut().zip(block.rows.iter().take(count)) {
            stand.covariance.times_sparse(self.picture.slopes(*row), column);
        }
        let columns = self.columns.get(..count)?;
        let with = |row: &usize| {
            columns.iter().map(|column| sparse_dot(self.picture.slopes(*row), column)).collect::<Vec<_>>()
        };
        let entries: Vec<f64> = block.rows.iter().flat_map(with).collect();
        let covariance = Factor::new(entries.get(..count * count)?.to_vec(), count)?;
        let along: Vec<f64> = entries.chunks_exact(count.max(1)).flat_map(|row| covariance.solve(row)).collect();
        let (yes, no) = self.field.ln_prior(block.origin);
        let ln_prior_odds = if stand.held.get(block.origin) == Some(&true) { no - yes } else { yes - no };
        let turned: Vec<(usize, bool)> =
            block.rows.iter().map(|row| (*row, stand.rows.get(*row) == Some(&false))).collect();
        let mut after: Vec<f64> =
            (0..count * count).map(|place| f64::from(u8::from(place % (count + 1) == 0))).collect();
        after.chunks_exact_mut(count.max(1)).for_each(|column| {
            forward(&covariance.lower, count, column);
            backward(&covariance.lower, count, column);
        });
        for ((row, right), along) in turned.iter().zip(along.chunks_exact(count.max(1))) {
            let change = self.picture.curvature(*row, *right) - self.picture.curvature(*row, !right);
            for (entries, left) in after.chunks_exact_mut(count.max(1)).zip(along) {
                entries.iter_mut().zip(along).for_each(|(entry, right)| *entry += change * left * right);
            }
        }
        Some(Hang { turned, ln_prior_odds, covariance, along, after: Factor::new(after, count)? })
    }

    /// The other world as seen from a state in the world at hand (or, not `forth`, the other way round), where the density rises with
    /// the independent rows by `rest`.
    fn outlook(&self, block: &Block, hang: &Hang, (state, rest): (&State, &[f64]), forth: bool) -> Option<Outlook> {
        let mut pull = rest.to_vec();
        let mut ln_odds = if forth { hang.ln_prior_odds } else { -hang.ln_prior_odds };
        for ((row, right), along) in hang.turned.iter().zip(hang.along.chunks_exact(block.independent.max(1))) {
            let (to, from) = (*right == forth, *right != forth);
            let gained = state.tight.get(*row)? - state.loose.get(*row)?;
            ln_odds += if to { gained } else { -gained };
            let value = *state.values.get(*row)?;
            let change = self.field.slope_of(*row, value, to) - self.field.slope_of(*row, value, from);
            pull.iter_mut().zip(along).for_each(|(pull, along)| *pull += change * along);
        }
        let wider = -0.5 * (hang.covariance.ln_determinant + hang.after.ln_determinant);
        let (aim, before) = if forth {
            (hang.after.solve(&pull), hang.covariance.times(rest))
        } else {
            (hang.covariance.times(&pull), hang.after.solve(rest))
        };
        ln_odds += 0.5 * (dot(&pull, &aim) - dot(rest, &before)) + if forth { wider } else { -wider };
        ln_odds.is_finite().then_some(Outlook { aim, ln_odds })
    }
}
