//! Conflicts among many claims: sets of claims near each other are grown until one contradicts the rest.
//!
//! From each claim a set is grown by those that are fewest identities away. When the next one contradicts the set, the
//! trail of the contraction names a small set that does so already, which leaving out makes minimal (a deletion filter;
//! Chinneck and Dravnieks 1991). That claim is left out and the set goes on growing. In the next round those that were left
//! out come first, so that what they exclude is left out in turn. Conflicts found so are minimal; some may be missed.

use super::conflicts::Found;
use super::contract::{Contraction, evaluate};
use super::statements::Statement;

/// How many claims a set is grown from. A contradiction that people can follow ties together what is near: the rivals of a
/// figure, and the handful of figures that one or two identities bind to it, with their rivals.
const NEAREST: usize = 32;

/// How often a set is grown again with those first that found no place. The second round finds most of what the first one
/// hid, and rounds end anyway when nothing new is found.
const ROUNDS: usize = 4;

/// The search among many claims.
pub(super) struct Near<'a, 'r> {
    statements: &'a [Statement],
    /// Where to look.
    part: &'a [usize],
    /// The set that is grown.
    grown: Contraction<'r>,
    /// For trying smaller sets; without statements in between.
    tried: Contraction<'r>,
    most_tests: usize,
}

impl<'a, 'r> Near<'a, 'r> {
    pub(super) fn new(
        start: &Contraction<'r>,
        statements: &'a [Statement],
        part: &'a [usize],
        most_tests: usize,
    ) -> Self {
        Self { statements, part, grown: start.clone(), tried: start.clone(), most_tests }
    }

    /// Grows sets from each claim.
    pub(super) fn search(&mut self, found: &mut Found) {
        for seed in self.part {
            let nearest = self.grown.nearest(*seed, NEAREST);
            let mut first = Vec::new();
            for _ in 0..ROUNDS {
                let before = found.conflicts.len();
                let others = nearest.iter().copied().filter(|other| !first.contains(other));
                let order: Vec<usize> = [*seed].into_iter().chain(first.iter().copied()).chain(others).collect();
                let left_out = self.grow(&order, found);
                if found.tests >= self.most_tests || left_out == first || found.conflicts.len() == before {
                    break;
                }
                first = left_out;
            }
        }
    }

    /// Makes what is in no conflict consistent: whatever of it still contradicts is a conflict more.
    pub(super) fn settle_the_rest(&mut self, found: &mut Found) {
        loop {
            let undisputed: Vec<usize> = self.part.iter().copied().filter(|index| !found.disputes(*index)).collect();
            let before = found.conflicts.len();
            self.grow(&undisputed, found);
            if found.conflicts.len() == before {
                return;
            }
        }
    }

    /// Adds one after the other; gives those that contradict what came before.
    fn grow(&mut self, order: &[usize], found: &mut Found) -> Vec<usize> {
        let start = self.grown.mark();
        let mut left_out = Vec::new();
        for next in order.iter().copied() {
            let Some(statement) = self.statements.get(next) else { continue };
            if found.knows(&self.grown, next) {
                left_out.push(next);
                continue;
            }
            // what follows from the others cannot contradict them
            if evaluate(&statement.terms, self.grown.spans()).within(statement.span) {
                continue;
            }
            found.tests += 1;
            let mark = self.grown.mark();
            if self.grown.add([next]) {
                continue;
            }
            let conflict = self.minimal();
            self.grown.undo(mark);
            left_out.push(next);
            if !found.conflicts.contains(&conflict) {
                found.push(conflict);
            }
        }
        self.grown.undo(start);
        left_out
    }

    /// A minimal conflict within the set that has just failed, in rising order.
    fn minimal(&mut self) -> Vec<usize> {
        let mut conflict = self.grown.causes_of_failure();
        if self.possible(&conflict) {
            // the trail leaves out rounding
            conflict = self.grown.added().to_vec();
            conflict.sort_unstable();
        }
        for candidate in conflict.clone() {
            let fewer: Vec<usize> = conflict.iter().copied().filter(|member| *member != candidate).collect();
            if !self.possible(&fewer) {
                conflict = fewer;
            }
        }
        conflict
    }

    fn possible(&mut self, set: &[usize]) -> bool {
        let mark = self.tried.mark();
        let possible = self.tried.add(set.iter().copied());
        self.tried.undo(mark);
        possible
    }
}
