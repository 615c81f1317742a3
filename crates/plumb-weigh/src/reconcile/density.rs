//! The posterior density of a cluster with the worlds summed out: for finding places to start from.
//!
//! Each origin in question gives ln(p·∏ right + (1 − p)·∏ wrong) over its rows, so no world has to be held. A place where a
//! quantity is zero or below, or a defined one outside its bounds, has no density; such a place is mended by small steps.

use crate::statistics::{LN_SQRT_TWO_PI, ln_normal_cdf};

use super::model::{Cluster, Node};
use super::network::IndexedTerm;
use super::rows::{Function, Row, Says};

/// Standard deviation of a weak prior on the logarithm of each unbounded unknown around the start: a factor of 3,700 either way in nine of
/// ten cases. It keeps what the claims leave open from wandering off, and moves what they determine by less than a
/// hundredth of its own spread while that is below a factor of two. Bounded unknowns are uniform between their bounds: on a
/// flat logit they would run off to a bound where products hardly change any more.
const WEAK_DEVIATION: f64 = 5.0;
/// Standard deviation within which a second identity for one quantity holds while sampling, in logarithms: three parts in
/// a thousand. Chains cannot walk along anything much thinner.
const IDENTITY_DEVIATION: f64 = 3e-3;
/// What is left of a difference, as a part of what it is taken from, may not be less: doubles would show noise.
const LEAST_DIFFERENCE: f64 = 1e-9;
/// A start is mended until its differences leave this part.
const MENDED_DIFFERENCE: f64 = 0.05;
/// Steps of 0.1 in a logarithm: enough to move every quantity by a factor of e¹⁰⁰ one after another.
const MOST_MENDING_STEPS: usize = 1000;

/// An expression; its terms lie together.
struct Sum {
    terms: std::ops::Range<usize>,
}

struct FlatTerm {
    sign: f64,
    ln_coefficient: f64,
    powers: std::ops::Range<usize>,
}

/// What a row measures: the place of an unknown, or an expression less (perhaps) a node.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    Own(usize),
    Log(usize),
    Balance(usize, usize),
}

impl Measure {
    /// `flatten` lays out an expression and gives its place.
    pub(super) fn of(function: &Function, mut flatten: impl FnMut(&[IndexedTerm]) -> usize) -> Self {
        match function {
            Function::Own(node) => Self::Own(*node),
            Function::Log(terms) => Self::Log(flatten(terms)),
            Function::Balance(left, terms) => Self::Balance(*left, flatten(terms)),
        }
    }
}

/// The variances of a row, not thinner than a walk can follow.
pub(super) fn floor_variances(row: &Row, (tight, loose): (f64, f64)) -> (f64, f64) {
    let floor = if row.readings.is_empty() { IDENTITY_DEVIATION * IDENTITY_DEVIATION } else { 0.0 };
    (tight.max(floor), loose.max(floor))
}

/// The precision of the weak prior.
pub(super) fn weak_precision() -> f64 {
    1.0 / (WEAK_DEVIATION * WEAK_DEVIATION)
}

/// A row's likelihood with its origin right, and with it wrong.
pub(super) struct Likelihood {
    pub(super) measure: Measure,
    says: Says,
    tight: Spread,
    loose: Spread,
}

impl Likelihood {
    pub(super) fn new(measure: Measure, says: Says, (tight, loose): (f64, f64)) -> Self {
        let spread = |variance: f64| Spread { deviation: variance.sqrt(), ln_deviation: 0.5 * libm::log(variance) };
        Self { measure, says, tight: spread(tight), loose: spread(loose) }
    }

    /// ln of the likelihood at a value, with the origin right.
    #[inline]
    pub(super) fn right(&self, value: f64) -> f64 {
        self.says.height(value, self.tight)
    }

    /// The same with the origin wrong.
    #[inline]
    pub(super) fn wrong(&self, value: f64) -> f64 {
        self.says.height(value, self.loose)
    }
}

#[derive(Clone, Copy)]
struct Spread {
    deviation: f64,
    ln_deviation: f64,
}

/// The density, with the working memory of one chain.
pub(super) struct Density<'a> {
    cluster: &'a Cluster,
    sums: Vec<Sum>,
    terms: Vec<FlatTerm>,
    powers: Vec<(usize, f64)>,
    rows: Vec<Likelihood>,
    /// Rows that are not in question, then those of each origin.
    sure: Vec<usize>,
    by_origin: Vec<Vec<usize>>,
    ln_priors: Vec<(f64, f64)>,
    /// ln of each node, and what the density gains with it.
    logs: Vec<f64>,
    adjoint: Vec<f64>,
    /// d ln node / d place of each unknown.
    slopes: Vec<f64>,
    /// Each term as a part of its sum.
    parts: Vec<f64>,
    values: Vec<f64>,
    /// Which way a place must go to be mended.
    gradient: Vec<f64>,
    /// P(right) of each origin at the place, after [`Self::height`].
    pub(super) right: Vec<f64>,
}

impl<'a> Density<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        let origins = cluster.origins.iter();
        let rows_of = |place: Option<usize>| {
            let rows = cluster.origin_of.iter().enumerate();
            rows.filter(|(_, of)| **of == place).map(|(row, _)| row).collect::<Vec<usize>>()
        };
        let mut density = Self {
            cluster,
            sums: Vec::new(),
            terms: Vec::new(),
            powers: Vec::new(),
            rows: Vec::new(),
            sure: rows_of(None),
            by_origin: (0..cluster.origins.len()).map(|place| rows_of(Some(place))).collect(),
            ln_priors: origins.map(|(_, prior)| (libm::log(*prior), libm::log(1.0 - prior))).collect(),
            logs: vec![0.0; cluster.nodes.len()],
            adjoint: vec![0.0; cluster.nodes.len()],
            slopes: vec![0.0; cluster.free],
            parts: Vec::new(),
            values: vec![0.0; cluster.rows.len()],
            gradient: vec![0.0; cluster.free],
            right: vec![0.0; cluster.origins.len()],
        };
        for terms in &cluster.definitions {
            density.flatten(terms);
        }
        for (row, variances) in cluster.rows.iter().zip(&cluster.variances) {
            let measure = Measure::of(&row.function, |terms| density.flatten(terms));
            density.rows.push(Likelihood::new(measure, row.says, floor_variances(row, *variances)));
        }
        density.parts = vec![1.0; density.terms.len()];
        density
    }

    fn flatten(&mut self, terms: &[IndexedTerm]) -> usize {
        let first = self.terms.len();
        for term in terms {
            let begin = self.powers.len();
            self.powers.extend(&term.powers);
            let (sign, ln_coefficient) = (term.coefficient.signum(), libm::log(term.coefficient.abs()));
            self.terms.push(FlatTerm { sign, ln_coefficient, powers: begin..self.powers.len() });
        }
        self.sums.push(Sum { terms: first..self.terms.len() });
        self.sums.len() - 1
    }

    /// ln of the density at a place, up to a constant; `None` where there is none.
    pub(super) fn height(&mut self, place: &[f64]) -> Option<f64> {
        self.unknowns(place);
        for sum in 0..self.cluster.definitions.len() {
            let log = self.log_of(sum)?;
            let (index, node) = (self.cluster.free + sum, self.cluster.nodes.get(self.cluster.free + sum)?);
            if log < node.bounds.0 || log > node.bounds.1 {
                return None;
            }
            *self.logs.get_mut(index)? = log;
        }
        for index in 0..self.rows.len() {
            let value = match self.rows.get(index)?.measure {
                Measure::Own(node) => *place.get(node)?,
                Measure::Log(sum) => self.log_of(sum)?,
                Measure::Balance(left, sum) => *self.logs.get(left)? - self.log_of(sum)?,
            };
            *self.values.get_mut(index)? = value;
        }
        let prior = |(node, (place, start)): (&Node, (&f64, &f64))| match node.scale.uniform(*place) {
            Some((log, ..)) => log,
            None => -0.5 * weak_precision() * (place - start) * (place - start),
        };
        let unknowns = self.cluster.nodes.iter().zip(place.iter().zip(&self.cluster.start));
        let weak: f64 = unknowns.map(prior).sum();
        Some(weak + self.likelihood()?).filter(|height| height.is_finite())
    }

    fn unknowns(&mut self, place: &[f64]) {
        let nodes = self.cluster.nodes.iter().zip(place);
        for ((node, place), (log, slope)) in nodes.zip(self.logs.iter_mut().zip(&mut self.slopes)) {
            (*log, *slope) = node.scale.logarithm(*place);
        }
    }

    /// ln of an expression, each term left as a part of it; `None` when it is not above zero.
    fn log_of(&mut self, sum: usize) -> Option<f64> {
        let range = self.sums.get(sum)?.terms.clone();
        let (terms, parts) = (self.terms.get(range.clone())?, self.parts.get_mut(range)?);
        let mut highest = f64::NEG_INFINITY;
        for (term, part) in terms.iter().zip(parts.iter_mut()) {
            let powers = self.powers.get(term.powers.clone())?;
            let logs = &self.logs;
            let log = powers.iter().map(|(node, power)| power * logs.get(*node).copied().unwrap_or(f64::NAN));
            *part = term.ln_coefficient + log.sum::<f64>();
            highest = highest.max(*part);
        }
        if let ([term], [part]) = (terms, &mut *parts)
            && term.sign > 0.0
        {
            let log = *part;
            *part = 1.0;
            return Some(log);
        }
        let (mut total, mut size) = (0.0, 0.0);
        for (term, part) in terms.iter().zip(parts.iter_mut()) {
            let share = libm::exp(*part - highest);
            *part = term.sign * share;
            total += *part;
            size += share;
        }
        for part in parts.iter_mut() {
            *part /= total;
        }
        (total > LEAST_DIFFERENCE * size).then(|| highest + libm::log(total))
    }

    fn likelihood(&mut self) -> Option<f64> {
        let mut height = 0.0;
        for index in &self.sure {
            height += self.rows.get(*index)?.right(*self.values.get(*index)?);
        }
        for (origin, rows) in self.by_origin.iter().enumerate() {
            let (mut right, mut wrong) = *self.ln_priors.get(origin)?;
            for index in rows {
                let (row, value) = (self.rows.get(*index)?, *self.values.get(*index)?);
                right += row.right(value);
                wrong += row.wrong(value);
            }
            let odds = libm::exp(-(right - wrong).abs());
            let more = 1.0 / (1.0 + odds);
            height += right.max(wrong) + libm::log1p(odds);
            *self.right.get_mut(origin)? = if right > wrong { more } else { 1.0 - more };
        }
        Some(height)
    }

    /// Passes what the first definitions gain on to the unknowns.
    fn pass_to_unknowns(&mut self, definitions: usize) {
        for sum in (0..definitions).rev() {
            let gain = self.adjoint.get(self.cluster.free + sum).copied().unwrap_or(0.0);
            if gain != 0.0 {
                self.back(sum, gain);
            }
        }
        let slopes = self.adjoint.iter().zip(&self.slopes);
        for (gradient, (adjoint, slope)) in self.gradient.iter_mut().zip(slopes) {
            *gradient += adjoint * slope;
        }
    }

    fn back(&mut self, sum: usize, gain: f64) {
        let Some(range) = self.sums.get(sum).map(|sum| sum.terms.clone()) else { return };
        let terms = self.terms.get(range.clone()).unwrap_or_default();
        for (term, part) in terms.iter().zip(self.parts.get(range).unwrap_or_default()) {
            for (node, power) in self.powers.get(term.powers.clone()).unwrap_or_default() {
                add(&mut self.adjoint, *node, gain * part * power);
            }
        }
    }

    /// Moves a place, where need be, to one that has a density; `None` when none is found.
    pub(super) fn mend(&mut self, place: &mut [f64]) -> Option<f64> {
        for _ in 0..MOST_MENDING_STEPS {
            let Some(definition) = self.flaw(place) else { return self.height(place) };
            self.pass_to_unknowns(definition);
            let steepest = self.gradient.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
            if steepest.is_nan() || steepest == 0.0 {
                return None;
            }
            for (place, slope) in place.iter_mut().zip(&self.gradient) {
                *place += 0.1 * slope / steepest;
            }
        }
        None
    }

    /// The first definition that cannot be at a place, with what would mend it in the adjoints of the nodes before.
    fn flaw(&mut self, place: &[f64]) -> Option<usize> {
        self.unknowns(place);
        self.adjoint.fill(0.0);
        self.gradient.fill(0.0);
        for sum in 0..self.cluster.definitions.len() {
            let log = self.log_of(sum);
            let range = self.sums.get(sum)?.terms.clone();
            let size: f64 = self.parts.get(range.clone())?.iter().map(|part| part.abs()).sum();
            let (low, high) = self.cluster.nodes.get(self.cluster.free + sum)?.bounds;
            let gain = match log {
                // parts are shares of the total: their size tells how little is left
                Some(log) if size * MENDED_DIFFERENCE < 1.0 && log >= low && log <= high => {
                    *self.logs.get_mut(self.cluster.free + sum)? = log;
                    continue;
                }
                Some(log) if log > high => -1.0,
                _ => 1.0,
            };
            // signs alone: at a total near zero, or below, the parts themselves mean nothing
            for index in range.clone() {
                let sign = self.terms.get(index)?.sign;
                *self.parts.get_mut(index)? = sign;
            }
            self.back(sum, gain);
            return Some(sum);
        }
        None
    }
}

fn add(slots: &mut [f64], index: usize, value: f64) {
    if let Some(slot) = slots.get_mut(index) {
        *slot += value;
    }
}

impl Says {
    /// ln of the likelihood of a row at a value.
    #[inline]
    fn height(self, value: f64, spread: Spread) -> f64 {
        let z = (value - self.place()) / spread.deviation;
        match self {
            Self::Near(_) => -LN_SQRT_TWO_PI - spread.ln_deviation - 0.5 * z * z,
            Self::Above(_) => ln_normal_cdf(z),
            Self::Below(_) => ln_normal_cdf(-z),
        }
    }
}
