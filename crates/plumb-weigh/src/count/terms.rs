//! The terms of a decomposable likelihood: one for each set of lists, as a function of the hidden number.
//!
//! With a hyper-Dirichlet prior that gives every cell of the full table the weight `delta`, the marginal likelihood of the
//! lists in a set is a Dirichlet-multinomial one, in which only the cell "on none of these" depends on the hidden number
//! (Madigan and York 1997, Biometrika 84:19, equation 5).

use std::collections::BTreeMap;

use super::graphs::Graph;
use super::special::real;
use super::table::{CaptureTable, ListSet};

/// The term of one set of lists.
struct Term {
    lists: ListSet,
    /// People on none of these lists, plus the prior's weight of that cell: the hidden number is added to it.
    base: f64,
    /// What does not depend on the hidden number.
    constant: f64,
}

impl Term {
    fn new(table: &CaptureTable, lists: ListSet, prior_total: f64) -> Self {
        let share = prior_total / real(1 << lists.count_ones());
        let mut none = 0;
        let mut held: BTreeMap<ListSet, u64> = BTreeMap::new();
        for (history, count) in table.histories() {
            match history & lists {
                0 => none += count,
                cell => *held.entry(cell).or_default() += count,
            }
        }
        let empty = libm::lgamma(share);
        let others: f64 = held.values().map(|count| libm::lgamma(real(*count) + share) - empty).sum();
        Self { lists, base: real(none) + share, constant: others - empty + libm::lgamma(prior_total) }
    }

    /// The term along hidden numbers; `whole` is that of everybody.
    fn along(&self, hidden: &[f64], whole: &[f64]) -> Vec<f64> {
        hidden.iter().zip(whole).map(|(hidden, whole)| libm::lgamma(hidden + self.base) - whole).collect()
    }
}

/// The terms of all sets of the lists of a table.
pub(crate) struct Terms {
    sets: Vec<Term>,
    observed: f64,
    prior_total: f64,
}

impl Terms {
    pub(crate) fn new(table: &CaptureTable, delta: f64) -> Self {
        let lists = table.lists().len();
        let prior_total = delta * real(1 << lists);
        let sets = (1..1_u32 << lists).filter_map(|set| ListSet::try_from(set).ok());
        let sets = sets.map(|set| Term::new(table, set, prior_total)).collect();
        Self { sets, observed: real(table.observed()), prior_total }
    }

    /// What a graph weighs apart from the hidden number.
    pub(crate) fn constant(&self, graph: &Graph) -> f64 {
        let constant = |set: ListSet| self.term(set).map_or(0.0, |term| term.constant);
        graph.factors.iter().map(|(set, times)| f64::from(*times) * constant(*set)).sum()
    }

    fn term(&self, set: ListSet) -> Option<&Term> {
        usize::from(set).checked_sub(1).and_then(|index| self.sets.get(index))
    }

    /// The terms along hidden numbers.
    ///
    /// Every list counts once in a graph, cliques less separators, so the terms of single lists are common to all graphs.
    /// They are put into the common part, and taken out of the sets that hold them.
    pub(crate) fn along(&self, hidden: &[f64], log_prior: &[f64]) -> Along {
        let size = self.observed + self.prior_total;
        let whole: Vec<f64> = hidden.iter().map(|hidden| libm::lgamma(hidden + size)).collect();
        let mut common: Vec<f64> =
            hidden.iter().zip(log_prior).map(|(hidden, prior)| self.ways(*hidden) + prior).collect();
        let single = |term: &&Term| term.lists.is_power_of_two();
        let singles: Vec<(ListSet, Vec<f64>)> =
            self.sets.iter().filter(single).map(|term| (term.lists, term.along(hidden, &whole))).collect();
        for (_, values) in &singles {
            add(&mut common, values, 1.0);
        }
        let sets = self.sets.iter().map(|term| {
            let mut values = if single(&term) { Vec::new() } else { term.along(hidden, &whole) };
            for (_, single) in singles.iter().filter(|(list, _)| term.lists & list != 0) {
                add(&mut values, single, -1.0);
            }
            values
        });
        Along { common, sets: [Vec::new()].into_iter().chain(sets).collect() }
    }

    /// In how many ways the hidden people can be told from those observed, as a logarithm.
    fn ways(&self, hidden: f64) -> f64 {
        libm::lgamma(hidden + self.observed + 1.0) - libm::lgamma(hidden + 1.0)
    }
}

/// Logarithms along hidden numbers: what is common to all graphs, and what each set of lists adds. Indexed by set; empty
/// for single lists, which add nothing.
pub(crate) struct Along {
    pub(crate) common: Vec<f64>,
    pub(crate) sets: Vec<Vec<f64>>,
}

fn add(sum: &mut [f64], values: &[f64], times: f64) {
    for (entry, value) in sum.iter_mut().zip(values) {
        *entry += times * value;
    }
}
