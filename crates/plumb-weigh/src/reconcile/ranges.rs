//! What the claims leave possible once it is known which of them contradict each other, and what each conflict needs.

use std::collections::BTreeMap;

use super::conflicts::Found;
use super::contract::{Contraction, Spans, evaluate};
use super::intervals::{ClaimRange, Conflict, IntervalReport, Need, QuantityRange, RangeDriver};
use super::network::{IndexedTerm, Network};
use super::settings::Settings;
use super::span::Span;
use super::statements::Statement;

/// A need that is this many times what is claimed counts as no more: it would be infinite where a claim says zero, and
/// output must stay finite.
const MOST_FACTOR: f64 = 1e12;

/// Ranges under sets of statements.
pub(super) struct Ranges<'a, 'r> {
    network: &'a Network,
    statements: &'a [Statement],
    /// Under the identities alone.
    alone: Contraction<'r>,
    /// Under all undisputed statements.
    context: Contraction<'r>,
    undisputed: Vec<usize>,
    /// The intervals without one of the undisputed statements, where that makes a difference.
    without: BTreeMap<usize, Spans>,
}

impl<'a, 'r> Ranges<'a, 'r> {
    pub(super) fn new(
        network: &'a Network,
        statements: &'a [Statement],
        start: &Contraction<'r>,
        found: &Found,
    ) -> Self {
        let undisputed: Vec<usize> = (0..statements.len()).filter(|index| !found.disputes(*index)).collect();
        let (alone, mut context) = (start.clone(), start.clone());
        // they can hold together: the search has seen to it
        context.add(undisputed.iter().copied());
        let mut ranges = Self { network, statements, alone, context, undisputed, without: BTreeMap::new() };
        let used = ranges.context.causes(0..network.quantities.len());
        let mut rest = ranges.alone.clone();
        rest.add(ranges.undisputed.iter().copied().filter(|index| !used.contains(index)));
        ranges.leave_each_out(&used, &mut rest);
        ranges
    }

    /// Notes the intervals without each of these, all others being added: the first half serves all of the second.
    fn leave_each_out(&mut self, those: &[usize], rest: &mut Contraction<'r>) {
        if let [one] = those {
            self.without.insert(*one, rest.spans().clone());
        }
        if those.len() < 2 {
            return;
        }
        let (left, right) = those.split_at(those.len() / 2);
        for (out, added) in [(left, right), (right, left)] {
            let mark = rest.mark();
            rest.add(added.iter().copied());
            self.leave_each_out(out, rest);
            rest.undo(mark);
        }
    }

    pub(super) fn report(mut self, found: &Found, settings: &Settings) -> IntervalReport {
        let search = found.told();
        let claims = (0..self.statements.len()).filter_map(|index| self.claim(index)).collect();
        let mut told: Vec<(Conflict, &[usize])> =
            found.conflicts.iter().map(|set| (self.conflict(set), set.as_slice())).collect();
        told.sort_by(|(a, _), (b, _)| {
            let size = a.claims.len().cmp(&b.claims.len());
            b.across.cmp(&a.across).then(b.factor.total_cmp(&a.factor)).then(size).then_with(|| a.claims.cmp(&b.claims))
        });
        for (conflict, set) in told.iter_mut().take(settings.context_conflicts) {
            for (need, index) in conflict.needs.iter_mut().zip(set.iter()) {
                need.context = self.context_of(*index, set);
            }
        }
        let conflicts = told.into_iter().map(|(conflict, _)| conflict).collect();
        IntervalReport { quantities: self.quantities(), claims, conflicts, search }
    }

    fn quantities(&self) -> Vec<QuantityRange> {
        let range = |(quantity, span): (usize, &Span)| {
            let driver = |(index, spans): (&usize, &Spans)| {
                let (statement, wider) = (self.statements.get(*index)?, spans.get(quantity)?);
                let claim = statement.name().to_owned();
                wider.wider_than(*span).then(|| RangeDriver { claim, without: (*wider).into() })
            };
            QuantityRange {
                quantity: self.network.name(quantity).to_owned(),
                bounds: (*span).into(),
                drivers: self.without.iter().filter_map(driver).collect(),
            }
        };
        self.context.spans().iter().enumerate().map(range).collect()
    }

    fn claim(&self, index: usize) -> Option<ClaimRange> {
        let statement = self.statements.get(index)?;
        let others = self.without.get(&index).unwrap_or_else(|| self.context.spans());
        Some(ClaimRange {
            claim: statement.name().to_owned(),
            copies: statement.claims.iter().skip(1).cloned().collect(),
            says: statement.span.into(),
            others: evaluate(&statement.terms, others).into(),
            disputed: self.undisputed.binary_search(&index).is_err(),
        })
    }

    fn conflict(&mut self, set: &[usize]) -> Conflict {
        let members: Vec<&Statement> = set.iter().filter_map(|index| self.statements.get(*index)).collect();
        let rivals = members.windows(2).all(|pair| matches!(pair, [one, two] if one.terms == two.terms));
        let spans: Vec<(Need, f64)> = set.iter().filter_map(|index| self.need(*index, set)).collect();
        let factor = spans.iter().map(|(_, factor)| *factor).fold(MOST_FACTOR, f64::min);
        Conflict {
            claims: members.iter().map(|statement| statement.name().to_owned()).collect(),
            across: set.len() == 1 || !rivals,
            factor,
            needs: spans.into_iter().map(|(need, _)| need).collect(),
        }
    }

    /// What a claim would have to say, and by what factor that lies beyond what it says.
    fn need(&mut self, index: usize, set: &[usize]) -> Option<(Need, f64)> {
        let statement = self.statements.get(index)?;
        let others: Vec<usize> = set.iter().copied().filter(|other| *other != index).collect();
        let needed = value(&mut self.alone, &statement.terms, &others).unwrap_or(Span::ALL);
        let need = Need {
            claim: statement.name().to_owned(),
            says: statement.span.into(),
            needed: needed.into(),
            needed_in_context: value(&mut self.context, &statement.terms, &others).unwrap_or(needed).into(),
            context: Vec::new(),
        };
        Some((need, beyond(needed, statement.span)))
    }

    /// The undisputed claims without which the others of a conflict would need less, each on its own or only together.
    fn context_of(&mut self, index: usize, set: &[usize]) -> Vec<String> {
        let Some(statement) = self.statements.get(index) else { return Vec::new() };
        let others: Vec<usize> = set.iter().copied().filter(|other| *other != index).collect();
        let mark = self.context.mark();
        let holds = self.context.add(others.iter().copied());
        let in_context = evaluate(&statement.terms, self.context.spans());
        let quantities = statement.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0));
        let mut context = self.context.causes(quantities);
        self.context.undo(mark);
        if !holds {
            return Vec::new();
        }
        context.retain(|cause| self.undisputed.binary_search(cause).is_ok());
        let mut without = |context: &[usize]| {
            let set: Vec<usize> = others.iter().chain(context).copied().collect();
            value(&mut self.alone, &statement.terms, &set).is_none_or(|span| !span.wider_than(in_context))
        };
        if !without(&context) {
            // the trail leaves out rounding
            context.clone_from(&self.undisputed);
        }
        for candidate in context.clone() {
            let fewer: Vec<usize> = context.iter().copied().filter(|other| *other != candidate).collect();
            if without(&fewer) {
                context = fewer;
            }
        }
        let name = |index: &usize| self.statements.get(*index).map(|statement| statement.name().to_owned());
        context.iter().filter_map(name).collect()
    }
}

/// The interval of an expression when these statements are added; `None` when they contradict what is there.
fn value(contraction: &mut Contraction<'_>, terms: &[IndexedTerm], added: &[usize]) -> Option<Span> {
    let mark = contraction.mark();
    let value = contraction.add(added.iter().copied()).then(|| evaluate(terms, contraction.spans()));
    contraction.undo(mark);
    value
}

/// By what factor at least the needed values lie beyond what is said; 1 when they do not.
fn beyond(needed: Span, says: Span) -> f64 {
    let above = if needed.low > says.high { needed.low / says.high } else { 1.0 };
    let below = if needed.high < says.low { says.low / needed.high } else { 1.0 };
    above.max(below).min(MOST_FACTOR)
}
