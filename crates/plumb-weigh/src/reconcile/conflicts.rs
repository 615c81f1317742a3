//! Minimal sets of claims that cannot all be true.
//!
//! A set is minimal when leaving out any one claim removes the conflict. Claims that share no quantity, even through
//! identities, are searched apart. In each part `levels` proves all sets up to a size: of every size where claims are few.
//! Where they are many, larger conflicts are sought among claims near each other (`near`), and may be missed.
//!
//! Where all relations of a part are products (or all are sums), what each claim allows is convex, and no minimal conflict
//! has more claims than there are free quantities, plus one (Helly 1923): the search is complete at that size.

use std::collections::BTreeMap;

use super::bisect::Bound;
use super::contract::Contraction;
use super::groups::Groups;
use super::intervals::Search;
use super::levels::{Levels, MOST_LOOKED_UP};
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
    /// How many sets were tested, and how many may be.
    pub(super) tests: usize,
    pub(super) most_tests: usize,
    /// For each part the size up to which every conflict has been found; `None` where that is every size.
    pub(super) proven: Vec<Option<usize>>,
    /// Whether each set that was tested could be decided about.
    pub(super) decided: bool,
}

impl Found {
    fn new(statements: usize, most_tests: usize) -> Self {
        let of = vec![Vec::new(); statements];
        Self { conflicts: Vec::new(), of, tests: 0, most_tests, proven: Vec::new(), decided: true }
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
        self.knows_among(|member| taken.takes(member), next)
    }

    /// Whether a known conflict lies within a set of statements and this one.
    pub(super) fn knows_among(&self, holds: impl Fn(usize) -> bool, next: usize) -> bool {
        let conflicts = self.of.get(next).into_iter().flatten().filter_map(|index| self.conflicts.get(*index));
        conflicts.into_iter().any(|conflict| conflict.iter().all(|member| *member == next || holds(*member)))
    }

    /// Whether the statement is in a conflict.
    pub(super) fn disputes(&self, statement: usize) -> bool {
        self.of.get(statement).is_some_and(|conflicts| !conflicts.is_empty())
    }

    /// How far the search went.
    pub(super) fn told(&self) -> Search {
        let proven_size = self.proven.iter().copied().flatten().min();
        Search {
            sets_tested: self.tests,
            complete: proven_size.is_none() && self.decided,
            parts: self.proven.len(),
            parts_complete: self.proven.iter().filter(|size| size.is_none()).count(),
            proven_size,
            decided: self.decided,
        }
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

/// Looks for conflicts among the statements, starting from the intervals that the identities alone leave.
pub(super) fn search(
    network: &Network,
    statements: &[Statement],
    start: &Contraction<'_>,
    settings: &Settings,
) -> Found {
    let mut found = Found::new(statements.len(), settings.most_tests);
    for part in parts(network, statements) {
        let mut near = Near::new(start, statements, &part.statements, settings.most_tests);
        if part.has_many() {
            near.search(&mut found);
        }
        near.settle_the_rest(&mut found);
        let bound = Bound { network, statements, quantities: &part.quantities };
        let proven = Levels::new(&part, bound, start).search(&mut found);
        found.proven.push(proven);
    }
    found.settle();
    found
}

/// Statements that are bound together, and what their relations look like.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) statements: Vec<usize>,
    /// The quantities that they are about, even through identities; in rising order.
    quantities: Vec<usize>,
    /// No minimal conflict can be larger, when that is known.
    largest: Option<usize>,
    /// Whether relations share quantities in a circle, so that contraction may overlook a conflict.
    pub(super) circular: bool,
}

impl Part {
    /// How many claims a minimal conflict can have at most.
    pub(super) fn largest_possible(&self) -> usize {
        self.largest.unwrap_or(usize::MAX).min(self.statements.len())
    }

    /// Whether its sets are too many to be looked up one by one.
    pub(super) fn has_many(&self) -> bool {
        self.sets() > MOST_LOOKED_UP
    }

    /// How many sets there are that could be minimal conflicts.
    fn sets(&self) -> usize {
        let (mut sets, mut of_size) = (0_usize, 1_usize);
        for size in 1..=self.largest_possible() {
            // what overflows is beyond any limit, and the division by the size no longer matters
            of_size = of_size.saturating_mul(self.statements.len() - size + 1) / size;
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
