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

    fn is_single(&self) -> bool {
        self.lists.is_power_of_two()
    }

    /// What depends on the hidden number; `size` is that of everybody.
    fn log(&self, hidden: f64, size: f64) -> f64 {
        libm::lgamma(hidden + self.base) - libm::lgamma(hidden + size)
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
        let first = hidden.first().copied().unwrap_or(0.0);
        let size = self.observed + self.prior_total;
        let line = |term: &Term| Steps { start: term.log(first, size), ratios: ratios(hidden, term.base, size) };
        let (singles, larger): (Vec<&Term>, Vec<&Term>) = self.sets.iter().partition(|term| term.is_single());
        let singles: Vec<(ListSet, Steps)> = singles.into_iter().map(|term| (term.lists, line(term))).collect();
        let mut common = self.common(hidden, log_prior);
        for (_, single) in &singles {
            common.multiply(single);
        }
        let mut sets: Vec<Line> = (0..=self.sets.len()).map(|_| Line::default()).collect();
        for term in larger {
            let mut steps = line(term);
            for (_, single) in singles.iter().filter(|(list, _)| term.lists & list != 0) {
                steps.divide(single);
            }
            if let Some(slot) = sets.get_mut(usize::from(term.lists)) {
                *slot = steps.line();
            }
        }
        Along { common: common.line(), sets }
    }

    /// The prior, and in how many ways the hidden people can be told from those observed.
    fn common(&self, hidden: &[f64], log_prior: &[f64]) -> Steps {
        let first = hidden.first().copied().unwrap_or(0.0);
        let ways = libm::lgamma(first + self.observed + 1.0) - libm::lgamma(first + 1.0);
        let mut ratios = ratios(hidden, self.observed + 1.0, 1.0);
        for (ratio, (prior, next)) in ratios.iter_mut().zip(log_prior.iter().zip(log_prior.iter().skip(1))) {
            *ratio *= libm::exp(next - prior);
        }
        Steps { start: ways + log_prior.first().copied().unwrap_or(0.0), ratios }
    }
}

/// Up to this step between hidden numbers a ratio of gamma functions is multiplied out; beyond, logarithms are faster.
const MULTIPLIED_OUT: f64 = 64.0;

/// From each hidden number to the next, the growth of `Gamma(hidden + base) / Gamma(hidden + size)`.
///
/// As `Gamma(x + 1) = x Gamma(x)`, a step of one is a ratio of two sums.
fn ratios(hidden: &[f64], base: f64, size: f64) -> Vec<f64> {
    let step = hidden.iter().zip(hidden.iter().skip(1)).map(|(from, to)| to - from).fold(0.0, f64::max);
    let pairs = hidden.iter().zip(hidden.iter().skip(1));
    if step <= 1.0 {
        return pairs.map(|(from, _)| (from + base) / (from + size)).collect();
    }
    if step <= MULTIPLIED_OUT {
        return pairs.map(|(from, to)| multiplied_out(*from, *to, base, size)).collect();
    }
    let log = |hidden: f64| libm::lgamma(hidden + base) - libm::lgamma(hidden + size);
    pairs.map(|(from, to)| libm::exp(log(*to) - log(*from))).collect()
}

fn multiplied_out(from: f64, to: f64, base: f64, size: f64) -> f64 {
    let (mut at, mut product) = (from, 1.0);
    while at < to {
        product *= (at + base) / (at + size);
        at += 1.0;
    }
    product
}

/// A term along hidden numbers: its logarithm at the first, and its growth from each to the next.
struct Steps {
    start: f64,
    ratios: Vec<f64>,
}

impl Steps {
    fn multiply(&mut self, other: &Self) {
        self.start += other.start;
        for (ratio, other) in self.ratios.iter_mut().zip(&other.ratios) {
            *ratio *= other;
        }
    }

    fn divide(&mut self, other: &Self) {
        self.start -= other.start;
        for (ratio, other) in self.ratios.iter_mut().zip(&other.ratios) {
            *ratio /= other;
        }
    }

    /// The growth since the first.
    fn line(self) -> Line {
        let mut factor = 1.0;
        let mut factors = Vec::with_capacity(self.ratios.len() + 1);
        factors.push(factor);
        for ratio in self.ratios {
            factor *= ratio;
            factors.push(factor);
        }
        Line { start: self.start, factors }
    }
}

/// A term along hidden numbers: its logarithm at the first, and factors relative to it.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) start: f64,
    pub(crate) factors: Vec<f64>,
}

/// Terms along hidden numbers: what is common to all graphs, and what each set of lists adds. Indexed by set; without
/// factors for single lists, which add nothing.
pub(crate) struct Along {
    pub(crate) common: Line,
    pub(crate) sets: Vec<Line>,
}

#[cfg(test)]
impl Terms {
    /// The logarithm of a graph's weight at a hidden number, by the formula.
    pub(crate) fn plain(&self, graph: &Graph, hidden: f64, log_prior: f64) -> f64 {
        let size = self.observed + self.prior_total;
        let log = |set: ListSet| self.term(set).map_or(0.0, |term| term.log(hidden, size));
        let terms: f64 = graph.factors.iter().map(|(set, times)| f64::from(*times) * log(*set)).sum();
        let ways = libm::lgamma(hidden + self.observed + 1.0) - libm::lgamma(hidden + 1.0);
        self.constant(graph) + terms + ways + log_prior
    }
}
