//! The posterior density of a cluster with the worlds summed out, laid out so that a part of it can be computed anew.
//!
//! Each origin in question enters as ln(p·∏ right + (1 − p)·∏ wrong) over its rows, so no world has to be held. A place where a
//! quantity is zero or below, or a defined one outside its bounds, has no density.

use std::ops::Range;

use crate::draws::exponential::exp;

use super::bound::Bound;
use super::chart::{Split, order, splits};
use super::likelihood::{Likelihood, Measure, floor_variances, weak_precision};
use super::model::Cluster;
use super::network::IndexedTerm;
use super::plain::{products, written_out};

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
    /// For each definition the product that it is, if it is written out wherever it is used.
    products: Vec<Option<IndexedTerm>>,
    sums: Vec<Range<usize>>,
    terms: Vec<Term>,
    powers: Vec<(usize, f64)>,
    pub(super) rows: Vec<Likelihood>,
    pub(super) bound: Bound,
    pub(super) origin_of: Vec<Option<usize>>,
    by_origin: Vec<Vec<usize>>,
    /// Whether the density hangs on a definition; the others are computed for what is drawn.
    pub(super) counts: Vec<bool>,
    ln_priors: Vec<(f64, f64)>,
    /// For each definition the unknown that it is split from, if any; and for each unknown whether it is.
    pub(super) splits: Vec<Option<Split>>,
    pub(super) is_split: Vec<bool>,
    /// The definitions on which the density hangs, each after what it needs.
    pub(super) order: Vec<usize>,
}

/// A place with everything that is computed there.
#[derive(Clone)]
pub(super) struct State {
    /// Each unknown on its scale; one that is split from a whole by the logit of its part of it.
    pub(super) place: Vec<f64>,
    /// ln of each node.
    pub(super) logs: Vec<f64>,
    /// For each term its share of the sum that it is in; negative for what is taken off. Slopes are made of them.
    pub(super) shares: Vec<f64>,
    /// ln of the likelihood of each row with its origin right, and with it wrong.
    pub(super) tight: Vec<f64>,
    pub(super) loose: Vec<f64>,
    /// ln of the density of the unknowns before any claim, up to a constant.
    pub(super) prior: f64,
    /// ln of the density with the worlds summed out, up to a constant.
    pub(super) height_of_all: f64,
    /// For each origin the probability that it is right.
    pub(super) right: Vec<f64>,
    /// What each row measures.
    pub(super) values: Vec<f64>,
}

impl<'a> Field<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        let mut field = Self {
            cluster,
            products: products(cluster),
            sums: Vec::new(),
            terms: Vec::new(),
            powers: Vec::new(),
            rows: Vec::new(),
            bound: Bound::new(),
            origin_of: cluster.origin_of.clone(),
            by_origin: vec![Vec::new(); cluster.origins.len()],
            counts: vec![false; cluster.definitions.len()],
            ln_priors: cluster.origins.iter().map(|(_, p)| (libm::log(*p), libm::log(1.0 - p))).collect(),
            splits: Vec::new(),
            is_split: vec![false; cluster.free],
            order: Vec::new(),
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
        field.settle_counts();
        field.settle_splits();
        field.order.retain(|definition| field.counts.get(*definition) == Some(&true));
        field
    }

    fn settle_splits(&mut self) {
        let plans = splits(self.cluster, &self.products);
        self.order = order(self.cluster, &plans);
        for plan in plans {
            let split = plan.map(|plan| plan.laid_out(|terms| self.flatten(terms)));
            if let Some(is_split) = split.and_then(|split| self.is_split.get_mut(split.unknown)) {
                *is_split = true;
            }
            self.splits.push(split);
        }
    }

    /// A definition counts if a row measures it, if it may be impossible (a difference, or bounded), or if one that counts needs it.
    fn settle_counts(&mut self) {
        let mut nodes = vec![false; self.cluster.nodes.len()];
        for likelihood in &self.rows {
            let (left, sum) = match likelihood.measure {
                Measure::Own(node) => (Some(node), None),
                Measure::Log(sum) => (None, Some(sum)),
                Measure::Balance(left, sum) => (Some(left), Some(sum)),
            };
            for node in left.into_iter().chain(sum.into_iter().flat_map(|sum| self.nodes_of(sum))) {
                nodes.get_mut(node).into_iter().for_each(|counts| *counts = true);
            }
        }
        for definition in (0..self.definitions()).rev() {
            let node = self.free() + definition;
            let bounds = self.cluster.nodes.get(node).map_or((0.0, 0.0), |node| node.bounds);
            let bounded = bounds.0 > f64::NEG_INFINITY || bounds.1 < f64::INFINITY;
            let may_fail = bounded || self.terms_of(definition).iter().any(|term| term.negative);
            if may_fail || nodes.get(node) == Some(&true) {
                for needed in self.nodes_of(definition).collect::<Vec<_>>() {
                    nodes.get_mut(needed).into_iter().for_each(|counts| *counts = true);
                }
                self.counts.get_mut(definition).into_iter().for_each(|counts| *counts = true);
            }
        }
    }

    /// ln of every node at a state, also of those on which the density does not hang.
    pub(super) fn all_logs(&self, state: &State) -> Vec<f64> {
        let mut logs = state.logs.clone();
        for definition in (0..self.definitions()).filter(|definition| self.counts.get(*definition) == Some(&false)) {
            let log = self.log_and_shares(definition, &logs, &mut []).unwrap_or(f64::NAN);
            logs.get_mut(self.free() + definition).into_iter().for_each(|slot| *slot = log);
        }
        logs
    }

    fn flatten(&mut self, terms: &[IndexedTerm]) -> usize {
        let first = self.terms.len();
        for term in terms {
            let term = written_out(term, self.cluster.free, &self.products);
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

    /// About how much there is to compute for a draw: entries of the covariance, parts of products, and rows.
    pub(super) fn effort(&self) -> usize {
        self.free() * self.free() + self.powers.len() + self.rows.len()
    }

    /// How many unknowns there are.
    pub(super) fn free(&self) -> usize {
        self.cluster.free
    }

    /// How many nodes are defined by others; their expressions come first.
    pub(super) fn definitions(&self) -> usize {
        self.cluster.definitions.len()
    }

    /// For each term its share of a sum in which it is alone.
    pub(super) fn whole_shares(&self) -> Vec<f64> {
        vec![1.0; self.terms.len()]
    }

    /// Where the terms of an expression stand among all terms.
    pub(super) fn places_of(&self, sum: usize) -> Range<usize> {
        self.sums.get(sum).cloned().unwrap_or_default()
    }

    pub(super) fn terms_of(&self, sum: usize) -> &[Term] {
        self.terms.get(self.places_of(sum)).unwrap_or_default()
    }

    pub(super) fn powers_of(&self, term: &Term) -> &[(usize, f64)] {
        self.powers.get(term.powers.clone()).unwrap_or_default()
    }

    pub(super) fn nodes_of(&self, sum: usize) -> impl Iterator<Item = usize> + '_ {
        self.terms_of(sum).iter().flat_map(|term| self.powers_of(term)).map(|(node, _)| *node)
    }

    /// ln of the size of a term.
    #[inline]
    pub(super) fn log_of_term(&self, term: &Term, logs: &[f64]) -> f64 {
        let parts =
            self.powers_of(term).iter().map(|(node, power)| power * logs.get(*node).copied().unwrap_or(f64::NAN));
        term.ln_coefficient + parts.sum::<f64>()
    }

    /// The same; where there is room for the shares of its terms, they are written.
    #[inline]
    fn log_and_shares(&self, sum: usize, logs: &[f64], shares: &mut [f64]) -> Option<f64> {
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
        let mut slots = shares.get_mut(self.places_of(sum));
        let (mut total, mut size) = (0.0, 0.0);
        for (place, term) in terms.iter().enumerate() {
            let log = kept.get(place).copied().unwrap_or_else(|| value(term));
            let part = if log == highest { 1.0 } else { exp(log - highest) };
            let share = if term.negative { -part } else { part };
            total += share;
            size += part;
            if let Some(slot) = slots.as_mut().and_then(|slots| slots.get_mut(place)) {
                *slot = share;
            }
        }
        let whole = 1.0 / total;
        slots.into_iter().flatten().for_each(|slot| *slot *= whole);
        (total > LEAST_DIFFERENCE * size).then(|| highest + libm::log(total))
    }

    #[inline]
    pub(super) fn define_and_shares(&self, definition: usize, logs: &[f64], shares: &mut [f64]) -> Option<f64> {
        self.within_bounds(definition, self.log_and_shares(definition, logs, shares)?)
    }

    #[inline]
    fn within_bounds(&self, definition: usize, log: f64) -> Option<f64> {
        let bounds = self.cluster.nodes.get(self.free() + definition)?.bounds;
        (log >= bounds.0 && log <= bounds.1).then_some(log)
    }

    /// What a row measures.
    #[inline]
    fn value(&self, row: usize, place: &[f64], logs: &[f64], shares: &mut [f64]) -> Option<f64> {
        match self.rows.get(row)?.measure {
            Measure::Own(node) if self.is_split.get(node) == Some(&true) => logs.get(node).copied(),
            Measure::Own(node) => place.get(node).copied(),
            Measure::Log(sum) => self.log_and_shares(sum, logs, shares),
            Measure::Balance(left, sum) => Some(logs.get(left)? - self.log_and_shares(sum, logs, shares)?),
        }
    }

    #[inline]
    fn judge(&self, row: usize, value: f64) -> Option<(f64, f64)> {
        let likelihood = self.rows.get(row)?;
        let tight = likelihood.right(value, &self.bound);
        let loose = if self.origin_of.get(row)?.is_some() { likelihood.wrong(value, &self.bound) } else { 0.0 };
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

    /// ln of the greater of p·right and (1 − p)·wrong of an origin, their sum as a part of it, and its probability of being right; from ln
    /// of the likelihood of each of its rows.
    #[inline]
    fn mixed(&self, origin: usize, judged: impl Fn(usize) -> Option<(f64, f64)>) -> (f64, f64, f64) {
        let (mut right, mut wrong) = self.ln_priors.get(origin).copied().unwrap_or_default();
        for row in self.rows_of(origin) {
            let (tight, loose) = judged(*row).unwrap_or_default();
            right += tight;
            wrong += loose;
        }
        let odds = exp(-(right - wrong).abs());
        let more = 1.0 / (1.0 + odds);
        (right.max(wrong), 1.0 + odds, if right > wrong { more } else { 1.0 - more })
    }

    /// How probable an origin is right at a state that is located but not yet judged.
    pub(super) fn right_at(&self, origin: usize, state: &State) -> f64 {
        self.mixed(origin, |row| self.judge(row, *state.values.get(row)?)).2
    }

    /// ln of each unknown at a place, and nothing of the defined nodes yet.
    pub(super) fn logs(&self, place: &[f64]) -> Vec<f64> {
        let mut logs = vec![0.0; self.cluster.nodes.len()];
        self.set_logs(place, &mut logs);
        logs
    }

    fn set_logs(&self, place: &[f64], logs: &mut [f64]) {
        for ((node, place), log) in self.cluster.nodes.iter().zip(place).zip(logs) {
            *log = node.scale.logarithm(*place).0;
        }
    }

    /// Everything where each unknown has this place on its scale; `None` where there is no density.
    pub(super) fn at(&self, mut place: Vec<f64>) -> Option<State> {
        let mut logs = self.logs(&place);
        let mut shares = self.whole_shares();
        for definition in (0..self.definitions()).filter(|definition| self.counts.get(*definition) == Some(&true)) {
            *logs.get_mut(self.free() + definition)? = self.define_and_shares(definition, &logs, &mut shares)?;
        }
        for (definition, split) in self.splits.iter().enumerate() {
            let Some(split) = split else { continue };
            let part = logs.get(split.unknown)? + self.log_and_shares(split.factor, &logs, &mut [])?;
            *place.get_mut(split.unknown)? = part - logs.get(self.free() + definition)?;
        }
        let (rows, origins) = (self.rows.len(), self.by_origin.len());
        let mut state = State {
            place,
            logs,
            shares,
            tight: vec![0.0; rows],
            loose: vec![0.0; rows],
            prior: 0.0,
            height_of_all: 0.0,
            right: vec![0.0; origins],
            values: vec![0.0; rows],
        };
        self.settle(&mut state).then_some(state)
    }

    /// Each unknown on its scale at a state.
    pub(super) fn unknowns(&self, state: &State) -> Vec<f64> {
        let each = state.place.iter().zip(&state.logs).zip(&self.is_split);
        each.map(|((place, log), is_split)| if *is_split { *log } else { *place }).collect()
    }

    /// Computes everything at the place of a state; whether there is a density.
    pub(super) fn settle(&self, state: &mut State) -> bool {
        self.locate(state) && self.judge_all(state)
    }

    /// Computes all nodes, and what the rows measure, at the place of a state; whether there is a density.
    pub(super) fn locate(&self, state: &mut State) -> bool {
        self.try_locate(state).is_some()
    }

    fn try_locate(&self, state: &mut State) -> Option<()> {
        let State { place, logs, shares, values, .. } = state;
        self.set_logs(place, logs);
        for definition in self.order.iter().copied() {
            let log = match self.splits.get(definition)? {
                None => self.define_and_shares(definition, logs, shares)?,
                Some(split) => {
                    let whole = self.log_and_shares(split.whole, logs, shares)?;
                    let (part, rest) = Split::logs(*place.get(split.unknown)?);
                    let factor = self.log_and_shares(split.factor, logs, &mut [])?;
                    *logs.get_mut(split.unknown)? = whole + part - factor;
                    self.within_bounds(definition, whole + rest)?
                }
            };
            *logs.get_mut(self.free() + definition)? = log;
        }
        for (row, value) in values.iter_mut().enumerate() {
            *value = self.value(row, place, logs, shares).filter(|value| value.is_finite())?;
        }
        Some(())
    }

    /// Computes how probable the rows, and that their origins are right, are for what they measure; whether there is a density.
    pub(super) fn judge_all(&self, state: &mut State) -> bool {
        let slots = state.tight.iter_mut().zip(&mut state.loose).zip(&state.values);
        for (row, ((tight, loose), value)) in slots.enumerate() {
            let Some(judged) = self.judge(row, *value) else { return false };
            (*tight, *loose) = judged;
        }
        let (mut greater, mut sums) = (0.0, Logs::new(0.0));
        for (origin, right) in state.right.iter_mut().enumerate() {
            let judged = |row: usize| Some((*state.tight.get(row)?, *state.loose.get(row)?));
            let (log, sum, share) = self.mixed(origin, judged);
            *right = share;
            greater += log;
            sums.add(sum);
        }
        let sure = self.origin_of.iter().zip(&state.tight).filter(|(origin, _)| origin.is_none());
        state.prior = self.priors(state);
        state.height_of_all = state.prior + sure.map(|(_, tight)| tight).sum::<f64>() + greater + sums.sum();
        true
    }

    /// The slope of [`Field::prior`].
    pub(super) fn prior_slope(&self, unknown: usize, place: f64) -> f64 {
        let Some(node) = self.cluster.nodes.get(unknown) else { return 0.0 };
        match node.scale.uniform(place) {
            Some((_, slope, _)) => slope,
            None => weak_precision() * (self.cluster.start.get(unknown).copied().unwrap_or(0.0) - place),
        }
    }

    /// How ln of the density rises with the value of a row, right or wrong.
    #[inline]
    pub(super) fn slope_of(&self, row: usize, value: f64, right: bool) -> f64 {
        self.rows.get(row).map_or(f64::NAN, |likelihood| likelihood.slope(value, right, &self.bound))
    }

    /// The rows of an origin.
    pub(super) fn rows_of(&self, origin: usize) -> &[usize] {
        self.by_origin.get(origin).map_or(&[], Vec::as_slice)
    }

    /// ln of the prior probability that an origin is right, and that it is wrong.
    pub(super) fn ln_prior(&self, origin: usize) -> (f64, f64) {
        self.ln_priors.get(origin).copied().unwrap_or_default()
    }

    /// ln of the density of the unknowns before any claim.
    fn priors(&self, state: &State) -> f64 {
        let each = state.place.iter().zip(&state.logs).zip(&self.is_split).enumerate();
        let prior = |(unknown, ((place, log), is_split)): (usize, ((&f64, &f64), &bool))| match is_split {
            false => self.prior(unknown, *place),
            // the logarithm grows by the rest's share of a step
            true => self.prior(unknown, *log) + Split::logs(*place).1,
        };
        each.map(prior).sum()
    }

    /// ln of the density of a judged state and a world, up to a constant.
    pub(super) fn height(&self, state: &State, held: &[bool]) -> f64 {
        let worlds: f64 = held.iter().zip(&self.ln_priors).map(|(held, (yes, no))| if *held { yes } else { no }).sum();
        let rows = state.tight.iter().zip(&state.loose).zip(&self.origin_of);
        let row = |((tight, loose), origin): ((&f64, &f64), &Option<usize>)| match origin {
            Some(origin) if held.get(*origin) == Some(&false) => *loose,
            _ => *tight,
        };
        state.prior + worlds + rows.map(row).sum::<f64>()
    }
}

/// A sum of logarithms of numbers from 1 to 2, with one logarithm for many.
struct Logs {
    sum: f64,
    product: f64,
    factors: u32,
}

impl Logs {
    /// As many factors of 2 as a double holds.
    const MOST: u32 = 1000;

    fn new(sum: f64) -> Self {
        Self { sum, product: 1.0, factors: 0 }
    }

    fn add(&mut self, factor: f64) {
        if self.factors == Self::MOST {
            *self = Self::new(self.sum());
        }
        self.product *= factor;
        self.factors += 1;
    }

    fn sum(&self) -> f64 {
        self.sum + libm::log(self.product)
    }
}
