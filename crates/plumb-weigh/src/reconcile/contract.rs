//! Narrowing intervals through identities and claims, forwards and backwards.
//!
//! Hull consistency by HC4 (Benhamou, Goualard, Granvilliers and Puget 1999, "Revising hull and box consistency", ICLP): an
//! expression is evaluated from the intervals of its quantities, the result is cut to what the equation allows, and the cut
//! is passed back to each quantity. Repeated over all equations until nothing narrows by more than rounding.

use super::network::{IndexedTerm, Network};
use super::span::Span;

/// An expression and the interval in which it must lie.
#[derive(Clone, Debug)]
pub(super) struct Demand<'a> {
    pub(super) terms: &'a [IndexedTerm],
    pub(super) span: Span,
}

/// The intervals of all quantities.
pub(super) type Spans = Vec<Span>;

/// Each round passes news one identity further. Chains of identities are short; a sum that keeps shrinking by ever smaller
/// steps is cut off here, which loses sharpness but no truth.
const MOST_ROUNDS: usize = 100;

/// The bounds of the quantities.
pub(super) fn domains(network: &Network) -> Spans {
    network.quantities.iter().map(|quantity| Span::new(quantity.low, quantity.high)).collect()
}

/// Narrows `spans` by all identities and the demands; `None` when something is left without a value.
pub(super) fn contract(network: &Network, demands: &[Demand<'_>], mut spans: Spans) -> Option<Spans> {
    for _ in 0..MOST_ROUNDS {
        let before = spans.clone();
        for equation in network.equations() {
            let left = *spans.get(equation.left)?;
            let narrowed = revise(&equation.terms, left, &mut spans)?;
            *spans.get_mut(equation.left)? = narrowed;
        }
        for demand in demands {
            revise(demand.terms, demand.span, &mut spans)?;
        }
        if !before.iter().zip(&spans).any(|(before, now)| before.wider_than(*now)) {
            break;
        }
    }
    Some(spans)
}

/// The interval of an expression.
pub(super) fn evaluate(terms: &[IndexedTerm], spans: &[Span]) -> Span {
    terms.iter().map(|term| term_span(term, spans)).fold(Span::new(0.0, 0.0), Span::plus)
}

fn factor(power: (usize, f64), spans: &[Span]) -> Span {
    spans.get(power.0).map_or(Span::POSITIVE, |span| span.power(power.1))
}

/// The product of the powers, without the coefficient.
fn product(term: &IndexedTerm, spans: &[Span], without: Option<usize>) -> Span {
    let powers = term.powers.iter().filter(|power| Some(power.0) != without);
    powers.map(|power| factor(*power, spans)).fold(Span::new(1.0, 1.0), Span::times)
}

fn term_span(term: &IndexedTerm, spans: &[Span]) -> Span {
    product(term, spans, None).scaled(term.coefficient)
}

/// Cuts the value of an expression to the target and passes the cut back; gives the value that is left.
fn revise(terms: &[IndexedTerm], target: Span, spans: &mut Spans) -> Option<Span> {
    let values: Vec<Span> = terms.iter().map(|term| term_span(term, spans)).collect();
    let total = values.iter().copied().fold(Span::new(0.0, 0.0), Span::plus);
    let target = total.meet(target)?;
    for (index, (term, value)) in terms.iter().zip(&values).enumerate() {
        let others = values.iter().enumerate().filter(|(other, _)| *other != index);
        let rest = others.map(|(_, value)| *value).fold(Span::new(0.0, 0.0), Span::plus);
        let allowed = target.minus(rest).meet(*value)?;
        let magnitude = allowed.unscaled(term.coefficient).meet(Span::POSITIVE)?;
        pass_back(term, magnitude, spans)?;
    }
    Some(target)
}

/// Narrows each quantity of a product to what lets the product lie in `magnitude`.
fn pass_back(term: &IndexedTerm, magnitude: Span, spans: &mut Spans) -> Option<()> {
    for (quantity, power) in &term.powers {
        let others = product(term, spans, Some(*quantity));
        let allowed = magnitude.divided(others).power(1.0 / power);
        let span = spans.get_mut(*quantity)?;
        *span = span.meet(allowed)?;
    }
    Some(())
}

/// Whether some values of the quantities fulfil everything: contraction alone can overlook a conflict when equations share
/// quantities in a circle, so the intervals are halved until a solution is found or all parts are excluded.
///
/// After `most_parts` parts without either the answer is `None`: nothing is claimed.
pub(super) fn feasible(network: &Network, demands: &[Demand<'_>], spans: Spans, most_parts: usize) -> Option<bool> {
    let mut waiting = vec![spans];
    let mut tried = 0;
    while let Some(part) = waiting.pop() {
        tried += 1;
        let Some(part) = contract(network, demands, part) else { continue };
        if is_solution(network, demands, &part) {
            return Some(true);
        }
        if tried >= most_parts {
            return None;
        }
        match halves(network, &part) {
            Some((low, high)) => waiting.extend([high, low]),
            // too narrow to halve and not excluded: a solution but for rounding
            None => return Some(true),
        }
    }
    Some(false)
}

/// Whether the middles of all undefined quantities, and what follows from them, fulfil everything.
fn is_solution(network: &Network, demands: &[Demand<'_>], spans: &Spans) -> bool {
    let mut point: Spans = spans.iter().map(|span| span.middle()).map(|value| Span::new(value, value)).collect();
    for equation in &network.definitions {
        let value = evaluate(&equation.terms, &point);
        if let Some(slot) = point.get_mut(equation.left) {
            *slot = value;
        }
    }
    let domains = domains(network);
    let constraints = network.constraints.iter();
    point.iter().zip(&domains).all(|(value, domain)| value.within(*domain))
        && demands.iter().all(|demand| evaluate(demand.terms, &point).within(demand.span))
        && constraints.into_iter().all(|equation| {
            let left = point.get(equation.left).copied().unwrap_or(Span::ALL);
            evaluate(&equation.terms, &point).within(left)
        })
}

/// The intervals with the widest one cut in two; `None` when all are narrow.
fn halves(network: &Network, spans: &Spans) -> Option<(Spans, Spans)> {
    let defined = |index: usize| network.definitions.iter().any(|equation| equation.left == index);
    let free = spans.iter().enumerate().filter(|(index, _)| !defined(*index));
    let (index, widest) = free.max_by(|a, b| a.1.log_width().total_cmp(&b.1.log_width()).then(b.0.cmp(&a.0)))?;
    if widest.log_width() < 1e-6 {
        return None;
    }
    let middle = widest.middle();
    let part = |span: Span| {
        let mut part = spans.clone();
        if let Some(slot) = part.get_mut(index) {
            *slot = span;
        }
        part
    };
    Some((part(Span::new(widest.low, middle)), part(Span::new(middle, widest.high))))
}
