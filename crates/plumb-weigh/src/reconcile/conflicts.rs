//! Minimal sets of claims that cannot all be true.
//!
//! A set is minimal when leaving out any one claim removes the conflict. Where claims are few, sets are tried by size, the
//! smallest first, each grown from sets without conflict (the levels of Mannila and Toivonen 1997); three things keep that
//! small:
//!
//! * a set that holds a known conflict is not tried;
//! * a claim that follows from the others in the set is not added: no minimal conflict needs it;
//! * where all relations are products (or all are sums) what each claim allows is convex, and then no minimal conflict has
//!   more claims than there are free quantities, plus one (Helly 1923).
//!
//! Where they are many, all pairs are tried, and larger conflicts are sought among claims near each other (`near`).

use std::collections::BTreeMap;

use super::bisect::Bound;
use super::contract::{Contraction, Demand, Spans, evaluate};
use super::groups::Groups;
use super::near::Near;
use super::network::{IndexedTerm, Network};
use super::settings::Settings;
use super::statements::Statement;

/// The result of the search.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Minimal conflicting sets, each in rising order; by size, then in order.
    pub(super) conflicts: Vec<Vec<usize>>,
    /// For each statement the conflicts that it is in, while the search goes on.
    of: Vec<Vec<usize>>,
    /// How many sets were tested.
    pub(super) tests: usize,
    /// Whether every minimal conflict has been found.
    pub(super) complete: bool,
}

impl Found {
    fn new(statements: usize) -> Self {
        Self { conflicts: Vec::new(), of: vec![Vec::new(); statements], tests: 0, complete: true }
    }

    pub(super) fn push(&mut self, conflict: Vec<usize>) {
        for member in &conflict {
            if let Some(list) = self.of.get_mut(*member) {
                list.push(self.conflicts.len());
            }
        }
        self.conflicts.push(conflict);
    }

    /// Whether a known conflict lies within what is taken as true and this statement.
    pub(super) fn knows(&self, taken: &Contraction<'_>, next: usize) -> bool {
        let conflicts = self.of.get(next).into_iter().flatten().filter_map(|index| self.conflicts.get(*index));
        conflicts.into_iter().any(|conflict| conflict.iter().all(|member| *member == next || taken.takes(*member)))
    }

    /// Whether the statement is in a conflict.
    pub(super) fn disputes(&self, statement: usize) -> bool {
        self.of.get(statement).is_some_and(|conflicts| !conflicts.is_empty())
    }

    /// Puts the conflicts in order and drops those that hold another one: rounding can make two of them out of one.
    fn settle(&mut self) {
        self.conflicts.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        let mut minimal: Vec<Vec<usize>> = Vec::new();
        for conflict in std::mem::take(&mut self.conflicts) {
            if !minimal.iter().any(|smaller| smaller.iter().all(|member| conflict.contains(member))) {
                minimal.push(conflict);
            }
        }
        self.conflicts = minimal;
    }
}

/// Sets are tried by size when there are at most this many times as many as may be tested: claims that follow from others,
/// and known conflicts, leave well below half of them to test.
const SKIPPED: usize = 2;

/// Where sets cannot be tried by size, all pairs still are: rivals for one figure are the most common conflict.
const PAIRS: usize = 2;

/// Parts of more quantities are not bisected: each halving settles one of them, and the limit is in the hundreds.
const MOST_BISECTED: usize = 32;

/// Looks for conflicts among the statements, starting from the intervals that the identities alone leave.
pub(super) fn search(
    network: &Network,
    statements: &[Statement],
    start: &Contraction<'_>,
    settings: &Settings,
) -> Found {
    let mut found = Found::new(statements.len());
    for part in parts(network, statements) {
        let few = part.sets(settings.largest_conflict) <= SKIPPED.saturating_mul(settings.most_tests);
        let (mut contraction, most) = (start.clone(), if few { usize::MAX } else { PAIRS });
        Searcher { network, statements, settings, part: &part }.by_size(most, &mut contraction, &mut found);
        let mut near = Near::new(start, statements, &part.statements, settings.most_tests);
        if !few {
            near.search(&mut found);
            found.complete = false;
        }
        near.settle_the_rest(&mut found);
    }
    found.settle();
    found
}

struct Searcher<'a> {
    network: &'a Network,
    statements: &'a [Statement],
    settings: &'a Settings,
    part: &'a Part,
}

impl Searcher<'_> {
    /// Tries sets of up to `most` statements, each grown from those without conflict.
    fn by_size(&self, most: usize, contraction: &mut Contraction<'_>, found: &mut Found) {
        let mut candidates: Vec<Vec<usize>> = vec![Vec::new()];
        let largest = self.part.largest.unwrap_or(usize::MAX).min(most);
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
                let mark = contraction.mark();
                if contraction.add(candidate.iter().copied()) {
                    self.grow(candidate, contraction, found, &mut grown);
                }
                contraction.undo(mark);
            }
            candidates = grown;
        }
    }

    /// Tries the candidate, which is taken as true, with each later statement.
    fn grow(
        &self,
        candidate: &[usize],
        contraction: &mut Contraction<'_>,
        found: &mut Found,
        grown: &mut Vec<Vec<usize>>,
    ) {
        let last = candidate.last().copied();
        for next in self.part.statements.iter().copied().filter(|index| last.is_none_or(|last| *index > last)) {
            let Some(statement) = self.statements.get(next) else { continue };
            if found.knows(contraction, next) || self.idle(candidate, statement, contraction.spans()) {
                continue;
            }
            found.tests += 1;
            let set = candidate.iter().copied().chain([next]).collect();
            let mark = contraction.mark();
            if contraction.add([next]) && self.possible(contraction, found) {
                grown.push(set);
            } else {
                found.push(set);
            }
            contraction.undo(mark);
        }
    }

    /// Whether no minimal conflict can hold the candidate and the statement: one of them follows from the rest.
    fn idle(&self, candidate: &[usize], statement: &Statement, spans: &Spans) -> bool {
        let mut members = candidate.iter().filter_map(|index| self.statements.get(*index));
        evaluate(&statement.terms, spans).within(statement.span)
            || members.any(|member| member.terms == statement.terms && statement.span.within(member.span))
    }

    /// Whether what is taken as true can be, where contraction alone cannot tell. What cannot be decided counts as possible.
    fn possible(&self, contraction: &mut Contraction<'_>, found: &mut Found) -> bool {
        if !self.part.circular {
            return true;
        }
        let bound = Bound { network: self.network, quantities: &self.part.quantities };
        let taken = contraction.added().iter().filter_map(|index| self.statements.get(*index));
        let demands: Vec<Demand<'_>> = taken.map(Statement::demand).collect();
        let bisected = self.part.quantities.len() <= MOST_BISECTED;
        let possible = if bisected { bound.possible(&demands, contraction) } else { None };
        found.complete &= possible.is_some();
        possible != Some(false)
    }
}

/// Statements that are bound together, and what their relations look like.
#[derive(Clone, Debug)]
struct Part {
    statements: Vec<usize>,
    /// The quantities that they are about, even through identities; in rising order.
    quantities: Vec<usize>,
    /// No minimal conflict can be larger, when that is known.
    largest: Option<usize>,
    /// Whether relations share quantities in a circle, so that contraction may overlook a conflict.
    circular: bool,
}

impl Part {
    /// How many sets of at most so many statements there are.
    fn sets(&self, most: usize) -> usize {
        let count = self.statements.len();
        let most = self.largest.unwrap_or(count).min(most).min(count);
        let (mut sets, mut of_size) = (0_usize, 1_usize);
        for size in 1..=most {
            // what overflows is beyond any limit, and the division by the size no longer matters
            of_size = of_size.saturating_mul(count - size + 1) / size;
            sets = sets.saturating_add(of_size);
        }
        sets
    }
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
        let quantities: Vec<usize> = groups.members(group).collect();
        let free = quantities.iter().filter(|quantity| network.is_free(**quantity)).count();
        let largest = convex(&relations).then_some(free + 1);
        Part { statements, quantities, largest, circular: circular(&relations) }
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
