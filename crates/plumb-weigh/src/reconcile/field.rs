//! The posterior density of a cluster with the worlds summed out, laid out so that a part of it can be computed anew.
//!
//! Each origin in question enters as ln(p·∏ right + (1 − p)·∏ wrong) over its rows, so no world has to be held. A place where a
//! quantity is zero or below, or a defined one outside its bounds, has no density.

use std::ops::Range;

use super::likelihood::{Likelihood, Measure, floor_variances, weak_precision};
use super::model::Cluster;
use super::network::IndexedTerm;
use super::scale::Scale;

/// Parts of a sum whose logarithms are kept while it is computed.
const KEPT: usize = 8;
/// What is left of a difference, as a part of what it is taken from, may not be less: doubles would show noise.
const LEAST_DIFFERENCE: f64 = 1e-9;

/// A term: ln coefficient, sign, and the place of its powers.
pub(super) struct Term {
    pub(super) ln_coefficient: f64,
    pub(super) negative: bool,
    powers: Range<usize>,
}

/// The density; shared by all walks.
pub(super) struct Field<'a> {
    pub(super) cluster: &'a Cluster,
    sums: Vec<Range<usize>>,
    terms: Vec<Term>,
    powers: Vec<(usize, f64)>,
    pub(super) rows: Vec<Likelihood>,
    pub(super) origin_of: Vec<Option<usize>>,
    by_origin: Vec<Vec<usize>>,
    ln_priors: Vec<(f64, f64)>,
}

/// A place with everything that is computed there.
#[derive(Clone)]
pub(super) struct State {
    /// Each unknown on its scale.
    pub(super) place: Vec<f64>,
    /// ln of each node.
    pub(super) logs: Vec<f64>,
    /// ln of the likelihood of each row with its origin right, and with it wrong.
    pub(super) tight: Vec<f64>,
    pub(super) loose: Vec<f64>,
    /// For each origin ln(p·right + (1 − p)·wrong), and the probability that it is right.
    pub(super) mixed: Vec<f64>,
    pub(super) right: Vec<f64>,
}

impl<'a> Field<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        let mut field = Self {
            cluster,
            sums: Vec::new(),
            terms: Vec::new(),
            powers: Vec::new(),
            rows: Vec::new(),
            origin_of: cluster.origin_of.clone(),
            by_origin: vec![Vec::new(); cluster.origins.len()],
            ln_priors: cluster.origins.iter().map(|(_, p)| (libm::log(*p), libm::log(1.0 - p))).collect(),
        };
        for terms in &cluster.definitions {
            field.flatten(terms);
        }
        for (row, variances) in cluster.rows.iter().zip(&cluster.variances) {
            let measure = Measure::of(&row.function, |terms| field.flatten(terms));
            field.rows.push(Likelihood::new(measure, row.says, floor_variances(row, *variances)));
        }
        for (row, origin) in field.origin_of.iter().enumerate() {
            if let Some(rows) = origin.and_then(|origin| field.by_origin.get_mut(origin)) {
                rows.push(row);
            }
        }
        field
    }

    fn flatten(&mut self, terms: &[IndexedTerm]) -> usize {
        let first = self.terms.len();
        for term in terms {
            let begin = self.powers.len();
            self.powers.extend(&term.powers);
            let ln_coefficient = libm::log(term.coefficient.abs());
            self.terms.push(Term {
                ln_coefficient,
                negative: term.coefficient < 0.0,
                powers: begin..self.powers.len(),
            });
        }
        self.sums.push(first..self.terms.len());
        self.sums.len() - 1
    }

    /// How many unknowns there are.
    pub(super) fn free(&self) -> usize {
        self.cluster.free
    }

    /// How many nodes are defined by others; their expressions come first.
    pub(super) fn definitions(&self) -> usize {
        self.cluster.definitions.len()
    }

    pub(super) fn terms_of(&self, sum: usize) -> &[Term] {
        self.sums.get(sum).and_then(|range| self.terms.get(range.clone())).unwrap_or_default()
    }

    pub(super) fn powers_of(&self, term: &Term) -> &[(usize, f64)] {
        self.powers.get(term.powers.clone()).unwrap_or_default()
    }

    pub(super) fn nodes_of(&self, sum: usize) -> impl Iterator<Item = usize> + '_ {
        self.terms_of(sum).iter().flat_map(|term| self.powers_of(term)).map(|(node, _)| *node)
    }

    /// Whether an unknown is measured by its plain logarithm, so that it can grow by a factor.
    pub(super) fn is_plain(&self, node: usize) -> bool {
        node < self.cluster.free && self.cluster.nodes.get(node).is_some_and(|node| node.scale == Scale::LOG)
    }

    /// ln of the size of a term.
    #[inline]
    pub(super) fn log_of_term(&self, term: &Term, logs: &[f64]) -> f64 {
        let parts =
            self.powers_of(term).iter().map(|(node, power)| power * logs.get(*node).copied().unwrap_or(f64::NAN));
        term.ln_coefficient + parts.sum::<f64>()
    }

    /// ln of an expression; `None` when it is not above zero.
    #[inline]
    fn log_of(&self, sum: usize, logs: &[f64]) -> Option<f64> {
        let terms = self.terms_of(sum);
        let value = |term: &Term| self.log_of_term(term, logs);
        if let [term] = terms
            && !term.negative
        {
            return Some(value(term));
        }
        // sums of a few parts are the rule: their logarithms are kept, the others computed twice
        let mut kept = [0.0; KEPT];
        let mut highest = f64::NEG_INFINITY;
        for (place, term) in terms.iter().enumerate() {
            let log = value(term);
            highest = highest.max(log);
            if let Some(slot) = kept.get_mut(place) {
                *slot = log;
            }
        }
        let (mut total, mut size) = (0.0, 0.0);
        for (place, term) in terms.iter().enumerate() {
            let log = kept.get(place).copied().unwrap_or_else(|| value(term));
            let share = if log == highest { 1.0 } else { libm::exp(log - highest) };
            total += if term.negative { -share } else { share };
            size += share;
        }
        (total > LEAST_DIFFERENCE * size).then(|| highest + libm::log(total))
    }

    /// ln of a defined node; `None` when it is not above zero or outside its bounds.
    #[inline]
    pub(super) fn define(&self, definition: usize, logs: &[f64]) -> Option<f64> {
        let log = self.log_of(definition, logs)?;
        let bounds = self.cluster.nodes.get(self.free() + definition)?.bounds;
        (log >= bounds.0 && log <= bounds.1).then_some(log)
    }

    /// ln of the likelihood of a row with its origin right and with it wrong; `None` where there is none.
    #[inline]
    pub(super) fn measure(&self, row: usize, place: &[f64], logs: &[f64]) -> Option<(f64, f64)> {
        let likelihood = self.rows.get(row)?;
        let value = match likelihood.measure {
            Measure::Own(node) => place.get(node).copied()?,
            Measure::Log(sum) => self.log_of(sum, logs)?,
            Measure::Balance(left, sum) => logs.get(left)? - self.log_of(sum, logs)?,
        };
        let tight = likelihood.right(value);
        let loose = if self.origin_of.get(row)?.is_some() { likelihood.wrong(value) } else { 0.0 };
        tight.is_finite().then_some((tight, loose))
    }

    /// ln of the density of an unknown at a place before any claim, up to a constant.
    pub(super) fn prior(&self, unknown: usize, place: f64) -> f64 {
        let Some(node) = self.cluster.nodes.get(unknown) else { return 0.0 };
        match node.scale.uniform(place) {
            Some((log, ..)) => log,
            None => {
                let away = place - self.cluster.start.get(unknown).copied().unwrap_or(0.0);
                -0.5 * weak_precision() * away * away
            }
        }
    }

    /// ln(p·right + (1 − p)·wrong) of an origin, and its probability of being right.
    pub(super) fn mixed(&self, origin: usize, tight: &[f64], loose: &[f64]) -> (f64, f64) {
        let (mut right, mut wrong) = self.ln_priors.get(origin).copied().unwrap_or_default();
        for row in self.by_origin.get(origin).into_iter().flatten() {
            right += tight.get(*row).copied().unwrap_or(0.0);
            wrong += loose.get(*row).copied().unwrap_or(0.0);
        }
        let odds = libm::exp(-(right - wrong).abs());
        let more = 1.0 / (1.0 + odds);
        (right.max(wrong) + libm::log1p(odds), if right > wrong { more } else { 1.0 - more })
    }

    /// ln of each unknown at a place, and nothing of the defined nodes yet.
    pub(super) fn logs(&self, place: &[f64]) -> Vec<f64> {
        let mut logs = vec![0.0; self.cluster.nodes.len()];
        for ((node, place), log) in self.cluster.nodes.iter().zip(place).zip(&mut logs) {
            *log = node.scale.logarithm(*place).0;
        }
        logs
    }

    /// Everything at a place; `None` where there is no density.
    pub(super) fn at(&self, place: Vec<f64>) -> Option<State> {
        let mut logs = self.logs(&place);
        for definition in 0..self.definitions() {
            let log = self.define(definition, &logs)?;
            *logs.get_mut(self.free() + definition)? = log;
        }
        let rows = (0..self.rows.len()).map(|row| self.measure(row, &place, &logs));
        let (tight, loose): (Vec<f64>, Vec<f64>) = rows.collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let origins = (0..self.by_origin.len()).map(|origin| self.mixed(origin, &tight, &loose));
        let (mixed, right) = origins.unzip();
        Some(State { place, logs, tight, loose, mixed, right })
    }

    /// ln of the density of a state, up to a constant.
    pub(super) fn height(&self, state: &State) -> f64 {
        let priors = state.place.iter().enumerate().map(|(unknown, place)| self.prior(unknown, *place));
        let sure = self.origin_of.iter().zip(&state.tight).filter(|(origin, _)| origin.is_none());
        priors.sum::<f64>() + sure.map(|(_, tight)| tight).sum::<f64>() + state.mixed.iter().sum::<f64>()
    }
}
