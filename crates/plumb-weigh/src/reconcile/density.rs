//! The posterior density of a cluster with the worlds summed out, and its slope.
//!
//! Each origin in question gives ln(p·∏ right + (1 − p)·∏ wrong) over its rows, so no world has to be held. Values go
//! forwards through the definitions, slopes backwards (Griewank and Walther 2008, chapter 3). A place where a quantity is
//! zero or below, or a defined one outside its bounds, has no density.

use crate::statistics::{LN_SQRT_TWO_PI, ln_normal_cdf, normal_hazard};

use super::model::{Cluster, Node};
use super::network::IndexedTerm;
use super::rows::{Function, Says};

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
enum Measure {
    Own(usize),
    Log(usize),
    Balance(usize, usize),
}

/// A row's likelihood with its origin right, and with it wrong.
struct Likelihood {
    measure: Measure,
    says: Says,
    tight: Spread,
    loose: Spread,
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
    /// d ln density / d row.
    pulls: Vec<f64>,
    values: Vec<f64>,
    /// When a world is held, only its part of the density counts.
    pub(super) held: bool,
    pub(super) world: Vec<bool>,
    /// d ln density / d place, after [`Self::slope`].
    pub(super) gradient: Vec<f64>,
    /// P(right) of each origin at the place, after [`Self::height`].
    pub(super) right: Vec<f64>,
}

impl<'a> Density<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        let spread = |variance: f64| Spread { deviation: variance.sqrt(), ln_deviation: 0.5 * libm::log(variance) };
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
            pulls: vec![0.0; cluster.rows.len()],
            values: vec![0.0; cluster.rows.len()],
            held: false,
            world: vec![false; cluster.origins.len()],
            gradient: vec![0.0; cluster.free],
            right: vec![0.0; cluster.origins.len()],
        };
        for terms in &cluster.definitions {
            density.flatten(terms);
        }
        for (row, (tight, loose)) in cluster.rows.iter().zip(&cluster.variances) {
            let measure = match &row.function {
                Function::Own(node) => Measure::Own(*node),
                Function::Log(terms) => Measure::Log(density.flatten(terms)),
                Function::Balance(left, terms) => Measure::Balance(*left, density.flatten(terms)),
            };
            let floor = if row.readings.is_empty() { IDENTITY_DEVIATION * IDENTITY_DEVIATION } else { 0.0 };
            let (tight, loose) = (spread(tight.max(floor)), spread(loose.max(floor)));
            density.rows.push(Likelihood { measure, says: row.says, tight, loose });
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

    /// Where each node is: an unknown on its scale, a defined one by its logarithm.
    pub(super) fn places<'b>(&'b self, place: &'b [f64]) -> impl Iterator<Item = f64> + 'b {
        place.iter().chain(self.logs.iter().skip(self.cluster.free)).copied()
    }

    /// The precision of the weak prior.
    pub(super) fn weak_precision() -> f64 {
        1.0 / (WEAK_DEVIATION * WEAK_DEVIATION)
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
            None => -0.5 * Self::weak_precision() * (place - start) * (place - start),
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
            let (row, value) = (self.rows.get(*index)?, *self.values.get(*index)?);
            let (log, pull) = row.says.likelihood(value, row.tight);
            *self.pulls.get_mut(*index)? = pull;
            height += log;
        }
        if self.held {
            return Some(height + self.likelihood_of_world()?);
        }
        for (origin, rows) in self.by_origin.iter().enumerate() {
            let (mut right, mut wrong) = *self.ln_priors.get(origin)?;
            for index in rows {
                let (row, value) = (self.rows.get(*index)?, *self.values.get(*index)?);
                right += row.says.likelihood(value, row.tight).0;
                wrong += row.says.likelihood(value, row.loose).0;
            }
            let odds = libm::exp(-(right - wrong).abs());
            let more = 1.0 / (1.0 + odds);
            let share = if right > wrong { more } else { 1.0 - more };
            height += right.max(wrong) + libm::log1p(odds);
            *self.right.get_mut(origin)? = share;
            for index in rows {
                let (row, value) = (self.rows.get(*index)?, *self.values.get(*index)?);
                let pull = |spread: Spread| row.says.likelihood(value, spread).1;
                *self.pulls.get_mut(*index)? = share * pull(row.tight) + (1.0 - share) * pull(row.loose);
            }
        }
        Some(height)
    }

    fn likelihood_of_world(&mut self) -> Option<f64> {
        let mut height = 0.0;
        for (rows, right) in self.by_origin.iter().zip(&self.world) {
            for index in rows {
                let (row, value) = (self.rows.get(*index)?, *self.values.get(*index)?);
                let (log, pull) = row.says.likelihood(value, if *right { row.tight } else { row.loose });
                *self.pulls.get_mut(*index)? = pull;
                height += log;
            }
        }
        Some(height)
    }

    /// Puts the slope in [`Self::gradient`], at the place of the last [`Self::height`].
    pub(super) fn slope(&mut self, place: &[f64]) {
        self.adjoint.fill(0.0);
        let unknowns = self.cluster.nodes.iter().zip(place.iter().zip(&self.cluster.start));
        for (gradient, (node, (place, start))) in self.gradient.iter_mut().zip(unknowns) {
            let uniform = node.scale.uniform(*place).map(|(_, slope, _)| slope);
            *gradient = uniform.unwrap_or_else(|| Self::weak_precision() * (start - place));
        }
        for index in 0..self.rows.len() {
            let pull = self.pulls.get(index).copied().unwrap_or(0.0);
            match self.rows.get(index).map(|row| &row.measure) {
                Some(Measure::Own(node)) => add(&mut self.gradient, *node, pull),
                Some(Measure::Log(sum)) => self.back(*sum, pull),
                Some(Measure::Balance(left, sum)) => {
                    add(&mut self.adjoint, *left, pull);
                    self.back(*sum, -pull);
                }
                None => {}
            }
        }
        self.pass_to_unknowns(self.cluster.definitions.len());
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
    /// ln of the likelihood of a row at a value, and its slope in the value.
    #[inline]
    fn likelihood(self, value: f64, spread: Spread) -> (f64, f64) {
        let z = (value - self.place()) / spread.deviation;
        match self {
            Self::Near(_) => (-LN_SQRT_TWO_PI - spread.ln_deviation - 0.5 * z * z, -z / spread.deviation),
            Self::Above(_) => (ln_normal_cdf(z), normal_hazard(z) / spread.deviation),
            Self::Below(_) => (ln_normal_cdf(-z), -normal_hazard(-z) / spread.deviation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::clusters;
    use super::super::network::Network;
    use super::super::problem::{Claim, Expression, Figure, Identity, Problem, Quantity};
    use super::super::settings::Settings;
    use super::*;

    #[test]
    fn the_slope_is_the_slope_of_the_height() {
        let interval = |low, high| Figure::Interval { low, high, coverage: 0.9 };
        let mut quantities: Vec<Quantity> = ["before", "sent", "back", "now", "paid"].map(Quantity::positive).into();
        quantities.push(Quantity::share("kept"));
        let stock = Expression::sum(&["before", "sent"]).minus(Expression::quantity("back"));
        let problem = Problem {
            quantities,
            identities: vec![
                Identity::new("now", stock),
                Identity::new("paid", Expression::product(3.0, &["now", "kept"])),
            ],
            claims: vec![
                Claim::of("a", "now", interval(20.0, 30.0)).right_with(0.7).from_origin("one"),
                Claim::of("b", "before", Figure::AtLeast { bound: 25.0 }).right_with(0.7).from_origin("one"),
                Claim::of("c", "paid", interval(30.0, 60.0)).right_with(0.5),
                Claim::of("d", "kept", interval(0.5, 0.9)),
                Claim::of("e", "sent", interval(9.0, 12.0)),
                Claim::of("f", "back", Figure::AtMost { bound: 9.0 }),
                Claim::of("g", "back", interval(2.0, 9.0)),
            ],
        };
        let settings = Settings::default();
        let network = Network::new(&problem).unwrap();
        let (clusters, _) = clusters(&problem, &network, &settings);
        let mut density = Density::new(&clusters[0]);
        let mut place = clusters[0].start.clone();
        density.mend(&mut place).unwrap();
        density.slope(&place);
        let slope = density.gradient.clone();
        for index in 0..place.len() {
            let mut at = |step: f64| {
                let mut moved = place.clone();
                moved[index] += step;
                density.height(&moved).unwrap()
            };
            let numeric = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((numeric - slope[index]).abs() < 1e-6 * numeric.abs().max(1.0), "{numeric} {}", slope[index]);
        }
    }
}
