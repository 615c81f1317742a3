//! One chain through the posterior: long moves within a hump, leaps from hump to hump.
//!
//! Long moves are Hamiltonian (Neal 2011, "MCMC using Hamiltonian dynamics"), with the covariance of the guide as the
//! inverse mass and a step length found by dual averaging (Hoffman and Gelman 2014, section 3.2). Leaps propose, along a
//! fixed direction, what the claims say, whatever the present place is (an independence sampler along a line; Tierney
//! 1994), and so reach humps that small steps never would. Both leave the posterior as it is.

use crate::draws::Stream;
use crate::matrix::{backward, dot};

use super::density::Density;
use super::guide::{Guide, Leap, times};

/// The part of long moves that should be accepted (Hoffman and Gelman 2014, section 4).
const ACCEPTANCE: f64 = 0.8;
/// Long moves have up to so many steps: with the mass above, about the width of a hump.
const MOST_STEPS: u64 = 6;
/// Leaps tried after each long move: together they cost about what the long move does.
const LEAPS: usize = 8;
/// A long move whose energy grows by more went astray.
const ASTRAY: f64 = 1000.0;

/// A chain at its present place.
pub(super) struct Chain<'a, 'b> {
    guide: &'a Guide,
    pub(super) density: &'a mut Density<'b>,
    pub(super) place: Vec<f64>,
    height: f64,
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
            stream,
            step: 0.5,
            tuning: Tuning::default(),
            long: (0.0, 0.0),
            leapt: (0.0, 0.0),
            momentum: vec![0.0; size],
            velocity: vec![0.0; size],
        };
        // wider than the posterior around the middle, so that chains that agree in the end have come from apart
        let mut away: Vec<f64> = (0..size).map(|_| 1.5 * chain.stream.normal()).collect();
        backward(&guide.lower, size, &mut away);
        chain.place.iter_mut().zip(&away).for_each(|(place, away)| *place += away);
        chain.height = match chain.density.mend(&mut chain.place) {
            Some(height) => height,
            None => {
                chain.place.clone_from(&guide.middle);
                chain.density.mend(&mut chain.place)?
            }
        };
        Some(chain)
    }

    /// One round of moves; while tuning, the step length adapts.
    pub(super) fn advance(&mut self, tuning: bool) {
        if self.place.is_empty() {
            return;
        }
        let accepted = self.long_move();
        if tuning {
            self.step = self.tuning.next(accepted);
        }
        if !self.guide.leaps.is_empty() {
            for _ in 0..LEAPS {
                self.leap();
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
        let size = self.place.len();
        let lower = self.guide.lower.chunks_exact(size);
        let normals: Vec<f64> = (0..size).map(|_| self.stream.normal()).collect();
        for (index, (slot, row)) in self.momentum.iter_mut().zip(lower).enumerate() {
            *slot = row.iter().zip(&normals).take(index + 1).map(|(l, z)| l * z).sum();
        }
        let before = self.height - 0.5 * dot(&normals, &normals);
        let (first, steps) = (self.place.clone(), 1 + self.stream.below(MOST_STEPS));
        self.long.0 += 1.0;
        // a leap that was refused left its own values behind
        let mut height = self.density.height(&self.place);
        self.density.slope(&self.place);
        for index in 0..steps {
            self.push(if index == 0 { 0.5 } else { 1.0 });
            times(&self.guide.covariance, &self.momentum, &mut self.velocity);
            for (place, velocity) in self.place.iter_mut().zip(&self.velocity) {
                *place += self.step * velocity;
            }
            height = self.density.height(&self.place);
            if height.is_none() {
                break;
            }
            self.density.slope(&self.place);
        }
        let probability = height.map_or(0.0, |height| {
            self.push(0.5);
            times(&self.guide.covariance, &self.momentum, &mut self.velocity);
            let after = height - 0.5 * dot(&self.momentum, &self.velocity);
            let gain = after - before;
            if gain.is_nan() || gain < -ASTRAY { 0.0 } else { libm::exp(gain.min(0.0)) }
        });
        if self.stream.uniform() < probability {
            self.height = height.unwrap_or(self.height);
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
