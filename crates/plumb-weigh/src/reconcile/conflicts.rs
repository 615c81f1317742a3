//! Every minimal set of claims that cannot all be true.
//!
//! A set is minimal when leaving out any one claim removes the conflict. Sets are tried by size, the smallest first, each
//! grown from sets without conflict (the levels of Mannila and Toivonen 1997); three things keep that small:
//!
//! * a set that holds a known conflict is not tried;
//! * a claim that follows from the others in the set is not added: no minimal conflict needs it;
//! * where all relations are products (or all are sums) what each claim allows is convex, and then no minimal conflict has
//!   more claims than there are free quantities, plus one (Helly 1923).

use std::collections::BTreeMap;

use super::contract::{Demand, Spans, contract, evaluate, feasible};
use super::groups::Groups;
use super::network::{IndexedTerm, Network};
use super::problem::Problem;
use super::settings::Settings;
use super::span::Span;

/// What one origin says of one expression: a claim and its exact copies.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The claims that say it, the first in the order of names first.
    pub(super) claims: Vec<String>,
    pub(super) terms: Vec<IndexedTerm>,
    pub(super) span: Span,
}

impl Statement {
    pub(super) fn demand(&self) -> Demand<'_> {
        Demand { terms: &self.terms, span: self.span }
    }

    /// The name under which it is told.
    pub(super) fn name(&self) -> &str {
        self.claims.first().map_or("", String::as_str)
    }
}

/// The statements of a problem, in the order of names; claims of one origin that say the same of the same are one.
pub(super) fn statements(problem: &Problem, network: &Network) -> Vec<Statement> {
    let mut claims: Vec<_> = problem.claims.iter().collect();
    claims.sort_by(|a, b| a.id.cmp(&b.id));
    let mut found: Vec<(Statement, &str)> = Vec::new();
    for claim in claims {
        let (low, high) = claim.figure.ends();
        let (terms, span) = (network.terms(&claim.about), Span::new(low, high));
        let same = found.iter_mut().find(|(known, origin)| {
            !claim.origin.is_empty() && *origin == claim.origin && known.terms == terms && known.span == span
        });
        match same {
            Some((known, _)) => known.claims.push(claim.id.clone()),
            None => found.push((Statement { claims: vec![claim.id.clone()], terms, span }, &claim.origin)),
        }
    }
    found.into_iter().map(|(statement, _)| statement).collect()
}

/// The result of the search.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Minimal conflicting sets, each in rising order; by size, then in order.
    pub(super) conflicts: Vec<Vec<usize>>,
    /// How many sets were tested.
    pub(super) tests: usize,
    /// Whether every minimal conflict has been found.
    pub(super) complete: bool,
    /// Sets of which it could not be decided whether they conflict; they are not counted as conflicts.
    pub(super) undecided: usize,
}

/// How often intervals may be halved to decide about one set.
const MOST_PARTS: usize = 300;

/// Looks for conflicts among the statements, starting from the intervals that the identities alone leave.
pub(super) fn search(network: &Network, statements: &[Statement], start: &Spans, settings: &Settings) -> Found {
    let mut found = Found { complete: true, ..Found::default() };
    for part in parts(network, statements) {
        Searcher { network, statements, start, settings, part }.search(&mut found);
    }
    found.conflicts.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    found
}

/// A set that holds no conflict and might grow into one, and the intervals that it leaves.
type Candidate = Vec<usize>;

struct Searcher<'a> {
    network: &'a Network,
    statements: &'a [Statement],
    start: &'a Spans,
    settings: &'a Settings,
    part: Part,
}

impl Searcher<'_> {
    fn search(&self, found: &mut Found) {
        let mut candidates: Vec<Candidate> = vec![Vec::new()];
        let largest = self.part.largest.unwrap_or(usize::MAX);
        for size in 1..=self.part.statements.len() {
            if size > largest {
                return;
            }
            if size > self.settings.largest_conflict {
                found.complete = false;
                return;
            }
            let mut grown = Vec::new();
            for candidate in &candidates {
                if found.tests >= self.settings.most_tests {
                    found.complete = false;
                    return;
                }
                self.grow(candidate, found, &mut grown);
            }
            candidates = grown;
        }
    }

    /// Tries the candidate with each later statement.
    fn grow(&self, candidate: &Candidate, found: &mut Found, grown: &mut Vec<Candidate>) {
        let demands: Vec<Demand<'_>> = self.demands(candidate).collect();
        let Some(spans) = contract(self.network, &demands, self.start.clone()) else { return };
        let last = candidate.last().copied();
        for next in self.part.statements.iter().copied().filter(|index| last.is_none_or(|last| *index > last)) {
            let Some(statement) = self.statements.get(next) else { continue };
            let set: Candidate = candidate.iter().copied().chain([next]).collect();
            let known = found.conflicts.iter().any(|conflict| conflict.iter().all(|index| set.contains(index)));
            if known || self.idle(candidate, statement, &spans) {
                continue;
            }
            found.tests += 1;
            if self.conflicting(&demands, statement, &spans, found) {
                found.conflicts.push(set);
            } else {
                grown.push(set);
            }
        }
    }

    fn demands<'b>(&'b self, set: &'b [usize]) -> impl Iterator<Item = Demand<'b>> {
        set.iter().filter_map(|index| self.statements.get(*index)).map(Statement::demand)
    }

    /// Whether no minimal conflict can hold the candidate and the statement: one of them follows from the rest.
    fn idle(&self, candidate: &Candidate, statement: &Statement, spans: &Spans) -> bool {
        let mut members = candidate.iter().filter_map(|index| self.statements.get(*index));
        evaluate(&statement.terms, spans).within(statement.span)
            || members.any(|member| member.terms == statement.terms && statement.span.within(member.span))
    }

    fn conflicting(&self, demands: &[Demand<'_>], statement: &Statement, spans: &Spans, found: &mut Found) -> bool {
        let mut demands = demands.to_vec();
        demands.push(statement.demand());
        let Some(left) = contract(self.network, &demands, spans.clone()) else { return true };
        if !self.part.circular {
            return false;
        }
        match feasible(self.network, &demands, left, MOST_PARTS) {
            Some(possible) => !possible,
            None => {
                found.undecided += 1;
                false
            }
        }
    }
}

/// Statements that are bound together, and what their relations look like.
#[derive(Clone, Debug)]
struct Part {
    statements: Vec<usize>,
    /// No minimal conflict can be larger, when that is known.
    largest: Option<usize>,
    /// Whether relations share quantities in a circle, so that contraction may overlook a conflict.
    circular: bool,
}

/// The statements in groups that share no quantity, even through identities.
fn parts(network: &Network, statements: &[Statement]) -> Vec<Part> {
    let mut groups = Groups::new(network.quantities.len());
    let equations = || network.equations().map(|equation| (Some(equation.left), equation.terms.as_slice()));
    let spoken = || statements.iter().map(|statement| (None, statement.terms.as_slice()));
    for (left, terms) in equations().chain(spoken()) {
        groups.join(quantities(terms).chain(left));
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        members.entry(groups.of(quantities(&statement.terms))).or_default().push(index);
    }
    let part = |(group, statements): (usize, Vec<usize>)| {
        let here = |relation: &Relation<'_>| groups.of(quantities(relation.1).chain(relation.0)) == group;
        let relations: Vec<Relation<'_>> = equations().chain(spoken()).filter(here).collect();
        let defined = |quantity: usize| network.definitions.iter().any(|equation| equation.left == quantity);
        let free = groups.members(group).filter(|quantity| !defined(*quantity)).count();
        Part { statements, largest: convex(&relations).then_some(free + 1), circular: circular(&relations) }
    };
    members.into_iter().map(part).collect()
}

/// The left side of an identity, or none for a statement, and an expression.
type Relation<'a> = (Option<usize>, &'a [IndexedTerm]);

fn quantities(terms: &[IndexedTerm]) -> impl Iterator<Item = usize> {
    terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0))
}

/// Whether all relations are products, hence linear in logarithms, or all are sums, hence linear as they stand.
fn convex(relations: &[Relation<'_>]) -> bool {
    let plain = |term: &IndexedTerm| matches!(term.powers.as_slice(), [] | [(_, 1.0)]);
    relations.iter().all(|(_, terms)| matches!(terms, [term] if term.coefficient > 0.0))
        || relations.iter().all(|(_, terms)| terms.iter().all(plain))
}

/// Whether relations and the quantities that occur in them form a circle.
fn circular(relations: &[Relation<'_>]) -> bool {
    let nodes =
        relations.iter().flat_map(|(left, terms)| quantities(terms).chain(*left)).max().map_or(0, |top| top + 1);
    let mut groups = Groups::new(nodes + relations.len());
    relations.iter().enumerate().any(|(index, (left, terms))| {
        let mut occurrences = quantities(terms).chain(*left);
        // an occurrence that joins what is joined already closes a circle
        occurrences.any(|quantity| !groups.join([quantity, nodes + index].into_iter()))
    })
}
