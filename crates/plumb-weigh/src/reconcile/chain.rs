//! One chain through the posterior: long moves within a hump, leaps from hump to hump.
//!
//! A round has three moves, each of which leaves the posterior as it is. Leaps propose, along a fixed direction, what the
//! claims say, whatever the present place is (an independence sampler along a line; Tierney 1994), and so reach humps that
//! small steps never would. Then a world is drawn given the place (Gibbs sampling; Geman and Geman 1984). In this world
//! the posterior has one hump of known shape, and a long move crosses it: Hamiltonian (Neal 2011, "MCMC using Hamiltonian
//! dynamics"), with that world's covariance as the inverse mass, kept by a change of rank one for every claim that turns
//! from right to wrong or back, and a step length found by dual averaging (Hoffman and Gelman 2014, section 3.2).

use crate::draws::Stream;
use crate::matrix::{backward, dot};
use crate::statistics::count;

use super::density::Density;
use super::guide::{Guide, Leap, RowWeight, times};

/// The part of long moves that should be accepted (Hoffman and Gelman 2014, section 4).
const ACCEPTANCE: f64 = 0.8;
/// Long moves have up to so many steps: with that mass, about the width of a hump.
const MOST_STEPS: u64 = 7;
/// Leaps tried before each long move: together they cost less than it does.
const LEAPS: usize = 5;
/// Chains start away from the middle by so many standard deviations: first wider than the posterior, so that chains that
/// agree in the end have come from apart.
const STARTS: [f64; 3] = [1.5, 0.75, 0.3];
/// A start may lie below the middle by so much of ln density for each unknown; a normal density falls by 1.1 at 1.5
/// standard deviations. Where sums bend it, it may fall off a cliff.
const MOST_BELOW: f64 = 3.0;
/// The covariance is made afresh after so many rounds: changes of rank one gather rounding.
const FRESH: u32 = 25;
/// A long move whose energy grows by more went astray.
const ASTRAY: f64 = 1000.0;

/// A chain at its present place.
pub(super) struct Chain<'a, 'b> {
    guide: &'a Guide,
    pub(super) density: &'a mut Density<'b>,
    pub(super) place: Vec<f64>,
    height: f64,
    /// Covariance in the world at hand.
    covariance: Vec<f64>,
    /// Rounds since it was made afresh.
    rounds: u32,
    stream: Stream,
    step: f64,
    tuning: Tuning,
    /// Tried and accepted long moves, and leaps.
    pub(super) long: (f64, f64),
    pub(super) leapt: (f64, f64),
    momentum: Vec<f64>,
    velocity: Vec<f64>,
}

/// Dual averaging of the logarithm of the step.
#[derive(Default)]
struct Tuning {
    rounds: f64,
    error: f64,
    average: f64,
}

impl<'a, 'b> Chain<'a, 'b> {
    /// A chain that starts near the guide's middle; `None` when no place there has a density.
    pub(super) fn new(guide: &'a Guide, density: &'a mut Density<'b>, stream: Stream) -> Option<Self> {
        let size = guide.middle.len();
        let mut chain = Self {
            guide,
            density,
            place: guide.middle.clone(),
            height: 0.0,
            covariance: guide.loose.clone(),
            rounds: 0,
            stream,
            step: 0.5,
            tuning: Tuning::default(),
            long: (0.0, 0.0),
            leapt: (0.0, 0.0),
            momentum: vec![0.0; size],
            velocity: vec![0.0; size],
        };
        let mut away: Vec<f64> = (0..size).map(|_| chain.stream.normal()).collect();
        backward(&guide.lower, size, &mut away);
        chain.height = chain.start(&away)?;
        Some(chain)
    }

    /// Goes to the widest start along `away` that has a density, or to the nearest place to the middle that has one.
    fn start(&mut self, away: &[f64]) -> Option<f64> {
        let mut middle = self.guide.middle.clone();
        let top = self.density.mend(&mut middle)?;
        for width in STARTS {
            self.place = middle.iter().zip(away).map(|(middle, away)| middle + width * away).collect();
            let found = self.density.height(&self.place);
            if let Some(height) = found.filter(|height| top - height < MOST_BELOW * count(away)) {
                return Some(height);
            }
        }
        self.place = middle;
        Some(top)
    }

    /// One round of moves; while tuning, the step length adapts.
    pub(super) fn advance(&mut self, tuning: bool) {
        if self.place.is_empty() {
            return;
        }
        if !self.guide.leaps.is_empty() {
            for _ in 0..LEAPS {
                self.leap();
            }
        }
        self.draw_world();
        self.rounds += 1;
        if self.rounds.is_multiple_of(FRESH) {
            self.refresh();
        }
        self.density.held = true;
        let accepted = self.long_move();
        self.density.held = false;
        if let Some(height) = self.density.height(&self.place) {
            self.height = height;
        }
        if tuning {
            self.step = self.tuning.next(accepted);
        }
    }

    /// Draws who is right, given the place.
    fn draw_world(&mut self) {
        // a leap that was refused left its own values behind
        if self.density.height(&self.place).is_none() {
            return;
        }
        let guide = self.guide;
        for (origin, rows) in guide.weights.iter().enumerate() {
            let share = self.density.right.get(origin).copied().unwrap_or(0.0);
            let right = self.stream.uniform() < share;
            let Some(known) = self.density.world.get_mut(origin) else { return };
            if std::mem::replace(known, right) != right {
                for row in rows {
                    let more = if right { row.tight - row.loose } else { row.loose - row.tight };
                    self.reweigh(row, more);
                }
            }
        }
    }

    /// The covariance of the world at hand, from the one in which all are wrong.
    fn refresh(&mut self) {
        let guide = self.guide;
        self.covariance.clone_from(&guide.loose);
        for (origin, rows) in guide.weights.iter().enumerate() {
            if self.density.world.get(origin) == Some(&true) {
                for row in rows {
                    self.reweigh(row, row.tight - row.loose);
                }
            }
        }
    }

    /// Adds a row to the precision with this weight (Sherman and Morrison 1950).
    fn reweigh(&mut self, row: &RowWeight, weight: f64) {
        let size = self.place.len();
        times(&self.covariance, &row.slopes, &mut self.velocity);
        let factor = weight / (1.0 + weight * dot(&row.slopes, &self.velocity));
        for (entries, left) in self.covariance.chunks_exact_mut(size).zip(&self.velocity) {
            let left = factor * left;
            entries.iter_mut().zip(&self.velocity).for_each(|(entry, right)| *entry -= left * right);
        }
    }

    /// Draws a momentum with the precision of the world as its covariance.
    fn draw_momentum(&mut self) {
        let size = self.place.len();
        let normals: Vec<f64> = (0..size).map(|_| self.stream.normal()).collect();
        for (slot, row) in self.momentum.iter_mut().zip(self.guide.base.chunks_exact(size).enumerate()) {
            *slot = dot(row.1.get(..=row.0).unwrap_or_default(), &normals);
        }
        for (rows, right) in self.guide.weights.iter().zip(&self.density.world) {
            for row in rows {
                let weight = if *right { row.tight } else { row.loose };
                let push = weight.sqrt() * self.stream.normal();
                for (slot, slope) in self.momentum.iter_mut().zip(&row.slopes) {
                    *slot += push * slope;
                }
            }
        }
    }

    /// Ends tuning: from here on the step is fixed.
    pub(super) fn settle(&mut self) {
        self.step = libm::exp(self.tuning.average);
        (self.long, self.leapt) = ((0.0, 0.0), (0.0, 0.0));
    }

    /// Tries a long move and gives the probability with which it was accepted.
    fn long_move(&mut self) -> f64 {
        self.draw_momentum();
        times(&self.covariance, &self.momentum, &mut self.velocity);
        let (first, steps) = (self.place.clone(), 1 + self.stream.below(MOST_STEPS));
        self.long.0 += 1.0;
        let energy = 0.5 * dot(&self.momentum, &self.velocity);
        let Some(mut height) = self.density.height(&self.place).filter(|_| energy >= 0.0) else {
            // a covariance that rounding has spoiled
            self.refresh();
            return 0.0;
        };
        let before = height - energy;
        self.density.slope(&self.place);
        let mut inside = true;
        for index in 0..steps {
            self.push(if index == 0 { 0.5 } else { 1.0 });
            times(&self.covariance, &self.momentum, &mut self.velocity);
            for (place, velocity) in self.place.iter_mut().zip(&self.velocity) {
                *place += self.step * velocity;
            }
            let Some(here) = self.density.height(&self.place) else {
                inside = false;
                break;
            };
            height = here;
            self.density.slope(&self.place);
        }
        self.push(0.5);
        times(&self.covariance, &self.momentum, &mut self.velocity);
        let energy = 0.5 * dot(&self.momentum, &self.velocity);
        let gain = height - energy - before;
        let probability = if inside && energy >= 0.0 && gain > -ASTRAY { libm::exp(gain.min(0.0)) } else { 0.0 };
        if self.stream.uniform() < probability {
            self.long.1 += 1.0;
        } else {
            self.place = first;
        }
        probability
    }

    /// The slope changes the momentum, over a part of a step.
    fn push(&mut self, part: f64) {
        let length = part * self.step;
        self.momentum.iter_mut().zip(&self.density.gradient).for_each(|(p, slope)| *p += length * slope);
    }

    fn leap(&mut self) {
        let count = self.guide.leaps.len() as u64;
        let chosen = usize::try_from(self.stream.below(count)).unwrap_or(0);
        let guide = self.guide;
        let Some(leap) = guide.leaps.get(chosen) else { return };
        let which = usize::try_from(self.stream.below(leap.targets.len() as u64)).unwrap_or(0);
        let Some(target) = leap.targets.get(which) else { return };
        let here: Vec<f64> = leap.along.iter().map(|along| dot(along, &self.place)).collect();
        let targets = target.centres.iter().zip(&target.deviations);
        let there: Vec<f64> = targets.map(|(centre, deviation)| centre + deviation * self.stream.normal()).collect();
        let mut place = self.place.clone();
        for (direction, (here, there)) in leap.directions.iter().zip(here.iter().zip(&there)) {
            place.iter_mut().zip(direction).for_each(|(place, along)| *place += (there - here) * along);
        }
        self.leapt.0 += 1.0;
        let Some(height) = self.density.height(&place) else { return };
        let gain = height - self.height + leap.ln_density(&here) - leap.ln_density(&there);
        if libm::log(self.stream.uniform()) < gain {
            (self.place, self.height) = (place, height);
            self.leapt.1 += 1.0;
        }
    }
}

impl Leap {
    /// ln of the density with which coordinates are proposed, up to a constant.
    fn ln_density(&self, coordinates: &[f64]) -> f64 {
        let each = self.targets.iter().map(|target| {
            let normals = target.centres.iter().zip(&target.deviations).zip(coordinates);
            let log = |((centre, deviation), place): ((&f64, &f64), &f64)| {
                let z = (place - centre) / deviation;
                -0.5 * z * z - libm::log(*deviation)
            };
            normals.map(log).sum::<f64>()
        });
        crate::statistics::ln_sum_exp(&each.collect::<Vec<f64>>())
    }
}

impl Tuning {
    /// The next step after one was accepted with this probability (the constants of Hoffman and Gelman 2014).
    fn next(&mut self, accepted: f64) -> f64 {
        // ten times the first step, as the paper has it
        let middle = libm::log(5.0);
        self.rounds += 1.0;
        let share = 1.0 / (self.rounds + 10.0);
        self.error = (1.0 - share) * self.error + share * (ACCEPTANCE - accepted);
        let log = middle - self.rounds.sqrt() / 0.05 * self.error;
        let share = libm::pow(self.rounds, -0.75);
        self.average = share * log + (1.0 - share) * self.average;
        libm::exp(log)
    }
}
