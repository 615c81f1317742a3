//! Whether a set of statements can be true where contraction alone cannot tell.
//!
//! Contraction can overlook a conflict when relations share quantities in a circle. There the intervals are halved until a
//! solution is found or all parts are excluded (branch and prune; Moore 1966).

use super::contract::{Contraction, Spans, domains, evaluate};
use super::network::Network;
use super::span::Span;
use super::statements::Statement;

/// Parts of more quantities are not bisected: each halving settles one of them, and the limit is in the hundreds.
const MOST_BISECTED: usize = 32;

/// How often intervals may be halved to decide about one set: two or three quantities are settled to a few per cent.
const MOST_PARTS: usize = 300;

/// A part of the network that is bound to nothing outside.
#[derive(Clone, Debug)]
pub(super) struct Bound<'a> {
    pub(super) network: &'a Network,
    pub(super) statements: &'a [Statement],
    /// Its quantities, in rising order.
    pub(super) quantities: &'a [usize],
}

impl Bound<'_> {
    /// Whether some values of the quantities fulfil everything that is taken as true in the contraction; `None` when that
    /// cannot be told within the limit. The contraction is as before afterwards.
    pub(super) fn possible(&self, contraction: &mut Contraction<'_>) -> Option<bool> {
        if self.quantities.len() > MOST_BISECTED { None } else { self.search(contraction, &mut 0) }
    }

    fn search(&self, contraction: &mut Contraction<'_>, tried: &mut usize) -> Option<bool> {
        *tried += 1;
        if self.is_solution(contraction) {
            return Some(true);
        }
        if *tried >= MOST_PARTS {
            return None;
        }
        // too narrow to halve and not excluded: a solution but for rounding
        let Some((quantity, halves)) = self.halves(contraction.spans()) else { return Some(true) };
        for half in halves {
            let mark = contraction.mark();
            let found = if contraction.set(quantity, half) {
                self.search(contraction, tried)
            } else {
                *tried += 1;
                Some(false)
            };
            contraction.undo(mark);
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }

    fn here(&self, quantity: usize) -> bool {
        self.quantities.binary_search(&quantity).is_ok()
    }

    /// Whether the middles of all undefined quantities, and what follows from them, fulfil everything.
    fn is_solution(&self, contraction: &Contraction<'_>) -> bool {
        let middle = |span: &Span| Span::new(span.middle(), span.middle());
        let mut point: Spans = contraction.spans().iter().map(middle).collect();
        for equation in &self.network.definitions {
            let value = evaluate(&equation.terms, &point);
            if let Some(slot) = point.get_mut(equation.left) {
                *slot = value;
            }
        }
        let at = |quantity: usize| point.get(quantity).copied().unwrap_or(Span::ALL);
        let domains = domains(self.network);
        let mut taken = contraction.added().iter().filter_map(|index| self.statements.get(*index));
        let mut inside = self.quantities.iter().map(|quantity| (at(*quantity), domains.get(*quantity)));
        inside.all(|(value, domain)| domain.is_some_and(|domain| value.within(*domain)))
            && taken.all(|statement| evaluate(&statement.terms, &point).within(statement.span))
            && self.network.constraints.iter().all(|equation| {
                !self.here(equation.left) || evaluate(&equation.terms, &point).within(at(equation.left))
            })
    }

    /// The two halves of the widest interval; `None` when all are narrow.
    fn halves(&self, spans: &Spans) -> Option<(usize, [Span; 2])> {
        let free = self.quantities.iter().filter(|quantity| self.network.is_free(**quantity));
        let wide = free.filter_map(|quantity| Some((*quantity, *spans.get(*quantity)?)));
        let (quantity, widest) = wide.max_by(|a, b| a.1.log_width().total_cmp(&b.1.log_width()).then(b.0.cmp(&a.0)))?;
        if widest.log_width() < 1e-6 {
            return None;
        }
        let middle = widest.middle();
        Some((quantity, [Span::new(widest.low, middle), Span::new(middle, widest.high)]))
    }
}
