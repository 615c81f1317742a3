//! A walk through the posterior, one unknown at a time, with the worlds summed out.
//!
//! Each step moves one unknown and computes only what hangs on it: the definitions downstream, the rows that measure them, the
//! origins behind those (Metropolis and others 1953, one coordinate at a time). Most steps are about as long as the unknown's own
//! spread, found while warming up; some are long, so that a claim's hump is left for another's. Each origin enters as
//! ln(p·∏ right + (1 − p)·∏ wrong), so no step is barred by who is right at the moment.
//!
//! Two more moves keep pace with what is known of several unknowns together. Where a sum is claimed, one part grows and another
//! shrinks so that the sum stays. Where ratios bind unknowns in a chain, all on one side of a link move as one.
//!
//! An origin with many claims still holds a walk fast: to leave one hump for another all of its claims must give way at once. So
//! several walks go side by side, each with the claims in question raised to a power below one, its heat, and neighbours exchange
//! their places (replica exchange; Geyer 1991, Hukushima and Nemoto 1996). Only the walk at heat one is drawn from.

use std::ops::Range;

use crate::draws::Stream;

use super::density::{Likelihood, Measure, floor_variances, weak_precision};
use super::groups::Groups;
use super::model::Cluster;
use super::network::IndexedTerm;
use super::scale::Scale;

/// The part of steps of one unknown that should be accepted (Gelman, Roberts and Gilks 1996, for one dimension).
const ACCEPTANCE: f64 = 0.44;
/// One step in so many is long.
const LONG_EVERY: u64 = 4;
/// Standard deviation of a long step on the scale of the unknown: a factor of e, between claims that differ by as much.
const LONG: f64 = 1.0;
/// Parts of a sum whose logarithms are kept while it is computed.
const KEPT: usize = 8;
/// What is left of a difference, as a part of what it is taken from, may not be less: doubles would show noise.
const LEAST_DIFFERENCE: f64 = 1e-9;

/// A term: ln coefficient, sign, and its powers as a range of [`Field::powers`].
#[derive(Clone)]
struct Term {
    ln_coefficient: f64,
    negative: bool,
    powers: Range<usize>,
}

/// What hangs on an unknown, in the order in which it must be computed.
#[derive(Clone, Default)]
struct Reach {
    definitions: Vec<usize>,
    rows: Vec<usize>,
    origins: Vec<usize>,
}

/// Several unknowns that move together, with what hangs on them.
#[derive(Clone, Default)]
struct Together {
    unknowns: Vec<usize>,
    reach: Reach,
}

/// In a round one chain in so many is moved, which costs about as much as the single steps do.
const CHAINS_A_ROUND: usize = 3;

/// The problem laid out for single steps; shared by all walks.
pub(super) struct Field<'a> {
    cluster: &'a Cluster,
    sums: Vec<Range<usize>>,
    terms: Vec<Term>,
    powers: Vec<(usize, f64)>,
    rows: Vec<Likelihood>,
    origin_of: Vec<Option<usize>>,
    by_origin: Vec<Vec<usize>>,
    ln_priors: Vec<(f64, f64)>,
    reach: Vec<Reach>,
    /// Pairs of unknowns of one sum.
    pairs: Vec<Together>,
    /// What lies on one side of each link of a chain.
    chains: Vec<Together>,
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
            reach: vec![Reach::default(); cluster.free],
            pairs: Vec::new(),
            chains: Vec::new(),
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
        field.settle_reach();
        field.settle_pairs();
        field.settle_chains();
        field
    }

    /// Whether an unknown is measured by its plain logarithm, so that it can grow by a factor.
    fn is_plain(&self, node: usize) -> bool {
        node < self.cluster.free && self.cluster.nodes.get(node).is_some_and(|node| node.scale == Scale::LOG)
    }

    fn together(&self, unknowns: Vec<usize>) -> Together {
        let all = |pick: fn(&Reach) -> &Vec<usize>| {
            let mut found: Vec<usize> = unknowns
                .iter()
                .filter_map(|unknown| self.reach.get(*unknown))
                .flat_map(|reach| pick(reach).clone())
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let reach = Reach {
            definitions: all(|reach| &reach.definitions),
            rows: all(|reach| &reach.rows),
            origins: all(|reach| &reach.origins),
        };
        Together { unknowns, reach }
    }

    /// Neighbours among the unknowns that are plain parts of one sum.
    fn settle_pairs(&mut self) {
        let mut pairs = Vec::new();
        for range in self.sums.iter().take(self.cluster.definitions.len()) {
            let terms = self.terms.get(range.clone()).unwrap_or_default();
            let plain = |term: &Term| match self.powers.get(term.powers.clone()) {
                Some([(node, 1.0)]) if !term.negative && term.ln_coefficient == 0.0 && self.is_plain(*node) => {
                    Some(*node)
                }
                _ => None,
            };
            let parts: Option<Vec<usize>> = terms.iter().map(plain).collect();
            let parts = parts.unwrap_or_default();
            for (place, one) in parts.iter().enumerate() {
                pairs.extend(parts.iter().skip(place + 1).map(|other| vec![*one, *other]));
            }
        }
        self.pairs = pairs.into_iter().map(|pair| self.together(pair)).collect();
    }

    /// For each ratio that always holds between two unknowns, all that hangs together on one side of it. Ratios that close a
    /// circle bind no side and are passed over.
    fn settle_chains(&mut self) {
        let mut links: Vec<(usize, usize)> = Vec::new();
        let mut groups = Groups::new(self.cluster.free);
        for (row, likelihood) in self.rows.iter().enumerate() {
            let Measure::Log(sum) = likelihood.measure else { continue };
            let sure = self.origin_of.get(row) == Some(&None);
            let powers = match self.sums.get(sum).and_then(|range| self.terms.get(range.clone())) {
                Some([term]) => self.powers.get(term.powers.clone()).unwrap_or_default(),
                _ => continue,
            };
            let [(one, up), (other, down)] = powers else { continue };
            let ratio = sure && *up == -*down && self.is_plain(*one) && self.is_plain(*other);
            // joining what is joined already closes a circle
            if ratio && groups.join([*one, *other].into_iter()) {
                links.push((*one, *other));
            }
        }
        // to move one side by a factor or the other by its inverse is alike to the link; the smaller one is cheaper
        let smaller = |link: &(usize, usize)| {
            let (one, other) = (side(&links, *link), side(&links, (link.1, link.0)));
            if one.len() <= other.len() { one } else { other }
        };
        let sides: Vec<Vec<usize>> = links.iter().map(smaller).collect();
        self.chains = sides.into_iter().map(|side| self.together(side)).collect();
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

    /// For each node the unknowns that it hangs on, then turned round.
    fn settle_reach(&mut self) {
        let free = self.cluster.free;
        let mut hangs: Vec<Vec<usize>> = (0..free).map(|unknown| vec![unknown]).collect();
        for sum in 0..self.cluster.definitions.len() {
            let unknowns = union(self.nodes_of(sum), &hangs);
            for unknown in &unknowns {
                if let Some(reach) = self.reach.get_mut(*unknown) {
                    reach.definitions.push(sum);
                }
            }
            hangs.push(unknowns);
        }
        for row in 0..self.rows.len() {
            let nodes: Vec<usize> = match self.rows.get(row).map(|row| &row.measure) {
                Some(Measure::Own(node)) => vec![*node],
                Some(Measure::Log(sum)) => self.nodes_of(*sum).collect(),
                Some(Measure::Balance(left, sum)) => self.nodes_of(*sum).chain([*left]).collect(),
                None => Vec::new(),
            };
            let origin = self.origin_of.get(row).copied().flatten();
            for unknown in union(nodes.into_iter(), &hangs) {
                let Some(reach) = self.reach.get_mut(unknown) else { continue };
                reach.rows.push(row);
                if let Some(origin) = origin.filter(|origin| !reach.origins.contains(origin)) {
                    reach.origins.push(origin);
                }
            }
        }
    }

    fn nodes_of(&self, sum: usize) -> impl Iterator<Item = usize> + '_ {
        let terms = self.sums.get(sum).cloned().and_then(|range| self.terms.get(range)).unwrap_or_default();
        terms.iter().flat_map(|term| self.powers.get(term.powers.clone()).unwrap_or_default()).map(|(node, _)| *node)
    }

    /// ln of an expression; `None` when it is not above zero.
    #[inline]
    fn log_of(&self, sum: usize, logs: &[f64]) -> Option<f64> {
        let terms = self.terms.get(self.sums.get(sum)?.clone())?;
        let value = |term: &Term| {
            let powers = self.powers.get(term.powers.clone()).unwrap_or_default();
            let parts = powers.iter().map(|(node, power)| power * logs.get(*node).copied().unwrap_or(f64::NAN));
            term.ln_coefficient + parts.sum::<f64>()
        };
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

    fn value_of(&self, row: usize, place: &[f64], logs: &[f64]) -> Option<f64> {
        match self.rows.get(row)?.measure {
            Measure::Own(node) => place.get(node).copied(),
            Measure::Log(sum) => self.log_of(sum, logs),
            Measure::Balance(left, sum) => Some(logs.get(left)? - self.log_of(sum, logs)?),
        }
    }

    /// ln of the density of an unknown at a place before any claim, up to a constant.
    fn prior(&self, unknown: usize, place: f64) -> f64 {
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
    fn mixed(&self, origin: usize, tight: &[f64], loose: &[f64]) -> (f64, f64) {
        let (mut right, mut wrong) = self.ln_priors.get(origin).copied().unwrap_or_default();
        for row in self.by_origin.get(origin).into_iter().flatten() {
            right += tight.get(*row).copied().unwrap_or(0.0);
            wrong += loose.get(*row).copied().unwrap_or(0.0);
        }
        let odds = libm::exp(-(right - wrong).abs());
        let more = 1.0 / (1.0 + odds);
        (right.max(wrong) + libm::log1p(odds), if right > wrong { more } else { 1.0 - more })
    }
}

/// The heats of the walks that go side by side. At the last, a hump that is e⁵⁰ times as probable as the pass to the next is only e¹⁴
/// times so; between neighbours about one exchange in four succeeds for a problem of sixty origins.
pub(super) const HEATS: [f64; 5] = [1.0, 0.78, 0.58, 0.42, 0.28];

/// The unknowns that any of these nodes hangs on.
fn union(nodes: impl Iterator<Item = usize>, hangs: &[Vec<usize>]) -> Vec<usize> {
    let mut all: Vec<usize> = nodes.filter_map(|node| hangs.get(node)).flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The unknowns that hang on the first end of a link when it is cut.
fn side(links: &[(usize, usize)], cut: (usize, usize)) -> Vec<usize> {
    let mut found = vec![cut.0];
    let mut next = 0;
    while let Some(node) = found.get(next).copied() {
        next += 1;
        for (one, other) in links.iter().filter(|link| **link != cut && (link.1, link.0) != cut) {
            let neighbour = if *one == node {
                *other
            } else if *other == node {
                *one
            } else {
                continue;
            };
            if !found.contains(&neighbour) {
                found.push(neighbour);
            }
        }
    }
    found
}

/// One walk at its present place.
pub(super) struct Walk<'f, 'a> {
    field: &'f Field<'a>,
    heat: f64,
    pub(super) place: Vec<f64>,
    logs: Vec<f64>,
    tight: Vec<f64>,
    loose: Vec<f64>,
    mixed: Vec<f64>,
    /// P(right) of each origin at the place.
    pub(super) right: Vec<f64>,
    steps: Vec<f64>,
    stream: Stream,
    rounds: f64,
    /// Steps tried and accepted.
    pub(super) tried: (f64, f64),
    undo: Vec<(usize, f64)>,
    undo_rows: Vec<(usize, f64, f64)>,
    undo_places: Vec<(usize, f64)>,
}

impl<'f, 'a> Walk<'f, 'a> {
    /// A walk from a place that has a density; `None` when it has none.
    pub(super) fn new(field: &'f Field<'a>, place: Vec<f64>, heat: f64, stream: Stream) -> Option<Self> {
        let cluster = field.cluster;
        let mut walk = Self {
            field,
            heat,
            steps: vec![0.3; place.len()],
            place,
            logs: vec![0.0; cluster.nodes.len()],
            tight: vec![0.0; field.rows.len()],
            loose: vec![0.0; field.rows.len()],
            mixed: vec![0.0; cluster.origins.len()],
            right: vec![0.0; cluster.origins.len()],
            stream,
            rounds: 0.0,
            tried: (0.0, 0.0),
            undo: Vec::new(),
            undo_rows: Vec::new(),
            undo_places: Vec::new(),
        };
        for ((node, place), log) in cluster.nodes.iter().zip(&walk.place).zip(&mut walk.logs) {
            *log = node.scale.logarithm(*place).0;
        }
        for sum in 0..cluster.definitions.len() {
            walk.define(sum)?;
        }
        for row in 0..field.rows.len() {
            walk.measure(row)?;
        }
        for origin in 0..cluster.origins.len() {
            let (mixed, right) = field.mixed(origin, &walk.tight, &walk.loose);
            *walk.mixed.get_mut(origin)? = mixed;
            *walk.right.get_mut(origin)? = right;
        }
        (walk.undo, walk.undo_rows) = (Vec::new(), Vec::new());
        Some(walk)
    }

    /// Where each node is: an unknown on its scale, a defined one by its logarithm.
    pub(super) fn places(&self) -> impl Iterator<Item = f64> + '_ {
        self.place.iter().chain(self.logs.iter().skip(self.field.cluster.free)).copied()
    }

    /// Tries to exchange the places of two walks; whether it did.
    pub(super) fn exchange(&mut self, other: &mut Self, stream: &mut Stream) -> bool {
        let claims = |walk: &Self| walk.mixed.iter().sum::<f64>();
        let gain = (self.heat - other.heat) * (claims(other) - claims(self));
        let exchanged = gain >= 0.0 || libm::log(stream.uniform()) < gain;
        if exchanged {
            std::mem::swap(&mut self.place, &mut other.place);
            std::mem::swap(&mut self.logs, &mut other.logs);
            std::mem::swap(&mut self.tight, &mut other.tight);
            std::mem::swap(&mut self.loose, &mut other.loose);
            std::mem::swap(&mut self.mixed, &mut other.mixed);
            std::mem::swap(&mut self.right, &mut other.right);
        }
        exchanged
    }

    /// One step of each unknown; while tuning, their lengths adapt.
    pub(super) fn advance(&mut self, tuning: bool) {
        self.rounds += 1.0;
        // Robbins and Monro 1951: the gain falls, so that the lengths settle
        let gain = 1.0 / libm::pow(self.rounds, 0.6);
        for unknown in 0..self.place.len() {
            let is_long = self.stream.below(LONG_EVERY) == 0;
            let length = if is_long { LONG } else { self.steps.get(unknown).copied().unwrap_or(LONG) };
            let by = length * self.stream.normal();
            let accepted = self.step(unknown, by);
            self.tried.0 += 1.0;
            self.tried.1 += f64::from(u8::from(accepted));
            if tuning
                && !is_long
                && let Some(step) = self.steps.get_mut(unknown)
            {
                let more = f64::from(u8::from(accepted)) - ACCEPTANCE;
                *step = (*step * libm::exp(gain * more)).clamp(1e-6, 10.0);
            }
        }
        self.advance_together();
    }

    /// Moves of several unknowns: as many pairs as there are sums of four, and a few chains, each of a length drawn anew.
    fn advance_together(&mut self) {
        let field = self.field;
        for _ in 0..field.pairs.len().div_ceil(6) {
            let Some(pair) = self.pick(&field.pairs) else { break };
            let by = self.length();
            self.step_pair(pair, by);
        }
        for _ in 0..field.chains.len().div_ceil(CHAINS_A_ROUND) {
            let Some(chain) = self.pick(&field.chains) else { break };
            let by = self.length();
            let moves: Vec<(usize, f64)> =
                chain.unknowns.iter().filter_map(|unknown| Some((*unknown, self.place.get(*unknown)? + by))).collect();
            self.step_to(&moves, &chain.reach, 0.0);
        }
    }

    fn pick(&mut self, among: &'f [Together]) -> Option<&'f Together> {
        let place = self.stream.below(among.len() as u64);
        among.get(usize::try_from(place).ok()?)
    }

    /// From a hundredth to a factor of e.
    fn length(&mut self) -> f64 {
        let scale = libm::exp(-4.6 * self.stream.uniform());
        scale * self.stream.normal()
    }

    /// One part of a sum grows by a factor, the other shrinks by as much.
    fn step_pair(&mut self, pair: &Together, by: f64) {
        let [one, other] = *pair.unknowns.as_slice() else { return };
        let (Some(first), Some(second)) = (self.place.get(one).copied(), self.place.get(other).copied()) else {
            return;
        };
        let left = libm::exp(second) - (libm::exp(first + by) - libm::exp(first));
        if left > 0.0 {
            let after = libm::log(left);
            // the second shrinks by an amount and is counted by its logarithm: the density of its places changes with it
            self.step_to(&[(one, first + by), (other, after)], &pair.reach, second - after);
        }
    }

    /// Tries to move one unknown; whether it moved.
    fn step(&mut self, unknown: usize, by: f64) -> bool {
        let field = self.field;
        let (Some(before), Some(reach)) = (self.place.get(unknown), field.reach.get(unknown)) else { return false };
        self.step_to(&[(unknown, before + by)], reach, 0.0)
    }

    /// Tries to move unknowns to these places; `stretch` is ln of how much the move widens the space around. Whether they moved.
    fn step_to(&mut self, moves: &[(usize, f64)], reach: &Reach, stretch: f64) -> bool {
        let field = self.field;
        self.undo.clear();
        self.undo_rows.clear();
        self.undo_places.clear();
        let mut priors = stretch;
        for (unknown, after) in moves {
            let before = self.place.get(*unknown).copied().unwrap_or(0.0);
            priors += field.prior(*unknown, *after) - field.prior(*unknown, before);
            self.undo_places.push((*unknown, before));
            self.set_place(*unknown, *after);
        }
        let gain = self.recompute(reach).map(|rows| {
            let claims: f64 = reach.origins.iter().map(|origin| self.gain_of(*origin)).sum();
            rows + self.heat * claims + priors
        });
        let moved = gain.is_some_and(|gain| gain >= 0.0 || libm::log(self.stream.uniform()) < gain);
        if moved {
            for origin in &reach.origins {
                let (mixed, right) = field.mixed(*origin, &self.tight, &self.loose);
                if let (Some(own), Some(share)) = (self.mixed.get_mut(*origin), self.right.get_mut(*origin)) {
                    (*own, *share) = (mixed, right);
                }
            }
        } else {
            self.take_back();
        }
        moved
    }

    fn set_place(&mut self, unknown: usize, place: f64) {
        let log = self.field.cluster.nodes.get(unknown).map_or(place, |node| node.scale.logarithm(place).0);
        if let (Some(own), Some(slot)) = (self.place.get_mut(unknown), self.logs.get_mut(unknown)) {
            self.undo.push((unknown, *slot));
            (*own, *slot) = (place, log);
        }
    }

    fn take_back(&mut self) {
        for (unknown, place) in self.undo_places.drain(..) {
            if let Some(own) = self.place.get_mut(unknown) {
                *own = place;
            }
        }
        for (node, log) in self.undo.drain(..).rev() {
            if let Some(slot) = self.logs.get_mut(node) {
                *slot = log;
            }
        }
        for (row, tight, loose) in self.undo_rows.drain(..).rev() {
            if let (Some(own), Some(other)) = (self.tight.get_mut(row), self.loose.get_mut(row)) {
                (*own, *other) = (tight, loose);
            }
        }
    }

    /// Computes all that hangs on an unknown; gives what the rows that are not in question gain, `None` where no density is.
    fn recompute(&mut self, reach: &Reach) -> Option<f64> {
        for sum in &reach.definitions {
            self.define(*sum)?;
        }
        let mut gain = 0.0;
        for row in &reach.rows {
            let before = self.tight.get(*row).copied()?;
            self.measure(*row)?;
            if self.field.origin_of.get(*row) == Some(&None) {
                gain += self.tight.get(*row)? - before;
            }
        }
        Some(gain)
    }

    fn define(&mut self, sum: usize) -> Option<()> {
        let node = self.field.cluster.free + sum;
        let log = self.field.log_of(sum, &self.logs)?;
        let bounds = self.field.cluster.nodes.get(node)?.bounds;
        if log < bounds.0 || log > bounds.1 {
            return None;
        }
        let slot = self.logs.get_mut(node)?;
        self.undo.push((node, *slot));
        *slot = log;
        Some(())
    }

    fn measure(&mut self, row: usize) -> Option<()> {
        let value = self.field.value_of(row, &self.place, &self.logs)?;
        let likelihood = self.field.rows.get(row)?;
        let tight = likelihood.right(value);
        let loose = if self.field.origin_of.get(row)?.is_some() { likelihood.wrong(value) } else { 0.0 };
        let (own, other) = (self.tight.get_mut(row)?, self.loose.get_mut(row)?);
        self.undo_rows.push((row, *own, *other));
        (*own, *other) = (tight, loose);
        tight.is_finite().then_some(())
    }

    fn gain_of(&self, origin: usize) -> f64 {
        let before = self.mixed.get(origin).copied().unwrap_or(0.0);
        self.field.mixed(origin, &self.tight, &self.loose).0 - before
    }
}
