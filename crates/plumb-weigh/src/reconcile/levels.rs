//! Every conflict up to a size, proven level by level.
//!
//! Each set of claims either holds a known conflict or lies within a known set that can be true. What is neither is tried,
//! the smallest sets first: it is a conflict, and minimal, or it is grown to a largest set that can be true, which settles
//! all sets within it at once (MARCO; Liffiton, Previti, Malik and Marques-Silva 2016, with its map as bits). On 155 claims
//! over 634 quantities this proves all sets of three with some 25,000 propagations, where trying each takes 540,000.

use std::collections::VecDeque;

use super::bisect::Bound;
use super::bits::Bits;
use super::conflicts::{Found, Part};
use super::contract::Contraction;

/// How many times as many propagations a level takes as all before it, at least, while claims are many: measured from
/// three and a half to eight. A level that the rest of the budget is too small for is not begun.
const GROWTH: usize = 3;

/// Sets looked up before the search is given up: a tenth of a second or two.
pub(super) const MOST_LOOKED_UP: usize = 1_000_000;

/// What is known of the set that is looked at, by the numbers of the known sets.
#[derive(Clone, Debug, Default)]
struct Frame {
    /// In which of them all of it lies.
    holding: Bits,
    /// For each of its statements in which of them all but that one lies.
    critical: Vec<Bits>,
}

/// The search in one part. Statements are meant by their places in it.
pub(super) struct Levels<'a, 'r> {
    part: &'a Part,
    trial: Trial<'a, 'r>,
    /// The known sets that can be true, each with the statements in it.
    known: Vec<Bits>,
    /// For each statement in which of the known sets it lies.
    within: Vec<Bits>,
    /// One for each beginning of the set that is looked at, the empty one first.
    frames: Vec<Frame>,
    looked_up: usize,
    /// Whether a set was not made larger only because of the size that is searched.
    cut: bool,
}

impl<'a, 'r> Levels<'a, 'r> {
    pub(super) fn new(part: &'a Part, bound: Bound<'a>, start: &Contraction<'r>) -> Self {
        let trial = Trial { bound: part.circular.then_some(bound), taken: start.clone().coarse() };
        let (known, within) = (Vec::new(), vec![Bits::default(); part.statements.len()]);
        Self { part, trial, known, within, frames: vec![Frame::default()], looked_up: 0, cut: false }
    }

    /// Finds all conflicts; the size up to which there are no others, or `None` when there are none of any size.
    pub(super) fn search(&mut self, found: &mut Found) -> Option<usize> {
        let before = found.tests;
        let all: Bits = (0..self.part.statements.len()).collect();
        self.settle(&[], found);
        for size in 1..=self.part.largest_possible() {
            let needed = if self.part.has_many() { (found.tests - before).saturating_mul(GROWTH) } else { 0 };
            let enough = found.tests.saturating_add(needed) <= found.most_tests;
            self.cut = false;
            if !enough || !self.level(size, &mut Vec::new(), all.clone(), found) {
                return Some(size - 1);
            }
            if !self.cut {
                return None;
            }
        }
        None
    }

    /// Settles all sets of up to a size that are this set and some of the others; whether the budget was enough.
    ///
    /// A set in question lies in none of the known ones, so it has a statement outside each: one of them is chosen, and
    /// every statement outside it is tried (hitting sets, Reiter 1987; in the order of MMCS, Murakami and Uno 2014).
    fn level(&mut self, size: usize, set: &mut Vec<usize>, mut others: Bits, found: &mut Found) -> bool {
        self.looked_up += 1;
        if self.looked_up > MOST_LOOKED_UP || found.tests >= found.most_tests {
            return false;
        }
        if self.frames.last().is_some_and(|frame| frame.holding.is_empty()) && !self.settle(set, found) {
            return true;
        }
        let outside = self.outside(&others);
        if set.len() == size {
            self.cut |= !outside.is_empty();
            return true;
        }
        for next in outside.iter() {
            // sets with it are settled here, once
            others.remove(next);
            let Some(frame) = self.frame_with(next).filter(|_| !self.knows(set, next, found)) else { continue };
            set.push(next);
            self.frames.push(frame);
            let enough = self.level(size, set, others.clone(), found);
            self.frames.pop();
            set.pop();
            if !enough {
                return false;
            }
        }
        true
    }

    /// Of the others those outside a known set that holds all of the set that is looked at: the set that leaves fewest.
    fn outside(&self, others: &Bits) -> Bits {
        let holding = self.frames.last().into_iter().flat_map(|frame| frame.holding.iter());
        let left = holding.filter_map(|known| Some(others.without(self.known.get(known)?)));
        left.min_by_key(Bits::count).unwrap_or_default()
    }

    /// The frame of the set with one statement more; `None` if it lies in no minimal conflict: all smaller sets are settled,
    /// so a minimal conflict without any one of its statements lies in a known set.
    fn frame_with(&self, next: usize) -> Option<Frame> {
        let (frame, within) = (self.frames.last()?, self.within.get(next)?);
        let own = frame.holding.without(within);
        let critical: Vec<Bits> = frame.critical.iter().map(|sets| sets.both(within)).chain([own]).collect();
        let each = critical.iter().all(|sets| !sets.is_empty());
        each.then(|| Frame { holding: frame.holding.both(within), critical })
    }

    fn statement(&self, place: usize) -> Option<usize> {
        self.part.statements.get(place).copied()
    }

    /// Whether a known conflict lies within these, the last of which is `next`.
    fn knows(&self, beginning: &[usize], next: usize, found: &Found) -> bool {
        let holds = |member: usize| beginning.iter().any(|place| self.statement(*place) == Some(member));
        self.statement(next).is_some_and(|next| found.knows_among(holds, next))
    }

    /// Tries a set of which all smaller ones can be true; whether it can be true as well.
    fn settle(&mut self, set: &[usize], found: &mut Found) -> bool {
        let mut statements: Vec<usize> = set.iter().filter_map(|place| self.statement(*place)).collect();
        statements.sort_unstable();
        let mut order: Vec<(u32, usize)> =
            self.within.iter().zip(&self.part.statements).map(|(within, next)| (within.count(), *next)).collect();
        order.sort_unstable();
        let order: Vec<usize> = order.into_iter().map(|(_, next)| next).collect();
        let Some(grown) = self.trial.grown(&statements, &order, found) else {
            found.push(statements);
            return false;
        };
        self.note(&grown);
        true
    }

    /// Notes a set that can be true as known.
    fn note(&mut self, statements: &[usize]) {
        let number = self.known.len();
        let place = |statement: &usize| self.part.statements.binary_search(statement).ok();
        let known: Bits = statements.iter().filter_map(place).collect();
        for place in known.iter() {
            self.within.get_mut(place).into_iter().for_each(|within| within.insert(number));
        }
        self.known.push(known);
        self.frames.iter_mut().for_each(|frame| frame.holding.insert(number));
    }
}

/// Sets tried on top of what is taken as true.
#[derive(Clone, Debug)]
struct Trial<'a, 'r> {
    /// The part, where relations form a circle in it.
    bound: Option<Bound<'a>>,
    taken: Contraction<'r>,
}

impl Trial<'_, '_> {
    /// The set made larger by all that fits, in this order; `None` if the set itself cannot be true.
    fn grown(&mut self, set: &[usize], order: &[usize], found: &mut Found) -> Option<Vec<usize>> {
        let start = self.taken.mark();
        let fits = self.fits(set, found);
        if fits {
            self.grow(order, found);
        }
        let grown = fits.then(|| self.taken.added().to_vec());
        self.taken.undo(start);
        grown
    }

    fn grow(&mut self, order: &[usize], found: &mut Found) {
        let mut waiting: VecDeque<usize> = order.iter().copied().filter(|next| !self.taken.takes(*next)).collect();
        // most fit: twice as many at once while all of them do
        let mut most = 1;
        while !waiting.is_empty() {
            let next: Vec<usize> = waiting.drain(..most.min(waiting.len())).collect();
            let news: Vec<usize> = next.iter().copied().filter(|next| !found.knows(&self.taken, *next)).collect();
            let mark = self.taken.mark();
            if self.fits(&news, found) {
                most *= 2;
                continue;
            }
            self.taken.undo(mark);
            most = (next.len() / 2).max(1);
            if next.len() > 1 {
                next.into_iter().rev().for_each(|next| waiting.push_front(next));
            }
        }
    }

    /// Takes further statements as true; whether they can be.
    fn fits(&mut self, statements: &[usize], found: &mut Found) -> bool {
        found.tests += 1;
        if !self.taken.add(statements.iter().copied()) {
            return false;
        }
        let Some(bound) = &self.bound else { return true };
        let possible = bound.possible(&mut self.taken);
        found.decided &= possible.is_some();
        possible != Some(false)
    }
}
